"""The whole app against an embedded Bot API server, over real HTTP, with people to play."""

from __future__ import annotations

import asyncio
import json
import re
import socket
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from pydantic import SecretStr
from sqlalchemy import text

from bot import app, config
from bot.config import Config, Settings
from bot.helpdesk.desk import Known
from bot.playground import DEFAULT_TOKEN, BotApiServer, Chat, Person, SeededWorld, SeenMessage, seed_world
from tests.clock import START

ROOT = Path(__file__).resolve().parents[2]
SECRET = "a-secret-of-this-test"

SURE = "làm lại thẻ căn cước bị mất"
"""Has one guide, `can-cuoc-cap-lai`, of six steps."""
CARD = "Làm lại thẻ căn cước bị mất"
"""Its title begins so."""
UNSURE = "sang tên"
"""May be meant for several guides."""
PRESSED: set[str] = set()
"""Codes of the buttons that people pressed in all tests so far; each was answered."""
URGENT = "tôi vừa bị lừa chuyển tiền"
_ON_ITS_WAY = "SELECT id FROM inbox WHERE state = 'pending' UNION ALL SELECT id FROM outbox WHERE state = 'pending'"


class RunningClock:
    """Runs as time does, from a Sunday morning in Vietnam, and can be put forward."""

    def __init__(self, start: datetime = START) -> None:
        self._ahead = start - datetime.now(UTC)

    def now(self) -> datetime:
        return datetime.now(UTC) + self._ahead

    def tick(self, seconds: float = 0, **more: float) -> None:
        """Put it forward by seconds and whatever else `timedelta` takes."""
        self._ahead += timedelta(seconds=seconds, **more)


def quick(settings: Config) -> Config:
    """The same habits, with limits that no test ever meets, and duty on all days of the week."""
    limits = settings.delivery.model_copy(
        update={
            "per_second": 10_000.0,
            "per_chat_burst": 10_000,
            "per_chat_per_second": 10_000.0,
            "per_group_per_minute": 600_000,
            "album_wait_seconds": 0.15,
        }
    )
    hours = settings.hours.model_copy(update={"days_off": ()})  # stories begin on a Sunday
    return settings.model_copy(update={"delivery": limits, "hours": hours})


def free_port() -> int:
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        return int(listening.getsockname()[1])


