"""To volunteers, leaders and admins."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from bot.model.notices.notice import Notice

LONGEST_QUESTION = 1500
"""Characters of a ticket's question that its holder's panel shows."""


@dataclass(frozen=True)
class TicketCard(Notice):
    """A ticket as the whole team sees it."""

    ticket: int


@dataclass(frozen=True)
class HolderPanel(Notice):
    """A ticket as its holder sees it, with what can be done."""

    ticket: int


@dataclass(frozen=True)
class QueueList(Notice):
    """Tickets that wait, of a team."""

    team: int


@dataclass(frozen=True)
class MyTickets(Notice):
    """The tickets a member holds."""

    member: int


@dataclass(frozen=True)
class WhichTicket(Notice):
    """To whom of these are the words just written?"""

    member: int


@dataclass(frozen=True)
class GuidePick(Notice):
    """Choose a guide for a ticket: to send it (``send``) or as the one that would have answered (``close``)."""

    ticket: int
    purpose: str
    guides: tuple[str, ...]


@dataclass(frozen=True)
class OfficePick(Notice):
    """Choose the office a ticket goes to."""

    ticket: int


@dataclass(frozen=True)
class InviteLink(Notice):
    """A fresh invite, with buttons for other roles and teams.

    Attributes:
        by: the role of who invites; nobody gives more than he has.
    """

    code: str
    role: str
    team: str
    days: int
    by: str = "admin"


@dataclass(frozen=True)
class MemberWelcome(Notice):
    """You are of the team now.

    Attributes:
        starts: the first day, where that is still to come.
        ends: the last day.
    """

    team: str
    role: str
    starts: date | None = None
    ends: date | None = None


@dataclass(frozen=True)
class StaffHelp(Notice):
    """What a member of this role can tell the bot to do."""

    team: str
    role: str


@dataclass(frozen=True)
class Statistics(Notice):
    """The figures of today and of seven days."""

    team: int = 0
    scope: str = "all"


@dataclass(frozen=True)
class PoisonReport(Notice):
    """To admins: updates that could not be handled; ids only."""

    rows: tuple[int, ...]
