"""The table by hand against what python-telegram-bot, generated from the same documentation, knows."""

from __future__ import annotations

import inspect

import pytest
import telegram

from bot.playground.methods import HANDLERS
from bot.playground.specification import METHODS, OBJECTS, check_call, parameters_of

# What PTB adds for itself, and shorthands it turns into documented parameters.
OWN = {"self", "read_timeout", "write_timeout", "connect_timeout", "pool_timeout", "api_kwargs", "args", "kwargs"}
SHORT = {
    "filename", "location", "contact", "reply_to_message_id", "allow_sending_without_reply", "disable_web_page_preview",
    "current_offset", "auto_pagination",
}  # fmt: skip


def names(callable_: object) -> set[str]:
    return set(inspect.signature(callable_).parameters) - OWN - SHORT


@pytest.mark.parametrize("method", sorted(METHODS))
def test_methods(method: str):
    expected = names(getattr(telegram.Bot, method))
    if method == "sendMediaGroup":
        expected -= {"caption", "parse_mode", "caption_entities"}  # PTB moves these into the first medium
    assert set(parameters_of(METHODS[method])) == expected


@pytest.mark.parametrize(
    "name",
    [
        "InlineKeyboardButton",
        "KeyboardButton",
        "LinkPreviewOptions",
        "MessageEntity",
        "ReplyKeyboardMarkup",
        "BotCommand",
    ],
)
def test_objects(name: str):
    assert set(parameters_of(OBJECTS[name])) == names(getattr(telegram, name).__init__)


def test_every_method_has_both():
    assert set(METHODS) == set(HANDLERS)


def test_version():
    assert telegram.constants.BOT_API_VERSION == "10.0"


def test_recursion():
    markup = {"inline_keyboard": [[{"text": "x", "callback_data": "1", "colour": "red"}, {"callback_data": "2"}]]}
    values = {"chat_id": 1, "text": "x", "reply_markup": markup, "entities": [{"type": "bold", "offset": 0}]}
    assert sorted(check_call("sendMessage", values, set())) == [
        "entities[0]: missing field 'length' of MessageEntity",
        "reply_markup.inline_keyboard[0][0]: unknown field 'colour' of InlineKeyboardButton",
        "reply_markup.inline_keyboard[0][1]: missing field 'text' of InlineKeyboardButton",
    ]
