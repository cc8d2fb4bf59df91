"""A citizen calls for a person: a ticket, its number told at once, its card shown to the team."""

from __future__ import annotations

from bot.helpdesk.desk import Desk
from bot.helpdesk.dialog import WANTED, expect
from bot.helpdesk.hours import is_night
from bot.language import clean, mask
from bot.model.delivery import Mode
from bot.model.events import Event
from bot.model.notices import Say
from bot.model.notices.citizens import ConsentOffer, TicketOpened
from bot.model.notices.members import TicketCard
from bot.model.people import Chat, Member, Person, Team
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
    team = await work.teams.default(desk.config.helpdesk.default_team)
    ticket = await work.tickets.open(
        person.id,
        team.id,
        request_id=request.id,
        guide=guide or request.guide or (request.shown[0] if len(request.shown) == 1 else None),
        step=step,
        question=words,
        urgent=request.urgent,
        territory=person.territory,
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
    work.events.add(Event.of_ticket(EventKind.OPENED, ticket, urgent=ticket.urgent))
    await _tell_citizen(work, person, ticket, team)
    await show_card(work, desk, ticket, team)
    return ticket


async def _called_before(work: Work, person: Person, guide: str | None, step: int | None) -> Ticket | None:
    """A live ticket of the person that a second press of the same button would only double."""
    for ticket in await work.tickets.live_of_person(person.id):
        if guide is None or (ticket.guide, ticket.step) == (guide, step):
            return ticket
    return None


async def _tell_citizen(work: Work, person: Person, ticket: Ticket, team: Team) -> None:
    notice = TicketOpened(
        ticket.id,
        ahead=await work.tickets.ahead_of(ticket),
        on_duty=bool(await on_duty(work, team)),
        urgent=ticket.urgent,
        described=bool(ticket.question),
    )
    await work.outbox.post(person.chat, notice, f"opened:{ticket.id}")


async def on_duty(work: Work, team: Team) -> list[Member]:
    """Members who said they are on duty."""
    return [m for m in await work.members.of_team(team.id) if m.on_duty]


async def show_card(work: Work, desk: Desk, ticket: Ticket, team: Team) -> None:
    """Show a ticket to its team: in its group, else to each member alone.

    With somebody on duty, only those are told (and woken, but at night); with nobody, all are, silently.
    """
    ready = await on_duty(work, team)
    silent = not ready or is_night(desk.config.hours, desk.clock.now())
    for chat in await _card_chats(work, team):
        await work.outbox.post(chat, TicketCard(ticket.id), card(ticket), mode=Mode.REPLACE, silent=silent)


async def refresh_cards(work: Work, ticket: Ticket) -> None:
    """All copies of the ticket's card show its present state."""
    chats = await work.slots.chats_with(card(ticket))
    # A card on its way has no slot yet; in its chat this change follows it.
    on_the_way = await _card_chats(work, await work.teams.get(ticket.team))
    for chat in dict.fromkeys([*chats, *on_the_way]):
        await work.outbox.post(chat, TicketCard(ticket.id), card(ticket), mode=Mode.EDIT_ONLY, silent=True)


async def _card_chats(work: Work, team: Team) -> list[Chat]:
    if team.group:
        return [team.group]
    ready = await on_duty(work, team)
    return [chat for _, chat in await work.members.chats(ready or await work.members.of_team(team.id))]


def card(ticket: Ticket) -> str:
    """The slot of the ticket's card."""
    return f"card:{ticket.id}"


def panel(ticket: Ticket) -> str:
    """The slot of the holder's panel."""
    return f"panel:{ticket.id}"
