"""What takes the linear model's place in a catalogue too large to train it: how near each guide's mean row is."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import numpy as np

from bot.matching.index import Floats, Ints, Postings, Vector

# The linear model answers near 1 where the mean row of the guide answers near 0.5: brought to its scale, the learned
# combination holds for both.
_SCALE = 2.0


class Centroids:
    """Guides as the mean of their rows; grows with the words used, not with guides times words."""

    def __init__(self, vectors: Sequence[Vector], owners: Ints, classes: int, features: int) -> None:
        """Add up the rows.

        Args:
            vectors: the rows, those of one owner together.
            owners: whose each row is, ascending.
            classes: how many owners there are.
            features: how many features there are.
        """
        starts = np.searchsorted(owners, np.arange(classes + 1))
        self._means = [_mean(vectors[a:b]) for a, b in pairwise(starts)]
        self._postings = Postings(self._means, features)

    def scores(self, vector: Vector) -> Floats:
        """For every class, near 1 where the words are typical of it and near 0 where not."""
        return _SCALE * self._postings.shared(vector)

    def parts(self, vector: Vector, owner: int) -> Floats:
        """What each feature of the vector adds to one class's score."""
        mean = dict(zip(self._means[owner].ids.tolist(), self._means[owner].weights.tolist(), strict=True))
        weights = np.array([mean.get(number, 0.0) for number in vector.ids.tolist()], np.float32)
        parts: Floats = _SCALE * vector.weights * weights
        return parts


def _mean(vectors: Sequence[Vector]) -> Vector:
    if not vectors:
        return Vector(np.zeros(0, np.int32), np.zeros(0, np.float32))
    ids, at = np.unique(np.concatenate([v.ids for v in vectors]), return_inverse=True)
    weights = np.bincount(at, np.concatenate([v.weights for v in vectors])).astype(np.float32)
    return Vector(ids.astype(np.int32), weights / np.float32(np.linalg.norm(weights) or 1.0))
