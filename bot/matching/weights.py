"""Learned by ``python -m tests.benchmarks.fit``; run it again after changing a measure, do not edit by hand."""

from __future__ import annotations

# linear, bm25, paired, meant, titled, accented, rank
GUIDE = (6.45, 5.61, 4.28, 0.33, 3.23, 2.28, 2.19)
# one, best_linear, lead, best_bm25, elsewhere_linear, elsewhere_bm25, elsewhere_lead, strange,
# uncovered, unpaired, short
NONE = (0.03, 0.86, 0.44, 9.09, 7.2, 11.63, 2.6, 2.54, 1.07, -0.3, 25.58)
