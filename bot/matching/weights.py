"""Learned by ``python -m tests.benchmarks.fit --write``; run it after changing a measure, do not edit."""

from __future__ import annotations

GUIDE = (
    5.80,  # bm25
    1.62,  # nearest
    0.69,  # accented
    0.34,  # titled
)
NONE = (
    6.38,  # one
    -1.55,  # length
    3.17,  # best_bm25
    3.79,  # elsewhere
    5.54,  # unpaired
)
