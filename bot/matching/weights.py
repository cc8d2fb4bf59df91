"""Learned by ``python -m tests.benchmarks.fit --write``; run it after changing a measure, do not edit."""

from __future__ import annotations

GUIDE = (
    6.20,  # bm25
    1.66,  # nearest
    0.85,  # accented
    0.05,  # titled
)
NONE = (
    6.10,  # one
    -1.75,  # length
    4.09,  # best_bm25
    3.35,  # elsewhere
    5.96,  # unpaired
)
