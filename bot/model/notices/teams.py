"""To leaders and admins who set up teams."""

from __future__ import annotations

from dataclasses import dataclass, field

from bot.model.notices.notice import Notice


@dataclass(frozen=True)
class TeamList(Notice):
    """The teams an admin may see."""

    viewer: int
    page: int = 0


@dataclass(frozen=True)
class TeamScreen(Notice):
    """A team, or a part of it.

    Attributes:
        viewer: the member it is shown to, on whom its buttons depend.
        part: ``main``, ``sectors``, ``office`` or ``close``.
        said: name of a sentence above it, such as that something was kept.
    """

    team: int
    viewer: int
    part: str = "main"
    said: str = ""


@dataclass(frozen=True)
class TeamMembers(Notice):
    """The members of a team."""

    team: int
    viewer: int
    page: int = 0


@dataclass(frozen=True)
class MemberScreen(Notice):
    """A member and what can be changed about him.

    Attributes:
        part: ``main`` or ``end``: asks whether the membership is really to end.
    """

    member: int
    viewer: int
    part: str = "main"
    said: str = ""


@dataclass(frozen=True)
class MovePick(Notice):
    """To which team shall a member move?"""

    member: int
    viewer: int
    page: int = 0


@dataclass(frozen=True)
class TeamQuestion(Notice):
    """What is to be typed.

    Attributes:
        team: of which team; 0: of one that is being made.
        what: name of the thing asked for.
        member: of which member; 0: it is about the team.
        problem: name of the sentence that says what was wrong with the last answer.
    """

    team: int
    what: str
    member: int = 0
    problem: str = ""


@dataclass(frozen=True)
class TeamPlaces(Notice):
    """Which of these places does the team serve?"""

    team: int
    codes: tuple[str, ...]
    more: bool = False


@dataclass(frozen=True)
class InviteTeams(Notice):
    """To which team shall an invite lead?"""

    code: str
    viewer: int
    page: int = 0


@dataclass(frozen=True)
class TeamFile(Notice):
    """Teams and members as a file, with the links of those who are not here yet.

    Attributes:
        teams: which; none named: all that the viewer may see.
    """

    viewer: int
    teams: tuple[int, ...] = field(default=())


@dataclass(frozen=True)
class TeamListReport(Notice):
    """A file of teams and members as it stands: being read, refused, to be decided, taken over."""

    number: int
