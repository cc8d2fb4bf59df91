"""Messages between a citizen and the holder of his ticket. Neither sees who the other is."""

from __future__ import annotations

from bot.helpdesk import phone
from bot.helpdesk.deadlines import resumed
from bot.helpdesk.desk import Desk
from bot.helpdesk.holding import without_former
from bot.helpdesk.leases import lease_end, renew
from bot.helpdesk.notes import is_note, list_notes
from bot.helpdesk.open_ticket import panel, refresh_cards
from bot.language import clean_lines, mask
from bot.model.delivery import Mode
from bot.model.events import Event
from bot.model.ids import MemberId, MessageId
from bot.model.notices import Say
from bot.model.notices.citizens import FileCheck, Received
from bot.model.notices.members import LONGEST_QUESTION, HolderPanel
from bot.model.notices.talk import AlbumItem, RelayedAlbum, RelayedCopy, RelayedText
from bot.model.people import Chat, Member, Person
from bot.model.requests import Incoming, Place, Ticket, TicketMessage
from bot.model.states import LIVE, EventKind, Kind, Side, TicketState
from bot.storage.work import Work

# What may show papers: its author is asked once more before somebody sees it.
_MAY_SHOW_PAPERS = (Kind.PHOTO, Kind.VIDEO, Kind.DOCUMENT)
# Telegram takes 4,096 UTF-16 units; an emoji counts two, and a line about the author stands before the words.
_LONGEST_PART = 1900
# What has no place for words says in a line before it whose it is.
_WITH_CAPTION = (Kind.PHOTO, Kind.VIDEO, Kind.VOICE, Kind.AUDIO, Kind.DOCUMENT)
_ALBUM_KINDS = (Kind.PHOTO, Kind.VIDEO, Kind.DOCUMENT, Kind.AUDIO)


async def from_citizen(work: Work, desk: Desk, person: Person, ticket: Ticket, incoming: Incoming) -> None:
    """The citizen's message goes to his ticket."""
    check = incoming.kind in _MAY_SHOW_PAPERS
    if trouble := objection(incoming):
        await work.outbox.post(person.chat, Say(trouble))
        return
    ticket = await work.tickets.lock(ticket.id) or ticket  # or whoever is just taking it would not read this
    if ticket.state not in LIVE:
        await work.outbox.post(person.chat, Say("ticket.ended", {"ticket": ticket.id}))
        return
    ticket = await without_former(work, desk, ticket)
    first_of_album = not incoming.album or not await work.messages.held_back_of_album(ticket.id, incoming.album)
    message = await _note(work, ticket, Side.CITIZEN, incoming, held_back=check)
    if ticket.state == TicketState.WAITING_CITIZEN and ticket.holder:
        await _continue(work, desk, ticket, ticket.holder)
    if not ticket.question and message.text:
        await _ask(work, ticket, message.text)
    if check:
        if first_of_album:
            await work.outbox.post(person.chat, FileCheck(ticket.id, message.id), f"check:{message.id}")
        return
    await _pass_on(work, desk, ticket, message, incoming)
    # The former "this went to your ticket" gives way to the new one, so that the talk stays readable.
    await work.outbox.post(
        person.chat,
        Received(ticket.id, ticket.holder is not None),
        f"received:{ticket.id}",
        mode=Mode.REPLACE,
        silent=True,
    )
    if incoming.kind == Kind.CONTACT:
        await phone.offer(work, person, ticket, incoming)


async def _continue(work: Work, desk: Desk, ticket: Ticket, holder: MemberId) -> None:
    """The citizen was waited for and wrote: the clocks go on, the holder has his full time again."""
    until = await lease_end(work, desk, await work.members.get(holder))
    values = {"leased_until": until, "lease_reminded_at": None, **await resumed(work, desk, ticket)}
    await work.tickets.move_if_held(ticket.id, holder, TicketState.CLAIMED, **values)
    work.events.add(Event.of_ticket(EventKind.CONTINUED, ticket, member=holder))
    await refresh_cards(work, ticket)


async def let_through(work: Work, desk: Desk, person: Person, message: MessageId, *, yes: bool) -> bool:
    """The citizen says whether a picture may go; false where that was said before."""
    first = await work.messages.get(message)
    if first is None or first.side != Side.CITIZEN:
        return False
    ticket = await work.tickets.lock(first.ticket)
    if ticket is None or ticket.person != person.id:
        return False
    waiting = await work.messages.held_back(first)
    if not waiting:
        return False
    if not yes:
        answer = Say("file.not_sent")
    elif ticket.state not in LIVE:
        answer = Say("ticket.ended", {"ticket": ticket.id})
    else:
        ticket = await without_former(work, desk, ticket)
        for each in waiting:
            await work.messages.let_through(each.id)
            await _pass_on(work, desk, ticket, each, None)
        answer = Say("file.sent" if ticket.holder else "file.sent_open", {"ticket": ticket.id})
    await work.outbox.post(person.chat, answer, f"check:{message}", mode=Mode.EDIT)
    return True


