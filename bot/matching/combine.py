"""From measures to probabilities: one small logistic model over the shortlisted guides and "none of them"."""

from __future__ import annotations

import numpy as np

from bot.matching.index import Floats
from bot.matching.weights import GUIDE, NONE


def probabilities(measures: Floats, against: Floats) -> tuple[Floats, float]:
    """How likely each shortlisted guide is meant, and how likely none of them is. They sum to 1."""
    for_guides = measures @ np.array(GUIDE, np.float32)
    for_none = float(against @ np.array(NONE, np.float32))
    every = np.append(for_guides, for_none)
    every = np.exp(every - every.max())
    every /= every.sum()
    return every[:-1].astype(np.float32), float(every[-1])
