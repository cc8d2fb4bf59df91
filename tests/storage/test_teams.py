"""Teams and memberships: from when until when, closed once, handed over whole."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import date, timedelta

from bot.model.states import Role, TicketState
from bot.model.team_lists import ListState
from bot.storage.database import Database
from tests.clock import START, FrozenClock
from tests.storage.making import BOT, a_member, a_person, a_ticket, sql

Connect = Callable[[str], Database]
TODAY = date(2026, 11, 22)
DAY = timedelta(days=1)


async def test_a_membership_holds_on_its_days_where_the_team_is(database: Database, clock: FrozenClock) -> None:
    async with database.work() as work:
        member = await a_member(work, role=Role.ADMIN)
        await work.members.change(member.id, starts_on=TODAY, ends_on=TODAY)
    holds = {}
    # The day in Vietnam lasts from 17:00 UTC of the day before to 17:00.
    for hours in (-10, -9, 14, 15):
        clock.set(START + timedelta(hours=hours))
        async with database.reading() as work:
            found = await work.members.of_person(member.person)
            listed = [await work.members.of_team(member.team), await work.members.admins()]
            assert all(bool(one) == bool(found) for one in listed)
            assert await work.members.current(member.person)
            assert await work.members.all_of_team(member.team)
            holds[hours] = (bool(found), bool(await work.members.overdue()))
    assert holds == {-10: (False, False), -9: (True, False), 14: (True, False), 15: (False, True)}


async def test_who_joins_again_after_the_last_day_begins_anew(database: Database) -> None:
    async with database.work() as work:
        former = await a_member(work, role=Role.LEADER)
        await work.members.change(former.id, ends_on=TODAY - DAY)
        again = await work.members.join(former.person, former.team, Role.VOLUNTEER, "Lan")
        assert again.id != former.id
        assert again.role == Role.VOLUNTEER


async def test_a_volunteers_link_widens_no_admins_rights(database: Database) -> None:
    async with database.work() as work:
        person, team = await a_person(work), await work.teams.default("Tổ")
        await work.members.join(person.id, team.id, Role.ADMIN, "Lan", "27673")
        again = await work.members.join(person.id, team.id, Role.VOLUNTEER, "Lan", "all")
        assert (again.role, again.scope) == (Role.ADMIN, "27673")


async def test_a_membership_is_ended_once(database_url: str, connect: Connect) -> None:
    databases = [connect(database_url), connect(database_url)]
    async with databases[0].work() as work:
        member = await a_member(work)

    async def end(database: Database) -> bool:
        async with database.work() as work:
            return await work.members.end(member.id)

    assert sum(await asyncio.gather(*(end(database) for database in databases * 5))) == 1


async def test_a_closed_team_hands_over_what_lives(database: Database) -> None:
    async with database.work() as work:
        default = await work.teams.default("Tổ")
        closing = await work.teams.add("Tổ ấp 3")
        member = await a_member(work)
        await work.members.change(member.id, team_id=closing.id)
        live, ended = await a_ticket(work), await a_ticket(work)
        for ticket in (live, ended):
            await work.tickets.change(ticket.id, team_id=closing.id)
        await work.tickets.change(ended.id, state=TicketState.RESOLVED)
        await work.invites.add("c", closing.id, Role.VOLUNTEER, "all", None, 7, name="Ba")
        assert (await work.teams.counts())[closing.id] == (1, 1)
        assert not await work.teams.close(default.id)
        assert await work.teams.close(closing.id)
        assert not await work.teams.close(closing.id)
        assert not await work.teams.change(closing.id, name="x")
        assert [t.id for t in await work.teams.closed_with_tickets()] == [closing.id]
        await work.teams.hand_over(closing.id, default.id)
        await work.invites.void(closing.id)
        assert await work.teams.closed_with_tickets() == []
        assert [t.id for t in await work.teams.all()] == [default.id]
        assert len(await work.teams.all(closed=True)) == 2
        assert (await work.members.get(member.id)).team == default.id
        assert (await work.tickets.get(live.id)).team == default.id
        assert (await work.tickets.get(ended.id)).team == closing.id
        assert await work.invites.find("c") is None


async def test_a_list_is_read_and_decided_once(database: Database, clock: FrozenClock) -> None:
    async with database.work() as work:
        received = await work.team_lists.add((await a_member(work)).id, BOT, "file")
    async with database.work() as work:
        assert await work.team_lists.claim("another:1", 60) is None
        claimed = await work.team_lists.claim(BOT, 60)
        assert claimed
        assert await work.team_lists.claim(BOT, 60) is None
        clock.tick(61)
        assert (await work.team_lists.claim(BOT, 60)) is not None
        assert await work.team_lists.examined(received.id, ListState.READ, {"teams_new": 1}, "lời")
        assert not await work.team_lists.examined(received.id, ListState.REFUSED, {})
        assert await work.team_lists.decide(received.id, ListState.APPLIED)
        assert not await work.team_lists.decide(received.id, ListState.DROPPED)
    assert await sql(database, "SELECT state, text FROM team_lists") == [("applied", None)]


async def test_a_list_nobody_decides_is_forgotten(database: Database, clock: FrozenClock) -> None:
    async with database.work() as work:
        received = await work.team_lists.add((await a_member(work)).id, BOT, "file")
        await work.team_lists.examined(received.id, ListState.READ, {"teams_new": 1}, "lời")
        clock.tick(days=3)
        assert await work.team_lists.blank(2) == 1
        assert not await work.team_lists.decide(received.id, ListState.APPLIED)
