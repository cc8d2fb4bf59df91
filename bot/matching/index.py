"""Everything the guides are asked as, as rows of weighted features, and who is nearest to a question."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence
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
    """Rows of features with postings: for each feature the rows that have it."""

    def __init__(self, rows: Sequence[Mapping[str, float]]) -> None:
        """Weigh the features by how rare they are and lay out the postings."""
        spread = Counter(name for row in rows for name in row)
        self.size = len(rows)
        self.numbers = {name: number for number, name in enumerate(spread)}
        found = np.fromiter(spread.values(), np.float32, len(spread))
        self.rarity: Floats = (np.log((self.size + 1) / (found + 1)) + 1).astype(np.float32)
        self.group = np.fromiter((_GROUP[name[0]] for name in spread), np.int8, len(spread))
        self.vectors = [self.vector(row) for row in rows]
        ids = np.concatenate([v.ids for v in self.vectors])
        weights = np.concatenate([v.weights for v in self.vectors])
        owners = np.repeat(np.arange(self.size, dtype=np.int32), [len(v.ids) for v in self.vectors])
        order = np.argsort(ids, kind="stable")
        self._rows: Ints = owners[order]
        self._weights: Floats = weights[order]
        self._start = np.concatenate(([0], np.cumsum(np.bincount(ids, minlength=len(spread)))))

    def vector(self, row: Mapping[str, float]) -> Vector:
        """The row's known features, each group brought to its weight."""
        known = [(number, value) for name, value in row.items() if (number := self.numbers.get(name)) is not None]
        ids = np.fromiter((n for n, _ in known), np.int32, len(known))
        weights = np.fromiter((v for _, v in known), np.float32, len(known)) * self.rarity[ids]
        groups = self.group[ids]
        lengths = np.sqrt(np.bincount(groups, weights * weights, minlength=len(_WEIGHT)))
        scale = np.array(_WEIGHT) / np.where(lengths > 0, lengths, 1.0)
        return Vector(ids, (weights * scale[groups]).astype(np.float32))

    def likeness(self, vector: Vector) -> Floats:
        """For every row, how much it shares with the vector (1 and a bit: the same)."""
        if not len(vector.ids):
            return np.zeros(self.size, np.float32)
        starts, ends = self._start[vector.ids], self._start[vector.ids + 1]
        lengths = ends - starts
        at = np.repeat(starts - np.concatenate(([0], np.cumsum(lengths)[:-1])), lengths) + np.arange(lengths.sum())
        shared = self._weights[at] * np.repeat(vector.weights, lengths)
        return np.bincount(self._rows[at], shared, minlength=self.size).astype(np.float32)

    def gram(self) -> Floats:
        """The likeness of every row to every row."""
        spread = self._start[1:] - self._start[:-1]
        common = np.flatnonzero(spread > self.size / _COMMON)
        column = np.full(len(spread), -1, np.int32)
        column[common] = np.arange(len(common))
        dense = np.zeros((self.size, len(common)), np.float32)
        for row, vector in enumerate(self.vectors):
            at = column[vector.ids]
            dense[row, at[at >= 0]] = vector.weights[at >= 0]
        gram = dense @ dense.T
        for row, vector in enumerate(self.vectors):
            rare = column[vector.ids] < 0
            gram[row] += self.likeness(Vector(vector.ids[rare], vector.weights[rare]))
        return gram


def idf(found: int, size: int) -> float:
    """How much a word met in so many of so many rows says."""
    return math.log((size + 1) / (found + 1)) + 1
