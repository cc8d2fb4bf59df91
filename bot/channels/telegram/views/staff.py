"""What volunteers and admins see."""

from __future__ import annotations

from bot.channels.telegram.commands import of_staff
from bot.channels.telegram.keyboards import Rows, admins, members, teams
from bot.channels.telegram.views.frame import Frame, Screen, Views, age, clock, day, fit, shorten, until
from bot.channels.telegram.views.replying import panel_lines, panel_rows
from bot.model.briefs import PanelBrief, Period, StatisticsBrief, TicketBrief, TicketsBrief
from bot.model.notices.members import (
    LONGEST_QUESTION,
    GuidePick,
    HolderPanel,
    InviteLink,
    MemberWelcome,
    MyTickets,
    OfficePick,
    PoisonReport,
    QueueList,
    StaffHelp,
    Statistics,
    TicketCard,
    WhichTicket,
)
from bot.model.requests import Ticket
from bot.model.states import HELD, Outcome, Role, TicketState
from bot.texts import Markup

_IN_A_LIST = 60
_ON_A_CARD = 500


def ticket_card(notice: TicketCard, brief: TicketBrief, frame: Frame) -> Screen:
    """A ticket as the whole team sees it."""
    ticket, texts = brief.ticket, frame.texts
    title = texts(
        f"work.{_state(ticket)}", ticket=ticket.id, place=frame.place(ticket.territory), name=brief.holder or ""
    )
    if ticket.leased_until:
        title = Markup(title + texts("work.until", until=until(ticket.leased_until, frame)))
    lines: list[str] = [title]
    if ticket.state == TicketState.OPEN:
        lines += _content(brief, frame, _ON_A_CARD)
        if ticket.front:
            lines.append(texts(f"work.came_back_{brief.returned}" if brief.returned else "work.came_back"))
        if brief.notes:
            lines.append(texts("work.notes", count=brief.notes))
        lines.append(texts("work.age", age=age(texts, ticket.opened_at, brief.now)))
    elif about := _about(ticket, frame):
        lines.append(about)
    rows: Rows = [[frame.button("claim", members.Claim(ticket.id))]] if ticket.state == TicketState.OPEN else []
    return Screen(fit(lines), rows)


def holder_panel(notice: HolderPanel, brief: TicketBrief, frame: Frame) -> Screen:
    """A ticket as its holder sees it."""
    ticket, texts = brief.ticket, frame.texts
    lines: list[str] = [
        texts("work.panel", ticket=ticket.id, place=frame.place(ticket.territory)),
        *_content(brief, frame, LONGEST_QUESTION),
    ]
    if ticket.state not in HELD:
        state = texts(f"work.{_state(ticket)}", ticket=ticket.id, place=frame.place(ticket.territory), name="")
        return Screen(fit([state, texts("work.panel_ended")]))
    extra = brief if isinstance(brief, PanelBrief) else None
    if ticket.leased_until:
        lines.append(texts("work.panel_until", until=until(ticket.leased_until, frame)))
    lines += [*(panel_lines(extra, frame) if extra else ()), texts("work.panel_hint")]
    number = ticket.id
    rows: Rows = [
        *(panel_rows(extra, frame) if extra else ()),
        [frame.button("send_guide", members.PickGuide(number)), frame.button("wait", members.WaitForCitizen(number))],
        [frame.button("release", members.Release(number)), frame.button("transfer", members.PickReceiver(number))],
        [frame.button("refer", members.PickOffice(number)), frame.button("resolve", members.Resolve(number))],
    ]
    return Screen(fit(lines), rows)


def _state(ticket: Ticket) -> str:
    if ticket.state == TicketState.OPEN and ticket.urgent:
        return "card_urgent"
    return {TicketState.WAITING_CITIZEN: "card_waiting"}.get(ticket.state, f"card_{ticket.state}")


def _about(ticket: Ticket, frame: Frame) -> str:
    if not ticket.guide:
        return ""
    if ticket.step:
        return frame.texts("work.about_step", guide=frame.title(ticket.guide), step=ticket.step)
    return frame.texts("work.about", guide=frame.title(ticket.guide))


