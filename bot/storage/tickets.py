"""Tickets. Contested changes are single guarded UPDATEs: the database says who won."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import func, select, update
from sqlmodel import col

from bot.model.ids import MemberId, PersonId, RequestId, TeamId, TicketId
from bot.model.requests import Ticket
from bot.model.states import ENDED, HELD, LIVE, TicketState
from bot.storage.repository import Repository
from bot.storage.tables import TicketRow


def ticket_of(row: TicketRow) -> Ticket:
    """A row as the rest of the house knows it."""
    assert row.id is not None
    return Ticket(
        TicketId(row.id),
        RequestId(row.request_id) if row.request_id else None,
        PersonId(row.person_id),
        TeamId(row.team_id),
        TicketState(row.state),
        MemberId(row.holder_id) if row.holder_id else None,
        row.guide,
        row.step,
        row.question or "",
        row.urgent,
        row.front,
        row.territory,
        row.opened_at,
        row.claimed_at,
        row.closed_at,
        row.first_reply_at,
        row.climb_at,
        row.first_reply_due_at,
        row.end_due_at,
        row.paused_at,
        row.leased_until,
        row.lease_reminded_at,
        row.late_told_at,
        row.phone or "",
    )


# Urgent first, then what came back, then by age.
_ORDER = (col(TicketRow.urgent).desc(), col(TicketRow.front).desc(), col(TicketRow.id))


class Tickets(Repository):
    """Requests that people must resolve."""

    async def open(self, person: PersonId, team: TeamId, **values: Any) -> Ticket:
        """A new ticket at the end of the queue (of the urgent ones, where urgent)."""
        row = TicketRow(person_id=person, team_id=team, state=TicketState.OPEN, opened_at=self._clock.now(), **values)
        self._session.add(row)
        await self._session.flush()
        return ticket_of(row)

    async def find(self, ticket: TicketId) -> Ticket | None:
        """A ticket, if there is one."""
        row = await self._row(select(TicketRow).where(col(TicketRow.id) == ticket))
        return ticket_of(row) if row else None

    async def get(self, ticket: TicketId) -> Ticket:
        """A ticket that exists."""
        found = await self.find(ticket)
        assert found is not None
        return found

    async def lock(self, ticket: TicketId) -> Ticket | None:
        """A ticket as it stands, if there is one; nobody else changes it until this unit of work ends.

        Without it, two processes on PostgreSQL may each act on what the other is just changing: words written while
        somebody takes the ticket would reach nobody. SQLite has one writer at a time anyway.
        """
        query = select(TicketRow).where(col(TicketRow.id) == ticket)
        # key_share: rows that only point to the ticket may still be added by others.
        row = await self._row(query.with_for_update(key_share=True))
        return ticket_of(row) if row else None

    async def lock_all(self, tickets: Iterable[TicketId]) -> list[Ticket]:
        """Several tickets as they stand, oldest first.

        Whoever changes several tickets, or a member beside them, takes all of them first, and then the members: then no
        two processes can wait for each other.
        """
        return await self._locked(col(TicketRow.id).in_(list(tickets)))

    async def lock_held_by(self, *members: MemberId) -> list[Ticket]:
        """The same of all tickets that the members hold."""
        return await self._locked(col(TicketRow.holder_id).in_(members), col(TicketRow.state).in_(HELD))

    async def lock_live_of_team(self, team: TeamId) -> list[Ticket]:
        """The same of all tickets of a team that are not ended."""
        return await self._locked(col(TicketRow.team_id) == team, col(TicketRow.state).in_(LIVE))

    async def _locked(self, *conditions: Any) -> list[Ticket]:
        query = select(TicketRow).where(*conditions).order_by(col(TicketRow.id)).with_for_update(key_share=True)
        return [ticket_of(r) for r in await self._rows(query)]

    async def assign_if_open(self, ticket: TicketId, member: MemberId, *, leased_until: datetime | None = None) -> bool:
        """Give an open ticket to the member; exactly one of several attempts succeeds."""
        return bool(
            await self._changed(
                update(TicketRow)
                .where(col(TicketRow.id) == ticket, col(TicketRow.state) == TicketState.OPEN)
                .values(
                    state=TicketState.CLAIMED,
                    holder_id=member,
                    last_holder_id=member,
                    claimed_at=self._clock.now(),
                    climb_at=None,
                    leased_until=leased_until,
                    lease_reminded_at=None,
                )
            )
        )

    async def hand_over_if_held(
        self, ticket: TicketId, member: MemberId, to: MemberId, *, leased_until: datetime | None, **values: Any
    ) -> bool:
        """Give the member's ticket to another one; ``values``: what happens to the clocks."""
        return await self._leave(
            ticket,
            member,
            HELD,
            state=TicketState.CLAIMED,
            holder_id=to,
            last_holder_id=to,
            claimed_at=self._clock.now(),
            leased_until=leased_until,
            lease_reminded_at=None,
            **values,
        )

    async def release_if_held(self, ticket: TicketId, member: MemberId, **values: Any) -> bool:
        """Put the member's ticket back at the front of the queue; ``values``: its team, when it climbs."""
        back = {"state": TicketState.OPEN, "holder_id": None, "front": True, "leased_until": None, "paused_at": None}
        return await self._leave(ticket, member, HELD, **{**back, **values})

    async def move_if_held(self, ticket: TicketId, member: MemberId, to: TicketState, **values: Any) -> bool:
        """Between claimed and waiting for the citizen; ``values``: what happens to the clocks."""
        return await self._leave(ticket, member, HELD, state=to, **values)

    async def close_if_held(self, ticket: TicketId, member: MemberId, to: TicketState, **values: Any) -> bool:
        """End the member's ticket."""
        return await self._leave(
            ticket,
            member,
            HELD,
            state=to,
            holder_id=None,
            front=False,
            closed_at=self._clock.now(),
            leased_until=None,
            paused_at=None,
            **values,
        )

    async def cancel_if_live(self, ticket: TicketId, person: PersonId) -> bool:
        """The citizen calls his ticket off."""
        return bool(
            await self._changed(
                update(TicketRow)
                .where(col(TicketRow.id) == ticket, col(TicketRow.person_id) == person, col(TicketRow.state).in_(LIVE))
                .values(
                    state=TicketState.CANCELLED,
                    holder_id=None,
                    front=False,
                    closed_at=self._clock.now(),
                    leased_until=None,
                    climb_at=None,
                    paused_at=None,
                    phone=None,
                )
            )
        )

    async def reopen_if_ended(self, ticket: TicketId, holder: MemberId | None, **values: Any) -> bool:
        """Back to its holder, or to the front of the queue where there is none; ``values``: its clocks."""
        state = TicketState.CLAIMED if holder else TicketState.OPEN
        return bool(
            await self._changed(
                update(TicketRow)
                .where(col(TicketRow.id) == ticket, col(TicketRow.state).in_(ENDED))
                .values(
                    state=state, holder_id=holder, front=True, closed_at=None, late_told_at=None, phone=None, **values
                )
            )
        )

    async def _leave(self, ticket: TicketId, member: MemberId, states: tuple[TicketState, ...], **values: Any) -> bool:
        if "holder_id" in values:
            values["phone"] = None  # the citizen let this holder see it, and nobody after him
        return bool(
            await self._changed(
                update(TicketRow)
                .where(
                    col(TicketRow.id) == ticket, col(TicketRow.holder_id) == member, col(TicketRow.state).in_(states)
                )
                .values(**values)
            )
        )

    async def last_holder(self, ticket: TicketId) -> MemberId | None:
        """Who held the ticket last."""
        found = await self._session.scalar(select(col(TicketRow.last_holder_id)).where(col(TicketRow.id) == ticket))
        return MemberId(found) if found else None

    async def first_reply(self, ticket: TicketId) -> bool:
        """Note the first answer of a person; true if this is it."""
        return bool(
            await self._changed(
                update(TicketRow)
                .where(col(TicketRow.id) == ticket, col(TicketRow.first_reply_at).is_(None))
                .values(first_reply_at=self._clock.now())
            )
        )

    async def change(self, ticket: TicketId, **values: Any) -> None:
        """Set columns of a ticket that are not contested."""
        await self._changed(update(TicketRow).where(col(TicketRow.id) == ticket).values(**values))

    async def keep_phone(self, ticket: TicketId, person: PersonId, phone: str) -> bool:
        """Keep the number the citizen shares, while his ticket is live."""
        return bool(
            await self._changed(
                update(TicketRow)
                .where(col(TicketRow.id) == ticket, col(TicketRow.person_id) == person, col(TicketRow.state).in_(LIVE))
                .values(phone=phone)
            )
        )

    async def resolved_of_team(self, team: TeamId, limit: int) -> list[tuple[Ticket, str | None]]:
        """Resolved tickets whose question is still kept, newest first, each with the guide that answered."""
        query = (
            select(TicketRow)
            .where(
                col(TicketRow.team_id) == team,
                col(TicketRow.state) == TicketState.RESOLVED,
                col(TicketRow.question).is_not(None),
            )
            .order_by(col(TicketRow.id).desc())
            .limit(limit)
        )
        return [(ticket_of(row), row.answered_by_guide or row.guide) for row in await self._rows(query)]

    async def live_of_person(self, person: PersonId) -> list[Ticket]:
        """The citizen's tickets that are not ended, newest first."""
        query = select(TicketRow).where(col(TicketRow.person_id) == person, col(TicketRow.state).in_(LIVE))
        return [ticket_of(r) for r in await self._rows(query.order_by(col(TicketRow.id).desc()))]

    async def of_person(self, person: PersonId, limit: int = 8) -> list[Ticket]:
        """The citizen's tickets, newest first."""
        query = select(TicketRow).where(col(TicketRow.person_id) == person).order_by(col(TicketRow.id).desc())
        return [ticket_of(r) for r in await self._rows(query.limit(limit))]

    async def of_request(self, request: RequestId) -> Ticket | None:
        """The ticket made of a request."""
        query = select(TicketRow).where(col(TicketRow.request_id) == request).order_by(col(TicketRow.id).desc())
        row = await self._row(query.limit(1))
        return ticket_of(row) if row else None

    async def held_by(self, member: MemberId) -> list[Ticket]:
        """The tickets a member holds, oldest first."""
        query = select(TicketRow).where(col(TicketRow.holder_id) == member, col(TicketRow.state).in_(HELD))
        return [ticket_of(r) for r in await self._rows(query.order_by(col(TicketRow.id)))]

    async def held_in_team(self, team: TeamId, limit: int = 20) -> list[Ticket]:
        """Tickets of a team that somebody holds, oldest first."""
        query = select(TicketRow).where(col(TicketRow.team_id) == team, col(TicketRow.state).in_(HELD))
        return [ticket_of(r) for r in await self._rows(query.order_by(col(TicketRow.id)).limit(limit))]

    async def held_counts(self, members: Iterable[MemberId]) -> dict[MemberId, int]:
        """How many tickets each of the members holds; who holds none is left out."""
        query = select(col(TicketRow.holder_id), func.count()).where(
            col(TicketRow.holder_id).in_(list(members)), col(TicketRow.state).in_(HELD)
        )
        found = await self._session.execute(query.group_by(col(TicketRow.holder_id)))
        return {MemberId(member): number for member, number in found if member}

    async def waiting_counts(self) -> dict[TeamId, int]:
        """How many tickets wait for each team; a team without any is left out."""
        query = select(col(TicketRow.team_id), func.count()).where(col(TicketRow.state) == TicketState.OPEN)
        found = await self._session.execute(query.group_by(col(TicketRow.team_id)))
        return {TeamId(team): number for team, number in found}

    async def first_waits(self, team: TeamId, since: datetime, limit: int = 50) -> list[timedelta]:
        """How long the team's latest tickets waited for the first answer of a person."""
        query = (
            select(col(TicketRow.opened_at), col(TicketRow.first_reply_at))
            .where(
                col(TicketRow.team_id) == team,
                col(TicketRow.first_reply_at).is_not(None),
                col(TicketRow.opened_at) >= since,
            )
            .order_by(col(TicketRow.id).desc())
        )
        found = await self._session.execute(query.limit(limit))
        return [replied - opened for opened, replied in found if replied]

    async def queue(self, team: TeamId, limit: int = 10) -> list[Ticket]:
        """Open tickets in the order they should be taken."""
        query = select(TicketRow).where(col(TicketRow.team_id) == team, col(TicketRow.state) == TicketState.OPEN)
        return [ticket_of(r) for r in await self._rows(query.order_by(*_ORDER).limit(limit))]

    async def ahead_of(self, ticket: Ticket) -> int:
        """How many open tickets of the team would be taken before this one."""
        same = (col(TicketRow.urgent) == ticket.urgent) & (col(TicketRow.front) == ticket.front)
        before = same & (col(TicketRow.id) < ticket.id)
        if not ticket.front:
            before |= (col(TicketRow.urgent) == ticket.urgent) & col(TicketRow.front)
        if not ticket.urgent:
            before |= col(TicketRow.urgent)
        query = select(func.count()).where(
            col(TicketRow.team_id) == ticket.team, col(TicketRow.state) == TicketState.OPEN, before
        )
        return int(await self._session.scalar(query) or 0)
