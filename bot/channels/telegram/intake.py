"""Updates come in, by polling or webhook: stored first, only then acknowledged."""

from __future__ import annotations

import asyncio
import hmac
import json
from typing import Any

from telegram.error import RetryAfter, TelegramError
from telegram.request import RequestData
from telegram.request._requestparameter import RequestParameter

from bot import log
from bot.channels.telegram.channel import ALLOWED, TelegramChannel
from bot.channels.telegram.errors import pause_after
from bot.delivery.bell import Bell
from bot.delivery.measures import Measures
from bot.storage.database import Database

_POLL_SECONDS = 25

_log = log.get(__name__)


class Intake:
    """Puts updates into the inbox."""

    def __init__(self, channel: TelegramChannel, database: Database, bell: Bell, measures: Measures) -> None:
        self._channel = channel
        self._database = database
        self._bell = bell
        self._measures = measures

    async def store(self, updates: list[dict[str, Any]]) -> None:
        """Keep updates; those known already are passed over."""
        bot = self._channel.bot
        async with self._database.work() as work:
            for update in updates:
                raw = json.dumps(update)  # escaped: a database takes neither half an emoji nor a NUL
                if await work.inbox.store(bot, str(update["update_id"]), chat_of(update), raw):
                    self._measures.received.inc()
        self._bell.ring()

    async def poll(self) -> None:
        """Ask Telegram for updates until cancelled.

        The offset is never compared with what was seen before: Telegram's update ids start anew at random after a quiet
        week. It only confirms the batch just stored, and is dropped once Telegram has nothing more.
        """
        offset: int | None = None
        failures = 0
        while True:
            try:
                updates = await self._next(offset)
                if updates:
                    await self.store(updates)
                offset = updates[-1]["update_id"] + 1 if updates else None
                failures = 0
            except RetryAfter as error:
                wait = error.retry_after
                await asyncio.sleep(float(wait if isinstance(wait, int) else wait.total_seconds()))
            except Exception as error:
                # Telegram, what stands before it, or the database: whatever it is, it is asked again.
                failures += 1
                known = isinstance(error, TelegramError)
                _log.warning("no updates", error=type(error).__name__, failures=failures, exc_info=not known)
                await asyncio.sleep(pause_after(failures))

    async def _next(self, offset: int | None) -> list[dict[str, Any]]:
        asked = {"timeout": _POLL_SECONDS, "limit": 100, "allowed_updates": list(ALLOWED)}
        if offset is not None:
            asked["offset"] = offset
        data = RequestData([RequestParameter.from_input(name, value) for name, value in asked.items()])
        answer = await self._channel.request.post(self._channel.updates_url, data, read_timeout=_POLL_SECONDS + 10)
        if not isinstance(answer, list) or not all(map(_is_update, answer)):
            raise TelegramError("not a list of updates")
        return answer


class WebhookDoor:
    """What the web server hands Telegram's calls to."""

    def __init__(self, intake: Intake, bot_id: str, secret: str) -> None:
        self._intake = intake
        self._bot_id = bot_id
        self._secret = secret.encode()

    async def __call__(self, bot_id: str, secret: str, body: bytes) -> int:
        """Store an update; the HTTP status to answer.

        A wrong bot or secret learns nothing: not which of the two, nor that there is a door.
        """
        right = hmac.compare_digest(secret.encode(errors="surrogateescape"), self._secret)
        if bot_id != self._bot_id:
            return 404
        if not right:
            return 401
        try:
            update = json.loads(body)
        except (ValueError, RecursionError):
            return 400
        if not _is_update(update):
            return 400
        await self._intake.store([update])
        return 200


def _is_update(update: object) -> bool:
    return isinstance(update, dict) and type(update.get("update_id")) is int


def chat_of(update: dict[str, Any]) -> str:
    """Updates of the same chat are handled in order."""
    for content in update.values():
        if not isinstance(content, dict):
            continue
        message = content.get("message", content)
        if isinstance(message, dict) and isinstance(message.get("chat"), dict):
            return str(message["chat"].get("id"))
        if isinstance(content.get("from"), dict):
            return str(content["from"].get("id"))
    return "-"
