"""A ticket past its deadline: its citizen hears so, with the way to the office; nobody is left to wonder."""

from __future__ import annotations

from bot.helpdesk.climbing import LATE, climb_one
from bot.helpdesk.desk import Desk
from bot.model.events import Event
from bot.model.notices.citizens import TicketLate
from bot.model.states import EventKind
from bot.storage.work import Work


async def tell_late(work: Work, desk: Desk, batch: int) -> int:
    """Citizens whose ticket is past a deadline are told so, once; unclaimed tickets climb. How many."""
    late = await work.tickets.late(batch)
    for ticket in late:
        if not await work.tickets.tell_late_if_not_told(ticket.id):
            continue
        what = "end" if ticket.first_reply_at else "first_reply"
        work.events.add(Event.of_ticket(EventKind.LATE, ticket, member=ticket.holder, what=what))
        citizen = await work.people.get(ticket.person)
        if citizen.chat.id:
            await work.outbox.post(citizen.chat, TicketLate(ticket.id), f"late:{ticket.id}")
        await climb_one(work, desk, await work.tickets.get(ticket.id), LATE)
    return len(late)
