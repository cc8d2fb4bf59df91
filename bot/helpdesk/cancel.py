"""The citizen calls his request off."""

from __future__ import annotations

from bot.errors import HelpdeskError
from bot.helpdesk.dialog import ASSIST, NOTE, READY, STUCK, expect_nothing, expects
from bot.helpdesk.open_ticket import panel, refresh_cards
from bot.model.delivery import Mode
from bot.model.events import Event
from bot.model.ids import TicketId
from bot.model.notices import Say
from bot.model.notices.citizens import CancelWhich, News, TicketNews
from bot.model.notices.members import HolderPanel
from bot.model.people import Person
from bot.model.states import EventKind
from bot.storage.work import Work


async def cancel(work: Work, person: Person) -> None:
    """``/huy``: the request on hand; asks which if several."""
    if expects(person) in (NOTE, READY, ASSIST, STUCK):  # what is being written stops; a ticket he has stays
        await expect_nothing(work, person)
        await work.outbox.post(person.chat, Say("cancel.stopped"))
        return
    live = await work.tickets.live_of_person(person.id)
    if len(live) > 1:
        await work.outbox.post(person.chat, CancelWhich(person.id))
        return
    if live:
        await _cancel(work, person, live[0].id)
        return
    waited = person.dialog is not None
    await expect_nothing(work, person)
    await work.outbox.post(person.chat, Say("cancel.stopped" if waited else "cancel.nothing", menu="browse"))


async def cancel_one(work: Work, ticket_id: TicketId, person: Person) -> None:
    """This one.

    Raises:
        HelpdeskError: not his, or ended already.
    """
    ticket = await work.tickets.find(ticket_id)
    if ticket is None or ticket.person != person.id:
        raise HelpdeskError("ticket.unknown", ticket=ticket_id)
    if not await _cancel(work, person, ticket.id):
        raise HelpdeskError("ticket.ended", ticket=ticket_id)


async def cancel_all(work: Work, person: Person) -> None:
    """All of them, at withdrawal or erasure."""
    live = await work.tickets.lock_all([ticket.id for ticket in await work.tickets.live_of_person(person.id)])
    await work.members.lock(*[ticket.holder for ticket in live if ticket.holder])
    for ticket in live:
        await _cancel(work, person, ticket.id)


async def _cancel(work: Work, person: Person, number: TicketId) -> bool:
    ticket = await work.tickets.lock(number)  # or whoever is just taking it would not be told
    if ticket is None or not await work.tickets.cancel_if_live(number, person.id):
        return False
    work.events.add(Event.of_ticket(EventKind.CANCELLED, ticket, member=ticket.holder))
    await refresh_cards(work, ticket)
    if ticket.holder:
        holder = await work.members.get(ticket.holder)
        chat = (await work.people.get(holder.person)).chat
        if holder.current_ticket == ticket.id:
            await work.members.change(holder.id, current_ticket=None)
        await work.outbox.post(chat, HolderPanel(ticket.id), panel(ticket), mode=Mode.EDIT)
        await work.outbox.post(chat, Say("ticket.cancelled_by_citizen", {"ticket": ticket.id}))
    await work.outbox.post(person.chat, TicketNews(ticket.id, News.CANCELLED), f"news:{ticket.id}")
    return True
