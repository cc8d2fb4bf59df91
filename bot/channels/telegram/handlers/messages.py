"""Whatever is said that is no command."""

from __future__ import annotations

from telegram import Update
from telegram.ext import BaseHandler, MessageHandler, filters

from bot.channels.telegram.context import Context
from bot.channels.telegram.incoming import chat_of, incoming
from bot.helpdesk.hear import hear, hear_in_group
from bot.model.notices import Say


def handlers() -> list[BaseHandler[Update, Context, None]]:
    """Messages, new and edited, in private chats and in groups."""
    private, said = filters.ChatType.PRIVATE, filters.UpdateType.MESSAGE | filters.UpdateType.EDITED_MESSAGE
    return [
        MessageHandler(private & filters.UpdateType.MESSAGE & filters.COMMAND, unknown_command),
        MessageHandler(private & said & ~filters.StatusUpdate.ALL, take),
        MessageHandler(filters.ChatType.GROUPS & said & filters.REPLY, take_in_group),
    ]


async def take(update: Update, context: Context) -> None:
    """A message in a private chat."""
    message = update.effective_message
    assert message is not None
    said = incoming(message, context.person.chat.bot, edited=update.edited_message is not None)
    await hear(context.work, context.desk, context.person, context.member, said)


async def take_in_group(update: Update, context: Context) -> None:
    """A reply in a group."""
    message = update.effective_message
    assert message is not None
    said = incoming(message, context.person.chat.bot, edited=update.edited_message is not None)
    await hear_in_group(context.work, context.desk, context.person, context.member, said)


async def only_in_private(update: Update, context: Context) -> None:
    """A command that is given to the bot alone, given in a group."""
    group = chat_of(update, context.person.chat.bot)
    await context.work.outbox.post(group, Say("group.private_only"), silent=True)


async def unknown_command(update: Update, context: Context) -> None:
    """A command the bot does not know."""
    await context.work.outbox.post(context.person.chat, Say("help", menu="browse_person"))
