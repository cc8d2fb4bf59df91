"""Who holds a ticket: asked, ended, and everyone told."""

from __future__ import annotations

from bot.errors import HelpdeskError
from bot.helpdesk.deadlines import resumed
from bot.helpdesk.desk import Desk
from bot.helpdesk.maintenance import require
from bot.helpdesk.open_ticket import panel, refresh_cards, show_card
from bot.helpdesk.routes import climb_time
from bot.model.delivery import Mode
from bot.model.events import Event
from bot.model.ids import TicketId
from bot.model.notices.citizens import News, TicketNews
from bot.model.notices.members import HolderPanel
from bot.model.people import Member, Team
from bot.model.requests import Ticket
from bot.model.states import HELD, EventKind, Role
from bot.storage.work import Work


async def held_ticket(work: Work, member: Member | None, ticket_id: TicketId) -> tuple[Member, Ticket]:
    """The ticket, if the member holds it; it stays so until the unit of work ends.

    Raises:
        HelpdeskError: not a member, or not his ticket (any more).
    """
    helper = require(member, Role.VOLUNTEER)
    ticket = await work.tickets.lock(ticket_id)
    if ticket is None:
        raise HelpdeskError("ticket.unknown", ticket=ticket_id)
    if ticket.holder != helper.id or ticket.state not in HELD:
        raise HelpdeskError("ticket.not_yours", ticket=ticket_id)
    return helper, ticket


async def release(
    work: Work,
    desk: Desk,
    ticket_id: TicketId,
    member: Member | None,
    reason: str = "returned",
    team: Team | None = None,
) -> None:
    """Back to the front of the queue, with all that was said.

    Args:
        work: the unit of work.
        desk: what use cases work with.
        ticket_id: the ticket.
        member: its holder.
        reason: a code for the record, such as ``left``.
        team: whose queue; None: that of the team it came from.

    Raises:
        HelpdeskError: not a member, or not his ticket (any more).
    """
    helper, ticket = await held_ticket(work, member, ticket_id)
    team = team or await work.teams.get(ticket.team)
    clocks = await resumed(work, desk, ticket)
    due = climb_time(desk, team, desk.clock.now(), urgent=ticket.urgent)
    await work.tickets.release_if_held(ticket.id, helper.id, **clocks, team_id=team.id, climb_at=due)
    back = await work.tickets.get(ticket.id)
    work.events.add(Event.of_ticket(EventKind.RELEASED, back, member=helper.id, reason=reason))
    await after(work, ticket, helper, News.RETURNED)
    await show_card(work, desk, back, team)


async def give_all_back(work: Work, desk: Desk, member: Member, reason: str) -> int:
    """Whatever the member holds returns to its queue; how many tickets that was."""
    held = await work.tickets.lock_held_by(member.id)
    for ticket in held:
        await release(work, desk, ticket.id, member, reason=reason)
    return len(held)


async def without_former(work: Work, desk: Desk, ticket: Ticket) -> Ticket:
    """A locked ticket that no former member is told of any more.

    Memberships end at midnight, and are swept a little later: until then the ticket would still be his.
    """
    holder = await work.members.get(ticket.holder) if ticket.holder else None
    if holder is None or holder.in_force(work.today):
        return ticket
    await release(work, desk, ticket.id, holder, reason="expired")
    return await work.tickets.get(ticket.id)


async def after(work: Work, ticket: Ticket, helper: Member, news: News, office: str = "") -> None:
    """Everyone who sees the ticket is told."""
    if news != News.WAITING and helper.current_ticket == ticket.id:
        others = [t for t in await work.tickets.held_by(helper.id) if t.id != ticket.id]
        await work.members.change(helper.id, current_ticket=others[0].id if len(others) == 1 else None)
    await refresh_cards(work, ticket)
    holder = await work.people.get(helper.person)
    await work.outbox.post(holder.chat, HolderPanel(ticket.id), panel(ticket), mode=Mode.EDIT_ONLY)
    citizen = await work.people.get(ticket.person)
    slot = f"ended:{ticket.id}" if news in (News.RESOLVED, News.REFERRED) else f"news:{ticket.id}"
    await work.outbox.post(citizen.chat, TicketNews(ticket.id, news, office), slot)
