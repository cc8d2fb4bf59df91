"""The outbox: in order within a chat, one sender a row, nothing forgotten and nothing kept too long."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy import text

from bot.model.delivery import Departure, Mode
from bot.model.notices import Notice, Say
from bot.model.notices.talk import AlbumItem, RelayedAlbum, RelayedText
from bot.model.people import Chat
from bot.model.states import Delivered, Kind, Side
from bot.storage.database import Database
from tests.clock import START, FrozenClock
from tests.storage.making import BOT, sql

Connect = Callable[[str], Database]
A, B = Chat(BOT, "a"), Chat(BOT, "b")
WORDS = RelayedText(1, 1, Side.CITIZEN, "lời của bà con")


async def post(database: Database, chat: Chat, key: str, *slots: str, after_seconds: float = 0) -> int:
    async with database.work() as work:
        return await work.outbox.post(chat, Say(key), *slots, after_seconds=after_seconds)


async def heads(database: Database, limit: int = 10, busy: tuple[str, ...] = ()) -> list[int]:
    async with database.reading() as work:
        ready, _ = await work.outbox.heads(BOT, limit, set(busy))
    return [row for row, _ in ready]


async def claim(database: Database, row: int) -> Departure | None:
    async with database.work() as work:
        return await work.outbox.claim(row, 30)


async def finish(database: Database, row: int, state: Delivered = Delivered.SENT) -> None:
    async with database.work() as work:
        await work.outbox.finish(row, state)


async def kept(database: Database, row: int, column: str) -> object:
    async with database.reading() as work:
        query = text(f"SELECT {column} FROM outbox WHERE id = :row")
        return (await work._session.execute(query, {"row": row})).scalar_one()


async def test_what_is_posted_is_what_leaves(database: Database) -> None:
    async with database.work() as work:
        await work.slots.point(A, "card:1", "77")
        row = await work.outbox.post(
            A, Say("k", {"ticket": 1, "team": "Tổ"}, "menu"), "card:1", "none", mode=Mode.EDIT, silent=True
        )
    departure = await claim(database, row)
    assert departure == Departure(
        row, A, Say("k", {"ticket": 1, "team": "Tổ"}, "menu"), Mode.EDIT, ("card:1", "none"), ("77", None), True, 1, 0
    )


async def test_every_kind_of_notice_comes_back_as_it_was(database: Database) -> None:
    album = RelayedAlbum(
        1,
        2,
        Side.HELPER,
        (AlbumItem(Kind.PHOTO, "f", "7", "1", "chú thích"), AlbumItem(Kind.VIDEO, "g", "7", "2")),
        "9",
    )
    notices: list[Notice] = [WORDS, album, Say("a")]
    async with database.work() as work:
        rows = [await work.outbox.post(A, notice) for notice in notices]
    async with database.work() as work:
        departures = [await work.outbox.claim(row, 30) for row in rows]
    assert [d.notice for d in departures if d] == notices


async def test_of_each_chat_the_first_only(database: Database) -> None:
    first, second, third = await post(database, A, "1"), await post(database, A, "2"), await post(database, B, "3")
    assert await heads(database) == [first, third]
    assert await heads(database, limit=1) == [first]
    assert await heads(database, limit=0) == []
    assert await heads(database, busy=("a",)) == [third]
    assert await claim(database, first)
    assert await heads(database) == [third]
    await finish(database, first)
    assert await heads(database) == [second, third]


async def test_of_another_bot_nothing(database: Database) -> None:
    async with database.work() as work:
        await work.outbox.post(Chat("test:2", "a"), Say("x"))
    assert await heads(database) == []


async def test_what_has_to_wait_holds_its_chat_and_says_until_when(database: Database, clock: FrozenClock) -> None:
    first = await post(database, A, "1", after_seconds=60)
    await post(database, A, "2")
    other = await post(database, B, "3")
    async with database.reading() as work:
        ready, again_at = await work.outbox.heads(BOT, 10, set())
    assert ready == [(other, "b")]
    assert again_at == START + timedelta(seconds=60)
    assert await claim(database, first) is None
    clock.tick(60)
    assert await heads(database) == [other, first]


async def test_a_lease_says_when_to_look_again(database: Database, clock: FrozenClock) -> None:
    row = await post(database, A, "1")
    await claim(database, row)
    async with database.reading() as work:
        assert await work.outbox.heads(BOT, 10, set()) == ([], START + timedelta(seconds=30))
    clock.tick(30)
    assert await heads(database) == [row]


async def test_only_one_takes_a_row(database_url: str, connect: Connect) -> None:
    databases = [connect(database_url), connect(database_url)]
    row = await post(databases[0], A, "1")
    taken = await asyncio.gather(*(claim(database, row) for database in databases * 10))
    assert sum(departure is not None for departure in taken) == 1


async def test_two_loops_send_each_once_and_in_order(database_url: str, connect: Connect) -> None:
    databases = [connect(database_url), connect(database_url)]
    async with databases[0].work() as work:
        for number in range(120):
            await work.outbox.post(Chat(BOT, str(number % 12)), Say(str(number)))
    sent: list[tuple[str, int]] = []

    async def loop(database: Database) -> None:
        while len(sent) < 120:
            async with database.reading() as work:
                ready, _ = await work.outbox.heads(BOT, 5, set())
            for row, chat in ready:
                if await claim(database, row):
                    sent.append((chat, row))
                    await asyncio.sleep(0)
                    await finish(database, row)

    async with asyncio.timeout(60):
        await asyncio.gather(*(loop(database) for database in databases * 2))
    assert len(sent) == len(set(sent)) == 120
    for chat in range(12):
        rows = [row for name, row in sent if name == str(chat)]
        assert rows == sorted(rows)


@pytest.mark.parametrize("seed", range(6))
@pytest.mark.parametrize("chats", [3, 40])
async def test_a_long_line_gives_the_same_as_looking_at_every_row(
    database: Database, clock: FrozenClock, chats: int, seed: int
) -> None:
    """Beyond the first rows it is asked chat by chat."""
    chance = random.Random(seed)
    async with database.work() as work:
        for number in range(260):
            # The first chat is long and blocked, so that what is oldest is not enough.
            chat = 0 if number < 150 else chance.randrange(chats)
            await work.outbox.post(Chat(BOT, str(chat)), Say("x"), after_seconds=60 * (number == 0))
    clock.tick(30)
    leased = set(chance.sample(range(2, 261), 20))
    async with database.work() as work:
        for row in leased:
            await work.outbox.claim(row, 30)
    kept = await sql(database, "SELECT id, chat FROM outbox ORDER BY id")
    first = {chat: row for row, chat in reversed(kept)}
    busy = ("1",) if seed % 2 else ()
    expected = sorted(row for chat, row in first.items() if row != 1 and row not in leased and chat not in busy)
    assert sorted(await heads(database, limit=500, busy=busy)) == expected
    some = await heads(database, limit=2, busy=busy)
    assert len(some) == min(2, len(expected))
    assert set(some) <= set(expected)


async def test_doubts_are_counted(database: Database, clock: FrozenClock) -> None:
    """After a death while sending, and after an answer that was lost; not after a refusal to take it."""
    row = await post(database, A, "1")
    await claim(database, row)
    async with database.work() as work:
        await work.outbox.later(row, 2, "429")
    clock.tick(2)
    departure = await claim(database, row)
    assert departure and (departure.attempts, departure.doubts) == (2, 0)
    async with database.work() as work:
        await work.outbox.later(row, 2, "timeout", doubtful=True)
    clock.tick(2)
    departure = await claim(database, row)
    assert departure and (departure.attempts, departure.doubts) == (3, 1)
    clock.tick(30)
    departure = await claim(database, row)
    assert departure and (departure.attempts, departure.doubts) == (4, 2)


async def test_after_a_death_what_was_being_sent_is_in_doubt_at_once(database: Database) -> None:
    row, untouched = await post(database, A, "1"), await post(database, B, "2")
    await claim(database, row)
    async with database.work() as work:
        await work.outbox.let_go()
    assert await heads(database) == [row, untouched]
    departure, other = await claim(database, row), await claim(database, untouched)
    assert departure and departure.doubts == 1
    assert other and other.doubts == 0


async def test_what_is_delivered_keeps_no_words(database: Database) -> None:
    for state in (Delivered.SENT, Delivered.REFUSED, Delivered.BLOCKED, Delivered.UNKNOWN):
        async with database.work() as work:
            row = await work.outbox.post(A, WORDS)
        await finish(database, row, state)
        assert (await kept(database, row, "figures") is None) == (state != Delivered.UNKNOWN)
        assert await kept(database, row, "state") == state
    async with database.reading() as work:
        assert await work.outbox.waiting() == 0


async def test_the_author_may_send_again_what_is_in_doubt_once(database: Database) -> None:
    async with database.work() as work:
        row = await work.outbox.post(A, WORDS, "relay:1", silent=True)
        assert not await work.outbox.send_again(row)
    await finish(database, row, Delivered.UNKNOWN)
    async with database.work() as work:
        assert await work.outbox.send_again(row)
    async with database.work() as work:
        assert not await work.outbox.send_again(row)
        assert not await work.outbox.send_again(999)
    [again] = await heads(database)
    departure = await claim(database, again)
    assert again != row
    assert departure and (departure.notice, departure.slots, departure.silent) == (WORDS, ("relay:1",), True)
    assert await kept(database, row, "figures") is None


async def test_send_again_twice_at_once_sends_once(database_url: str, connect: Connect) -> None:
    databases = [connect(database_url), connect(database_url)]
    async with databases[0].work() as work:
        row = await work.outbox.post(A, WORDS)
    await finish(databases[0], row, Delivered.UNKNOWN)

    async def again(database: Database) -> bool:
        async with database.work() as work:
            return await work.outbox.send_again(row)

    assert sum(await asyncio.gather(*(again(database) for database in databases * 5))) == 1
    async with databases[0].reading() as work:
        assert await work.outbox.waiting() == 1


def album_of(file: str) -> RelayedAlbum:
    return RelayedAlbum(1, 1, Side.CITIZEN, (AlbumItem(Kind.PHOTO, file, "7", "1", f"ảnh {file}"),))


async def test_an_album_is_gathered_until_no_more_comes(database: Database, clock: FrozenClock) -> None:
    for number in range(3):
        async with database.work() as work:
            await work.outbox.gather(A, album_of(str(number)), f"relay:{number}", "1:x", wait_seconds=1)
            await work.outbox.gather(A, album_of("other"), "relay:9", "1:y", wait_seconds=1)
        assert await heads(database) == []
        clock.tick(0.6)
    clock.tick(0.4)
    [row] = await heads(database)
    departure = await claim(database, row)
    assert departure and isinstance(departure.notice, RelayedAlbum)
    assert [item.file for item in departure.notice.items] == ["0", "1", "2"]
    assert departure.slots == ("relay:0", "relay:1", "relay:2")


async def test_a_late_picture_makes_a_second_album(database: Database, clock: FrozenClock) -> None:
    async with database.work() as work:
        await work.outbox.gather(A, album_of("0"), "relay:0", "1:x", wait_seconds=1)
    clock.tick(1)
    [row] = await heads(database)
    assert await claim(database, row)
    async with database.work() as work:
        await work.outbox.gather(A, album_of("1"), "relay:1", "1:x", wait_seconds=1)
        assert await work.outbox.waiting() == 2


async def test_no_picture_is_lost_between_gathering_and_sending(
    database_url: str, connect: Connect, clock: FrozenClock
) -> None:
    """Another process begins to send the album in the moment a picture is added."""
    databases = [connect(database_url), connect(database_url)]
    files = []
    for turn in range(10):
        async with databases[0].work() as work:
            await work.outbox.gather(A, album_of(f"{turn}a"), f"relay:{turn}", f"1:{turn}", wait_seconds=0)

        async def add(turn: int = turn) -> None:
            async with databases[0].work() as work:
                await work.outbox.gather(A, album_of(f"{turn}b"), f"relay:{turn}b", f"1:{turn}", wait_seconds=0)

        async def send() -> None:
            for row in await heads(databases[1]):
                departure = await claim(databases[1], row)
                if departure and isinstance(departure.notice, RelayedAlbum):
                    files.extend(item.file for item in departure.notice.items)
                    await finish(databases[1], row)

        await asyncio.gather(add(), send())
        await send()
        await send()
    assert sorted(files) == sorted(f"{turn}{part}" for turn in range(10) for part in "ab")


async def test_a_group_that_moved_takes_its_notices_along(database: Database) -> None:
    sent, waiting, other = await post(database, A, "1"), await post(database, A, "2"), await post(database, B, "3")
    await finish(database, sent)
    async with database.work() as work:
        await work.outbox.moved(A, Chat(BOT, "-100a"))
    assert await kept(database, waiting, "chat") == "-100a"
    assert await kept(database, sent, "chat") == "a"
    assert await kept(database, other, "chat") == "b"


async def test_numbers_of_rows_never_come_back(database: Database) -> None:
    """A button «Gửi lại» names a row."""
    row = await post(database, A, "1")
    async with database.work() as work:
        await work._session.execute(text("DELETE FROM outbox"))
    assert await post(database, A, "2") > row


class TestSlots:
    async def test_a_slot_points_at_the_newest_message(self, database: Database) -> None:
        async with database.work() as work:
            assert await work.slots.message(A, "card:1") is None
            await work.slots.point(A, "card:1", "5")
            await work.slots.point(B, "card:1", "5")
            await work.slots.point(A, "card:1", "6")
            assert await work.slots.message(A, "card:1") == "6"
            assert await work.slots.message(B, "card:1") == "5"
            assert await work.slots.chats_with("card:1") == [A, B]

    async def test_a_message_may_have_several_names(self, database: Database) -> None:
        from bot.model.requests import Place

        async with database.work() as work:
            await work.slots.point(A, "card:1", "5")
            await work.slots.point(A, "panel:1", "5")
            assert sorted(await work.slots.names_at(Place(BOT, "a", "5"))) == ["card:1", "panel:1"]
            await work.slots.forget(A, "card:1")
            assert await work.slots.names_at(Place(BOT, "a", "5")) == ["panel:1"]

    async def test_two_processes_may_fill_it_at_once(self, database_url: str, connect: Connect) -> None:
        databases = [connect(database_url), connect(database_url)]

        async def point(database: Database, message: int) -> None:
            async with database.work() as work:
                await work.slots.point(A, "card:1", str(message))

        await asyncio.gather(*(point(databases[n % 2], n) for n in range(20)))
        async with databases[0].reading() as work:
            assert await work.slots.chats_with("card:1") == [A]
