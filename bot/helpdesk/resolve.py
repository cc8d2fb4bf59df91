"""What the holder of a ticket does with it, and how it ends."""

from __future__ import annotations

from datetime import datetime, timedelta

from bot.errors import HelpdeskError
from bot.helpdesk.deadlines import due_times
from bot.helpdesk.desk import Desk
from bot.helpdesk.dialog import FIND_GUIDE, expect, expect_nothing
from bot.helpdesk.duty import Standing, standing
from bot.helpdesk.holding import after, held_ticket, release
from bot.helpdesk.leases import lease_end, renew
from bot.helpdesk.maintenance import require
from bot.helpdesk.open_ticket import panel, refresh_cards, show_card
from bot.helpdesk.relay import note_first_reply, replay
from bot.helpdesk.routes import climb_time
from bot.model.delivery import Mode
from bot.model.events import Event
from bot.model.ids import TicketId
from bot.model.notices import Say
from bot.model.notices.citizens import GuideCard, News, TicketNews
from bot.model.notices.members import GuidePick, HolderPanel, OfficePick
from bot.model.notices.moving import RETURN_REASONS, ReturnReasons
from bot.model.people import Member, Person
from bot.model.requests import Ticket
from bot.model.states import ENDED, EventKind, Role, TicketState
from bot.storage.work import Work

SEND, CLOSE = "send", "close"
"""Why a guide is chosen for a ticket: to send it to the citizen, or as the one that would have answered."""


async def give_back(work: Work, desk: Desk, ticket_id: TicketId, person: Person, member: Member | None) -> None:
    """«Trả lại»: at once, and then the holder is asked why."""
    await release(work, desk, ticket_id, member)
    await work.outbox.post(person.chat, ReturnReasons(ticket_id), f"why:{ticket_id}", mode=Mode.REPLACE)


async def say_why(work: Work, ticket_id: TicketId, person: Person, member: Member | None, reason: str) -> None:
    """Why the ticket was given back; the next one sees it on the card.

    Raises:
        HelpdeskError: not a ticket that he gave back.
    """
    helper = require(member, Role.VOLUNTEER)
    ticket = await work.tickets.lock(ticket_id)
    if ticket is None or reason not in RETURN_REASONS or await work.tickets.last_holder(ticket_id) != helper.id:
        raise HelpdeskError("ticket.not_yours", ticket=ticket_id)
    happened = [kind for kind, _ in await work.events.of_ticket(ticket.id)]
    if happened[-1] == EventKind.RELEASED:  # two presses are one; whoever has it by now knows it from the talk
        work.events.add(Event.of_ticket(EventKind.RETURN_REASON, ticket, member=helper.id, reason=reason))
        await refresh_cards(work, ticket)
    thanks = Say("return.noted", {"ticket": ticket_id})
    await work.outbox.post(person.chat, thanks, f"why:{ticket_id}", mode=Mode.EDIT)


async def wait_for_citizen(work: Work, ticket_id: TicketId, member: Member | None) -> None:
    """The holder waits for the citizen: neither the lease nor the deadlines run meanwhile."""
    helper, ticket = await held_ticket(work, member, ticket_id)
    if ticket.state == TicketState.WAITING_CITIZEN:
        return
    now = work.clock.now()
    await work.tickets.move_if_held(
        ticket.id, helper.id, TicketState.WAITING_CITIZEN, paused_at=now, leased_until=None, lease_reminded_at=None
    )
    work.events.add(Event.of_ticket(EventKind.WAITING, ticket, member=helper.id))
    await after(work, ticket, helper, News.WAITING)


async def resolve(work: Work, desk: Desk, ticket_id: TicketId, person: Person, member: Member | None) -> None:
    """The holder says it is done; the citizen is asked, and the holder which guide would have answered."""
    helper, ticket = await held_ticket(work, member, ticket_id)
    await work.tickets.close_if_held(ticket.id, helper.id, TicketState.RESOLVED)
    work.events.add(Event.of_ticket(EventKind.RESOLVED, ticket, member=helper.id))
    await after(work, ticket, helper, News.RESOLVED)
    await offer_guides(work, desk, ticket, person, CLOSE)


