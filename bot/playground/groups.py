"""Groups: made, joined, left, administered, upgraded; every step told to the bots as Telegram tells it."""

from __future__ import annotations

from typing import Any

from bot.playground.people import CannotDo, People
from bot.playground.rendering import member_json, someone_json
from bot.playground.world import GROUP, SUPERGROUP, Chat, Member, Message, Topic

Json = dict[str, Any]

# Telegram's numbering: a supergroup's id is -100 followed by its own number.
FIRST_SUPERGROUP = -1_001_000_000_001
FIRST_GROUP = -4_000_000_001


class Groups:
    """What happens to groups."""

    def __init__(self, people: People) -> None:
        self._people = people
        self._world = people.world

    def create(
        self,
        title: str,
        owner_id: int,
        *,
        kind: str = SUPERGROUP,
        forum: bool = False,
        chat_id: int | None = None,
    ) -> Chat:
        """Make a group with its creator in it."""
        self._people.user(owner_id)
        if chat_id is None:
            chat_id = self._fresh_id(kind)
        if chat_id >= 0 or (0, chat_id) in self._world.chats:
            raise CannotDo(f"group id {chat_id} is taken or not negative")
        chat = Chat(chat_id, kind, title=title, is_forum=forum, started=True)
        chat.members[owner_id] = Member(owner_id, "creator")
        self._world.chats[(0, chat_id)] = chat
        self._world.changes.tell("chat", bot=0, chat=chat_id)
        return chat

    def _fresh_id(self, kind: str) -> int:
        start = FIRST_SUPERGROUP if kind == SUPERGROUP else FIRST_GROUP
        while True:
            chat_id = start - self._world.next(kind, 0)
            if (0, chat_id) not in self._world.chats:
                return chat_id

    def set_status(
        self,
        chat: Chat,
        user_id: int,
        status: str,
        *,
        actor_id: int | None = None,
        rights: dict[str, bool] | None = None,
    ) -> None:
        """Give someone (a bot too) another place in a group; joining and leaving show a service message."""
        if self._world.user_or_bot(user_id) is None:
            raise CannotDo(f"no person or bot {user_id}")
        actor_id = actor_id or user_id
        was_in = chat.active(user_id)
        before = member_json(self._world, chat, user_id)
        member = chat.members.setdefault(user_id, Member(user_id, "left"))
        if (member.status, member.rights) == (status, rights or {}):
            return
        member.status, member.rights = status, rights or {}
        is_in = chat.active(user_id)
        someone = someone_json(self._world, user_id)
        # A bot that was thrown out hears only my_chat_member, one that came in hears of itself.
        self._people.tell.membership(chat, actor_id, user_id, before)
        if is_in and not was_in:
            self._service(chat, actor_id, {"new_chat_members": [someone], "new_chat_member": someone})
        elif was_in and not is_in:
            self._service(chat, actor_id, {"left_chat_member": someone})
        self._world.changes.tell("chat", bot=0, chat=chat.id)

    def _service(self, chat: Chat, actor_id: int, content: Json) -> Message:
        message = Message(0, chat.id, actor_id, int(self._world.now()), content, service=True)
        self._world.put_message(chat, message)
        self._people.tell.message(chat, message)
        return message

    def join(self, chat: Chat, user_id: int, actor_id: int | None = None) -> None:
        """Come in, by a link or added by ``actor_id``."""
        self.set_status(chat, user_id, "member", actor_id=actor_id)

    def leave(self, chat: Chat, user_id: int) -> None:
        """Go."""
        self.set_status(chat, user_id, "left")

    def kick(self, chat: Chat, user_id: int, actor_id: int) -> None:
        """Throw out and ban."""
        self.set_status(chat, user_id, "kicked", actor_id=actor_id)

    def promote(self, chat: Chat, user_id: int, actor_id: int, **rights: bool) -> None:
        """Make an administrator; ``rights`` name what is withheld (all others are given)."""
        self.set_status(chat, user_id, "administrator", actor_id=actor_id, rights=rights)

    def mute(self, chat: Chat, muted: bool = True) -> None:
        """Let only administrators write, or everyone again."""
        chat.muted = muted
        self._world.changes.tell("chat", bot=0, chat=chat.id)

    def delete(self, chat: Chat) -> None:
        """The creator deletes the group: gone for everybody, and no bot is told.

        A small group says so to a bot that goes on writing; out of a supergroup it is simply thrown.
        """
        if chat.type == GROUP:
            chat.deleted = True
        for member in chat.members.values():
            member.status = "left" if chat.type == GROUP else "kicked"
        self._world.changes.tell("chat", bot=0, chat=chat.id)

    def silence(self, chat: Chat, bot_id: int, actor_id: int) -> None:
        """Take a bot's right to write; it is told by ``my_chat_member``."""
        self.set_status(chat, bot_id, "restricted", actor_id=actor_id, rights={"can_send_messages": False})

    def upgrade(self, chat: Chat) -> Chat:
        """Turn a small group into a supergroup: a new id, the old one refuses from now on."""
        if chat.type != GROUP or chat.migrated_to is not None:
            raise CannotDo("only a small group can be upgraded, and once")
        new = Chat(self._fresh_id(SUPERGROUP), SUPERGROUP, title=chat.title, started=True)
        new.members = {
            user_id: Member(user_id, member.status, dict(member.rights)) for user_id, member in chat.members.items()
        }
        self._world.chats[(0, new.id)] = new
        owner = next((i for i, member in chat.members.items() if member.status == "creator"), next(iter(chat.members)))
        self._service(chat, owner, {"migrate_to_chat_id": new.id})
        chat.migrated_to = new.id
        self._service(new, owner, {"migrate_from_chat_id": chat.id})
        self._world.changes.tell("chat", bot=0, chat=new.id)
        return new

    def open_topic(self, chat: Chat, user_id: int, name: str) -> int:
        """A person opens a forum topic; returns its thread id."""
        if not chat.is_forum:
            raise CannotDo("not a forum")
        message = self._service(chat, user_id, {"forum_topic_created": {"name": name, "icon_color": 7322096}})
        message.thread_id = message.id
        chat.topics[message.id] = Topic(message.id, name)
        return message.id

    def close_topic(self, chat: Chat, user_id: int, topic_id: int) -> None:
        """A person closes a forum topic."""
        if topic_id not in chat.topics:
            raise CannotDo(f"no topic {topic_id}")
        chat.topics[topic_id].closed = True
        message = self._service(chat, user_id, {"forum_topic_closed": {}})
        message.thread_id = topic_id

    def delete_topic(self, chat: Chat, topic_id: int) -> None:
        """A person deletes a forum topic with all that was said in it; no bot is told."""
        if chat.topics.pop(topic_id, None) is None:
            raise CannotDo(f"no topic {topic_id}")
        for message in [m for m in chat.messages.values() if topic_id in (m.thread_id, m.id)]:
            self._world.remove_message(chat, message.id)
