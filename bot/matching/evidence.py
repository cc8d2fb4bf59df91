"""What each of several cheap measures says about each guide, for one question."""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import chain, pairwise

import numpy as np

from bot.guides.catalogue import Entry, Vocabulary
from bot.matching.bm25 import Guides
from bot.matching.features import MEANING, PAIR, TONED, WORD, features, terms
from bot.matching.index import Floats, Ints
from bot.matching.lexicon import Lexicon, split
from bot.matching.nearest import Utterances
from bot.matching.reading import Reader, Reading

# Measures of a guide; then measures of the question against all guides ("none of them").
GUIDE_MEASURES = ("bm25", "nearest", "accented", "titled")
NONE_MEASURES = ("one", "length", "best_bm25", "elsewhere", "unpaired")
SHORTLIST = 12
_BACKGROUND = 6  # lines of the background that are looked at closely
_LONG = 60  # words; more tell no more
_ELSEWHERE = 0.5  # from so near a line of another procedure on, a question reads like public business
_SAME = 0.75  # a background line that shares so much of its words with an utterance


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


class Covered:
    """Tells a line of the background that by now some guide is asked as."""

    def __init__(self, readings: Sequence[Reading]) -> None:
        """Note the words of what the guides are asked as."""
        self._rows = [frozenset(w.folded for w in r.words) for r in readings]
        self._with: dict[str, list[int]] = {}
        for number, row in enumerate(self._rows):
            for w in row:
                self._with.setdefault(w, []).append(number)

    def __contains__(self, line: Reading) -> bool:
        words = frozenset(w.folded for w in line.words)
        rarest = min(words, key=lambda w: len(self._with.get(w, ())), default="")
        near = (self._rows[number] for number in self._with.get(rarest, ()))
        return any(len(words & row) >= _SAME * len(words | row) for row in near)


class Evidence:
    """Weighs a question against all guides."""

    def __init__(self, entries: Sequence[Entry], vocabulary: Vocabulary) -> None:
        """Index the guides."""
        lexicon = Lexicon(vocabulary)
        self.guides = len(entries)
        rows = asked(entries)
        written = [split(line, is_clean=True) for line, _ in rows]
        telling = [[split(line, is_clean=True) for line in told(entry)] for entry in entries]
        self.reader = Reader(lexicon, [*written, *chain.from_iterable(telling)])
        read = self.reader.read_written
        readings = list(map(read, written))
        covered = Covered(readings)
        listed = {kind: list(map(split, lines)) for kind, lines in vocabulary.elsewhere.items()}
        procedures = [r for r in map(read, listed.get("procedures", ())) if r not in covered]
        elsewhere = procedures + [r for r in map(read, listed.get("topics", ())) if r not in covered]
        self._public = frozenset(" ".join(w.folded for w in words) for words in listed.get("words", ()))
        self._procedures = slice(self.guides, self.guides + len(procedures))
        owners = np.array([n for _, n in rows] + list(range(self.guides, self.guides + len(elsewhere))), np.int32)
        size = self.guides + len(elsewhere)
        self.utterances = Utterances(map(features, (*readings, *elsewhere)), owners, size)
        starts = np.searchsorted(owners, np.arange(self.guides + 1)).tolist()
        own = ([terms(reading) for reading in readings[a:b]] for a, b in pairwise(starts))
        more = ([terms(read(line)) for line in lines] for lines in telling)
        said = ((lines[:1], lines, others) for lines, others in zip(own, more, strict=True))
        self.bm25 = Guides(chain(said, (([terms(line)],) for line in elsewhere)), self.guides)
        heads = (([_gist(read(split(line))) for line in (e.guide.title, e.guide.audience)],) for e in entries)
        self.titles = Guides(heads, self.guides)

    def counted(self, reading: Reading, guide: int, most: int = 8) -> dict[str, float]:
        """The words, pairs and meanings that spoke most for a guide."""
        parts = self.bm25.parts((t for t in terms(reading) if t[0] != TONED), guide)
        return {name[1:]: round(part, 3) for name, part in sorted(parts.items(), key=lambda p: (-p[1], p[0]))[:most]}

    def at_a_glance(self, reading: Reading) -> int:
        """The guide that the words alone fit best."""
        return int(self.bm25.scores(terms(reading))[: self.guides].argmax())

    def sounds_public(self, reading: Reading) -> bool:
        """Whether it reads like public business: words of papers and offices, or another procedure of the list."""
        said = terms(reading)
        if any(name[1:] in self._public for name in said if name[0] in (WORD, PAIR)):
            return True
        return float(self.bm25.scores(said)[self._procedures].max(initial=0)) >= _ELSEWHERE

    def weigh(self, reading: Reading) -> tuple[Ints, Floats, Floats]:
        """Measure the question.

        Returns:
            The shortlisted guides, their measures (a row each), and the measures for "none of them".
        """
        said = terms(reading)
        scores = self.bm25.scores(said)
        guides = _highest(scores[: self.guides], SHORTLIST)
        others = _highest(scores[self.guides :], _BACKGROUND) + np.int32(self.guides)
        near = self.utterances.likeness(features(reading), np.concatenate([guides, others]))
        accented = self.bm25.share(TONED + w.toned if w.toned else WORD + w.folded for w in reading.words)
        titled = self.titles.share(self.titles.used(_gist(reading)))
        measures = np.stack([scores[guides], near[: len(guides)], accented[guides], titled[guides]], axis=1)
        # All that fits is worth more the more was said: a keyword fits well and can still mean many guides.
        length = math.sqrt(min(len(reading.words), _LONG))
        best = float(scores[guides[:1]].max(initial=0))
        pairs = [name for name in said if name[0] == PAIR]
        unpaired = 1 - float(self.bm25.share(pairs)[guides[:1]].max(initial=0)) if pairs else 0.0
        elsewhere = float(np.sort(near[len(guides) :])[-3:].sum())  # a line is one utterance, a third of its owner
        against = [1.0, length, length * best, length * elsewhere, unpaired]
        return guides, (length * measures).astype(np.float32), np.array(against, np.float32)


def _highest(scores: Floats, most: int) -> Ints:
    order: Ints = np.argsort(-scores, kind="stable")[:most].astype(np.int32)
    return order


def _gist(reading: Reading) -> list[str]:
    """Words and meanings."""
    return [name for name in terms(reading) if name[0] in (WORD, MEANING)]
