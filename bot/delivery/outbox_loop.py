"""Sends what waits in the outbox: in order within a chat, no faster than the channel takes it."""

from __future__ import annotations

import asyncio
from collections import Counter
from contextlib import suppress

from bot import log
from bot.clock import Clock
from bot.config import Delivery
from bot.delivery.bell import Bell
from bot.delivery.channel import Channel, Doubtful, Moved, NotSent, Refused, TooFast, Unreachable
from bot.delivery.measures import Measures
from bot.delivery.pacing import Pacing
from bot.helpdesk.brief import brief
from bot.helpdesk.delivered import undelivered
from bot.helpdesk.desk import Desk
from bot.helpdesk.groups import move_group
from bot.model.briefs import Brief
from bot.model.delivery import Departure, Mode
from bot.model.notices import Repeat
from bot.model.people import Chat
from bot.model.states import Delivered
from bot.storage.database import Database
from bot.storage.work import Work

_LOOK_EVERY_SECONDS = 1.0
_AT_ONCE = 32
# Whoever waits for an answer is not to wait much longer than Telegram was away.
_LONGEST_BACK_OFF_SECONDS = 15.0
# After a day an answer is of no use to anybody.
_MOST_ATTEMPTS = 6000

_log = log.get(__name__)


class OutboxLoop:
    """Sends what waits."""

    def __init__(
        self,
        database: Database,
        channel: Channel,
        desk: Desk,
        limits: Delivery,
        bell: Bell,
        clock: Clock,
        measures: Measures,
    ) -> None:
        self._database = database
        self._channel = channel
        self._desk = desk
        self._limits = limits
        self._bell = bell
        self._clock = clock
        self._pacing = Pacing(limits)
        self._measures = measures
        self._busy: set[str] = set()
        self._stumbles: Counter[int] = Counter()
        self._stopping = asyncio.Event()

    def stop(self) -> None:
        """Send no more; what is being sent is finished, then ``run`` returns."""
        self._stopping.set()
        self._bell.ring()

    async def run(self) -> None:
        """Until stopped."""
        async with asyncio.TaskGroup() as running:
            while not self._stopping.is_set():
                try:
                    wait = await self._begin(running)
                except Exception:
                    _log.exception("outbox not read")  # the database is away for a while
                    await self._stops_within(_LOOK_EVERY_SECONDS)
                else:
                    await self._bell.wait(wait)

    async def _begin(self, running: asyncio.TaskGroup) -> float:
        """Begin to send what may leave; how many seconds to wait before looking again."""
        room = _AT_ONCE - len(self._busy)
        async with self._database.reading() as work:
            ready, next_at = await work.outbox.heads(self._channel.bot, room, self._busy)
        for row, chat in ready:
            self._busy.add(chat)
            running.create_task(self._chat(row, chat))
        if next_at is None:
            return _LOOK_EVERY_SECONDS
        return min(_LOOK_EVERY_SECONDS, max(0.01, (next_at - self._clock.now()).total_seconds()))

    async def _chat(self, row: int, chat: str) -> None:
        """Send the first notice of a chat's line."""
        try:
            group = self._channel.is_group(Chat(self._channel.bot, chat))
            if await self._stops_within(self._pacing.chat(chat, group=group)):
                return
            if await self._stops_within(self._pacing.all()):
                return
            if taken := await self._take(row):
                await self._send(*taken)
        except Exception:
            # Where it was taken, its lease runs out and counts as a doubt: it may have left.
            _log.exception("sending failed", row=row)
        finally:
            self._busy.discard(chat)
            self._bell.ring()

    async def _stops_within(self, seconds: float) -> bool:
        """Wait; true where the end came first. Nobody who wants the process to end waits for a limit."""
        if seconds > 0:
            with suppress(TimeoutError):
                await asyncio.wait_for(self._stopping.wait(), seconds)
        return self._stopping.is_set()

    async def _take(self, row: int) -> tuple[Departure, Brief] | None:
        """The notice and what its view needs; None where there is nothing to be sent (any more)."""
        try:
            async with self._database.work() as work:
                departure = await work.outbox.claim(row, self._limits.lease_seconds)
                if departure is None:
                    return None
                if _not_to_be_repeated(departure):
                    await self._over(work, departure, Delivered.UNKNOWN, "in doubt")
                    return None
                return departure, await brief(work, self._desk, departure.notice, departure.chat)
        except Exception:
            await self._stumbled(row)
            raise

    async def _stumbled(self, row: int) -> None:
        """Our own program cannot read a notice: after some tries its chat goes on without it."""
        self._stumbles[row] += 1
        async with self._database.work() as work:
            if self._stumbles[row] < self._limits.poison_attempts:
                await work.outbox.later(row, _back_off(self._stumbles[row]), "internal")
            else:
                await work.outbox.finish(row, Delivered.REFUSED, "internal")
                del self._stumbles[row]

    async def _send(self, departure: Departure, facts: Brief) -> None:
        try:
            messages = await self._channel.send(departure, facts)
        except TooFast as wait:
            self._measures.waits.inc()
            self._pacing.told_to_wait(departure.chat.id, wait.seconds)
            await self._later(departure, wait.seconds, "429")
        except NotSent as error:
            await self._later(departure, _back_off(departure.attempts), error.code)
        except Doubtful as error:
            await self._doubt(departure, error.code)
        except Moved as moved:
            await self._move(departure, moved.chat)
        except Unreachable as error:
            await self._end(departure, Delivered.BLOCKED, error.code)
        except Refused as error:
            _log.warning("message refused", row=departure.row, notice=departure.notice.kind, code=error.code)
            await self._end(departure, Delivered.REFUSED, error.code)
        except Exception:
            # A view that fails now fails always; the chat must go on.
            _log.exception("notice not shown", row=departure.row, notice=departure.notice.kind)
            await self._end(departure, Delivered.REFUSED, "internal")
        else:
            await self._sent(departure, messages)

    async def _sent(self, departure: Departure, messages: tuple[str, ...]) -> None:
        async with self._database.work() as work:
            wanted = await work.outbox.slots_of(departure.row) if departure.slots else ()
            for name, message in zip(departure.slots, messages, strict=False):
                if name in wanted:
                    await work.slots.point(departure.chat, name, message)
            if departure.mode == Mode.DELETE:
                for name in departure.slots:
                    await work.slots.forget(departure.chat, name)
            await work.outbox.finish(departure.row, Delivered.SENT)
        self._measures.sent.inc()

    async def _later(self, departure: Departure, seconds: float, code: str) -> None:
        if departure.attempts >= _MOST_ATTEMPTS:
            await self._end(departure, Delivered.REFUSED, f"given up: {code}")
            return
        async with self._database.work() as work:
            await work.outbox.later(departure.row, seconds, code)

    async def _doubt(self, departure: Departure, code: str) -> None:
        """Whether it arrived is not known: repeat what may be repeated."""
        if departure.attempts >= _MOST_ATTEMPTS:
            await self._end(departure, Delivered.UNKNOWN, f"given up: {code}")
            return
        async with self._database.work() as work:
            await work.outbox.later(departure.row, _back_off(departure.attempts), code, doubtful=True)

    async def _move(self, departure: Departure, new_chat: str) -> None:
        async with self._database.work() as work:
            await work.outbox.later(departure.row, 0, "moved")
            await move_group(work, self._desk, departure.chat, Chat(departure.chat.bot, new_chat))

    async def _end(self, departure: Departure, state: Delivered, code: str) -> None:
        async with self._database.work() as work:
            await self._over(work, departure, state, code)

    async def _over(self, work: Work, departure: Departure, state: Delivered, code: str) -> None:
        self._measures.undelivered.labels(state).inc()
        await work.outbox.finish(departure.row, state, code)
        await undelivered(work, self._desk, departure, state, code)


def _not_to_be_repeated(departure: Departure) -> bool:
    """Whether it may have arrived already, and must not arrive twice."""
    if departure.doubts == 0 or departure.mode in (Mode.EDIT_ONLY, Mode.DELETE):
        return False
    if departure.mode == Mode.EDIT and all(departure.messages):
        return False
    return departure.notice.repeat == Repeat.NEVER or (departure.notice.repeat == Repeat.ONCE and departure.doubts > 1)


def _back_off(attempts: int) -> float:
    """Seconds to wait after so many attempts: 0.5, 1, 2, 4 … up to the longest."""
    return min(_LONGEST_BACK_OFF_SECONDS, 0.5 * 2.0 ** min(attempts - 1, 12))
