"""What a kill test asks of the people and of the database."""

from __future__ import annotations

import asyncio
import re
import time
from collections import Counter

from bot.playground import BotApiServer, Person, SeededWorld
from tests.processes import Bot

_PATIENCE_SECONDS = 30.0
DOUBT = "chưa rõ đã tới"


async def settle_in(people: SeededWorld) -> None:
    """Minh and Hoa join by invite, the group is bound."""
    await people.admin.start()
    await people.admin.wait_for("Chào")
    for member in (people.minh, people.hoa):
        await people.admin.say("/moi")
        link = await people.admin.wait_for("start=moi_")
        code = re.search(r"start=(moi_\w+)", link.text)
        assert code
        await member.start(code[1])
        await member.wait_for("Chào mừng")
    await people.admin.say("/ketnoi", chat=people.group)
    await people.admin.wait_for("Nhóm này nhận phiếu", chat=people.group)


async def open_ticket(people: SeededWorld) -> None:
    """The citizen agrees, tells no place, and calls for a person."""
    citizen = people.citizen
    await citizen.start()
    await citizen.wait_for("Chào cô bác")
    await citizen.tap("Đồng ý")
    await citizen.wait_for("xã, phường nào")
    await citizen.tap("Bỏ qua")
    await citizen.say("/gap")
    await citizen.wait_for("số phiếu")
    await people.minh.wait_for("#1", chat=people.group, since=0)


async def claim(people: SeededWorld) -> None:
    """Minh takes it."""
    await people.minh.tap("Nhận", chat=people.group)
    await people.minh.wait_for("Phiếu #1", since=0)
    await people.citizen.wait_for("Có người của Tổ đang giúp", since=0)


def shown(person: Person, words: str) -> int:
    """How many messages with these words a bot has on the person's screen."""
    return sum(words in message.text for message in person.messages() if message.by_bot)


def answers(person: Person) -> int:
    """How many questions were answered on the person's screen: by a card or by a choice."""
    labels = ("Từng bước", "Không phải các mục này")
    return sum(any(label in message.labels for label in labels) for message in person.messages())


async def settled(bot: Bot, server: BotApiServer) -> None:
    """Wait until nothing waits any more, in Telegram or in the bot's database.

    The bot is another process: there is no event to wait for, only its tables to look at.
    """
    until = time.monotonic() + _PATIENCE_SECONDS
    while waiting := _waiting(bot, server):
        assert time.monotonic() < until, f"still waiting: {waiting}; the bot said: {bot.log}"
        await asyncio.sleep(0.02)


def _waiting(bot: Bot, server: BotApiServer) -> list[tuple[object, ...]]:
    return [
        *(("Telegram", update) for queue in server.queues.values() for update in queue.pending),
        *bot.rows("SELECT 'inbox', id, attempts, error FROM inbox WHERE state = 'pending'"),
        *bot.rows("SELECT 'outbox', id, kind, attempts, error FROM outbox WHERE state = 'pending'"),
    ]


def assert_exact(bot: Bot, server: BotApiServer) -> None:
    """Every update was handled once and says nothing any more; nothing waits; no event stands twice."""
    assert not any(queue.pending for queue in server.queues.values())
    assert bot.rows("SELECT id, state, error FROM inbox WHERE state <> 'done' OR raw IS NOT NULL") == [], bot.log
    assert bot.rows("SELECT id, kind, state FROM outbox WHERE state = 'pending'") == []
    assert bot.rows("SELECT id, kind FROM outbox WHERE state <> 'unknown' AND figures IS NOT NULL") == []
    once = Counter(
        bot.rows("SELECT kind, request_id, ticket_id FROM events WHERE kind IN ('asked', 'opened', 'claimed')")
    )
    assert set(once.values()) <= {1}, once
    asked = bot.rows("SELECT request_id FROM events WHERE kind = 'asked' ORDER BY request_id")
    assert asked == bot.rows("SELECT id FROM requests ORDER BY id")
    opened = bot.rows("SELECT ticket_id FROM events WHERE kind = 'opened' ORDER BY ticket_id")
    assert opened == bot.rows("SELECT id FROM tickets ORDER BY id")
