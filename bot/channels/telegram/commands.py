"""The menus of commands: for everybody, for members, for groups."""

from __future__ import annotations

from telegram import (
    Bot,
    BotCommand,
    BotCommandScopeAllGroupChats,
    BotCommandScopeAllPrivateChats,
    BotCommandScopeChat,
)
from telegram.error import TelegramError

from bot import log
from bot.model.states import Role
from bot.texts import Texts

_CITIZEN = ("huongdan", "gap", "yeucau", "huy", "noio", "muc", "trang", "dulieu", "xoadulieu", "rutdongy")
_VOLUNTEER = ("viec", "hangcho", "truc", "hoi")
_LEADER = ("to", "thongke")
_ADMIN = ("moi", "sua", "tailai", "baotri", "thongbao")
_GROUP = ("hangcho", "ketnoi")
_OF_ROLE = {
    Role.VOLUNTEER: (*_VOLUNTEER, *_CITIZEN),
    Role.LEADER: (*_VOLUNTEER, *_LEADER, *_CITIZEN),
    Role.ADMIN: (*_VOLUNTEER, *_LEADER, *_ADMIN, *_CITIZEN),
}

_log = log.get(__name__)


def of_staff(role: Role) -> tuple[str, ...]:
    """The commands a member of this role has beyond a citizen's."""
    own = tuple(name for name in _OF_ROLE[role] if name not in _CITIZEN)
    return own if role == Role.VOLUNTEER else (*own, "ketnoi")


async def publish_commands(bot: Bot, texts: Texts, chat: str | None = None, role: Role | None = None) -> None:
    """Set the menu of a member's chat; without a role, of a former one's; without a chat, of everybody and of groups.

    A menu is a convenience: when it cannot be set, life goes on.
    """
    try:
        if chat:
            names = _OF_ROLE[role] if role else _CITIZEN
            await bot.set_my_commands(_menu(texts, names), BotCommandScopeChat(int(chat)))
            return
        await bot.set_my_commands(_menu(texts, _CITIZEN), BotCommandScopeAllPrivateChats())
        await bot.set_my_commands(_menu(texts, _GROUP), BotCommandScopeAllGroupChats())
    except TelegramError as error:
        _log.warning("command menu not set", error=type(error).__name__)


def _menu(texts: Texts, names: tuple[str, ...]) -> list[BotCommand]:
    return [BotCommand(name, texts.plain(f"command.{name}")) for name in names]
