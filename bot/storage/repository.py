"""What all repositories share."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from sqlalchemy import ColumnElement, CursorResult, String, Table, literal, or_, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.sql.base import Executable
from sqlalchemy.sql.elements import SQLCoreOperations
from sqlmodel import SQLModel

from bot.clock import Clock


def inline(value: str) -> Any:
    """A constant written into the statement: a planner finds a partial index only where it sees the value."""
    return literal(str(value), String, literal_execute=True)


def table_of(rows: type[SQLModel]) -> Table:
    """The table whose rows these are."""
    return rows.metadata.tables[str(rows.__tablename__)]


def unleased(leased_until: SQLCoreOperations[Any], now: Any) -> ColumnElement[bool]:
    """Nobody works on the row: it was never taken, or the lease of who took it ran out."""
    return or_(leased_until.is_(None), leased_until <= now)


class Repository:
    """Queries over one transaction."""

    def __init__(self, session: AsyncSession, clock: Clock) -> None:
        self._session = session
        self._clock = clock

    def _insert(self, table: type[SQLModel]) -> Any:
        """An INSERT that may say what to do ``on_conflict``; give it every value."""
        insert = postgresql.insert if self._session.get_bind().dialect.name == "postgresql" else sqlite.insert
        return insert(table)

    async def _changed(self, statement: Executable) -> int:
        """Run an UPDATE or DELETE (not an INSERT, whose count no driver promises); how many rows it touched."""
        result = await self._session.execute(statement, execution_options={"synchronize_session": False})
        assert isinstance(result, CursorResult)
        assert result.rowcount >= 0
        return int(result.rowcount)

    async def _lease_oldest(self, table: type[SQLModel], seconds: float, *wanted: ColumnElement[bool]) -> Any | None:
        """The oldest row wanted that nobody works on, leased for so many seconds; None where there is none."""
        now, columns = self._clock.now(), table_of(table).c
        row = await self._row(
            select(table)
            .where(*wanted, unleased(columns.leased_until, now))
            .order_by(columns.id)
            .limit(1)
            .with_for_update(skip_locked=True)
        )
        if row is not None:
            row.attempts += 1
            row.leased_until = now + timedelta(seconds=seconds)
            await self._session.flush()
        return row

    async def _rows(self, statement: Executable) -> list[Any]:
        # populate_existing: UPDATEs go past the session's memory, so what it remembers may be old.
        result = await self._session.execute(statement, execution_options={"populate_existing": True})
        return list(result.scalars())

    async def _row(self, statement: Executable) -> Any | None:
        result = await self._session.execute(statement, execution_options={"populate_existing": True})
        return result.scalars().first()
