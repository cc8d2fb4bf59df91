"""The Bot API's server: bots on one side, people on the other, and what a test looks into."""

# ruff: noqa: ASYNC109 -- waiting for a given time at most is what these are for

from __future__ import annotations

import asyncio
import random
from collections.abc import Awaitable, Callable, Sequence
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from aiohttp import web

from bot.clock import Clock, SystemClock
from bot.playground.announcements import Announcements
from bot.playground.answering import Answering
from bot.playground.calls import Call
from bot.playground.faults import Fault, Faults
from bot.playground.groups import Groups
from bot.playground.pacing import Pacing
from bot.playground.page import add_page
from bot.playground.people import People
from bot.playground.person import Person
from bot.playground.refusals import Refusal
from bot.playground.sim import add_sim, guard
from bot.playground.snapshot import SnapshotFile
from bot.playground.updates import UpdateQueue
from bot.playground.webhook import BACKOFF_SECONDS, WebhookDelivery
from bot.playground.world import SUPERGROUP, BotAccount, Chat, World

DEFAULT_TOKEN = "7000000001:AAEhBOweik6ad9r_playground_only_here"
DEFAULT_BOT_NAME = "Trợ lý số (chạy thử)"
FIRST_UPDATE_ID = 100_000_001
MAX_BODY = 60 * 1024 * 1024


