"""What exists: bots, people, chats, messages, files, button presses. State only; rules live beside it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from bot.playground.changes import Changes

Json = dict[str, Any]
ChatKey = tuple[int, int]

PRIVATE, GROUP, SUPERGROUP = "private", "group", "supergroup"
ACTIVE = ("creator", "administrator", "member", "restricted")


@dataclass
class BotAccount:
    """A registered bot.

    Attributes:
        commands: by scope, then language (see ``methods.account``).
        texts: descriptions by kind and language.
        menu_buttons: by chat id; 0 is the default.
        can_read_all_group_messages: false is Telegram's privacy mode, which an administrator bot escapes.
    """

    id: int
    token: str
    first_name: str
    username: str
    can_join_groups: bool = True
    can_read_all_group_messages: bool = False
    supports_inline_queries: bool = False
    commands: dict[str, list[Json]] = field(default_factory=dict)
    texts: dict[str, str] = field(default_factory=dict)
    menu_buttons: dict[int, Json] = field(default_factory=dict)


@dataclass
class User:
    """A person with a Telegram account."""

    id: int
    first_name: str
    last_name: str = ""
    username: str = ""
    language_code: str = "vi"
    deactivated: bool = False

    @property
    def name(self) -> str:
        """First and last name."""
        return f"{self.first_name} {self.last_name}".strip()


@dataclass
class Member:
    """A place in a group; ``rights`` matter for administrators and the restricted."""

    user_id: int
    status: str = "member"
    rights: dict[str, bool] = field(default_factory=dict)
    title: str = ""


@dataclass
class Message:
    """One message. ``content`` is spelt as the Bot API spells it (text, photo, …); the rest is what rendering needs.

    Attributes:
        changed: number of the change that sent or last edited it.
        shown: what stands on the phone: a reply keyboard is no part of the Bot API's answer, yet people see it.
    """

    id: int
    chat_id: int
    sender_id: int
    date: int
    content: Json
    markup: Json | None = None
    reply_to: int | None = None
    quote: Json | None = None
    thread_id: int | None = None
    media_group_id: str | None = None
    forward_origin: Json | None = None
    edit_date: int | None = None
    service: bool = False
    silent: bool = False
    changed: int = 0


@dataclass
class Topic:
    """A forum topic."""

    id: int
    name: str
    icon_color: int = 7322096
    closed: bool = False


@dataclass
class Chat:
    """A private chat (one per bot and person), a group or a supergroup.

    Attributes:
        bot_id: the bot's side of a private chat; 0 in groups.
        started: the person pressed START, so the bot may write.
        blocked: the person blocked the bot.
        muted: the group lets only administrators write.
        migrated_to: the supergroup this group became.
        deleted: a small group that its creator deleted.
    """

    id: int
    type: str
    bot_id: int = 0
    title: str = ""
    is_forum: bool = False
    started: bool = False
    blocked: bool = False
    muted: bool = False
    migrated_to: int | None = None
    deleted: bool = False
    next_message_id: int = 1
    members: dict[int, Member] = field(default_factory=dict)
    messages: dict[int, Message] = field(default_factory=dict)
    topics: dict[int, Topic] = field(default_factory=dict)
    pinned: list[int] = field(default_factory=list)

    def active(self, user_id: int) -> bool:
        """Whether the user or bot is in the group now."""
        member = self.members.get(user_id)
        return member is not None and member.status in ACTIVE

    def administers(self, user_id: int) -> bool:
        """Whether the user or bot is an administrator or the creator."""
        member = self.members.get(user_id)
        return member is not None and member.status in ("creator", "administrator")


@dataclass
class StoredFile:
    """Bytes Telegram keeps; ``kind`` is the Bot API's name of the medium."""

    id: str
    unique_id: str
    path: str
    kind: str
    data: bytes
    mime: str = ""
    name: str = ""
    attributes: Json = field(default_factory=dict)


@dataclass(frozen=True)
class Phone:
    """One phone on the page.

    Attributes:
        label: what stands above it.
        user_ids: who may hold it; a group's phone is handed round.
        chat_id: the group it shows; None for the private chat with the bot.
        samples: things to say at a tap.
    """

    label: str
    user_ids: tuple[int, ...]
    chat_id: int | None = None
    samples: tuple[str, ...] = ()


@dataclass
class Press:
    """A tap on an inline button, until and after the bot answered it."""

    id: str
    bot_id: int
    user_id: int
    chat_id: int
    message_id: int
    data: str
    at: float
    answered: bool = False
    text: str = ""
    alert: bool = False
    url: str = ""


