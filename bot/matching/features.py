"""A reading as features: words, pairs of words, shared meanings, accented words, and pieces of words."""

from __future__ import annotations

from functools import lru_cache
from itertools import chain, pairwise

from bot.matching.reading import Reading

# One letter opens each feature's name and tells its field.
WORD, PAIR, MEANING, PIECE, TONED = "wbmct"


def terms(reading: Reading) -> list[str]:
    """Words, pairs, shared meanings, and words with their accents where they have some."""
    words = reading.words
    return [
        *(WORD + w.folded for w in words),
        *(f"{PAIR}{a.folded} {b.folded}" for a, b in pairwise(words)),
        *(MEANING + name for _, _, name in reading.meanings),
        *(TONED + w.toned for w in words if w.toned),
    ]


@lru_cache(maxsize=16384)
def _pieces(folded: str) -> tuple[str, ...]:
    """Runs of three letters of a word, its edges marked: what survives a typing error. Longer runs add nothing."""
    edged = f" {folded[:24]} "
    return tuple(PIECE + edged[i : i + 3] for i in range(len(edged) - 2))


def features(reading: Reading) -> list[str]:
    """The terms, and pieces of words; pieces make most of them."""
    return [*terms(reading), *chain.from_iterable(_pieces(w.folded) for w in reading.words)]
