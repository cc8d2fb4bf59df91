"""BM25 over whole guides: everything a guide is asked as and says, as one text in three fields."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Sequence
from itertools import chain, pairwise

import numpy as np

from bot.matching.index import Floats, Ints, idf
from bot.matching.reading import Reading

_K1, _B = 1.2, 0.5
_FIELDS = (3.0, 1.0, 0.4)  # title; asked as; what the guide says


def terms(reading: Reading) -> list[str]:
    """Words, pairs, shared meanings, and words with their accents where they have some."""
    words = [w.folded for w in reading.words]
    pairs = [f"{a} {b}" for a, b in pairwise(words)]
    return [
        *words,
        *pairs,
        *(f"={name}" for _, _, name in reading.meanings),
        *(f"`{w.toned}" for w in reading.words if w.toned),
    ]


class Guides:
    """Guides as bags of terms."""

    def __init__(self, texts: Iterable[tuple[Sequence[Reading], ...]]) -> None:
        """Count the terms.

        Args:
            texts: for each guide its title, the ways it is asked for, and what it says, as readings.
        """
        owners: dict[str, array[int]] = {}
        founds: dict[str, array[float]] = {}
        lengths: list[float] = []
        for number, fields in enumerate(texts):
            count: dict[str, float] = {}
            for weight, readings in zip(_FIELDS, fields, strict=True):
                for term in chain.from_iterable(map(terms, readings)):
                    count[term] = count.get(term, 0.0) + weight
            for term, found in count.items():
                owners.setdefault(term, array("i")).append(number)
                founds.setdefault(term, array("f")).append(found)
            lengths.append(sum(count.values()))
        self.size = len(lengths)
        length = np.array(lengths, np.float32)
        norm = _K1 * (1 - _B + _B * length / (length.mean() if self.size else 1.0))
        self._postings: dict[str, tuple[Ints, Floats, float]] = {}
        self._unknown = (idf(0, self.size) - 1) * (_K1 + 1)
        for term, of in owners.items():
            at, met = np.array(of, np.int32), np.array(founds[term], np.float32)
            gain = (idf(len(of), self.size) - 1) * met * (_K1 + 1) / (met + norm[at])
            self._postings[term] = at, gain.astype(np.float32), float(gain.max())

    def scores(self, reading: Reading) -> Floats:
        """For every guide, its share of what the terms could score at most."""
        scores = np.zeros(self.size, np.float32)
        most = 0.0
        for term in dict.fromkeys(terms(reading)):
            posting = self._postings.get(term)
            if posting is None:
                most += self._unknown if term.isalnum() else 0.0
                continue
            scores[posting[0]] += posting[1]
            most += posting[2]
        return scores / (most or 1.0)
