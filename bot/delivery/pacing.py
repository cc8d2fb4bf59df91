"""The channel's limits: so many messages a second, in a chat, in a group."""

from __future__ import annotations

import asyncio
import time
from collections import OrderedDict
from collections.abc import Callable

from bot.config import Delivery

_MOST_CHATS = 10_000


class Bucket:
    """A token bucket: bursts up to ``capacity``, then ``per_second``."""

    def __init__(self, capacity: float, per_second: float, now: float) -> None:
        self._capacity = capacity
        self._per_second = per_second
        self._tokens = capacity
        self._at = now

    def take(self, now: float) -> float:
        """Take one token; how many seconds to wait for it. The token is taken in any case."""
        self._tokens = min(self._capacity, self._tokens + (now - self._at) * self._per_second)
        self._at = now
        self._tokens -= 1
        return max(0.0, -self._tokens / self._per_second)

    def full(self, now: float) -> bool:
        """Whether nothing was taken for long enough to forget it."""
        return self._tokens + (now - self._at) * self._per_second >= self._capacity


class Pacing:
    """Lets messages leave no faster than the channel takes them."""

    def __init__(self, limits: Delivery, time_of: Callable[[], float] = time.monotonic) -> None:
        self._limits = limits
        self._time = time_of
        self._all = Bucket(limits.per_second, limits.per_second, time_of())
        self._chats: OrderedDict[str, Bucket] = OrderedDict()
        self._paused_until = 0.0
        self._told: dict[str, float] = {}

    def told_to_wait(self, chat: str, seconds: float) -> None:
        """The channel asked to wait with a chat.

        It does not say whether the chat's limit was hit or the bot's: told for several chats at once, everything waits.
        """
        now = self._time()
        self._told = {other: until for other, until in self._told.items() if until > now}
        self._told[chat] = now + seconds
        if len(self._told) > 1:
            self._paused_until = max(self._told.values())

    async def wait(self, chat: str, *, group: bool) -> None:
        """Return when the next message to this chat may leave."""
        now = self._time()
        seconds = max(self._chat(chat, group, now).take(now), self._all.take(now), self._paused_until - now)
        if seconds > 0:
            await asyncio.sleep(seconds)

    def _chat(self, chat: str, group: bool, now: float) -> Bucket:
        bucket = self._chats.get(chat)
        if bucket is None:
            limits = self._limits
            bucket = (
                Bucket(limits.per_group_per_minute, limits.per_group_per_minute / 60, now)
                if group
                else Bucket(limits.per_chat_burst, limits.per_chat_per_second, now)
            )
            self._chats[chat] = bucket
        self._chats.move_to_end(chat)
        while len(self._chats) > _MOST_CHATS or next(iter(self._chats.values())).full(now):
            if len(self._chats) == 1:
                break
            self._chats.popitem(last=False)
        return bucket
