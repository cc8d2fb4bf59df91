"""What a view needs to know beside the notice, read when the message is sent."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from bot.model.people import Office
from bot.model.requests import Request, Ticket
from bot.model.versions import GuideVersion


@dataclass(frozen=True)
class TicketBrief:
    """A ticket with what stands around it.

    Attributes:
        holder: the holder's name, for colleagues.
        team: the team's name.
        proposed: guides the bot showed before a person was called.
        now: when the message is made, for ages.
        returned: why it was given back, as a code; empty where that was not said.
        office: where his team's people can be found in person; empty fields where it is not known.
    """

    ticket: Ticket
    holder: str | None
    team: str
    proposed: tuple[str, ...]
    now: datetime
    returned: str = ""
    office: Office = field(default_factory=Office)


@dataclass(frozen=True)
class TicketsBrief:
    """Several tickets; ``current`` is the one that words without an address go to."""

    tickets: tuple[TicketBrief, ...]
    current: int | None
    now: datetime
    month: MonthBrief | None = None


@dataclass(frozen=True)
class MonthBrief:
    """What a member did since the month began, and what he leads."""

    claimed: int
    resolved: int
    leads: bool = False


@dataclass(frozen=True)
class ReceiversBrief:
    """To whom a ticket can go: (id, name, can be told now) of members, (id, name) of teams.

    Attributes:
        held: somebody holds it, so that it can be taken back.
        may_take_back: who asks is not the holder himself.
    """

    members: tuple[tuple[int, str, bool], ...]
    teams: tuple[tuple[int, str], ...]
    held: bool
    may_take_back: bool


@dataclass(frozen=True)
class RequestsBrief:
    """A citizen's own requests and tickets, newest first."""

    requests: tuple[Request, ...]
    tickets: tuple[Ticket, ...]
    now: datetime


@dataclass(frozen=True)
class Period:
    """The figures of one span of time, from ``events``."""

    requests: int
    by_outcome: Mapping[str, int]
    opened: int
    median_first_reply_seconds: float | None
    confirmed: int
    top_guides: tuple[tuple[str, int], ...]
    unanswered: int


@dataclass(frozen=True)
class StatisticsBrief:
    """Today, seven days, and the tickets as they stand."""

    today: Period
    week: Period
    tickets_by_state: Mapping[str, int]
    now: datetime


@dataclass(frozen=True)
class CardBrief:
    """What stands around a guide.

    Attributes:
        platform_notices: notices in force, by platform id.
        nobody_on_duty: for an urgent guide: no member is on duty now.
    """

    platform_notices: Mapping[str, str]
    nobody_on_duty: bool = False


@dataclass(frozen=True)
class GuideFileBrief:
    """The text of a guide as it is in force, where it was changed from the chat; else all is None."""

    text: str | None = None
    by: str | None = None
    at: datetime | None = None


@dataclass(frozen=True)
class GuideChangeBrief:
    """A change with the names of those who made and published it.

    Attributes:
        days: of how many days the questions were that it was tried on.
    """

    version: GuideVersion
    author: str
    second: str | None
    days: int


@dataclass(frozen=True)
class GuideHistoryBrief:
    """Published changes, newest first, each with who published it."""

    versions: tuple[tuple[GuideVersion, str], ...]


Brief = (
    TicketBrief
    | TicketsBrief
    | ReceiversBrief
    | RequestsBrief
    | StatisticsBrief
    | CardBrief
    | GuideFileBrief
    | GuideChangeBrief
    | GuideHistoryBrief
    | None
)
