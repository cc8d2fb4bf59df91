"""A citizen calls for a person: a ticket, its number told at once, its card shown to the team."""

from __future__ import annotations

from bot.helpdesk.deadlines import due_times, usual_wait
from bot.helpdesk.desk import Desk
from bot.helpdesk.dialog import WANTED, ask_where, expect
from bot.helpdesk.duty import ready, still_members
from bot.helpdesk.routes import choose, climb_time, need_of
from bot.language import clean, mask
from bot.model.delivery import Mode
from bot.model.events import Event
from bot.model.notices import Say
from bot.model.notices.citizens import ConsentOffer, TicketOpened
from bot.model.notices.members import TicketCard
from bot.model.people import Person, Team
from bot.model.requests import Request, Ticket
from bot.model.states import LIVE, EventKind, Outcome
from bot.storage.work import Work


async def open_ticket(
    work: Work,
    desk: Desk,
    person: Person,
    *,
    request: Request | None = None,
    guide: str | None = None,
    step: int | None = None,
    question: str = "",
) -> Ticket | None:
    """Hand a request to the team.

    Before the person agreed that somebody reads his words, only asks for that; the wish is remembered.

    Args:
        work: the unit of work.
        desk: what use cases work with.
        person: who calls.
        request: the request it grows out of; without one, a new one is logged.
        guide: the guide on hand.
        step: the step of it where the person is stuck, from 1.
        question: the person's words, masked here.

    Returns:
        The ticket, or None while the person has not agreed.
    """
    words = mask(clean(question)) or (request.text if request else None) or ""
    if person.consented_at is None:
        await expect(
            work, person, WANTED, request=request.id if request else None, guide=guide, step=step, question=words
        )
        await work.people.change(person.id, greeted=True)
        await work.outbox.post(person.chat, ConsentOffer(wanted=True), "consent")
        return None
    if request:
        known = await work.tickets.of_request(request.id)
        if known and known.state in LIVE:
            await work.outbox.post(person.chat, Say("ticket.already", {"ticket": known.id}, menu="ticket"))
            return known
    else:
        if known := await _called_before(work, person, guide, step):
            await work.outbox.post(person.chat, Say("ticket.already", {"ticket": known.id}, menu="ticket"))
            return known
        request = await work.requests.add(
            person.id,
            person.chat.bot,
            Outcome.HANDED_OVER,
            text=words or None,
            guide=guide,
            territory=person.territory,
        )
        work.events.add(
            Event(
                EventKind.ASKED,
                request=request.id,
                person=person.id,
                guide=guide,
                territory=person.territory,
                codes={"outcome": Outcome.HANDED_OVER, "reason": "called"},
            )
        )
    guide = guide or request.guide or (request.shown[0] if len(request.shown) == 1 else None)
    found = await choose(work, desk, need_of(desk, person.territory, guide, words))
    team, now = await work.teams.get(found.team), desk.clock.now()
    ticket = await work.tickets.open(
        person.id,
        team.id,
        request_id=request.id,
        guide=guide,
        step=step,
        question=words,
        urgent=request.urgent,
        territory=person.territory,
        climb_at=climb_time(desk, team, now, urgent=request.urgent),
        **due_times(desk, team, now),
    )
    await work.requests.change(request.id, outcome=Outcome.HANDED_OVER)
    work.events.add(
        Event(
            EventKind.OUTCOME,
            request=ticket.request,
            person=ticket.person,
            guide=ticket.guide,
            territory=ticket.territory,
            codes={"outcome": Outcome.HANDED_OVER},
        )
    )
    work.events.add(
        Event.of_ticket(EventKind.OPENED, ticket, urgent=ticket.urgent, rung=found.rung, reason=found.reason)
    )
    await _tell_citizen(work, desk, person, ticket, team, on_duty=not found.silent)
    await show_card(work, desk, ticket, team)
    if person.territory is None and not person.place_asked:
        await ask_where(work, person, "place.ask")
    return ticket


async def _called_before(work: Work, person: Person, guide: str | None, step: int | None) -> Ticket | None:
    """A live ticket of the person that a second press of the same button would only double."""
    for ticket in await work.tickets.live_of_person(person.id):
        if guide is None or (ticket.guide, ticket.step) == (guide, step):
            return ticket
    return None


async def _tell_citizen(work: Work, desk: Desk, person: Person, ticket: Ticket, team: Team, *, on_duty: bool) -> None:
    """The number, who is before him, and when he can count on an answer."""
    calendar, now = desk.calendar(team.duty), desk.clock.now()
    notice = TicketOpened(
        ticket.id,
        ahead=await work.tickets.ahead_of(ticket),
        on_duty=on_duty,
        urgent=ticket.urgent,
        described=bool(ticket.question),
        opens_at=None if calendar.is_duty(now) else calendar.next_duty(now),
        usual_minutes=await usual_wait(work, desk, team),
    )
    await work.outbox.post(person.chat, notice, f"opened:{ticket.id}")


async def show_card(work: Work, desk: Desk, ticket: Ticket, team: Team, *, before: Say | None = None) -> None:
    """Show a ticket to its team: in its group, else to each member alone.

    With somebody on duty, only those are told, who carries least first (and woken, but at night); with nobody, all are,
    silently.

    Args:
        work: the unit of work.
        desk: what use cases work with.
        ticket: the ticket.
        team: whose people see it.
        before: what they hear first, without a sound.
    """
    awake = await ready(work, desk, team)
    silent = not awake or desk.calendar().is_night(desk.clock.now())
    if team.group:
        chats = [team.group]
    else:
        told = awake or await still_members(work, desk, team)
        chats = [chat for _, chat in await work.members.chats(told)]
    for chat in chats:
        if before:
            await work.outbox.post(chat, before, silent=True)
        await work.outbox.post(chat, TicketCard(ticket.id), card(ticket), mode=Mode.REPLACE, silent=silent)


async def refresh_cards(work: Work, ticket: Ticket) -> None:
    """All copies of the ticket's card show its present state."""
    chats = await work.slots.chats_with(card(ticket))
    # A card on its way has no slot yet; in its chat this change follows it.
    team = await work.teams.get(ticket.team)
    members = [] if team.group else await work.members.of_team(team.id)
    told = [m for m in members if m.on_duty] or members
    on_the_way = [team.group] if team.group else [chat for _, chat in await work.members.chats(told)]
    for chat in dict.fromkeys([*chats, *on_the_way]):
        await work.outbox.post(chat, TicketCard(ticket.id), card(ticket), mode=Mode.EDIT_ONLY, silent=True)


def card(ticket: Ticket) -> str:
    """The slot of the ticket's card."""
    return f"card:{ticket.id}"


def panel(ticket: Ticket) -> str:
    """The slot of the holder's panel."""
    return f"panel:{ticket.id}"
