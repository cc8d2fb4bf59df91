"""Migrations: from whatever the database is to what the tables say.

The caller has locked the SQLite file (`Database.lock`). Alembic's environment is ``migrations/env.py``.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from alembic.util import CommandError
from sqlalchemy import Connection, text
from sqlalchemy.exc import IntegrityError, OperationalError

from bot.errors import UsageError
from bot.storage.database import Database

FOLDER = Path(__file__).resolve().parents[2] / "migrations"

# Any number, as long as every process of the helpdesk takes the same.
_LOCK = 20_251_122


async def upgrade(database: Database, to: str = "head") -> None:
    """Bring the database up to a revision; nothing happens where it is there already.

    Raises:
        UsageError: no such revision, the database was made by a newer version of the program, or it is out of reach.
    """
    try:
        await current(database)
    except OperationalError:
        raise UsageError("Không tới được cơ sở dữ liệu ở HELPDESK_DATABASE_URL: xem máy, tên, mật khẩu.") from None
    await _run(database, lambda config: command.upgrade(config, to))


async def downgrade(database: Database, to: str) -> None:
    """Take the database back to a revision; ``base`` leaves nothing.

    Raises:
        UsageError: the database was made by a newer version of the program, which alone knows the way back.
    """
    await _run(database, lambda config: command.downgrade(config, to))


async def current(database: Database) -> str | None:
    """The revision the database is at; None: no tables yet."""
    async with database.engine.connect() as connection:
        return await connection.run_sync(_revision)


async def is_current(database: Database) -> bool:
    """Whether the database is what this version of the program expects."""
    return await current(database) == newest()


def newest() -> str | None:
    """The revision this version of the program expects."""
    return ScriptDirectory.from_config(_config()).get_current_head()


def known(revision: str | None) -> bool:
    """Whether this version of the program has such a revision."""
    return revision is None or revision in {s.revision for s in ScriptDirectory.from_config(_config()).walk_revisions()}


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(FOLDER).replace("%", "%%"))
    return config


def _revision(connection: Connection) -> str | None:
    return MigrationContext.configure(connection).get_current_revision()


async def _run(database: Database, do: Callable[[Config], None]) -> None:
    def migrate(connection: Connection) -> None:
        if not database.is_sqlite:
            # Two processes that start together: the second waits, and then finds nothing to do.
            connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _LOCK})
        if not known(found := _revision(connection)):
            raise UsageError(
                f"Cơ sở dữ liệu ở phiên bản {found}, do bản chương trình mới hơn tạo ra. "
                "Hãy cập nhật chương trình, hoặc phục hồi từ bản sao lưu cũ (database restore)."
            )
        config = _config()
        config.attributes["connection"] = connection
        try:
            do(config)
        except CommandError:
            raise UsageError("không có bản đó; viết head, base, hoặc mã một bản trong migrations/versions") from None
        if database.is_sqlite and (broken := connection.exec_driver_sql("PRAGMA foreign_key_check").all()):
            raise IntegrityError("PRAGMA foreign_key_check", None, ValueError(f"{len(broken)} rows point nowhere"))

    async with database.engine.connect() as connection:
        if database.is_sqlite:
            # A table that is made anew is dropped in between, and what points to it must bear that. The pragma does
            # nothing inside a transaction, so it comes before.
            driver = (await connection.get_raw_connection()).driver_connection
            assert driver is not None
            await driver.execute("PRAGMA foreign_keys = OFF")
            try:
                async with connection.begin():
                    await connection.run_sync(migrate)
            finally:
                await driver.execute("PRAGMA foreign_keys = ON")
            return
        async with connection.begin():
            await connection.run_sync(migrate)
