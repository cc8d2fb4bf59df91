"""A linear model of all guides at once: ridge regression in its dual form, solved exactly at load.

It learns which words tell neighbouring guides apart («mất» for a reissue, «hết hạn» for a renewal), which no measure
of likeness to single utterances can know. 4,800 rows take about two seconds and no randomness.
"""

from __future__ import annotations

from itertools import pairwise

import numpy as np

from bot.matching.index import Floats, Ints, Rows, Vector, gram

_BLOCK = 256
_RIDGE = 1.0  # flat between 0.5 and 2 (README.md)


def _solved(gram: Floats, wanted: Floats) -> Floats:
    """Solve a symmetric positive system by Cholesky, block by block and in place: both arguments are overwritten."""
    size = len(gram)
    cuts = [(at, min(at + _BLOCK, size)) for at in range(0, size, _BLOCK)]
    inverses: list[Floats] = []
    for a, b in cuts:
        inverse = np.linalg.inv(np.linalg.cholesky(gram[a:b, a:b])).astype(np.float32)
        inverses.append(inverse)
        gram[b:, a:b] = gram[b:, a:b] @ inverse.T
        for c, d in cuts:
            if c >= b:  # only what is below the diagonal
                gram[c:, c:d] -= gram[c:, a:b] @ gram[c:d, a:b].T
    for (a, b), inverse in zip(cuts, inverses, strict=True):
        wanted[a:b] = inverse @ (wanted[a:b] - gram[a:b, :a] @ wanted[:a])
    for (a, b), inverse in reversed(list(zip(cuts, inverses, strict=True))):
        wanted[a:b] = inverse.T @ (wanted[a:b] - gram[b:, a:b].T @ wanted[b:])
    return wanted


class Linear:
    """Weights of features for guides."""

    def __init__(self, rows: Rows, owners: Ints, classes: int, features: int) -> None:
        """Learn from rows.

        Args:
            rows: the rows.
            owners: whose each row is.
            classes: how many owners there are.
            features: how many features there are.
        """
        products = gram(rows, features)
        products[np.diag_indices(len(rows))] += _RIDGE
        wanted = np.full((len(rows), classes), -1.0 / classes, np.float32)
        wanted[np.arange(len(rows)), owners] = 1.0
        dual = _solved(products, wanted)
        del products
        self._weights: Floats = np.zeros((features, classes), np.float32)
        for row, (a, b) in enumerate(pairwise(rows.starts.tolist())):
            self._weights[rows.ids[a:b]] += rows.weights[a:b, None] * dual[row]

    def scores(self, vector: Vector) -> Floats:
        """For every class, near 1 where the words are typical of it and near 0 where not."""
        scores: Floats = vector.weights @ self._weights[vector.ids]
        return scores

    def parts(self, vector: Vector, owner: int) -> Floats:
        """What each feature of the vector adds to one class's score."""
        parts: Floats = vector.weights * self._weights[vector.ids, owner]
        return parts
