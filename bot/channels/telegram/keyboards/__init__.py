"""Buttons, what they carry, and who they are for."""

from bot.channels.telegram.keyboards import admins, citizens, members, teams
from bot.channels.telegram.keyboards.press import LIMIT_BYTES, Press, Rows, kinds, markup, unpack

__all__ = ["LIMIT_BYTES", "Press", "Rows", "admins", "citizens", "kinds", "markup", "members", "teams", "unpack"]
