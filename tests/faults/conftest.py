"""A helpdesk whose program can be killed: the fake Telegram lives in the test, the bot in a process of its own."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from pathlib import Path

import pytest

from bot.playground import BotApiServer, SeededWorld, seed_world
from tests.processes import Bot, small_knowledge


@pytest.fixture(scope="session")
def knowledge(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A dozen guides."""
    return small_knowledge(tmp_path_factory.mktemp("knowledge"))


@pytest.fixture
async def server() -> AsyncIterator[BotApiServer]:
    async with BotApiServer(webhook_backoff=(0.1,)) as server:
        yield server
        server.assert_clean()


@pytest.fixture
async def people(server: BotApiServer) -> SeededWorld:
    return seed_world(server)


@pytest.fixture
async def make_bot(server: BotApiServer, tmp_path: Path, knowledge: Path) -> AsyncIterator[Callable[..., Bot]]:
    """A bot to be started; whatever still runs in the end is killed."""
    made: list[Bot] = []

    def make(*, webhook: bool = False, **config: str) -> Bot:
        made.append(Bot(tmp_path, server.url, knowledge, webhook=webhook, **config))
        return made[-1]

    yield make
    for bot in made:
        if bot.alive:
            await bot.kill()
