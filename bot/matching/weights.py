"""Learned by ``python -m tests.benchmarks.fit --write``; run it after changing a measure, do not edit."""

from __future__ import annotations

GUIDE = (
    6.16,  # bm25
    1.67,  # nearest
    0.86,  # accented
    0.05,  # titled
)
NONE = (
    6.14,  # one
    -1.73,  # length
    4.04,  # best_bm25
    3.33,  # elsewhere
    5.86,  # unpaired
)
