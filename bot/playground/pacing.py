"""Telegram's own sending limits, when switched on."""

from __future__ import annotations

import math
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field

from bot.playground.refusals import too_many_requests


@dataclass
class Pacing:
    """How fast a bot may send; numbers from Telegram's bot FAQ.

    Attributes:
        enabled: off, nothing is ever refused.
        burst: messages a chat takes at once before one a second holds.
        per_group: messages a minute in one group.
        overall: messages a second over all chats.
    """

    enabled: bool = False
    burst: int = 5
    per_group: int = 20
    overall: int = 30
    _chats: dict[tuple[int, int], tuple[float, float]] = field(default_factory=dict, repr=False)
    _groups: dict[tuple[int, int], deque[float]] = field(default_factory=dict, repr=False)
    _all: dict[int, deque[float]] = field(default_factory=dict, repr=False)

    def check(self, now: Callable[[], float], bot_id: int, chat_id: int) -> None:
        """Count one message.

        Raises:
            Refusal: 429, too fast; the message is not counted then.
        """
        if not self.enabled:
            return
        at = now()
        key = (bot_id, chat_id)
        waits = [_window(self._all.setdefault(bot_id, deque()), at, self.overall, 1.0)]
        if chat_id < 0:
            waits.append(_window(self._groups.setdefault(key, deque()), at, self.per_group, 60.0))
        tokens, since = self._chats.get(key, (float(self.burst), at))
        tokens = min(self.burst, tokens + (at - since))
        waits.append(1.0 - tokens)
        wait = max(waits)
        if wait > 0:
            raise too_many_requests(max(1, math.ceil(wait)))
        self._chats[key] = (tokens - 1.0, at)
        self._all[bot_id].append(at)
        if chat_id < 0:
            self._groups[key].append(at)


def _window(times: deque[float], at: float, limit: int, seconds: float) -> float:
    """Seconds until one more fits into the window; 0 or less when it fits now."""
    while times and times[0] <= at - seconds:
        times.popleft()
    return times[0] + seconds - at if len(times) >= limit else 0.0
