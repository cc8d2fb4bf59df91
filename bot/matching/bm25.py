"""Whole guides as bags of terms: BM25 over three fields, and how much of a question each guide says too."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np

from bot.matching.features import WORD
from bot.matching.index import Floats, Ints, Numbers, idf, spans

_K1, _B = 1.2, 0.5
_FIELDS = (3.0, 1.0, 0.4)  # title; asked as; what the guide says


class Guides:
    """Everything a guide is asked as and says, as one text."""

    def __init__(self, texts: Iterable[Sequence[Sequence[Sequence[str]]]], guides: int) -> None:
        """Count the terms.

        Args:
            texts: for each guide its title, the ways it is asked for, and what it says, each line as terms; after
                the guides may follow lines of the background, which only BM25 knows.
            guides: how many of the texts are guides.
        """
        self.guides = guides
        self.size = 0
        self._numbers = Numbers()
        weights: list[float] = []
        lengths: list[int] = []
        for number, text in enumerate(texts):
            self.size = number + 1
            for weight, lines in zip(_FIELDS, text, strict=False):
                for line in lines:
                    self._numbers.add(line, number)
                    weights.append(weight)
                    lengths.append(len(line))
        self._count(np.repeat(np.array(weights, np.float32), lengths))

    def _count(self, entry_weights: Floats) -> None:
        terms, size = len(self._numbers.known), max(self.size, 1)
        flat, owners = self._numbers.flat()
        keys, at = np.unique(flat.astype(np.int64) * size + owners, return_inverse=True)
        met = np.bincount(at, entry_weights)
        ids, whose = np.divmod(keys, size)
        length = np.bincount(whose, met, minlength=size)
        norm = _K1 * (1 - _B + _B * length / (length.mean() or 1.0))
        rarity = np.log((size + 1) / (np.bincount(ids, minlength=terms) + 1))
        self._starts = np.searchsorted(ids, np.arange(terms + 1))
        self._whose: Ints = whose.astype(np.int32)
        self._gains = (rarity[ids] * met * (_K1 + 1) / (met + norm[whose])).astype(np.float32)
        self._most = np.maximum.reduceat(self._gains, self._starts[:-1]) if terms else self._gains
        used = np.bincount(ids[whose < self.guides], minlength=terms)
        self._says = np.where(used > 0, np.log((self.guides + 1) / (used + 1)), -1.0).astype(np.float32)
        self._unknown, self._new = idf(0, self.size) * (_K1 + 1), idf(0, self.guides)

    def scores(self, terms: Iterable[str]) -> Floats:
        """For every text, its share of what the terms could score at most."""
        asked = dict.fromkeys(terms)
        ids = self._numbers.of(asked)
        at, _ = spans(self._starts, ids)
        new = sum(name not in self._numbers.known for name in asked if name[0] == WORD)
        most = float(self._most[ids].sum()) + new * self._unknown
        return (np.bincount(self._whose[at], self._gains[at], minlength=self.size) / (most or 1.0)).astype(np.float32)

    def weight(self, term: str) -> float:
        """How much a term tells guides apart; one no guide uses tells most."""
        says = self._says[number] if (number := self._numbers.known.get(term)) is not None else -1.0
        return float(says) if says >= 0 else self._new

    def share(self, terms: Iterable[str]) -> Floats:
        """For each guide the share of what the terms say that it says too."""
        asked = dict.fromkeys(terms)
        ids = self._numbers.of(asked)
        says = self._says[ids]
        at, lengths = spans(self._starts, ids)
        shared = np.bincount(self._whose[at], np.repeat(says, lengths), minlength=self.size)[: self.guides]
        total = float(says[says >= 0].sum()) + (len(asked) - int((says >= 0).sum())) * self._new
        return (shared / (total or 1.0)).astype(np.float32)

    def known(self, terms: Iterable[str]) -> list[str]:
        """Those of the terms that any guide uses."""
        return [t for t in terms if (n := self._numbers.known.get(t)) is not None and self._says[n] >= 0]
