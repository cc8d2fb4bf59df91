"""Who can be told of a ticket now, and in which order."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bot.config import Config
from bot.helpdesk.desk import Desk
from bot.helpdesk.hours import Calendar
from bot.model.ids import MemberId
from bot.model.people import Member, Team
from bot.model.states import EventKind
from bot.storage.work import Work


class Standing(StrEnum):
    """Whether a member can be told of a ticket now, and why not."""

    READY = "ready"
    OFF = "off"
    AWAY = "away"
    OFF_HOURS = "off_hours"
    FULL = "full"
    NOT_A_MEMBER = "not_a_member"


@dataclass(frozen=True)
class Load:
    """What a member carries: tickets held now, and taken since the month began."""

    held: int = 0
    month: int = 0


def standing(member: Member, team: Team, config: Config, now: datetime, held: int = 0) -> Standing:
    """Whether the member can be told now.

    His own word counts first, then hours of his own or the team's. Where neither has any he is on duty whenever he says
    so, at any hour: what is common to all (``hours.duty``) is for deadlines. Days off do not matter either: who says on
    a Sunday that he is on duty means it.

    Args:
        member: who.
        team: his team.
        config: all of ``config.yaml``.
        now: the moment.
        held: how many tickets he holds.
    """
    today = now.astimezone(config.hours.zone).date()
    if (member.starts_on and today < member.starts_on) or (member.ends_on and today > member.ends_on):
        return Standing.NOT_A_MEMBER
    if not member.on_duty or (member.on_until and now >= member.on_until):
        return Standing.OFF
    if member.away_until and now < member.away_until:
        return Standing.AWAY
    own = member.duty or team.duty
    if own and not Calendar.of(config.hours, own).is_hour(now):
        return Standing.OFF_HOURS
    return Standing.FULL if held >= limit(member, config) else Standing.READY


def limit(member: Member, config: Config) -> int:
    """How many tickets the member may hold at once."""
    return member.most_open or config.service.most_open


async def ready(work: Work, desk: Desk, team: Team) -> list[Member]:
    """Members of the team who can be told now; who carries least comes first."""
    members = await work.members.of_team(team.id)
    loads = await loads_of(work, desk, members)
    return in_order(
        [m for m in members if standing(m, team, desk.config, desk.clock.now(), loads[m.id].held) == Standing.READY],
        loads,
    )


async def still_members(work: Work, desk: Desk, team: Team) -> list[Member]:
    """Members of the team whose dates hold today, on duty or not."""
    members, now = await work.members.of_team(team.id), desk.clock.now()
    return [m for m in members if standing(m, team, desk.config, now) != Standing.NOT_A_MEMBER]


def in_order(members: list[Member], loads: Mapping[MemberId, Load]) -> list[Member]:
    """The fair order to tell members in: fewest tickets now, then fewest this month, then who joined first."""
    return sorted(members, key=lambda m: (loads[m.id].held, loads[m.id].month, m.id))


async def loads_of(work: Work, desk: Desk, members: list[Member]) -> dict[MemberId, Load]:
    """What each of them carries."""
    ids = [m.id for m in members]
    held = await work.tickets.held_counts(ids)
    month = await work.figures.of_members(ids, EventKind.CLAIMED, month_start(desk))
    return {member: Load(held.get(member, 0), month.get(member, 0)) for member in ids}


def month_start(desk: Desk) -> datetime:
    """When this month began, where the team is."""
    today = desk.clock.now().astimezone(desk.config.hours.zone).date()
    return desk.calendar().midnight(today.replace(day=1))
