"""Telegram tells that the bot was blocked, unblocked, put into a group, silenced there, or out of it."""

from __future__ import annotations

from telegram import ChatMember, ChatMemberRestricted, Update
from telegram.constants import ChatType
from telegram.ext import BaseHandler, ChatMemberHandler, MessageHandler, filters

from bot.channels.telegram.context import Context
from bot.channels.telegram.incoming import numbers_of
from bot.helpdesk.groups import leave_groups, move_group
from bot.model.people import Chat

_GONE = (ChatMember.LEFT, ChatMember.BANNED)


def handlers() -> list[BaseHandler[Update, Context, None]]:
    """Changes of the bot's own standing, and of a group's id."""
    return [
        ChatMemberHandler(bot_status_changed, ChatMemberHandler.MY_CHAT_MEMBER),
        MessageHandler(filters.StatusUpdate.MIGRATE, group_moved),
    ]


async def bot_status_changed(update: Update, context: Context) -> None:
    """Blocked or unblocked by a person; in, silenced or out of a group."""
    change = update.my_chat_member
    assert change is not None
    gone = _cannot_write(change.new_chat_member)
    if change.chat.type == ChatType.PRIVATE:
        await context.work.people.change(context.person.id, reachable=not gone)
    elif gone:
        number, bot = change.chat.id, context.person.chat.bot
        reason = str(change.new_chat_member.status)
        await leave_groups(context.work, context.desk, lambda g: g.bot == bot and numbers_of(g.id)[0] == number, reason)


def _cannot_write(standing: ChatMember) -> bool:
    if isinstance(standing, ChatMemberRestricted):
        return not (standing.is_member and standing.can_send_messages)
    return standing.status in _GONE


async def group_moved(update: Update, context: Context) -> None:
    """A group became a supergroup and has another id."""
    message = update.effective_message
    if message and message.migrate_to_chat_id:
        bot = context.person.chat.bot
        old, new = Chat(bot, str(message.chat_id)), Chat(bot, str(message.migrate_to_chat_id))
        await move_group(context.work, context.desk, old, new)
