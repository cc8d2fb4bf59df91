"""What a notice needs to know beside its ids, read at the moment it is sent."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from bot.helpdesk.desk import Desk
from bot.helpdesk.editing_brief import editing_brief
from bot.helpdesk.maintenance import platform_notices
from bot.helpdesk.offices import office_for
from bot.helpdesk.open_ticket import on_duty
from bot.helpdesk.teams_brief import teams_brief
from bot.model.briefs import Brief, CardBrief, RequestsBrief, StatisticsBrief, TicketBrief, TicketsBrief
from bot.model.ids import MemberId, PersonId, TeamId, TicketId
from bot.model.notices import Notice
from bot.model.notices.citizens import (
    CancelWhich,
    FileCheck,
    GuideCard,
    HelperCheck,
    MyRequests,
    StepScreen,
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
from bot.model.people import Chat
from bot.model.requests import Ticket
from bot.model.states import Section
from bot.storage.work import Work

_ABOUT_A_TICKET = (TicketCard, HolderPanel, TicketOpened, TicketNews, HelperCheck, FileCheck, GuidePick, OfficePick)


async def brief(work: Work, desk: Desk, notice: Notice, chat: Chat) -> Brief:
    """Read what the view of this notice, on its way to ``chat``, shows."""
    now = desk.clock.now()
    if isinstance(notice, _ABOUT_A_TICKET):
        ticket = await work.tickets.get(TicketId(notice.ticket))
        about = await _ticket(work, ticket, now)
        if isinstance(notice, TicketOpened):
            return replace(about, office=await office_for(work, desk, ticket.territory))
        return about
    if isinstance(notice, GuideCard | StepScreen):
        card = CardBrief(await platform_notices(work), await _nobody_for(work, desk, notice.guide))
        if isinstance(notice, GuideCard) and notice.section == Section.PLACE:
            citizen = await work.people.of_chat(chat)
            return replace(card, office=await office_for(work, desk, citizen.territory if citizen else None))
        return card
    if isinstance(notice, QueueList):
        queue = await work.tickets.queue(TeamId(notice.team))
        return TicketsBrief(tuple([await _ticket(work, t, now) for t in queue]), None, now)
    if isinstance(notice, MyTickets | WhichTicket):
        member = await work.members.get(MemberId(notice.member))
        held = await work.tickets.held_by(member.id)
        return TicketsBrief(tuple([await _ticket(work, t, now) for t in held]), member.current_ticket, now)
    if isinstance(notice, MyRequests | CancelWhich):
        person = PersonId(notice.person)
        live = isinstance(notice, CancelWhich)
        tickets = await (work.tickets.live_of_person(person) if live else work.tickets.of_person(person))
        return RequestsBrief(tuple(await work.requests.of_person(person)), tuple(tickets), now)
    if isinstance(notice, Statistics):
        return await _statistics(work, desk, now)
    return await teams_brief(work, desk, notice) or await editing_brief(work, desk, notice)


async def _nobody_for(work: Work, desk: Desk, guide: str) -> bool:
    """Whether somebody in need must be told that no member is on duty."""
    entry = desk.catalogue.get(guide)
    if entry is None or not entry.guide.urgent:
        return False
    return not await on_duty(work, await work.teams.default(desk.config.helpdesk.default_team))


async def _ticket(work: Work, ticket: Ticket, now: datetime) -> TicketBrief:
    holder = await work.members.get(ticket.holder) if ticket.holder else None
    team = await work.teams.get(ticket.team)
    request = await work.requests.get(ticket.request) if ticket.request else None
    proposed = request.shown if request else ()
    return TicketBrief(ticket, holder.name if holder else None, team.name, proposed, now)


async def _statistics(work: Work, desk: Desk, now: datetime) -> StatisticsBrief:
    midnight = now.astimezone(desk.config.hours.zone).replace(hour=0, minute=0, second=0, microsecond=0)
    return StatisticsBrief(
        today=await work.figures.period(midnight, now + timedelta(seconds=1)),
        week=await work.figures.period(midnight - timedelta(days=6), now + timedelta(seconds=1)),
        tickets_by_state=await work.figures.tickets_by_state(),
        now=now,
    )
