"""Which guide a question means: the one door to this room."""

from __future__ import annotations

from collections.abc import Sequence

from bot.config import Matching
from bot.guides.catalogue import Catalogue
from bot.matching.combine import probabilities
from bot.matching.evidence import Evidence
from bot.matching.explain import explain
from bot.matching.lexicon import Lexicon, split
from bot.matching.reading import Reading
from bot.matching.result import Candidate, Match
from bot.matching.smalltalk import SmallTalkFinder
from bot.matching.urgent import Urgency

_CANDIDATES = 5
# So sure of a guide that has nothing to do with an emergency, signs of one are taken for chance.
_FAR_SURE = 0.6
_LEAST = 0.02  # a guide less likely than that is no choice worth a person's reading
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
        self._kin = {other for guide in self._urgent_guides for other in catalogue.related(guide)}
        self._evidence = Evidence(entries, Lexicon(catalogue.vocabulary))
        self._smalltalk = SmallTalkFinder(catalogue.smalltalk)
        self._urgency = Urgency()

    def match(self, text: str, shown: tuple[str, ...] = ()) -> Match:
        """What a question means.

        Args:
            text: the words as sent.
            shown: guides the citizen just looked at; they may tip the balance, never outweigh clear words.
        """
        reading = self._evidence.reader.read(text)
        signs = self._urgency.signs(reading.words)
        kind = self._smalltalk.kind(split(text[:200]), reading.words) if not signs else None
        if kind or not reading.words or not self._ids:
            return Match("none", smalltalk=kind, explanation=explain(self._evidence, reading, smalltalk=kind))
        order, measures, against = self._evidence.weigh(reading)
        likely, none = probabilities(measures, against)
        chances = dict(zip((self._ids[n] for n in order), likely.tolist(), strict=True))
        for guide in shown:
            if chances.get(guide, 0.0) >= _LEAST:
                chances[guide] *= _JUST_SHOWN
        total = sum(chances.values()) + none
        ranked = sorted(((p / total, guide) for guide, p in chances.items()), key=lambda pair: (-pair[0], pair[1]))
        candidates = tuple(Candidate(guide, round(p, 4)) for p, guide in ranked[:_CANDIDATES])
        best = self._ids.index(candidates[0].guide)
        explanation = explain(
            self._evidence, reading, best=best, row=measures[list(order).index(best)], none=none / total, signs=signs
        )
        if signs and self._urgent_guides and not self._plainly_else(candidates[0]):
            return self._urgent(candidates, explanation)
        return self._decided(reading, candidates, 1 - none / total, explanation)

    def _plainly_else(self, first: Candidate) -> bool:
        """Whether the words mean a guide far from any emergency («rút hết tiền bảo hiểm»)."""
        if first.guide in self._urgent_guides:
            return False
        return first.confidence >= (_FAR_SURE if first.guide not in self._kin else self._settings.answer)

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
        first = ranked[0].confidence
        second = ranked[1].confidence if len(ranked) > 1 else 0.0
        if first >= cut.answer and first - second >= cut.margin:
            return Match("answer", ranked, (ranked[0].guide,), explanation=explanation)
        if some >= cut.offer:
            offered = tuple(c.guide for c in ranked[: cut.choices] if c.confidence >= _LEAST)
            return Match("choices", ranked, offered or (ranked[0].guide,), explanation=explanation)
        return Match("none", ranked, unmet=self._evidence.sounds_public(reading), explanation=explanation)
