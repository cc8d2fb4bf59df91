"""What a view needs to know beside the notice, read when the message is sent."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from bot.model.people import Invite, Member, Office, Team
from bot.model.requests import Request, Ticket
from bot.model.states import Role
from bot.model.team_lists import ListState
from bot.model.versions import GuideVersion


@dataclass(frozen=True)
class TicketBrief:
    """A ticket with what stands around it.

    Attributes:
        holder: the holder's name, for colleagues.
        team: the team's name.
        proposed: guides the bot showed before a person was called.
        now: when the message is made, for ages.
        office: where the citizen can come in person; empty where the notice does not tell it.
    """

    ticket: Ticket
    holder: str | None
    team: str
    proposed: tuple[str, ...]
    now: datetime
    office: Office = field(default_factory=Office)


@dataclass(frozen=True)
class TicketsBrief:
    """Several tickets; ``current`` is the one that words without an address go to."""

    tickets: tuple[TicketBrief, ...]
    current: int | None
    now: datetime


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
        office: where the citizen can come in person, where the card tells so.
    """

    platform_notices: Mapping[str, str]
    nobody_on_duty: bool = False
    office: Office | None = None


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


@dataclass(frozen=True)
class TeamItem:
    """A team in a list, with how many members and live tickets it has."""

    team: Team
    members: int
    tickets: int


@dataclass(frozen=True)
class TeamsBrief:
    """Teams to see or to choose from, a page of them."""

    items: tuple[TeamItem, ...]
    page: int
    pages: int


@dataclass(frozen=True)
class TeamBrief:
    """A team with its members.

    Attributes:
        members: those of the page, where the notice shows pages.
        count: all of them.
        manages: whether the viewer may set the territory and close it.
        heir: who would take over from it.
        today: to tell who is not a member yet.
    """

    team: Team
    members: tuple[Member, ...]
    count: int
    tickets: int
    manages: bool
    heir: str
    today: date
    page: int = 0
    pages: int = 1


@dataclass(frozen=True)
class MemberBrief:
    """A member as one who leads him sees him.

    Attributes:
        roles: which roles the viewer may give.
        himself: the viewer looks at himself.
        manages: whether the viewer may move him.
    """

    member: Member
    team: Team
    tickets: int
    roles: tuple[Role, ...]
    himself: bool
    manages: bool
    today: date


@dataclass(frozen=True)
class TeamFileBrief:
    """Teams with their members, and with the invites of those who are not here yet."""

    teams: tuple[tuple[Team, tuple[Member, ...], tuple[Invite, ...]], ...]
    now: datetime


@dataclass(frozen=True)
class TeamListBrief:
    """A file of teams as it stands."""

    state: ListState
    report: Mapping[str, Any]


Brief = (
    TicketBrief
    | TicketsBrief
    | RequestsBrief
    | StatisticsBrief
    | CardBrief
    | GuideFileBrief
    | GuideChangeBrief
    | GuideHistoryBrief
    | TeamsBrief
    | TeamBrief
    | MemberBrief
    | TeamFileBrief
    | TeamListBrief
    | None
)
