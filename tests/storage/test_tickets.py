"""Tickets: whoever is first wins, and only who may changes anything."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

import pytest

from bot.model.ids import TicketId
from bot.model.requests import Place
from bot.model.states import ENDED, HELD, Kind, Side, TicketState
from bot.storage.database import Database
from tests.clock import START, FrozenClock
from tests.storage.making import BOT, a_member, a_person, a_ticket

Connect = Callable[[str], Database]


async def test_of_fifty_members_exactly_one_gets_the_ticket(database_url: str, connect: Connect) -> None:
    databases = [connect(database_url), connect(database_url)]
    async with databases[0].work() as work:
        ticket = await a_ticket(work)
        members = [await a_member(work, f"Lan {n}") for n in range(50)]

    async def claim(number: int) -> bool:
        async with databases[number % 2].work() as work:
            return await work.tickets.assign_if_open(ticket.id, members[number].id)

    won = await asyncio.gather(*(claim(number) for number in range(50)))
    assert sum(won) == 1
    async with databases[1].reading() as work:
        after = await work.tickets.get(ticket.id)
        assert (after.state, after.holder, after.claimed_at) == (
            TicketState.CLAIMED,
            members[won.index(True)].id,
            START,
        )
        assert await work.tickets.last_holder(ticket.id) == after.holder


async def test_a_ticket_that_is_not_there(database: Database) -> None:
    async with database.work() as work:
        member = await a_member(work)
        assert await work.tickets.find(TicketId(7)) is None
        assert not await work.tickets.assign_if_open(TicketId(7), member.id)
        assert await work.tickets.last_holder(TicketId(7)) is None


async def test_only_the_holder_changes_a_held_ticket(database: Database) -> None:
    async with database.work() as work:
        holder, other = await a_member(work), await a_member(work)
        ticket = await a_ticket(work)
        tickets = work.tickets
        assert not await tickets.release_if_held(ticket.id, holder.id)
        assert not await tickets.close_if_held(ticket.id, holder.id, TicketState.RESOLVED)
        assert await tickets.assign_if_open(ticket.id, holder.id)
        for member in (other,):
            assert not await tickets.assign_if_open(ticket.id, member.id)
            assert not await tickets.release_if_held(ticket.id, member.id)
            assert not await tickets.move_if_held(ticket.id, member.id, TicketState.WAITING_CITIZEN)
            assert not await tickets.close_if_held(ticket.id, member.id, TicketState.RESOLVED)
        assert await tickets.move_if_held(ticket.id, holder.id, TicketState.WAITING_CITIZEN)
        assert [t.id for t in await tickets.held_by(holder.id)] == [ticket.id]
        assert await tickets.release_if_held(ticket.id, holder.id)
        released = await tickets.get(ticket.id)
        assert (released.state, released.holder, released.front) == (TicketState.OPEN, None, True)
        assert await tickets.held_by(holder.id) == []
        assert await tickets.last_holder(ticket.id) == holder.id


@pytest.mark.parametrize("end", ENDED)
async def test_what_ended_stays_ended_until_it_is_reopened(database: Database, end: TicketState) -> None:
    async with database.work() as work:
        holder = await a_member(work)
        ticket = await a_ticket(work)
        tickets = work.tickets
        assert not await tickets.reopen_if_ended(ticket.id, None)
        assert await tickets.assign_if_open(ticket.id, holder.id)
        assert await tickets.close_if_held(ticket.id, holder.id, end, answered_by_guide="g")
        closed = await tickets.get(ticket.id)
        assert (closed.state, closed.holder, closed.closed_at) == (end, None, START)
        assert not await tickets.close_if_held(ticket.id, holder.id, end)
        assert not await tickets.assign_if_open(ticket.id, holder.id)
        assert not await tickets.cancel_if_live(ticket.id, ticket.person)
        assert await tickets.live_of_person(ticket.person) == []
        assert await tickets.reopen_if_ended(ticket.id, holder.id)
        assert not await tickets.reopen_if_ended(ticket.id, holder.id)
        again = await tickets.get(ticket.id)
        assert (again.state, again.holder, again.closed_at) == (TicketState.CLAIMED, holder.id, None)


async def test_reopened_without_holder_it_waits_in_front(database: Database) -> None:
    async with database.work() as work:
        holder = await a_member(work)
        waiting, ticket = await a_ticket(work), await a_ticket(work)
        await work.tickets.assign_if_open(ticket.id, holder.id)
        await work.tickets.close_if_held(ticket.id, holder.id, TicketState.RESOLVED)
        assert await work.tickets.reopen_if_ended(ticket.id, None)
        assert [t.id for t in await work.tickets.queue(ticket.team)] == [ticket.id, waiting.id]


async def test_only_its_citizen_calls_a_ticket_off(database: Database) -> None:
    async with database.work() as work:
        ticket, stranger = await a_ticket(work), await a_person(work)
        assert not await work.tickets.cancel_if_live(ticket.id, stranger.id)
        assert await work.tickets.cancel_if_live(ticket.id, ticket.person)
        assert (await work.tickets.get(ticket.id)).state == TicketState.CANCELLED


async def test_cancelled_and_resolved_at_once_is_one_of_both(database_url: str, connect: Connect) -> None:
    databases = [connect(database_url), connect(database_url)]
    for _ in range(10):
        async with databases[0].work() as work:
            holder, ticket = await a_member(work), await a_ticket(work)
            await work.tickets.assign_if_open(ticket.id, holder.id)

        async def cancel(ticket=ticket) -> bool:  # type: ignore[no-untyped-def]
            async with databases[0].work() as work:
                return await work.tickets.cancel_if_live(ticket.id, ticket.person)

        async def resolve(ticket=ticket, holder=holder) -> bool:  # type: ignore[no-untyped-def]
            async with databases[1].work() as work:
                return await work.tickets.close_if_held(ticket.id, holder.id, TicketState.RESOLVED)

        assert sum(await asyncio.gather(cancel(), resolve())) == 1


async def test_the_queue_is_urgent_then_returned_then_by_age(database: Database) -> None:
    async with database.work() as work:
        plain = [await a_ticket(work) for _ in range(2)]
        back = await a_ticket(work, front=True)
        urgent = [await a_ticket(work, urgent=True) for _ in range(2)]
        urgent_back = await a_ticket(work, urgent=True, front=True)
        taken = await a_ticket(work)
        await work.tickets.assign_if_open(taken.id, (await a_member(work)).id)
        order = [urgent_back, *urgent, back, *plain]
        assert await work.tickets.queue(plain[0].team) == order
        assert await work.tickets.queue(plain[0].team, limit=2) == order[:2]
        assert [await work.tickets.ahead_of(ticket) for ticket in order] == list(range(6))


async def test_the_first_reply_is_noted_once(database: Database, clock: FrozenClock) -> None:
    async with database.work() as work:
        ticket = await a_ticket(work)
        assert await work.tickets.first_reply(ticket.id)
        assert not await work.tickets.first_reply(ticket.id)


async def test_tickets_of_a_person_and_of_a_request(database: Database) -> None:
    from bot.model.states import Outcome

    async with database.work() as work:
        person = await a_person(work)
        request = await work.requests.add(person.id, BOT, Outcome.HANDED_OVER)
        old = await a_ticket(work, person, request_id=request.id, question="lời", guide="g", step=2)
        await work.tickets.cancel_if_live(old.id, person.id)
        new = await a_ticket(work, person, request_id=request.id)
        assert [t.id for t in await work.tickets.of_person(person.id)] == [new.id, old.id]
        assert [t.id for t in await work.tickets.live_of_person(person.id)] == [new.id]
        of_request = await work.tickets.of_request(request.id)
        assert of_request is not None
        assert of_request.id == new.id
        assert (old.question, old.guide, old.step, new.question) == ("lời", "g", 2, "")
        assert set(HELD) & {t.state for t in await work.tickets.of_person(person.id)} == set()


class TestMessages:
    async def test_a_message_is_found_where_it_stands(self, database: Database) -> None:
        place = Place(BOT, "c", "5")
        async with database.work() as work:
            ticket = await a_ticket(work)
            first = await work.messages.add(ticket.id, Side.CITIZEN, Kind.TEXT, place, text="lời")
            reply = await work.messages.add(
                ticket.id, Side.HELPER, Kind.TEXT, Place(BOT, "h", "9"), text="đáp", reply_to=first.id
            )
            assert await work.messages.at(place) == first
            assert await work.messages.at(Place("test:2", "c", "5")) is None
            assert await work.messages.get(reply.id) == reply
            await work.messages.change(first.id, text="sửa")
            assert [m.text for m in await work.messages.of_ticket(ticket.id)] == ["sửa", "đáp"]

    async def test_a_picture_waits_for_its_author_s_word(self, database: Database) -> None:
        async with database.work() as work:
            ticket = await a_ticket(work)
            pictures = [
                await work.messages.add(
                    ticket.id,
                    Side.CITIZEN,
                    Kind.PHOTO,
                    Place(BOT, "c", str(n)),
                    text="",
                    held_back=True,
                    album="x",
                    file=f"f{n}",
                )
                for n in range(2)
            ]
            assert await work.messages.of_ticket(ticket.id) == []
            assert await work.messages.held_back_of_album(ticket.id, "x") == pictures
            assert await work.messages.let_through(pictures[0].id)
            assert not await work.messages.let_through(pictures[0].id)
            assert await work.messages.of_ticket(ticket.id) == pictures[:1]
