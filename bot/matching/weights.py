"""Learned by ``python -m tests.benchmarks.fit --write``; run it after changing a measure, do not edit."""

from __future__ import annotations

GUIDE = (
    5.76,  # bm25
    1.78,  # nearest
    0.64,  # accented
    0.42,  # titled
)
NONE = (
    6.12,  # one
    -1.70,  # length
    3.39,  # best_bm25
    4.09,  # elsewhere
    5.77,  # unpaired
)
