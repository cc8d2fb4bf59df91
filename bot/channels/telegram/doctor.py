"""One call, to see whether Telegram is there and knows us."""

from __future__ import annotations

from telegram import Bot
from telegram.error import TelegramError

from bot.channels.telegram.request import AiohttpRequest


async def who_am_i(token: str, api: str) -> str | None:
    """The bot's user name; None where Telegram does not answer or does not know the token."""
    bot = Bot(token, base_url=f"{api.rstrip('/')}/bot", request=AiohttpRequest(), get_updates_request=AiohttpRequest())
    try:
        async with bot:
            return str(bot.username)
    except TelegramError:
        return None
