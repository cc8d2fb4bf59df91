"""The channel's limits: so many messages a second, in a chat, in a group."""

from __future__ import annotations

import time
from collections import OrderedDict, deque
from collections.abc import Callable
from typing import Protocol

from bot.config import Delivery

_MOST_CHATS = 10_000


class Limit(Protocol):
    """Says when the next one may go."""

    def take(self, now: float) -> float:
        """Take the next place; how many seconds to wait for it. The place is taken in any case."""
        ...

    def idle(self, now: float) -> bool:
        """Whether it may be forgotten, since nothing it remembers matters any more."""
        ...


class Bucket:
    """Bursts up to ``capacity``, then ``per_second``: for a chat, where Telegram bears a short burst."""

    def __init__(self, capacity: float, per_second: float, now: float) -> None:
        self._capacity = capacity
        self._per_second = per_second
        self._tokens = capacity
        self._at = now

    def take(self, now: float) -> float:
        """See `Limit`."""
        self._tokens = min(self._capacity, self._tokens + (now - self._at) * self._per_second)
        self._at = now
        self._tokens -= 1
        return max(0.0, -self._tokens / self._per_second)

    def idle(self, now: float) -> bool:
        """See `Limit`."""
        return self._tokens + (now - self._at) * self._per_second >= self._capacity


class Window:
    """At most ``most`` in any ``seconds``: for what Telegram counts strictly; a bucket would let twice as many pass."""

    def __init__(self, most: int, seconds: float) -> None:
        self._seconds = seconds
        self._taken: deque[float] = deque(maxlen=most)

    def take(self, now: float) -> float:
        """See `Limit`."""
        full = len(self._taken) == self._taken.maxlen
        at = max(now, self._taken[0] + self._seconds) if full else now
        self._taken.append(at)
        return at - now

    def idle(self, now: float) -> bool:
        """See `Limit`."""
        return not self._taken or self._taken[-1] + self._seconds <= now


class Pacing:
    """Lets messages leave no faster than the channel takes them.

    For each message ask ``chat`` and wait, then ``all`` and wait, then send.
    """

    def __init__(self, limits: Delivery, time_of: Callable[[], float] = time.monotonic) -> None:
        self._limits = limits
        self._time = time_of
        self._all = Window(max(1, int(limits.per_second)), 1.0)
        self._chats: OrderedDict[str, Limit] = OrderedDict()
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

    def chat(self, chat: str, *, group: bool) -> float:
        """Seconds until the next message to this chat may leave."""
        now = self._time()
        limit = self._chats.get(chat)
        if limit is None:
            limits = self._limits
            limit = (
                Window(limits.per_group_per_minute, 60.0)
                if group
                else Bucket(limits.per_chat_burst, limits.per_chat_per_second, now)
            )
            self._chats[chat] = limit
        self._chats.move_to_end(chat)
        while len(self._chats) > 1 and (len(self._chats) > _MOST_CHATS or next(iter(self._chats.values())).idle(now)):
            self._chats.popitem(last=False)
        return limit.take(now)

    def all(self) -> float:
        """Seconds until the next message to anybody may leave."""
        now = self._time()
        return max(self._paused_until - now, self._all.take(now))
