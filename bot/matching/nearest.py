"""How near a question is to the utterances of a guide: the mean likeness (cosine) of the three nearest."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

import numpy as np
import numpy.typing as npt

from bot.matching.features import MEANING, PAIR, PIECE, TONED, WORD
from bot.matching.index import Floats, Ints, Names, rarity

# Each group has length 1 before it is weighed. Words and pairs say most; pieces of words carry over typing errors;
# accents only tell apart what is otherwise alike (weights compared in README.md).
_GROUP = {WORD: 0, PAIR: 0, MEANING: 0, PIECE: 1, TONED: 2}
_WEIGHT = np.array((1.0, 0.5, 0.3), np.float32)
_NEAREST = 3  # flat between 2 and 5 (README.md)


class Utterances:
    """All utterances, those of one owner together."""

    def __init__(self, rows: Iterable[Sequence[str]], owners: Ints, size: int) -> None:
        """Number and weigh the features.

        Args:
            rows: the features of each utterance.
            owners: whose each utterance is, ascending.
            size: how many owners there are.
        """
        self._names = Names()
        self._rows = self._names.rows(map(Counter, rows))
        self._of_owner = np.searchsorted(owners, np.arange(size + 1))
        ids, weights = self._rows.ids, self._rows.weights
        self._rarity = rarity(np.bincount(ids, minlength=len(self._names)), len(self._rows)) + 1
        self._group = np.array([_GROUP[name[0]] for name in self._names.known], np.int8)
        weights[:] = self._weighed(self._rows.owners(), ids, weights, len(self._rows))

    def _weighed(self, whose: Ints, ids: Ints, met: Floats, size: int) -> Floats:
        weights = (1 + np.log(met)) * self._rarity[ids]
        groups = self._group[ids]
        place = whose.astype(np.int64) * len(_WEIGHT) + groups
        lengths = np.sqrt(np.bincount(place, weights * weights, minlength=size * len(_WEIGHT)))
        weighed: Floats = (weights / lengths[place] * _WEIGHT[groups]).astype(np.float32)
        return weighed

    def likeness(self, features: Sequence[str], owners: Ints) -> Floats:
        """For each of some owners, how near its nearest utterances are."""
        row = Counter(features)
        known = [name for name in row if name in self._names.known]
        ids = np.array(self._names.of(known), np.int32)
        met = np.array([row[name] for name in known], np.float32)
        asked = np.zeros(len(self._names), np.float32)
        asked[ids] = self._weighed(np.zeros(len(ids), np.int32), ids, met, 1)
        return np.array([self._nearest(asked, int(a), int(b)) for a, b in self._ranges(owners)], np.float32)

    def _ranges(self, owners: Ints) -> npt.NDArray[np.int64]:
        return np.stack([self._of_owner[owners], self._of_owner[owners + 1]], axis=1)

    def _nearest(self, asked: Floats, first: int, last: int) -> float:
        """The mean over the nearest of some rows; of fewer than three the others count as nothing."""
        if first == last:
            return 0.0
        starts = self._rows.starts[first : last + 1]
        part = slice(starts[0], starts[-1])
        products = asked[self._rows.ids[part]] * self._rows.weights[part]
        # An utterance always has a feature: its first word.
        near = np.add.reduceat(products, starts[:-1] - starts[0])
        return float(np.sort(near)[-_NEAREST:].sum()) / _NEAREST