async def from_helper(
    work: Work, desk: Desk, person: Person, member: Member, ticket: Ticket, incoming: Incoming
) -> None:
    """The holder's message goes to the citizen."""
    now = await work.tickets.lock(ticket.id)  # or who just lost the ticket would still be heard
    if now is None or now.holder != member.id:
        await work.outbox.post(person.chat, Say("ticket.not_yours", {"ticket": ticket.id}))
        return
    if trouble := objection(incoming):
        await work.outbox.post(person.chat, Say(trouble))
        return
    if await is_note(work, ticket, incoming.text):
        await work.outbox.post(person.chat, Say("notes.not_sent", {"ticket": ticket.id}))
        return
    message = await _note(work, ticket, Side.HELPER, incoming)
    await _said_by_helper(work, desk, member, ticket, message, incoming)


async def from_proposal(work: Work, desk: Desk, member: Member, ticket: Ticket, place: Place, text: str) -> None:
    """Words the holder looked at and sent by a press; ``place`` is where he looked at them.

    They were masked when they were kept; what filled their gaps, such as the office's number, is meant to be read.
    """
    message = await work.messages.add(ticket.id, Side.HELPER, Kind.TEXT, place, text=text)
    await _said_by_helper(work, desk, member, ticket, message, None)


async def _said_by_helper(
    work: Work, desk: Desk, member: Member, ticket: Ticket, message: TicketMessage, incoming: Incoming | None
) -> None:
    await note_first_reply(work, ticket, member)
    await renew(work, desk, ticket, member)
    await work.members.change(member.id, current_ticket=ticket.id)  # the ticket first, as everywhere: no deadlock
    await _pass_on(work, desk, ticket, message, incoming)


async def note_first_reply(work: Work, ticket: Ticket, member: Member) -> None:
    """Record the first answer of a person, for the figures."""
    if await work.tickets.first_reply(ticket.id):
        work.events.add(Event.of_ticket(EventKind.FIRST_REPLY, ticket, member=member.id))


async def edited(work: Work, desk: Desk, message: TicketMessage, incoming: Incoming) -> None:
    """The author changed his words: the other side's copy changes."""
    ticket = await work.tickets.lock(message.ticket)
    assert ticket is not None
    if message.side == Side.CITIZEN:
        ticket = await without_former(work, desk, ticket)
    text = mask(clean_lines(incoming.text))
    if message.side == Side.HELPER and await is_note(work, ticket, text):
        return
    held_back = {waiting.id for waiting in await work.messages.held_back(message)}
    await work.messages.change(message.id, text=text)
    if message.side == Side.CITIZEN and message.text and message.text == ticket.question:
        await _ask(work, ticket, text)
        if await work.slots.chats_with(_slot(message)) == []:
            return  # it stands on the card and the panel only
    other = await _other_side(work, ticket, message.side)
    if other and message.kind == Kind.TEXT:
        await _change_parts(work, ticket, message, text, other)
    elif other and message.kind in _WITH_CAPTION and message.id not in held_back and text != message.text:
        await _tell_caption(work, ticket, message, text, other)


async def _tell_caption(work: Work, ticket: Ticket, message: TicketMessage, text: str, other: Chat) -> None:
    """The words below a copy cannot be changed by every bot; so they are told below it, once more at each change."""
    if ticket.state not in LIVE:
        return
    below = await work.slots.message(other, _slot(message)) or ""
    notice = RelayedText(ticket.id, message.id, message.side, text[:_LONGEST_PART], below, caption=True)
    await work.outbox.post(other, notice, f"caption:{message.id}", mode=Mode.EDIT, silent=True)


async def reworded(work: Work, desk: Desk, ticket: Ticket, former: str, incoming: Incoming) -> None:
    """The citizen changed the question that the ticket grew out of, where nothing else was put in its place since."""
    ticket = await without_former(work, desk, await work.tickets.lock(ticket.id) or ticket)
    if ticket.question == former:
        await _ask(work, ticket, mask(clean_lines(incoming.text)))


async def _ask(work: Work, ticket: Ticket, question: str) -> None:
    """This is what the ticket is about, wherever it is shown."""
    await work.tickets.change(ticket.id, question=question)
    await refresh_cards(work, ticket)
    if ticket.holder:
        holder = await work.people.get((await work.members.get(ticket.holder)).person)
        await work.outbox.post(holder.chat, HolderPanel(ticket.id), panel(ticket), mode=Mode.EDIT_ONLY, silent=True)


async def _change_parts(work: Work, ticket: Ticket, message: TicketMessage, text: str, other: Chat) -> None:
    parts = _parts(text)
    for number, part in enumerate(parts):
        notice = RelayedText(ticket.id, message.id, message.side, part, edited=True)
        await work.outbox.post(other, notice, _slot(message, number), mode=Mode.EDIT, silent=True)
    number = len(parts)
    while await work.slots.message(other, _slot(message, number)):
        gone = RelayedText(ticket.id, message.id, message.side, "")
        await work.outbox.post(other, gone, _slot(message, number), mode=Mode.DELETE)
        number += 1


