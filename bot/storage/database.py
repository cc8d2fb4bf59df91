"""One database, and the gate to it."""

from __future__ import annotations

import asyncio
import fcntl
import json
import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, nullcontext
from functools import partial
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import event
from sqlalchemy.engine import URL, make_url
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession, create_async_engine

from bot.clock import Clock
from bot.errors import DatabaseInUse
from bot.storage.tables import metadata
from bot.storage.work import VIETNAM, Work


class Database:
    """The helpdesk's database: SQLite in a file, or PostgreSQL.

    Use :meth:`work` for one unit of work: everything in it is committed together or not at all.
    """

    def __init__(self, url: str, clock: Clock, zone: ZoneInfo = VIETNAM) -> None:
        """Name a database; nothing is opened yet.

        Args:
            url: where it is.
            clock: tells the time.
            zone: where days begin and end, such as the last one of a membership.
        """
        self.url: URL = make_url(url)
        self.clock = clock
        self.zone = zone
        self._lock_file: int | None = None
        self.is_sqlite = self.url.get_backend_name() == "sqlite"
        # One writer at a time in SQLite: waiting here costs nothing, waiting in SQLite is a sleep.
        self._writer: Any = asyncio.Lock() if self.is_sqlite else nullcontext()
        self.engine = self._engine()

    @property
    def file(self) -> Path | None:
        """The SQLite file."""
        return Path(self.url.database) if self.is_sqlite and self.url.database else None

    def _engine(self) -> AsyncEngine:
        options: dict[str, Any] = {
            "hide_parameters": True,  # an error's message must not carry anybody's words into the log
            "json_serializer": partial(json.dumps, ensure_ascii=False),  # or a search for a word would miss it
            "max_overflow": 10,
        }
        if not self.is_sqlite:
            return create_async_engine(self.url, pool_size=10, pool_pre_ping=True, **options)
        if self.file:
            self.file.parent.mkdir(parents=True, exist_ok=True)
        engine = create_async_engine(self.url, pool_size=5, **options)
        event.listen(engine.sync_engine, "connect", _prepare_sqlite)
        event.listen(engine.sync_engine, "begin", _begin_sqlite)
        return engine

    def lock(self) -> None:
        """Keep the SQLite file for this process.

        Raises:
            DatabaseInUse: another process has it.
        """
        if self.file is None or self._lock_file is not None:
            return
        descriptor = os.open(f"{self.file}.lock", os.O_RDWR | os.O_CREAT, 0o600)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            os.close(descriptor)
            raise DatabaseInUse(str(self.file)) from None
        self._lock_file = descriptor

    @asynccontextmanager
    async def work(self) -> AsyncIterator[Work]:
        """One unit of work that may write; committed at the end, rolled back if an error leaves it."""
        async with self._writer, AsyncSession(self.engine, expire_on_commit=False) as session, session.begin():
            yield Work(session, self.clock, self.zone)

    @asynccontextmanager
    async def reading(self) -> AsyncIterator[Work]:
        """A unit of work that only reads; never waits for a writer."""
        async with AsyncSession(self.engine, expire_on_commit=False) as session:
            await session.connection(execution_options={"helpdesk_begin": "DEFERRED"})
            yield Work(session, self.clock, self.zone)

    async def empty(self) -> None:
        """Throw every row away. For the playground's "start again"."""
        async with self._writer, self.engine.begin() as connection:
            for table in reversed(metadata().sorted_tables):
                await connection.execute(table.delete())

    async def tidy(self) -> None:
        """Take what was blanked out of SQLite's log as well; meanwhile nobody writes."""
        if not self.is_sqlite:
            return
        async with self._writer, self.engine.connect() as connection:
            driver = (await connection.get_raw_connection()).driver_connection
            assert driver is not None
            await driver.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    async def close(self) -> None:
        """Let the database go."""
        await self.engine.dispose()
        if self._lock_file is not None:
            os.close(self._lock_file)
            self._lock_file = None


def _prepare_sqlite(connection: Any, _: Any) -> None:
    connection.isolation_level = None  # BEGIN is ours to say
    cursor = connection.cursor()
    cursor.execute("PRAGMA journal_mode = WAL")
    cursor.execute("PRAGMA synchronous = FULL")  # an update is acknowledged only when it would survive a power cut
    cursor.execute("PRAGMA foreign_keys = ON")
    cursor.execute("PRAGMA secure_delete = ON")  # what is blanked leaves the file, not only the tables
    cursor.execute("PRAGMA busy_timeout = 5000")
    cursor.close()


def _begin_sqlite(connection: Any) -> None:
    how = connection.get_execution_options().get("helpdesk_begin", "IMMEDIATE")
    connection.exec_driver_sql(f"BEGIN {how}")
