"""Who owns a line that somebody typed, and where it goes."""

from __future__ import annotations

from typing import Any

from bot.helpdesk import assist, notes, ready_replies, relay
from bot.helpdesk.addressed import ticket_replied_to
from bot.helpdesk.ask import ask, ask_again, decline
from bot.helpdesk.desk import Desk
from bot.helpdesk.dialog import (
    ASKING,
    FIND_GUIDE,
    PLACE,
    STUCK,
    WHICH,
    expect,
    expect_nothing,
    expects,
    without_stale,
)
from bot.helpdesk.editing import hear_editor
from bot.helpdesk.holding import held_ticket
from bot.helpdesk.open_ticket import open_ticket
from bot.helpdesk.place import tell_place
from bot.helpdesk.resolve import offer_guides
from bot.helpdesk.staff import show_my_tickets, show_queue
from bot.helpdesk.team_typing import hear_team
from bot.language import clean, clean_lines, fold, mask
from bot.model.delivery import Mode
from bot.model.ids import RequestId, TicketId
from bot.model.notices import Say
from bot.model.notices.citizens import GuideCard
from bot.model.notices.members import WhichTicket
from bot.model.people import Member, Person
from bot.model.requests import Incoming, Place, Ticket
from bot.model.states import HELD, LIVE, Kind
from bot.storage.work import Work

_QUEUE_WORDS = frozenset({"hang cho", "xem hang cho"})
_MINE_WORDS = frozenset({"viec cua toi", "viec", "phieu cua toi"})


async def hear(work: Work, desk: Desk, person: Person, member: Member | None, incoming: Incoming) -> None:
    """Take a message that is no command: to a ticket, to what the bot waits for, or to the search."""
    if incoming.edited:
        await _hear_edit(work, desk, person, incoming)
        return
    person = await without_stale(work, person)
    if member and await hear_editor(work, desk, person, member, incoming):
        return
    if member and await hear_team(work, desk, person, member, incoming):
        return
    if member and await _hear_helper(work, desk, person, member, incoming):
        return
    await _hear_citizen(work, desk, person, incoming)


async def hear_in_group(work: Work, desk: Desk, person: Person, member: Member | None, incoming: Incoming) -> None:
    """In a group only the holder's reply to a ticket's card is for us; everything else is people's own talk."""
    if incoming.edited:
        if message := await work.messages.at(incoming.place):
            await relay.edited(work, desk, message, incoming)
        return
    ticket = await ticket_replied_to(work, incoming)
    if member and ticket and ticket.holder == member.id and ticket.state in HELD:
        await relay.from_helper(work, desk, person, member, ticket, incoming)


async def other_question(work: Work, person: Person) -> None:
    """The next words are a question, although a ticket is open."""
    await expect(work, person, ASKING)
    await work.outbox.post(person.chat, Say("ask.other"))


async def _hear_citizen(work: Work, desk: Desk, person: Person, incoming: Incoming) -> None:
    if expects(person) == ASKING and incoming.kind == Kind.TEXT:
        await expect_nothing(work, person)
        await ask(work, desk, person, incoming.text, incoming.place)
        return
    if expects(person) == STUCK and person.dialog:
        await _stuck_told(work, desk, person, incoming)
        return
    if expects(person) == PLACE and incoming.kind == Kind.TEXT:
        if await tell_place(work, desk, person, incoming.text):
            return
        await expect_nothing(work, person)
    live = await work.tickets.live_of_person(person.id)
    if live:
        await relay.from_citizen(work, desk, person, await _meant(work, live, incoming), incoming)
        if incoming.kind == Kind.TEXT:
            await _urgent_too(work, desk, person, incoming.text)
        return
    if incoming.kind == Kind.TEXT:
        await ask(work, desk, person, incoming.text, incoming.place)
    elif incoming.album and await _of_known_album(work, person, incoming):
        return  # answered at its first picture
    elif incoming.kind == Kind.STICKER:
        await decline(work, person, "sticker", Say("file.sticker", menu="browse"), incoming.place)
    elif incoming.text.strip() and incoming.kind != Kind.CONTACT:
        # A picture with words: the words can be answered, the picture only a person can look at.
        await ask(work, desk, person, incoming.text, incoming.place)
        await work.outbox.post(person.chat, Say("file.only_people", menu="person"))
    else:
        offer = Say(f"file.offer_{_spoken(incoming.kind)}", menu="person")
        await decline(work, person, "file", offer, incoming.place)


async def _of_known_album(work: Work, person: Person, incoming: Incoming) -> bool:
    """Whether another picture of the album came before."""
    name = f"album:{incoming.album}"
    if await work.slots.message(person.chat, name):
        return True
    await work.slots.point(person.chat, name, incoming.place.message)
    return False


async def _stuck_told(work: Work, desk: Desk, person: Person, incoming: Incoming) -> None:
    """The citizen says what does not work at a step: that becomes the ticket."""
    stuck = person.dialog or {}
    await expect_nothing(work, person)
    request = await work.requests.get(RequestId(stuck["request"])) if stuck.get("request") else None
    known = await work.tickets.of_request(request.id) if request else None
    if known and known.state in LIVE:
        await relay.from_citizen(work, desk, person, known, incoming)
        return
    words = incoming.text if incoming.kind in (Kind.TEXT, Kind.PHOTO, Kind.VIDEO, Kind.DOCUMENT) else ""
    ticket = await open_ticket(
        work, desk, person, request=request, guide=stuck["guide"], step=stuck["step"], question=words
    )
    if ticket and incoming.kind != Kind.TEXT:
        await relay.from_citizen(work, desk, person, ticket, incoming)


