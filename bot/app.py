"""The composition root: builds the parts, opens them in order, closes them in reverse. Knows every room."""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

from pydantic import SecretStr

from bot import log
from bot.channels.telegram.channel import TelegramChannel
from bot.channels.telegram.intake import Intake, WebhookDoor
from bot.clock import Clock, SystemClock
from bot.config import Settings
from bot.delivery.bell import Bell
from bot.delivery.examiner import Examiner
from bot.delivery.inbox_loop import InboxLoop
from bot.delivery.measures import Measures
from bot.delivery.outbox_loop import OutboxLoop
from bot.delivery.sweeper import Sweeper
from bot.errors import ContentError, UsageError
from bot.guides.watching import changes
from bot.helpdesk.desk import Desk, Knowledge, Known, RecentWords
from bot.helpdesk.publish import refresh
from bot.language import mask
from bot.model.states import Role
from bot.playground import DEFAULT_TOKEN, BotApiServer, SeededWorld, seed_world
from bot.playground.seed import ADMIN
from bot.storage import migrating
from bot.storage.database import Database
from bot.texts import Texts
from bot.web.server import Ready, Refresh, WebServer

DEFAULT_DATABASE = "sqlite+aiosqlite:///data/helpdesk.db"

_log = log.get(__name__)


@dataclass(frozen=True)
class Parts:
    """What runs, for those who drive it."""

    database: Database
    desk: Desk
    channel: TelegramChannel
    intake: Intake
    inbox: InboxLoop
    outbox: OutboxLoop
    sweeper: Sweeper
    examiner: Examiner
    outgoing: Bell


def build_desk(settings: Settings, clock: Clock, known: Known | None = None) -> Desk:
    """What use cases work with; its guides are not loaded yet, unless they are ``known``."""
    habits = settings.config.conversation
    return Desk(
        config=settings.config,
        clock=clock,
        knowledge=Knowledge(settings.environment.knowledge, settings.config, known),
        admins=frozenset(f"telegram:{number}" for number in settings.environment.admins),
        new_code=lambda: secrets.token_urlsafe(9).replace("-", "x").replace("_", "y"),
        recent=RecentWords(timedelta(seconds=habits.burst_seconds)),
    )


def open_database(settings: Settings, clock: Clock) -> Database:
    """The database that was set, not locked."""
    return Database(settings.environment.database_url or DEFAULT_DATABASE, clock, settings.config.hours.zone)


@asynccontextmanager
async def build(settings: Settings, clock: Clock | None = None, known: Known | None = None) -> AsyncIterator[Parts]:
    """The running parts; everything is opened on the way in and closed in reverse on the way out.

    Raises:
        DatabaseInUse: another process holds the SQLite file.
        ContentError: guides or texts are not right.
        TelegramError: Telegram cannot be reached, or does not know the token.
    """
    clock = clock or SystemClock()
    config, environment = settings.config, settings.environment
    log.configure(level=config.log.level, json=config.log.format == "json", scrub=mask)
    if environment.token is None:
        raise UsageError("thiếu TELEGRAM_BOT_TOKEN: xem README, mục «Nối bot thật»")
    async with AsyncExitStack() as stack:
        texts = Texts.load()
        desk = build_desk(settings, clock, known)
        database = open_database(settings, clock)
        stack.push_async_callback(database.close)
        database.lock()
        await migrating.upgrade(database)
        measures, incoming, outgoing = Measures(), Bell(), Bell()
        channel = TelegramChannel(
            environment.token.get_secret_value(), environment.telegram_api, texts, config, desk, clock
        )
        intake = Intake(channel, database, incoming, measures)
        parts = Parts(
            database,
            desk,
            channel,
            intake,
            InboxLoop(database, channel, desk, config.delivery, incoming, outgoing, measures),
            OutboxLoop(database, channel, desk, config.delivery, outgoing, clock, measures),
            Sweeper(database, desk, outgoing),
            Examiner(database, channel, desk, outgoing),
            outgoing,
        )
        await refresh(database, desk)
        await _let_go(database)
        await _keep_territories(database, desk)
        web = WebServer(
            environment.web,
            ready=_readiness(parts),
            registry=measures.registry,
            refresh=_gauges(parts, measures),
            webhook=_webhook_door(settings, intake, channel),
        )
        stack.push_async_callback(web.close)
        await web.open()
        stack.push_async_callback(channel.close)
        yield parts


