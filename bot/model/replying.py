"""What a volunteer has at hand while replying."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from bot.model.ids import MemberId, NoteId, ReplyId, TeamId, TicketId


@dataclass(frozen=True)
class Note:
    """What a member wrote for colleagues about a ticket; masked. Never for the citizen."""

    id: NoteId
    ticket: TicketId
    member: MemberId
    text: str
    written_at: datetime


@dataclass(frozen=True)
class ReadyReply:
    """An answer a team keeps at hand; ``text`` holds placeholders. Without author it came with the helpdesk."""

    id: ReplyId
    team: TeamId
    category: str
    title: str
    text: str
    author: MemberId | None


@dataclass(frozen=True)
class Similar:
    """A ticket of the team that was resolved and asked for nearly the same.

    Attributes:
        guide: the guide that answered; None: none was named.
        reply: the team's last words in it, without anything that could be about its citizen; may be empty.
    """

    ticket: TicketId
    guide: str | None
    reply: str


CATEGORIES = ("chao", "hoi", "lam", "den", "cho", "xong", "khac")
"""Kinds of ready replies; their names are ``ready.category.*``."""


@dataclass(frozen=True)
class Proposal:
    """Words that may be sent to a citizen.

    Attributes:
        missing: placeholders that have no value for this ticket.
    """

    title: str
    text: str
    missing: tuple[str, ...] = ()


@dataclass(frozen=True)
class Failure:
    """A message of the holder that did not reach the citizen, or perhaps did not.

    Attributes:
        state: ``refused``, ``blocked`` or ``unknown``.
        code: why, for `texts.vi.yaml`.
    """

    state: str
    code: str
