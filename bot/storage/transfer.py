"""Copies of the database: kept aside, put back, and handed on as figures."""

from __future__ import annotations

import asyncio
import csv
import os
import shutil
import sqlite3
import tempfile
from collections.abc import AsyncIterator, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from sqlalchemy import Table, select

from bot.errors import UsageError
from bot.storage import migrating
from bot.storage.database import Database
from bot.storage.tables import metadata

# What an export leaves out, by table: what people wrote or are called, where they can be reached, and what opens a
# door. Every other column is a number, a code, a time, or content that is public anyway. A column added later must be
# put on one side: a test counts them.
WITHHELD: dict[str, frozenset[str]] = {
    "people": frozenset({"channel_id", "chat", "dialog"}),
    "teams": frozenset({"group_chat"}),
    "members": frozenset({"name"}),
    "invites": frozenset({"code", "name"}),
    "requests": frozenset({"text"}),
    "tickets": frozenset({"question", "phone"}),
    "ticket_notes": frozenset({"text"}),
    "ticket_messages": frozenset({"chat", "message", "text", "album", "file"}),
    "inbox": frozenset({"update_key", "chat", "raw", "error"}),
    "outbox": frozenset({"chat", "figures", "slots", "album", "error"}),
    "slots": frozenset({"chat", "name", "message"}),  # one names the code of an invite
    "guide_versions": frozenset({"text", "former_text", "file", "report"}),
    "team_lists": frozenset({"text", "file", "report"}),
    "suggestions": frozenset({"text"}),
    "settings": frozenset({"value"}),
}

_ROWS_AT_ONCE = 1000
# A cell that begins so is a formula to a spreadsheet.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


async def backup(database: Database, target: Path) -> None:
    """Copy the SQLite database into a file of its own, also while the helpdesk runs.

    Raises:
        UsageError: not SQLite, no database yet or a damaged one, or the target exists.
    """
    file = _sqlite_file(database, "sao lưu", "pg_dump --format=custom --file=helpdesk.dump «địa chỉ cơ sở dữ liệu»")
    await asyncio.to_thread(_backup, file, target)


async def restore(database: Database, source: Path) -> Path | None:
    """Put a backup in the database's place. Migrations are run when the helpdesk starts.

    Returns:
        Where the former database is kept now; None if there was none.

    Raises:
        DatabaseInUse: the helpdesk is running.
        UsageError: not SQLite, or the backup is missing, damaged, not the helpdesk's, or of a newer program.
    """
    file = _sqlite_file(database, "phục hồi", "pg_restore --clean --if-exists --dbname=«địa chỉ» helpdesk.dump")
    database.lock()
    await database.engine.dispose()
    return await asyncio.to_thread(_restore, source, file, f"{database.clock.now():%Y%m%d-%H%M%S}")


async def export(database: Database, folder: Path) -> dict[str, int]:
    """Write every table as ``<table>.csv`` with a header: counts and codes, no words, names or addresses.

    Numbers of persons are the helpdesk's own and lead nowhere outside it; an erased person's are gone.

    Returns:
        How many rows each table had.

    Raises:
        UsageError: the folder holds something already.
    """
    _make_room(folder)
    counts = {}
    for table in metadata().sorted_tables:
        columns = [c for c in table.columns if c.name not in WITHHELD.get(table.name, ())]
        counts[table.name] = 0
        with (folder / f"{table.name}.csv").open("w", encoding="utf-8-sig", newline="") as out:
            writer = csv.writer(out)
            writer.writerow([c.name for c in columns])
            async for rows in _rows(database, table):
                writer.writerows([_cell(getattr(row, c.name)) for c in columns] for row in rows)
                counts[table.name] += len(rows)
    return counts


async def _rows(database: Database, table: Table) -> AsyncIterator[list[object]]:
    async with database.engine.connect() as connection:
        connection = await connection.execution_options(helpdesk_begin="DEFERRED")
        query = select(table).order_by(*table.primary_key.columns)
        async with connection.stream(query) as result:
            async for rows in result.partitions(_ROWS_AT_ONCE):
                yield list(rows)


