"""Whole guides as bags of terms: BM25 over three fields, and how much of a question each guide says too."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain

import numpy as np

from bot.matching.features import WORD
from bot.matching.index import Floats, Names, of_the_unknown, rarity

_K1, _B = 1.2, 0.5
_FIELDS = (3.0, 1.0, 0.4)  # title; asked as; what the guide says
Lines = Sequence[Sequence[str]]  # terms of lines


class Guides:
    """Everything a guide is asked as and says, as one text."""

    def __init__(self, texts: Iterable[Sequence[Lines]], guides: int) -> None:
        """Count the terms.

        Args:
            texts: for each guide its title, the ways it is asked for, and what it says; after the guides may follow
                lines of the background, which only `scores` knows.
            guides: how many of the texts are guides.
        """
        self._names = Names()
        counts = self._names.rows(_counted(texts))
        self.size, self._guides = len(counts), guides
        length = np.bincount(counts.owners(), counts.weights, minlength=self.size)
        norm = _K1 * (1 - _B + _B * length / (float(length.mean()) if self.size else 1.0))
        self._texts = counts.turned(len(self._names))
        found = np.diff(self._texts.starts)
        met, whose = self._texts.weights.copy(), self._texts.ids
        self._texts.weights[:] = np.repeat(rarity(found, self.size), found) * met * (_K1 + 1) / (met + norm[whose])
        self._most = np.maximum.reduceat(self._texts.weights, self._texts.starts[:-1]) if len(met) else met
        used = np.bincount(counts.ids[: counts.starts[guides]], minlength=len(self._names))
        self._says = np.where(used > 0, rarity(used, guides), np.float32(-1))  # less than nought: no guide says it
        self._unknown, self._new = of_the_unknown(self.size) * (_K1 + 1), of_the_unknown(guides)

    def scores(self, terms: Iterable[str]) -> Floats:
        """For every text, its share of what the terms could score at most."""
        asked = dict.fromkeys(terms)
        ids = self._names.of(asked)
        at, _ = self._texts.entries(ids)
        gained = np.bincount(self._texts.ids[at], self._texts.weights[at], minlength=self.size)
        return (gained / self._possible(asked, ids)).astype(np.float32)

    def parts(self, terms: Iterable[str], guide: int) -> dict[str, float]:
        """What each of the terms adds to one guide's score."""
        asked = dict.fromkeys(terms)
        known = [name for name in asked if name in self._names.known]
        ids = self._names.of(known)
        at, lengths = self._texts.entries(ids)
        hit = self._texts.ids[at] == guide
        names = np.repeat(np.arange(len(known)), lengths)[hit]
        gains = self._texts.weights[at][hit] / self._possible(asked, ids)
        return {known[n]: gain for n, gain in zip(names.tolist(), gains.tolist(), strict=True)}

    def _possible(self, asked: Iterable[str], ids: Sequence[int]) -> float:
        new = sum(name not in self._names.known for name in asked if name[0] == WORD)
        return (float(self._most[ids].sum()) + new * self._unknown) or 1.0

    def share(self, terms: Iterable[str]) -> Floats:
        """For each guide the share of what the terms say that it says too."""
        asked = dict.fromkeys(terms)
        ids = self._names.of(asked)
        says = self._says[ids]
        at, lengths = self._texts.entries(ids)
        shared = np.bincount(self._texts.ids[at], np.repeat(says, lengths), minlength=self.size)[: self._guides]
        total = float(says[says >= 0].sum()) + (len(asked) - int((says >= 0).sum())) * self._new
        return (shared / (total or 1.0)).astype(np.float32)

    def used(self, terms: Iterable[str]) -> list[str]:
        """Those of the terms that any guide uses."""
        return [t for t in terms if (n := self._names.known.get(t)) is not None and self._says[n] >= 0]


def _counted(texts: Iterable[Sequence[Lines]]) -> Iterator[dict[str, float]]:
    for text in texts:
        count: dict[str, float] = {}
        for weight, lines in zip(_FIELDS, text, strict=False):
            for term in chain.from_iterable(lines):
                count[term] = count.get(term, 0.0) + weight
        yield count
