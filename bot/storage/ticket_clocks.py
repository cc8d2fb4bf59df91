"""What a ticket's clocks bring about: climbing, the end of a lease, lateness. Each is a single guarded UPDATE."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import or_, select, update
from sqlmodel import col

from bot.model.ids import MemberId, TicketId
from bot.model.requests import Ticket
from bot.model.states import LIVE, TicketState
from bot.storage.repository import Repository
from bot.storage.tables import TicketRow
from bot.storage.tickets import ticket_of


class TicketClocks(Repository):
    """Tickets by what is due; of several processes that look, one acts on each."""

    async def to_climb(self, limit: int) -> list[Ticket]:
        """Open tickets nobody claimed in time."""
        return await self._due(col(TicketRow.climb_at), limit, col(TicketRow.state) == TicketState.OPEN)

    async def climb_if_open(self, ticket: TicketId, was_due: datetime, **values: Any) -> bool:
        """Move an open ticket to another team, or say when next; one of several attempts succeeds."""
        return await self._if(
            ticket,
            col(TicketRow.state) == TicketState.OPEN,
            col(TicketRow.climb_at) == was_due,
            **values,
        )

    async def leased_until(self, moment: datetime, limit: int) -> list[Ticket]:
        """Held tickets whose lease ends by then."""
        query = select(TicketRow).where(
            col(TicketRow.leased_until) <= moment,
            col(TicketRow.state) == TicketState.CLAIMED,
            # who was reminded is left alone until the end
            or_(col(TicketRow.lease_reminded_at).is_(None), col(TicketRow.leased_until) <= self._clock.now()),
        )
        return await self._taken(query.order_by(col(TicketRow.leased_until)).limit(limit))

    async def remind_if_leased(self, ticket: TicketId, former_end: datetime, leased_until: datetime) -> bool:
        """Note that the holder is being reminded of this lease; one of several attempts succeeds.

        Args:
            ticket: the ticket.
            former_end: until when it was his.
            leased_until: until when it is his now; the same, but where the reminder comes late.
        """
        return await self._if(
            ticket,
            col(TicketRow.state) == TicketState.CLAIMED,
            col(TicketRow.leased_until) == former_end,
            col(TicketRow.lease_reminded_at).is_(None),
            lease_reminded_at=self._clock.now(),
            leased_until=leased_until,
        )

    async def renew_if_held(self, ticket: TicketId, member: MemberId, leased_until: datetime) -> bool:
        """The member goes on holding it; not while the citizen is waited for."""
        return await self._if(
            ticket,
            col(TicketRow.holder_id) == member,
            col(TicketRow.state) == TicketState.CLAIMED,
            leased_until=leased_until,
            lease_reminded_at=None,
        )

    async def end_lease_if_due(self, ticket: TicketId, member: MemberId, climb_at: datetime | None) -> bool:
        """Back to the front of the queue, where the lease ran out and was not renewed meanwhile."""
        return await self._if(
            ticket,
            col(TicketRow.holder_id) == member,
            col(TicketRow.state) == TicketState.CLAIMED,
            col(TicketRow.leased_until) <= self._clock.now(),
            state=TicketState.OPEN,
            holder_id=None,
            front=True,
            leased_until=None,
            climb_at=climb_at,
            phone=None,
        )

    async def late(self, limit: int) -> list[Ticket]:
        """Tickets past a deadline whose citizen was not told, while nobody waits for him."""
        waiting = [
            col(TicketRow.closed_at).is_(None),
            col(TicketRow.late_told_at).is_(None),
            col(TicketRow.paused_at).is_(None),
        ]
        unanswered = await self._due(
            col(TicketRow.first_reply_due_at), limit, col(TicketRow.first_reply_at).is_(None), *waiting
        )
        unfinished = await self._due(col(TicketRow.end_due_at), limit, *waiting)
        return list({t.id: t for t in (*unanswered, *unfinished)}.values())

    async def tell_late_if_not_told(self, ticket: TicketId) -> bool:
        """Note that the citizen is being told that it takes longer; one of several attempts succeeds."""
        return await self._if(
            ticket,
            col(TicketRow.late_told_at).is_(None),
            col(TicketRow.state).in_(LIVE),
            late_told_at=self._clock.now(),
        )

    async def _due(self, moment: Any, limit: int, *conditions: Any) -> list[Ticket]:
        query = select(TicketRow).where(moment <= self._clock.now(), *conditions)
        return await self._taken(query.order_by(moment).limit(limit))

    async def _taken(self, query: Any) -> list[Ticket]:
        """Locked, but for those that somebody else is changing just now: the next sweep sees what became of them."""
        return [ticket_of(r) for r in await self._rows(query.with_for_update(skip_locked=True, key_share=True))]

    async def _if(self, ticket: TicketId, *conditions: Any, **values: Any) -> bool:
        """Change the ticket where all of this still holds; of several attempts one succeeds."""
        statement = update(TicketRow).where(col(TicketRow.id) == ticket, *conditions).values(**values)
        return bool(await self._changed(statement))
