"""How Alembic reaches the helpdesk's database.

Two ways in: `bot.storage.migrating` hands over an open connection, inside its own transaction; the `alembic` command
opens one itself, to the address in `-x url=…`, else in HELPDESK_DATABASE_URL, else the usual file.
"""

from __future__ import annotations

import asyncio
import os
from typing import Any

from alembic import context
from alembic.autogenerate.api import AutogenContext
from sqlalchemy import Connection
from sqlmodel import AutoString

from bot.clock import SystemClock
from bot.storage.database import Database
from bot.storage.tables import metadata
from bot.storage.types import UtcDateTime

_USUAL = "sqlite+aiosqlite:///data/helpdesk.db"


def _render(kind: str, item: Any, autogen: AutogenContext) -> str | bool:
    # A migration keeps meaning what it meant on its day, so it names as few of our own types as can be.
    if kind == "type" and isinstance(item, UtcDateTime):
        return "UtcDateTime()"
    if kind == "type" and isinstance(item, AutoString):
        return "sa.String()"
    return False


def _migrate(connection: Connection) -> None:
    context.configure(
        connection=connection,
        target_metadata=metadata(),
        render_as_batch=True,  # SQLite cannot alter a column: there the table is made anew
        transactional_ddl=True,  # Database begins transactions itself, so DDL can be rolled back in SQLite too
        compare_type=True,
        render_item=_render,
    )
    with context.begin_transaction():
        context.run_migrations()


async def _connect_and_migrate() -> None:
    url = context.get_x_argument(as_dictionary=True).get("url") or os.environ.get("HELPDESK_DATABASE_URL") or _USUAL
    database = Database(url, SystemClock())
    try:
        database.lock()
        async with database.engine.begin() as connection:
            await connection.run_sync(_migrate)
    finally:
        await database.close()


if context.is_offline_mode():
    raise SystemExit("Migrations need a database to look at; SQL alone (--sql) is not offered.")

given: Connection | None = context.config.attributes.get("connection")
if given is not None:
    _migrate(given)
else:
    asyncio.run(_connect_and_migrate())
