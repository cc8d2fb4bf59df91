"""A list of teams and members: sent as a file, read, shown with its counts, then taken over whole or not at all."""

from __future__ import annotations

from collections import Counter
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from bot.errors import HelpdeskError
from bot.helpdesk.desk import Desk
from bot.helpdesk.dialog import TEAM, expect_nothing, expects
from bot.helpdesk.examine import CannotFetch
from bot.helpdesk.maintenance import require
from bot.helpdesk.memberships import change_period, scope_of
from bot.helpdesk.scope import may_change, may_manage, reaches
from bot.helpdesk.team_csv import ListedPerson, ListedTeam, Wrong, decoded, read
from bot.language import fold
from bot.model.delivery import Mode
from bot.model.events import Event
from bot.model.ids import TeamListId
from bot.model.notices.teams import TeamFile, TeamListReport
from bot.model.people import Invite, Member, Person, Team
from bot.model.requests import Incoming
from bot.model.states import EventKind, Role
from bot.model.team_lists import ListState, TeamList
from bot.storage.database import Database
from bot.storage.work import Work

Fetch = Callable[[str], Awaitable[bytes]]

_LEASE_SECONDS = 60.0
_MOST_ATTEMPTS = 3
_MOST_ERRORS = 200
_INVITE_DAYS = 30
"""A link that a commune hands out with its decision lives longer than one sent to somebody who waits for it."""

_ZIPPED = b"PK\x03\x04"


async def hear_list(work: Work, person: Person, member: Member, incoming: Incoming) -> None:
    """A file came: noted now, fetched and read as soon as this is kept.

    Raises:
        HelpdeskError: not an admin.
    """
    admin = require(member, Role.ADMIN)
    received = await work.team_lists.add(admin.id, person.chat.bot, incoming.file or "")
    await work.outbox.post(person.chat, TeamListReport(received.id), _slot(received.id))


def _slot(number: int) -> str:
    return f"list:{number}"


# -- read, beside everything else ------------------------------------------------------------------------------------


async def examine_next_list(database: Database, desk: Desk, bot: str, fetch: Fetch) -> bool:
    """Read the next file that waits; false where none does."""
    async with database.work() as work:
        waiting = await work.team_lists.claim(bot, _LEASE_SECONDS)
    if waiting is None:
        return False
    if waiting.attempts > _MOST_ATTEMPTS:
        await _report(database, waiting, ListState.REFUSED, {"problem": "trouble"})
        return True
    try:
        content = await fetch(waiting.file)
    except CannotFetch:
        await _report(database, waiting, ListState.REFUSED, {"problem": "cannot_fetch"})
        return True
    except Exception:
        async with database.work() as work:
            await work.team_lists.let_go(waiting.id)
        raise
    text = decoded(content)
    if text is None:
        problem = "excel" if content.startswith(_ZIPPED) else "not_text"
        await _report(database, waiting, ListState.REFUSED, {"problem": problem})
        return True
    async with database.reading() as work:
        plan = await _plan(work, desk, waiting, text)
    if plan.wrong:
        errors = [[w.line, w.key, dict(w.figures)] for w in sorted(plan.wrong, key=lambda w: w.line)]
        report: dict[str, Any] = {"errors": errors[:_MOST_ERRORS], "count": len(errors)}
        await _report(database, waiting, ListState.REFUSED, report)
    else:
        await _report(database, waiting, ListState.READ, plan.counts, text)
    return True


async def _report(
    database: Database, waiting: TeamList, state: ListState, report: dict[str, Any], text: str = ""
) -> None:
    async with database.work() as work:
        if not await work.team_lists.examined(waiting.id, state, report, text):
            return
        sender = await work.members.get(waiting.member)
        for _, chat in await work.members.chats([sender]):
            await work.outbox.post(chat, TeamListReport(waiting.id), _slot(waiting.id), mode=Mode.EDIT)


# -- what a list would change ----------------------------------------------------------------------------------------


@dataclass
class _Person:
    listed: ListedPerson
    member: Member | None
    invite: Invite | None
    changed: dict[str, Any]


@dataclass
class _Team:
    listed: ListedTeam
    team: Team | None
    changed: dict[str, Any]
    people: list[_Person] = field(default_factory=list)


@dataclass
class _Plan:
    teams: list[_Team]
    wrong: list[Wrong]

    @property
    def counts(self) -> dict[str, int]:
        """How many teams and people are new, changed, the same."""
        found: Counter[str] = Counter()
        for team in self.teams:
            found[f"teams_{_how(team.team is None, team.changed)}"] += 1
            for person in team.people:
                new = person.member is None and person.invite is None
                found[f"people_{_how(new, person.changed)}"] += 1
        return dict(found)


def _how(new: bool, changed: dict[str, Any]) -> str:
    return "new" if new else "changed" if changed else "same"


async def _plan(work: Work, desk: Desk, waiting: TeamList, text: str, *, lock: bool = False) -> _Plan:
    """What taking the list over would do, as things stand."""
    listed, wrong = read(text, desk.catalogue, work.today)
    teams = await (work.teams.lock() if lock else work.teams.all())
    admin = await work.members.find_current(waiting.member)
    if admin is None or not admin.in_force(work.today) or not admin.may(Role.ADMIN):
        return _Plan([], [Wrong(1, "not_admin")])
    by_name = {fold(team.name): team for team in teams}
    planned = []
    for one in listed:
        known = by_name.get(fold(one.name))
        if known and not may_manage(desk, admin, known):
            wrong.append(Wrong(one.line, "team_out_of_scope", {"team": one.name}))
            continue
        if known is None and "territory" not in one.values:
            wrong.append(Wrong(one.line, "new_team_needs_place", {"team": one.name}))
        if "territory" in one.values and not reaches(desk, admin, one.values["territory"]):
            wrong.append(Wrong(one.lines["territory"], "place_out_of_scope", {"team": one.name}))
        plan = _Team(one, known, _differing(_as_stored(known), one.values) if known else {})
        await _plan_people(work, desk, admin, plan, wrong)
        planned.append(plan)
    return _Plan(planned, wrong)


