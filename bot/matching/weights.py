"""Learned by ``python -m tests.benchmarks.fit --write``; run it after changing a measure, do not edit."""

from __future__ import annotations

GUIDE = (
    5.96,  # bm25
    1.77,  # nearest
    0.95,  # accented
    0.19,  # titled
)
NONE = (
    6.09,  # one
    -1.61,  # length
    3.84,  # best_bm25
    3.18,  # elsewhere
    5.43,  # unpaired
)
