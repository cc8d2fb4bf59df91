"""What takes the linear model's place in a catalogue too large to train it: how near each guide's mean row is."""

from __future__ import annotations

import numpy as np

from bot.matching.index import Floats, Ints, Postings, Rows, Vector

# The linear model answers near 1 where the mean row of the guide answers near 0.5: brought to its scale, the learned
# combination holds for both.
_SCALE = 2.0


class Centroids:
    """Guides as the mean of their rows; grows with the words used, not with guides times words."""

    def __init__(self, rows: Rows, owners: Ints, classes: int, features: int) -> None:
        """Add up the rows.

        Args:
            rows: the rows, those of one owner together.
            owners: whose each row is, ascending.
            classes: how many owners there are.
            features: how many features there are.
        """
        keys, at = np.unique(owners[rows.owners()].astype(np.int64) * features + rows.ids, return_inverse=True)
        sums = np.bincount(at, rows.weights)
        whose, ids = np.divmod(keys, features)
        lengths = np.sqrt(np.bincount(whose, sums * sums, minlength=classes))
        weights = (sums / lengths[whose]).astype(np.float32)
        self._means = Rows(np.searchsorted(whose, np.arange(classes + 1)), ids.astype(np.int32), weights)
        self._postings = Postings(self._means, features)

    def scores(self, vector: Vector) -> Floats:
        """For every class, near 1 where the words are typical of it and near 0 where not."""
        return _SCALE * self._postings.shared(vector)

    def parts(self, vector: Vector, owner: int) -> Floats:
        """What each feature of the vector adds to one class's score."""
        part = slice(self._means.starts[owner], self._means.starts[owner + 1])
        mean = dict(zip(self._means.ids[part].tolist(), self._means.weights[part].tolist(), strict=True))
        weights = np.array([mean.get(number, 0.0) for number in vector.ids.tolist()], np.float32)
        parts: Floats = _SCALE * vector.weights * weights
        return parts
