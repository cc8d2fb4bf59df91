"""Backup, restore, export."""

from __future__ import annotations

import csv
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from bot.errors import DatabaseInUse, UsageError
from bot.model.events import Event
from bot.model.people import Chat
from bot.model.states import EventKind, Outcome
from bot.storage import migrating, transfer
from bot.storage.database import Database
from bot.storage.tables import metadata
from tests.clock import FrozenClock
from tests.storage.making import BOT, sql

Connect = Callable[[str], Database]


@pytest.fixture
def file(tmp_path: Path, migrated_sqlite: Path) -> Path:
    folder = tmp_path / "data"
    folder.mkdir()
    return Path(shutil.copy(migrated_sqlite, folder / "helpdesk.db"))


@pytest.fixture
def sqlite(connect: Connect, file: Path) -> Database:
    return connect(f"sqlite+aiosqlite:///{file}")


async def put(database: Database, value: int) -> None:
    async with database.work() as work:
        await work.preferences.put("n", {"n": value})


async def kept(database: Database) -> object:
    async with database.reading() as work:
        return await work.preferences.get("n")


class TestBackup:
    async def test_a_backup_is_taken_while_the_helpdesk_writes(
        self, sqlite: Database, connect: Connect, tmp_path: Path
    ) -> None:
        sqlite.lock()
        await put(sqlite, 1)
        async with sqlite.work() as work:
            await work.preferences.put("n", {"n": 2})
            await transfer.backup(connect(str(sqlite.url)), tmp_path / "copies" / "a.db")
        copy = connect(f"sqlite+aiosqlite:///{tmp_path}/copies/a.db")
        assert await kept(copy) == {"n": 1}
        assert await kept(sqlite) == {"n": 2}
        assert await migrating.is_current(copy)

    async def test_it_is_one_file_that_only_its_owner_reads(self, sqlite: Database, tmp_path: Path) -> None:
        await put(sqlite, 1)
        await transfer.backup(sqlite, tmp_path / "copies" / "a.db")
        assert [path.name for path in (tmp_path / "copies").iterdir()] == ["a.db"]
        assert (tmp_path / "copies" / "a.db").stat().st_mode & 0o077 == 0

    async def test_nothing_is_written_over(self, sqlite: Database, tmp_path: Path) -> None:
        (tmp_path / "a.db").write_text("mine")
        with pytest.raises(UsageError, match="đã có"):
            await transfer.backup(sqlite, tmp_path / "a.db")
        assert (tmp_path / "a.db").read_text() == "mine"

    async def test_a_damaged_database_makes_no_backup(self, sqlite: Database, file: Path, tmp_path: Path) -> None:
        await sqlite.close()
        damage(file)
        with pytest.raises(UsageError):
            await transfer.backup(sqlite, tmp_path / "copies" / "a.db")
        assert list((tmp_path / "copies").iterdir()) == []

    async def test_without_a_database_there_is_nothing_to_back_up(self, connect: Connect, tmp_path: Path) -> None:
        with pytest.raises(UsageError, match="Chưa có"):
            await transfer.backup(connect(f"sqlite+aiosqlite:///{tmp_path}/none.db"), tmp_path / "a.db")


def damage(file: Path) -> None:
    """Overwrite a page in the middle."""
    content = bytearray(file.read_bytes())
    content[8192:12288] = b"\xab" * 4096
    file.write_bytes(bytes(content))


class TestRestore:
    @pytest.fixture
    async def copy(self, sqlite: Database, tmp_path: Path) -> Path:
        await put(sqlite, 1)
        await transfer.backup(sqlite, tmp_path / "copy.db")
        await put(sqlite, 2)
        return tmp_path / "copy.db"

    async def test_what_was_backed_up_is_back_and_the_former_is_kept(
        self, sqlite: Database, copy: Path, connect: Connect
    ) -> None:
        former = await transfer.restore(sqlite, copy)
        assert await kept(sqlite) == {"n": 1}
        assert former is not None
        assert former.name == "helpdesk.db.20261122-020000"
        assert await kept(connect(f"sqlite+aiosqlite:///{former}")) == {"n": 2}

    async def test_twice_in_a_second_keeps_both(self, sqlite: Database, copy: Path) -> None:
        first = await transfer.restore(sqlite, copy)
        second = await transfer.restore(sqlite, copy)
        assert first and second
        assert first != second
        assert first.exists()

    async def test_a_running_helpdesk_is_left_alone(self, sqlite: Database, copy: Path, connect: Connect) -> None:
        sqlite.lock()
        with pytest.raises(DatabaseInUse):
            await transfer.restore(connect(str(sqlite.url)), copy)
        assert await kept(sqlite) == {"n": 2}

    @pytest.mark.parametrize("how", ["missing", "damaged", "cut", "text", "empty", "another program's", "newer"])
    async def test_what_cannot_be_used_changes_nothing(
        self, sqlite: Database, copy: Path, tmp_path: Path, how: str
    ) -> None:
        if how == "missing":
            copy.unlink()
        elif how == "damaged":
            damage(copy)
        elif how == "cut":
            copy.write_bytes(copy.read_bytes()[:20_000])
        elif how == "text":
            copy.write_text("xin chào")
        elif how == "empty":
            copy.write_bytes(b"")
        else:
            with closing(sqlite3.connect(copy)) as connection:
                if how == "newer":
                    connection.execute("UPDATE alembic_version SET version_num = '9999'")
                else:
                    connection.execute("DROP TABLE alembic_version")
                connection.commit()
        with pytest.raises(UsageError):
            await transfer.restore(sqlite, copy)
        assert await kept(sqlite) == {"n": 2}
        assert sqlite.file
        left = {path.name for path in sqlite.file.parent.iterdir()}
        assert left <= {"helpdesk.db", "helpdesk.db-wal", "helpdesk.db-shm", "helpdesk.db.lock"}

    async def test_into_an_empty_place(self, copy: Path, connect: Connect, tmp_path: Path) -> None:
        database = connect(f"sqlite+aiosqlite:///{tmp_path}/new/helpdesk.db")
        assert await transfer.restore(database, copy) is None
        assert await kept(database) == {"n": 1}

    async def test_a_live_file_copied_by_hand_is_whole(
        self, sqlite: Database, copy: Path, connect: Connect, tmp_path: Path
    ) -> None:
        assert sqlite.file
        for tail in ("", "-wal"):
            shutil.copy(f"{sqlite.file}{tail}", tmp_path / f"by-hand.db{tail}")
        database = connect(f"sqlite+aiosqlite:///{tmp_path}/new/helpdesk.db")
        await transfer.restore(database, tmp_path / "by-hand.db")
        assert await kept(database) == {"n": 2}


