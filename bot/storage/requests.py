"""Requests: every question is logged."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import select, update
from sqlmodel import col

from bot.model.ids import PersonId, RequestId
from bot.model.requests import Request
from bot.model.states import Outcome
from bot.storage.repository import Repository
from bot.storage.tables import RequestRow


def _request(row: RequestRow) -> Request:
    assert row.id is not None
    return Request(
        RequestId(row.id),
        PersonId(row.person_id) if row.person_id else None,
        row.asked_at,
        row.last_message_at,
        row.text,
        Outcome(row.outcome),
        row.guide,
        tuple(row.shown),
        row.doubts,
        row.urgent,
    )


class Requests(Repository):
    """Questions of citizens."""

    async def add(
        self, person: PersonId | None, bot: str, outcome: Outcome, *, at: datetime | None = None, **values: Any
    ) -> Request:
        """Log a question; ``text`` among the values must be masked and consented."""
        moment = at or self._clock.now()
        row = RequestRow(person_id=person, bot=bot, outcome=outcome, asked_at=moment, last_message_at=moment, **values)
        self._session.add(row)
        await self._session.flush()
        return _request(row)

    async def get(self, request: RequestId) -> Request | None:
        """A request."""
        row = await self._row(select(RequestRow).where(col(RequestRow.id) == request))
        return _request(row) if row else None

    async def change(self, request: RequestId, **values: Any) -> None:
        """Set columns of a request."""
        await self._changed(update(RequestRow).where(col(RequestRow.id) == request).values(**values))

    async def of_person(self, person: PersonId, limit: int = 8) -> list[Request]:
        """The person's requests, newest first."""
        rows = await self._rows(
            select(RequestRow)
            .where(col(RequestRow.person_id) == person)
            .order_by(col(RequestRow.id).desc())
            .limit(limit)
        )
        return [_request(r) for r in rows]

    async def texts_since(self, since: datetime, limit: int) -> list[str]:
        """What people asked, masked, newest first."""
        query = (
            select(col(RequestRow.text))
            .where(col(RequestRow.asked_at) >= since, col(RequestRow.text).is_not(None))
            .order_by(col(RequestRow.id).desc())
            .limit(limit)
        )
        return [str(text) for text in await self._rows(query)]
