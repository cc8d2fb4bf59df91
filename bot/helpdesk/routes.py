"""What routing needs to know, read from the database and the catalogue; who of the admins a place belongs to."""

from __future__ import annotations

from collections import defaultdict
from datetime import datetime, timedelta

from bot.helpdesk.desk import Desk
from bot.helpdesk.duty import Standing, standing
from bot.helpdesk.routing import Need, Route, Staffed, route
from bot.model.ids import TeamId
from bot.model.people import Member, Team
from bot.model.requests import Ticket
from bot.storage.work import Work


def need_of(desk: Desk, territory: str | None, guide: str | None, words: str) -> Need:
    """What is known of a question that routing goes by."""
    entry = desk.catalogue.get(guide) if guide else None
    codes = codes_of(desk, territory)
    commune = next((code for code in codes if len(code) > 2), None)
    province = next((code for code in codes if len(code) == 2), None)
    return Need(commune, province, entry.sector if entry else None, words)


def need_of_ticket(desk: Desk, ticket: Ticket) -> Need:
    """The same of a ticket."""
    return need_of(desk, ticket.territory, ticket.guide, ticket.question)


def codes_of(desk: Desk, territory: str | None) -> tuple[str, ...]:
    """The place's own code and, for a commune, its province's; empty where the place is not known."""
    territories = desk.catalogue.territories
    if territory is None or not territories.knows(territory):
        return ()
    province = territories.province(territory)
    return tuple(dict.fromkeys((territory, *([province.code] if province else ()))))


async def choose(work: Work, desk: Desk, need: Need) -> Route:
    """Where a ticket goes as things stand now."""
    return route(need, await staffed(work, desk, need))


async def staffed(work: Work, desk: Desk, need: Need) -> list[Staffed]:
    """The teams that may serve the place, with who is on duty now; the default team among them."""
    await work.teams.default(desk.config.helpdesk.default_team)
    teams = await work.teams.serving([code for code in (need.commune, need.province) if code])
    members: defaultdict[TeamId, list[Member]] = defaultdict(list)
    for member in await work.members.of_teams([team.id for team in teams]):
        members[member.team].append(member)
    held = await work.tickets.held_counts(m.id for team in members.values() for m in team)
    waiting = await work.tickets.waiting_counts()
    now = desk.clock.now()
    found: list[Staffed] = []
    for team in teams:
        stands = [standing(m, team, desk.config, now, held.get(m.id, 0)) for m in members[team.id]]
        there = sum(s != Standing.NOT_A_MEMBER for s in stands)
        found.append(Staffed(team, there, stands.count(Standing.READY), waiting.get(team.id, 0)))
    return found


async def admins_for(work: Work, desk: Desk, territory: str | None) -> list[Member]:
    """Admins whose rights reach a place; for one that is not known, those of everywhere."""
    codes = codes_of(desk, territory)
    return [m for m in await work.members.admins() if m.scope == "all" or m.scope in codes]


def climb_time(desk: Desk, team: Team, now: datetime, *, urgent: bool) -> datetime:
    """When an unclaimed ticket goes to the next wider team; an urgent one waits for no duty hours, only for morning."""
    minutes = timedelta(minutes=desk.config.service.climb_minutes)
    calendar = desk.calendar(team.duty)
    return calendar.next_waking(now + minutes) if urgent else calendar.add(now, minutes)
