"""What happened: the source of every figure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from bot.model.ids import MemberId, PersonId, RequestId, TeamId, TicketId
from bot.model.requests import Ticket
from bot.model.states import EventKind


@dataclass(frozen=True)
class Event:
    """One thing that happened; ids and codes only, never anybody's words.

    Attributes:
        codes: further codes, such as the outcome or a reason.
    """

    kind: EventKind
    request: RequestId | None = None
    ticket: TicketId | None = None
    person: PersonId | None = None
    member: MemberId | None = None
    team: TeamId | None = None
    guide: str | None = None
    territory: str | None = None
    codes: Mapping[str, str | int | bool | None] = field(default_factory=dict)

    @classmethod
    def of_ticket(
        cls, kind: EventKind, ticket: Ticket, *, member: MemberId | None = None, **codes: str | int | bool | None
    ) -> Event:
        """Something that happened to a ticket, with all that figures are grouped by."""
        return cls(
            kind,
            request=ticket.request,
            ticket=ticket.id,
            person=ticket.person,
            member=member,
            team=ticket.team,
            guide=ticket.guide,
            territory=ticket.territory,
            codes=codes,
        )