class BotApiServer:
    """An embedded Telegram: the Bot API on one side, people on the other.

    Attributes:
        world: everything that exists.
        calls: what bots asked, in order (in the end the oldest fall out).
        violations: what they asked wrongly; see ``assert_clean``.
        faults: trouble on demand.
        pacing: Telegram's sending limits, off unless ``enabled``.
        people: acts by ids; ``person`` gives the comfortable way.
        groups: acts on groups by ids.
    """

    def __init__(
        self,
        host: str = "127.0.0.1",
        port: int = 0,
        *,
        clock: Clock | None = None,
        first_update_id: int | None = None,
        update_id_jump: float = 0.0,
        pacing: Pacing | None = None,
        webhook_backoff: Sequence[float] = BACKOFF_SECONDS,
        snapshot: Path | None = None,
        on_reset: Callable[[], Awaitable[None]] | None = None,
        seed: int | None = None,
    ) -> None:
        """Nothing listens before ``start`` or ``async with``.

        Args:
            host: address to listen on.
            port: 0 takes any free one.
            clock: dates of messages, age of button presses, pacing.
            first_update_id: id of a bot's first update. By default ``FIRST_UPDATE_ID``; with a snapshot the present
                second, so that a bot whose database outlived the snapshot does not take new updates for old ones.
            update_id_jump: chance (0-1) that an update's id jumps anywhere.
            pacing: limits to begin with.
            webhook_backoff: seconds between attempts; the last one repeats.
            snapshot: file that keeps the world between runs.
            on_reset: awaited by ``/sim/reset`` after the chats are emptied.
            seed: of the random jumps.
        """
        self._clock = clock or SystemClock()
        self._host, self._port = host, port
        fresh = int(self._clock.now().timestamp()) if snapshot else FIRST_UPDATE_ID
        self._first_update_id, self._jump = first_update_id or fresh, update_id_jump
        self._backoff = webhook_backoff
        self._rng = random.Random(seed)
        self.world = World(lambda: self._clock.now().timestamp())
        self.queues: dict[int, UpdateQueue] = {}
        self.faults = Faults(self.world.changes)
        self.pacing = pacing or Pacing()
        self.people = People(self.world, Announcements(self.world, self.queues, self.faults))
        self.groups = Groups(self.people)
        self._answering = Answering(self.people, self.queues, self.faults, self.pacing)
        self.calls, self.violations = self._answering.calls, self._answering.violations
        self.on_reset = on_reset
        self.closing = asyncio.Event()
        self._runner: web.AppRunner | None = None
        self._tasks: list[asyncio.Task[None]] = []
        self._snapshot = SnapshotFile(snapshot, self.world, self.queues) if snapshot else None
        if self._snapshot:
            for bot_id, state in self._snapshot.read().items():
                queue = self._queue(bot_id, state["next_id"])
                for update_id, update in state["pending"]:
                    queue.restore(update_id, update)

    # -- life ---------------------------------------------------------------------------------------------------

    async def start(self) -> None:
        """Listen; ``url`` is known from here on."""
        app = web.Application(client_max_size=MAX_BODY, middlewares=[guard(self._host)])
        app.router.add_route("*", "/bot{token:[^/]+}/{method:[^/]+}", self._answering.method)
        app.router.add_get("/file/bot{token:[^/]+}/{path:.+}", self._answering.file)
        add_sim(app, self)
        add_page(app, self)
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=1.0)
        await self._runner.setup()
        site = web.TCPSite(self._runner, self._host, self._port)
        await site.start()
        self._port = self._runner.addresses[0][1]
        if self._snapshot:
            self._tasks.append(asyncio.create_task(self._snapshot.run()))
        for bot_id in self.queues:
            self._deliver(bot_id)

    async def stop(self) -> None:
        """Stop listening; held calls and long polls end."""
        self.closing.set()
        self.faults.clear()
        self.world.changes.tell("closing")
        for queue in self.queues.values():
            queue.interrupt(Refusal(502, "Bad Gateway"))
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        self._tasks.clear()
        if self._runner:
            await self._runner.cleanup()
            self._runner = None
        if self._snapshot:
            self._snapshot.write()

    async def __aenter__(self) -> Self:
        await self.start()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.stop()

    @property
    def url(self) -> str:
        """``http://host:port``, what ``HELPDESK_TELEGRAM_API`` takes."""
        host = "127.0.0.1" if self._host in ("", "0.0.0.0") else self._host
        return f"http://[{host}]:{self._port}" if ":" in host else f"http://{host}:{self._port}"

    # -- who is there -------------------------------------------------------------------------------------------

    def add_bot(
        self,
        token: str = DEFAULT_TOKEN,
        name: str = DEFAULT_BOT_NAME,
        username: str = "tro_ly_so_thu_bot",
        **about: Any,
    ) -> BotAccount:
        """Register a bot; its id is the number before the colon. The first one is everyone's default."""
        bot_id = int(token.split(":", 1)[0])
        known = self.world.bots.get(bot_id)
        if known:
            known.token, known.first_name, known.username = token, name, username
            return known
        bot = BotAccount(bot_id, token, name, username, **about)
        self.world.bots[bot_id] = bot
        self._queue(bot_id, self._first_update_id)
        if self._runner:
            self._deliver(bot_id)
        return bot

    def _queue(self, bot_id: int, next_id: int) -> UpdateQueue:
        queue = UpdateQueue(next_id, jump=self._jump, rng=self._rng)
        self.queues[bot_id] = queue
        return queue

    def _deliver(self, bot_id: int) -> None:
        delivery = WebhookDelivery(self.world, bot_id, self.queues[bot_id], self._backoff)
        self._tasks.append(asyncio.create_task(delivery.run()))

    def person(self, name: str, user_id: int | None = None, username: str = "", language_code: str = "vi") -> Person:
        """A person with a phone; the same id gives the same account."""
        user = self.people.add_user(name, user_id, username, language_code)
        return Person(self.people, self.groups, user.id)

    def group(
        self,
        title: str,
        *members: Person,
        kind: str = SUPERGROUP,
        forum: bool = False,
        bot: str | None = "administrator",
        chat_id: int | None = None,
    ) -> Chat:
        """A group in which everyone named already is; the first one created it.

        Args:
            title: its name.
            members: people in it, at least one.
            kind: ``supergroup`` or ``group``.
            forum: with topics.
            bot: the default bot's place (``administrator``, ``member``), None to leave it out. Told by my_chat_member
                and a service message, like everything that happens.
            chat_id: a number of one's own choice.
        """
        chat = self.groups.create(title, members[0].id, kind=kind, forum=forum, chat_id=chat_id)
        for member in members[1:]:
            self.groups.join(chat, member.id)
        if bot:
            self.groups.set_status(chat, self.people.bot().id, bot, actor_id=members[0].id)
        return chat

    # -- looking ------------------------------------------------------------------------------------------------

    def calls_of(self, method: str, when: str | Callable[[Call], bool] | None = None) -> list[Call]:
        """Calls of one method, narrowed by text in their parameters or by a predicate."""
        probe = Fault("slow", method, times=-1, when=when)
        return [call for call in self.calls if probe.matches(call.method, call.params, call)]

    async def wait_for_call(
        self,
        method: str,
        when: str | Callable[[Call], bool] | None = None,
        *,
        count: int = 1,
        answered: bool = True,
        timeout: float = 10.0,
    ) -> Call:
        """The ``count``-th such call, when it has come (and, by default, been answered).

        Raises:
            TimeoutError: it did not.
        """

        def look() -> Call | None:
            found = [call for call in self.calls_of(method, when) if not answered or call.status]
            return found[count - 1] if len(found) >= count else None

        return await self.world.changes.until(look, timeout, lambda: f"no call {method} with {when!r}")

    async def quiet(self, seconds: float = 0.3, timeout: float = 10.0) -> None:
        """Wait until no bot has called anything but getUpdates for so long, and nothing waits for it.

        Raises:
            TimeoutError: it never became quiet.
        """
        async with asyncio.timeout(timeout):
            while True:
                seen = self._busy_count()
                try:
                    await self.world.changes.until(
                        lambda seen=seen: True if self._busy_count() != seen else None,  # type: ignore[misc]
                        seconds,
                        str,
                    )
                except TimeoutError:
                    if not any(queue.pending for queue in self.queues.values()):
                        return

    def _busy_count(self) -> tuple[int, int]:
        busy = [call for call in self.calls if call.method != "getUpdates"]
        return len(busy), sum(call.status == 0 for call in busy)

    def assert_clean(self) -> None:
        """Fail when a bot asked for anything Telegram does not know.

        Raises:
            AssertionError: with every violation.
        """
        if self.violations:
            raise AssertionError("\n".join(map(str, self.violations)))

    async def reset(self) -> None:
        """Empty every chat, forget calls, violations and faults, then let the app do the same with its own."""
        self.world.reset()
        for queue in self.queues.values():
            queue.clear()
        self.calls.clear()
        self.violations.clear()
        self.faults.clear()
        if self.on_reset:
            await self.on_reset()
