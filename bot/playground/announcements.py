"""What happens is told to the bots that may hear of it, in Telegram's JSON of that moment."""

from __future__ import annotations

from typing import Any

from bot.playground.faults import Faults
from bot.playground.rendering import chat_json, member_json, message_json, someone_json
from bot.playground.updates import UpdateQueue
from bot.playground.world import PRIVATE, BotAccount, Chat, Message, Press, World

Json = dict[str, Any]


class Announcements:
    """Fills the bots' queues."""

    def __init__(self, world: World, queues: dict[int, UpdateQueue], faults: Faults) -> None:
        self._world = world
        self._queues = queues
        self._faults = faults

    def _push(self, bot: BotAccount, kind: str, payload: Json) -> None:
        queue = self._queues[bot.id]
        fault = self._faults.strike_update(kind, payload) if queue.hears(kind) else None
        if fault and fault.kind == "lose_update":
            return
        queue.push(kind, payload, copies=2 if fault and fault.kind == "duplicate_update" else 1)
        if fault and fault.kind == "shuffle_updates":
            queue.shuffle()
        self._world.changes.tell("update", bot=bot.id, update=kind)

    def message(self, chat: Chat, message: Message, kind: str = "message") -> None:
        """A person wrote, or something happened in a group; bots do not hear each other."""
        if message.sender_id in self._world.bots and not message.service:
            return
        for bot in self._world.bots_in(chat):
            if bot.id != message.sender_id and self._may_read(bot, chat, message):
                self._push(bot, kind, message_json(self._world, chat, message))

    def edited(self, chat: Chat, message: Message) -> None:
        """A person edited a message."""
        self.message(chat, message, "edited_message")

    def _may_read(self, bot: BotAccount, chat: Chat, message: Message) -> bool:
        """Privacy mode: without it or as administrator all, else what is meant for the bot."""
        if chat.type == PRIVATE or message.service or bot.can_read_all_group_messages or chat.administers(bot.id):
            return True
        text = str(message.content.get("text") or message.content.get("caption") or "")
        target = chat.messages.get(message.reply_to) if message.reply_to else None
        command = text.split(maxsplit=1)[0] if text.startswith("/") else ""
        return (
            bool(command and command.partition("@")[2] in ("", bot.username))
            or f"@{bot.username}" in text
            or (target is not None and target.sender_id == bot.id)
        )

    def pressed(self, press: Press, chat: Chat) -> None:
        """A person tapped an inline button."""
        message = chat.messages[press.message_id]
        self._push(
            self._world.bots[press.bot_id],
            "callback_query",
            {
                "id": press.id,
                "from": someone_json(self._world, press.user_id),
                "message": message_json(self._world, chat, message),
                "chat_instance": str(-(2**62) + chat.id * 7919),
                "data": press.data,
            },
        )

    def inline_query(self, bot: BotAccount, query_id: str, user_id: int, text: str) -> None:
        """A person typed ``@bot text``."""
        payload = {"id": query_id, "from": someone_json(self._world, user_id), "query": text, "offset": ""}
        self._push(bot, "inline_query", {**payload, "chat_type": "sender"})

    def membership(self, chat: Chat, actor_id: int, user_id: int, before: Json) -> None:
        """A place in a chat changed; ``before`` is the ``ChatMember`` as it was."""
        payload = {
            "chat": chat_json(self._world, chat),
            "from": someone_json(self._world, actor_id),
            "date": int(self._world.now()),
            "old_chat_member": before,
            "new_chat_member": self.member(chat, user_id),
        }
        if user_id in self._world.bots:
            self._push(self._world.bots[user_id], "my_chat_member", payload)
        for bot in self._world.bots.values():
            if bot.id != user_id and chat.type != PRIVATE and chat.administers(bot.id):
                self._push(bot, "chat_member", payload)

    def member(self, chat: Chat, user_id: int) -> Json:
        """A ``ChatMember``; in a private chat the bot is a member, or kicked when blocked."""
        if chat.type != PRIVATE:
            return member_json(self._world, chat, user_id)
        answer = {"user": someone_json(self._world, user_id), "status": "kicked" if chat.blocked else "member"}
        return {**answer, "until_date": 0} if chat.blocked else answer
