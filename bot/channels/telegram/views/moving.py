"""Tickets on their way from one to another: why given back, to whom, until when; where a question would go."""

from __future__ import annotations

from bot.channels.telegram.keyboards import Rows, members
from bot.channels.telegram.views.frame import Frame, Screen, Views, fit, until
from bot.helpdesk.routing import Rung
from bot.model.briefs import ReceiversBrief, TicketBrief, TicketsBrief
from bot.model.notices.moving import (
    RETURN_REASONS,
    LateTicket,
    LeaseReminder,
    ReturnReasons,
    RouteExplained,
    TeamTickets,
    TransferPick,
)

_A_PAGE = 8


def return_reasons(notice: ReturnReasons, _: TicketBrief, frame: Frame) -> Screen:
    """Given back: why?"""
    rows: Rows = [
        [frame.button(f"return_{reason}", members.ReturnReason(notice.ticket, reason))] for reason in RETURN_REASONS
    ]
    return Screen(frame.texts("return.why", ticket=notice.ticket), rows)


def transfer_pick(notice: TransferPick, brief: ReceiversBrief, frame: Frame) -> Screen:
    """People and teams by name, a page at a time."""
    ticket, texts = notice.ticket, frame.texts
    people = [
        frame.labelled(
            texts.plain("transfer.person" if ready else "transfer.person_off", name=name),
            members.GiveToMember(ticket, number),
        )
        for number, name, ready in brief.members
    ]
    teams = [
        frame.labelled(texts.plain("transfer.team", name=name), members.GiveToTeam(ticket, number))
        for number, name in brief.teams
    ]
    everyone = [*people, *teams]
    first = notice.page * _A_PAGE
    rows: Rows = [[button] for button in everyone[first : first + _A_PAGE]]
    turning = []
    if notice.page:
        turning.append(frame.button("before", members.ReceiverPage(ticket, notice.page - 1)))
    if len(everyone) > first + _A_PAGE:
        turning.append(frame.button("more", members.ReceiverPage(ticket, notice.page + 1)))
    rows.append(turning)
    if brief.may_take_back:
        rows.append([frame.button("take_back", members.TakeBack(ticket))])
    return Screen(texts("transfer.to_whom" if everyone else "transfer.nobody", ticket=ticket), rows)


def lease_reminder(notice: LeaseReminder, brief: TicketBrief, frame: Frame) -> Screen:
    """Silent for long: still at it?"""
    end = brief.ticket.leased_until
    number = notice.ticket
    if end is None:
        return Screen(frame.texts("lease.settled", ticket=number))
    rows: Rows = [
        [frame.button("still_helping", members.MakeCurrent(number))],
        [frame.button("release", members.Release(number))],
    ]
    return Screen(frame.texts("lease.reminder", ticket=number, until=until(end, frame)), rows)


def late_ticket(notice: LateTicket, brief: TicketBrief, frame: Frame) -> Screen:
    """To a leader: somebody is slow."""
    number = notice.ticket
    text = frame.texts("work.late", ticket=number, name=brief.holder or "–")
    return Screen(text, [[frame.button("move_number", members.PickReceiver(number), ticket=number)]])


def team_tickets(notice: TeamTickets, brief: TicketsBrief, frame: Frame) -> Screen:
    """What waits for a team and what its members hold, for its leader."""
    texts = frame.texts
    if not brief.tickets:
        return Screen(texts("work.team_empty"))
    lines: list[str] = [texts("work.team", count=len(brief.tickets))]
    rows: Rows = []
    for item in brief.tickets:
        ticket = item.ticket
        end = texts.plain("work.until", until=until(ticket.leased_until, frame)) if ticket.leased_until else ""
        state = texts.plain(f"requests.ticket_state.{ticket.state}")
        lines.append(texts("work.team_line", ticket=ticket.id, name=item.holder or "–", state=state, until=end))
        rows.append([frame.button("move_number", members.PickReceiver(ticket.id), ticket=ticket.id)])
    return Screen(fit(lines), rows)


def route_explained(notice: RouteExplained, _: None, frame: Frame) -> Screen:
    """The ladder rung by rung, with the reason at each."""
    texts = frame.texts
    place = frame.place(notice.place or None)
    about = frame.title(notice.guide) or texts.plain("route.no_guide")
    lines: list[str] = [texts("route.title", place=place, about=about)]
    for rung in notice.rungs:
        name = rung.team or texts.plain("route.all_admins" if rung.rung == Rung.ADMINS else "route.no_team")
        reason = texts.plain(f"route.reason.{rung.reason}")
        line = texts("route.line", rung=texts.plain(f"route.rung.{rung.rung}"), team=name, reason=reason)
        lines.append(f"👉 {line}" if rung.taken else f"• {line}")
    lines.append(texts("route.silent" if notice.silent else "route.climbs", minutes=frame.config.service.climb_minutes))
    return Screen(fit(lines))


VIEWS: Views = {
    LateTicket: late_ticket,
    LeaseReminder: lease_reminder,
    ReturnReasons: return_reasons,
    RouteExplained: route_explained,
    TeamTickets: team_tickets,
    TransferPick: transfer_pick,
}
