"""Notes of members about a ticket, for colleagues; nothing in here writes to a citizen.

Whoever is writing a note must not find his words at the citizen's. So the bot waits for a note as long as it takes,
an answer to a note is a note, and words that stand in one are not passed on (`is_note`).
"""

from __future__ import annotations

import re

from bot.errors import HelpdeskError
from bot.helpdesk.addressed import note_replied_to, on_hand, ticket_replied_to
from bot.helpdesk.dialog import NOTE, expect, expect_nothing, expects
from bot.helpdesk.maintenance import require
from bot.helpdesk.open_ticket import panel, refresh_cards
from bot.language import clean_lines, fold, mask
from bot.model.delivery import Mode
from bot.model.events import Event
from bot.model.ids import NoteId, TicketId
from bot.model.notices import Say
from bot.model.notices.members import HolderPanel
from bot.model.notices.replying import NoteList
from bot.model.people import Chat, Member, Person
from bot.model.requests import Incoming, Ticket
from bot.model.states import HELD, LIVE, EventKind, Kind, Role
from bot.storage.work import Work

_LONGEST = 1000
# Shorter ones are words anybody uses; a citizen may be told «đã gọi điện» although a note says so too.
_TELLING = 20
_NUMBER = re.compile(r"#\s?(?P<named>\d{1,9})\b[\s:,.]*|(?P<bare>\d{1,9})(?:\s*:\s*|\s+|$)")
_SAID = re.compile(r"/?\s*(?:ghi ?chú|ghi ?chu)\s*[:：]\s*", re.IGNORECASE)


async def take_command(work: Work, person: Person, member: Member | None, words: str, incoming: Incoming) -> None:
    """``/ghichu``: with words a note; without, the notes there are, and the next words are one.

    Raises:
        HelpdeskError: not a member, no such ticket, or not his.
    """
    helper = require(member, Role.VOLUNTEER)
    if incoming.edited and await reworded(work, person, incoming, words):
        return
    ticket, words = await _meant(work, helper, words, incoming)
    if words:
        await _keep(work, person, helper, ticket, words, incoming)
    else:
        await _readable(work, helper, ticket.id)
        await list_notes(work, person.chat, ticket.id)
        if ticket.state in LIVE:
            await ask_note(work, person, helper, ticket.id)


async def show_notes(work: Work, person: Person, member: Member | None, number: TicketId) -> None:
    """«Ghi chú»: what colleagues wrote; where nobody wrote anything, the next words are the first note.

    Raises:
        HelpdeskError: not his ticket.
    """
    helper = require(member, Role.VOLUNTEER)
    ticket = await _readable(work, helper, number)
    if ticket.state in LIVE and not await work.ticket_notes.of_ticket(ticket.id):
        await ask_note(work, person, helper, ticket.id)
    else:
        await list_notes(work, person.chat, ticket.id)


async def list_notes(work: Work, chat: Chat, ticket: TicketId) -> None:
    """Show a member the notes; every list keeps a name of its own, so that an answer to an old one is a note, too."""
    moment = int(work.clock.now().timestamp() * 1000)
    await work.outbox.post(chat, NoteList(ticket), f"notes:{ticket}:{moment}")


async def ask_note(work: Work, person: Person, member: Member | None, number: TicketId) -> None:
    """The next words are a note on this ticket.

    Raises:
        HelpdeskError: not his ticket.
    """
    ticket = await _writable(work, require(member, Role.VOLUNTEER), number)
    await expect(work, person, NOTE, ticket=ticket.id)
    await work.outbox.post(person.chat, Say("notes.ask", {"ticket": ticket.id}), f"noted:{ticket.id}:ask")


async def hear_note(work: Work, person: Person, member: Member, incoming: Incoming) -> bool:
    """Whether the message was a note: asked for, an answer to one, or begun with «ghi chú:»."""
    if expects(person) == NOTE and person.dialog:
        number = TicketId(person.dialog["ticket"])
        if incoming.kind != Kind.TEXT:
            await work.outbox.post(person.chat, Say("notes.words_only"))
            return True
        await expect_nothing(work, person)
        return await _try_to_keep(work, person, member, number, incoming.text, incoming)
    answered = await note_replied_to(work, incoming)
    if answered is not None:
        return await _try_to_keep(work, person, member, answered, incoming.text, incoming)
    said = _SAID.match(incoming.text)
    if said and incoming.kind == Kind.TEXT:
        ticket, words = await _meant(work, member, incoming.text[said.end() :], incoming)
        await _keep(work, person, member, ticket, words, incoming)
        return True
    return False


