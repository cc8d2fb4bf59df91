"""Teams and members as leaders and admins see them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

from bot.channels.telegram.keyboards import Press, Rows
from bot.channels.telegram.keyboards import teams as press
from bot.channels.telegram.views.frame import Frame, Screen, Views, day, fit, office_lines, shorten
from bot.config import Span
from bot.model.briefs import MemberBrief, TeamBrief, TeamsBrief
from bot.model.notices.teams import (
    InviteTeams,
    MemberScreen,
    MovePick,
    TeamList,
    TeamMembers,
    TeamPlaces,
    TeamQuestion,
    TeamScreen,
)
from bot.model.people import Member, Team
from bot.model.states import Role

_NAME = 40
_HALF = 26
"""Letters of a label that shares its row with another on a small phone."""


def team_list(notice: TeamList, brief: TeamsBrief, frame: Frame) -> Screen:
    """The teams, and what can be done with all of them."""
    rows = _choices(brief, frame, lambda team: press.OpenTeam(team, "main"), press.OpenTeams)
    rows.append([frame.button("team_new", press.AskTeam(0, "new"))])
    rows.append(
        [frame.button("teams_import", press.AskTeam(0, "list")), frame.button("teams_export", press.SendTeams())]
    )
    lines: list[str] = [frame.texts("team.list" if brief.items else "team.list_empty")]
    lines += [
        frame.texts(
            "team.line",
            name=item.team.name,
            place=_where(item.team, frame),
            members=item.members,
            tickets=item.tickets,
        )
        for item in brief.items
    ]
    return Screen(fit(lines), rows)


def _choices(brief: TeamsBrief, frame: Frame, choose: Callable[[int], Press], turn: Callable[[int], Press]) -> Rows:
    rows: Rows = [[frame.labelled(shorten(item.team.name, _NAME), choose(item.team.id))] for item in brief.items]
    return [*rows, *_pages(frame, brief.page, brief.pages, turn)]


def _pages(frame: Frame, page: int, pages: int, turn: Callable[[int], Press]) -> Rows:
    row = []
    if page > 0:
        row.append(frame.button("earlier", turn(page - 1)))
    if page + 1 < pages:
        row.append(frame.button("more", turn(page + 1)))
    return [row] if row else []


def _where(team: Team, frame: Frame) -> str:
    if team.territory is None:
        return frame.texts.plain("team.everywhere")
    place = frame.place(team.territory)
    return f"{team.hamlet}, {place}" if team.hamlet else place


def _hours(duty: Sequence[Span] | None, frame: Frame) -> str:
    return ", ".join(map(str, duty)) if duty else frame.texts.plain("team.usual_hours")


def team_screen(notice: TeamScreen, brief: TeamBrief, frame: Frame) -> Screen:
    """A team, or a part of it."""
    parts = {"sectors": _sectors, "office": _office, "close": _close}
    screen = parts.get(notice.part, _main)(brief, frame)
    said: list[str] = [frame.texts(f"team.{notice.said}"), ""] if notice.said else []
    return Screen(fit([*said, screen.text]), screen.rows)


def _main(brief: TeamBrief, frame: Frame) -> Screen:
    team, texts = brief.team, frame.texts
    sectors = [frame.catalogue.sectors.get(code, code) for code in team.sectors]
    lines: list[str] = [
        texts("team.title", name=team.name),
        texts("team.place", place=_where(team, frame)),
        texts("team.sectors", sectors="; ".join(sectors) or texts.plain("team.all_sectors")),
        texts("team.duty", hours=_hours(team.duty, frame)),
        *(office_lines(team.office, frame) if team.office.address else [texts("team.no_office")]),
        texts("team.in_group" if team.group else "team.no_group"),
        texts("team.counts", members=brief.count, tickets=brief.tickets),
    ]
    number = team.id
    rows: Rows = [
        [
            frame.button("team_members", press.OpenMembers(number, 0), count=brief.count),
            frame.button("team_invite", press.InviteTo(number)),
        ],
        [
            frame.button("team_name", press.AskTeam(number, "name")),
            *([frame.button("team_place", press.AskTeam(number, "place"))] if brief.manages else []),
        ],
        [
            frame.button("team_sectors", press.OpenTeam(number, "sectors")),
            frame.button("team_duty", press.AskTeam(number, "duty")),
        ],
        [frame.button("team_office", press.OpenTeam(number, "office"))],
    ]
    if brief.manages:
        end = [] if team.is_default else [frame.button("team_close", press.OpenTeam(number, "close"))]
        rows.append([*end, frame.button("teams", press.OpenTeams(0))])
    return Screen(fit(lines), rows)


def _sectors(brief: TeamBrief, frame: Frame) -> Screen:
    chosen = brief.team.sectors
    buttons = [
        frame.labelled(
            shorten(f"{'✅ ' if code in chosen else ''}{title}", _HALF), press.ToggleSector(brief.team.id, code)
        )
        for code, title in frame.catalogue.sectors.items()
    ]
    rows: Rows = [buttons[at : at + 2] for at in range(0, len(buttons), 2)]
    rows.append([frame.button("team_back", press.OpenTeam(brief.team.id, "main"))])
    return Screen(frame.texts("team.pick_sectors", name=brief.team.name), rows)


def _office(brief: TeamBrief, frame: Frame) -> Screen:
    team = brief.team
    lines: list[str] = [frame.texts("team.office_title", name=team.name)]
    lines += office_lines(team.office, frame) if team.office.address else [frame.texts("team.no_office")]
    rows: Rows = [[frame.button("office_address", press.AskTeam(team.id, "office_address"))]]
    rows.append(
        [
            frame.button("office_hours", press.AskTeam(team.id, "office_hours")),
            frame.button("office_phone", press.AskTeam(team.id, "office_phone")),
        ]
    )
    rows.append([frame.button("team_back", press.OpenTeam(team.id, "main"))])
    return Screen(fit(lines), rows)


def _close(brief: TeamBrief, frame: Frame) -> Screen:
    text = frame.texts(
        "team.close_sure", name=brief.team.name, members=brief.count, tickets=brief.tickets, heir=brief.heir
    )
    rows = [
        [frame.button("team_close_yes", press.CloseTeam(brief.team.id))],
        [frame.button("team_back", press.OpenTeam(brief.team.id, "main"))],
    ]
    return Screen(text, rows)


def team_members(notice: TeamMembers, brief: TeamBrief, frame: Frame) -> Screen:
    """The members, leaders first."""
    lines: list[str] = [frame.texts("member.list", name=brief.team.name, count=brief.count)]
    rows: Rows = []
    for member in brief.members:
        lines.append(_line(member, brief.today, frame))
        rows.append([frame.labelled(shorten(_name(member, frame), _NAME), press.OpenMember(member.id, "main"))])
    rows += _pages(frame, brief.page, brief.pages, lambda page: press.OpenMembers(brief.team.id, page))
    rows.append(
        [
            frame.button("team_invite", press.InviteTo(brief.team.id)),
            frame.button("team_back", press.OpenTeam(brief.team.id, "main")),
        ]
    )
    return Screen(fit(lines), rows)


def _name(member: Member, frame: Frame) -> str:
    return member.name.strip() or frame.texts.plain("member.no_name", number=member.id)


def _line(member: Member, today: date, frame: Frame) -> str:
    role = frame.texts.plain(f"staff.role.{member.role}")
    about = [role, *_period(member, frame)]
    if not member.in_force(today):
        about.append(frame.texts.plain("member.not_yet"))
    elif not member.on_duty:
        about.append(frame.texts.plain("member.off_duty"))
    return frame.texts("member.line", name=shorten(_name(member, frame), _NAME), about=" · ".join(about))


def _period(member: Member, frame: Frame) -> list[str]:
    found = []
    if member.starts_on:
        found.append(frame.texts.plain("member.from", date=day(member.starts_on)))
    if member.ends_on:
        found.append(frame.texts.plain("member.until", date=day(member.ends_on)))
    return found


def member_screen(notice: MemberScreen, brief: MemberBrief, frame: Frame) -> Screen:
    """A member and what can be changed."""
    member, texts = brief.member, frame.texts
    name = shorten(_name(member, frame), _NAME)
    if notice.part == "end":
        text = texts("member.end_sure", name=name, tickets=brief.tickets)
        yes, no = press.EndMember(member.id), press.OpenMember(member.id, "main")
        return Screen(text, [[frame.button("member_end_yes", yes)], [frame.button("stop", no)]])
    scope = texts.plain("team.everywhere") if member.scope == "all" else frame.place(member.scope)
    lines: list[str] = [
        *([texts(f"team.{notice.said}"), ""] if notice.said else []),
        texts("member.title", name=name, role=texts.plain(f"staff.role.{member.role}"), team=brief.team.name),
        *([texts("member.scope", place=scope)] if member.role == Role.ADMIN else []),
        texts("member.dates", period=", ".join(_period(member, frame)) or texts.plain("member.no_dates")),
        texts("member.duty", hours=_hours(member.duty, frame)),
        texts("member.most_open", most=member.most_open) if member.most_open else texts("member.usual_most"),
        texts("member.tickets", tickets=brief.tickets),
        *([texts("member.not_yet_line")] if not member.in_force(brief.today) else []),
    ]
    number = member.id
    rows: Rows = [
        [
            frame.button("member_duty", press.AskMember(number, "duty")),
            frame.button("member_most", press.AskMember(number, "most_open")),
        ]
    ]
    if not brief.himself:
        rows[0].insert(0, frame.button("member_dates", press.AskMember(number, "dates")))
        rows += [[frame.button(f"role_{role}", press.SetRole(number, role))] for role in brief.roles]
        end = [frame.button("member_end", press.OpenMember(number, "end"))]
        if brief.manages:
            end.insert(0, frame.button("member_move", press.OfferMove(number, 0)))
        rows.append(end)
    rows.append([frame.button("members_back", press.OpenMembers(brief.team.id, 0))])
    return Screen(fit(lines), rows)


def move_pick(notice: MovePick, brief: TeamsBrief, frame: Frame) -> Screen:
    """To which team?"""
    rows = _choices(
        brief,
        frame,
        lambda team: press.MoveTo(notice.member, team),
        lambda page: press.OfferMove(notice.member, page),
    )
    rows.append([frame.button("stop", press.OpenMember(notice.member, "main"))])
    return Screen(frame.texts("member.move_to"), rows)


def invite_teams(notice: InviteTeams, brief: TeamsBrief, frame: Frame) -> Screen:
    """To which team shall the link lead?"""
    rows = _choices(
        brief,
        frame,
        lambda team: press.InviteTeam(notice.code, team),
        lambda page: press.OfferTeams(notice.code, page),
    )
    return Screen(frame.texts("invite.which_team"), rows)


def team_question(notice: TeamQuestion, _: None, frame: Frame) -> Screen:
    """What is to be typed, and the way out."""
    subject = "member" if notice.member else "team"
    lines: list[str] = [frame.texts(f"team.problem.{notice.problem}"), ""] if notice.problem else []
    lines.append(frame.texts(f"{subject}.ask_{notice.what}"))
    return Screen("\n".join(lines), [[frame.button("stop", press.StopAsking(notice.team, notice.member))]])


def team_places(notice: TeamPlaces, _: None, frame: Frame) -> Screen:
    """Which of these places?"""
    rows: Rows = [[frame.labelled(frame.place(code), press.PickPlace(notice.team, code))] for code in notice.codes]
    rows.append([frame.button("stop", press.StopAsking(notice.team, 0))])
    return Screen(frame.texts("team.which_place_more" if notice.more else "team.which_place"), rows)


VIEWS: Views = {
    InviteTeams: invite_teams,
    MemberScreen: member_screen,
    MovePick: move_pick,
    TeamList: team_list,
    TeamMembers: team_members,
    TeamPlaces: team_places,
    TeamQuestion: team_question,
    TeamScreen: team_screen,
}
