"""The buttons of those who set up teams."""

from __future__ import annotations

from dataclasses import dataclass

from bot.channels.telegram.keyboards.press import Press
from bot.model.states import Role


@dataclass(frozen=True)
class OpenTeams(Press, code="yl"):
    """A page of the list."""

    page: int


@dataclass(frozen=True)
class OpenTeam(Press, code="yt"):
    """A team, or a part of its screen."""

    team: int
    part: str


@dataclass(frozen=True)
class AskTeam(Press, code="ya"):
    """Something about a team is to be typed."""

    team: int
    what: str


@dataclass(frozen=True)
class StopAsking(Press, code="yx"):
    """«Thôi»: nothing is typed."""

    team: int
    member: int


@dataclass(frozen=True)
class PickPlace(Press, code="yp"):
    """One of the places a team may serve."""

    team: int
    place: str


@dataclass(frozen=True)
class ToggleSector(Press, code="ys"):
    """The team is good at a sector, or not."""

    team: int
    sector: str


@dataclass(frozen=True)
class CloseTeam(Press, code="yc"):
    """«Đóng đội», for sure."""

    team: int


@dataclass(frozen=True)
class InviteTo(Press, code="yi"):
    """A link into a team."""

    team: int


@dataclass(frozen=True)
class OpenMembers(Press, code="yn"):
    """A page of a team's members."""

    team: int
    page: int


@dataclass(frozen=True)
class OpenMember(Press, code="yb"):
    """A member, or the question whether the membership is to end."""

    member: int
    part: str


@dataclass(frozen=True)
class AskMember(Press, code="yk"):
    """Something about a member is to be typed."""

    member: int
    what: str


@dataclass(frozen=True)
class SetRole(Press, code="yr"):
    """Another role."""

    member: int
    role: Role


@dataclass(frozen=True)
class OfferMove(Press, code="yo"):
    """A page of teams a member may move to."""

    member: int
    page: int


@dataclass(frozen=True)
class MoveTo(Press, code="yv"):
    """The team a member moves to."""

    member: int
    team: int


@dataclass(frozen=True)
class EndMember(Press, code="ye"):
    """«Kết thúc», for sure."""

    member: int


@dataclass(frozen=True)
class OfferTeams(Press, code="yq"):
    """A page of teams an invite may lead to."""

    invite: str
    page: int


@dataclass(frozen=True)
class InviteTeam(Press, code="yw"):
    """The team an invite leads to."""

    invite: str
    team: int


@dataclass(frozen=True)
class SendTeams(Press, code="yf"):
    """«Xuất danh sách»."""


@dataclass(frozen=True)
class TakeList(Press, code="yz"):
    """«Nhập», «Bỏ»."""

    number: int
    yes: bool
