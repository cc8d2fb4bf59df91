"""The inbox: kept once, in order within a chat, taken by one, given up after some attempts."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

import pytest
from sqlalchemy import text

from bot.model.people import Chat
from bot.storage.database import Database
from bot.storage.inbox import LeaseLostError
from tests.clock import FrozenClock

Connect = Callable[[str], Database]
BOT = "test:1"


async def store(database: Database, *updates: tuple[str, str], bot: str = BOT) -> None:
    async with database.work() as work:
        for key, chat in updates:
            assert await work.inbox.store(bot, key, chat, f"raw {key}")


async def claim(database: Database, limit: int = 10, lease: float = 30, bot: str = BOT) -> list[tuple[str, int]]:
    async with database.work() as work:
        return [(a.raw, a.row) for a in await work.inbox.claim(bot, limit, lease)]


def words(claimed: list[tuple[str, int]]) -> list[str]:
    return [raw for raw, _ in claimed]


async def test_a_repeat_is_stored_once(database: Database) -> None:
    async with database.work() as work:
        assert await work.inbox.store(BOT, "5", "1", "raw")
        assert not await work.inbox.store(BOT, "5", "1", "raw again")
        assert await work.inbox.store("test:2", "5", "1", "of another bot")
    assert words(await claim(database)) == ["raw"]


async def test_a_repeat_is_known_after_it_was_handled(database: Database) -> None:
    await store(database, ("5", "1"))
    [(_, row)] = await claim(database)
    async with database.work() as work:
        await work.inbox.done(row)
        assert not await work.inbox.store(BOT, "5", "1", "raw")
        assert await work.inbox.waiting() == 0


async def test_repeats_side_by_side_are_stored_once(database_url: str, connect: Connect) -> None:
    databases = [connect(database_url), connect(database_url)]

    async def once(database: Database) -> bool:
        async with database.work() as work:
            return await work.inbox.store(BOT, "5", "1", "raw")

    assert sum(await asyncio.gather(*(once(database) for database in databases * 10))) == 1


async def test_of_each_chat_the_oldest_only(database: Database) -> None:
    await store(database, ("9", "a"), ("1", "b"), ("2", "a"), ("3", "c"))
    first = await claim(database)
    assert words(first) == ["raw 9", "raw 1", "raw 3"]
    assert await claim(database) == []
    async with database.work() as work:
        await work.inbox.done(first[0][1])
    assert words(await claim(database)) == ["raw 2"]


async def test_a_limit_and_another_bot_are_respected(database: Database) -> None:
    await store(database, ("1", "a"), ("2", "b"))
    await store(database, ("1", "a"), bot="test:2")
    assert words(await claim(database, limit=1)) == ["raw 1"]
    assert words(await claim(database)) == ["raw 2"]
    assert len(await claim(database, bot="test:2")) == 1


async def test_a_lease_that_ran_out_is_taken_over(database: Database, clock: FrozenClock) -> None:
    await store(database, ("1", "a"), ("2", "a"))
    async with database.work() as work:
        [arrival] = await work.inbox.claim(BOT, 10, 30)
        assert arrival.attempts == 1
    clock.tick(29)
    assert await claim(database) == []
    clock.tick(1)
    async with database.work() as work:
        [again] = await work.inbox.claim(BOT, 10, 30)
    assert (again.row, again.attempts) == (arrival.row, 2)


async def test_what_a_dead_process_held_is_free_at_once(database: Database) -> None:
    await store(database, ("1", "a"))
    assert len(await claim(database)) == 1
    async with database.work() as work:
        await work.inbox.let_go()
    assert len(await claim(database)) == 1


async def test_no_row_is_taken_by_two(database_url: str, connect: Connect) -> None:
    """Two processes that both claim as fast as they can, while updates go on coming."""
    databases = [connect(database_url), connect(database_url)]
    await store(databases[0], *((str(n), f"chat {n % 40}") for n in range(200)))
    handled: list[int] = []

    async def loop(database: Database) -> None:
        while len(handled) < 200:
            async with database.work() as work:
                arrivals = await work.inbox.claim(BOT, 7, 30)
            await asyncio.sleep(0)
            for arrival in arrivals:
                async with database.work() as work:
                    await work.inbox.done(arrival.row)
                handled.append(arrival.row)

    async with asyncio.timeout(60):
        await asyncio.gather(*(loop(database) for database in databases * 3))
    assert len(handled) == len(set(handled)) == 200
    async with databases[0].reading() as work:
        rows = (await work._session.execute(text("SELECT attempts, state, raw FROM inbox"))).all()
    assert {tuple(row) for row in rows} == {(1, "done", None)}
    by_chat = {n: [row for row in handled if row % 40 == n] for n in range(40)}
    assert all(rows == sorted(rows) for rows in by_chat.values())


async def test_who_was_too_slow_must_roll_back(database: Database, clock: FrozenClock) -> None:
    await store(database, ("1", "a"))
    [(_, row)] = await claim(database)
    clock.tick(31)
    assert len(await claim(database)) == 1
    async with database.work() as work:
        await work.inbox.done(row)
    with pytest.raises(LeaseLostError):
        async with database.work() as work:
            await work.people.meet("1", Chat(BOT, "1"))
            await work.inbox.done(row)
    async with database.work() as work:
        assert await work.people.find("test", "1") is None
        await work.inbox.quarantine(row, "too late")
        assert await work.inbox.unreported() == []


async def test_what_fails_is_tried_again_later_and_keeps_its_chat_waiting(
    database: Database, clock: FrozenClock
) -> None:
    await store(database, ("1", "a"), ("2", "a"), ("3", "b"))
    [(_, poison), (_, other)] = await claim(database)
    async with database.work() as work:
        await work.inbox.again(poison, "ValueError", after_seconds=2)
        await work.inbox.done(other)
    assert await claim(database) == []
    clock.tick(2)
    async with database.work() as work:
        [arrival] = await work.inbox.claim(BOT, 10, 30)
    assert (arrival.row, arrival.attempts) == (poison, 2)


async def test_quarantine_lets_the_rest_go_on_and_is_reported_once(database: Database) -> None:
    await store(database, ("1", "a"), ("2", "a"))
    [(_, poison)] = await claim(database)
    async with database.work() as work:
        await work.inbox.quarantine(poison, "ValueError")
    assert words(await claim(database)) == ["raw 2"]
    async with database.work() as work:
        assert await work.inbox.unreported() == [poison]
        await work.inbox.reported([poison])
        assert await work.inbox.unreported() == []
        kept = await work._session.execute(text("SELECT state, raw, error FROM inbox WHERE id = :id"), {"id": poison})
        assert tuple(kept.one()) == ("quarantined", "raw 1", "ValueError")