async def refer(work: Work, ticket_id: TicketId, member: Member | None, office: str) -> None:
    """An office has to do it; the citizen is told which."""
    helper, ticket = await held_ticket(work, member, ticket_id)
    await work.tickets.close_if_held(ticket.id, helper.id, TicketState.REFERRED)
    work.events.add(Event.of_ticket(EventKind.REFERRED, ticket, member=helper.id, office=office))
    await after(work, ticket, helper, News.REFERRED, office)


async def pick_office(work: Work, ticket_id: TicketId, person: Person, member: Member | None) -> None:
    """Offer the offices a ticket can go to."""
    await held_ticket(work, member, ticket_id)
    await work.outbox.post(person.chat, OfficePick(ticket_id), f"office:{ticket_id}", mode=Mode.REPLACE)


async def pick_guide(work: Work, desk: Desk, ticket_id: TicketId, person: Person, member: Member | None) -> None:
    """Offer the guides that may be sent to the citizen."""
    _, ticket = await held_ticket(work, member, ticket_id)
    await offer_guides(work, desk, ticket, person, SEND)


async def put_away(work: Work, ticket_id: TicketId, person: Person, *, offices: bool) -> None:
    """Take the list of offices, or of guides to send, off the screen again: it was opened by mistake."""
    if offices:
        await work.outbox.post(person.chat, OfficePick(ticket_id), f"office:{ticket_id}", mode=Mode.DELETE)
    else:
        await work.outbox.post(
            person.chat, GuidePick(ticket_id, SEND, ()), f"pick:{SEND}:{ticket_id}", mode=Mode.DELETE
        )


async def offer_guides(
    work: Work, desk: Desk, ticket: Ticket, person: Person, purpose: str, words: str | None = None
) -> None:
    """Show guides to choose from: the one on hand, those shown before, those that the words fit."""
    request = await work.requests.get(ticket.request) if ticket.request else None
    found: dict[str, None] = {}
    if words is None:
        for guide in (ticket.guide, *(request.shown if request else ())):
            if guide and desk.catalogue.get(guide):
                found[guide] = None
    text = ticket.question if words is None else words
    if text:
        found.update(dict.fromkeys(c.guide for c in desk.knowledge.now.matcher.match(text).candidates))
    await expect_nothing(work, person)
    notice = GuidePick(ticket.id, purpose, tuple(found)[:5])
    mode = Mode.NEW if words is not None else Mode.REPLACE
    await work.outbox.post(person.chat, notice, f"pick:{purpose}:{ticket.id}", mode=mode)


async def type_guide(work: Work, ticket_id: TicketId, person: Person, member: Member | None, purpose: str) -> None:
    """None of the offered ones: the member types what he looks for."""
    require(member, Role.VOLUNTEER)
    await expect(work, person, FIND_GUIDE, ticket=ticket_id, purpose=purpose)
    await work.outbox.post(person.chat, Say("pick.type"))


async def guide_chosen(
    work: Work, desk: Desk, ticket_id: TicketId, person: Person, member: Member | None, purpose: str, guide: str | None
) -> None:
    """A guide was chosen: send it, or note that it would have answered (None: there is no such guide yet).

    Raises:
        HelpdeskError: not his ticket.
    """
    if purpose == SEND and guide:
        helper, ticket = await held_ticket(work, member, ticket_id)
        citizen = await work.people.get(ticket.person)
        await note_first_reply(work, ticket, helper)
        await renew(work, desk, ticket, helper)
        await work.outbox.post(citizen.chat, GuideCard(guide, ticket.request or 0, from_helper=True))
        entry = desk.catalogue.get(guide)
        sent = Say("pick.sent", {"guide": entry.guide.title if entry else guide, "ticket": ticket_id})
        await work.outbox.post(person.chat, sent, f"pick:{purpose}:{ticket_id}", mode=Mode.EDIT)
        return
    helper = require(member, Role.VOLUNTEER)
    ended = await work.tickets.find(ticket_id)
    if ended is None or ended.state not in ENDED or await work.tickets.last_holder(ticket_id) != helper.id:
        raise HelpdeskError("ticket.not_yours", ticket=ticket_id)
    await work.tickets.change(ticket_id, answered_by_guide=guide)
    await work.suggestions.add(ticket_id, guide, ended.question or None)
    await work.outbox.post(person.chat, Say("pick.noted"), f"pick:{purpose}:{ticket_id}", mode=Mode.EDIT)


