"""The gate: units of work, who writes when, who holds the file."""

from __future__ import annotations

import asyncio
import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError, StatementError

from bot.errors import DatabaseInUse
from bot.storage.database import Database
from tests.clock import START
from tests.storage.making import BOT, a_chat, a_person

Connect = Callable[[str], Database]


async def test_a_unit_of_work_is_kept_whole_or_not_at_all(database: Database) -> None:
    chat = a_chat()
    with pytest.raises(RuntimeError):
        async with database.work() as work:
            await work.people.meet("1", chat)
            raise RuntimeError
    async with database.reading() as work:
        assert await work.people.find(chat.channel, "1") is None
    async with database.work() as work:
        await work.people.meet("1", chat)
    async with database.reading() as work:
        assert await work.people.find(chat.channel, "1")


async def test_a_time_without_zone_is_refused(database: Database) -> None:
    naive = datetime(2026, 1, 1)  # noqa: DTZ001
    async with database.work() as work:
        person = await a_person(work)
        with pytest.raises(StatementError, match="without time zone"):
            await work.people.change(person.id, consented_at=naive)


async def test_a_time_comes_back_in_utc(database: Database) -> None:
    in_vietnam = datetime(2026, 1, 1, 6, 30, 0, 123456, tzinfo=timezone(timedelta(hours=7)))
    async with database.work() as work:
        person = await a_person(work)
        await work.people.change(person.id, consented_at=in_vietnam)
    async with database.reading() as work:
        back = (await work.people.get(person.id)).consented_at
    assert back == in_vietnam
    assert back is not None and back.tzinfo is UTC


async def test_times_are_compared_as_moments(database: Database) -> None:
    """SQLite compares text: every stored and every asked time must be written the same way."""
    async with database.work() as work:
        person = await a_person(work)
        await work.follow_ups.keep(person.id, "a", 1, START.astimezone(timezone(timedelta(hours=7))))
        assert [guide for _, guide, _ in await work.follow_ups.take_due()] == ["a"]
        await work.follow_ups.keep(person.id, "b", 1, START + timedelta(microseconds=1))
        assert await work.follow_ups.take_due() == []


async def test_foreign_keys_are_on(database: Database) -> None:
    with pytest.raises(IntegrityError):
        async with database.work() as work:
            await work._session.execute(
                text("INSERT INTO consents (person_id, wording, given_at) VALUES (77, 'x', '2026-01-01 00:00:00')")
            )


async def test_an_error_never_repeats_what_somebody_wrote(database: Database) -> None:
    secret = "CCCD 012345678901"
    for statement in ("INSERT INTO nowhere VALUES (:words)", "INSERT INTO consents (id, wording) VALUES (1, :words)"):
        with pytest.raises(Exception) as caught:
            async with database.work() as work:
                await work._session.execute(text(statement), {"words": secret})
        if database.is_sqlite:  # PostgreSQL itself names the failing row in its DETAIL
            assert secret not in str(caught.value)
        assert "[SQL parameters hidden" in str(caught.value)


async def test_writers_side_by_side_lose_nothing(database_url: str, connect: Connect) -> None:
    """Read, then write: on SQLite two such must not meet, not even from two processes."""
    one, other = connect(database_url), connect(database_url)
    async with one.work() as work:
        await work.preferences.put("n", {"n": 0})

    async def add(database: Database) -> None:
        async with database.work() as work:
            await work._session.execute(
                text("SELECT key FROM settings WHERE key = 'n'" + ("" if database.is_sqlite else " FOR UPDATE"))
            )
            kept = await work.preferences.get("n")
            assert kept is not None
            await asyncio.sleep(0)
            await work.preferences.put("n", {"n": kept["n"] + 1})

    await asyncio.gather(*(add(database) for database in [one, other] * 20))
    async with one.reading() as work:
        assert await work.preferences.get("n") == {"n": 40}


async def test_who_only_reads_waits_for_no_writer(database: Database) -> None:
    async with database.work() as writing:
        await writing.people.meet("1", a_chat())
        async with asyncio.timeout(2), database.reading() as reading:
            assert await reading.people.find("test", "1") is None


class TestSqlite:
    @pytest.fixture
    def file(self, tmp_path: Path, migrated_sqlite: Path) -> Path:
        return Path(tmp_path / "helpdesk.db").absolute()

    @pytest.fixture
    def database(self, connect: Connect, file: Path) -> Database:
        return connect(f"sqlite+aiosqlite:///{file}")

    async def test_it_writes_ahead_and_syncs(self, database: Database) -> None:
        async with database.engine.connect() as connection:
            said = {
                name: (await connection.execute(text(f"PRAGMA {name}"))).scalar()
                for name in ("journal_mode", "synchronous", "foreign_keys", "busy_timeout")
            }
        assert said == {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "busy_timeout": 5000}

    async def test_a_second_process_is_refused(self, database: Database, file: Path, connect: Connect) -> None:
        script = (
            "import sys; from bot.storage.database import Database; from bot.clock import SystemClock\n"
            "from bot.errors import DatabaseInUse\n"
            f"try: Database('sqlite+aiosqlite:///{file}', SystemClock()).lock()\n"
            "except DatabaseInUse as error: print(error); sys.exit(3)"
        )

        def other_process() -> subprocess.CompletedProcess[str]:
            return subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False)

        database.lock()
        database.lock()
        refused = other_process()
        assert (refused.returncode, refused.stdout.strip()) == (3, str(file))
        with pytest.raises(DatabaseInUse):
            connect(f"sqlite+aiosqlite:///{file}").lock()
        await database.close()
        assert other_process().returncode == 0

    async def test_its_folder_is_made(self, connect: Connect, tmp_path: Path) -> None:
        connect(f"sqlite+aiosqlite:///{tmp_path}/data/deep/helpdesk.db").lock()
        assert (tmp_path / "data" / "deep").is_dir()


async def test_postgresql_needs_no_lock(database_url: str, connect: Connect) -> None:
    if not database_url.startswith("sqlite"):
        connect(database_url).lock()
        connect(database_url).lock()


def test_a_chat_knows_its_channel() -> None:
    assert a_chat().channel == BOT.split(":", maxsplit=1)[0]
