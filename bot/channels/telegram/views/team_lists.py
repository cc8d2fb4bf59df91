"""Teams and members as a file, and what a file sent back would change."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from bot.channels.telegram.keyboards import Rows
from bot.channels.telegram.keyboards import teams as press
from bot.channels.telegram.views.frame import Document, Frame, Screen, Views, day, fit
from bot.config import Span
from bot.helpdesk.team_csv import COLUMNS, written
from bot.model.briefs import TeamFileBrief, TeamListBrief
from bot.model.notices.teams import TeamFile, TeamListReport
from bot.model.people import Invite, Member, Team
from bot.model.team_lists import ListState

_MOST_ERRORS = 20


def team_file(notice: TeamFile, brief: TeamFileBrief, frame: Frame) -> Screen:
    """The file, with a link for everybody who is not here yet."""
    titles = [frame.texts.plain(f"team_list.column.{name}") for name in (*COLUMNS, "state", "link")]
    rows: list[list[str]] = []
    for team, members, invites in brief.teams:
        place = _team_cells(team, frame)
        people = [[*place, *_person_cells(member, frame), ""] for member in members]
        people += [[*place, *_person_cells(invite, frame), _link(invite, frame)] for invite in invites]
        rows += people or [[*place, *[""] * (len(titles) - len(place))]]
    waiting = sum(len(invites) for _, _, invites in brief.teams)
    text = frame.texts("team_list.file_links" if waiting else "team_list.file", teams=len(brief.teams), links=waiting)
    name = f"to-cong-nghe-so-{frame.today:%Y-%m-%d}.csv"
    return Screen(text, document=Document(name, written(titles, rows)))


def _team_cells(team: Team, frame: Frame) -> list[str]:
    territories = frame.catalogue.territories
    commune = territories.commune(team.territory) if team.territory else None
    province = territories.province(team.territory) if team.territory else None
    return [
        team.name,
        team.hamlet,
        territories.label(commune.code).split(",")[0] if commune else "",
        province.label if province else frame.texts.plain("team.everywhere"),
        " | ".join(frame.catalogue.sectors.get(code, code) for code in team.sectors),
        _hours(team.duty),
        team.office.address,
        team.office.hours,
        team.office.phone,
    ]


def _person_cells(person: Member | Invite, frame: Frame) -> list[str]:
    here = isinstance(person, Member)
    return [
        person.name or "",
        frame.texts.plain(f"staff.role.{person.role}"),
        day(person.starts_on) if person.starts_on else "",
        day(person.ends_on) if person.ends_on else "",
        _hours(person.duty),
        str(person.most_open or ""),
        frame.texts.plain("team_list.here" if here else "team_list.not_here"),
    ]


def _hours(duty: Sequence[Span] | None) -> str:
    return ", ".join(map(str, duty or ()))


def _link(invite: Invite, frame: Frame) -> str:
    return f"https://t.me/{frame.bot_username}?start=moi_{invite.code}"


def team_list_report(notice: TeamListReport, brief: TeamListBrief, frame: Frame) -> Screen:
    """How a file stands."""
    texts, report = frame.texts, brief.report
    if brief.state == ListState.REFUSED:
        return Screen(fit(_refused(report, frame), texts("team_list.more_errors")))
    if brief.state != ListState.READ:
        return Screen(texts(f"team_list.{brief.state}"))
    figures = {
        f"{what}_{how}": report.get(f"{what}_{how}", 0)
        for what in ("teams", "people")
        for how in ("new", "changed", "same")
    }
    rows: Rows = [
        [
            frame.button("list_take", press.TakeList(notice.number, True)),
            frame.button("drop", press.TakeList(notice.number, False)),
        ]
    ]
    return Screen(texts("team_list.read", **figures), rows)


def _refused(report: Any, frame: Frame) -> list[str]:
    texts = frame.texts
    if problem := report.get("problem"):
        return [texts(f"team_list.problem.{problem}")]
    errors = report.get("errors", [])
    lines: list[str] = [texts("team_list.refused", count=report.get("count", len(errors)))]
    for line, key, figures in errors[:_MOST_ERRORS]:
        lines.append(texts("team_list.error_line", line=line, what=texts.plain(f"team_list.error.{key}", **figures)))
    if report.get("count", 0) > _MOST_ERRORS:
        lines.append(texts("team_list.more_errors"))
    return lines


VIEWS: Views = {TeamFile: team_file, TeamListReport: team_list_report}
