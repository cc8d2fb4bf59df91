"""Learned by ``python -m tests.benchmarks.fit --write``; run it after changing a measure, do not edit."""

from __future__ import annotations

GUIDE = (
    6.20,  # linear
    6.44,  # bm25
    4.24,  # paired
    0.33,  # meant
    3.25,  # titled
    2.30,  # accented
    2.16,  # rank
)
NONE = (
    1.30,  # one
    -1.01,  # best_linear
    0.93,  # lead
    8.01,  # best_bm25
    6.49,  # elsewhere_linear
    11.17,  # elsewhere_bm25
    3.23,  # elsewhere_lead
    2.03,  # strange
    1.06,  # uncovered
    -0.55,  # unpaired
    24.05,  # short
)
