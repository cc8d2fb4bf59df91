"""What leaders and admins command and press."""

from __future__ import annotations

from telegram import Update
from telegram.ext import BaseHandler, CommandHandler, filters

from bot.channels.telegram import keyboards as press
from bot.channels.telegram.context import Context
from bot.channels.telegram.handlers.presses import PressHandler
from bot.helpdesk import maintenance, publish, staff
from bot.model.people import Chat


def commands() -> list[BaseHandler[Update, Context, None]]:
    """The commands of leaders and admins."""
    private = filters.ChatType.PRIVATE
    table = {
        "moi": invite,
        "thongke": show_statistics,
        "tailai": reload_guides,
        "baotri": set_maintenance,
        "thongbao": set_platform_notice,
    }
    handlers: list[BaseHandler[Update, Context, None]] = [
        CommandHandler(name, handle, filters=private) for name, handle in table.items()
    ]
    return [*handlers, CommandHandler("ketnoi", bind_group)]


def presses() -> list[BaseHandler[Update, Context, None]]:
    """The buttons of admins."""
    return [PressHandler(press.InviteRole, change_invite)]


async def invite(update: Update, context: Context) -> None:
    """``/moi``."""
    await staff.invite(context.work, context.desk, context.person, context.member)


async def change_invite(update: Update, context: Context) -> None:
    """The invite is for another role."""
    wanted: press.InviteRole = context.press
    await staff.change_invite(context.work, context.desk, context.person, context.member, wanted.invite, wanted.role)


async def bind_group(update: Update, context: Context) -> None:
    """``/ketnoi``."""
    assert update.effective_chat is not None
    group = Chat(context.person.chat.bot, str(update.effective_chat.id))
    await staff.bind_group(context.work, context.desk, context.person, context.member, group, context.words)


async def show_statistics(update: Update, context: Context) -> None:
    """``/thongke``."""
    await staff.statistics(context.work, context.person, context.member)


async def reload_guides(update: Update, context: Context) -> None:
    """``/tailai``."""
    await publish.ask_reload(context.work, context.person, context.member)


async def set_maintenance(update: Update, context: Context) -> None:
    """``/baotri on|off``."""
    await maintenance.set_maintenance(context.work, context.person, context.member, context.words)


async def set_platform_notice(update: Update, context: Context) -> None:
    """``/thongbao``."""
    await maintenance.set_platform_notice(context.work, context.desk, context.person, context.member, context.words)
