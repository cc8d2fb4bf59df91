"""Small keepings: follow-ups, suggestions, settings made while running."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import delete, select, update
from sqlmodel import col

from bot.model.ids import PersonId, TicketId
from bot.storage.repository import Repository
from bot.storage.tables import FollowUpRow, SettingRow, SuggestionRow

STEPS = "steps"


class FollowUps(Repository):
    """Guides left open at a step."""

    async def keep(self, person: PersonId, guide: str, step: int, due_at: datetime | None) -> None:
        """Remember the step; offer to go on at ``due_at``."""
        told = {"step": step, "due_at": due_at, "updated_at": self._clock.now()}
        statement = self._insert(FollowUpRow).values(person_id=person, kind=STEPS, guide=guide, **told)
        await self._session.execute(
            statement.on_conflict_do_update(index_elements=["person_id", "kind", "guide"], set_=told)
        )

    async def step(self, person: PersonId, guide: str) -> int:
        """The step where the person stopped, or 0."""
        query = select(col(FollowUpRow.step)).where(
            col(FollowUpRow.person_id) == person, col(FollowUpRow.kind) == STEPS, col(FollowUpRow.guide) == guide
        )
        return int(await self._session.scalar(query) or 0)

    async def latest(self, person: PersonId) -> tuple[str, int] | None:
        """The guide and step touched last."""
        query = (
            select(FollowUpRow)
            .where(col(FollowUpRow.person_id) == person, col(FollowUpRow.kind) == STEPS)
            .order_by(col(FollowUpRow.updated_at).desc())
        )
        row = await self._row(query.limit(1))
        return (row.guide, row.step) if row else None

    async def forget(self, person: PersonId, guide: str) -> None:
        """The person is through, or does not want to go on."""
        await self._changed(
            delete(FollowUpRow).where(col(FollowUpRow.person_id) == person, col(FollowUpRow.guide) == guide)
        )

    async def take_due(self, limit: int = 50) -> list[tuple[PersonId, str, int]]:
        """Those whose time has come; each is given once."""
        rows = await self._rows(
            select(FollowUpRow)
            .where(col(FollowUpRow.due_at) <= self._clock.now())
            .order_by(col(FollowUpRow.id))
            .limit(limit)
            .with_for_update(skip_locked=True)  # what another process is offering just now
        )
        await self._changed(
            update(FollowUpRow).where(col(FollowUpRow.id).in_([r.id for r in rows])).values(due_at=None)
        )
        return [(PersonId(r.person_id), r.guide, r.step) for r in rows]


class Suggestions(Repository):
    """What the bot missed."""

    async def add(self, ticket: TicketId, guide: str | None, text: str | None) -> None:
        """A resolved ticket says which guide would have answered (None: there is none yet)."""
        self._session.add(SuggestionRow(ticket_id=ticket, guide=guide, text=text, created_at=self._clock.now()))
        await self._session.flush()


class Preferences(Repository):
    """What is set while running."""

    async def get(self, key: str) -> dict[str, Any] | None:
        """What is kept under a key."""
        row = await self._row(select(SettingRow).where(col(SettingRow.key) == key))
        return row.value if row else None

    async def lock(self, key: str) -> dict[str, Any] | None:
        """What is kept under a key; nobody else changes it until this unit of work ends."""
        row = await self._row(select(SettingRow).where(col(SettingRow.key) == key).with_for_update())
        return row.value if row else None

    async def put(self, key: str, value: dict[str, Any] | None) -> None:
        """Keep a value; None takes it away."""
        if value is None:
            await self._changed(delete(SettingRow).where(col(SettingRow.key) == key))
            return
        told = {"value": value, "updated_at": self._clock.now()}
        statement = self._insert(SettingRow).values(key=key, **told)
        await self._session.execute(statement.on_conflict_do_update(index_elements=["key"], set_=told))

    async def starting_with(self, prefix: str) -> dict[str, dict[str, Any]]:
        """Everything whose key starts so."""
        rows = await self._rows(select(SettingRow).where(col(SettingRow.key).startswith(prefix, autoescape=True)))
        return {row.key: row.value for row in rows}
