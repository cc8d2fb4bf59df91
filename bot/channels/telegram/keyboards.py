"""Buttons and what they carry: typed payloads in Telegram's 64 bytes."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Any, ClassVar, Self

from telegram import InlineKeyboardButton, InlineKeyboardMarkup

from bot.model.states import Role, Section

LIMIT_BYTES = 64
"""Telegram's limit for ``callback_data``."""

# What a database's integer holds; a client that is not Telegram's own may send anything.
_LARGEST = 2**31 - 1
_KINDS: dict[str, type[Press]] = {}


@dataclass(frozen=True)
class Press:
    """What a button carries; subclasses name their short code."""

    code: ClassVar[str]

    def __init_subclass__(cls, code: str) -> None:
        if code in _KINDS:
            raise TypeError(f"two buttons share the code {code}")
        cls.code = code
        _KINDS[code] = cls

    def pack(self) -> str:
        """The callback data.

        Raises:
            ValueError: it would be too long for Telegram.
        """
        data = ":".join([self.code, *(str(int(v) if isinstance(v, bool) else v) for v in vars(self).values())])
        if len(data.encode()) > LIMIT_BYTES:
            raise ValueError(f"callback data of {type(self).__name__} is too long")
        return data

    @classmethod
    def _read(cls, values: list[str]) -> Self:
        readers: dict[str, Any] = {"int": _number, "bool": lambda v: bool(_number(v)), "Section": Section, "Role": Role}
        named = zip(fields(cls), values, strict=True)
        return cls(**{f.name: readers.get(str(f.type), str)(value) for f, value in named})


def _number(value: str) -> int:
    number = int(value)
    if not 0 <= number <= _LARGEST:
        raise ValueError("no number of ours")
    return number


def unpack(data: str) -> Press | None:
    """What was pressed; None for a button of a version that is gone."""
    code, *values = data.split(":")
    kind = _KINDS.get(code)
    if kind is None:
        return None
    try:
        return kind._read(values)
    except ValueError:
        return None


def kinds() -> dict[str, type[Press]]:
    """All payloads by their codes."""
    return dict(_KINDS)


# --- citizens -------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Agree(Press, code="ag"):
    """«Đồng ý»."""


@dataclass(frozen=True)
class ReadMore(Press, code="rm"):
    """«Đọc thêm»."""


@dataclass(frozen=True)
class SkipPlace(Press, code="sp"):
    """«Bỏ qua»."""


@dataclass(frozen=True)
class KeepPlace(Press, code="kp"):
    """One of the places offered."""

    place: str


@dataclass(frozen=True)
class OpenSection(Press, code="se"):
    """A part of a guide's card."""

    request: int
    guide: str
    section: Section


@dataclass(frozen=True)
class StartSteps(Press, code="ss"):
    """«Từng bước»: a new screen."""

    request: int
    guide: str
    step: int


@dataclass(frozen=True)
class GoToStep(Press, code="st"):
    """«Tiếp», «Lùi»: the same screen."""

    request: int
    guide: str
    step: int


@dataclass(frozen=True)
class LeaveSteps(Press, code="sl"):
    """«Thoát», «Xong các bước»."""

    request: int
    guide: str
    done: bool


@dataclass(frozen=True)
class Stuck(Press, code="sk"):
    """«Tôi bị kẹt ở bước này»."""

    request: int
    guide: str
    step: int


@dataclass(frozen=True)
class SendAsIs(Press, code="sa"):
    """«Gửi luôn cho Tổ»."""

    request: int
    guide: str
    step: int


@dataclass(frozen=True)
class Rate(Press, code="ra"):
    """«Giúp được tôi», «Chưa đúng»."""

    request: int
    guide: str
    helped: bool


@dataclass(frozen=True)
class Choose(Press, code="ch"):
    """One of the guides offered."""

    request: int
    guide: str


@dataclass(frozen=True)
class NoneOfThese(Press, code="no"):
    """«Không phải các mục này»."""

    request: int


@dataclass(frozen=True)
class CallPerson(Press, code="cp"):
    """«Gặp tình nguyện viên»; request 0: whatever is on hand."""

    request: int
    guide: str