async def run(
    settings: Settings,
    stop: asyncio.Event,
    *,
    watch: bool = False,
    ready: Callable[[Parts], None] | None = None,
    clock: Clock | None = None,
    known: Known | None = None,
) -> None:
    """Serve until ``stop`` is set, then finish what is in hand.

    Args:
        settings: everything that was set.
        stop: set it to end.
        watch: reload guides when their files change.
        ready: called once updates are being taken.
        clock: tells the time.
        known: guides loaded already, so that they are not read again; a reload reads the files.
    """
    async with build(settings, clock, known) as parts:
        if await _reached(parts, settings, stop):
            await _serve(parts, settings, stop, watch=watch, ready=ready)


async def _reached(parts: Parts, settings: Settings, stop: asyncio.Event) -> bool:
    """Wait for Telegram, or for the end if that comes first."""
    environment = settings.environment
    opening = asyncio.create_task(parts.channel.open(environment.webhook_url, environment.webhook_secret))
    stopping = asyncio.create_task(stop.wait())
    either: set[asyncio.Future[Any]] = {opening, stopping}
    await asyncio.wait(either, return_when=asyncio.FIRST_COMPLETED)
    stopping.cancel()
    if not opening.done():
        opening.cancel()
        return False
    await opening
    return True


async def _serve(
    parts: Parts, settings: Settings, stop: asyncio.Event, *, watch: bool, ready: Callable[[Parts], None] | None
) -> None:
    async with asyncio.TaskGroup() as running:
        ending = [running.create_task(parts.sweeper.run()), running.create_task(parts.examiner.run())]
        if not settings.environment.webhook_url:
            ending.append(running.create_task(parts.intake.poll()))
        if watch:
            ending.append(running.create_task(_watch(parts)))
        running.create_task(parts.inbox.run())
        running.create_task(parts.outbox.run())
        _log.info("ready", guides=len(parts.desk.catalogue), bot=parts.channel.bot)
        if ready:
            ready(parts)
        await stop.wait()
        for task in ending:
            task.cancel()
        parts.inbox.stop()
        parts.outbox.stop()


async def run_playground(settings: Settings, address: str, stop: asyncio.Event, say: Callable[[str], None]) -> None:
    """Serve the playground: the same bot, on a Bot API server of its own, with people to play.

    Args:
        settings: everything that was set; token, database, admins and web address are the playground's own.
        address: ``host:port`` of its page.
        stop: set it to end.
        say: prints a line for whoever started it.
    """
    folder = Path("data")
    host, _, port = address.rpartition(":")
    if not host or not port.isdigit():
        raise UsageError(f"địa chỉ trang chạy thử viết dạng 127.0.0.1:8080, đang là «{address}»")
    server = BotApiServer(host, int(port), snapshot=folder / "playground.json")
    environment = settings.environment.model_copy(
        update={
            "token": SecretStr(DEFAULT_TOKEN),
            "telegram_api": f"http://{address}",
            "database_url": f"sqlite+aiosqlite:///{folder / 'playground.db'}",
            "admins": (str(ADMIN[0]),),
            "webhook_url": None,
        }
    )
    parts: asyncio.Future[Parts] = asyncio.get_running_loop().create_future()
    # Asked before anything is served: the page's file of chats is another playground's, if the database is.
    another = open_database(Settings(settings.config, environment), SystemClock())
    try:
        another.lock()
    finally:
        await another.close()
    async with _listening(server, address):
        people = seed_world(server)
        serving = asyncio.create_task(
            run(Settings(settings.config, environment), stop, watch=True, ready=parts.set_result)
        )
        either: set[asyncio.Future[Any]] = {serving, parts}  # a start that fails has no parts
        await asyncio.wait(either, return_when=asyncio.FIRST_COMPLETED)
        if parts.done():
            server.on_reset = lambda: _start_again(parts.result(), server)
            await _settle_in(parts.result(), people)
            say(
                f"Trợ lý đang chạy thử: mở {server.url} "
                "(người dân, hai tình nguyện viên, nhóm Tổ, quản trị trên một trang). "
                "Chưa có TELEGRAM_BOT_TOKEN nên chưa nối Telegram thật: xem README."
            )
        await serving


