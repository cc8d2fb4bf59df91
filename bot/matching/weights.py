"""Learned by ``python -m tests.benchmarks.fit --write``; run it after changing a measure, do not edit."""

from __future__ import annotations

GUIDE = (
    5.83,  # bm25
    1.73,  # nearest
    0.64,  # accented
    0.44,  # titled
)
NONE = (
    6.20,  # one
    -1.69,  # length
    3.45,  # best_bm25
    4.04,  # elsewhere
    5.71,  # unpaired
)
