"""A ticket past its deadline: its citizen hears so, with the way to the office; nobody is left to wonder."""

from __future__ import annotations

from bot.helpdesk.climbing import LATE, climb_one
from bot.helpdesk.desk import Desk
from bot.helpdesk.routes import admins_for
from bot.model.events import Event
from bot.model.notices.citizens import TicketLate
from bot.model.notices.moving import LateTicket
from bot.model.requests import Ticket
from bot.model.states import EventKind, Role
from bot.storage.work import Work


async def tell_late(work: Work, desk: Desk, batch: int) -> int:
    """Citizens whose ticket is past a deadline are told so, once; unclaimed tickets climb. How many."""
    late = await work.ticket_clocks.late(batch)
    for ticket in late:
        if not await work.ticket_clocks.tell_late_if_not_told(ticket.id):
            continue
        what = "end" if ticket.first_reply_at else "first_reply"
        work.events.add(Event.of_ticket(EventKind.LATE, ticket, member=ticket.holder, what=what))
        citizen = await work.people.get(ticket.person)
        if citizen.chat.id:
            await work.outbox.post(citizen.chat, TicketLate(ticket.id), f"late:{ticket.id}")
        if ticket.holder:
            await _tell_leaders(work, desk, ticket)
        else:
            await climb_one(work, desk, ticket, LATE)
    return len(late)


async def _tell_leaders(work: Work, desk: Desk, ticket: Ticket) -> None:
    """Somebody holds it and is slow: those who may give it to another hear so."""
    leaders = [m for m in await work.members.of_team(ticket.team) if m.may(Role.LEADER) and m.id != ticket.holder]
    for _, chat in await work.members.chats(leaders or await admins_for(work, desk, ticket.territory)):
        await work.outbox.post(chat, LateTicket(ticket.id), f"late_staff:{ticket.id}")
