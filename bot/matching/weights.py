"""Learned by ``python -m tests.benchmarks.fit --write``; run it after changing a measure, do not edit."""

from __future__ import annotations

GUIDE = (
    5.98,  # bm25
    1.78,  # nearest
    0.94,  # accented
    0.17,  # titled
)
NONE = (
    6.08,  # one
    -1.58,  # length
    3.81,  # best_bm25
    3.18,  # elsewhere
    5.40,  # unpaired
)
