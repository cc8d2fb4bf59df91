"""A file that names teams and their members: read, shown with its counts, then taken over or not."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from bot.model.ids import MemberId, TeamListId


class ListState(StrEnum):
    """Where a file is in its life."""

    RECEIVED = "received"
    """Waits to be fetched and read."""
    READ = "read"
    """Right, and shown to its sender, who has not decided."""
    REFUSED = "refused"
    APPLIED = "applied"
    DROPPED = "dropped"


@dataclass(frozen=True)
class TeamList:
    """A file of teams and members.

    Attributes:
        text: what it says; blanked once it is decided.
        file: the channel's handle.
        report: counts of what it would change, or ``errors``: pairs of a line and what is wrong there.
    """

    id: TeamListId
    member: MemberId
    bot: str
    file: str
    text: str
    state: ListState
    report: Mapping[str, Any]
    attempts: int
