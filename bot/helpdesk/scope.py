"""How far the rights of leaders and admins reach: an admin's over his territory, a leader's over his own team."""

from __future__ import annotations

from bot.errors import HelpdeskError
from bot.helpdesk.desk import Desk
from bot.helpdesk.maintenance import require
from bot.model.ids import MemberId, TeamId
from bot.model.people import Member, Team
from bot.model.states import Role
from bot.storage.work import Work

EVERYWHERE = "all"


def reaches(desk: Desk, member: Member, territory: str | None) -> bool:
    """Whether an admin's rights reach a place; None: the whole country."""
    if member.scope == EVERYWHERE:
        return True
    if territory is None:
        return False
    province = desk.catalogue.territories.province(territory)
    return member.scope in (territory, province.code if province else "")


def may_manage(desk: Desk, member: Member, team: Team) -> bool:
    """Whether the member may set the team's territory, close it, move people in and out."""
    return member.may(Role.ADMIN) and reaches(desk, member, team.territory)


def may_lead(desk: Desk, member: Member, team: Team) -> bool:
    """Whether the member may see the team and change everything else about it."""
    return may_manage(desk, member, team) or (member.may(Role.LEADER) and member.team == team.id)


def may_change(desk: Desk, member: Member, other: Member) -> bool:
    """Whether the other's rank is not above the member's own."""
    return member.may(other.role) and (not other.may(Role.ADMIN) or reaches(desk, member, place_of(other.scope)))


def place_of(scope: str) -> str | None:
    """The territory of a scope; None: the whole country."""
    return None if scope == EVERYWHERE else scope


async def led_team(
    work: Work, desk: Desk, member: Member | None, team_id: int, *, manage: bool = False
) -> tuple[Member, Team]:
    """A team that the member may change.

    Args:
        work: the unit of work.
        desk: what use cases work with.
        member: who wants it.
        team_id: the team.
        manage: what only an admin of its territory may change.

    Raises:
        HelpdeskError: not allowed, or the team is closed.
    """
    leader = require(member, Role.LEADER)
    team = await work.teams.find(TeamId(team_id))
    if team is None or team.closed_at:
        raise HelpdeskError("team.gone")
    if not (may_manage if manage else may_lead)(desk, leader, team):
        raise HelpdeskError("team.out_of_scope")
    return leader, team


async def led_member(
    work: Work, desk: Desk, member: Member | None, member_id: int, *, manage: bool = False, himself: bool = False
) -> tuple[Member, Member, Team]:
    """Somebody whose membership the member may change.

    Args:
        work: the unit of work.
        desk: what use cases work with.
        member: who wants it.
        member_id: whose.
        manage: what only an admin of the team's territory may change.
        himself: whether he may do so to himself.

    Returns:
        Who wants it, whose membership, and the team.

    Raises:
        HelpdeskError: not allowed, or the membership is ended.
    """
    require(member, Role.LEADER)
    other = await work.members.find_current(MemberId(member_id))
    if other is None:
        raise HelpdeskError("member.gone")
    leader, team = await led_team(work, desk, member, other.team, manage=manage)
    if not may_change(desk, leader, other):
        raise HelpdeskError("member.above")
    if other.id == leader.id and not himself:
        raise HelpdeskError("member.yourself")
    return leader, other, team
