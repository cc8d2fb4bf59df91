"""The buttons of leaders and admins."""

from __future__ import annotations

from dataclasses import dataclass

from bot.channels.telegram.keyboards.press import Press
from bot.model.states import Role


@dataclass(frozen=True)
class InviteRole(Press, code="ir"):
    """An invite for another role."""

    invite: str
    role: Role


@dataclass(frozen=True)
class EditGuide(Press, code="eg"):
    """A guide to be changed."""

    guide: str


@dataclass(frozen=True)
class EditPart(Press, code="ep"):
    """«Sửa lệ phí», «Sửa thời hạn», «Thêm cách hỏi», «Thêm thông báo»."""

    guide: str
    part: str


@dataclass(frozen=True)
class EditFee(Press, code="ef"):
    """One of several fees."""

    guide: str
    index: int


@dataclass(frozen=True)
class ShowVersions(Press, code="sv"):
    """«Lịch sử»."""

    guide: str


@dataclass(frozen=True)
class PickSector(Press, code="ps"):
    """The sector of a new guide."""

    version: int
    sector: str


@dataclass(frozen=True)
class ShowChange(Press, code="sc"):
    """A part of a changed guide."""

    version: int
    part: str


@dataclass(frozen=True)
class Publish(Press, code="pu"):
    """«Đăng», «Bỏ»."""

    version: int
    yes: bool


@dataclass(frozen=True)
class Restore(Press, code="ru"):
    """«Khôi phục»; ``before``: what was in force before this version."""

    version: int
    before: bool
