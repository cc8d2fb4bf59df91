"""From the raw update to the library's, also where the library does not know what somebody sent."""

from __future__ import annotations

from typing import Any

from telegram import Bot, ChatMember, Update

from bot import log

Json = dict[str, Any]

_GONE = (ChatMember.LEFT, ChatMember.BANNED)
_WHO_AND_WHERE = ("message_id", "date", "chat", "from", "sender_chat", "message_thread_id")
_SAID = ("text", "entities", "caption", "caption_entities", "media_group_id", "edit_date")
_CONTENT = ("photo", "video", "voice", "video_note", "audio", "document", "location", "contact", "sticker")

_log = log.get(__name__)


def read_update(raw: Json, bot: Bot) -> Update:
    """The update; where the library cannot read all of it, only what the helpdesk goes by.

    Telegram adds kinds of content faster than the library learns them. A question must not be put aside because the
    message it answers carries something new.
    """
    try:
        return Update.de_json(raw, bot)
    except (TypeError, KeyError, ValueError, AttributeError) as error:
        _log.info("update read in part", error=type(error).__name__)
        return Update.de_json({kind: _plain(kind, content) for kind, content in raw.items()}, bot)


def _plain(kind: str, content: Any) -> Any:
    if not isinstance(content, dict):
        return content
    if kind in ("message", "edited_message"):
        return _message(content)
    if kind == "my_chat_member":
        return content | {name: _standing(content[name]) for name in ("old_chat_member", "new_chat_member")}
    if kind == "callback_query" and isinstance(content.get("message"), dict):
        return content | {"message": _picked(content["message"], _WHO_AND_WHERE)}
    return content


def _message(message: Json) -> Json:
    kept = _picked(message, (*_WHO_AND_WHERE, *_SAID, *_CONTENT))
    if isinstance(message.get("reply_to_message"), dict):
        kept["reply_to_message"] = _picked(message["reply_to_message"], _WHO_AND_WHERE)
    return kept


def _standing(member: Json) -> Json:
    """In or out; which rights somebody has does not matter here."""
    status = member["status"] if member["status"] in _GONE else ChatMember.MEMBER
    return {"user": member["user"], "status": status, "until_date": 0}


def _picked(values: Json, names: tuple[str, ...]) -> Json:
    return {name: values[name] for name in names if name in values}
