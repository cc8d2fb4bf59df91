"""The buttons of citizens."""

from __future__ import annotations

from dataclasses import dataclass

from bot.channels.telegram.keyboards.press import Press
from bot.model.states import Section


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