def _make_room(folder: Path) -> None:
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise UsageError(f"Thư mục {folder} không trống; hãy chọn thư mục khác.")
    folder.mkdir(parents=True, exist_ok=True)


def _cell(value: object) -> object:
    if isinstance(value, str) and value.startswith(_FORMULA):
        return f"'{value}"
    return value


def _sqlite_file(database: Database, what: str, instead: str) -> Path:
    if database.file is None:
        raise UsageError(f"Lệnh {what} này chỉ dành cho SQLite. Với PostgreSQL, hãy dùng: {instead}")
    return database.file


def _backup(file: Path, target: Path) -> None:
    if not file.exists():
        raise UsageError(f"Chưa có cơ sở dữ liệu {file} để sao lưu.")
    if target.exists():
        raise UsageError(f"Tệp {target} đã có; hãy chọn tên khác.")
    target.parent.mkdir(parents=True, exist_ok=True)
    with _part(target) as part:
        try:
            with closing(sqlite3.connect(file)) as source, closing(sqlite3.connect(part)) as copy:
                source.backup(copy)
        except sqlite3.Error as error:
            raise UsageError(f"Không sao lưu được {file} ({error.sqlite_errorname}).") from None
        _check(part, file)
        _sync(part)
        part.rename(target)


def _check(file: Path, shown: Path) -> None:
    """Refuse what is not a whole database of the helpdesk; ``shown`` is its name for the person."""
    try:
        with closing(sqlite3.connect(file)) as connection:
            connection.execute("PRAGMA journal_mode = DELETE")  # one file, without -wal and -shm beside it
            [said] = connection.execute("PRAGMA integrity_check(1)").fetchone()
            revisions = connection.execute("SELECT version_num FROM alembic_version").fetchall() if said == "ok" else []
    except sqlite3.Error:
        raise UsageError(f"{shown} không phải bản sao lưu của chương trình này, hoặc đã hỏng.") from None
    if said != "ok" or len(revisions) != 1:
        raise UsageError(f"{shown} đã hỏng, không dùng được.")
    if not migrating.known(revisions[0][0]):
        raise UsageError(f"{shown} do bản chương trình mới hơn tạo ra; hãy cập nhật chương trình trước.")


def _restore(source: Path, file: Path, moment: str) -> Path | None:
    if not source.is_file():
        raise UsageError(f"Không có tệp {source}.")
    file.parent.mkdir(parents=True, exist_ok=True)
    with _part(file) as part:
        shutil.copyfile(source, part)
        # Somebody may have copied a live database by hand: what it wrote ahead is read too.
        ahead = source.with_name(f"{source.name}-wal")
        if ahead.is_file():
            shutil.copyfile(ahead, part.with_name(f"{part.name}-wal"))
        _check(part, source)
        _sync(part)
        kept = _put_aside(file, moment) if file.exists() else None
        part.rename(file)
        _sync(file.parent)
    return kept


@contextmanager
def _part(target: Path) -> Iterator[Path]:
    """A file beside the target: what was interrupted must not look like the whole."""
    descriptor, name = tempfile.mkstemp(prefix=f".{target.name}-", dir=target.parent)
    os.close(descriptor)
    part = Path(name)
    try:
        yield part
    finally:
        for left in part.parent.glob(f"{part.name}*"):
            left.unlink()


def _put_aside(file: Path, moment: str) -> Path:
    kept = file.with_name(f"{file.name}.{moment}")
    number = 1
    while kept.exists():
        number += 1
        kept = file.with_name(f"{file.name}.{moment}-{number}")
    # What was written ahead belongs to the file and goes with it, under the name SQLite would look for.
    for tail in ("-wal", "-shm"):
        beside = file.with_name(file.name + tail)
        if beside.exists():
            shutil.move(beside, kept.with_name(kept.name + tail))
    file.rename(kept)
    return kept


def _sync(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
