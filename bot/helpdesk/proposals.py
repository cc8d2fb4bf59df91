"""Words the bot proposes to the holder of a ticket: he looks at them, then sends or changes them."""

from __future__ import annotations

import hashlib

from bot.errors import HelpdeskError
from bot.guides.ready_replies import filled
from bot.helpdesk.desk import Desk
from bot.helpdesk.holding import held_ticket
from bot.helpdesk.maintenance import require
from bot.helpdesk.relay import from_proposal
from bot.helpdesk.similar import similar
from bot.model.delivery import Mode
from bot.model.ids import ReplyId, TicketId
from bot.model.notices import Say
from bot.model.notices.replying import ProposalLook, SimilarList
from bot.model.people import Member, Person
from bot.model.replying import Proposal
from bot.model.requests import Place, Ticket
from bot.model.states import Role
from bot.storage.work import Work

READY, SIMILAR = "r", "s"
"""Where proposed words come from: a ready reply, or the last words of a similar ticket."""


async def proposal(
    work: Work, desk: Desk, member: Member, ticket: Ticket | None, source: str, number: int
) -> Proposal | None:
    """The words, filled in for the ticket (None: with their gaps); None where there are none (any more)."""
    if source == SIMILAR:
        found = [s for s in await similar(work, desk, ticket) if s.ticket == number and s.reply] if ticket else []
        return Proposal("", found[0].reply) if found else None
    reply = await work.ready_replies.get(ReplyId(number), member.team)
    if reply is None:
        return None
    if ticket is None:
        return Proposal(reply.title, reply.text)
    return Proposal(reply.title, *filled(reply.text, await _values(work, desk, ticket)))


def digest(text: str) -> str:
    """A short name of exactly these words."""
    return hashlib.sha256(text.encode()).hexdigest()[:8]


async def show_similar(work: Work, desk: Desk, number: TicketId, person: Person, member: Member | None) -> None:
    """«Phiếu tương tự».

    Raises:
        HelpdeskError: not his ticket, or there is none like it.
    """
    _, ticket = await held_ticket(work, member, number)
    if not await similar(work, desk, ticket):
        raise HelpdeskError("similar.none")
    await work.outbox.post(person.chat, SimilarList(ticket.id), f"similar:{ticket.id}", mode=Mode.REPLACE)


async def look(
    work: Work, desk: Desk, person: Person, member: Member | None, number: TicketId | None, source: str, of: int
) -> None:
    """Show the words as the citizen would read them; without a ticket, as they are kept."""
    helper = require(member, Role.VOLUNTEER)
    if number:
        await held_ticket(work, member, number)
    notice = ProposalLook(helper.id, number or 0, source, of)
    await work.outbox.post(person.chat, notice, _slot(number or 0, source, of))


async def send(
    work: Work,
    desk: Desk,
    person: Person,
    member: Member | None,
    number: TicketId,
    source: str,
    of: int,
    seen: str,
    message: str,
) -> None:
    """«Gửi»: exactly the words that were looked at in ``message``, once.

    Raises:
        HelpdeskError: not his ticket, sent already, changed since, or with a gap nothing fills.
    """
    helper, ticket = await held_ticket(work, member, number)
    place = Place(person.chat.bot, person.chat.id, message)
    if await work.messages.at(place):
        raise HelpdeskError("ready.sent_already")
    words = await proposal(work, desk, helper, ticket, source, of)
    if words is None:
        raise HelpdeskError("ready.gone")
    if words.missing:
        raise HelpdeskError("ready.has_gaps", names=", ".join(words.missing))
    if digest(words.text) != seen:
        raise HelpdeskError("ready.changed")
    await from_proposal(work, desk, helper, ticket, place, words.text)
    await work.slots.point(person.chat, _slot(number, source, of), message)
    sent = ProposalLook(helper.id, number, source, of, "sent")
    await work.outbox.post(person.chat, sent, _slot(number, source, of), mode=Mode.EDIT)


async def change_first(
    work: Work, desk: Desk, person: Person, member: Member | None, number: TicketId, source: str, of: int
) -> None:
    """«Sửa trước khi gửi»: the bare words to copy; what the holder writes next goes to this ticket as always.

    Raises:
        HelpdeskError: not his ticket.
    """
    helper, ticket = await held_ticket(work, member, number)
    await work.members.change(helper.id, current_ticket=ticket.id)
    await work.outbox.post(person.chat, Say("ready.change_first", {"ticket": number}))
    await work.outbox.post(person.chat, ProposalLook(helper.id, number, source, of, "copy"))


async def _values(work: Work, desk: Desk, ticket: Ticket) -> dict[str, str]:
    """What fills the gaps; only the office's own hours and address, for a wrong one costs a day's way."""
    team = await work.teams.get(ticket.team)
    territories = desk.catalogue.territories
    entry = desk.catalogue.get(ticket.guide) if ticket.guide else None
    known = ticket.territory and territories.knows(ticket.territory)
    return {
        "xã": territories.label(ticket.territory) if ticket.territory and known else "",
        "tổ": team.name,
        "địa chỉ": team.office.address,
        "giờ": team.office.hours,
        "điện thoại": team.office.phone,
        "giờ trực": ", ".join(map(str, team.duty or desk.config.hours.duty)),
        "số phiếu": f"#{ticket.id}",
        "bài": entry.guide.title if entry else "",
    }


def _slot(ticket: int, source: str, number: int) -> str:
    return f"look:{ticket}:{source}{number}"