def _content(brief: TicketBrief, frame: Frame, longest: int) -> list[str]:
    ticket, texts = brief.ticket, frame.texts
    about = _about(ticket, frame)
    asked = shorten(ticket.question, longest)
    question = texts("work.question", question=asked) if asked else texts("work.no_question")
    others = [guide for guide in brief.proposed if guide != ticket.guide]
    proposed = [texts("work.proposed", guides="; ".join(frame.title(guide) for guide in others))] if others else []
    return [*([about] if about else []), question, *proposed]


def queue_list(notice: QueueList, brief: TicketsBrief, frame: Frame) -> Screen:
    """What waits."""
    if not brief.tickets:
        return Screen(frame.texts("work.queue_empty"))
    lines: list[str] = [frame.texts("work.queue", count=len(brief.tickets))]
    rows: Rows = []
    for item in brief.tickets:
        ticket = item.ticket
        lines.append(_line("work.queue_line", item, frame, "🔴" if ticket.urgent else "🟡"))
        rows.append([frame.button("claim_number", members.Claim(ticket.id), ticket=ticket.id)])
    return Screen(fit(lines), rows)


def my_tickets(notice: MyTickets, brief: TicketsBrief, frame: Frame) -> Screen:
    """What the member holds."""
    lines: list[str] = [frame.texts("work.mine", count=len(brief.tickets))]
    if not brief.tickets:
        lines = [frame.texts("work.mine_empty")]
    rows: Rows = []
    for item in brief.tickets:
        mark = "👉" if item.ticket.id == brief.current else "•"
        lines.append(_line("work.mine_line", item, frame, mark))
        rows.append(
            [
                frame.button("make_current", members.MakeCurrent(item.ticket.id), ticket=item.ticket.id),
                frame.button("history", members.ShowHistory(item.ticket.id)),
            ]
        )
    if month := brief.month:
        lines.append(frame.texts("work.month", claimed=month.claimed, resolved=month.resolved))
        if month.leads:
            rows.append([frame.button("team_tickets", members.ShowTeam())])
    return Screen(fit(lines), rows)


def which_ticket(notice: WhichTicket, brief: TicketsBrief, frame: Frame) -> Screen:
    """For which ticket were the words?"""
    rows: Rows = [
        [frame.labelled(f"#{item.ticket.id} · {_what(item, frame)}", members.ForTicket(item.ticket.id))]
        for item in brief.tickets
    ]
    return Screen(frame.texts("work.which"), rows)


def _line(key: str, item: TicketBrief, frame: Frame, mark: str) -> str:
    ticket = item.ticket
    return frame.texts(
        key,
        mark=mark,
        ticket=ticket.id,
        place=frame.place(ticket.territory),
        what=_what(item, frame),
        age=age(frame.texts, ticket.opened_at, item.now),
    )


def _what(item: TicketBrief, frame: Frame) -> str:
    ticket = item.ticket
    what = frame.title(ticket.guide) or ticket.question or frame.texts.plain("requests.unnamed")
    return what[:_IN_A_LIST]


def guide_pick(notice: GuidePick, brief: TicketBrief, frame: Frame) -> Screen:
    """Choose a guide for a ticket."""
    ticket, purpose = notice.ticket, notice.purpose
    rows: Rows = [
        [frame.labelled(frame.title(guide), members.GuidePicked(ticket, purpose, guide))] for guide in notice.guides
    ]
    end = [frame.button("other_guide", members.TypeGuide(ticket, purpose))]
    if purpose == "close":
        end.append(frame.button("no_guide", members.GuidePicked(ticket, purpose, "")))
    else:
        end.append(frame.button("stop", members.PutAway(ticket, False)))
    return Screen(frame.texts(f"pick.{purpose}", ticket=ticket), [*rows, end])


def office_pick(notice: OfficePick, brief: TicketBrief, frame: Frame) -> Screen:
    """Choose an office for a ticket."""
    offices = [key for key in frame.texts if key.startswith("offices.")]
    rows: Rows = [
        [frame.labelled(frame.texts.plain(key), members.Refer(notice.ticket, key.removeprefix("offices.")))]
        for key in offices
    ]
    rows.append([frame.button("stop", members.PutAway(notice.ticket, True))])
    return Screen(frame.texts("office.ask", ticket=notice.ticket), rows)


