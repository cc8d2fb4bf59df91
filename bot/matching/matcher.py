"""Which guide a question means: the one door to this room."""

from __future__ import annotations

from collections.abc import Sequence

from bot.config import Matching
from bot.guides.catalogue import Catalogue
from bot.matching.combine import probabilities
from bot.matching.evidence import Evidence
from bot.matching.explain import explain
from bot.matching.index import Floats
from bot.matching.lexicon import split
from bot.matching.reading import Reading
from bot.matching.result import Candidate, Match
from bot.matching.smalltalk import SmallTalkFinder
from bot.matching.twofold import both_meant
from bot.matching.urgent import Urgency

_CANDIDATES = 5
_NEAREST = 5  # two requests in one message must both be among so many
_LEAST = 0.02  # a guide less likely than that is no choice worth a person's reading
_IMAGINABLE = 0.0005  # an emergency told without accents: its guide must be at least so likely
# What the guide just looked at is worth: it decides between near equals, and loses to clear words (a lead of 0.2).
_JUST_SHOWN = 1.5


class Matcher:
    """Matches questions with guides. Building takes seconds and belongs off the event loop; matching, milliseconds.

    Never changes once built, does no I/O, and says the same to the same words.
    """

    def __init__(self, catalogue: Catalogue, settings: Matching) -> None:
        """Learn the catalogue.

        Args:
            catalogue: the guides and the vocabulary.
            settings: the cut-offs.
        """
        entries = sorted(catalogue, key=lambda entry: entry.id)
        self._settings = settings
        self._ids = [entry.id for entry in entries]
        self._urgent_guides = [entry.id for entry in entries if entry.guide.urgent]
        self._evidence = Evidence(entries, catalogue.vocabulary)
        self._smalltalk = SmallTalkFinder(catalogue.smalltalk, self._evidence.reader.pairs)
        self._urgency = Urgency()

    def match(self, text: str, shown: tuple[str, ...] = ()) -> Match:
        """What a question means.

        Args:
            text: the words as sent.
            shown: guides the citizen just looked at; they may tip the balance, never outweigh clear words.
        """
        reading = self._evidence.reader.read(text)
        alarm = self._urgency.hear(reading.words)
        signs = alarm.signs
        kind = self._smalltalk.kind(split(text[:200]), reading.words) if not signs else None
        if kind or not reading.words or not self._ids:
            return Match("none", smalltalk=kind, explanation=explain(self._evidence, reading, smalltalk=kind))
        chances, none, rows = self._chances(reading)
        if alarm.bare and not any(chances.get(guide, 0.0) >= _IMAGINABLE for guide in self._urgent_guides):
            signs = ()
        nearest = tuple(chances)[:_NEAREST]
        for guide in shown:
            if chances.get(guide, 0.0) >= _LEAST:
                chances[guide] *= _JUST_SHOWN
        total = sum(chances.values()) + none
        ranked = sorted(((p / total, guide) for guide, p in chances.items()), key=lambda pair: (-pair[0], pair[1]))
        candidates = tuple(Candidate(guide, round(p, 4)) for p, guide in ranked[:_CANDIDATES])
        best = candidates[0].guide
        explanation = explain(
            self._evidence, reading, best=self._ids.index(best), row=rows[best], none=none / total, signs=signs
        )
        if signs and self._urgent_guides and not (alarm.doubtful and candidates[0].confidence >= self._settings.answer):
            return self._urgent(candidates, explanation)
        if two := both_meant(reading, nearest, self._at_a_glance, self._best_of):
            return self._both(two, candidates, explanation)
        return self._decided(reading, candidates, 1 - none / total, explanation)

    def _chances(self, reading: Reading) -> tuple[dict[str, float], float, dict[str, Floats]]:
        """How likely the nearest guides are, nearest first; how likely none; each guide's measures."""
        order, measures, against = self._evidence.weigh(reading)
        likely, none = probabilities(measures, against)
        ids = [self._ids[n] for n in order]
        return dict(zip(ids, likely.tolist(), strict=True)), none, dict(zip(ids, measures, strict=True))

    def _at_a_glance(self, reading: Reading) -> str:
        return self._ids[self._evidence.at_a_glance(reading)]

    def _best_of(self, reading: Reading) -> tuple[str, float]:
        chances, _, _ = self._chances(reading)
        guide = max(chances, key=lambda g: (chances[g], g))
        return guide, chances[guide]

    def _both(self, two: tuple[str, str], candidates: Sequence[Candidate], explanation: dict[str, object]) -> Match:
        """Both guides of two requests come first; each is as sure as the message leaves it."""
        known = {c.guide: c.confidence for c in candidates}
        each = max(0.5, *(known.get(g, 0.0) for g in two)) / 2
        left = (1 - 2 * each) / max(1, len(candidates))
        rest = [Candidate(c.guide, round(min(c.confidence, left), 4)) for c in candidates if c.guide not in two]
        ranked = (*(Candidate(g, round(each, 4)) for g in sorted(two, key=lambda g: -known.get(g, 0.0))), *rest)
        return Match("choices", ranked[:_CANDIDATES], tuple(c.guide for c in ranked[:2]), explanation=explanation)

    def _urgent(self, candidates: tuple[Candidate, ...], explanation: dict[str, object]) -> Match:
        """The guide for emergencies comes first; one the words name clearly stands beside it."""
        first = next((c.guide for c in candidates if c.guide in self._urgent_guides), self._urgent_guides[0])
        others = [c for c in candidates if c.guide != first]
        rest = sum(c.confidence for c in others)
        known = next((c.confidence for c in candidates if c.guide == first), 0.0)
        sure = max(known, self._settings.answer)
        scale = min(1.0, (1 - sure) / rest) if rest else 0.0
        ranked = (
            Candidate(first, round(sure, 4)),
            *(Candidate(c.guide, round(c.confidence * scale, 4)) for c in others),
        )
        return Match("answer", ranked[:_CANDIDATES], (first,), urgent=True, explanation=explanation)

    def _decided(
        self, reading: Reading, candidates: Sequence[Candidate], some: float, explanation: dict[str, object]
    ) -> Match:
        cut = self._settings
        ranked = tuple(candidates)
        if ranked[0].confidence >= cut.answer:
            return Match("answer", ranked, (ranked[0].guide,), explanation=explanation)
        if some >= cut.offer:
            offered = tuple(c.guide for c in ranked[: cut.choices] if c.confidence >= _LEAST)
            return Match("choices", ranked, offered or (ranked[0].guide,), explanation=explanation)
        return Match("none", ranked, unmet=self._evidence.sounds_public(reading), explanation=explanation)