async def confirm(work: Work, desk: Desk, ticket_id: TicketId, person: Person, *, done: bool) -> None:
    """The citizen says whether it is done; «Chưa xong» brings the ticket back.

    Raises:
        HelpdeskError: not his ticket, or it is too late to reopen.
    """
    ticket = await work.tickets.lock(ticket_id)
    if ticket is None or ticket.person != person.id:
        raise HelpdeskError("ticket.unknown", ticket=ticket_id)
    if ticket.state not in ENDED or ticket.closed_at is None:
        raise HelpdeskError("ticket.still_open", ticket=ticket_id)
    if done:
        happened = [kind for kind, _ in await work.events.of_ticket(ticket.id)]
        if happened[-1] != EventKind.CONFIRMED:  # two presses are one
            work.events.add(Event.of_ticket(EventKind.CONFIRMED, ticket))
        await work.outbox.post(person.chat, TicketNews(ticket.id, News.CONFIRMED), f"ended:{ticket.id}", mode=Mode.EDIT)
        return
    if desk.clock.now() - ticket.closed_at > timedelta(days=desk.config.conversation.reopen_days):
        raise HelpdeskError("ticket.too_late", ticket=ticket_id, days=desk.config.conversation.reopen_days)
    if person.consented_at is None:  # withdrawn since: nobody may read it
        raise HelpdeskError("ticket.agree_first", ticket=ticket_id)
    last = await work.tickets.last_holder(ticket.id)
    former = await work.members.get(last) if last else None
    holder = await work.members.of_person(former.person) if former else None
    team, now = await work.teams.get(ticket.team), desk.clock.now()
    back_to = holder if holder and former and holder.id == former.id and await _is_there(work, desk, holder) else None
    clocks: dict[str, datetime] = {"end_due_at": due_times(desk, team, now)["end_due_at"]}
    if back_to:
        clocks["leased_until"] = await lease_end(work, desk, back_to)
    else:
        clocks["climb_at"] = climb_time(desk, team, now, urgent=ticket.urgent)
    await work.tickets.reopen_if_ended(ticket.id, back_to.id if back_to else None, **clocks)
    work.events.add(Event.of_ticket(EventKind.REOPENED, ticket, member=back_to.id if back_to else None))
    await work.outbox.post(person.chat, TicketNews(ticket.id, News.REOPENED), f"ended:{ticket.id}", mode=Mode.EDIT)
    again = await work.tickets.get(ticket.id)
    if back_to:
        helper = await work.people.get(back_to.person)
        await work.members.change(back_to.id, current_ticket=ticket.id)
        await refresh_cards(work, again)
        await work.outbox.post(helper.chat, Say("ticket.not_done_staff", {"ticket": ticket.id}))
        await work.outbox.post(helper.chat, HolderPanel(ticket.id), panel(ticket), mode=Mode.REPLACE)
    else:
        await show_card(work, desk, again, team)


async def _is_there(work: Work, desk: Desk, member: Member) -> bool:
    """Whether a ticket may come back to the member: on duty now, however much he holds."""
    team = await work.teams.get(member.team)
    return standing(member, team, desk.config, desk.clock.now()) == Standing.READY


async def make_current(work: Work, desk: Desk, ticket_id: TicketId, person: Person, member: Member | None) -> None:
    """Words without an address go to this ticket from now on."""
    helper, ticket = await held_ticket(work, member, ticket_id)
    await renew(work, desk, ticket, helper)
    await work.members.change(helper.id, current_ticket=ticket.id)
    await work.outbox.post(person.chat, HolderPanel(ticket.id), panel(ticket), mode=Mode.REPLACE)


async def show_history(work: Work, ticket_id: TicketId, person: Person, member: Member | None) -> None:
    """The holder reads the conversation once more."""
    _, ticket = await held_ticket(work, member, ticket_id)
    await replay(work, ticket, person.chat)
