"""How long a ticket is its holder's: some of his own duty hours, begun anew with whatever he does for it.

While the citizen is waited for («Chờ dân») the lease does not run: nobody is to lose a ticket for another's silence. It
begins anew with the citizen's next word.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from bot.helpdesk.desk import Desk
from bot.helpdesk.open_ticket import panel, refresh_cards, show_card
from bot.helpdesk.routes import climb_time
from bot.model.delivery import Mode
from bot.model.events import Event
from bot.model.notices import Say
from bot.model.notices.citizens import News, TicketNews
from bot.model.notices.members import HolderPanel
from bot.model.notices.moving import LeaseReminder
from bot.model.people import Member
from bot.model.requests import Ticket
from bot.model.states import EventKind
from bot.storage.work import Work

# An end that moves by less is not worth changing everybody's card for.
_WORTH_SHOWING = timedelta(minutes=20)


async def lease_end(work: Work, desk: Desk, member: Member) -> datetime:
    """Until when a ticket taken now is the member's."""
    team = await work.teams.get(member.team)
    calendar = desk.calendar(member.duty, team.duty)
    return calendar.add(desk.clock.now(), timedelta(hours=desk.config.service.lease_hours))


async def renew(work: Work, desk: Desk, ticket: Ticket, member: Member) -> None:
    """The holder did something for the ticket."""
    until = await lease_end(work, desk, member)
    shown = ticket.leased_until
    if shown and ticket.lease_reminded_at is None and timedelta() <= until - shown < _WORTH_SHOWING:
        return
    if await work.ticket_clocks.renew_if_held(ticket.id, member.id, until):
        await refresh_cards(work, ticket)


async def remind_and_end(work: Work, desk: Desk, batch: int) -> int:
    """Holders whose lease nearly ran out are reminded; of those who were, the ticket goes back. How many tickets."""
    now = desk.clock.now()
    due = await work.ticket_clocks.leased_until(now + timedelta(minutes=desk.config.service.remind_minutes), batch)
    for ticket in sorted(due, key=lambda each: each.holder or 0):  # members in one order, as everywhere: no deadlock
        assert ticket.holder is not None
        assert ticket.leased_until is not None
        holder = await work.members.get(ticket.holder)
        if ticket.lease_reminded_at is None:
            await _remind(work, desk, ticket, holder, ticket.leased_until)
        else:
            await _end(work, desk, ticket, holder)
    return len(due)


async def _remind(work: Work, desk: Desk, ticket: Ticket, holder: Member, until: datetime) -> None:
    """Told in good time: where the sweep comes late, the lease waits for the reminder."""
    team = await work.teams.get(holder.team)
    minutes = timedelta(minutes=desk.config.service.remind_minutes)
    at_least = desk.calendar(holder.duty, team.duty).add(desk.clock.now(), minutes)
    end = max(until, at_least) if until <= desk.clock.now() else until
    if not await work.ticket_clocks.remind_if_leased(ticket.id, until, end):
        return
    work.events.add(Event.of_ticket(EventKind.LEASE_REMINDED, ticket, member=holder.id))
    chat = (await work.people.get(holder.person)).chat
    if chat.id:
        await work.outbox.post(chat, LeaseReminder(ticket.id), f"lease:{ticket.id}", mode=Mode.REPLACE)
    if end != until:
        await refresh_cards(work, ticket)


async def _end(work: Work, desk: Desk, ticket: Ticket, holder: Member) -> None:
    team = await work.teams.get(ticket.team)
    due = climb_time(desk, team, desk.clock.now(), urgent=ticket.urgent)
    if not await work.ticket_clocks.end_lease_if_due(ticket.id, holder.id, due):
        return  # he said something just now
    work.events.add(Event.of_ticket(EventKind.LEASE_ENDED, ticket, member=holder.id))
    if holder.current_ticket == ticket.id:
        await work.members.change(holder.id, current_ticket=None)
    chat = (await work.people.get(holder.person)).chat
    if chat.id:
        await work.outbox.post(chat, HolderPanel(ticket.id), panel(ticket), mode=Mode.EDIT_ONLY)
        await work.outbox.post(chat, Say("lease.ended", {"ticket": ticket.id}), f"lease:{ticket.id}", mode=Mode.EDIT)
    citizen = await work.people.get(ticket.person)
    if citizen.chat.id:
        await work.outbox.post(citizen.chat, TicketNews(ticket.id, News.RETURNED), f"news:{ticket.id}")
    back = await work.tickets.get(ticket.id)
    await refresh_cards(work, back)
    await show_card(work, desk, back, team)
