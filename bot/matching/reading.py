"""From what was typed to the words that were meant: Telex and VNI, chat spelling, joined words, slips of the finger."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain, pairwise

from bot.language import clean, decode_typing, is_syllable, split_joined
from bot.matching.denial import without_denied
from bot.matching.lexicon import Lexicon, Word, split_clauses, word
from bot.matching.spelling import Spelling

MOST_WORDS = 700  # a full Telegram message has about 900 short words; what follows adds nothing to match by
_RUNS = re.compile(r"(.)\1+")  # «cướccc»
_PARTS = re.compile(r"\d+|[^\W\d_]+")  # «63tuổi», «lop6»
_OFTEN = 3  # times the guides must say a word before joined words are cut by it
_TOGETHER = 0.5  # of the price of a cut: what it is worth that two words go together
_MOST_REPAIRS = 24  # a message of nothing but unknown words is noise: it is not worth more


@dataclass(frozen=True)
class Reading:
    """A question as understood, word by word.

    Attributes:
        words: after decoding, spelling out and repair.
        meanings: shared meanings told: start, end, name.
        changed: what was typed and how it was read, for the explanation.
        unknown: words no guide uses, or none with these accents.
        spans: where clauses begin and end.
    """

    words: tuple[Word, ...]
    meanings: tuple[tuple[int, int, str], ...]
    changed: tuple[tuple[str, str], ...]
    unknown: tuple[str, ...]
    spans: tuple[tuple[int, int], ...] = ()

    def part(self, start: int, end: int) -> Reading:
        """Some of the words, as a reading of their own."""
        inside = tuple((a - start, b - start, name) for a, b, name in self.meanings if start <= a and b <= end)
        words = self.words[start:end]
        said = {w.toned or w.folded for w in words}
        return Reading(words, inside, (), tuple(w for w in self.unknown if w in said))


class Reader:
    """Reads questions in the light of the words the guides use."""

    def __init__(self, lexicon: Lexicon, rows: Sequence[list[Word]]) -> None:
        """Learn the words of the guides.

        Args:
            lexicon: the vocabulary files.
            rows: every utterance and text of the guides.
        """
        self._lexicon = lexicon
        self.spelling: Spelling | None = None
        counts: Counter[str] = Counter()
        pairs: Counter[tuple[str, str]] = Counter()
        toned: dict[str, set[str]] = {}
        for w in chain.from_iterable(rows):
            if w.toned:
                toned.setdefault(w.folded, set()).add(w.toned)
        self._toned = {k: frozenset(v) for k, v in toned.items()}
        for row in rows:
            words = self._spelled_out(row, None)
            counts.update(w.folded for w in words)
            pairs.update((a.folded, b.folded) for a, b in pairwise(words))
        self.counts, self.pairs = counts, pairs
        self._known = lexicon.words
        shorts = [w.folded for w in lexicon.short]
        self._usual = frozenset(w for w, n in counts.items() if n >= _OFTEN).union(shorts)
        self.spelling = Spelling(counts, pairs, shorts)

    def knows(self, folded: str) -> bool:
        """Whether the guides (or the vocabulary files) use the word."""
        return folded in self.counts or folded in self._known or folded.isdigit()

    def read_written(self, words: list[Word]) -> Reading:
        """Read a guide's own line, which is spelled right."""
        words = self._lexicon.common_speech(self._spelled_out(words, None), self._toned)
        return Reading(tuple(words), tuple(self._lexicon.meanings(words)), (), ())

    def read(self, text: str) -> Reading:
        """Read a question. Work is bounded whatever it holds."""
        cleaned = clean(text)
        decoded = decode_typing(cleaned)
        changed: list[tuple[str, str]] = []
        if decoded != cleaned:
            before, after = cleaned.split(), decoded.split()
            changed += [(a, b) for a, b in zip(before, after, strict=False) if a != b][:40]
        typed, ends = split_clauses(decoded, is_clean=True)
        typed, denied = without_denied(typed[:MOST_WORDS], ends)
        if denied:
            changed.append((" ".join(w.toned or w.folded for w in denied), ""))
            ends = frozenset()
        words: list[Word] = []
        spans: list[tuple[int, int]] = []
        start = 0
        for end in [*sorted(end + 1 for end in ends if 0 <= end < len(typed) - 1), len(typed)]:
            clause = self._repaired(self._spelled_out(typed[start:end], changed), changed)
            clause = self._lexicon.common_speech(clause, self._toned)
            spans.append((len(words), len(words) + len(clause)))
            words += clause
            start = end
        unknown = tuple(dict.fromkeys(w.toned or w.folded for w in words if self._is_strange(w)))
        meanings = tuple(self._lexicon.meanings(words))
        return Reading(tuple(words), meanings, tuple(changed), unknown, tuple(spans))

    def _spelled_out(self, words: list[Word], changed: list[tuple[str, str]] | None) -> list[Word]:
        out: list[Word] = []
        for index, w in enumerate(words):
            meant = self._short(words, index)
            if meant is None:
                out.append(w)
                continue
            out += meant
            if changed is not None:
                changed.append((w.toned or w.folded, " ".join(m.toned or m.folded for m in meant)))
        return out

    def _short(self, words: list[Word], index: int) -> list[Word] | None:
        """What a short form or chat spelling stands for; of several meanings the one its neighbours fit."""
        w = words[index]
        if not w.toned and w.folded in self._toned and is_syllable(w.folded):
            return None  # «hong» without accent is «hồng» or «hỏng» before it is «không»
        if w in self._lexicon.short:
            meanings = self._lexicon.short[w]
            if len(meanings) == 1 or self.spelling is None:
                return meanings[0]
            before = words[index - 1].folded if index else ""
            after = words[index + 1].folded if index + 1 < len(words) else ""
            pairs = self.spelling.pairs
            return max(meanings, key=lambda m: pairs[before, m[0].folded] + pairs[m[-1].folded, after])
        return self._lexicon.teencode.get(w)

    def _repaired(self, words: list[Word], changed: list[tuple[str, str]]) -> list[Word]:
        out: list[Word] = []
        tried = 0
        for index, w in enumerate(words):
            before = out[-1].folded if out else ""
            after = words[index + 1].folded if index + 1 < len(words) else ""
            if self.knows(w.folded) or tried >= _MOST_REPAIRS or len(w.folded) < 2:
                if not self._meant(w) and self.spelling and (other := self.spelling.heard(w.folded, before, after)):
                    changed.append((w.toned or w.folded, other))
                    w = Word(other)
                out.append(w)
                continue
            tried += 1
            meant = self._repair(w, before, after)
            if meant is None:
                out.append(w)
            else:
                out += meant
                changed.append((w.toned or w.folded, " ".join(m.toned or m.folded for m in meant)))
        return out

    def _is_strange(self, w: Word) -> bool:
        known = self._toned.get(w.folded)
        return not self.knows(w.folded) or bool(w.toned and known and w.toned not in known)

    def _meant(self, w: Word) -> bool:
        """Whether it is a word of the guides accents and all, or a number: no slip."""
        return w.toned in self._toned.get(w.folded, ()) or not w.folded.isalpha()

    def _repair(self, w: Word, before: str, after: str) -> list[Word] | None:
        once = _RUNS.sub(r"\1", w.folded)
        if once != w.folded and once in self.counts:
            return [Word(once)]
        syllable = is_syllable(w.folded)
        if not syllable and (pieces := self._apart(w.toned or w.folded)):
            return pieces
        better = self.spelling and self.spelling.repair(w.folded, before, after, is_syllable=syllable)
        return self._spelled_out([Word(better)], None) if better else None

    def _fit(self, before: str, written: str) -> float:
        """How well a word fits the one before it: the guides say both together, and say it with these accents."""
        w = word(written)
        strange = w.toned and w.toned not in self._toned.get(w.folded, ())
        together = self.pairs[word(before).folded, w.folded] > 0
        return (_TOGETHER if together else 0.0) - (_TOGETHER if strange else 0.0)

    def _apart(self, joined: str) -> list[Word] | None:
        """The words of a run typed without blanks, where most of them are words of the guides."""
        runs = _PARTS.findall(joined)
        parts = [part for run in runs for part in (split_joined(run, self._usual, self._fit) or [run])]
        if len(parts) < 2:
            return None
        pieces = [word(part) for part in parts]
        told = [p for p in pieces if not p.folded.isdigit()]
        if not told or min(len(p.folded) for p in told) < 2 < len(told):
            return None
        if sum(self.knows(p.folded) or p in self._lexicon.short for p in told) * 2 < len(told):
            return None
        return self._spelled_out(pieces, None)
