"""What each of several cheap measures says about each guide, for one question."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np

from bot.guides.catalogue import Entry
from bot.matching.elsewhere import PROCEDURES, TOPICS
from bot.matching.features import features
from bot.matching.index import Floats, Index, Ints, Vector, best_by_owner, idf
from bot.matching.lexicon import Lexicon
from bot.matching.linear import Linear
from bot.matching.reading import Reader, Reading

# Measures of a guide, then measures of the question against all guides ("none of them").
GUIDE_MEASURES = ("linear", "lead", "nearest", "several", "covered", "told", "rank")
NONE_MEASURES = ("one", "best_linear", "best_nearest", "elsewhere", "elsewhere_lead", "strange", "covered", "short")
SHORTLIST = 12
_SAME = 0.8  # a background line this like an utterance speaks of what a guide covers


def told(entry: Entry) -> list[str]:
    """What the guide itself says, besides how it is asked for."""
    g = entry.guide
    said = [g.summary, g.audience, g.time, g.result, g.in_person or "", *g.documents, *g.warnings]
    for step in g.steps:
        said += [step.do, step.tip or ""]
    return [line for line in said if line] + [fee.what for fee in g.fees]


def asked(entries: Sequence[Entry]) -> list[tuple[str, int]]:
    """Everything the guides are asked as, with the guide's place; what others call «not this» counts too."""
    place = {entry.id: number for number, entry in enumerate(entries)}
    rows = [(line, n) for n, entry in enumerate(entries) for line in (entry.guide.title, *entry.guide.asked_as)]
    rows += [(hint.when, place[hint.guide]) for e in entries for hint in e.guide.not_this if hint.guide in place]
    return sorted(rows, key=lambda row: row[1])


class Evidence:
    """Weighs a question against all guides."""

    def __init__(self, entries: Sequence[Entry], lexicon: Lexicon) -> None:
        """Index the guides and learn from them."""
        self.guides = len(entries)
        rows = asked(entries)
        telling = [told(entry) for entry in entries]
        background = [*PROCEDURES, *TOPICS]
        self.reader = Reader(lexicon, [line for line, _ in rows] + [line for lines in telling for line in lines])
        readings = [self.reader.read(line) for line, _ in rows]
        elsewhere = [features(self.reader.read(line)) for line in background]
        self.index = Index([*(features(r) for r in readings), *elsewhere])
        self.lines = [line for line, _ in rows] + background
        owners = [n for _, n in rows] + [self.guides] * len(background)
        self.owners: Ints = np.array(owners, np.int32)
        self.linear = Linear(self.index, self.owners, self.guides + 1)
        self._in_scope = len(rows)
        self._know_words(readings, [n for _, n in rows], telling)

    def _know_words(self, readings: Sequence[Reading], owners: Sequence[int], telling: Sequence[Sequence[str]]) -> None:
        """Which guide uses which word, and how much a word says."""
        used: dict[str, set[int]] = {}
        for reading, owner in zip(readings, owners, strict=True):
            for w in reading.words:
                used.setdefault(w.folded, set()).add(owner)
        self._asked_with = {word: np.array(sorted(guides), np.int32) for word, guides in used.items()}
        for owner, lines in enumerate(telling):
            for line in lines:
                for w in self.reader.read(line).words:
                    used.setdefault(w.folded, set()).add(owner)
        self._told_with = {word: np.array(sorted(guides), np.int32) for word, guides in used.items()}
        self._says = {word: idf(len(guides), self.guides) - 1 for word, guides in used.items()}
        self._most = idf(0, self.guides) - 1

    def word_weight(self, folded: str) -> float:
        """How much a word tells guides apart; one no guide uses tells most."""
        return self._says.get(folded, self._most)

    def coverage(self, words: Iterable[str], by: str = "asked") -> Floats:
        """For each guide the share of what the words say that it uses too."""
        table = self._asked_with if by == "asked" else self._told_with
        covered = np.zeros(self.guides, np.float32)
        total = 0.0
        for w in dict.fromkeys(words):
            weight = self.word_weight(w)
            total += weight
            if (guides := table.get(w)) is not None:
                covered[guides] += weight
        return covered / (total or 1.0)

    def weigh(self, reading: Reading) -> tuple[Ints, Floats, Floats]:
        """Measure the question.

        Returns:
            The shortlisted guides (best first by the linear model), their measures (a row each), and the measures
            for "none of them".
        """
        vector = self.index.vector(features(reading))
        linear = self.linear.scores(vector)
        like = self.index.likeness(vector)
        nearest = best_by_owner(like, self.owners, self.guides + 1)
        guides, none = linear[: self.guides], linear[self.guides]
        words = [w.folded for w in reading.words]
        covered, told_ = self.coverage(words), self.coverage(words, "told")
        order: Ints = np.argsort(-(guides + 0.3 * nearest[: self.guides]), kind="stable")[:SHORTLIST].astype(np.int32)
        several = self._several(like, order)
        top = guides[order]
        lead = top - np.where(np.arange(len(order)) == 0, top[1:2].max(initial=0), top[0])
        measures = np.stack(
            [top, lead, nearest[order], several, covered[order], told_[order], 1 / (1 + np.arange(len(order)))], axis=1
        )
        weight = sum(self.word_weight(w) for w in words) or 1.0
        strange = sum(self.word_weight(w) for w in reading.unknown) / weight
        best_near = float(nearest[: self.guides].max(initial=0))
        against = np.array(
            [1.0, top.max(initial=0), best_near, none, nearest[self.guides] - best_near, strange,
             covered.max(initial=0), 1 / (1 + len(words))]
        )  # fmt: skip
        return order, measures.astype(np.float32), against.astype(np.float32)

    def _several(self, like: Floats, order: Ints) -> Floats:
        """The mean of a guide's three nearest rows: one lucky row is not yet a habit."""
        starts = np.searchsorted(self.owners, order)
        ends = np.searchsorted(self.owners, order, side="right")
        return np.array([np.sort(like[a:b])[-3:].mean() for a, b in zip(starts, ends, strict=True)], np.float32)

    def vector_of(self, reading: Reading) -> Vector:
        """The reading's features as the index weighs them."""
        return self.index.vector(features(reading))
