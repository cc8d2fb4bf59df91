"""A server, its seeded people, and a real python-telegram-bot `Bot` that talks to it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta

import pytest
from telegram import Bot
from telegram.request import HTTPXRequest

from bot.playground import DEFAULT_TOKEN, BotApiServer, SeededWorld, seed_world


class HandClock:
    """A clock that moves when told."""

    def __init__(self) -> None:
        self.time = datetime(2026, 11, 22, 3, 0, tzinfo=UTC)

    def now(self) -> datetime:
        return self.time

    def forward(self, **delta: float) -> None:
        self.time += timedelta(**delta)


@pytest.fixture
def clock() -> HandClock:
    return HandClock()


@pytest.fixture
async def server(clock: HandClock) -> AsyncIterator[BotApiServer]:
    async with BotApiServer(clock=clock, webhook_backoff=(0.01,)) as running:
        yield running


@pytest.fixture
async def people(server: BotApiServer) -> SeededWorld:
    return seed_world(server)


@pytest.fixture
async def bot(server: BotApiServer, people: SeededWorld) -> AsyncIterator[Bot]:
    request = HTTPXRequest(connection_pool_size=8)
    polling = HTTPXRequest(connection_pool_size=4)
    made = Bot(
        DEFAULT_TOKEN,
        base_url=f"{server.url}/bot",
        base_file_url=f"{server.url}/file/bot",
        request=request,
        get_updates_request=polling,
    )
    async with made:
        await drain(made)
        yield made


async def drain(bot: Bot) -> None:
    """Confirm everything that waits."""
    updates = await bot.get_updates(timeout=0)
    if updates:
        await bot.get_updates(offset=updates[-1].update_id + 1, timeout=0)