@asynccontextmanager
async def _listening(server: BotApiServer, address: str) -> AsyncIterator[None]:
    try:
        await server.start()
    except OSError:
        raise UsageError(
            f"Không mở được trang chạy thử ở {address}: cổng đang có chương trình khác dùng, hoặc địa chỉ không phải "
            "của máy này. Chọn địa chỉ khác: .venv/bin/python -m bot run --playground 127.0.0.1:8090"
        ) from None
    try:
        yield
    finally:
        await server.stop()


async def _start_again(parts: Parts, server: BotApiServer) -> None:
    await parts.database.empty()
    await _keep_territories(parts.database, parts.desk)
    await _settle_in(parts, seed_world(server))


async def _settle_in(parts: Parts, people: SeededWorld) -> None:
    """Let the playground's people join as real ones do: by invite, by /ketnoi. Once."""
    async with parts.database.work() as work:
        if await work.members.admins():
            return
        team = await work.teams.default(parts.desk.config.helpdesk.default_team)
        codes = []
        for role in (Role.LEADER, Role.VOLUNTEER):
            codes.append(parts.desk.new_code())
            await work.invites.add(codes[-1], team.id, role, "all", None, parts.desk.config.conversation.invite_days)
    await people.admin.start()
    await people.minh.start(f"moi_{codes[0]}")
    await people.hoa.start(f"moi_{codes[1]}")
    await people.admin.say("/ketnoi", chat=people.group)
    await people.admin.wait_for("phiếu", chat=people.group)


async def _watch(parts: Parts) -> None:
    async for _ in changes(parts.desk.knowledge.root):
        try:
            async with parts.database.reading() as work:
                published = await work.guide_versions.in_force()
            guides = await parts.desk.knowledge.reload(published, parts.desk.knowledge.version)
            _log.info("guides reloaded", guides=guides)
        except ContentError as error:
            for finding in error.findings:
                _log.error("guides stay as they were", finding=str(finding))
        except OSError as error:  # an editor that saves puts files away and back; the next burst tells of it
            _log.warning("guides stay as they were", error=type(error).__name__)


async def _let_go(database: Database) -> None:
    """What a former process of ours left half done is taken up at once, where nobody else can be at it."""
    if database.is_sqlite:
        async with database.work() as work:
            await work.inbox.let_go()
            await work.outbox.let_go()
            await work.guide_versions.let_go()


async def _keep_territories(database: Database, desk: Desk) -> None:
    territories = desk.catalogue.territories
    async with database.work() as work:
        await work.territories.sync(territories.rows(), territories.version)


def _webhook_door(settings: Settings, intake: Intake, channel: TelegramChannel) -> WebhookDoor | None:
    environment = settings.environment
    if not environment.webhook_url or not environment.webhook_secret:
        return None
    return WebhookDoor(intake, channel.bot.partition(":")[2], environment.webhook_secret.get_secret_value())


def _readiness(parts: Parts) -> Ready:
    async def ready() -> dict[str, bool]:
        return {
            "migrated": await migrating.is_current(parts.database),
            "guides": parts.desk.knowledge.ready,
            "bot": parts.channel.reached,
        }

    return ready


def _gauges(parts: Parts, measures: Measures) -> Refresh:
    async def refresh_gauges() -> None:
        async with parts.database.reading() as work:
            measures.inbox.set(await work.inbox.waiting())
            measures.outbox.set(await work.outbox.waiting())
        measures.guides.set(len(parts.desk.catalogue))

    return refresh_gauges
