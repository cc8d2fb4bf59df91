"""A message as a person sees it on the phone."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from bot.playground.media import file_of
from bot.playground.rendering import message_json
from bot.playground.world import BotAccount, Chat, Message, User, World

Json = dict[str, Any]

_KINDS = ("photo", "document", "voice", "video_note", "video", "sticker", "location", "contact")


@dataclass(frozen=True)
class Button:
    """A button under a message (``data`` or ``url``) or of a reply keyboard (neither)."""

    label: str
    data: str = ""
    url: str = ""


@dataclass(frozen=True)
class SeenMessage:
    """One message on a screen.

    Attributes:
        kind: ``text``, ``photo``, ``document``, …, or ``service``.
        text: words or caption, plain; for a service message what happened, roughly.
        sender: the name shown.
        by_bot: a bot wrote it.
        buttons: rows of inline buttons.
        reply_keys: rows of the reply keyboard that came with it.
        changed: number of the change that sent or last edited it; later is larger.
        raw: the Bot API's JSON.
    """

    id: int
    chat_id: int
    kind: str
    text: str
    sender: str
    sender_id: int
    by_bot: bool
    date: int
    edited: bool
    buttons: tuple[tuple[Button, ...], ...]
    reply_keys: tuple[tuple[str, ...], ...]
    reply_to: int | None
    thread_id: int | None
    media_group_id: str | None
    file_id: str | None
    changed: int
    raw: Json = field(repr=False, compare=False)

    @property
    def labels(self) -> list[str]:
        """Labels of the inline buttons, row after row."""
        return [button.label for row in self.buttons for button in row]

    @property
    def entities(self) -> list[Json]:
        """Bold, links and so on, of text or caption."""
        return list(self.raw.get("entities") or self.raw.get("caption_entities") or [])

    def __str__(self) -> str:
        keys = "".join(f" [{label}]" for label in self.labels)
        about = "" if self.kind in ("text", "service") else f"({self.kind}) "
        return f"{self.sender}: {about}{self.text}{' (đã sửa)' if self.edited else ''}{keys}"


Wanted = str | re.Pattern[str] | Callable[[SeenMessage], bool]


def fits(message: SeenMessage, wanted: Wanted) -> bool:
    """Whether a message is the one wanted: a part of its text, a pattern found in it, or a predicate."""
    if isinstance(wanted, str):
        return unicodedata.normalize("NFC", wanted) in unicodedata.normalize("NFC", message.text)
    if isinstance(wanted, re.Pattern):
        return bool(wanted.search(message.text))
    return bool(wanted(message))


def see(world: World, chat: Chat, message: Message) -> SeenMessage:
    """Look at a message."""
    who: User | BotAccount | None = world.user_or_bot(message.sender_id)
    name = who.first_name if isinstance(who, BotAccount) else who.name if who else "?"
    content, markup = message.content, message.markup or {}
    kind = "service" if message.service else next((kind for kind in _KINDS if kind in content), "text")
    return SeenMessage(
        id=message.id,
        chat_id=chat.id,
        kind=kind,
        text=_service_text(content) if message.service else str(content.get("text") or content.get("caption") or ""),
        sender=name,
        sender_id=message.sender_id,
        by_bot=isinstance(who, BotAccount),
        date=message.date,
        edited=message.edit_date is not None,
        buttons=tuple(
            tuple(Button(key["text"], key.get("callback_data", ""), key.get("url", "")) for key in row)
            for row in markup.get("inline_keyboard", [])
        ),
        reply_keys=tuple(tuple(key["text"] for key in row) for row in markup.get("keyboard", [])),
        reply_to=message.reply_to,
        thread_id=message.thread_id,
        media_group_id=message.media_group_id,
        file_id=file_of(content),
        changed=message.changed,
        raw=message_json(world, chat, message),
    )


def _service_text(content: Json) -> str:
    names = ", ".join(str(member.get("first_name")) for member in content.get("new_chat_members", []))
    if names:
        return f"{names} vào nhóm"
    if "left_chat_member" in content:
        return f"{content['left_chat_member'].get('first_name')} rời nhóm"
    if "forum_topic_created" in content:
        return f"mở chủ đề «{content['forum_topic_created']['name']}»"
    if "pinned_message" in content:
        return "ghim một tin nhắn"
    if "migrate_to_chat_id" in content or "migrate_from_chat_id" in content:
        return "nhóm được nâng cấp"
    return next(iter(content), "")