async def _urgent_too(work: Work, desk: Desk, person: Person, text: str) -> None:
    """What cannot wait for a volunteer is answered at once, although the words go to a ticket as well."""
    match = desk.knowledge.now.matcher.match(clean(text))
    urgent = [e.id for e in desk.catalogue if e.guide.urgent]
    if match.urgent and urgent:
        await work.outbox.post(person.chat, GuideCard(urgent[0]))


async def _meant(work: Work, live: list[Ticket], incoming: Incoming) -> Ticket:
    """Of a citizen's several tickets: the one replied to, else one that somebody holds, else the newest."""
    replied = await ticket_replied_to(work, incoming)
    for ticket in live:
        if replied and ticket.id == replied.id:
            return ticket
    return next((t for t in live if t.holder), live[0])


async def _hear_helper(work: Work, desk: Desk, person: Person, member: Member, incoming: Incoming) -> bool:
    """Whether the message was for one of the tickets a member holds, or an answer to the bot."""
    said = fold(incoming.text)
    if incoming.kind == Kind.TEXT and said in _QUEUE_WORDS:
        await show_queue(work, person, member)
        return True
    if incoming.kind == Kind.TEXT and said in _MINE_WORDS:
        await show_my_tickets(work, person, member)
        return True
    if await notes.hear_note(work, person, member, incoming):
        return True
    replied = await ticket_replied_to(work, incoming)
    if replied is None and (
        await ready_replies.hear_author(work, person, member, incoming)
        or await assist.hear_assistant(work, desk, person, member, incoming)
    ):
        return True
    if expects(person) == FIND_GUIDE and person.dialog and incoming.kind == Kind.TEXT and replied is None:
        found = await work.tickets.find(TicketId(person.dialog["ticket"]))
        if found:
            await offer_guides(work, desk, found, person, person.dialog["purpose"], clean(incoming.text))
            return True
    held = await work.tickets.held_by(member.id)
    if replied and replied.person != person.id:
        if replied.holder != member.id or replied.state not in HELD:
            await work.outbox.post(person.chat, Say("ticket.not_yours", {"ticket": replied.id}))
            return True
        await relay.from_helper(work, desk, person, member, replied, incoming)
        return True
    current = next((t for t in held if t.id == member.current_ticket), None)
    if current is None and len(held) == 1:
        current = held[0]
    if current:
        await relay.from_helper(work, desk, person, member, current, incoming)
        return True
    if held:
        if objection := relay.objection(incoming):
            await work.outbox.post(person.chat, Say(objection))
            return True
        await _ask_which(work, person, member, incoming)
        return True
    return False


async def _ask_which(work: Work, person: Person, member: Member, incoming: Incoming) -> None:
    """The words wait where they stand in the chat; only their place is remembered."""
    place = incoming.place
    await expect(
        work,
        person,
        WHICH,
        earlier=_waiting(person),
        kind=incoming.kind,
        message=place.message,
        chat=place.chat,
        bot=place.bot,
        text=mask(clean_lines(incoming.text)),
        album=incoming.album,
        file=incoming.file,
        reply_to=incoming.reply_to,
    )
    await work.outbox.post(person.chat, WhichTicket(member.id), "which", mode=Mode.REPLACE)


def _waiting(person: Person) -> list[dict[str, Any]]:
    """The messages of a member that wait for their ticket, oldest first: an album, or words in several lines."""
    if person.dialog is None or expects(person) != WHICH:
        return []
    last = {name: value for name, value in person.dialog.items() if name != "earlier"}
    return [*person.dialog["earlier"], last]


async def which_chosen(work: Work, desk: Desk, person: Person, member: Member | None, ticket_id: TicketId) -> None:
    """The member says for which ticket his words were."""
    helper, ticket = await held_ticket(work, member, ticket_id)
    messages = _waiting(person)
    await expect_nothing(work, person)
    if not messages:
        await work.members.change(helper.id, current_ticket=ticket.id)
        return
    for waiting in messages:
        incoming = Incoming(
            Place(waiting["bot"], waiting["chat"], waiting["message"]),
            Kind(waiting["kind"]),
            waiting["text"],
            reply_to=waiting["reply_to"],
            album=waiting["album"],
            file=waiting["file"],
        )
        await relay.from_helper(work, desk, person, helper, ticket, incoming)
    await work.outbox.post(person.chat, Say("ticket.sent_to", {"ticket": ticket.id}))


async def _hear_edit(work: Work, desk: Desk, person: Person, incoming: Incoming) -> None:
    if await notes.reworded(work, person, incoming):
        return
    message = await work.messages.at(incoming.place)
    if message:
        await relay.edited(work, desk, message, incoming)
        return
    for name in await work.slots.names_at(incoming.place):
        kind, _, number = name.partition(":")
        request = await work.requests.get(RequestId(int(number))) if kind == "asked" else None
        if request and request.person == person.id:
            ticket = await work.tickets.of_request(request.id)
            if ticket and ticket.state in LIVE:  # it is for people now, not for the search
                await relay.reworded(work, desk, ticket, request.text or "", incoming)
                return
            await ask_again(work, desk, person, request, incoming.text)
            return
    # Words the bot never answered (a place, a note to nobody) may be changed freely.


def _spoken(kind: Kind) -> str:
    """The group of kinds that get the same offer."""
    if kind in (Kind.VOICE, Kind.AUDIO, Kind.VIDEO_NOTE):
        return "voice"
    return {Kind.LOCATION: "location", Kind.CONTACT: "contact"}.get(kind, "file")
