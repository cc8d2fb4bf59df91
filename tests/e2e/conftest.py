"""A helpdesk for each test: the app as `run` starts it, a server of Telegram's kind, and people.

Strategy: everything real but Telegram itself, on SQLite and by polling; the main story alone is played on both
databases and both ways in. What costs time is made once a session: the guides (1.5 s) and a database with the communes
of the country (1 s). After every test nothing may have failed, been refused or be unknown to Telegram.
"""

from __future__ import annotations

import shutil
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from bot import config
from bot.guides.load import load
from bot.helpdesk.desk import Known
from bot.matching.matcher import Matcher
from bot.playground import BotApiServer
from bot.storage.database import Database
from tests.clock import FrozenClock
from tests.conftest import PostgresServer, _run_apart
from tests.e2e.house import ROOT, House, RunningClock, open_house


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What counts over all stories comes after them."""
    items.sort(key=lambda item: item.name == "test_no_kind_of_button_is_left_unpressed")


@pytest.fixture(scope="session")
def known() -> Known:
    """The real guides and the matcher made of them."""
    catalogue = load(ROOT / "knowledge")
    return Known(catalogue, Matcher(catalogue, config.load(ROOT / "config.yaml").config.matching))


async def _settle(url: str, known: Known) -> None:
    database = Database(url, FrozenClock())
    territories = known.catalogue.territories
    try:
        async with database.work() as work:
            await work.territories.sync(territories.rows(), territories.version)
    finally:
        await database.close()


@pytest.fixture(scope="session")
def settled_sqlite(migrated_sqlite: Path, known: Known, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file with tables and communes, to copy."""
    file = tmp_path_factory.mktemp("settled") / "helpdesk.db"
    shutil.copy(migrated_sqlite, file)
    _run_apart(_settle(f"sqlite+aiosqlite:///{file}", known))
    return file


@pytest.fixture
def transport() -> str:
    """How updates come in; parametrise it where both ways matter."""
    return "polling"


@pytest.fixture
def storage() -> str:
    """Which database; parametrise it where both matter."""
    return "sqlite"


@pytest.fixture
def database_url(request: pytest.FixtureRequest, storage: str, tmp_path: Path) -> Iterator[str]:
    if storage == "sqlite":
        file = tmp_path / "helpdesk.db"
        shutil.copy(request.getfixturevalue("settled_sqlite"), file)
        yield f"sqlite+aiosqlite:///{file}"
        return
    server: PostgresServer = request.getfixturevalue("postgres")
    with server.migrated(request.getfixturevalue("migrated_postgres")) as url:
        yield url


@pytest.fixture
def clock() -> RunningClock:
    return RunningClock()


@pytest.fixture
async def server(clock: RunningClock) -> AsyncIterator[BotApiServer]:
    async with BotApiServer(clock=clock, webhook_backoff=(0.05,)) as running:
        yield running


@pytest.fixture
async def house(
    server: BotApiServer, clock: RunningClock, database_url: str, known: Known, transport: str
) -> AsyncIterator[House]:
    """The helpdesk, open; nobody has joined yet."""
    house = open_house(server, clock, database_url, known, transport)
    await house.open()
    yield house
    try:
        await house.assert_sound()
    finally:
        await house.close()


@pytest.fixture
async def desk(house: House) -> House:
    """The helpdesk with its team: Minh and Hoa by invite, the group bound."""
    await house.team()
    return house
