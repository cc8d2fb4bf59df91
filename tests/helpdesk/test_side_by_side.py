"""Two processes on one database act on the same ticket at once: nobody is told wrongly, nothing is lost."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from datetime import timedelta
from typing import Any

import pytest

from bot.clock import Clock
from bot.errors import HelpdeskError
from bot.helpdesk.cancel import cancel_all, cancel_one
from bot.helpdesk.claim import AlreadyHeld, Claimed, claim
from bot.helpdesk.consent import erase
from bot.helpdesk.desk import Desk
from bot.helpdesk.hear import hear
from bot.helpdesk.holding import release
from bot.helpdesk.leases import remind_and_end
from bot.helpdesk.memberships import dismiss, end_membership, end_overdue, set_period
from bot.helpdesk.relay import from_citizen
from bot.helpdesk.resolve import wait_for_citizen
from bot.helpdesk.teams import close_team
from bot.helpdesk.transfer import give_to_member
from bot.model.people import Person
from bot.model.requests import Incoming, Place, Ticket
from bot.model.states import Kind, Role, TicketState
from bot.storage.database import Database
from bot.storage.work import Work
from tests.clock import FrozenClock
from tests.helpdesk.making import a_desk
from tests.storage.making import BOT, a_member, a_person, a_ticket, sql

Connect = Callable[[str], Database]
DESK = a_desk(FrozenClock())
Act = Callable[[Work], Coroutine[Any, Any, Any]]


async def while_another_has_not_committed(url: str, connect: Connect, first: Act, second: Act) -> tuple[Any, Any]:
    """Both begin before either has ended; the second waits for the first, on PostgreSQL in the midst of its work."""
    one, other = connect(url), connect(url)

    async def follow() -> Any:
        async with other.work() as work:
            return await second(work)

    async with one.work() as work:
        done = await first(work)
        following = asyncio.create_task(follow())
        watching = connect(url)
        while not one.is_sqlite and not await _is_waiting(watching):
            await asyncio.sleep(0.01)
    return done, await following


async def _is_waiting(database: Database) -> bool:
    return bool(await sql(database, "SELECT 1 FROM pg_stat_activity WHERE wait_event_type = 'Lock'"))


async def a_story(database: Database) -> tuple[Ticket, Any, Any]:
    async with database.work() as work:
        members = [await a_member(work, name) for name in ("Lan", "Hoa")]
        ticket = await a_ticket(work)
        return ticket, *[(await work.people.get(m.person), m) for m in members]


async def test_who_is_slower_is_told_who_was_faster(database_url: str, connect: Connect) -> None:
    ticket, lan, hoa = await a_story(connect(database_url))
    outcomes = await while_another_has_not_committed(
        database_url,
        connect,
        lambda work: claim(work, DESK, ticket.id, *lan),
        lambda work: claim(work, DESK, ticket.id, *hoa),
    )
    assert outcomes == (Claimed(ticket.id), AlreadyHeld("Lan"))


async def test_words_written_while_somebody_takes_the_ticket_reach_him(database_url: str, connect: Connect) -> None:
    database = connect(database_url)
    ticket, lan, _ = await a_story(database)
    async with database.work() as work:
        citizen = await work.people.get(ticket.person)
        await work.tickets.change(ticket.id, question="mất căn cước")
    said = Incoming(Place(BOT, citizen.chat.id, "5"), Kind.TEXT, "tôi ở ngay chợ")
    for first, second in (
        (lambda work: claim(work, DESK, ticket.id, *lan), lambda work: from_citizen(work, DESK, citizen, ticket, said)),
        (lambda work: from_citizen(work, DESK, citizen, ticket, said), lambda work: claim(work, DESK, ticket.id, *lan)),
    ):
        await while_another_has_not_committed(database_url, connect, first, second)
        passed = await sql(database, "SELECT chat FROM outbox WHERE kind = 'RelayedText'")
        assert passed == [(lan[0].chat.id,)]
        async with database.work() as work:
            await work.tickets.release_if_held(ticket.id, lan[1].id)
        await sql(database, "DELETE FROM ticket_messages")
        await sql(database, "DELETE FROM outbox")


async def test_words_of_who_just_gave_the_ticket_back_stay_with_him(
    database_url: str, connect: Connect, desk_at: Callable[[Clock], Desk], clock: FrozenClock
) -> None:
    database, desk = connect(database_url), desk_at(clock)
    ticket, lan, _ = await a_story(database)
    async with database.work() as work:
        await claim(work, DESK, ticket.id, *lan)
    said = Incoming(Place(BOT, lan[0].chat.id, "5"), Kind.TEXT, "cháu xem giúp cô ngay")
    await while_another_has_not_committed(
        database_url,
        connect,
        lambda work: release(work, desk, ticket.id, lan[1]),
        lambda work: hear(work, desk, *lan, said),
    )
    assert not await sql(database, "SELECT 1 FROM outbox WHERE kind = 'RelayedText'")
    assert not await sql(database, "SELECT 1 FROM events WHERE kind = 'first_reply'")


async def test_a_ticket_called_off_while_somebody_takes_it(database_url: str, connect: Connect) -> None:
    """He is told; the record names him."""
    database = connect(database_url)
    ticket, lan, _ = await a_story(database)
    async with database.work() as work:
        citizen = await work.people.get(ticket.person)
    await while_another_has_not_committed(
        database_url,
        connect,
        lambda work: claim(work, DESK, ticket.id, *lan),
        lambda work: cancel_one(work, ticket.id, citizen),
    )
    assert await sql(database, "SELECT member_id FROM events WHERE kind = 'cancelled'") == [(lan[1].id,)]
    assert await sql(database, "SELECT count(*) FROM outbox WHERE kind = 'Say' AND chat = :chat", chat=lan[0].chat.id)


async def _call_everything_off(work: Work, citizen: Person, lan: Person) -> None:
    await cancel_all(work, citizen)


async def _be_erased(work: Work, citizen: Person, lan: Person) -> None:
    await erase(work, DESK, lan, sure=True)


async def _be_dismissed(work: Work, citizen: Person, lan: Person) -> None:
    member = await work.members.of_person(lan.id)
    assert member
    await dismiss(work, DESK, await a_member(work, "Chủ", Role.ADMIN), member.id)


async def _begin_later(work: Work, citizen: Person, lan: Person) -> None:
    member = await work.members.of_person(lan.id)
    assert member
    boss = await a_member(work, "Chủ", Role.ADMIN)
    await set_period(work, DESK, boss, member.id, work.today + timedelta(days=3), None)


async def _be_over(work: Work, citizen: Person, lan: Person) -> None:
    await end_overdue(work, DESK)


async def _close_the_team(work: Work, citizen: Person, lan: Person) -> None:
    member = await work.members.of_person(lan.id)
    assert member
    boss = await a_member(work, "Chủ", Role.ADMIN)
    await close_team(work, DESK, await work.people.get(boss.person), boss, member.team, "1")


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
@pytest.mark.parametrize(
    "act", [_call_everything_off, _be_erased, _be_dismissed, _begin_later, _be_over, _close_the_team]
)
async def test_several_tickets_change_while_their_holder_writes(
    database_url: str, connect: Connect, act: Callable[[Work, Person, Person], Coroutine[Any, Any, None]]
) -> None:
    """Neither waits for what the other has."""
    one, other, watching = connect(database_url), connect(database_url), connect(database_url)
    first, lan, _ = await a_story(one)
    async with one.work() as work:
        citizen = await work.people.get(first.person)
        last = await a_ticket(work, citizen)
        team = await work.teams.add("Tổ hai")
        for each in (first, last):
            await claim(work, DESK, each.id, *lan)
            await work.tickets.change(each.id, team_id=team.id)
        yesterday = work.today - timedelta(days=1) if act is _be_over else None
        await work.members.change(lan[1].id, team_id=team.id, ends_on=yesterday, current_ticket=first.id)

    async def follow() -> None:
        async with other.work() as work:
            await act(work, citizen, lan[0])

    async with one.work() as work:
        await work.tickets.lock(last.id)  # as his words do, before the ticket is marked as his current one
        following = asyncio.create_task(follow())
        while not await _is_waiting(watching):
            await asyncio.sleep(0.01)
        await work.members.change(lan[1].id, current_ticket=last.id)
    await following
    if act is _close_the_team:
        assert await sql(watching, "SELECT DISTINCT team_id = :old FROM tickets", old=team.id) == [(False,)]
    else:
        assert await sql(watching, "SELECT count(holder_id) FROM tickets") == [(0,)]


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
@pytest.mark.parametrize("what", ["transfer", "leases"])
async def test_two_members_are_changed_in_one_order(
    database_url: str, connect: Connect, desk_at: Callable[[Clock], Desk], clock: FrozenClock, what: str
) -> None:
    one, other, watching = connect(database_url), connect(database_url), connect(database_url)
    ticket, lan, hoa = await a_story(one)
    async with one.work() as work:
        second = await a_ticket(work)
        await claim(work, DESK, ticket.id, *lan)
        await claim(work, DESK, second.id, *hoa)
        for number, minutes in ((ticket.id, 1), (second.id, 2)):
            until = work.clock.now() - timedelta(minutes=minutes)  # Hoa's ends first
            await work.tickets.change(number, leased_until=until, lease_reminded_at=until)

    async def follow() -> None:
        async with other.work() as work:
            if what == "transfer":
                await give_to_member(work, desk_at(clock), ticket.id, *lan, hoa[1].id)
            else:
                assert await remind_and_end(work, desk_at(clock), 20) == 2

    async with one.work() as work:
        await work.members.lock(lan[1].id)
        following = asyncio.create_task(follow())
        while not await _is_waiting(watching):
            await asyncio.sleep(0.01)
        await work.members.lock(hoa[1].id)
    await following


async def test_who_is_just_being_dismissed_takes_nothing(database_url: str, connect: Connect) -> None:
    database = connect(database_url)
    ticket, lan, _ = await a_story(database)

    async def take(work: Work) -> str:
        try:
            await claim(work, DESK, ticket.id, *lan)
        except HelpdeskError as error:
            return error.key
        return ""

    async def end(work: Work) -> None:
        await end_membership(work, DESK, lan[1], "dismissed")

    assert await while_another_has_not_committed(database_url, connect, end, take) == (None, "staff.not_allowed")
    assert await sql(database, "SELECT state FROM tickets") == [(TicketState.OPEN,)]


async def test_nothing_is_recorded_of_a_ticket_that_just_ended(database_url: str, connect: Connect) -> None:
    database = connect(database_url)
    ticket, lan, _ = await a_story(database)
    async with database.work() as work:
        citizen = await work.people.get(ticket.person)
        await claim(work, DESK, ticket.id, *lan)

    async def wait(work: Work) -> str:
        try:
            await wait_for_citizen(work, ticket.id, lan[1])
        except HelpdeskError as error:
            return error.key
        return ""

    outcomes = await while_another_has_not_committed(
        database_url, connect, lambda work: cancel_one(work, ticket.id, citizen), wait
    )
    assert outcomes == (None, "ticket.not_yours")
    assert await sql(database, "SELECT state FROM tickets") == [(TicketState.CANCELLED,)]
    assert not await sql(database, "SELECT 1 FROM events WHERE kind = 'waiting'")


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
async def test_what_one_process_tells_no_other_tells_as_well(database_url: str, connect: Connect) -> None:
    """Guides left open at a step, and updates that were put aside."""
    one, other = connect(database_url), connect(database_url)
    async with one.work() as work:
        person = await a_person(work)
        await work.follow_ups.keep(person.id, "g", 2, work.clock.now())
        await work.inbox.store(BOT, "1", "7", "{}")
        [arrival] = await work.inbox.claim(BOT, 1, 30)
        assert await work.inbox.quarantine(arrival.row, "ValueError")
        assert not await work.inbox.quarantine(arrival.row, "ValueError")
    async with one.work() as first, other.work() as second:
        assert len(await first.follow_ups.take_due()) == 1
        assert len(await first.inbox.unreported()) == 1
        assert await second.follow_ups.take_due() == []
        assert await second.inbox.unreported() == []