def invite_link(notice: InviteLink, _: None, frame: Frame) -> Screen:
    """A fresh invite."""
    link = f"https://t.me/{frame.bot_username}?start=moi_{notice.code}"
    role = frame.texts.plain(f"staff.role.{notice.role}")
    text = frame.texts("invite.link", team=notice.team, role=role, days=notice.days, link=link)
    by = list(Role).index(Role(notice.by))
    others = [r for at, r in enumerate(Role) if r != notice.role and at <= by]
    rows: Rows = [[frame.button(f"role_{r}", admins.InviteRole(notice.code, r))] for r in others]
    if notice.by == Role.ADMIN:
        rows.append([frame.button("other_team", teams.OfferTeams(notice.code, 0))])
    return Screen(text, rows)


def member_welcome(notice: MemberWelcome, _: None, frame: Frame) -> Screen:
    """You are of the team now."""
    role = frame.texts.plain(f"staff.role.{notice.role}")
    if notice.starts:
        return Screen(frame.texts("staff.welcome_later", team=notice.team, role=role, date=day(notice.starts)))
    text: str = frame.texts("staff.welcome", team=notice.team, role=role)
    if notice.ends:
        text = f"{text}\n{frame.texts('staff.welcome_until', date=day(notice.ends))}"
    return Screen(text, [[frame.button("duty_off", members.Duty(False))]])


def staff_help(notice: StaffHelp, _: None, frame: Frame) -> Screen:
    """The commands of a role, in the order of its menu."""
    texts = frame.texts
    lines: list[str] = [
        texts("staff.help", team=notice.team, role=texts.plain(f"staff.role.{notice.role}")),
        *(
            texts("staff.command", name=name, does=texts.plain(f"command.{name}"))
            for name in of_staff(Role(notice.role))
        ),
        texts("staff.help_end"),
    ]
    return Screen(fit(lines))


def statistics(notice: Statistics, brief: StatisticsBrief, frame: Frame) -> Screen:
    """The figures."""
    texts = frame.texts
    when = f"{clock(brief.now, frame.zone)} ngày {day(brief.now, frame.zone)}"
    states = {state.value: brief.tickets_by_state.get(state, 0) for state in TicketState}
    lines: list[str] = [texts("statistics.title", when=when)]
    for name, period in (("today", brief.today), ("week", brief.week)):
        lines += ["", texts(f"statistics.{name}"), *_period(period, frame)]
    return Screen(fit([*lines, "", texts("statistics.tickets", **states)]))


def _period(period: Period, frame: Frame) -> list[str]:
    texts = frame.texts
    outcomes = {outcome.value: period.by_outcome.get(outcome, 0) for outcome in Outcome}
    seconds = period.median_first_reply_seconds
    median = "–" if seconds is None else texts.plain("work.minutes", n=max(1, round(seconds / 60)))
    text = texts(
        "statistics.period",
        requests=period.requests,
        opened=period.opened,
        confirmed=period.confirmed,
        median=median,
        **outcomes,
    )
    lines: list[str] = [text, texts("statistics.unanswered", count=period.unanswered)]
    if period.assisted:
        lines.append(texts("statistics.assisted", count=period.assisted))
    if period.top_guides:
        top = "; ".join(f"{frame.title(guide)} ({count})" for guide, count in period.top_guides)
        lines.append(texts("statistics.top", guides=top))
    return lines


def poison_report(notice: PoisonReport, _: None, frame: Frame) -> Screen:
    """Updates put aside; their numbers only."""
    rows = ", ".join(map(str, notice.rows))
    return Screen(frame.texts("admin.poison", count=len(notice.rows), rows=rows))


VIEWS: Views = {
    GuidePick: guide_pick,
    HolderPanel: holder_panel,
    InviteLink: invite_link,
    MemberWelcome: member_welcome,
    MyTickets: my_tickets,
    OfficePick: office_pick,
    PoisonReport: poison_report,
    QueueList: queue_list,
    StaffHelp: staff_help,
    Statistics: statistics,
    TicketCard: ticket_card,
    WhichTicket: which_ticket,
}
