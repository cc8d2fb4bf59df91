"""The buttons of those who help."""

from __future__ import annotations

from dataclasses import dataclass

from bot.channels.telegram.keyboards.press import Press


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
class PutAway(Press, code="pw"):
    """«Thôi» under the offices, or under the guides to send."""

    ticket: int
    offices: bool


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
class ReturnReason(Press, code="rr"):
    """Why the ticket was given back."""

    ticket: int
    reason: str


@dataclass(frozen=True)
class PickReceiver(Press, code="tr"):
    """«Chuyển»: to whom?"""

    ticket: int


@dataclass(frozen=True)
class ReceiverPage(Press, code="tp"):
    """Further people and teams."""

    ticket: int
    page: int


@dataclass(frozen=True)
class GiveToMember(Press, code="tm"):
    """The ticket goes to this member."""

    ticket: int
    member: int


@dataclass(frozen=True)
class GiveToTeam(Press, code="tt"):
    """The ticket goes to this team."""

    ticket: int
    team: int


@dataclass(frozen=True)
class TakeBack(Press, code="tb"):
    """«Thu hồi»: a leader takes the ticket back into the queue."""

    ticket: int


@dataclass(frozen=True)
class ShowTeam(Press, code="ta"):
    """A leader looks at what his team holds."""
