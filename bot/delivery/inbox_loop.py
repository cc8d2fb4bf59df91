"""Takes updates out of the inbox: in order within a chat, chats side by side, each in one unit of work."""

from __future__ import annotations

import asyncio

from bot import log
from bot.config import Delivery
from bot.delivery.bell import Bell
from bot.delivery.channel import AfterCommit, Channel
from bot.delivery.measures import Measures
from bot.helpdesk.desk import Desk
from bot.helpdesk.sweep import report_poison
from bot.model.delivery import Arrival
from bot.storage.database import Database

# Another process may have stored an update, or a lease may run out: look at least this often.
_LOOK_EVERY_SECONDS = 1.0
_AT_ONCE = 32

_log = log.get(__name__)


class InboxLoop:
    """Handles what came in."""

    def __init__(
        self,
        database: Database,
        channel: Channel,
        desk: Desk,
        limits: Delivery,
        bell: Bell,
        outgoing: Bell,
        measures: Measures,
    ) -> None:
        self._database = database
        self._channel = channel
        self._desk = desk
        self._limits = limits
        self._bell = bell
        self._outgoing = outgoing
        self._measures = measures
        self._stopping = False

    def stop(self) -> None:
        """Take no more; what is being handled is finished, then ``run`` returns."""
        self._stopping = True
        self._bell.ring()

    async def run(self) -> None:
        """Until stopped."""
        async with asyncio.TaskGroup() as running:
            places = asyncio.Semaphore(_AT_ONCE)
            while not self._stopping:
                try:
                    more = await self._begin(running, places)
                except Exception:
                    _log.exception("inbox not read")  # the database is away for a while
                    await asyncio.sleep(_LOOK_EVERY_SECONDS)
                else:
                    if not more:
                        await self._bell.wait(_LOOK_EVERY_SECONDS)

    async def _begin(self, running: asyncio.TaskGroup, places: asyncio.Semaphore) -> bool:
        """Begin with what waits; whether there may be more that could be begun with now."""
        await places.acquire()
        places.release()
        async with self._database.work() as work:
            arrivals = await work.inbox.claim(self._channel.bot, _AT_ONCE, self._limits.lease_seconds)
        for arrival in arrivals:
            # One that a process died of is handled alone: or those beside it would be suspected when it kills again.
            taken = _AT_ONCE if arrival.suspect else 1
            for _ in range(taken):
                await places.acquire()
            task = running.create_task(self._take(arrival))
            task.add_done_callback(lambda _, taken=taken: self._free(places, taken))  # type: ignore[misc]
        return len(arrivals) == _AT_ONCE or any(arrival.suspect for arrival in arrivals)

    def _free(self, places: asyncio.Semaphore, taken: int) -> None:
        for _ in range(taken):
            places.release()
        self._bell.ring()  # the chat's next update may be taken now

    async def _take(self, arrival: Arrival) -> None:
        try:
            if arrival.attempts > self._limits.poison_attempts:
                # It killed the process each time, so its failure could not be written down.
                await self._give_up(arrival, "process died")
            else:
                await self._handle(arrival)
        except Exception:
            _log.exception("update left to its lease", row=arrival.row)

    async def _handle(self, arrival: Arrival) -> None:
        after: AfterCommit | None = None
        try:
            async with self._database.work() as work:
                after = await self._channel.handle(arrival, work, self._desk)
                await work.inbox.done(arrival.row)
        except Exception as error:
            self._measures.failed.inc()
            _log.exception("update failed", row=arrival.row, attempt=arrival.attempts)
            await self._failed(arrival, type(error).__name__)
            return
        self._measures.handled.inc()
        self._outgoing.ring()
        await self._finally(after)

    async def _failed(self, arrival: Arrival, error: str) -> None:
        if arrival.attempts >= self._limits.poison_attempts:
            await self._give_up(arrival, error)
            return
        async with self._database.work() as work:
            await work.inbox.again(arrival.row, error, after_seconds=0.2 * 4 ** (arrival.attempts - 1))

    async def _give_up(self, arrival: Arrival, error: str) -> None:
        # By itself, before anything is told: whatever else fails, the chat's next update must not wait for it.
        async with self._database.work() as work:
            if not await work.inbox.quarantine(arrival.row, error):
                return
        _log.error("update put aside", row=arrival.row, error=error)
        self._measures.quarantined.inc()
        async with self._database.work() as work:
            await report_poison(work)
            after = await self._channel.failed(arrival, work, self._desk)
        self._outgoing.ring()
        await self._finally(after)

    async def _finally(self, after: AfterCommit | None) -> None:
        if after is None:
            return
        try:
            await after()
        except Exception as error:
            # The outcome is kept already; only the small answer to a press is lost.
            _log.warning("answer to a press lost", error=type(error).__name__)
