"""The buttons of a member who replies, notes, or writes down help; and of the citizen who shares a number."""

from __future__ import annotations

from dataclasses import dataclass

from bot.channels.telegram.keyboards.press import Press


@dataclass(frozen=True)
class SharePhone(Press, code="xp"):
    """«Cho xem», «Không»."""

    ticket: int
    yes: bool


@dataclass(frozen=True)
class ShowNotes(Press, code="xn"):
    """«Ghi chú»."""

    ticket: int


@dataclass(frozen=True)
class AddNote(Press, code="xa"):
    """«Thêm ghi chú»."""

    ticket: int


@dataclass(frozen=True)
class ShowSimilar(Press, code="xm"):
    """«Phiếu tương tự»."""

    ticket: int


@dataclass(frozen=True)
class OpenReady(Press, code="xr"):
    """«Mẫu trả lời»."""

    ticket: int


@dataclass(frozen=True)
class OpenReadyKind(Press, code="xc"):
    """A kind of ready replies; empty: all kinds again."""

    ticket: int
    category: str


@dataclass(frozen=True)
class Look(Press, code="xl"):
    """Words to be looked at; ticket 0: without one."""

    ticket: int
    source: str
    number: int


@dataclass(frozen=True)
class SendProposal(Press, code="xs"):
    """«Gửi»; ``digest`` names the words that were looked at."""

    ticket: int
    source: str
    number: int
    digest: str


@dataclass(frozen=True)
class ChangeFirst(Press, code="xe"):
    """«Sửa trước khi gửi»."""

    ticket: int
    source: str
    number: int


@dataclass(frozen=True)
class NewReady(Press, code="xw"):
    """«Thêm mẫu»."""


@dataclass(frozen=True)
class NewReadyIn(Press, code="xi"):
    """Of which kind."""

    category: str


@dataclass(frozen=True)
class RewordReady(Press, code="xd"):
    """«Sửa mẫu»."""

    number: int


@dataclass(frozen=True)
class RemoveReady(Press, code="xz"):
    """«Xóa mẫu»."""

    number: int


@dataclass(frozen=True)
class Assist(Press, code="xh"):
    """An answer while help given face to face is written down."""

    asked: str
    value: str
