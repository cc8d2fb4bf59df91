"""Which guide a question means: the one door to this room."""

from __future__ import annotations

from bot.config import Matching
from bot.guides.catalogue import Catalogue
from bot.matching.combine import probabilities
from bot.matching.evidence import Evidence
from bot.matching.lexicon import Lexicon, split
from bot.matching.result import Candidate, Match
from bot.matching.smalltalk import SmallTalkFinder
from bot.matching.urgent import Urgency

_CANDIDATES = 5


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
        kind = self._smalltalk.kind(split(text), reading.words)
        signs = self._urgency.signs(reading.words)
        explanation: dict[str, object] = {
            "read": " ".join(w.toned or w.folded for w in reading.words),
            "changed": [list(pair) for pair in reading.changed],
            "meanings": sorted({name for _, _, name in reading.meanings}),
            "unknown": list(reading.unknown),
        }
        if not reading.words or (kind and not signs):
            return Match("none", smalltalk=kind, explanation=explanation | {"smalltalk": kind})
        order, measures, against = self._evidence.weigh(reading)
        likely, _ = probabilities(measures, against)
        ranked = sorted(zip(likely.tolist(), order.tolist(), strict=True), key=lambda pair: (-pair[0], pair[1]))
        candidates = tuple(Candidate(self._ids[n], round(p, 4)) for p, n in ranked[:_CANDIDATES])
        if signs and self._urgent_guides:
            explanation["urgent"] = list(signs)
            return Match("answer", candidates, (self._urgent_guides[0],), urgent=True, explanation=explanation)
        return self._decided(candidates, float(likely.sum()), explanation)

    def _decided(self, candidates: tuple[Candidate, ...], some: float, explanation: dict[str, object]) -> Match:
        cut = self._settings
        first = candidates[0].confidence
        second = candidates[1].confidence if len(candidates) > 1 else 0.0
        if first >= cut.answer and first - second >= cut.margin:
            return Match("answer", candidates, (candidates[0].guide,), explanation=explanation)
        if some >= cut.offer:
            offered = tuple(c.guide for c in candidates[: cut.choices] if c.confidence >= 0.02) or (
                candidates[0].guide,
            )
            return Match("choices", candidates, offered, explanation=explanation)
        return Match("none", candidates, unmet=True, explanation=explanation)
