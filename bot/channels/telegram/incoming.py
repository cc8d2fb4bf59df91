"""From Telegram's message to ours."""

from __future__ import annotations

from telegram import Message

from bot.model.requests import Incoming, Place
from bot.model.states import Kind

_KINDS = (
    ("photo", Kind.PHOTO),
    ("animation", Kind.VIDEO),
    ("video", Kind.VIDEO),
    ("voice", Kind.VOICE),
    ("video_note", Kind.VIDEO_NOTE),
    ("audio", Kind.AUDIO),
    ("document", Kind.DOCUMENT),
    ("venue", Kind.LOCATION),
    ("location", Kind.LOCATION),
    ("contact", Kind.CONTACT),
    ("sticker", Kind.STICKER),
)


def incoming(message: Message, bot: str, *, edited: bool = False) -> Incoming:
    """What somebody sent, in no channel's words."""
    kind, file = _content(message)
    text = message.text or message.caption or ""
    if kind == Kind.CONTACT and message.contact:
        text = f"☎ {message.contact.phone_number}"
    return Incoming(
        Place(bot, str(message.chat_id), str(message.message_id)),
        kind,
        text,
        reply_to=str(message.reply_to_message.message_id) if message.reply_to_message else None,
        album=message.media_group_id,
        file=file,
        file_name=_names(message),
        forwarded=message.forward_origin is not None,
        edited=edited,
    )


def _names(message: Message) -> str:
    """What a copy of the message would carry beside its caption: names of files, of songs, of places."""
    named = (message.document, message.video, message.audio, message.animation, message.venue)
    fields = ("file_name", "title", "performer", "address")
    return " | ".join(name for content in named for field in fields if (name := getattr(content, field, None)))


def _content(message: Message) -> tuple[Kind, str | None]:
    if message.text is not None:
        return Kind.TEXT, None
    for name, kind in _KINDS:
        content = getattr(message, name)
        if content:
            file = content[-1] if isinstance(content, tuple) else content
            return kind, getattr(file, "file_id", None)
    return Kind.OTHER, None
