"""What a match says."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal


@dataclass(frozen=True)
class Candidate:
    """A guide that may be meant.

    Attributes:
        confidence: calibrated, 0 to 1: of candidates at 0.9, nine of ten are right.
    """

    guide: str
    confidence: float


@dataclass(frozen=True)
class Match:
    """What a question is taken to mean.

    Attributes:
        outcome: ``answer`` (one guide, sure), ``choices`` (1-4, ask back) or ``none``.
        candidates: best first, up to 5, also below the cut-off.
        shown: what the citizen would see: one for an answer, 1-4 for choices, none for none.
        urgent: the words tell of money being lost or a threat, now.
        smalltalk: kind of small talk, where the outcome is none for that reason.
        unmet: for none: it reads like a public procedure that is not in the catalogue.
        explanation: which words counted and which were unknown, for admins.
    """

    outcome: Literal["answer", "choices", "none"]
    candidates: tuple[Candidate, ...] = ()
    shown: tuple[str, ...] = ()
    urgent: bool = False
    smalltalk: str | None = None
    unmet: bool = False
    explanation: Mapping[str, object] = field(default_factory=dict)

    @property
    def guide(self) -> str | None:
        """The one guide, for an answer only."""
        return self.shown[0] if self.outcome == "answer" else None
