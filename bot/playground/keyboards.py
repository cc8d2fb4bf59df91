"""Reply markup, read as strictly as Telegram reads it and in its words."""

from __future__ import annotations

import ipaddress
import json
from typing import Any
from urllib.parse import urlsplit

from bot.playground.refusals import bad_request

Json = dict[str, Any]

MAX_BUTTONS = 100
MAX_CALLBACK_BYTES = 64
ACTIONS = (
    "url",
    "callback_data",
    "web_app",
    "login_url",
    "switch_inline_query",
    "switch_inline_query_current_chat",
    "switch_inline_query_chosen_chat",
    "copy_text",
    "callback_game",
    "pay",
)
_BOOLEANS = {
    "resize_keyboard": "ReplyKeyboardMarkup",
    "one_time_keyboard": "ReplyKeyboardMarkup",
    "is_persistent": "ReplyKeyboardMarkup",
    "remove_keyboard": "ReplyKeyboardRemove",
    "selective": "reply markup",
    "force_reply": "reply markup",
}


def read_markup(value: Any) -> Json | None:
    """The markup a message gets; None where Telegram would show none.

    Raises:
        Refusal: anything Telegram refuses.
    """
    if value is None or value == "":
        return None
    if isinstance(value, str):
        try:
            value = json.loads(value)
        except (ValueError, RecursionError):
            raise bad_request("can't parse reply keyboard markup JSON object") from None
    if not isinstance(value, dict):
        raise bad_request("object expected as reply markup")
    for name, owner in _BOOLEANS.items():
        if name in value and not isinstance(value[name], bool):
            raise bad_request(f'field "{name}" of the {owner} must be of the type Boolean')
    keyboard = _rows(value, "keyboard", "ReplyKeyboardMarkup", "keyboard button", _reply_button)
    inline = _rows(value, "inline_keyboard", "InlineKeyboardMarkup", "inline keyboard button", _inline_button)
    if keyboard:
        return {**value, "keyboard": keyboard}
    if inline:
        return {"inline_keyboard": inline}
    if value.get("remove_keyboard") or value.get("force_reply"):
        return dict(value)
    return None


def _rows(markup: Json, name: str, owner: str, item: str, read: Any) -> list[list[Json]]:
    if name not in markup:
        return []
    rows = markup[name]
    if not isinstance(rows, list):
        raise bad_request(f'field "{name}" of the {owner} must be an Array')
    answer = []
    for row in rows:
        if not isinstance(row, list):
            raise bad_request(f'field "{name}" of the {owner} must be an Array of Arrays')
        if row:
            answer.append([read(button, item) for button in row])
    if sum(map(len, answer)) > MAX_BUTTONS:
        raise bad_request("reply markup is too long")
    return answer


def _text(button: Json, item: str) -> str:
    if "text" not in button:
        raise bad_request(f"can't parse {item}: Can't find field \"text\"")
    text = button["text"]
    if not isinstance(text, str):
        raise bad_request(f'can\'t parse {item}: Field "text" must be of type String')
    if not text.strip():
        raise bad_request(f"can't parse {item}: Button text must be non-empty")
    return text


def _reply_button(button: Any, item: str) -> Json:
    if isinstance(button, str):
        button = {"text": button}
    if not isinstance(button, dict):
        raise bad_request("can't parse keyboard button: KeyboardButton must be a String or an Object")
    _text(button, item)
    return dict(button)


def _inline_button(button: Any, item: str) -> Json:
    if not isinstance(button, dict):
        raise bad_request("can't parse inline keyboard button: InlineKeyboardButton must be an Object")
    _text(button, item)
    for name in ("url", "callback_data"):
        if name in button and not isinstance(button[name], str):
            raise bad_request(f'can\'t parse inline keyboard button: Field "{name}" must be of type String')
    if button.get("url"):
        return {**button, "url": _url(button["url"])}
    if button.get("callback_data"):
        if len(button["callback_data"].encode()) > MAX_CALLBACK_BYTES:
            raise bad_request("BUTTON_DATA_INVALID")
        return dict(button)
    if not any(name in button for name in ACTIONS[2:]):
        raise bad_request("can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard")
    return dict(button)


def _url(url: str) -> str:
    """A button's address, made whole.

    Raises:
        Refusal: with Telegram's reason.
    """
    wrong = f"inline keyboard button URL '{url}' is invalid"
    text = url.strip()
    scheme = text.split("://", 1)[0].lower() if "://" in text else ""
    if not scheme:
        if ":" in text.split("/", 1)[0] and not text.split(":", 1)[1][:1].isdigit():
            raise bad_request(f"{wrong}: Unsupported URL protocol")
        text = f"http://{text}"
    elif scheme in ("tg", "ton", "tonsite"):
        return text
    elif scheme not in ("http", "https"):
        raise bad_request(f"{wrong}: Unsupported URL protocol")
    try:
        host = urlsplit(text).hostname or ""
        _ = urlsplit(text).port
    except ValueError:
        raise bad_request(f"{wrong}: Wrong HTTP URL") from None
    if not _public_name(host) or any(char.isspace() for char in text):
        raise bad_request(f"{wrong}: Wrong HTTP URL")
    return text


def _public_name(host: str) -> bool:
    try:
        ipaddress.ip_address(host)
    except ValueError:
        # "localhost" and its like are refused: a phone could not open them.
        return "." in host.strip(".") and all(host.split("."))
    return True
