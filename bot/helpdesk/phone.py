"""A phone number that the citizen shares on purpose: for the holder of his ticket, until it ends."""

from __future__ import annotations

import re

from bot.errors import HelpdeskError
from bot.helpdesk.desk import Desk
from bot.helpdesk.holding import without_former
from bot.helpdesk.open_ticket import panel
from bot.language import mask
from bot.model.delivery import Mode
from bot.model.events import Event
from bot.model.ids import TicketId
from bot.model.notices import Say
from bot.model.notices.members import HolderPanel
from bot.model.notices.replying import PhoneOffer
from bot.model.people import Person
from bot.model.requests import Incoming, Ticket
from bot.model.states import HELD, LIVE, EventKind
from bot.storage.work import Work

_NOT_DIALLED = re.compile(r"[^\d+]")


async def offer(work: Work, person: Person, ticket: Ticket, incoming: Incoming) -> None:
    """Ask whether the helper may see the number; until then it is kept nowhere but in the citizen's own message."""
    question = PhoneOffer(ticket.id, mask(incoming.text), incoming.place.message)
    await work.outbox.post(person.chat, question, _slot(ticket.id), mode=Mode.REPLACE)


async def answer(
    work: Work, desk: Desk, number: TicketId, person: Person, phone: str | None, message: str, *, yes: bool
) -> None:
    """The citizen lets the helper see the number, or not.

    Args:
        work: the unit of work.
        desk: what use cases work with.
        number: of the ticket.
        person: who presses.
        phone: what stands in the message that the question answers; None where that is gone.
        message: the question, which the answer takes the place of.
        yes: he may.

    Raises:
        HelpdeskError: not his ticket.
    """
    ticket = await work.tickets.lock(number)
    if ticket is None or ticket.person != person.id:
        raise HelpdeskError("ticket.unknown", ticket=number)
    dialled = _dialled(phone or "")
    if ticket.state not in LIVE:
        told = Say("ticket.ended", {"ticket": number})
    elif not yes:
        told = Say("phone.not_shown")
    elif not dialled:
        told = Say("phone.again")
    else:
        ticket = await without_former(work, desk, ticket)
        await work.tickets.keep_phone(ticket.id, person.id, dialled)
        work.events.add(Event.of_ticket(EventKind.PHONE_SHARED, ticket, member=ticket.holder))
        if ticket.holder and ticket.state in HELD:
            holder = await work.people.get((await work.members.get(ticket.holder)).person)
            await work.outbox.post(holder.chat, HolderPanel(ticket.id), panel(ticket), mode=Mode.REPLACE)
        told = Say("phone.shown", {"ticket": number})
    await work.slots.point(person.chat, _slot(ticket.id), message)
    await work.outbox.post(person.chat, told, _slot(ticket.id), mode=Mode.EDIT)


def _dialled(phone: str) -> str:
    """The number as one dials it here; empty where it is none."""
    bare = _NOT_DIALLED.sub("", phone)
    if len(bare.lstrip("+")) < 8 or len(bare) > 16:
        return ""
    return f"0{bare[-9:]}" if re.fullmatch(r"\+?84\d{9}", bare) else bare


def _slot(ticket: TicketId) -> str:
    return f"phone:{ticket}"
