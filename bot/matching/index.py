"""Features by number, rows of weighted features, and what a row shares with many others."""

from __future__ import annotations

import math
from array import array
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from bot.matching.features import MEANING, PAIR, PIECE, TONED, WORD

Floats = npt.NDArray[np.float32]
Ints = npt.NDArray[np.int32]

# Each group has length 1 before it is weighed. Words and pairs say most; pieces of words carry over typing
# errors; accents only tell apart what is otherwise alike (weights compared in README.md).
_GROUP = {WORD: 0, PAIR: 0, MEANING: 0, PIECE: 1, TONED: 2}
_WEIGHT = np.array((1.0, 0.5, 0.3), np.float32)
# Features of more than one row in so many are multiplied as a dense matrix, the others through their postings.
_COMMON = 16


@dataclass(frozen=True)
class Vector:
    """A sparse row: numbers of features and their weights."""

    ids: Ints
    weights: Floats


@dataclass(frozen=True)
class Rows:
    """Sparse rows, one after the other.

    Attributes:
        starts: where each row begins, and where the last one ends.
        ids: numbers of features.
        weights: of the features.
    """

    starts: npt.NDArray[np.int64]
    ids: Ints
    weights: Floats

    def __len__(self) -> int:
        return len(self.starts) - 1

    def owners(self) -> Ints:
        """For every entry the row it is in."""
        return np.repeat(np.arange(len(self), dtype=np.int32), np.diff(self.starts))


class Numbers:
    """Names by number, and rows of names written as numbers."""

    def __init__(self) -> None:
        """Begin with no name."""
        self.known: dict[str, int] = {}
        self._flat = array("i")
        self._owners = array("i")

    def add(self, names: Sequence[str], owner: int) -> None:
        """Note what one owner has."""
        number, known = self.known.setdefault, self.known
        self._flat.extend([number(name, len(known)) for name in names])
        self._owners.extend([owner] * len(names))

    def flat(self) -> tuple[Ints, Ints]:
        """Numbers and owners of all that was added, in order; they are kept no longer."""
        flat, owners = np.array(self._flat, np.int32), np.array(self._owners, np.int32)
        self._flat, self._owners = array("i"), array("i")
        return flat, owners

    def of(self, names: Iterable[str]) -> list[int]:
        """Numbers of those names that are known."""
        known = self.known
        return [known[name] for name in names if name in known]


class Index:
    """The features of all rows, and how rare each is."""

    def __init__(self, rows: Iterable[Sequence[str]]) -> None:
        """Number the features and weigh the rows."""
        numbers = Numbers()
        size = 0
        for size, row in enumerate(rows, 1):
            numbers.add(row, size - 1)
        self.numbers = numbers
        count = len(numbers.known)
        flat, owners = numbers.flat()
        keys, met = np.unique(owners.astype(np.int64) * count + flat, return_counts=True)
        at, ids = np.divmod(keys, max(count, 1))
        found = np.bincount(ids, minlength=count)
        self._rarity: Floats = (np.log((size + 1) / (found + 1)) + 1).astype(np.float32)
        self._group = np.array([_GROUP[name[0]] for name in numbers.known], np.int8)
        starts = np.searchsorted(at, np.arange(size + 1))
        self._rows: Rows | None = Rows(starts, ids.astype(np.int32), self._weighed(at, ids, met, size))

    @property
    def size(self) -> int:
        """How many features there are."""
        return len(self.numbers.known)

    def release(self) -> Rows:
        """The rows, for who learns from them; the index keeps them no longer."""
        rows, self._rows = self._rows, None
        assert rows is not None
        return rows

    def vector(self, row: Sequence[str]) -> Vector:
        """The row's known features, each group brought to its weight."""
        ids, met = np.unique(np.array(self.numbers.of(row), np.int32), return_counts=True)
        return Vector(ids, self._weighed(np.zeros(len(ids), np.int64), ids, met, 1))

    def _weighed(
        self, at: npt.NDArray[np.int64], ids: npt.NDArray[np.integer], met: npt.NDArray[np.int64], size: int
    ) -> Floats:
        weights = (1.0 + np.log(met)) * self._rarity[ids]
        groups = self._group[ids]
        place = at * len(_WEIGHT) + groups
        lengths = np.sqrt(np.bincount(place, weights * weights, minlength=size * len(_WEIGHT)))
        weighed: Floats = (weights / lengths[place] * _WEIGHT[groups]).astype(np.float32)
        return weighed


class Postings:
    """For each feature the rows that have it."""

    def __init__(self, rows: Rows, features: int) -> None:
        """Lay the rows out by feature."""
        self._size = len(rows)
        order = np.argsort(rows.ids, kind="stable")
        self.rows: Ints = rows.owners()[order]
        self.weights: Floats = rows.weights[order]
        self.spread = np.bincount(rows.ids, minlength=features)
        self.starts = np.concatenate(([0], np.cumsum(self.spread)))

    def shared(self, vector: Vector) -> Floats:
        """For every row the product with the vector."""
        at, lengths = spans(self.starts, vector.ids)
        products = self.weights[at] * np.repeat(vector.weights, lengths)
        return np.bincount(self.rows[at], products, minlength=self._size).astype(np.float32)


def spans(starts: npt.NDArray[np.int64], ids: Ints | list[int]) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    """Where the entries of some features stand, and how many each has."""
    numbers = np.asarray(ids, np.int64)
    first = starts[numbers]
    lengths = starts[numbers + 1] - first
    ends = np.cumsum(lengths)
    total = int(ends[-1]) if len(ends) else 0
    return np.repeat(first - ends + lengths, lengths) + np.arange(total), lengths


def gram(rows: Rows, features: int) -> Floats:
    """The product of every row with every row."""
    postings = Postings(rows, features)
    common = postings.spread > len(rows) / _COMMON
    column = np.cumsum(common) - 1
    is_common = common[rows.ids]
    dense = np.zeros((len(rows), int(common.sum())), np.float32)
    dense[rows.owners()[is_common], column[rows.ids[is_common]]] = rows.weights[is_common]
    products: Floats = dense @ dense.T
    del dense
    for row in range(len(rows)):
        part = slice(rows.starts[row], rows.starts[row + 1])
        rare = ~is_common[part]
        products[row] += postings.shared(Vector(rows.ids[part][rare], rows.weights[part][rare]))
    return products


def idf(found: float, size: int) -> float:
    """How much a word met in so many of so many rows says."""
    return math.log((size + 1) / (found + 1))
