"""What is typed about teams and members: read, refused with a reason, or kept whole."""

from __future__ import annotations

import re
from typing import Any

from bot.errors import HelpdeskError
from bot.helpdesk.desk import Desk
from bot.helpdesk.dialog import TEAM, expect, expect_nothing, expects
from bot.helpdesk.maintenance import require
from bot.helpdesk.memberships import set_habits, set_period
from bot.helpdesk.scope import led_team, reaches
from bot.helpdesk.team_lists import hear_list
from bot.helpdesk.teams import LIST, NEW, NEW_PLACE, change_team, open_member, show, stop_asking
from bot.helpdesk.typed import is_nothing, is_stop, read_period, read_place, read_spans
from bot.language import clean, fold
from bot.model.events import Event
from bot.model.notices.teams import TeamPlaces, TeamQuestion, TeamScreen
from bot.model.people import Member, Person, Team
from bot.model.requests import Incoming
from bot.model.states import EventKind, Kind, Role
from bot.storage.work import Work

SHORTEST_NAME, LONGEST_NAME = 3, 60
MOST_OPEN = 50
LONGEST_HAMLET = 60
LONGEST = {"office_address": 200, "office_hours": 100, "office_phone": 40}
_PHONE = re.compile(r"[\d .,+()/-]*\d{3}[\d .,+()/-]*")


class _Problem(Exception):
    """What was typed cannot be taken; names the sentence that says why."""

    def __init__(self, key: str) -> None:
        super().__init__(key)
        self.key = key


async def hear_team(work: Work, desk: Desk, person: Person, member: Member, incoming: Incoming) -> bool:
    """Whether the message was the answer to a question about a team, or a file of teams."""
    if expects(person) != TEAM or person.dialog is None or not member.may(Role.LEADER):
        return False
    asked = person.dialog
    if incoming.kind == Kind.DOCUMENT and asked["asks"] == LIST:
        await hear_list(work, person, member, incoming)
        return True
    if incoming.kind != Kind.TEXT or incoming.reply_to:
        return False
    if is_stop(incoming.text):
        await stop_asking(work, desk, person, member, asked["team"], asked["member"], None)
        return True
    try:
        await _take(work, desk, person, member, incoming.text, asked)
    except _Problem as problem:
        again = TeamQuestion(asked["team"], asked["asks"], asked["member"], problem.key)
        await show(work, person, again)
    return True


async def _take(work: Work, desk: Desk, person: Person, member: Member, words: str, asked: dict[str, Any]) -> None:
    what = asked["asks"]
    if asked["member"]:
        await _take_for_member(work, desk, person, member, words, asked)
    elif what == LIST:
        raise _Problem("list_wants_file")
    elif what == NEW:
        name = await _name(work, words, None)
        await expect(work, person, TEAM, team=0, member=0, asks=NEW_PLACE, name=name)
        await show(work, person, TeamQuestion(0, NEW_PLACE))
    elif what in ("place", NEW_PLACE):
        await _take_place(work, desk, person, member, words, asked)
    else:
        leader, team = await led_team(work, desk, member, asked["team"])
        values = {"name": await _name(work, words, team)} if what == "name" else _team_values(what, words)
        await change_team(work, leader, team, what, **values)
        await _kept(work, person, leader, team)


async def _name(work: Work, words: str, team: Team | None) -> str:
    """A name no other open team has."""
    name = " ".join(clean(words).split())
    if not SHORTEST_NAME <= len(name) <= LONGEST_NAME:
        raise _Problem("bad_name")
    taken = {fold(other.name) for other in await work.teams.lock() if team is None or other.id != team.id}
    if fold(name) in taken:
        raise _Problem("name_taken")
    return name


def _team_values(what: str, words: str) -> dict[str, Any]:
    if is_nothing(words):
        return {what: None}
    if what == "duty":
        return {"duty": _spans(words)}
    text = " ".join(clean(words).split())
    if len(text) > LONGEST[what]:
        raise _Problem("too_long")
    if what == "office_phone" and not _PHONE.fullmatch(text):
        raise _Problem("bad_phone")
    return {what: text}


