"""Clocks, leases and limits on both databases: reckoned in duty hours, contested by two processes, quiet at night."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.errors import HelpdeskError
from bot.helpdesk.claim import AlreadyHeld, Claimed, claim
from bot.helpdesk.desk import Desk
from bot.helpdesk.holding import release
from bot.helpdesk.open_ticket import open_ticket
from bot.helpdesk.relay import from_citizen
from bot.helpdesk.resolve import wait_for_citizen
from bot.helpdesk.sweep import sweep_often
from bot.helpdesk.transfer import give_to_member
from bot.model.ids import TeamId
from bot.model.people import Member, Person
from bot.model.requests import Incoming, Place, Ticket
from bot.model.states import Kind, Outcome, Role, TicketState
from bot.storage.database import Database
from bot.storage.work import Work
from tests.clock import FrozenClock
from tests.helpdesk.making import COMMUNE, a_desk
from tests.storage.making import BOT, a_member, a_person, sql

Connect = Callable[[str], Database]
# A sweep takes about 10 ms here, nearly all of it outside the database.
_MOST_SECONDS = 0.05
VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")


@pytest.fixture
def desk(clock: FrozenClock) -> Desk:
    return a_desk(clock)


def local(moment: datetime | None) -> str:
    assert moment is not None
    return f"{moment.astimezone(VIETNAM):%d/%m %H:%M}"


async def opened(work: Work, desk: Desk, **more: object) -> Ticket:
    person = await a_person(work)
    await work.people.consent(person.id, "x")
    await work.people.change(person.id, place_asked=True, **more)
    ticket = await open_ticket(work, desk, await work.people.get(person.id))
    assert ticket is not None
    return ticket


async def helper(work: Work, name: str, **more: object) -> tuple[Person, Member]:
    member = await a_member(work, name, Role(more.pop("role", Role.VOLUNTEER)))
    if more:
        await work.members.change(member.id, **more)
    return await work.people.get(member.person), await work.members.get(member.id)


async def sweep(database: Database, desk: Desk) -> None:
    async with database.work() as work:
        await sweep_often(work, desk)


async def told(database: Database, kind: str) -> int:
    rows = await sql(database, "SELECT count(*) FROM outbox WHERE kind = :kind", kind=kind)
    return int(str(rows[0][0]))


async def happened(database: Database, kind: str) -> int:
    rows = await sql(database, "SELECT count(*) FROM events WHERE kind = :kind", kind=kind)
    return int(str(rows[0][0]))


async def test_deadlines_begin_with_the_ticket_and_count_duty_hours(
    database: Database, desk: Desk, clock: FrozenClock
) -> None:
    clock.set(datetime(2026, 11, 22, 20, 0, tzinfo=VIETNAM))
    async with database.work() as work:
        ticket = await opened(work, desk)
    assert local(ticket.climb_at) == "22/11 21:00"
    assert local(ticket.first_reply_due_at) == "23/11 10:30"
    assert local(ticket.end_due_at) == "26/11 11:30"  # 24 hours; the 24th is a holiday


async def test_an_urgent_ticket_climbs_without_waiting_for_duty_hours(
    database: Database, desk: Desk, clock: FrozenClock
) -> None:
    clock.set(datetime(2026, 11, 22, 12, 0, tzinfo=VIETNAM))
    async with database.work() as work:
        person = await a_person(work)
        await work.people.consent(person.id, "x")
        request = await work.requests.add(person.id, BOT, Outcome.HANDED_OVER, urgent=True)
        ticket = await open_ticket(work, desk, await work.people.get(person.id), request=request)
    assert ticket is not None
    assert local(ticket.climb_at) == "22/11 13:00"


async def test_waiting_for_the_citizen_stops_every_clock(database: Database, desk: Desk, clock: FrozenClock) -> None:
    async with database.work() as work:
        ticket = await opened(work, desk)
        lan = await helper(work, "Lan")
        await claim(work, desk, ticket.id, *lan)
    clock.tick(hours=1)
    async with database.work() as work:
        before = await work.tickets.get(ticket.id)
        await wait_for_citizen(work, ticket.id, lan[1])
        assert (await work.tickets.get(ticket.id)).leased_until is None
    clock.tick(days=3)
    await sweep(database, desk)
    assert await told(database, "TicketLate") == await told(database, "LeaseReminder") == 0
    async with database.work() as work:
        citizen = await work.people.get(ticket.person)
        waiting = await work.tickets.get(ticket.id)
        said = Incoming(Place(BOT, citizen.chat.id, "7"), Kind.TEXT, "dạ đây")
        await from_citizen(work, desk, citizen, waiting, said)
        after = await work.tickets.get(ticket.id)
    calendar, now = desk.calendar(), clock.now()
    assert after.state == TicketState.CLAIMED
    assert after.paused_at is None
    assert after.end_due_at is not None
    assert before.end_due_at is not None
    assert waiting.paused_at is not None
    assert calendar.between(now, after.end_due_at) == calendar.between(waiting.paused_at, before.end_due_at)
    assert after.leased_until == calendar.add(now, timedelta(hours=4))


async def test_a_lease_counts_the_holder_s_own_hours(database: Database, desk: Desk, clock: FrozenClock) -> None:
    async with database.work() as work:
        ticket = await opened(work, desk)
        lan = await helper(work, "Lan", duty=["19:00-21:00"])
        await claim(work, desk, ticket.id, *lan)
        assert local((await work.tickets.get(ticket.id)).leased_until) == "23/11 21:00"


async def test_no_reminder_and_no_end_at_night(database: Database, desk: Desk, clock: FrozenClock) -> None:
    async with database.work() as work:
        ticket = await opened(work, desk)
        await claim(work, desk, ticket.id, *await helper(work, "Lan"))
        await work.tickets.change(ticket.id, leased_until=clock.now(), first_reply_due_at=clock.now())
    clock.set(datetime(2026, 11, 22, 23, 0, tzinfo=VIETNAM))
    await sweep(database, desk)
    assert await told(database, "LeaseReminder") == await told(database, "TicketLate") == 0
    clock.set(datetime(2026, 11, 23, 7, 0, tzinfo=VIETNAM))
    await sweep(database, desk)
    assert await told(database, "LeaseReminder") == await told(database, "TicketLate") == 1
    async with database.work() as work:  # reminded late, he gets half an hour of duty
        assert local((await work.tickets.get(ticket.id)).leased_until) == "23/11 08:00"
    clock.tick(minutes=61)
    await sweep(database, desk)
    await sweep(database, desk)
    assert await happened(database, "lease_ended") == 1
    async with database.work() as work:
        back = await work.tickets.get(ticket.id)
    assert (back.state, back.front, back.holder, back.leased_until) == (TicketState.OPEN, True, None, None)


async def test_two_processes_sweep_and_each_thing_is_told_once(
    database_url: str, connect: Connect, desk: Desk, clock: FrozenClock
) -> None:
    databases = [connect(database_url), connect(database_url)]
    async with databases[0].work() as work:
        lan = await helper(work, "Lan", most_open=99)
        held = [await opened(work, desk) for _ in range(12)]
        for ticket in held:
            await claim(work, desk, ticket.id, *lan)
        for _ in range(12):
            await opened(work, desk)
    clock.tick(hours=5, minutes=40)
    for _ in range(3):
        await asyncio.gather(*(sweep(database, desk) for database in databases))
    assert await happened(databases[0], "lease_reminded") == 12
    assert await told(databases[0], "LeaseReminder") == 12
    assert await happened(databases[0], "climbed") == 12
    clock.tick(hours=3)
    for _ in range(3):
        await asyncio.gather(*(sweep(database, desk) for database in databases))
    assert await happened(databases[0], "lease_ended") == 12
    assert await happened(databases[0], "late") == 24
    assert await told(databases[0], "TicketLate") == 24
    assert await happened(databases[0], "climbed") == 12, "at the top there is nowhere to climb"


async def test_who_renews_in_the_last_moment_keeps_it(
    database_url: str, connect: Connect, desk: Desk, clock: FrozenClock
) -> None:
    database, other = connect(database_url), connect(database_url)
    async with database.work() as work:
        ticket = await opened(work, desk)
        lan = await helper(work, "Lan")
        await claim(work, desk, ticket.id, *lan)
        await work.tickets.change(ticket.id, leased_until=clock.now(), lease_reminded_at=clock.now())

    async with database.work() as work:
        until = clock.now() + timedelta(hours=4)
        assert await work.ticket_clocks.renew_if_held(ticket.id, lan[1].id, until)
        sweeping = asyncio.create_task(sweep(other, desk))  # on PostgreSQL it passes by what is being changed
        await asyncio.sleep(0.05)
    await sweeping
    await sweep(other, desk)
    async with database.work() as work:
        assert (await work.tickets.get(ticket.id)).holder == lan[1].id
    assert await happened(database, "lease_ended") == 0


async def test_of_two_presses_at_once_only_one_fits(database_url: str, connect: Connect, desk: Desk) -> None:
    databases = [connect(database_url), connect(database_url)]
    async with databases[0].work() as work:
        lan = await helper(work, "Lan", most_open=1)
        tickets = [await opened(work, desk) for _ in range(2)]

    async def press(number: int) -> bool:
        try:
            async with databases[number].work() as work:
                return isinstance(await claim(work, desk, tickets[number].id, *lan), Claimed)
        except HelpdeskError as error:
            assert error.key == "claim.full"
            return False

    assert sorted(await asyncio.gather(press(0), press(1))) == [False, True]


async def test_given_to_a_colleague_while_somebody_takes_it_back(
    database_url: str, connect: Connect, desk: Desk
) -> None:
    """The holder gives it back while a leader moves it: one of both, and one holder at most."""
    databases = [connect(database_url), connect(database_url)]
    async with databases[0].work() as work:
        lan, hoa = await helper(work, "Lan"), await helper(work, "Hoa")
        ba = await helper(work, "Ba", role=Role.LEADER)
        ticket = await opened(work, desk)
        await claim(work, desk, ticket.id, *lan)

    async def give_back() -> str:
        try:
            async with databases[0].work() as work:
                await release(work, desk, ticket.id, lan[1])
            return "returned"
        except HelpdeskError as error:
            return error.key

    async def move() -> str:
        async with databases[1].work() as work:
            await give_to_member(work, desk, ticket.id, *ba, hoa[1].id)
        return "moved"

    outcomes = await asyncio.gather(give_back(), move())
    assert outcomes in (["returned", "moved"], ["ticket.not_yours", "moved"])
    async with databases[0].work() as work:
        after = await work.tickets.get(ticket.id)
        assert (after.state, after.holder) == (TicketState.CLAIMED, hoa[1].id)
        assert (await work.figures.tickets_by_state()) == {"claimed": 1}
        taken = await claim(work, desk, ticket.id, *lan)
    assert taken == AlreadyHeld("Hoa")


async def test_an_admin_moves_only_what_his_place_covers(database: Database, desk: Desk) -> None:
    async with database.work() as work:
        hoa = await helper(work, "Hoa")
        near = await helper(work, "Gần", role=Role.ADMIN, scope=COMMUNE)
        far = await helper(work, "Xa", role=Role.ADMIN, scope="01")
        ticket = await opened(work, desk, territory=COMMUNE)
        with pytest.raises(HelpdeskError, match="not_yours"):
            await give_to_member(work, desk, ticket.id, far[0], of_another_team(far[1]), hoa[1].id)
        await give_to_member(work, desk, ticket.id, near[0], of_another_team(near[1]), hoa[1].id)
        assert (await work.tickets.get(ticket.id)).holder == hoa[1].id


async def test_given_away_by_two_presses_it_comes_once(database: Database, desk: Desk) -> None:
    async with database.work() as work:
        leader, hoa = await helper(work, "Ba", role=Role.LEADER), await helper(work, "Hoa")
        ticket = await opened(work, desk)
        for _ in range(2):
            await give_to_member(work, desk, ticket.id, *leader, hoa[1].id)
    assert await happened(database, "transferred") == 1
    assert await told(database, "HolderPanel") == 1


def of_another_team(member: Member) -> Member:
    return replace(member, team=TeamId(member.team + 1))


async def test_a_sweep_is_cheap_however_many_tickets_ended(database: Database, desk: Desk, clock: FrozenClock) -> None:
    async with database.work() as work:
        ticket = await opened(work, desk)
    await sql(
        database,
        """
        WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 30000)
        INSERT INTO tickets (person_id, team_id, state, urgent, front, opened_at, closed_at, first_reply_due_at,
                             end_due_at)
        SELECT t.person_id, t.team_id, 'resolved', t.urgent, t.front, t.opened_at, t.opened_at, t.opened_at, t.opened_at
        FROM n, tickets t WHERE t.id = :ticket
        """,
        ticket=ticket.id,
    )
    await sql(database, "ANALYZE")
    times = []
    for _ in range(5):
        began = time.perf_counter()
        await sweep(database, desk)
        times.append(time.perf_counter() - began)
    assert min(times) < _MOST_SECONDS
