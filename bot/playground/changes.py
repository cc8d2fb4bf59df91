"""Waiting without sleeping: everything that alters the world wakes whoever waits for it."""

# ruff: noqa: ASYNC109 -- waiting for a given time at most is what these are for

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any, TypeVar

Json = dict[str, Any]
T = TypeVar("T")

# What a slow page may miss before it is told to fetch everything anew.
MAX_BACKLOG = 2_000


class Changes:
    """A counter that grows with every change, its waiters, and the listeners of the page's event stream."""

    def __init__(self) -> None:
        self.count = 0
        self._waiters: set[asyncio.Future[None]] = set()
        self._streams: set[asyncio.Queue[Json]] = set()

    def tell(self, kind: str, **what: Any) -> int:
        """Record a change; returns its number."""
        self.count += 1
        for waiter in self._waiters:
            if not waiter.done():
                waiter.set_result(None)
        event = {"number": self.count, "kind": kind, **what}
        for stream in self._streams:
            if stream.qsize() < MAX_BACKLOG:
                stream.put_nowait(event)
        return self.count

    async def until(self, look: Callable[[], T | None], timeout: float, missing: Callable[[], str]) -> T:
        """The first value ``look`` finds, now or after some change.

        Args:
            look: returns None while there is nothing yet.
            timeout: seconds to wait at most.
            missing: says what was waited for; called only when time is up.

        Raises:
            TimeoutError: nothing came.
        """
        loop = asyncio.get_running_loop()
        deadline = loop.time() + timeout
        while True:
            found = look()
            if found is not None:
                return found
            waiter: asyncio.Future[None] = loop.create_future()
            self._waiters.add(waiter)
            try:
                async with asyncio.timeout_at(deadline):
                    await waiter
            except TimeoutError:
                raise TimeoutError(missing()) from None
            finally:
                self._waiters.discard(waiter)

    def listen(self) -> asyncio.Queue[Json]:
        """A stream of every change from now on; give it back with ``ignore``."""
        stream: asyncio.Queue[Json] = asyncio.Queue()
        self._streams.add(stream)
        return stream

    def ignore(self, stream: asyncio.Queue[Json]) -> None:
        """End a stream."""
        self._streams.discard(stream)
