"""A Telegram of our own: the Bot API over HTTP, the people who use it, and a page of phones to try the bot on.

It imitates Bot API 10.0 (what python-telegram-bot 22.8 speaks) for the methods listed in ``specification.METHODS``, as
strictly as tdlib/telegram-bot-api and in its words; any other method is a 404 and a violation. Left out on purpose:
Markdown (this house writes HTML), fetching files by address, inline messages' editing, payments, channels, stories,
business accounts. Nothing here knows the helpdesk; nothing outside this room imports aiohttp for it.
"""

from __future__ import annotations

from bot.playground.calls import Call, Violation
from bot.playground.faults import Fault
from bot.playground.pacing import Pacing
from bot.playground.people import CannotDo
from bot.playground.person import Person, Toast
from bot.playground.seed import SeededWorld, seed_world
from bot.playground.seen import Button, SeenMessage
from bot.playground.server import DEFAULT_TOKEN, BotApiServer
from bot.playground.world import Chat

__all__ = [
    "DEFAULT_TOKEN",
    "BotApiServer",
    "Button",
    "Call",
    "CannotDo",
    "Chat",
    "Fault",
    "Pacing",
    "Person",
    "SeededWorld",
    "SeenMessage",
    "Toast",
    "Violation",
    "seed_world",
]
