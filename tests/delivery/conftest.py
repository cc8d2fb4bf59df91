"""A helpdesk with a dozen guides, open and its team there; what Telegram does to it is the test's."""

from __future__ import annotations

import shutil
from collections.abc import AsyncIterator, Callable
from pathlib import Path

import pytest

from bot import config
from bot.guides.load import load
from bot.helpdesk.desk import Known
from bot.matching.matcher import Matcher
from bot.playground import BotApiServer
from tests.conftest import _run_apart
from tests.e2e.conftest import _settle
from tests.e2e.house import ROOT, House, RunningClock, open_house
from tests.processes import small_knowledge


@pytest.fixture(scope="session")
def knowledge(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return small_knowledge(tmp_path_factory.mktemp("knowledge"))


@pytest.fixture(scope="session")
def known(knowledge: Path) -> Known:
    catalogue = load(knowledge)
    return Known(catalogue, Matcher(catalogue, config.load(ROOT / "config.yaml").config.matching))


@pytest.fixture(scope="session")
def settled(migrated_sqlite: Path, known: Known, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file with tables and communes, to copy."""
    file = tmp_path_factory.mktemp("settled") / "helpdesk.db"
    shutil.copy(migrated_sqlite, file)
    _run_apart(_settle(f"sqlite+aiosqlite:///{file}", known))
    return file


@pytest.fixture
async def make_house(tmp_path: Path, settled: Path, known: Known) -> AsyncIterator[Callable[..., House]]:
    """Opens a helpdesk, by polling or webhook; closed in the end."""
    opened: list[House] = []
    clock = RunningClock()
    async with BotApiServer(clock=clock, webhook_backoff=(0.05,)) as server:

        async def make(transport: str = "polling") -> House:
            file = tmp_path / "helpdesk.db"
            shutil.copy(settled, file)
            house = open_house(server, clock, f"sqlite+aiosqlite:///{file}", known, transport)
            opened.append(house)
            await house.open()
            return house

        yield make
        for house in opened:
            await house.close()
        server.assert_clean()


@pytest.fixture
async def house(make_house: Callable[..., House]) -> House:
    """Open, by polling; nobody has joined yet."""
    return await make_house()