async def test_on_postgresql_the_way_is_told(database: Database, tmp_path: Path) -> None:
    if database.is_sqlite:
        return
    with pytest.raises(UsageError, match="pg_dump"):
        await transfer.backup(database, tmp_path / "a")
    with pytest.raises(UsageError, match="pg_restore"):
        await transfer.restore(database, tmp_path / "a")


class TestExport:
    async def test_counts_and_codes_go_out_and_nobody_s_words(self, database: Database, tmp_path: Path) -> None:
        async with database.work() as work:
            person = await work.people.meet("87654321", Chat(BOT, "87654321"))
            team = await work.teams.default("=Tổ")
            await work.members.join(person.id, team.id, "volunteer", "Lan bí mật")  # type: ignore[arg-type]
            request = await work.requests.add(person.id, BOT, Outcome.HANDED_OVER, text="bí mật", guide="khai-sinh")
            await work.tickets.open(person.id, team.id, request_id=request.id, question="bí mật")
            await work.preferences.put("notice", {"text": "bí mật"})
            await work.inbox.store(BOT, "1", "87654321", "bí mật")
            for _ in range(3):
                work.events.add(Event(EventKind.ASKED, request.id, person=person.id, codes={"outcome": "answered"}))
        counts = await transfer.export(database, tmp_path / "out")
        assert (counts["events"], counts["requests"], counts["slots"]) == (3, 1, 0)
        written = {path.stem: path.read_text(encoding="utf-8-sig") for path in (tmp_path / "out").iterdir()}
        assert set(written) == set(metadata().tables)
        for name, text in written.items():
            assert "bí mật" not in text, name
            assert "87654321" not in text, name
        [row] = csv.DictReader(written["requests"].splitlines())
        assert (row["guide"], row["outcome"], row["person_id"]) == ("khai-sinh", "handed_over", str(person.id))
        assert row["asked_at"] == "2026-11-22 02:00:00+00:00"
        [row] = csv.DictReader(written["teams"].splitlines())
        assert row["name"] == "'=Tổ"

    async def test_many_rows(self, database: Database, tmp_path: Path) -> None:
        async with database.work() as work:
            for _ in range(2500):
                work.events.add(Event(EventKind.ASKED))
        assert (await transfer.export(database, tmp_path / "out"))["events"] == 2500
        assert len((tmp_path / "out" / "events.csv").read_text().splitlines()) == 2501

    async def test_a_folder_in_use_is_left_alone(self, sqlite: Database, tmp_path: Path) -> None:
        (tmp_path / "out").mkdir()
        (tmp_path / "out" / "mine").write_text("")
        for folder in (tmp_path / "out", tmp_path / "out" / "mine"):
            with pytest.raises(UsageError, match="không trống"):
                await transfer.export(sqlite, folder)

    def test_whoever_adds_a_column_decides_whether_it_goes_out(self) -> None:
        """A new column that may hold words, a name or an address must be put into `WITHHELD`."""
        tables = metadata().tables
        for name, columns in transfer.WITHHELD.items():
            assert columns <= set(tables[name].columns.keys()), name
        going = sum(len(table.columns) - len(transfer.WITHHELD.get(name, ())) for name, table in tables.items())
        assert going == GOING_OUT, "a column is new or gone: withhold it, or count it here"


GOING_OUT = 183


async def test_territories_are_taken_over_when_they_change(database: Database, clock: FrozenClock) -> None:
    rows = [("01", "Hà Nội", "thanh-pho", None), ("00004", "Ba Đình", "phuong", "01")]
    async with database.work() as work:
        assert await work.territories.sync(rows, "a")
        assert not await work.territories.sync([], "a")
        assert await work.territories.sync([*rows[:1], ("00008", "Ngọc Hà", "phuong", "01")], "b")
    assert await sql(database, "SELECT code, name, kind, province FROM territories ORDER BY code") == [
        ("00008", "Ngọc Hà", "phuong", "01"),
        ("01", "Hà Nội", "thanh-pho", None),
    ]


async def test_the_whole_country_is_taken_over(database: Database) -> None:
    from bot.guides.territories import Territories

    country = Territories.load(Path(__file__).parents[2] / "knowledge" / "_territories.yaml")
    async with database.work() as work:
        assert await work.territories.sync(country.rows(), country.version)
    assert await sql(database, "SELECT count(*) FROM territories") == [(34 + 3321,)]
