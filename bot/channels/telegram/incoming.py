"""From Telegram's message to ours."""

from __future__ import annotations

from telegram import Message, Update

from bot.model.people import Chat
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


def room(chat_id: int | str, topic: int | None = None) -> str:
    """How we call a chat: by Telegram's number, a forum's topic with its own behind it, as ``-100123:45``."""
    return f"{chat_id}:{topic}" if topic else str(chat_id)


def numbers_of(room: str) -> tuple[int, int | None]:
    """Telegram's number of the chat, and the topic's in it."""
    chat, _, topic = room.partition(":")
    return int(chat), int(topic) if topic else None


def room_of(message: Message) -> str:
    """Where a message stands. In a group without topics a thread is only a chain of replies."""
    return room(message.chat_id, message.message_thread_id if message.is_topic_message else None)


def chat_of(update: Update, bot: str) -> Chat:
    """Where an update comes from."""
    message, chat = update.effective_message, update.effective_chat
    assert chat is not None
    # What was pressed may be too old for Telegram to tell more of it than its chat.
    return Chat(bot, room_of(message) if isinstance(message, Message) else str(chat.id))


def _replied_to(message: Message) -> str | None:
    """In a topic what answers nothing is said to answer the topic's own first message."""
    replied = message.reply_to_message
    if replied is None or (message.is_topic_message and replied.message_id == message.message_thread_id):
        return None
    return str(replied.message_id)


def incoming(message: Message, bot: str, *, edited: bool = False) -> Incoming:
    """What somebody sent, in no channel's words."""
    kind, file = _content(message)
    text = message.text or message.caption or ""
    if kind == Kind.CONTACT and message.contact:
        text = f"☎ {message.contact.phone_number}"
    return Incoming(
        Place(bot, room_of(message), str(message.message_id)),
        kind,
        text,
        reply_to=_replied_to(message),
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
