"""A bell: wakes a loop when there is work, or when the time is up."""

from __future__ import annotations

import asyncio


class Bell:
    """Rung by whoever made work; the loop that does it waits here."""

    def __init__(self) -> None:
        self._event = asyncio.Event()

    def ring(self) -> None:
        """There is work."""
        self._event.set()

    async def wait(self, seconds: float) -> None:
        """Return when rung, or after so many seconds at most."""
        try:
            async with asyncio.timeout(seconds):
                await self._event.wait()
        except TimeoutError:
            pass
        self._event.clear()
