"""Slips of the finger and spelling as heard, mended against the words the guides use."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable

from rapidfuzz.distance import DamerauLevenshtein

from bot.language import sound_key

_ROWS = ("qwertyuiop", "asdfghjkl", "zxcvbnm")
_PLACE = {ch: (row, col + row * 0.5) for row, keys in enumerate(_ROWS) for col, ch in enumerate(keys)}
_LONGEST = 24
_PAIRED = 2  # times the guides must say a pair of words before it speaks for a change
_STRONGLY = 6
_SHORT_FORM = 4  # letters; shorter ones are a slip away from too many


def _near(a: str, b: str) -> bool:
    """Keys that a thumb confuses."""
    if a not in _PLACE or b not in _PLACE:
        return False
    (r1, c1), (r2, c2) = _PLACE[a], _PLACE[b]
    return abs(r1 - r2) <= 1 and abs(c1 - c2) <= 1.1


class Spelling:
    """Finds the word that was meant by one that nobody knows."""

    def __init__(self, counts: Counter[str], pairs: Counter[tuple[str, str]], shorts: Iterable[str] = ()) -> None:
        """Index the known words by what remains when a letter is left out, and by sound.

        Args:
            counts: how often the guides use a word.
            pairs: how often two words follow each other.
            shorts: short forms («cccd»).
        """
        self.counts = counts
        self.pairs = pairs
        self._shorter: dict[str, list[str]] = defaultdict(list)
        self._heard: dict[str, list[str]] = defaultdict(list)
        for known in counts:
            if known.isalpha() and len(known) <= _LONGEST:
                for short in _without_one(known):
                    self._shorter[short].append(known)
                self._heard[sound_key(known)].append(known)
        self._shorts = [short for short in shorts if len(short) >= _SHORT_FORM]

    def repair(self, folded: str, before: str, after: str, *, is_syllable: bool) -> str | None:
        """The known word that was most likely meant, or None.

        Args:
            folded: the unknown word.
            before: the word before it, after it: what follows each other in the guides decides.
            after: see before.
            is_syllable: a real Vietnamese syllable is changed only where both neighbours or one strong pair ask
                for it; it may be a word the guides simply do not use.
        """
        if not 2 <= len(folded) <= _LONGEST or not folded.isalpha():
            return None
        if not is_syllable and len(folded) >= _SHORT_FORM and (short := self._short(folded)):
            return short
        best, best_score = None, 0.0
        for known in sorted(self._candidates(folded)):  # of equals the same one in every process
            fit = self.pairs[before, known] + self.pairs[known, after]
            score = _closeness(folded, known) + min(fit, 20) / 10 + min(self.counts[known], 50) / 200
            if is_syllable and fit < (_PAIRED if sound_key(folded) == sound_key(known) else 3 * _PAIRED):
                continue
            if not is_syllable and fit == 0 and len(folded) < 4:
                continue
            if score > best_score:
                best, best_score = known, score
        return best

    def heard(self, folded: str, before: str, after: str) -> str | None:
        """A known word in a place it is never in, while one that sounds the same often is: «chuyển chường»."""
        if self.pairs[before, folded] or self.pairs[folded, after]:
            return None
        alike = (known for known in self._heard.get(sound_key(folded), ()) if known != folded)
        fits = [(self.pairs[before, known] + self.pairs[known, after], known) for known in alike]
        fit, known = max(fits, default=(0, ""))
        return known if fit >= _STRONGLY else None

    def _short(self, folded: str) -> str | None:
        """The one short form a single slip away («ccvd», «bhyr»)."""
        near = {
            short
            for short in self._shorts
            if DamerauLevenshtein.distance(folded, short, score_cutoff=1) <= 1
            and (len(short) != len(folded) or _closeness(folded, short) >= 1)
        }
        return near.pop() if len(near) == 1 else None

    def _candidates(self, folded: str) -> set[str]:
        found = set(self._heard.get(sound_key(folded), ()))
        found.update(self._shorter.get(folded, ()))
        for short in _without_one(folded):
            if short in self.counts:
                found.add(short)
            found.update(self._shorter.get(short, ()))
        found.discard(folded)
        return {known for known in found if known in self.counts}


def _without_one(word: str) -> set[str]:
    return {word[:i] + word[i + 1 :] for i in range(len(word))} if len(word) > 2 else set()


def _closeness(typed: str, known: str) -> float:
    if sound_key(typed) == sound_key(known):
        return 1.2
    if len(typed) == len(known):
        different = [(a, b) for a, b in zip(typed, known, strict=True) if a != b]
        if len(different) == 1 and _near(*different[0]):
            return 1.0
    return 0.7 if DamerauLevenshtein.distance(typed, known) <= 1 else 0.2