async def replay(work: Work, ticket: Ticket, chat: Chat) -> None:
    """A new holder reads what was said before."""
    if len(ticket.question) > LONGEST_QUESTION:
        for part in _parts(ticket.question):
            await work.outbox.post(chat, RelayedText(ticket.id, 0, Side.CITIZEN, part))
    for message in await work.messages.of_ticket(ticket.id):
        if message.text and message.kind == Kind.TEXT and message.text == ticket.question:
            continue  # stands on the panel
        await _send(work, ticket, message, chat, None, "")
    if await work.ticket_notes.count(ticket.id) and chat != (await work.people.get(ticket.person)).chat:
        await list_notes(work, chat, ticket.id)


async def _note(work: Work, ticket: Ticket, side: Side, incoming: Incoming, held_back: bool = False) -> TicketMessage:
    answered = await _answered(work, ticket, incoming)
    return await work.messages.add(
        ticket.id,
        side,
        incoming.kind,
        incoming.place,
        text=mask(clean_lines(incoming.text)),
        held_back=held_back,
        reply_to=answered.id if answered else None,
        album=incoming.album,
        file=incoming.file,
    )


async def _answered(work: Work, ticket: Ticket, incoming: Incoming) -> TicketMessage | None:
    """The message of this ticket that the incoming one replies to, written by either side."""
    if incoming.reply_to is None:
        return None
    place = Place(incoming.place.bot, incoming.place.chat, incoming.reply_to)
    own = await work.messages.at(place)
    if own and own.ticket == ticket.id:
        return own
    for name in await work.slots.names_at(place):
        kind, _, number = name.partition(":")
        number = number.partition(":")[0]  # any part of a long message
        if kind in ("relay", "caption") and number.isdigit():
            passed = await work.messages.get(MessageId(int(number)))
            if passed and passed.ticket == ticket.id:
                return passed
    return None


async def _pass_on(work: Work, desk: Desk, ticket: Ticket, message: TicketMessage, incoming: Incoming | None) -> None:
    other = await _other_side(work, ticket, message.side)
    if other is None:
        return  # nobody holds it yet; whoever claims it reads it then
    await _send(work, ticket, message, other, desk, "forwarded" if incoming and incoming.forwarded else "")


async def _send(work: Work, ticket: Ticket, message: TicketMessage, to: Chat, desk: Desk | None, manner: str) -> None:
    reply_to = await _seen_as(work, message.reply_to, to)
    slot = _slot(message)
    if message.album and message.file and message.kind in _ALBUM_KINDS:
        album = RelayedAlbum(
            ticket.id,
            message.id,
            message.side,
            (AlbumItem(message.kind, message.file, message.source.chat, message.source.message, message.text or ""),),
            reply_to,
        )
        wait = desk.config.delivery.album_wait_seconds if desk else 0
        await work.outbox.gather(to, album, slot, f"{ticket.id}:{message.album}", wait)
    elif message.kind in (Kind.TEXT, Kind.CONTACT):
        for number, part in enumerate(_parts(message.text or "")):
            text = RelayedText(ticket.id, message.id, message.side, part, reply_to, forwarded=manner == "forwarded")
            await work.outbox.post(to, text, _slot(message, number))
    else:
        if message.kind not in _WITH_CAPTION:
            label = Say(f"relay.no_caption_{message.side}", {"ticket": ticket.id})
            await work.outbox.post(to, label, _slot(message, -1), silent=True)
        source = message.source
        copy = RelayedCopy(
            ticket.id, message.id, message.side, message.kind, source.chat, source.message, message.text or "", reply_to
        )
        await work.outbox.post(to, copy, slot)


async def _seen_as(work: Work, message: MessageId | None, chat: Chat) -> str:
    """The id that a message of the ticket has in this chat: its own if written there, else its copy's."""
    if message is None:
        return ""
    known = await work.messages.get(message)
    if known is None:
        return ""
    if (known.source.bot, known.source.chat) == (chat.bot, chat.id):
        return known.source.message
    return await work.slots.message(chat, _slot(known)) or ""


async def _other_side(work: Work, ticket: Ticket, author: Side) -> Chat | None:
    if author == Side.HELPER:
        chat = (await work.people.get(ticket.person)).chat
    elif ticket.holder:
        chat = (await work.people.get((await work.members.get(ticket.holder)).person)).chat
    else:
        return None
    return chat if chat.id else None  # erased: nobody is there any more


def objection(incoming: Incoming) -> str | None:
    """Why a message cannot be passed on, if it cannot."""
    if incoming.kind == Kind.OTHER:
        return "file.not_passed"
    # A copied file keeps its name, so a name with somebody's number would go through unmasked.
    if incoming.file_name and mask(incoming.file_name) != incoming.file_name:
        return "file.secret_name"
    return None


def _parts(text: str) -> list[str]:
    """Long words in pieces that fit a message together with what stands before them."""
    return [text[at : at + _LONGEST_PART] for at in range(0, len(text), _LONGEST_PART)] or ["…"]


def _slot(message: TicketMessage, part: int = 0) -> str:
    return f"relay:{message.id}:{part}" if part else f"relay:{message.id}"
