"""Migrations: each one up, down and up again, with data, on both databases; and no drift from the tables."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import Script, ScriptDirectory
from sqlalchemy import Connection
from sqlmodel import AutoString

from bot.errors import DatabaseInUse, UsageError
from bot.storage import migrating
from bot.storage.database import Database
from bot.storage.tables import metadata
from bot.storage.types import UtcDateTime

Connect = Callable[[str], Database]

ROOT = Path(__file__).parents[2]


def revisions() -> list[Script]:
    config = Config()
    config.set_main_option("script_location", str(migrating.FOLDER))
    return list(reversed(list(ScriptDirectory.from_config(config).walk_revisions())))


def a_value(column: sa.Column[Any], number: int) -> Any:
    """Anything that fits the column as it is in the database now."""
    kind = column.type
    if isinstance(kind, sa.DateTime):
        # As our own type would give it: SQLite wants it naive.
        return datetime(2026, 1, 1, tzinfo=UTC)
    if isinstance(kind, sa.Date):
        return date(2026, 1, 1)
    if isinstance(kind, sa.Boolean):
        return False
    if isinstance(kind, (sa.Integer, sa.Numeric)):
        return number
    if isinstance(kind, sa.JSON):
        return {}
    return f"{column.name}-{number}"


def fill(connection: Connection) -> dict[str, int]:
    """Put two rows into every table, whatever it looks like at this revision; how many rows there are."""
    reflected = sa.MetaData()
    reflected.reflect(connection)
    counts: dict[str, int] = {}
    for table in reflected.sorted_tables:
        if table.name == "alembic_version":
            continue
        for number in (1, 2):
            values = {
                column.name: number if column.foreign_keys else a_value(column, number)
                for column in table.columns
                # One table points at itself or at a later one: what may be empty stays empty there.
                if not (column.nullable and column.foreign_keys)
            }
            connection.execute(table.insert().values(values))
        counts[table.name] = 2
    return counts


def count(connection: Connection) -> dict[str, int]:
    reflected = sa.MetaData()
    reflected.reflect(connection)
    return {
        table.name: connection.scalar(sa.select(sa.func.count()).select_from(table)) or 0
        for table in reflected.sorted_tables
        if table.name != "alembic_version"
    }


async def test_every_migration_goes_up_down_and_up(empty_url: str, connect: Connect) -> None:
    database = connect(empty_url)
    assert await migrating.current(database) is None
    for script in revisions():
        await migrating.upgrade(database, script.revision)
        await migrating.downgrade(database, str(script.down_revision or "base"))
        assert await migrating.current(database) == script.down_revision
        await migrating.upgrade(database, script.revision)
        assert await migrating.current(database) == script.revision
    assert await migrating.is_current(database)


async def test_data_survives_every_step_up(empty_url: str, connect: Connect) -> None:
    database = connect(empty_url)
    for older in revisions():
        await migrating.upgrade(database, older.revision)
        async with database.engine.begin() as connection:
            before = await connection.run_sync(fill)
        await migrating.upgrade(database)
        async with database.engine.connect() as connection:
            after = await connection.run_sync(count)
        assert {name: after[name] for name in before if name in after} == before
        await migrating.downgrade(database, "base")


async def test_nothing_is_left_at_the_base(empty_url: str, connect: Connect) -> None:
    database = connect(empty_url)
    await migrating.upgrade(database)
    await migrating.downgrade(database, "base")
    async with database.engine.connect() as connection:
        names = await connection.run_sync(lambda c: sa.inspect(c).get_table_names())
    assert set(names) <= {"alembic_version"}


async def test_models_and_migrations_say_the_same(database: Database) -> None:
    def compare(connection: Connection) -> list[Any]:
        context = MigrationContext.configure(connection, opts={"compare_type": True, "compare_server_default": True})
        return list(compare_metadata(context, metadata()))

    async with database.engine.connect() as connection:
        assert await connection.run_sync(compare) == []


async def test_partial_indexes_are_partial_in_the_database(database: Database) -> None:
    """Alembic does not compare what an index leaves out."""
    dialect = "sqlite" if database.is_sqlite else "postgresql"

    def partial(connection: Connection) -> dict[str, str]:
        inspector = sa.inspect(connection)
        return {
            str(index["name"]): plain(index["dialect_options"][f"{dialect}_where"])
            for table in inspector.get_table_names()
            for index in inspector.get_indexes(table)
            if index.get("dialect_options", {}).get(f"{dialect}_where") is not None
        }

    def plain(condition: object) -> str:
        return str(condition).replace("::text", "").replace("(", "").replace(")", "").lower()

    declared = {
        str(index.name): plain(index.dialect_options[dialect]["where"])
        for table in metadata().tables.values()
        for index in table.indexes
        if index.dialect_options[dialect]["where"] is not None
    }
    async with database.engine.connect() as connection:
        found = await connection.run_sync(partial)
    assert declared
    assert {name: condition.replace("character varying", "").strip() for name, condition in found.items()} == declared


def test_every_time_is_kept_in_utc() -> None:
    for table in metadata().tables.values():
        for column in table.columns:
            assert (
                isinstance(column.type, UtcDateTime) == column.name.endswith(("_at", "_until")) or column.name == "at"
            )
            assert type(column.type) is not sa.DateTime, f"{table.name}.{column.name} forgets the time zone"


def test_every_index_and_constraint_has_a_name_that_no_database_makes_up() -> None:
    for table in metadata().tables.values():
        for index in table.indexes:
            assert index.name
        for column in table.columns:
            assert not isinstance(column.type, sa.Enum), "an enum of PostgreSQL cannot be changed in a transaction"
            assert isinstance(column.type, (sa.Integer, sa.Boolean, sa.Text, sa.JSON, sa.Date, AutoString, UtcDateTime))


async def test_an_upgrade_twice_is_no_change(database: Database) -> None:
    assert await migrating.is_current(database)
    await migrating.upgrade(database)
    assert await migrating.current(database) == migrating.newest()


async def test_a_database_of_a_newer_program_is_refused_in_plain_words(database: Database) -> None:
    async with database.engine.begin() as connection:
        await connection.execute(sa.text("UPDATE alembic_version SET version_num = '9999'"))
    assert not await migrating.is_current(database)
    with pytest.raises(UsageError, match="bản chương trình mới hơn"):
        await migrating.upgrade(database)


async def test_foreign_keys_are_watched_again_after_a_migration(empty_url: str, connect: Connect) -> None:
    database = connect(empty_url)
    await migrating.upgrade(database)
    insert = "INSERT INTO consents (person_id, wording, given_at) VALUES (77, 'x', '2026-01-01 00:00:00')"
    for _ in range(3):
        with pytest.raises(sa.exc.IntegrityError):
            async with database.engine.begin() as connection:
                await connection.execute(sa.text(insert))


async def test_a_migration_that_fails_changes_nothing(
    empty_url: str, connect: Connect, monkeypatch: pytest.MonkeyPatch
) -> None:
    database = connect(empty_url)
    real = migrating.command.upgrade

    def breaks(config: Config, to: str) -> None:
        real(config, to)
        raise RuntimeError("power cut")

    monkeypatch.setattr(migrating.command, "upgrade", breaks)
    with pytest.raises(RuntimeError):
        await migrating.upgrade(database)
    async with database.engine.connect() as connection:
        assert await connection.run_sync(lambda c: sa.inspect(c).get_table_names()) == []


def alembic(url: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "alembic", *arguments],
        cwd=ROOT,
        env={**os.environ, "HELPDESK_DATABASE_URL": url},
        capture_output=True,
        text=True,
        check=False,
    )


async def test_the_alembic_command_finds_its_own_way(empty_url: str, connect: Connect) -> None:
    assert alembic(empty_url, "upgrade", "head").returncode == 0
    checked = alembic(empty_url, "check")
    assert checked.returncode == 0, checked.stdout + checked.stderr
    assert await migrating.is_current(connect(empty_url))


async def test_the_alembic_command_keeps_off_a_file_in_use(tmp_path: Path, connect: Connect) -> None:
    url = f"sqlite+aiosqlite:///{tmp_path / 'a.db'}"
    connect(url).lock()
    result = alembic(url, "upgrade", "head")
    assert result.returncode != 0
    assert DatabaseInUse.__name__ in result.stderr
