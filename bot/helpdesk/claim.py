"""A volunteer takes an open ticket; exactly one of several presses wins."""

from __future__ import annotations

from dataclasses import dataclass

from bot.errors import HelpdeskError
from bot.helpdesk.desk import Desk
from bot.helpdesk.duty import limit
from bot.helpdesk.leases import lease_end
from bot.helpdesk.maintenance import require
from bot.helpdesk.open_ticket import panel, refresh_cards
from bot.helpdesk.relay import replay
from bot.model.events import Event
from bot.model.ids import TicketId
from bot.model.notices.citizens import News, TicketNews
from bot.model.notices.members import HolderPanel
from bot.model.people import Member, Person
from bot.model.requests import Ticket
from bot.model.states import EventKind, Role, TicketState
from bot.storage.work import Work


@dataclass(frozen=True)
class Claimed:
    """The ticket is the member's now."""

    ticket: TicketId


@dataclass(frozen=True)
class AlreadyHeld:
    """Somebody else was faster; ``by`` is his name. None: the ticket is ended."""

    by: str | None
    mine: bool = False


async def claim(
    work: Work, desk: Desk, ticket_id: TicketId, person: Person, member: Member | None
) -> Claimed | AlreadyHeld:
    """Give the ticket to the member, tell the citizen, change all copies of the card.

    One guarded UPDATE … WHERE state = 'open' decides.

    Raises:
        HelpdeskError: not a member, no such ticket, the bot may not write to the member, or he holds enough.
    """
    if member is None:
        raise HelpdeskError("claim.members_only")
    helper = require(member, Role.VOLUNTEER)
    ticket = await work.tickets.lock(ticket_id)  # or a loser could be told of a winner who is gone again
    if ticket is None:
        raise HelpdeskError("ticket.unknown", ticket=ticket_id)
    if not person.reachable or not person.chat.id:
        raise HelpdeskError("claim.cannot_write")
    if ticket.person == person.id:
        raise HelpdeskError("claim.own")
    if ticket.state == TicketState.OPEN:
        await require_room(work, desk, helper)
    if not await work.tickets.assign_if_open(ticket_id, helper.id, leased_until=await lease_end(work, desk, helper)):
        holder = await work.members.get(ticket.holder) if ticket.holder else None
        return AlreadyHeld(holder.name if holder else None, mine=bool(holder and holder.id == helper.id))
    work.events.add(Event.of_ticket(EventKind.CLAIMED, ticket, member=helper.id))
    await hand_to(work, await work.tickets.get(ticket_id), person, helper)
    return Claimed(ticket_id)


async def require_room(work: Work, desk: Desk, member: Member, key: str = "claim.full") -> None:
    """Let only those go on who hold fewer tickets than they may.

    Raises:
        HelpdeskError: the member holds as many as he may (``key`` is the sentence), or is no member any more.
    """
    # Or two presses at once would each see room for one, and who is just being dismissed would be left with a ticket.
    if not await work.members.lock(member.id):
        raise HelpdeskError("staff.not_allowed")
    held = (await work.tickets.held_counts([member.id])).get(member.id, 0)
    if held >= limit(member, desk.config):
        raise HelpdeskError(key, held=held, name=member.name)


async def hand_to(work: Work, ticket: Ticket, person: Person, helper: Member) -> None:
    """The ticket is the member's: everybody's card says so, the citizen hears it, he reads what was said."""
    await work.members.change(helper.id, current_ticket=ticket.id)
    await refresh_cards(work, ticket)
    citizen = await work.people.get(ticket.person)
    await work.outbox.post(citizen.chat, TicketNews(ticket.id, News.CLAIMED), f"news:{ticket.id}")
    await work.outbox.post(person.chat, HolderPanel(ticket.id), panel(ticket))
    await replay(work, ticket, person.chat)
