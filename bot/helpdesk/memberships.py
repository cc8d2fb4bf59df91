"""A membership: its role, dates, hours and limit, its move to another team, its end."""

from __future__ import annotations

from datetime import date
from typing import Any

from bot.errors import HelpdeskError
from bot.helpdesk.desk import Desk
from bot.helpdesk.groups import tell_leaders
from bot.helpdesk.holding import give_all_back
from bot.helpdesk.scope import EVERYWHERE, led_member, led_team
from bot.model.events import Event
from bot.model.notices import Say
from bot.model.people import Member, Team
from bot.model.states import EventKind, Role
from bot.storage.work import Work


async def set_role(work: Work, desk: Desk, member: Member | None, member_id: int, role: Role) -> Member:
    """Give a role, up to one's own.

    Raises:
        HelpdeskError: not allowed.
    """
    leader, other, team = await led_member(work, desk, member, member_id)
    allowed(leader, role)
    if other.role != role:
        await work.members.change(other.id, role=role, scope=scope_of(leader, team, role))
        _note(work, leader, other, "role", role=role)
        await _tell(work, desk, other, Say(f"member.now_{role}", {"team": team.name}))
    return other


def allowed(leader: Member, role: Role) -> None:
    """Whether the leader may give this role.

    Raises:
        HelpdeskError: it is above his own.
    """
    if not leader.may(role):
        raise HelpdeskError("member.above")


def scope_of(leader: Member, team: Team, role: Role) -> str:
    """How far the rights of a new admin reach: over his team's territory, and no further than those of who made him."""
    if role != Role.ADMIN:
        return EVERYWHERE
    return team.territory or leader.scope


async def set_period(
    work: Work, desk: Desk, member: Member | None, member_id: int, first: date | None, last: date | None
) -> Member:
    """Set the first and last day; who is not a member today any more gives his tickets back.

    Raises:
        HelpdeskError: not allowed.
    """
    leader, other, _ = await led_member(work, desk, member, member_id)
    await change_period(work, desk, leader, other, first, last)
    return other


async def change_period(
    work: Work, desk: Desk, leader: Member, other: Member, first: date | None, last: date | None
) -> None:
    """Set the dates of somebody whom the leader may change."""
    await work.tickets.lock_held_by(other.id)
    await work.members.change(other.id, starts_on=first, ends_on=last)
    _note(work, leader, other, "dates", starts=_iso(first), ends=_iso(last))
    now = await work.members.get(other.id)
    if not now.in_force(work.today):
        await give_all_back(work, desk, now, "not_in_force")


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


async def set_habits(work: Work, desk: Desk, member: Member | None, member_id: int, **values: Any) -> Member:
    """Set duty hours or how many tickets at most.

    Raises:
        HelpdeskError: not allowed.
    """
    leader, other, _ = await led_member(work, desk, member, member_id, himself=True)
    await work.members.change(other.id, **values)
    _note(work, leader, other, next(iter(values)))
    return other


async def move_to_team(work: Work, desk: Desk, member: Member | None, member_id: int, team_id: int) -> Member:
    """Move somebody to another team; the tickets he holds stay his.

    Raises:
        HelpdeskError: not allowed in one of both teams.
    """
    leader, other, former = await led_member(work, desk, member, member_id, manage=True)
    _, team = await led_team(work, desk, member, team_id, manage=True)
    if team.id != former.id:
        await work.members.change(other.id, team_id=team.id)
        work.events.add(
            Event(
                EventKind.MEMBER,
                member=other.id,
                team=team.id,
                codes={"what": "team", "former_team": former.id, "by": leader.id},
            )
        )
        await _tell(work, desk, other, Say("member.moved", {"team": team.name}))
    return other


async def dismiss(work: Work, desk: Desk, member: Member | None, member_id: int) -> Member:
    """End a membership today.

    Raises:
        HelpdeskError: not allowed.
    """
    leader, other, _ = await led_member(work, desk, member, member_id)
    await end_membership(work, desk, other, "dismissed", by=leader)
    return other


async def end_overdue(work: Work, desk: Desk) -> None:
    """Memberships whose last day is past; of several processes that look, one ends each."""
    overdue = await work.members.overdue()
    await work.tickets.lock_held_by(*[member.id for member in overdue])
    for member in overdue:
        await end_membership(work, desk, member, "expired")


async def end_membership(work: Work, desk: Desk, member: Member, reason: str, *, by: Member | None = None) -> None:
    """Access goes, tickets return to the front of the queue, he and those who lead the team are told."""
    await work.tickets.lock_held_by(member.id)
    if not await work.members.end(member.id):
        return
    codes = {"reason": reason, "by": by.id if by else None}
    work.events.add(Event(EventKind.LEFT, member=member.id, team=member.team, codes=codes))
    tickets = await give_all_back(work, desk, member, reason)
    team = await work.teams.get(member.team)
    await _tell(work, desk, member, Say("member.ended", {"team": team.name}))
    figures: dict[str, str | int] = {"name": member.name, "team": team.name, "count": tickets}
    await tell_leaders(work, desk, team, Say("member.ended_leaders", figures), but=by)


async def _tell(work: Work, desk: Desk, member: Member, notice: Say) -> None:
    silent = desk.calendar().is_night(desk.clock.now())
    for _, chat in await work.members.chats([member]):
        await work.outbox.post(chat, notice, silent=silent)


def _note(work: Work, leader: Member, other: Member, what: str, **codes: str | None) -> None:
    told = {"what": what, "by": leader.id, **codes}
    work.events.add(Event(EventKind.MEMBER, member=other.id, team=other.team, codes=told))
