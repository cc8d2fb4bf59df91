"""What a person can do in Telegram, as rules over the world; ``person.py`` and ``/sim`` both act through here."""

from __future__ import annotations

from typing import Any

from bot.playground.announcements import Announcements
from bot.playground.formatting import Entity, found_entities, utf16_length
from bot.playground.rendering import someone_json
from bot.playground.world import PRIVATE, BotAccount, Chat, Message, Press, User, World

Json = dict[str, Any]

MAX_TYPED = 4096


class CannotDo(Exception):
    """The person's phone would not let that happen; a mistake in the test or on the page."""


class People:
    """The acts of people towards bots and in chats."""

    def __init__(self, world: World, announcements: Announcements) -> None:
        self.world = world
        self.tell = announcements

    def bot(self, bot_id: int | None = None) -> BotAccount:
        """The bot meant; the first registered one by default."""
        bots = self.world.bots
        if bot_id is not None and bot_id in bots:
            return bots[bot_id]
        if bot_id is not None or not bots:
            raise CannotDo(f"no bot {bot_id}; registered: {list(bots)}")
        return next(iter(bots.values()))

    def user(self, user_id: int) -> User:
        """A person by id."""
        if user_id not in self.world.users:
            raise CannotDo(f"no person {user_id}")
        return self.world.users[user_id]

    def add_user(self, name: str, user_id: int | None = None, username: str = "", language_code: str = "vi") -> User:
        """Make an account, or give the one of that id its new name."""
        user_id = user_id or self.world.next("user", 5_000_000_001)
        known = self.world.users.get(user_id)
        if known:
            known.first_name, known.username = name, username or known.username
            return known
        user = User(user_id, name, username=username, language_code=language_code)
        self.world.users[user_id] = user
        self.world.changes.tell("user", user=user_id)
        return user

    def chat(self, user_id: int, chat_id: int | None = None, bot_id: int | None = None) -> Chat:
        """The chat meant: a group the person is in, or the private chat with the bot."""
        self.user(user_id)
        if chat_id is None or chat_id > 0:
            return self.world.private_chat(self.bot(bot_id).id, user_id)
        chat = self.world.chats.get((0, chat_id))
        if chat is None:
            raise CannotDo(f"no group {chat_id}")
        return chat

    def _check_writes(self, user: User, chat: Chat) -> None:
        if user.deactivated:
            raise CannotDo(f"{user.name} has no account any more")
        if chat.type == PRIVATE:
            if chat.blocked:
                raise CannotDo(f"{user.name} has blocked the bot; unblock first")
            # Writing first presses START unseen: the stories let a citizen simply ask.
            chat.started = True
        elif chat.migrated_to is not None:
            raise CannotDo(f"group {chat.id} became {chat.migrated_to}")
        elif not chat.active(user.id):
            raise CannotDo(f"{user.name} is not in {chat.title}")

    def send(self, user_id: int, chat: Chat, content: Json, **more: Any) -> Message:
        """Put a message of the person into a chat.

        Args:
            user_id: who writes.
            chat: where.
            content: in the Bot API's spelling.
            more: ``reply_to``, ``thread_id``, ``media_group_id``, ``forward_origin``.

        Raises:
            CannotDo: not possible from that phone.
        """
        self._check_writes(self.user(user_id), chat)
        target = more.get("reply_to")
        if target is not None and target not in chat.messages:
            raise CannotDo(f"no message {target} to reply to")
        if target is not None and more.get("thread_id") is None and chat.is_forum:
            more["thread_id"] = chat.messages[target].thread_id
        if more.get("thread_id") and more["thread_id"] not in chat.topics:
            raise CannotDo(f"no topic {more['thread_id']}")
        message = Message(0, chat.id, user_id, int(self.world.now()), content, **more)
        self.world.put_message(chat, message)
        self.tell.message(chat, message)
        return message

    def edit(self, user_id: int, chat: Chat, message_id: int, text: str) -> Message:
        """Give an own message other words (or its photo another caption)."""
        message = chat.messages.get(message_id)
        if message is None or message.sender_id != user_id:
            raise CannotDo(f"message {message_id} is not there or not theirs")
        message.content = typed(text) if "text" in message.content else {**message.content, **captioned(text)}
        message.edit_date = int(self.world.now())
        self.world.touch(chat, message)
        self.tell.edited(chat, message)
        return message

    def delete(self, user_id: int, chat: Chat, message_id: int) -> None:
        """Delete for everyone; bots are not told, as on Telegram."""
        message = chat.messages.get(message_id)
        if message is None:
            raise CannotDo(f"no message {message_id}")
        if chat.type != PRIVATE and message.sender_id != user_id and not chat.administers(user_id):
            raise CannotDo("only administrators delete others' messages")
        self.world.remove_message(chat, message_id)

    def start(self, user_id: int, bot_id: int | None = None, payload: str = "") -> Message:
        """Press START, or open ``t.me/<bot>?start=<payload>``; unblocks where needed."""
        chat = self.chat(user_id, None, bot_id)
        if chat.blocked:
            self.unblock(user_id, bot_id)
        return self.send(user_id, chat, typed(f"/start {payload}".strip()))

    def press(self, user_id: int, chat: Chat, message_id: int, data: str, age: float = 0.0) -> Press:
        """Tap an inline button.

        Args:
            user_id: who taps.
            chat: where.
            message_id: on which message.
            data: the button's ``callback_data``.
            age: seconds the press is old already when the bot hears of it (over 15: too old to answer).
        """
        self._check_writes(self.user(user_id), chat)
        message = chat.messages.get(message_id)
        if message is None or message.sender_id not in self.world.bots:
            raise CannotDo(f"no bot's message {message_id}")
        rows = (message.markup or {}).get("inline_keyboard", [])
        if not any(button.get("callback_data") == data for row in rows for button in row):
            raise CannotDo(f"message {message_id} has no such button")
        press_id = str(self.world.next("press", 4_200_000_000_000_000_001))
        press = Press(press_id, message.sender_id, user_id, chat.id, message_id, data, self.world.now() - age)
        self.world.presses[press_id] = press
        self.world.changes.tell(
            "pressed", bot=press.bot_id, press=press_id, user=user_id, chat=chat.id, message=message_id
        )
        self.tell.pressed(press, chat)
        return press

    def ask_inline(self, user_id: int, text: str, bot_id: int | None = None) -> str:
        """Type ``@bot text``; returns the query's id, under which the results will lie."""
        query_id = str(self.world.next("inline", 8_300_000_000_000_000_001))
        self.world.inline_answers[query_id] = None
        self.user(user_id)
        self.tell.inline_query(self.bot(bot_id), query_id, user_id, text)
        return query_id

    def block(self, user_id: int, bot_id: int | None = None) -> None:
        """Block the bot."""
        self._set_blocked(user_id, bot_id, True)

    def unblock(self, user_id: int, bot_id: int | None = None) -> None:
        """Let the bot write again."""
        self._set_blocked(user_id, bot_id, False)

    def _set_blocked(self, user_id: int, bot_id: int | None, blocked: bool) -> None:
        chat = self.chat(user_id, None, bot_id)
        if chat.blocked == blocked:
            return
        before = self.tell.member(chat, chat.bot_id)
        chat.blocked = blocked
        self.tell.membership(chat, user_id, chat.bot_id, before)
        self.world.changes.tell("blocked", bot=chat.bot_id, chat=chat.id, blocked=blocked)

    def deactivate(self, user_id: int) -> None:
        """Delete the account."""
        self.user(user_id).deactivated = True
        self.world.changes.tell("user", user=user_id)

    def origin(self, message: Message) -> Json:
        """``forward_origin`` of a message one forwards."""
        return message.forward_origin or {
            "type": "user",
            "date": message.date,
            "sender_user": someone_json(self.world, message.sender_id),
        }


def typed(text: str) -> Json:
    """What a person types, as message content.

    Raises:
        CannotDo: nothing, or more than a phone sends at once.
    """
    text = text.strip()
    if not text:
        raise CannotDo("nothing typed")
    if utf16_length(text) > MAX_TYPED:
        raise CannotDo(f"more than {MAX_TYPED} characters in one message")
    entities: list[Entity] = found_entities(text, [])
    return {"text": text, "entities": entities} if entities else {"text": text}


def captioned(text: str) -> Json:
    """A caption, as message content; nothing for an empty one."""
    text = text.strip()
    entities = found_entities(text, [])
    content: Json = {"caption": text} if text else {}
    if entities:
        content["caption_entities"] = entities
    return content
