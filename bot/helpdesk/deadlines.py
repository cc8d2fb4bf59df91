"""By when people answer and end a ticket, counted in the team's working time, and how long it usually takes."""

from __future__ import annotations

from datetime import datetime, timedelta
from statistics import median
from typing import Any

from bot.helpdesk.desk import Desk
from bot.model.people import Team
from bot.model.requests import Ticket
from bot.storage.work import Work

# What was usual a season ago is no longer.
_RECENT = timedelta(days=60)


async def resumed(work: Work, desk: Desk, ticket: Ticket) -> dict[str, Any]:
    """The clocks of a ticket that stood still: each has as much working time left as it had then."""
    if ticket.paused_at is None:
        return {}
    team = await work.teams.get(ticket.team)
    calendar, now = desk.calendar(team.duty), desk.clock.now()
    values: dict[str, Any] = {"paused_at": None}
    for name in ("first_reply_due_at", "end_due_at"):
        due = getattr(ticket, name)
        if due and due > ticket.paused_at:
            values[name] = calendar.add(now, calendar.between(ticket.paused_at, due))
    return values


async def usual_wait(work: Work, desk: Desk, team: Team) -> int | None:
    """Minutes until somebody of the team answered: the median of its recent tickets; None where they are too few."""
    waits = await work.tickets.first_waits(team.id, desk.clock.now() - _RECENT)
    if len(waits) < desk.config.service.at_least_cases:
        return None
    return max(1, round(median(wait.total_seconds() for wait in waits) / 60))


def due_times(desk: Desk, team: Team, now: datetime) -> dict[str, datetime]:
    """The deadlines of a ticket that begins now."""
    calendar, service = desk.calendar(team.duty), desk.config.service
    return {
        "first_reply_due_at": calendar.add(now, timedelta(hours=service.first_reply_hours)),
        "end_due_at": calendar.add(now, timedelta(hours=service.end_hours)),
    }
