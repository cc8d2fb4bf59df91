"""Features by number, rows of weighted features, and what a row shares with many others."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from bot.matching.features import MEANING, PAIR, PIECE, TONED, WORD

Floats = npt.NDArray[np.float32]
Ints = npt.NDArray[np.int32]

# Each group has length 1 before it is weighed. Words and pairs say most; pieces of words carry over typing
# errors; accents only tell apart what is otherwise alike (weights compared in README.md).
_GROUP = {WORD: 0, PAIR: 0, MEANING: 0, PIECE: 1, TONED: 2}
_WEIGHT = (1.0, 0.5, 0.3)
# Features of more than one row in so many are multiplied as a dense matrix, the others through their postings.
_COMMON = 40


@dataclass(frozen=True)
class Vector:
    """A sparse row: numbers of features and their weights."""

    ids: Ints
    weights: Floats


class Index:
    """The features of all rows, and how rare each is."""

    def __init__(self, rows: Iterable[Mapping[str, float]]) -> None:
        """Number the features and weigh the rows, which are then `vectors` until someone learned from them."""
        self.numbers: dict[str, int] = {}
        number = self.numbers.setdefault
        raw: list[tuple[Ints, Floats]] = []
        for row in rows:
            ids = np.array([number(name, len(self.numbers)) for name in row], np.int32)
            raw.append((ids, np.array(list(row.values()), np.float32)))
        found = np.bincount(np.concatenate([ids for ids, _ in raw]), minlength=len(self.numbers))
        self._rarity: Floats = (np.log((len(raw) + 1) / (found + 1)) + 1).astype(np.float32)
        self._group = np.array([_GROUP[name[0]] for name in self.numbers], np.int8)
        self.vectors = [self._weighed(ids, values) for ids, values in raw]

    def vector(self, row: Mapping[str, float]) -> Vector:
        """The row's known features, each group brought to its weight."""
        numbers = self.numbers
        known = [(numbers[name], value) for name, value in row.items() if name in numbers]
        return self._weighed(np.array([n for n, _ in known], np.int32), np.array([v for _, v in known], np.float32))

    def _weighed(self, ids: Ints, values: Floats) -> Vector:
        weights = values * self._rarity[ids]
        groups = self._group[ids]
        lengths = np.sqrt(np.bincount(groups, weights * weights, minlength=len(_WEIGHT)))
        scale = np.array(_WEIGHT) / np.where(lengths > 0, lengths, 1.0)
        return Vector(ids, (weights * scale[groups]).astype(np.float32))


class Postings:
    """For each feature the rows that have it."""

    def __init__(self, vectors: Sequence[Vector], features: int) -> None:
        """Lay the rows out by feature."""
        self._size = len(vectors)
        ids = np.concatenate([v.ids for v in vectors])
        order = np.argsort(ids, kind="stable")
        owners = np.repeat(np.arange(self._size, dtype=np.int32), [len(v.ids) for v in vectors])
        self._rows: Ints = owners[order]
        self._weights: Floats = np.concatenate([v.weights for v in vectors])[order]
        self.spread = np.bincount(ids, minlength=features)
        self._start = np.concatenate(([0], np.cumsum(self.spread)))

    def shared(self, vector: Vector) -> Floats:
        """For every row the product with the vector."""
        if not len(vector.ids):
            return np.zeros(self._size, np.float32)
        starts, ends = self._start[vector.ids], self._start[vector.ids + 1]
        lengths = ends - starts
        at = np.repeat(starts - np.concatenate(([0], np.cumsum(lengths)[:-1])), lengths) + np.arange(lengths.sum())
        products = self._weights[at] * np.repeat(vector.weights, lengths)
        return np.bincount(self._rows[at], products, minlength=self._size).astype(np.float32)


def gram(vectors: Sequence[Vector], features: int) -> Floats:
    """The product of every row with every row."""
    postings = Postings(vectors, features)
    common = np.flatnonzero(postings.spread > len(vectors) / _COMMON)
    column = np.full(features, -1, np.int32)
    column[common] = np.arange(len(common))
    dense = np.zeros((len(vectors), len(common)), np.float32)
    for row, vector in enumerate(vectors):
        at = column[vector.ids]
        dense[row, at[at >= 0]] = vector.weights[at >= 0]
    products: Floats = dense @ dense.T
    for row, vector in enumerate(vectors):
        rare = column[vector.ids] < 0
        products[row] += postings.shared(Vector(vector.ids[rare], vector.weights[rare]))
    return products


def idf(found: int, size: int) -> float:
    """How much a word met in so many of so many rows says."""
    return math.log((size + 1) / (found + 1)) + 1
