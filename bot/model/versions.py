"""Changes to guides made from the chat: proposed, looked at, published, undone."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any

from bot.model.ids import MemberId, VersionId


class VersionState(StrEnum):
    """Where a change is in its life."""

    RECEIVED = "received"
    """Waits to be fetched, checked and replayed."""
    DRAFT = "draft"
    """Right, and shown to its author, who has not decided."""
    WAITING = "waiting"
    """Its author wants it; a second admin is to confirm."""
    PUBLISHED = "published"
    DROPPED = "dropped"


OPEN = (VersionState.DRAFT, VersionState.WAITING)
"""Can still be published."""


class ChangeKind(StrEnum):
    """How a change was made."""

    FILE = "file"
    FEE = "fee"
    TIME = "time"
    UTTERANCE = "utterance"
    NOTICE = "notice"
    RESTORED = "restored"


@dataclass(frozen=True)
class GuideVersion:
    """A change to a guide.

    Attributes:
        text: the guide's YAML; empty until it is fetched, or where a guide made in the chat is taken away again.
        former_text: what was in force when the change was made; None where there was no such guide.
        member: who made it; ``confirmed_by``: who published it in his stead.
        file: the channel's handle of the file it came in.
        report: what checking it found: ``findings`` (line and what), ``warnings``, or the figures of the ``replay``.
    """

    id: VersionId
    guide: str
    sector: str
    text: str
    former_text: str | None
    state: VersionState
    change: ChangeKind
    member: MemberId
    confirmed_by: MemberId | None
    bot: str
    file: str | None
    report: Mapping[str, Any]
    attempts: int
    created_at: datetime
    published_at: datetime | None = field(default=None)

    @property
    def is_new(self) -> bool:
        """There was no such guide before."""
        return self.former_text is None
