"""What a notice needs to know beside its ids, read at the moment it is sent."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from bot.helpdesk.desk import Desk
from bot.helpdesk.duty import Standing, month_start
from bot.helpdesk.editing_brief import editing_brief
from bot.helpdesk.maintenance import platform_notices
from bot.helpdesk.offices import office_for
from bot.helpdesk.replying_brief import panel_brief, replying_brief
from bot.helpdesk.routes import choose, need_of
from bot.helpdesk.teams_brief import teams_brief
from bot.helpdesk.transfer import receiving_members, receiving_teams
from bot.model.briefs import (
    Brief,
    CardBrief,
    MonthBrief,
    ReceiversBrief,
    RequestsBrief,
    StatisticsBrief,
    TicketBrief,
    TicketsBrief,
)
from bot.model.ids import MemberId, PersonId, RequestId, TeamId, TicketId
from bot.model.notices import Notice
from bot.model.notices.citizens import (
    CancelWhich,
    FileCheck,
    GuideCard,
    HelperCheck,
    MyRequests,
    StepScreen,
    TicketLate,
    TicketNews,
    TicketOpened,
)
from bot.model.notices.members import (
    GuidePick,
    HolderPanel,
    MyTickets,
    OfficePick,
    QueueList,
    Statistics,
    TicketCard,
    WhichTicket,
)
from bot.model.notices.moving import LateTicket, LeaseReminder, ReturnReasons, TeamTickets, TransferPick
from bot.model.people import Chat, Member
from bot.model.requests import Ticket
from bot.model.states import EventKind, Role, Section, TicketState
from bot.storage.work import Work

_ABOUT_A_TICKET = (
    TicketCard, TicketOpened, TicketNews, TicketLate, HelperCheck, FileCheck, GuidePick, OfficePick,
    LateTicket, LeaseReminder, ReturnReasons,
)  # fmt: skip


async def brief(work: Work, desk: Desk, notice: Notice, chat: Chat) -> Brief:
    """Read what the view of this notice, on its way to ``chat``, shows."""
    now = desk.clock.now()
    if isinstance(notice, HolderPanel):
        ticket = await work.tickets.get(TicketId(notice.ticket))
        return await panel_brief(work, desk, ticket, await _ticket(work, ticket, now))
    if isinstance(notice, _ABOUT_A_TICKET):
        ticket = await work.tickets.get(TicketId(notice.ticket))
        about = await _ticket(work, ticket, now)
        if isinstance(notice, TicketOpened | TicketLate):
            return replace(about, office=await office_for(work, desk, ticket.territory))
        return about
    if isinstance(notice, GuideCard | StepScreen):
        card = CardBrief(await platform_notices(work), await _nobody_for(work, desk, notice))
        if isinstance(notice, GuideCard) and notice.section == Section.PLACE:
            citizen = await work.people.of_chat(chat)
            return replace(card, office=await office_for(work, desk, citizen.territory if citizen else None))
        return card
    if isinstance(notice, QueueList):
        queue = await work.tickets.queue(TeamId(notice.team))
        return TicketsBrief(tuple([await _ticket(work, t, now) for t in queue]), None, now)
    if isinstance(notice, TeamTickets):
        waiting = await work.tickets.queue(TeamId(notice.team))
        theirs = [*waiting, *await work.tickets.held_in_team(TeamId(notice.team))]
        return TicketsBrief(tuple([await _ticket(work, t, now) for t in theirs]), None, now)
    if isinstance(notice, TransferPick):
        return await _receivers(work, desk, notice)
    if isinstance(notice, MyTickets | WhichTicket):
        member = await work.members.get(MemberId(notice.member))
        held = await work.tickets.held_by(member.id)
        month = await _month(work, desk, member) if isinstance(notice, MyTickets) else None
        return TicketsBrief(tuple([await _ticket(work, t, now) for t in held]), member.current_ticket, now, month)
    if isinstance(notice, MyRequests | CancelWhich):
        person = PersonId(notice.person)
        live = isinstance(notice, CancelWhich)
        tickets = await (work.tickets.live_of_person(person) if live else work.tickets.of_person(person))
        return RequestsBrief(tuple(await work.requests.of_person(person)), tuple(tickets), now)
    if isinstance(notice, Statistics):
        return await _statistics(work, desk, now)
    for read in (replying_brief, teams_brief, editing_brief):
        if (found := await read(work, desk, notice)) is not None:
            return found
    return None


async def _nobody_for(work: Work, desk: Desk, notice: GuideCard | StepScreen) -> bool:
    """Whether somebody in need must be told that no member is on duty for him."""
    entry = desk.catalogue.get(notice.guide)
    if entry is None or not entry.guide.urgent:
        return False
    request = await work.requests.get(RequestId(notice.request)) if notice.request else None
    person = await work.people.get(request.person) if request and request.person else None
    return (await choose(work, desk, need_of(desk, person.territory if person else None, notice.guide, ""))).silent


async def _ticket(work: Work, ticket: Ticket, now: datetime) -> TicketBrief:
    holder = await work.members.get(ticket.holder) if ticket.holder else None
    # Who helps may be of a wider or nearer team than the one the ticket waited for.
    team = await work.teams.get(holder.team if holder else ticket.team)
    request = await work.requests.get(ticket.request) if ticket.request else None
    proposed = request.shown if request else ()
    returned = await _why_returned(work, ticket) if ticket.front and ticket.state == TicketState.OPEN else ""
    return TicketBrief(
        replace(ticket, phone=""),  # the number is for the holder's panel alone; no other view gets it
        holder.name if holder else None,
        team.name,
        proposed,
        now,
        notes=await work.ticket_notes.count(ticket.id),
        returned=returned,
    )


async def _why_returned(work: Work, ticket: Ticket) -> str:
    """Why the ticket came back the last time."""
    for kind, codes in reversed(await work.events.of_ticket(ticket.id)):
        if kind == EventKind.RETURN_REASON:
            return str(codes["reason"])
        if kind in (EventKind.LEASE_ENDED, EventKind.REOPENED):
            return str(kind)
        if kind == EventKind.RELEASED and codes.get("reason") != "returned":
            return ""
    return ""


async def _month(work: Work, desk: Desk, member: Member) -> MonthBrief:
    """What the member did since the month began."""
    since = month_start(desk)
    claimed = await work.figures.of_members([member.id], EventKind.CLAIMED, since)
    resolved = await work.figures.of_members([member.id], EventKind.RESOLVED, since)
    return MonthBrief(claimed.get(member.id, 0), resolved.get(member.id, 0), leads=member.may(Role.LEADER))


async def _receivers(work: Work, desk: Desk, notice: TransferPick) -> ReceiversBrief:
    ticket = await work.tickets.get(TicketId(notice.ticket))
    mover = MemberId(notice.member)
    members = [m for m in await receiving_members(work, desk, ticket, mover) if m[0].id != ticket.holder]
    return ReceiversBrief(
        tuple((m.id, m.name, stands == Standing.READY) for m, stands in members),
        tuple((team.id, team.name) for team in await receiving_teams(work, desk, ticket)),
        held=ticket.holder is not None,
        may_take_back=ticket.holder is not None and ticket.holder != mover,
    )


async def _statistics(work: Work, desk: Desk, now: datetime) -> StatisticsBrief:
    midnight = now.astimezone(desk.config.hours.zone).replace(hour=0, minute=0, second=0, microsecond=0)
    return StatisticsBrief(
        today=await work.figures.period(midnight, now + timedelta(seconds=1)),
        week=await work.figures.period(midnight - timedelta(days=6), now + timedelta(seconds=1)),
        tickets_by_state=await work.figures.tickets_by_state(),
        now=now,
    )
