"""Why: what an admin needs to understand a match, small and made of plain values."""

from __future__ import annotations

from collections.abc import Sequence

from bot.matching.evidence import GUIDE_MEASURES, Evidence
from bot.matching.index import Floats
from bot.matching.reading import Reading

_MOST = 12


def explain(
    evidence: Evidence,
    reading: Reading,
    *,
    best: int | None = None,
    row: Floats | None = None,
    none: float | None = None,
    signs: Sequence[str] = (),
    smalltalk: str | None = None,
) -> dict[str, object]:
    """Collect the reasons.

    Args:
        evidence: what was weighed.
        reading: the question as read.
        best: the winner's place.
        row: the winner's measures.
        none: how likely no guide is meant.
        signs: what made it urgent.
        smalltalk: the kind of small talk.
    """
    told: dict[str, object] = {"read": " ".join(w.toned or w.folded for w in reading.words[:60])}
    if changed := [f"{typed} → {meant}" if meant else f"bỏ: {typed}" for typed, meant in reading.changed[:_MOST]]:
        told["changed"] = changed
    if meanings := sorted({name for _, _, name in reading.meanings}):
        told["meanings"] = meanings[:_MOST]
    if reading.unknown:
        told["unknown"] = list(reading.unknown[:_MOST])
    if smalltalk:
        told["smalltalk"] = smalltalk
    if signs:
        told["urgent"] = list(signs[:_MOST])
    if best is not None and row is not None:
        told["counted"] = evidence.counted(reading, best)
        told["measures"] = {name: round(float(value), 3) for name, value in zip(GUIDE_MEASURES, row, strict=True)}
    if none is not None:
        told["none"] = round(none, 4)
    return told
