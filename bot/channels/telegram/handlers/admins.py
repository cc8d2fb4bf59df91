"""What leaders and admins command and press."""

from __future__ import annotations

from telegram import Update
from telegram.ext import BaseHandler, CommandHandler, filters

from bot.channels.telegram.context import Context, pressed_message
from bot.channels.telegram.handlers.messages import only_in_private
from bot.channels.telegram.handlers.presses import PressHandler
from bot.channels.telegram.incoming import chat_of
from bot.channels.telegram.keyboards import admins as press
from bot.helpdesk import editing, groups, invites, maintenance, publish, staff, versions
from bot.model.ids import VersionId


def commands() -> list[BaseHandler[Update, Context, None]]:
    """The commands of leaders and admins."""
    private = filters.ChatType.PRIVATE
    table = {
        "moi": invite,
        "sua": edit_guide,
        "thongke": show_statistics,
        "tailai": reload_guides,
        "baotri": set_maintenance,
        "thongbao": set_platform_notice,
    }
    handlers: list[BaseHandler[Update, Context, None]] = [
        CommandHandler(name, handle, filters=private) for name, handle in table.items()
    ]
    elsewhere = CommandHandler(list(table), only_in_private, filters=filters.ChatType.GROUPS)
    return [*handlers, elsewhere, CommandHandler("ketnoi", bind_group)]


def presses() -> list[BaseHandler[Update, Context, None]]:
    """The buttons of admins."""
    table = {
        press.InviteRole: change_invite,
        press.EditGuide: edit_one,
        press.EditPart: edit_part,
        press.EditFee: edit_fee,
        press.ShowVersions: show_versions,
        press.PickSector: pick_sector,
        press.ShowChange: show_change,
        press.Publish: publish_guide,
        press.Restore: restore_guide,
    }
    return [PressHandler(kind, handle) for kind, handle in table.items()]


async def invite(update: Update, context: Context) -> None:
    """``/moi``."""
    await invites.invite(context.work, context.desk, context.person, context.member)


async def change_invite(update: Update, context: Context) -> None:
    """The invite is for another role."""
    wanted: press.InviteRole = context.press
    await invites.change_invite(
        context.work, context.desk, context.person, context.member, wanted.invite, role=wanted.role
    )


async def bind_group(update: Update, context: Context) -> None:
    """``/ketnoi``."""
    group = chat_of(update, context.person.chat.bot)
    await groups.bind_group(context.work, context.desk, context.person, context.member, group, context.words)


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


async def edit_guide(update: Update, context: Context) -> None:
    """``/sua``."""
    await editing.open_editor(context.work, context.desk, context.person, context.member, context.words)


async def edit_one(update: Update, context: Context) -> None:
    """One of the guides offered."""
    await editing.open_editor(context.work, context.desk, context.person, context.member, context.press.guide)


async def edit_part(update: Update, context: Context) -> None:
    """«Sửa lệ phí» and its like."""
    wanted: press.EditPart = context.press
    await editing.edit_part(context.work, context.desk, context.person, context.member, wanted.guide, wanted.part)


async def edit_fee(update: Update, context: Context) -> None:
    """One of several fees."""
    wanted: press.EditFee = context.press
    await editing.edit_part(
        context.work, context.desk, context.person, context.member, wanted.guide, editing.FEE, wanted.index
    )


async def show_versions(update: Update, context: Context) -> None:
    """«Lịch sử»."""
    words = f"{context.press.guide} lichsu"
    await editing.open_editor(context.work, context.desk, context.person, context.member, words)


async def pick_sector(update: Update, context: Context) -> None:
    """The sector of a new guide."""
    picked: press.PickSector = context.press
    await editing.choose_sector(context.work, context.desk, context.member, VersionId(picked.version), picked.sector)
    context.toast("edit.sector_noted")


async def show_change(update: Update, context: Context) -> None:
    """Another part of a changed guide."""
    wanted: press.ShowChange = context.press
    message = pressed_message(update)
    await versions.show_part(
        context.work, context.person, context.member, VersionId(wanted.version), wanted.part, message
    )


async def publish_guide(update: Update, context: Context) -> None:
    """«Đăng», «Bỏ»."""
    said: press.Publish = context.press
    number = VersionId(said.version)
    if said.yes:
        await versions.publish(context.work, context.desk, context.person, context.member, number)
    else:
        await versions.drop(context.work, context.member, number)


async def restore_guide(update: Update, context: Context) -> None:
    """«Khôi phục»."""
    wanted: press.Restore = context.press
    number = VersionId(wanted.version)
    await versions.restore(context.work, context.desk, context.person, context.member, number, before=wanted.before)
