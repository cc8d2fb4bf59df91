"""A ticket goes to another team: once its place is known, or because nobody claimed it in time."""

from __future__ import annotations

from typing import Any

from bot.helpdesk.desk import Desk
from bot.helpdesk.open_ticket import card, refresh_cards, show_card
from bot.helpdesk.routes import admins_for, choose, climb_time, need_of_ticket, staffed
from bot.helpdesk.routing import climb
from bot.model.delivery import Mode
from bot.model.events import Event
from bot.model.notices import Say
from bot.model.notices.members import TicketCard
from bot.model.requests import Ticket
from bot.model.states import EventKind, TicketState
from bot.storage.work import Work

UNCLAIMED, LATE = "unclaimed", "late"
"""Why a ticket climbs."""


async def reroute(work: Work, desk: Desk, ticket: Ticket) -> None:
    """Where the ticket goes now that its place is known; whoever has its card already may still claim it."""
    await refresh_cards(work, ticket)
    if ticket.state != TicketState.OPEN or ticket.climb_at is None:
        return
    found = await choose(work, desk, need_of_ticket(desk, ticket))
    if found.team == ticket.team:
        return
    team = await work.teams.get(found.team)
    due = climb_time(desk, team, desk.clock.now(), urgent=ticket.urgent)
    if not await work.ticket_clocks.climb_if_open(ticket.id, ticket.climb_at, team_id=team.id, climb_at=due):
        return
    moved = await work.tickets.get(ticket.id)
    work.events.add(
        Event.of_ticket(EventKind.ROUTED, moved, former=ticket.team, rung=found.rung, reason=found.reason, why="place")
    )
    await show_card(work, desk, moved, team)


async def climb_due(work: Work, desk: Desk, batch: int) -> int:
    """Tickets nobody claimed in time go one rung up; how many."""
    due = await work.ticket_clocks.to_climb(batch)
    for ticket in due:
        await climb_one(work, desk, ticket, UNCLAIMED)
    return len(due)


async def climb_one(work: Work, desk: Desk, ticket: Ticket, why: str) -> None:
    """One rung up; the people there are told once, the former card stays and can still be pressed."""
    if ticket.climb_at is None:
        return  # it is at the top
    need = need_of_ticket(desk, ticket)
    step = climb(need, await staffed(work, desk, need), ticket.team)
    values: dict[str, Any] = {"climb_at": None}
    team = await work.teams.get(step.team) if step.team else None
    if team:
        values = {"team_id": team.id, "climb_at": climb_time(desk, team, desk.clock.now(), urgent=ticket.urgent)}
    if not await work.ticket_clocks.climb_if_open(ticket.id, ticket.climb_at, **values):
        return
    moved, former = await work.tickets.get(ticket.id), await work.teams.get(ticket.team)
    work.events.add(
        Event.of_ticket(EventKind.CLIMBED, moved, former=ticket.team, rung=step.rung, reason=step.reason, why=why)
    )
    if team:
        before = Say("ticket.climbed", {"ticket": moved.id, "team": former.name})
        await show_card(work, desk, moved, team, before=before)
        return
    silent = desk.calendar().is_night(desk.clock.now())
    told = Say("ticket.climbed_admins", {"ticket": moved.id, "team": former.name})
    for _, chat in await work.members.chats(await admins_for(work, desk, ticket.territory)):
        await work.outbox.post(chat, told, silent=True)
        await work.outbox.post(chat, TicketCard(moved.id), card(moved), mode=Mode.REPLACE, silent=silent)
