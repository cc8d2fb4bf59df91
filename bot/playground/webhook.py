"""Delivery to a webhook: in order, one at a time, again and again until it is taken."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

import aiohttp

from bot.playground.changes import Changes
from bot.playground.updates import UpdateQueue
from bot.playground.world import World

# Telegram's own patience is longer; a test's is not.
TIMEOUT_SECONDS = 30.0
BACKOFF_SECONDS = (1.0, 2.0, 4.0, 8.0, 16.0, 30.0)


class WebhookDelivery:
    """Posts one bot's updates to its webhook while one is set."""

    def __init__(
        self, world: World, bot_id: int, queue: UpdateQueue, backoff: Sequence[float] = BACKOFF_SECONDS
    ) -> None:
        self._world = world
        self._bot_id = bot_id
        self._queue = queue
        self._backoff = backoff

    async def run(self) -> None:
        """Deliver until cancelled."""
        timeout = aiohttp.ClientTimeout(total=TIMEOUT_SECONDS)
        async with aiohttp.ClientSession(timeout=timeout) as session:
            while True:
                if not (self._queue.webhook.url and self._queue.pending):
                    await self._queue.arrived.wait()
                    # A long poll uses the same event; it clears it itself before it waits.
                    if not self._queue.webhook.url or not self._queue.pending:
                        self._queue.arrived.clear()
                        continue
                await self._deliver_first(session)

    async def _deliver_first(self, session: aiohttp.ClientSession) -> None:
        failures = 0
        update_id, update = self._queue.pending[0]
        while self._queue.webhook.url and self._queue.pending and self._queue.pending[0][1] is update:
            problem = await self._post(session, update)
            if not problem:
                if self._queue.pending and self._queue.pending[0][1] is update:
                    del self._queue.pending[0]
                self._tell("delivered", update_id)
                return
            hook = self._queue.webhook
            hook.last_error_date, hook.last_error_message = int(self._world.now()), problem
            self._tell("undelivered", update_id)
            await asyncio.sleep(self._backoff[min(failures, len(self._backoff) - 1)])
            failures += 1

    def _tell(self, kind: str, update_id: int) -> None:
        changes: Changes = self._world.changes
        changes.tell(kind, bot=self._bot_id, update=update_id)

    async def _post(self, session: aiohttp.ClientSession, update: object) -> str:
        """Post once; returns what went wrong, in Telegram's words, or nothing."""
        hook = self._queue.webhook
        headers = {"X-Telegram-Bot-Api-Secret-Token": hook.secret_token} if hook.secret_token else {}
        try:
            async with session.post(hook.url, json=update, headers=headers, allow_redirects=False) as answer:
                if 200 <= answer.status < 300:
                    return ""
                return f"Wrong response from the webhook: {answer.status} {answer.reason}"
        except TimeoutError:
            return "Read timeout expired"
        except (aiohttp.ClientError, OSError):
            return "Connection refused"