def _spans(words: str) -> list[str]:
    spans = read_spans(words)
    if spans is None:
        raise _Problem("bad_duty")
    return [str(span) for span in spans]


async def _kept(work: Work, person: Person, leader: Member, team: Team) -> None:
    await expect_nothing(work, person)
    await show(work, person, TeamScreen(team.id, leader.id, said="saved"))


async def _take_for_member(
    work: Work, desk: Desk, person: Person, member: Member, words: str, asked: dict[str, Any]
) -> None:
    what, number = asked["asks"], asked["member"]
    if what == "dates":
        period = (None, None) if is_nothing(words) else read_period(words)
        if period is None:
            raise _Problem("bad_dates")
        first, last = period
        if first and last and last < first:
            raise _Problem("dates_turned_round")
        if last and last < work.today:
            raise _Problem("dates_past")
        await set_period(work, desk, member, number, first, last)
    elif what == "duty":
        await set_habits(work, desk, member, number, duty=None if is_nothing(words) else _spans(words))
    else:
        most = clean(words).strip()
        if not is_nothing(words) and not (most.isdigit() and 1 <= int(most) <= MOST_OPEN):
            raise _Problem("bad_most")
        await set_habits(work, desk, member, number, most_open=None if is_nothing(words) else int(most))
    await open_member(work, desk, person, member, number, "main", None, "saved")


# -- where a team works ------------------------------------------------------------------------------------------


async def _take_place(
    work: Work, desk: Desk, person: Person, member: Member, words: str, asked: dict[str, Any]
) -> None:
    read = read_place(words, desk.catalogue.territories)
    if read.everywhere:
        await _settle(work, desk, person, member, asked, None, "")
    elif read.match.outcome == "none" or len(words) > LONGEST["office_address"]:
        raise _Problem("bad_place")
    elif len(read.hamlet) > LONGEST_HAMLET:
        raise _Problem("bad_hamlet")
    elif read.match.outcome == "exact":
        await _settle(work, desk, person, member, asked, read.match.places[0].code, read.hamlet)
    else:
        await expect(work, person, TEAM, **{**_without_marks(asked), "hamlet": read.hamlet})
        codes = tuple(place.code for place in read.match.places)
        await show(work, person, TeamPlaces(asked["team"], codes, read.match.total > len(codes)))


def _without_marks(asked: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in asked.items() if name not in ("expects", "since")}


async def place_chosen(
    work: Work, desk: Desk, person: Person, member: Member | None, team_id: int, code: str, message: str
) -> None:
    """One of the places offered.

    Raises:
        HelpdeskError: not allowed, or the question is not open any more.
    """
    admin = require(member, Role.ADMIN)
    asked = person.dialog or {}
    if expects(person) != TEAM or asked.get("team") != team_id or asked.get("asks") not in ("place", NEW_PLACE):
        raise HelpdeskError("team.ask_again")
    if not desk.catalogue.territories.knows(code):
        raise HelpdeskError("team.ask_again")
    try:
        await _settle(work, desk, person, admin, asked, code, asked.get("hamlet", ""), message)
    except _Problem as problem:
        await show(work, person, TeamQuestion(team_id, asked["asks"], 0, problem.key), message)


async def _settle(
    work: Work,
    desk: Desk,
    person: Person,
    member: Member,
    asked: dict[str, Any],
    code: str | None,
    hamlet: str,
    message: str | None = None,
) -> None:
    """The place is clear: a team gets it, or is made with it."""
    if hamlet and (code is None or desk.catalogue.territories.commune(code) is None):
        raise _Problem("bad_hamlet")
    if not reaches(desk, member, code):
        raise _Problem("place_out_of_scope")
    if asked["asks"] == NEW_PLACE:
        name = await _name(work, asked["name"], None)
        team = await work.teams.add(name, territory=code, hamlet=hamlet or None)
        work.events.add(Event(EventKind.TEAM, member=member.id, team=team.id, territory=code, codes={"what": "made"}))
    else:
        _, team = await led_team(work, desk, member, asked["team"], manage=True)
        await change_team(work, member, team, "place", territory=code, hamlet=hamlet or None)
    await expect_nothing(work, person)
    await show(work, person, TeamScreen(team.id, member.id, said="saved"), message)