def _as_stored(team: Team) -> dict[str, Any]:
    return {
        "territory": team.territory,
        "hamlet": team.hamlet or None,
        "sectors": list(team.sectors),
        "duty": [str(span) for span in team.duty] if team.duty else None,
        "office_address": team.office.address or None,
        "office_hours": team.office.hours or None,
        "office_phone": team.office.phone or None,
    }


def _differing(stored: dict[str, Any], wanted: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in wanted.items() if stored[key] != value}


async def _plan_people(work: Work, desk: Desk, admin: Member, plan: _Team, wrong: list[Wrong]) -> None:
    members = await work.members.all_of_team(plan.team.id) if plan.team else []
    invites = await work.invites.named(plan.team.id) if plan.team else []
    for person in plan.listed.people:
        called = fold(person.name)
        found = [m for m in members if fold(m.name) == called]
        if len(found) > 1:
            wrong.append(Wrong(person.line, "two_of_name", {"name": person.name}))
            continue
        member = found[0] if found else None
        invite = next((i for i in invites if fold(i.name or "") == called), None) if member is None else None
        wanted = dict(person.values)
        if person.role:
            wanted["role"] = person.role
        known = member or invite
        changed = _differing(_person_as_stored(known), wanted) if known else {}
        if (person.role and not admin.may(person.role)) or (member and changed and not may_change(desk, admin, member)):
            wrong.append(Wrong(person.line, "above", {"name": person.name}))
        elif member and member.id == admin.id and "role" in changed:
            wrong.append(Wrong(person.line, "yourself", {"name": person.name}))
        plan.people.append(_Person(person, member, invite, changed))


def _person_as_stored(known: Member | Invite) -> dict[str, Any]:
    return {
        "role": known.role,
        "starts_on": known.starts_on,
        "ends_on": known.ends_on,
        "duty": [str(span) for span in known.duty] if known.duty else None,
        "most_open": known.most_open,
    }


# -- taken over ------------------------------------------------------------------------------------------------------


async def decide(work: Work, desk: Desk, person: Person, member: Member | None, number: int, *, yes: bool) -> None:
    """«Nhập», «Bỏ»: all of the list or nothing.

    Raises:
        HelpdeskError: not the sender, decided already, or things changed since the list was read.
    """
    admin = require(member, Role.ADMIN)
    waiting = await work.team_lists.find(TeamListId(number))
    if waiting is None or waiting.member != admin.id or waiting.state != ListState.READ:
        raise HelpdeskError("team_list.decided")
    plan = await _plan(work, desk, waiting, waiting.text, lock=True) if yes else _Plan([], [])
    if plan.wrong:
        raise HelpdeskError("team_list.changed_meanwhile")
    if not await work.team_lists.decide(waiting.id, ListState.APPLIED if yes else ListState.DROPPED):
        raise HelpdeskError("team_list.decided")
    if expects(person) == TEAM:
        await expect_nothing(work, person)
    teams = [await _apply(work, desk, admin, team) for team in plan.teams]
    await work.outbox.post(person.chat, TeamListReport(waiting.id), _slot(waiting.id), mode=Mode.EDIT)
    if yes:
        await work.outbox.post(person.chat, TeamFile(admin.id, tuple(team.id for team in teams)))


async def _apply(work: Work, desk: Desk, admin: Member, plan: _Team) -> Team:
    team = plan.team
    what = ""
    if team is None:
        team, what = await work.teams.add(plan.listed.name, **plan.listed.values), "made"
    elif plan.changed:
        await work.teams.change(team.id, **plan.changed)
        team, what = await work.teams.get(team.id), "listed"
    if what:
        work.events.add(
            Event(EventKind.TEAM, member=admin.id, team=team.id, territory=team.territory, codes={"what": what})
        )
    for person in plan.people:
        await _apply_person(work, desk, admin, team, person)
    return team


async def _apply_person(work: Work, desk: Desk, admin: Member, team: Team, plan: _Person) -> None:
    changed = dict(plan.changed)
    if "role" in changed:
        changed["scope"] = scope_of(admin, team, changed["role"])
    if plan.member:
        if changed:
            await _change_member(work, desk, admin, plan.member, changed)
    elif plan.invite:
        await work.invites.renew(plan.invite.code, _INVITE_DAYS, **changed)
    else:
        role = plan.listed.role or Role.VOLUNTEER
        scope = scope_of(admin, team, role)
        values = {key: value for key, value in plan.listed.values.items() if value is not None}
        await work.invites.add(
            desk.new_code(), team.id, role, scope, admin.id, _INVITE_DAYS, name=plan.listed.name, **values
        )


async def _change_member(work: Work, desk: Desk, admin: Member, member: Member, changed: dict[str, Any]) -> None:
    dates: dict[str, date | None] = {"starts_on": member.starts_on, "ends_on": member.ends_on}
    others = {key: value for key, value in changed.items() if key not in dates}
    if others:
        await work.members.change(member.id, **others)
        codes: dict[str, str | int | bool | None] = {"what": "listed", "by": admin.id}
        work.events.add(Event(EventKind.MEMBER, member=member.id, team=member.team, codes=codes))
    if len(others) < len(changed):
        dates.update({key: changed[key] for key in dates if key in changed})
        await change_period(work, desk, admin, member, dates["starts_on"], dates["ends_on"])
