"""Whether a bot may do a thing in a chat, and Telegram's sentence when it may not."""

from __future__ import annotations

from typing import Any

from bot.playground.refusals import CHAT_NOT_FOUND, bad_request, forbidden
from bot.playground.world import GROUP, PRIVATE, BotAccount, Chat, Message, World

# A bot may take back a private message for this long.
DELETABLE_SECONDS = 48 * 3600


def find_chat(world: World, bot: BotAccount, reference: Any) -> Chat:
    """The chat a ``chat_id`` names, as far as this bot knows it.

    Raises:
        Refusal: empty or unknown.
    """
    if reference is None or reference == "":
        raise bad_request("chat_id is empty")
    try:
        chat_id = int(reference)
    except (TypeError, ValueError):
        raise bad_request(CHAT_NOT_FOUND) from None
    chat = world.chat(bot.id, chat_id)
    if chat is None and chat_id in world.users:
        chat = world.private_chat(bot.id, chat_id)
    if chat is None or (chat.type != PRIVATE and bot.id not in chat.members):
        raise bad_request(CHAT_NOT_FOUND)
    return chat


def check_present(world: World, bot: BotAccount, chat: Chat) -> None:
    """The bot may read here.

    Raises:
        Refusal: it was removed.
    """
    if chat.type == PRIVATE or chat.migrated_to is not None:
        return
    status = chat.members[bot.id].status
    kind = "group" if chat.type == GROUP else "supergroup"
    if status == "kicked":
        raise forbidden(f"bot was kicked from the {kind} chat")
    if status == "left":
        raise forbidden(f"bot is not a member of the {kind} chat")


def check_write(world: World, bot: BotAccount, chat: Chat, what: str = "text messages") -> None:
    """The bot may send here.

    Raises:
        Refusal: blocked, never started, deactivated, removed, upgraded or muted.
    """
    if chat.type == PRIVATE:
        if world.users[chat.id].deactivated:
            raise forbidden("user is deactivated")
        if chat.blocked:
            raise forbidden("bot was blocked by the user")
        if not chat.started:
            raise forbidden("bot can't initiate conversation with a user")
        return
    if chat.migrated_to is not None:
        raise bad_request("group chat was upgraded to a supergroup chat", migrate_to_chat_id=chat.migrated_to)
    if chat.deleted:
        raise forbidden("the group chat was deleted")
    check_present(world, bot, chat)
    if chat.muted and not chat.administers(bot.id):
        raise bad_request(f"not enough rights to send {what} to the chat")
    member = chat.members[bot.id]
    if member.status == "restricted" and not member.rights.get("can_send_messages", False):
        raise bad_request(f"not enough rights to send {what} to the chat")


def check_thread(bot: BotAccount, chat: Chat, thread_id: int | None) -> int | None:
    """The topic to write to; into a closed one only those write who may manage topics.

    Raises:
        Refusal: no such topic, or it is closed.
    """
    if not thread_id:
        return None
    topic = chat.topics.get(thread_id)
    if topic is None or not chat.is_forum:
        raise bad_request("message thread not found")
    manages = chat.administers(bot.id) and chat.members[bot.id].rights.get("can_manage_topics", True)
    if topic.closed and not manages:
        raise bad_request("TOPIC_CLOSED")
    return thread_id


def find_message(chat: Chat, message_id: int, purpose: str) -> Message:
    """A message by id.

    Raises:
        Refusal: ``message to <purpose> not found``.
    """
    if not message_id:
        raise bad_request("message identifier is not specified")
    message = chat.messages.get(message_id)
    if message is None:
        raise bad_request(f"message to {purpose} not found")
    return message


def check_deletable(world: World, bot: BotAccount, chat: Chat, message: Message) -> None:
    """The bot may delete this message.

    Raises:
        Refusal: too old, or not its own to delete.
    """
    if chat.type == PRIVATE:
        if world.now() - message.date > DELETABLE_SECONDS:
            raise bad_request("message can't be deleted for everyone")
        return
    if message.sender_id == bot.id and world.now() - message.date <= DELETABLE_SECONDS:
        return
    member = chat.members[bot.id]
    if not (chat.administers(bot.id) and member.rights.get("can_delete_messages", True)):
        raise bad_request("message can't be deleted")


def check_right(chat: Chat, bot: BotAccount, right: str, what: str) -> None:
    """The bot is an administrator who may do ``what``.

    Raises:
        Refusal: it is not.
    """
    if chat.type == PRIVATE:
        return
    if not (chat.administers(bot.id) and chat.members[bot.id].rights.get(right, True)):
        raise bad_request(f"not enough rights to {what}")
