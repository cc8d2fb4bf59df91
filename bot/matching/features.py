"""A reading as weighted features: words, pairs of words, shared meanings, pieces of words, accented words."""

from __future__ import annotations

import math
from collections import Counter
from functools import lru_cache
from itertools import chain, pairwise

from bot.matching.reading import Reading

# One letter opens each feature's name and tells its field.
WORD, PAIR, MEANING, PIECE, TONED = "wbmct"
FIELDS = WORD + PAIR + MEANING + PIECE + TONED


@lru_cache(maxsize=16384)
def _pieces(folded: str) -> tuple[str, ...]:
    """Runs of 3 to 5 letters of a word, its edges marked: what survives a typing error."""
    edged = f" {folded[:24]} "
    return tuple(PIECE + edged[i : i + n] for n in (3, 4, 5) for i in range(len(edged) - n + 1))


def features(reading: Reading, *, pieces: bool = True) -> dict[str, float]:
    """How often each feature occurs, dampened; pieces of words make nine tenths of them."""
    words = [w.folded for w in reading.words]
    counts: Counter[str] = Counter()
    counts.update(WORD + w for w in words)
    counts.update(f"{PAIR}{a} {b}" for a, b in pairwise(words))
    counts.update(MEANING + name for _, _, name in reading.meanings)
    if pieces:
        counts.update(chain.from_iterable(map(_pieces, words)))
    counts.update(TONED + w.toned for w in reading.words if w.toned)
    return {name: 1.0 + math.log(n) for name, n in counts.items()}