async def reworded(work: Work, person: Person, incoming: Incoming, words: str | None = None) -> bool:
    """Whether the changed message was a note; then the note changes."""
    for name in await work.slots.names_at(incoming.place):
        kind, _, number = name.partition(":")
        note = await work.ticket_notes.get(NoteId(int(number))) if kind == "note" else None
        if note is None:
            continue
        member = await work.members.of_person(person.id)
        if member and member.id == note.member and note.text:
            said = _SAID.sub("", incoming.text if words is None else words, count=1)
            if text := mask(clean_lines(said))[:_LONGEST].strip():
                await work.ticket_notes.reword(note.id, text)
                await _tell_holder(work, await work.tickets.get(note.ticket))
        return True
    return False


async def is_note(work: Work, ticket: Ticket, words: str) -> bool:
    """Whether the words are those of a note on the ticket, or hold one: forwarded, copied, or sent by mistake."""
    said = fold(mask(clean_lines(words)))
    if not said:
        return False
    for note in await work.ticket_notes.of_ticket(ticket.id):
        noted = fold(note.text)
        if noted and (noted == said or (len(noted) >= _TELLING and noted in said)):
            return True
    return False


async def _meant(work: Work, helper: Member, words: str, incoming: Incoming) -> tuple[Ticket, str]:
    """The ticket of a note, and the note: the number given, the message replied to, or the ticket on hand."""
    words = words.strip()
    found = _NUMBER.match(words)
    if found:
        number = TicketId(int(found["named"] or found["bare"]))
        ticket = await work.tickets.find(number) if number < 2**31 else None
        # «12 giờ gọi lại» is no number of a ticket, unless he holds that one.
        if ticket and (found["named"] or ticket.holder == helper.id):
            return ticket, words[found.end() :].strip()
        if found["named"]:
            raise HelpdeskError("ticket.unknown", ticket=found["named"])
    answered = await note_replied_to(work, incoming)
    ticket = await work.tickets.find(answered) if answered else await ticket_replied_to(work, incoming)
    if ticket:
        return ticket, words
    current = await on_hand(work, helper)
    if current is None:
        raise HelpdeskError("notes.which")
    return current, words


async def _try_to_keep(
    work: Work, person: Person, member: Member, number: TicketId, words: str, incoming: Incoming
) -> bool:
    """Keep a note, or say why not; either way the words go nowhere else."""
    try:
        ticket = await work.tickets.find(number)
        if ticket is None:
            raise HelpdeskError("ticket.unknown", ticket=number)
        await _keep(work, person, member, ticket, words, incoming)
    except HelpdeskError as error:
        # Not raised: that would bring back what was waited for, and the next words would end here again.
        await work.outbox.post(person.chat, Say(error.key, error.figures))
    return True


async def _keep(work: Work, person: Person, member: Member, ticket: Ticket, words: str, incoming: Incoming) -> None:
    ticket = await _writable(work, member, ticket.id)
    text = mask(clean_lines(words))[:_LONGEST].strip()
    if not text:
        raise HelpdeskError("notes.words_only")
    note = await work.ticket_notes.add(ticket.id, member.id, text)
    await work.slots.point(person.chat, f"note:{note}", incoming.place.message)
    work.events.add(Event.of_ticket(EventKind.NOTED, ticket, member=member.id))
    await work.outbox.post(person.chat, Say("notes.kept", {"ticket": ticket.id}), f"noted:{ticket.id}:{note}")
    await _tell_holder(work, ticket)
    if ticket.holder is None:
        await refresh_cards(work, ticket)
    elif ticket.holder != member.id:
        holder = await work.people.get((await work.members.get(ticket.holder)).person)
        await list_notes(work, holder.chat, ticket.id)


async def _tell_holder(work: Work, ticket: Ticket) -> None:
    if ticket.holder and ticket.state in HELD:
        holder = await work.people.get((await work.members.get(ticket.holder)).person)
        await work.outbox.post(holder.chat, HolderPanel(ticket.id), panel(ticket), mode=Mode.EDIT_ONLY, silent=True)


async def _readable(work: Work, member: Member, number: TicketId) -> Ticket:
    """The ticket, for its holder and for leaders of its team; not for whoever asked."""
    ticket = await work.tickets.find(number)
    if ticket is None:
        raise HelpdeskError("ticket.unknown", ticket=number)
    holds = ticket.holder == member.id and ticket.state in HELD
    leads = member.may(Role.ADMIN) or (member.may(Role.LEADER) and member.team == ticket.team)
    if ticket.person == member.person or not (holds or leads):
        raise HelpdeskError("notes.not_yours", ticket=number)
    return ticket


async def _writable(work: Work, member: Member, number: TicketId) -> Ticket:
    ticket = await _readable(work, member, number)
    if ticket.state not in LIVE:
        raise HelpdeskError("ticket.ended", ticket=number)
    return ticket
