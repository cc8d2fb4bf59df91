"""Names by number, and sparse rows of weighted names: what all measures are computed from."""

from __future__ import annotations

import math
from array import array
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float32]
Ints = npt.NDArray[np.int32]
_LEAST = 0.1  # in a handbook of one guide every word stands in every text, and still says something


@dataclass(frozen=True)
class Rows:
    """Sparse rows, one after the other.

    Attributes:
        starts: where each row begins, and where the last one ends.
        ids: numbers of names.
        weights: of the names.
    """

    starts: npt.NDArray[np.int64]
    ids: Ints
    weights: Floats

    def __len__(self) -> int:
        return len(self.starts) - 1

    def owners(self) -> Ints:
        """For every entry the row it is in."""
        return np.repeat(np.arange(len(self), dtype=np.int32), np.diff(self.starts))

    def turned(self, names: int) -> Rows:
        """The same by name: for every name the rows that have it."""
        order = np.argsort(self.ids, kind="stable")
        starts = np.concatenate(([0], np.cumsum(np.bincount(self.ids, minlength=names))))
        return Rows(starts, self.owners()[order], self.weights[order])

    def entries(self, rows: Sequence[int] | Ints) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
        """Where the entries of some rows stand, and how many each row has."""
        numbers = np.asarray(rows, np.int64)
        first = self.starts[numbers]
        lengths = self.starts[numbers + 1] - first
        ends = np.cumsum(lengths)
        total = int(ends[-1]) if len(ends) else 0
        return np.repeat(first - ends + lengths, lengths) + np.arange(total), lengths


class Names:
    """Names by number."""

    def __init__(self) -> None:
        """Begin with none."""
        self.known: dict[str, int] = {}

    def __len__(self) -> int:
        return len(self.known)

    def of(self, names: Iterable[str]) -> list[int]:
        """Numbers of those names that are known."""
        known = self.known
        return [known[name] for name in names if name in known]

    def rows(self, counted: Iterable[Mapping[str, float]]) -> Rows:
        """Write rows of counted names as numbers; new names get the next ones."""
        number, known = self.known.setdefault, self.known
        starts, ids, weights = array("q", [0]), array("i"), array("f")
        for row in counted:
            ids.extend([number(name, len(known)) for name in row])
            weights.extend(row.values())
            starts.append(len(ids))
        return Rows(np.array(starts, np.int64), np.array(ids, np.int32), np.array(weights, np.float32))


def rarity(found: npt.NDArray[np.integer], size: int) -> Floats:
    """How much names say that are met in so many of so many rows."""
    said: Floats = np.maximum(np.log((size + 1) / (found + 1)), _LEAST).astype(np.float32)
    return said


def of_the_unknown(size: int) -> float:
    """The same for a name met in none."""
    return math.log(size + 1)
