"""Which ticket a message answers, found by where it stands."""

from __future__ import annotations

from bot.model.ids import MessageId, NoteId, TicketId
from bot.model.people import Member
from bot.model.requests import Incoming, Place, Ticket
from bot.storage.work import Work

_TICKETS = ("card", "panel", "opened", "news", "received", "ended", "phone")
_NOTES = ("noted", "notes")


async def ticket_replied_to(work: Work, incoming: Incoming) -> Ticket | None:
    """The ticket of the card or message that this one replies to."""
    if incoming.reply_to is None:
        return None
    place = Place(incoming.place.bot, incoming.place.chat, incoming.reply_to)
    own = await work.messages.at(place)
    if own:
        return await work.tickets.find(own.ticket)
    for name in await work.slots.names_at(place):
        kind, _, number = name.partition(":")
        number = number.partition(":")[0]  # a long message stands there in parts
        if not number.isdigit():
            continue
        if kind in _TICKETS:
            return await work.tickets.find(TicketId(int(number)))
        if kind in ("relay", "caption"):
            message = await work.messages.get(MessageId(int(number)))
            return await work.tickets.find(message.ticket) if message else None
    return None


async def note_replied_to(work: Work, incoming: Incoming) -> TicketId | None:
    """The ticket whose note, or whose list of notes, this message answers."""
    if incoming.reply_to is None:
        return None
    for name in await work.slots.names_at(Place(incoming.place.bot, incoming.place.chat, incoming.reply_to)):
        kind, _, number = name.partition(":")
        number = number.partition(":")[0]
        if kind in _NOTES and number.isdigit():
            return TicketId(int(number))
        if kind == "note" and number.isdigit():
            note = await work.ticket_notes.get(NoteId(int(number)))
            return note.ticket if note else None
    return None


async def on_hand(work: Work, helper: Member) -> Ticket | None:
    """The ticket that a member's words without an address go to: the one marked, or the only one he holds."""
    held = await work.tickets.held_by(helper.id)
    return next((t for t in held if t.id == helper.current_ticket), held[0] if len(held) == 1 else None)
