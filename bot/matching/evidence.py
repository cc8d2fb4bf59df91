"""What each of several cheap measures says about each guide, for one question."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain

import numpy as np

from bot.guides.catalogue import Entry
from bot.matching.bm25 import Guides
from bot.matching.centroids import Centroids
from bot.matching.elsewhere import PROCEDURES, TOPICS
from bot.matching.features import MEANING, PAIR, TONED, WORD, features, terms
from bot.matching.index import Floats, Index, Ints, Vector
from bot.matching.lexicon import Lexicon, split
from bot.matching.linear import Linear
from bot.matching.reading import Reader, Reading

# Measures of a guide; then measures of the question against all guides ("none of them").
GUIDE_MEASURES = ("linear", "bm25", "paired", "meant", "titled", "accented", "rank")
NONE_MEASURES = (
    "one", "best_linear", "lead", "best_bm25", "elsewhere_linear", "elsewhere_bm25", "elsewhere_lead", "strange",
    "uncovered", "unpaired", "short",
)  # fmt: skip
SHORTLIST = 12
# Words of public business: any of them in a question no guide answers makes it a gap worth filling.
_PUBLIC = frozenset(
    {
        "giay phep", "chung chi", "thu tuc", "ho so", "giay chung", "chung nhan", "cap phep", "xin giay", "lam giay",
        "cap giay", "cap lai", "dang ky", "xac nhan", "giay to", "phuong", "ubnd", "uy ban", "cong chung", "tro cap",
        "che do", "bao hiem", "ho tro", "le phi", "cap the", "lam the", "xin cap", "xin phep", "thue", "quoc tich",
        "visa", "thi thuc", "khieu nai", "to cao", "don xin", "nop don", "bang cap", "hanh nghe", "nop ho",
    }
)  # fmt: skip
_ELSEWHERE = 0.5
# Rows up to which the linear model is trained: its work grows with their cube (4,900 rows take 2 s, 12,000 some
# 30 s). Beyond, the guides' mean rows take its place.
_TRAINED = 10_000
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

    def __init__(self, entries: Sequence[Entry], lexicon: Lexicon) -> None:
        """Index the guides and learn from them."""
        self.guides = len(entries)
        rows = asked(entries)
        written = [split(line, is_clean=True) for line, _ in rows]
        telling = [[split(line, is_clean=True) for line in told(entry)] for entry in entries]
        self.reader = Reader(lexicon, [*written, *chain.from_iterable(telling)])
        read = self.reader.read_written
        readings = list(map(read, written))
        covered = Covered(readings)
        procedures = [r for r in map(read, map(split, PROCEDURES)) if r not in covered]
        elsewhere = procedures + [r for r in map(read, map(split, TOPICS)) if r not in covered]
        self._procedures = slice(self.guides, self.guides + len(procedures))
        owners: Ints = np.array([n for _, n in rows] + [self.guides] * len(elsewhere), np.int32)
        self._pieces = len(owners) <= _TRAINED
        self.index = Index(features(r, pieces=self._pieces) for r in (*readings, *elsewhere))
        model = Linear if self._pieces else Centroids
        self.linear: Linear | Centroids = model(self.index.release(), owners, self.guides + 1, self.index.size)
        own: list[list[list[str]]] = [[] for _ in entries]
        for reading, (_, owner) in zip(readings, rows, strict=True):
            own[owner].append(terms(reading))
        said = ((own[n][:1], own[n], [terms(read(line)) for line in telling[n]]) for n in range(self.guides))
        self.bm25 = Guides(chain(said, ([[terms(line)]] for line in elsewhere)), self.guides)
        heads = ([[gist(read(split(line))) for line in (e.guide.title, e.guide.audience)]] for e in entries)
        self.titles = Guides(heads, self.guides)

    def vector(self, reading: Reading) -> Vector:
        """The reading's features as the index weighs them."""
        return self.index.vector(features(reading, pieces=self._pieces))

    def counted(self, reading: Reading, guide: int, most: int = 8) -> dict[str, float]:
        """The words, pairs and meanings that spoke most for a guide, by the linear model."""
        vector = self.vector(reading)
        parts = dict(zip(vector.ids.tolist(), self.linear.parts(vector, guide).tolist(), strict=True))
        known = self.index.numbers.known
        named = {(parts[known[name]], name[1:]) for name in terms(reading) if name[0] != TONED and name in known}
        return {name: round(part, 3) for part, name in sorted(named, reverse=True)[:most] if part > 0}

    def sounds_public(self, reading: Reading) -> bool:
        """Whether it reads like public business: words of papers and offices, or another procedure of the list."""
        said = terms(reading)
        if any(name[1:] in _PUBLIC for name in said if name[0] in (WORD, PAIR)):
            return True
        return float(self.bm25.scores(said)[self._procedures].max(initial=0)) >= _ELSEWHERE

    @staticmethod
    def _with_clauses(scores: list[Floats]) -> Floats:
        """The whole message's scores, and half as heavy the mean of its clauses'."""
        if len(scores) == 1:
            return scores[0]
        mixed: Floats = (scores[0] + 0.5 * np.mean(scores[1:], axis=0)) / 1.5
        return mixed

    def weigh(self, reading: Reading) -> tuple[Ints, Floats, Floats]:
        """Measure the question.

        Returns:
            The shortlisted guides, their measures (a row each), and the measures for "none of them".
        """
        parts = (reading, *reading.clauses())
        every = self._with_clauses([self.linear.scores(self.vector(r)) for r in parts])
        linear, linear_elsewhere = every[: self.guides], float(every[self.guides])
        every = self._with_clauses([self.bm25.scores(terms(r)) for r in parts])
        bm25, bm25_elsewhere = every[: self.guides], float(every[self.guides :].max(initial=0))
        said = terms(reading)
        words = [name for name in said if name[0] == WORD]
        paired = self.bm25.share(name for name in said if name[0] == PAIR)
        meant = self.bm25.share(name for name in said if name[0] == MEANING)
        accented = self.bm25.share(TONED + w.toned if w.toned else WORD + w.folded for w in reading.words)
        titled = self.titles.share(self.titles.known(gist(reading)))
        order: Ints = np.argsort(-(linear + bm25), kind="stable")[:SHORTLIST].astype(np.int32)
        ranks = 1 / (1 + np.arange(len(order)))
        measures = np.stack(
            [linear[order], bm25[order], paired[order], meant[order], titled[order], accented[order], ranks], axis=1
        )
        first, second = np.sort((linear + bm25)[order])[::-1][:2] if len(order) > 1 else (0.0, 0.0)
        best = float(bm25.max(initial=0))
        total = sum(self.bm25.weight(name) for name in dict.fromkeys(words))
        strange = sum(self.bm25.weight(WORD + w) for w in reading.unknown) / (total or 1.0)
        against = [
            1.0, float(linear.max(initial=0)), first - second, best, linear_elsewhere, bm25_elsewhere,
            bm25_elsewhere - best, strange, 1 - float(accented[order[:1]].max(initial=0)),
            1 - float(paired[order[:1]].max(initial=0)), 1 / (1 + len(words)),
        ]  # fmt: skip
        return order, measures.astype(np.float32), np.array(against, np.float32)


def gist(reading: Reading) -> list[str]:
    """Words and meanings."""
    return [name for name in terms(reading) if name[0] in (WORD, MEANING)]
