"""What people's words stand for: chat spelling, short forms, regional words, and meanings that guides share."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import NamedTuple

from bot.guides.catalogue import Vocabulary
from bot.language import clean, fold, normalise_tone

_STOPS = ".,;:!?"
_WORDS = re.compile(rf"[^\W_]+|[{_STOPS}]")
# Ages at which another paper or benefit begins: child's card, card, adult, old age, pension without insurance.
_AGES = ((6, "tuoi-0"), (14, "tuoi-6"), (18, "tuoi-14"), (60, "tuoi-18"), (75, "tuoi-60"), (999, "tuoi-75"))
_LONGEST_PHRASE = 6  # words


class Word(NamedTuple):
    """A word of a question.

    Attributes:
        folded: without accents.
        toned: as written, where it was written with accents; otherwise empty.
    """

    folded: str
    toned: str = ""

    def says(self, other: Word) -> bool:
        """Whether it can be the listed word: typed with accents it must have the same («trú» is not Central «tru»)."""
        return self.folded == other.folded and (not self.toned or self.toned == other.toned)


@lru_cache(maxsize=32768)
def word(written: str) -> Word:
    """A word from its letters, in lower case and composed; the tone on its usual place."""
    placed = normalise_tone(written)
    folded = fold(placed).replace(" ", "")
    return Word(folded, "" if folded == placed else placed)


def split(text: str, *, is_clean: bool = False) -> list[Word]:
    """The words of a text.

    Args:
        text: any text.
        is_clean: it has been through `clean` already.
    """
    return split_clauses(text, is_clean=is_clean)[0]


def split_clauses(text: str, *, is_clean: bool = False) -> tuple[list[Word], frozenset[int]]:
    """The words of a text, and the places of those after which a clause ends."""
    words: list[Word] = []
    ends: list[int] = []
    for token in _WORDS.findall((text if is_clean else clean(text)).lower()):
        if token in _STOPS:
            ends.append(len(words) - 1)
        elif (found := word(token)).folded:
            words.append(found)
    return words, frozenset(ends)


class Phrases:
    """Finds phrases in a row of words; accents that were typed must agree."""

    def __init__(self, listed: Iterable[tuple[str, str]]) -> None:
        """Take pairs of a phrase and what it stands for."""
        self._by_words: dict[tuple[str, ...], list[tuple[tuple[Word, ...], str]]] = {}
        for phrase, meaning in listed:
            parts = tuple(split(phrase))[:_LONGEST_PHRASE]
            if parts:
                self._by_words.setdefault(tuple(w.folded for w in parts), []).append((parts, meaning))
        lengths: dict[str, set[int]] = {}
        for words in self._by_words:
            lengths.setdefault(words[0], set()).add(len(words))
        self._lengths = {first: sorted(found, reverse=True) for first, found in lengths.items()}

    def find(self, words: list[Word]) -> list[tuple[int, int, str]]:
        """Every phrase found: start, end, meaning; longer ones first at each start. They may overlap."""
        found: list[tuple[int, int, str]] = []
        folded = tuple(w.folded for w in words)
        for start, first in enumerate(folded):
            for length in self._lengths.get(first, ()):
                end = start + length
                # One look-up for all phrases of these letters; only their accents are left to compare.
                for parts, meaning in self._by_words.get(folded[start:end], ()) if end <= len(words) else ():
                    if all(a.says(b) for a, b in zip(words[start:end], parts, strict=True)):
                        found.append((start, end, meaning))
        return found


def _ages(words: list[Word]) -> list[tuple[int, int, str]]:
    """«con 8 tuổi»: ages that papers and benefits depend on."""
    found: list[tuple[int, int, str]] = []
    for at in range(len(words) - 1):
        number = words[at].folded
        if words[at + 1].folded == "tuoi" and number.isdigit() and len(number) < 4:
            name = next((name for limit, name in _AGES if int(number) < limit), None)
            found += [(at, at + 2, name)] if name else []
    return found


class Lexicon:
    """The vocabulary files of the knowledge base, ready for use."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        """Compile the lists."""
        self.teencode = {word(k.lower()): split(v) for k, v in vocabulary.teencode.items()}
        self.short = {word(k.lower()): [split(v) for v in m] for k, m in vocabulary.abbreviations.items()}
        self._regional = Phrases(vocabulary.regional.items())
        self._regional_single = {fold(k) for k in vocabulary.regional if " " not in k}
        groups = dict(vocabulary.concepts)
        for old, new in vocabulary.old_names.items():
            groups[f"={fold(new)}"] = (*groups.get(f"={fold(new)}", (new,)), old)
        self._concepts = Phrases((phrase, name) for name, phrases in groups.items() for phrase in phrases)
        self.words = self._words_of(vocabulary, groups)

    @staticmethod
    def _words_of(vocabulary: Vocabulary, groups: Mapping[str, tuple[str, ...]]) -> frozenset[str]:
        """Folded words the lists themselves use: known, though no guide may hold them."""
        said: list[str] = [*vocabulary.teencode.values(), *vocabulary.regional, *vocabulary.regional.values()]
        said += [phrase for phrases in groups.values() for phrase in phrases]
        said += [meaning for meanings in vocabulary.abbreviations.values() for meaning in meanings]
        return frozenset(w.folded for text in said for w in split(text))

    def common_speech(self, words: list[Word], ambiguous: Mapping[str, frozenset[str]]) -> list[Word]:
        """Regional words replaced by the common ones.

        Args:
            words: the words of a question.
            ambiguous: for a folded word, the accented words of the guides it may be: «mo» without accent may be
                «mở» as well as the Central «mô», so only the accented one is replaced.
        """
        out: list[Word] = []
        at = 0
        hits: dict[int, tuple[int, str]] = {}
        for start, end, meaning in self._regional.find(words):
            only = words[start]
            if end - start == 1 and not only.toned and ambiguous.get(only.folded):
                continue
            hits.setdefault(start, (end, meaning))
        while at < len(words):
            if at in hits:
                at, meaning = hits[at]
                out += split(meaning)
            else:
                out.append(words[at])
                at += 1
        return out

    def meanings(self, words: list[Word]) -> list[tuple[int, int, str]]:
        """The meanings told, with the words that tell them; of the same meaning at the same start the longest."""
        kept: dict[tuple[int, str], tuple[int, int, str]] = {(a, name): (a, b, name) for a, b, name in _ages(words)}
        for start, end, name in self._concepts.find(words):
            kept.setdefault((start, name), (start, end, name))
        return list(kept.values())