@dataclass
class House:
    """The helpdesk, open for people.

    Attributes:
        known: the guides, read once for all tests.
        transport: how updates come in: ``polling`` or ``webhook``.
        knowledge: where ``/tailai`` reads from.
        expected_failures: error codes a test means to provoke among the messages that are sent.
    """

    server: BotApiServer
    clock: RunningClock
    people: SeededWorld
    database_url: str
    known: Known | None
    transport: str = "polling"
    knowledge: Path = ROOT / "knowledge"
    expected_failures: set[str] = field(default_factory=set)
    _parts: app.Parts | None = None
    _stop: asyncio.Event = field(default_factory=asyncio.Event)
    _running: asyncio.Task[None] | None = None

    @property
    def citizen(self) -> Person:
        return self.people.citizen

    @property
    def minh(self) -> Person:
        return self.people.minh

    @property
    def hoa(self) -> Person:
        return self.people.hoa

    @property
    def admin(self) -> Person:
        return self.people.admin

    @property
    def group(self) -> Chat:
        return self.people.group

    @property
    def parts(self) -> app.Parts:
        assert self._parts is not None, "open() comes first"
        return self._parts

    # -- the app ------------------------------------------------------------------------------------------------

    def settings(self) -> Settings:
        settings = config.load(ROOT / "config.yaml")
        web = f"127.0.0.1:{free_port()}"
        told: dict[str, Any] = {
            "token": SecretStr(DEFAULT_TOKEN),
            "telegram_api": self.server.url,
            "database_url": self.database_url,
            "admins": (str(self.admin.id),),
            "knowledge": self.knowledge,
            "web": web,
        }
        if self.transport == "webhook":
            told |= {"webhook_url": f"http://{web}", "webhook_secret": SecretStr(SECRET)}
        return Settings(quick(settings.config), settings.environment.model_copy(update=told))

    async def open(self) -> None:
        self._stop = asyncio.Event()
        ready: asyncio.Future[app.Parts] = asyncio.get_running_loop().create_future()
        self._running = asyncio.create_task(
            app.run(self.settings(), self._stop, ready=ready.set_result, clock=self.clock, known=self.known)
        )
        either: set[asyncio.Future[Any]] = {self._running, ready}
        await asyncio.wait(either, return_when=asyncio.FIRST_COMPLETED)
        if not ready.done():
            await self._running
        self._parts = ready.result()

    async def close(self) -> None:
        if self._running:
            self._stop.set()
            await self._running
            self._running = None

    async def restart(self) -> None:
        """The process ends as it should and another begins on the same database."""
        await self.close()
        await self.open()

    async def rows(self, query: str, **values: Any) -> list[Any]:
        """What stands in the database once nothing is on its way any more, read past the app.

        A message is on its person's screen before its row says so: who reads at once reads by chance.
        """
        await self.quiet()
        return await self.rows_now(query, **values)

    async def rows_now(self, query: str, **values: Any) -> list[Any]:
        """What stands in the database at this moment, for tests that hold something back."""
        async with self.parts.database.engine.connect() as connection:
            return list(await connection.execute(text(query), values))

    async def number(self, query: str, **values: Any) -> int:
        return int((await self.rows(query, **values))[0][0])

    async def quiet(self, seconds: float = 30.0) -> None:
        """Wait until nothing is on its way any more.

        Raises:
            TimeoutError: something still was after so long.
        """
        async with asyncio.timeout(seconds):
            while True:
                await self.server.quiet(0.1)
                if not await self.rows_now(_ON_ITS_WAY):
                    return

    async def assert_sound(self) -> None:
        """Nothing failed, nothing was refused, nothing Telegram would not understand was said."""
        await self.quiet()
        self.server.assert_clean()
        presses = self.server.world.presses.values()
        assert [press.data for press in presses if not press.answered] == []
        PRESSED.update(press.data.partition(":")[0] for press in presses)
        handled = await self.rows("SELECT id, state, attempts, error FROM inbox WHERE state <> 'done' OR attempts > 1")
        assert not handled, f"updates that failed: {handled}"
        sent = await self.rows("SELECT id, kind, state, error FROM outbox WHERE state <> 'sent'")
        unexpected = [row for row in sent if row.error not in self.expected_failures]
        assert not unexpected, f"messages that did not arrive: {unexpected}"

    # -- people -------------------------------------------------------------------------------------------------

    def newcomer(self, name: str) -> Person:
        """Somebody the bot never heard of."""
        return self.server.person(name)

    async def invite(self, role: str = "tình nguyện viên") -> str:
        """What an invite's link carries, made by the admin."""
        await self.admin.say("/moi")
        sent = await self.admin.wait_for("start=moi_")
        if role != "tình nguyện viên":
            await self.admin.tap(f"Đổi thành {role}", on=sent)
            sent = await self.admin.wait_for(role)
        found = re.search(r"start=(moi_\w+)", sent.text)
        assert found, sent.text
        return found[1]

    async def hire(self, *helpers: Person) -> None:
        """Let them join by invite."""
        for helper in helpers:
            await helper.start(await self.invite())
            await helper.wait_for("Chào mừng")

    async def team(self) -> None:
        """Minh and Hoa are volunteers, the group shows the team's tickets."""
        await self.hire(self.minh, self.hoa)
        await self.admin.say("/ketnoi", chat=self.group)
        await self.admin.wait_for("Nhóm này nhận phiếu", chat=self.group)

    async def agreed(self, citizen: Person) -> None:
        """The citizen agrees that people read his words, and tells no place."""
        await citizen.start()
        await citizen.wait_for("Chào cô bác")
        await citizen.tap("Đồng ý")
        await citizen.wait_for("xã, phường nào")
        await citizen.tap("Bỏ qua")
        await citizen.wait_for("/noio")
        self.clock.tick(60)

    async def ticket(self, citizen: Person, question: str = "tôi cần người giúp việc này với") -> int:
        """The number of a new ticket of somebody who agreed, described in words."""
        await citizen.say("/gap")
        opened = await citizen.wait_for("số phiếu")
        await citizen.say(question)
        await citizen.wait_for("Đã ghi vào phiếu")
        return number_in(opened)

    async def claimed(self, citizen: Person, helper: Person, question: str = "tôi cần người giúp việc này với") -> int:
        """The number of a ticket that the helper took from the group."""
        number = await self.ticket(citizen, question)
        await helper.wait_for(f"#{number}", chat=self.group, since=0)
        await helper.tap("Nhận", chat=self.group)
        await helper.wait_for(f"Phiếu #{number}")
        await citizen.wait_for("đang giúp")
        return number


def number_in(message: SeenMessage) -> int:
    """The ticket's number that a message names."""
    found = re.search(r"#(\d+)", message.text)
    assert found, message.text
    return int(found[1])


def newest(person: Person, words: str, chat: Chat | None = None) -> SeenMessage:
    """The newest message of the bot with these words."""
    return next(m for m in reversed(person.messages(chat)) if m.by_bot and words in m.text)


def shown_to(person: Person, *chats: Chat | None) -> str:
    """All that the bot ever put on the person's screens, with every field that Telegram delivers."""
    places: Iterable[Chat | None] = chats or (None,)
    return json.dumps(
        [message.raw for chat in places for message in person.messages(chat) if message.by_bot], ensure_ascii=False
    )


def open_house(
    server: BotApiServer, clock: RunningClock, database_url: str, known: Known | None, transport: str
) -> House:
    return House(server, clock, seed_world(server), database_url, known, transport)
