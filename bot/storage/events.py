"""Events: append-only."""

from __future__ import annotations

from sqlalchemy import select
from sqlmodel import col

from bot.model.events import Event
from bot.storage.repository import Repository
from bot.storage.tables import EventRow


class Events(Repository):
    """What happened."""

    def add(self, event: Event) -> None:
        """Record an event, now."""
        self._session.add(
            EventRow(
                at=self._clock.now(),
                kind=event.kind,
                request_id=event.request,
                ticket_id=event.ticket,
                person_id=event.person,
                member_id=event.member,
                team_id=event.team,
                guide=event.guide,
                territory=event.territory,
                codes=dict(event.codes),
            )
        )

    async def of_ticket(self, ticket: int) -> list[tuple[str, dict[str, object]]]:
        """The kinds and codes of a ticket's events, in order."""
        rows = await self._rows(select(EventRow).where(col(EventRow.ticket_id) == ticket).order_by(col(EventRow.id)))
        return [(row.kind, row.codes) for row in rows]