@dataclass(frozen=True)
class Browse(Press, code="br"):
    """«Xem theo mục»."""


@dataclass(frozen=True)
class SectorsAgain(Press, code="ba"):
    """Back to the list of sectors."""


@dataclass(frozen=True)
class OpenSector(Press, code="os"):
    """A sector's guides."""

    sector: str
    page: int


@dataclass(frozen=True)
class OpenGuide(Press, code="og"):
    """A guide, from a list."""

    guide: str


@dataclass(frozen=True)
class OpenPlatforms(Press, code="pp"):
    """A page of the official apps and sites."""

    page: int


@dataclass(frozen=True)
class OpenPlatform(Press, code="pl"):
    """An official app or site."""

    platform: str


@dataclass(frozen=True)
class Resume(Press, code="re"):
    """«Làm tiếp»."""

    guide: str


@dataclass(frozen=True)
class NoResume(Press, code="nr"):
    """«Thôi»."""

    guide: str


@dataclass(frozen=True)
class OtherQuestion(Press, code="oq"):
    """«Hỏi việc khác»."""


@dataclass(frozen=True)
class CheckHelper(Press, code="hc"):
    """«Kiểm tra người hỗ trợ»."""

    ticket: int


@dataclass(frozen=True)
class DoubtHelper(Press, code="hd"):
    """«Không tin, báo Tổ»."""

    ticket: int


@dataclass(frozen=True)
class PassFile(Press, code="pf"):
    """Whether a picture may go to the volunteer."""

    message: int
    yes: bool


@dataclass(frozen=True)
class Confirm(Press, code="co"):
    """«Xong rồi», «Chưa xong»."""

    ticket: int
    done: bool


@dataclass(frozen=True)
class CancelTicket(Press, code="ct"):
    """One of several tickets to cancel."""

    ticket: int


@dataclass(frozen=True)
class AskErase(Press, code="ea"):
    """«Xóa dữ liệu của tôi»: asks once more."""


@dataclass(frozen=True)
class Erase(Press, code="er"):
    """Whether all is really to be erased."""

    sure: bool


# --- volunteers and admins ------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Claim(Press, code="cl"):
    """«Nhận»."""

    ticket: int


@dataclass(frozen=True)
class Release(Press, code="rl"):
    """«Trả lại»."""

    ticket: int


@dataclass(frozen=True)
class WaitForCitizen(Press, code="wa"):
    """«Chờ dân»."""

    ticket: int


@dataclass(frozen=True)
class Resolve(Press, code="rs"):
    """«Đã giải quyết»."""

    ticket: int


@dataclass(frozen=True)
class PickOffice(Press, code="po"):
    """«Chuyển cơ quan»."""

    ticket: int


@dataclass(frozen=True)
class Refer(Press, code="rf"):
    """The office a ticket goes to."""

    ticket: int
    office: str


@dataclass(frozen=True)
class PickGuide(Press, code="pg"):
    """«Gửi hướng dẫn»."""

    ticket: int


@dataclass(frozen=True)
class GuidePicked(Press, code="gp"):
    """The guide chosen for a ticket; empty: there is none."""

    ticket: int
    purpose: str
    guide: str


@dataclass(frozen=True)
class TypeGuide(Press, code="tg"):
    """«Bài khác…»."""

    ticket: int
    purpose: str


@dataclass(frozen=True)
class MakeCurrent(Press, code="mc"):
    """From now on words go to this ticket."""

    ticket: int


@dataclass(frozen=True)
class ForTicket(Press, code="ft"):
    """The words just written are for this ticket."""

    ticket: int


@dataclass(frozen=True)
class ShowHistory(Press, code="hi"):
    """«Xem lại trao đổi»."""

    ticket: int


@dataclass(frozen=True)
class SendAgain(Press, code="sg"):
    """«Gửi lại»."""

    row: int


@dataclass(frozen=True)
class Duty(Press, code="du"):
    """On duty or not."""

    on: bool


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


Rows = list[list[InlineKeyboardButton]]


def markup(rows: Rows) -> InlineKeyboardMarkup | None:
    """The keyboard; None where there are no buttons."""
    kept = [row for row in rows if row]
    return InlineKeyboardMarkup(kept) if kept else None