class World:
    """Everything that exists on this Telegram, and the counters that never go back."""

    def __init__(self, now: Callable[[], float]) -> None:
        self.now = now
        self.changes = Changes()
        self.bots: dict[int, BotAccount] = {}
        self.users: dict[int, User] = {}
        self.chats: dict[ChatKey, Chat] = {}
        self.files: dict[str, StoredFile] = {}
        self.presses: dict[str, Press] = {}
        self.inline_answers: dict[str, Json | None] = {}
        self.counters: dict[str, int] = {}
        self.phones: list[Phone] = []

    def next(self, counter: str, start: int = 1) -> int:
        """The next number of a counter; it survives ``reset`` so no id is ever given twice."""
        value = self.counters.get(counter, start - 1) + 1
        self.counters[counter] = value
        return value

    def bot_by_token(self, token: str) -> BotAccount | None:
        """The bot a path's token names."""
        return next((bot for bot in self.bots.values() if bot.token == token), None)

    def key(self, bot_id: int, chat_id: int) -> ChatKey:
        """Groups are shared; a private chat belongs to one bot and one person."""
        return (bot_id, chat_id) if chat_id > 0 else (0, chat_id)

    def chat(self, bot_id: int, chat_id: int) -> Chat | None:
        """The chat this bot calls so."""
        return self.chats.get(self.key(bot_id, chat_id))

    def private_chat(self, bot_id: int, user_id: int) -> Chat:
        """The chat of a person with a bot, made on first sight (not yet started)."""
        key = (bot_id, user_id)
        if key not in self.chats:
            self.chats[key] = Chat(user_id, PRIVATE, bot_id)
        return self.chats[key]

    def groups(self) -> Iterator[Chat]:
        """Groups and supergroups."""
        return (chat for chat in self.chats.values() if chat.type != PRIVATE)

    def bots_in(self, chat: Chat) -> list[BotAccount]:
        """Bots that take part in the chat."""
        if chat.type == PRIVATE:
            return [self.bots[chat.bot_id]]
        return [bot for bot in self.bots.values() if chat.active(bot.id)]

    def put_message(self, chat: Chat, message: Message) -> Message:
        """Give the message its id and place and tell everyone who watches."""
        if chat.type == SUPERGROUP:
            message.id = chat.next_message_id
            chat.next_message_id += 1
        else:
            # One account, one numbering over all its private chats and small groups, as on Telegram.
            message.id = self.next("message")
        chat.messages[message.id] = message
        message.changed = self.changes.tell("message", bot=chat.bot_id, chat=chat.id, message=message.id)
        return message

    def touch(self, chat: Chat, message: Message) -> None:
        """The message looks different now."""
        message.changed = self.changes.tell("edited", bot=chat.bot_id, chat=chat.id, message=message.id)

    def remove_message(self, chat: Chat, message_id: int) -> None:
        """Gone for everyone."""
        chat.messages.pop(message_id, None)
        if message_id in chat.pinned:
            chat.pinned.remove(message_id)
        self.changes.tell("deleted", bot=chat.bot_id, chat=chat.id, message=message_id)

    def keep_file(
        self, kind: str, data: bytes, *, name: str = "", mime: str = "", suffix: str = "", **attributes: Any
    ) -> StoredFile:
        """Store bytes under a new file id."""
        number = self.next("file")
        folder = {"photo": "photos", "document": "documents", "voice": "voice", "sticker": "stickers"}.get(
            kind, f"{kind}s"
        )
        file = StoredFile(
            # Shaped like the real thing: opaque, and longer than a person would shorten.
            id=f"AgACAgUAAxkBAAI{number:07d}play{kind.replace('_', '')}",
            unique_id=f"AQAD{number:07d}",
            path=f"{folder}/file_{number}{suffix}",
            kind=kind,
            data=data,
            mime=mime,
            name=name,
            attributes=attributes,
        )
        self.files[file.id] = file
        return file

    def file_by_path(self, path: str) -> StoredFile | None:
        """The file getFile gave this path."""
        return next((file for file in self.files.values() if file.path == path), None)

    def user_or_bot(self, user_id: int) -> User | BotAccount | None:
        """Whoever has this id."""
        return self.users.get(user_id) or self.bots.get(user_id)

    def reset(self) -> None:
        """Empty every chat; people, groups, bots and counters stay, so old ids never come back."""
        for chat in self.chats.values():
            chat.messages.clear()
            chat.pinned.clear()
            chat.topics.clear()
            chat.started = chat.blocked = False
        self.files.clear()
        self.presses.clear()
        self.inline_answers.clear()
        self.changes.tell("reset")
