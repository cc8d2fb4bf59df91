"""Which team a ticket goes to, and why: a pure function over what is known of the citizen and of the teams.

The ladder has the rungs hamlet, commune, province, everywhere (teams without a territory, the default team at the end)
and admins. A ticket goes to the lowest rung with a team that takes the matter and has somebody on duty. With nobody on
duty anywhere it goes to the lowest rung with such a team, silently. Unclaimed, it climbs rung by rung.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from bot.language import fold
from bot.model.ids import TeamId
from bot.model.people import Team


class Rung(StrEnum):
    """How wide a team's territory is; from near to far."""

    HAMLET = "hamlet"
    COMMUNE = "commune"
    PROVINCE = "province"
    EVERYWHERE = "everywhere"
    ADMINS = "admins"


class Reason(StrEnum):
    """Why a ticket stays on a rung, or goes past it."""

    ON_DUTY = "on_duty"
    NOBODY_ANYWHERE = "nobody_anywhere"
    NO_TEAM = "no_team"
    PLACE_UNKNOWN = "place_unknown"
    HAMLET_UNKNOWN = "hamlet_unknown"
    OTHER_SECTOR = "other_sector"
    NO_MEMBERS = "no_members"
    NOBODY_ON_DUTY = "nobody_on_duty"
    NOT_NEEDED = "not_needed"
    LAST = "last"


@dataclass(frozen=True)
class Need:
    """What is known of a question.

    Attributes:
        commune: code of the citizen's commune; None: not known.
        province: code of his province; None: not known.
        sector: of the guide on hand; None: not known.
        words: his own, in which he may name his hamlet; nobody is asked for it.
    """

    commune: str | None = None
    province: str | None = None
    sector: str | None = None
    words: str = ""


@dataclass(frozen=True)
class Staffed:
    """A team with how many members it has, how many can be told now, and how many tickets wait for it."""

    team: Team
    members: int
    ready: int
    waiting: int = 0


@dataclass(frozen=True)
class Step:
    """One rung of the ladder: the team that stands for it, if there is one, and what came of it."""

    rung: Rung
    team: TeamId | None
    name: str
    reason: Reason


@dataclass(frozen=True)
class Route:
    """Where a ticket goes.

    Attributes:
        team: who gets it.
        rung: how near that is.
        steps: every rung, with a reason.
        silent: nobody is on duty, so nobody is woken.
    """

    team: TeamId
    rung: Rung
    steps: tuple[Step, ...]
    silent: bool

    @property
    def reason(self) -> Reason:
        """Why it goes there."""
        return Reason.NOBODY_ANYWHERE if self.silent else Reason.ON_DUTY


def route(need: Need, teams: Iterable[Staffed]) -> Route:
    """Where a new ticket goes.

    Args:
        need: what is known of the question.
        teams: every team; one of them is the default team.
    """
    found = [_stands_for(rung, need, list(teams)) for rung in Rung if rung != Rung.ADMINS]
    usable = [step for step, staffed in found if staffed]
    awake = [step for step, staffed in found if staffed and staffed.ready]
    taken = (awake or usable)[0]
    assert taken.team is not None
    steps: list[Step] = []
    reached = False
    for step, staffed in found:
        reason = step.reason
        if step is taken:
            reached, reason = True, Reason.ON_DUTY if awake else Reason.NOBODY_ANYWHERE
        elif staffed:
            reason = Reason.NOT_NEEDED if reached else Reason.NOBODY_ON_DUTY
        steps.append(Step(step.rung, step.team, step.name, reason))
    steps.append(Step(Rung.ADMINS, None, "", Reason.LAST))
    return Route(taken.team, taken.rung, tuple(steps), silent=not awake)


def climb(need: Need, teams: Iterable[Staffed], now_at: TeamId) -> Step:
    """The next rung above the team a ticket waits for; at the top the admins, whose step names no team."""
    teams = list(teams)
    here = next((t.team for t in teams if t.team.id == now_at), None)
    order = list(Rung)
    lowest = order.index(rung_of(here)) if here else 0
    for rung in order[lowest + 1 : -1]:
        # A hamlet's team that stood in for the commune is no wider than this one.
        wider = [t for t in teams if t.team.id != now_at and rung_of(t.team) == rung]
        step, staffed = _stands_for(rung, need, wider)
        if staffed:
            return Step(rung, step.team, step.name, Reason.ON_DUTY if staffed.ready else Reason.NOBODY_ON_DUTY)
    return Step(Rung.ADMINS, None, "", Reason.LAST)


def rung_of(team: Team) -> Rung:
    """The rung a team stands on."""
    if team.territory is None:
        return Rung.EVERYWHERE
    if len(team.territory) == 2:
        return Rung.PROVINCE
    return Rung.HAMLET if team.hamlet else Rung.COMMUNE


def _stands_for(rung: Rung, need: Need, teams: Sequence[Staffed]) -> tuple[Step, Staffed | None]:
    """The team that would take the ticket on this rung; None with the reason why there is none."""
    candidates, missing = _near(rung, need, teams)
    if not candidates:
        return Step(rung, None, "", missing), None
    right = [t for t in candidates if _takes(t.team, need.sector)]
    if not right:
        return Step(rung, candidates[0].team.id, candidates[0].team.name, Reason.OTHER_SECTOR), None
    manned = [t for t in right if t.members or t.team.is_default]
    if not manned:
        return Step(rung, right[0].team.id, right[0].team.name, Reason.NO_MEMBERS), None
    best = min(manned, key=lambda t: _order(t, need.sector))
    return Step(rung, best.team.id, best.team.name, Reason.ON_DUTY), best


def _near(rung: Rung, need: Need, teams: Sequence[Staffed]) -> tuple[list[Staffed], Reason]:
    """Teams of a rung that serve the place, and the reason to give where there is none."""
    there = [t for t in teams if t.team.closed_at is None and rung_of(t.team) == rung]
    if rung == Rung.EVERYWHERE:
        # The default team gets what no other serves, whatever place of its own it was given.
        return [*there, *(t for t in teams if t.team.is_default and t not in there)], Reason.NO_TEAM
    code = need.province if rung == Rung.PROVINCE else need.commune
    if code is None:
        return [], Reason.PLACE_UNKNOWN
    there = [t for t in there if t.team.territory == code]
    if rung == Rung.HAMLET and there:
        named = [t for t in there if _names(need.words, t.team.hamlet)]
        return named, Reason.HAMLET_UNKNOWN
    if rung == Rung.COMMUNE and not there:
        # No team for the whole commune: one of its hamlets' helps whoever lives in another.
        there = [
            t for t in teams if t.team.closed_at is None and rung_of(t.team) == Rung.HAMLET and t.team.territory == code
        ]
    return there, Reason.NO_TEAM


def _takes(team: Team, sector: str | None) -> bool:
    return team.is_default or not team.sectors or sector is None or sector in team.sectors


def _order(staffed: Staffed, sector: str | None) -> tuple[bool, bool, bool, int, int]:
    """Somebody on duty, then good at this very matter, then not the last resort, then the shorter queue."""
    team = staffed.team
    suited = sector in team.sectors if sector else not team.sectors
    return not staffed.ready, not suited, team.is_default, staffed.waiting, team.id


def _names(words: str, hamlet: str) -> bool:
    return f" {fold(hamlet)} " in f" {fold(words)} "
