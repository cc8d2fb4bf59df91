"""A linear model of all guides at once: ridge regression in its dual form, solved exactly at load.

It learns which words tell neighbouring guides apart («mất» for a reissue, «hết hạn» for a renewal), which no measure
of likeness to single utterances can know. 4,800 rows take about two seconds and no randomness.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from bot.matching.index import Floats, Ints, Vector, gram

_BLOCK = 256
_RIDGE = 1.0  # flat between 0.5 and 2 (README.md)


def _solved(gram: Floats, wanted: Floats) -> Floats:
    """Solve a symmetric positive system by Cholesky, block by block and in place: the matrix is overwritten."""
    size = len(gram)
    cuts = [(at, min(at + _BLOCK, size)) for at in range(0, size, _BLOCK)]
    for a, b in cuts:
        corner = np.linalg.cholesky(gram[a:b, a:b])
        gram[a:b, a:b] = corner
        if b < size:
            gram[b:, a:b] = np.linalg.solve(corner, gram[b:, a:b].T).T
            for c, d in cuts:
                if c >= b:
                    gram[c:d, b:d] -= gram[c:d, a:b] @ gram[b:d, a:b].T
    out = wanted.copy()
    for a, b in cuts:
        out[a:b] = np.linalg.solve(np.tril(gram[a:b, a:b]), out[a:b] - gram[a:b, :a] @ out[:a])
    for a, b in reversed(cuts):
        out[a:b] = np.linalg.solve(np.tril(gram[a:b, a:b]).T, out[a:b] - gram[b:, a:b].T @ out[b:])
    return out


class Linear:
    """Weights of features for guides."""

    def __init__(self, vectors: Sequence[Vector], owners: Ints, classes: int, features: int) -> None:
        """Learn from rows.

        Args:
            vectors: the rows.
            owners: whose each row is.
            classes: how many owners there are.
            features: how many features there are.
        """
        products = gram(vectors, features)
        products[np.diag_indices(len(vectors))] += _RIDGE
        wanted = np.full((len(vectors), classes), -1.0 / classes, np.float32)
        wanted[np.arange(len(vectors)), owners] = 1.0
        dual = _solved(products, wanted)
        self._weights: Floats = np.zeros((features, classes), np.float32)
        for row, vector in enumerate(vectors):
            self._weights[vector.ids] += vector.weights[:, None] * dual[row]

    def scores(self, vector: Vector) -> Floats:
        """For every class, near 1 where the words are typical of it and near 0 where not."""
        scores: Floats = vector.weights @ self._weights[vector.ids]
        return scores

    def parts(self, vector: Vector, owner: int) -> Floats:
        """What each feature of the vector adds to one class's score."""
        parts: Floats = vector.weights * self._weights[vector.ids, owner]
        return parts
