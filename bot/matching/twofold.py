"""Two requests in one message: each half means something else, and both are offered."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from bot.matching.reading import Reading

_JOINTS = frozenset({"va", "voi", "roi", "xong", "luon", "tien", "cung", "vua"})
_SHORTEST = 3  # words of a half
_LONGEST = 40  # words; a longer message is a story with one request at its end
_MOST_CUTS = 5
_SURE = 0.5  # how sure each half must be by itself; 3 golden questions in 100 are then taken for two, 3 in 1,000 lose


def halves(reading: Reading) -> Iterator[tuple[Reading, Reading]]:
    """Ways to cut a message in two, at clause ends and at joining words."""
    words = reading.words
    if not 2 * _SHORTEST <= len(words) <= _LONGEST:
        return
    cuts = [end for _, end in reading.spans[:-1]]
    cuts += [at for at, w in enumerate(words) if w.folded in _JOINTS]
    given = 0
    for cut in dict.fromkeys(cuts):
        if given < _MOST_CUTS and _SHORTEST <= cut <= len(words) - _SHORTEST:
            given += 1
            yield reading.part(0, cut), reading.part(cut, len(words))


def both_meant(
    reading: Reading,
    likely: tuple[str, ...],
    at_a_glance: Callable[[Reading], str],
    best_of: Callable[[Reading], tuple[str, float]],
) -> tuple[str, str] | None:
    """The two guides of two requests, or None.

    Args:
        reading: the whole message.
        likely: what the whole message is nearest to; both must be among them.
        at_a_glance: the best guide of a reading by the cheapest measure; halves that look alike are not weighed.
        best_of: the best guide of a reading and how sure it is.
    """
    for left, right in halves(reading):
        glances = {at_a_glance(left), at_a_glance(right)}
        if len(glances) < 2 or not glances.issubset(likely):
            continue
        one, sure = best_of(left)
        if sure < _SURE or one not in likely:
            continue
        other, sure = best_of(right)
        if other != one and sure >= _SURE and other in likely:
            return one, other
    return None
