"""With a long past and a long queue, a step of the loops costs what it costs on the first day."""

from __future__ import annotations

import re
import time
from collections.abc import Awaitable, Callable
from typing import Any

import pytest
from sqlalchemy import event

from bot.storage.database import Database
from tests.clock import START
from tests.storage.making import BOT, sql

# A step takes 8-20 ms here, nearly all of it outside the database; a walk over all rows took 70-400.
_MOST_SECONDS = 0.05

FILL_INBOX = """
    WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < :rows)
    INSERT INTO inbox (bot, update_key, chat, state, attempts, received_at, reported)
    SELECT :bot, :key || CAST(i AS TEXT), CAST(i % :chats AS TEXT), :state, 0, :now, {false} FROM n
"""
FILL_OUTBOX = """
    WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < :rows)
    INSERT INTO outbox (bot, chat, kind, mode, slots, silent, state, attempts, doubts, due_at, created_at)
    SELECT :bot, CAST(i % :chats AS TEXT), 'Say', 'new', '[]', {false}, :state, 0, 0, :due, :now FROM n
"""
SHAPES = [20_000, 20]
"""How many chats the backlog belongs to: a notice to all; few chats that got stuck."""


async def fill(database: Database, statement: str, rows: int, chats: int, state: str, **more: Any) -> None:
    now = START.replace(tzinfo=None) if database.is_sqlite else START
    moments = {name: now if value == "now" else value for name, value in more.items()}
    values = {"rows": rows, "chats": chats, "state": state, "bot": BOT, "now": now, **moments}
    await sql(database, statement.format(false="0" if database.is_sqlite else "false"), **values)


async def past_and_present(database: Database, chats: int) -> None:
    await fill(database, FILL_INBOX, 50_000, 5_000, "done", key="old")
    await fill(database, FILL_OUTBOX, 50_000, 5_000, "sent", due="now")
    await fill(database, FILL_INBOX, 20_000, chats, "pending", key="new")
    await fill(database, FILL_OUTBOX, 20_000, chats, "pending", due="now")
    await sql(database, "ANALYZE")


async def quickest(step: Callable[[], Awaitable[object]]) -> float:
    """The best of some: what the machine was busy with beside is not measured."""
    times = []
    for _ in range(5):
        start = time.perf_counter()
        await step()
        times.append(time.perf_counter() - start)
    return min(times)


@pytest.mark.parametrize("chats", SHAPES)
async def test_a_step_is_quick_however_long_the_queue(database: Database, chats: int) -> None:
    await past_and_present(database, chats)

    async def claim() -> None:
        async with database.work() as work:
            arrivals = await work.inbox.claim(BOT, 32, 30)
            for arrival in arrivals[:1]:
                await work.inbox.done(arrival.row)

    async def heads() -> None:
        async with database.reading() as work:
            await work.outbox.heads(BOT, 32, {"5", "6", "7"})

    async def send() -> None:
        async with database.work() as work:
            ready, _ = await work.outbox.heads(BOT, 1, set())
            for row, _ in ready:
                await work.outbox.later(row, 60, "429")

    async def look_around() -> None:
        async with database.work() as work:
            await work.inbox.unreported()

    for step in (claim, heads, send, look_around):
        took = await quickest(step)
        print(f"{'sqlite' if database.is_sqlite else 'postgresql'} {chats} chats: {step.__name__} {took * 1000:.1f} ms")
        assert took < _MOST_SECONDS, step.__name__


async def plans(database: Database, step: Callable[[], Awaitable[object]]) -> list[str]:
    """How the database would go about each SELECT of a step."""
    found: list[tuple[str, Any]] = []

    def listen(_: Any, __: Any, statement: str, parameters: Any, *___: Any) -> None:
        if statement.lstrip().startswith(("SELECT", "WITH")):
            found.append((statement, parameters))

    engine = database.engine.sync_engine
    event.listen(engine, "before_cursor_execute", listen)
    try:
        await step()
    finally:
        event.remove(engine, "before_cursor_execute", listen)
    explained = []
    async with database.engine.connect() as connection:
        for statement, parameters in found:
            how = "EXPLAIN QUERY PLAN " if database.is_sqlite else "EXPLAIN "
            rows = (await connection.exec_driver_sql(how + statement, parameters)).all()
            explained.append("\n".join(str(row[-1]) for row in rows))
    return explained


async def test_the_loops_walk_indexes_of_what_is_pending(database: Database) -> None:
    await past_and_present(database, 5)

    async def claim() -> None:
        async with database.work() as work:
            await work.inbox.claim(BOT, 32, 30)

    async def heads() -> None:
        async with database.reading() as work:
            await work.outbox.heads(BOT, 32, set())

    async def count() -> None:
        async with database.reading() as work:
            await work.inbox.unreported()

    claiming, claiming_by_chat, taking = await plans(database, claim)
    assert "ix_inbox_waiting" in claiming
    assert "ix_inbox_pending" in claiming_by_chat
    assert "pk_inbox" in taking or "PRIMARY KEY" in taking
    assert "ix_inbox_pending" in claiming
    ready, by_chat, moments = await plans(database, heads)
    assert "ix_outbox_due" in ready
    assert "ix_outbox_pending" in ready
    assert "ix_outbox_pending" in by_chat
    assert "ix_outbox_due" in moments
    assert "ix_outbox_leased" in moments
    [reporting] = await plans(database, count)
    assert "ix_inbox_quarantined" in reporting
    for plan in (claiming, claiming_by_chat, taking, ready, by_chat, moments, reporting):
        assert not re.search(r"SCAN (inbox|outbox)(?! USING)", plan)
        assert "AUTOMATIC" not in plan
        assert "Seq Scan" not in plan
