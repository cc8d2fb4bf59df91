"""Two processes on one database act on the same ticket at once: nobody is told wrongly, nothing is lost."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from types import SimpleNamespace
from typing import Any, cast

import pytest

from bot import config
from bot.errors import HelpdeskError
from bot.helpdesk.cancel import cancel_one
from bot.helpdesk.claim import AlreadyHeld, Claimed, claim
from bot.helpdesk.desk import Desk
from bot.helpdesk.groups import leave_group
from bot.helpdesk.publish import tell_of_reload
from bot.helpdesk.relay import from_citizen
from bot.helpdesk.resolve import wait_for_citizen
from bot.model.notices import Say
from bot.model.people import Chat
from bot.model.requests import Incoming, Place, Ticket
from bot.model.states import Kind, Role, TicketState
from bot.storage.database import Database
from bot.storage.work import Work
from tests.clock import FrozenClock
from tests.e2e.house import ROOT
from tests.storage.making import BOT, a_member, a_person, a_ticket, sql

Connect = Callable[[str], Database]
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
        database_url, connect, lambda work: claim(work, ticket.id, *lan), lambda work: claim(work, ticket.id, *hoa)
    )
    assert outcomes == (Claimed(ticket.id), AlreadyHeld("Lan"))


async def test_words_written_while_somebody_takes_the_ticket_reach_him(database_url: str, connect: Connect) -> None:
    database = connect(database_url)
    ticket, lan, _ = await a_story(database)
    async with database.work() as work:
        citizen = await work.people.get(ticket.person)
        await work.tickets.change(ticket.id, question="mất căn cước")
    said = Incoming(Place(BOT, citizen.chat.id, "5"), Kind.TEXT, "tôi ở ngay chợ")
    desk = cast(Desk, None)  # only albums need it
    for first, second in (
        (lambda work: claim(work, ticket.id, *lan), lambda work: from_citizen(work, desk, citizen, ticket, said)),
        (lambda work: from_citizen(work, desk, citizen, ticket, said), lambda work: claim(work, ticket.id, *lan)),
    ):
        await while_another_has_not_committed(database_url, connect, first, second)
        passed = await sql(database, "SELECT chat FROM outbox WHERE kind = 'RelayedText'")
        assert passed == [(lan[0].chat.id,)]
        async with database.work() as work:
            await work.tickets.release_if_held(ticket.id, lan[1].id)
        await sql(database, "DELETE FROM ticket_messages")
        await sql(database, "DELETE FROM outbox")


async def test_a_ticket_called_off_while_somebody_takes_it(database_url: str, connect: Connect) -> None:
    """He is told; the record names him."""
    database = connect(database_url)
    ticket, lan, _ = await a_story(database)
    async with database.work() as work:
        citizen = await work.people.get(ticket.person)
    await while_another_has_not_committed(
        database_url,
        connect,
        lambda work: claim(work, ticket.id, *lan),
        lambda work: cancel_one(work, ticket.id, citizen),
    )
    assert await sql(database, "SELECT member_id FROM events WHERE kind = 'cancelled'") == [(lan[1].id,)]
    assert await sql(database, "SELECT count(*) FROM outbox WHERE kind = 'Say' AND chat = :chat", chat=lan[0].chat.id)


async def test_nothing_is_recorded_of_a_ticket_that_just_ended(database_url: str, connect: Connect) -> None:
    database = connect(database_url)
    ticket, lan, _ = await a_story(database)
    async with database.work() as work:
        citizen = await work.people.get(ticket.person)
        await claim(work, ticket.id, *lan)

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


async def test_of_two_processes_that_read_the_guides_again_one_tells(database_url: str, connect: Connect) -> None:
    database = connect(database_url)
    async with database.work() as work:
        admin = await a_member(work, "Lan", Role.ADMIN)
        await work.preferences.put("reload", {"number": 1, "by": admin.id, "told": False})
    said = Say("admin.reloaded", {"guides": 1})
    await while_another_has_not_committed(
        database_url, connect, lambda work: tell_of_reload(work, said, 1), lambda work: tell_of_reload(work, said, 1)
    )
    assert await sql(database, "SELECT count(*) FROM outbox WHERE kind = 'Say'") == [(1,)]


async def test_of_two_processes_that_find_a_group_gone_one_tells(database_url: str, connect: Connect) -> None:
    database = connect(database_url)
    group = Chat(BOT, "-1")
    async with database.work() as work:
        leader = await a_member(work, "Lan", Role.LEADER)
        await work.teams.bind(leader.team, group)
    desk = cast(Desk, SimpleNamespace(config=config.load(ROOT / "config.yaml").config, clock=FrozenClock()))
    await while_another_has_not_committed(
        database_url, connect, lambda work: leave_group(work, desk, group), lambda work: leave_group(work, desk, group)
    )
    assert await sql(database, "SELECT count(*) FROM outbox WHERE kind = 'Say'") == [(1,)]
    assert await sql(database, "SELECT count(*) FROM events WHERE kind = 'team'") == [(1,)]
