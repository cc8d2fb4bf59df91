"""People, members and teams."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from bot.config import Span
from bot.model.ids import MemberId, PersonId, RequestId, TeamId, TicketId
from bot.model.states import Role


@dataclass(frozen=True)
class Chat:
    """Where to speak: a chat, as one bot of one channel sees it.

    Attributes:
        bot: channel and the bot's own id there, e.g. ``telegram:7001``.
        id: the chat's id in that channel, as text.
    """

    bot: str
    id: str

    @property
    def channel(self) -> str:
        """The channel's name."""
        return self.bot.split(":", 1)[0]


@dataclass(frozen=True)
class Person:
    """Somebody who wrote to the bot; no name is kept.

    Attributes:
        channel_id: the person's id in the channel.
        chat: where the person talks with the bot alone.
        consented_at: when the person agreed that words are kept and read by the team; None before and after withdrawal.
        territory: code of the commune or province told.
        place_asked: the place was asked once already.
        greeted: was told once who the bot is and that agreeing is asked for.
        reachable: false once the channel said the person cannot be written to.
        dialog: what the bot is waiting to hear, if anything (see ``helpdesk/dialog.py``).
        last_request: the request whose card was shown last.
    """

    id: PersonId
    channel: str
    channel_id: str
    chat: Chat
    consented_at: datetime | None
    territory: str | None
    place_asked: bool
    greeted: bool
    reachable: bool
    dialog: dict[str, Any] | None
    last_request: RequestId | None


@dataclass(frozen=True)
class Office:
    """Where people of a team's territory can come in person; empty where it is not known."""

    address: str = ""
    hours: str = ""
    phone: str = ""


@dataclass(frozen=True)
class Team:
    """A team of the helpdesk.

    Attributes:
        territory: code of the commune or province it serves; None: everywhere.
        group: the chat where its cards are shown; None: each member's own chat.
        hamlet: the part of the commune it serves, as people call it; empty: all of it.
        sectors: what it is good at; empty: everything.
        duty: its own duty hours; None: those of ``config.yaml``.
        is_default: gets what no other team serves.
    """

    id: TeamId
    name: str
    territory: str | None
    group: Chat | None
    hamlet: str = ""
    sectors: tuple[str, ...] = ()
    duty: tuple[Span, ...] | None = None
    office: Office = Office()
    is_default: bool = False
    closed_at: datetime | None = None


@dataclass(frozen=True)
class Member:
    """Somebody who helps.

    Attributes:
        name: how colleagues see the member; citizens never do.
        scope: code of the territory an admin's rights reach; ``all`` for everywhere.
        on_duty: said so by the member; whether he can be told now is for `helpdesk.duty` to say.
        current_ticket: the one that words without an address go to.
        duty: the member's own hours; None: the team's.
        away_until: not on duty before, whatever else is set.
        most_open: takes no more tickets at once; None: as ``config.yaml`` says.
        starts_on: the first day of the membership.
        ends_on: its last day.
    """

    id: MemberId
    person: PersonId
    team: TeamId
    role: Role
    scope: str
    name: str
    on_duty: bool
    current_ticket: TicketId | None
    duty: tuple[Span, ...] | None = None
    away_until: datetime | None = None
    most_open: int | None = None
    starts_on: date | None = None
    ends_on: date | None = None

    def may(self, role: Role) -> bool:
        """Whether the member's role includes ``role``."""
        order = list(Role)
        return order.index(self.role) >= order.index(role)

    def in_force(self, today: date) -> bool:
        """Whether the membership holds today; ``today`` is the day where the team is."""
        return (self.starts_on is None or self.starts_on <= today) and not self.is_over(today)

    def is_over(self, today: date) -> bool:
        """Whether its last day is past."""
        return self.ends_on is not None and self.ends_on < today


@dataclass(frozen=True)
class Invite:
    """A link that makes one person a member, once.

    Attributes:
        name: whom a list names; None: whoever opens it is called as he calls himself.
        duty: hours, limit and dates the membership will have.
    """

    code: str
    team: TeamId
    role: Role
    scope: str
    expires_at: datetime
    name: str | None = None
    duty: tuple[Span, ...] | None = None
    most_open: int | None = None
    starts_on: date | None = None
    ends_on: date | None = None
