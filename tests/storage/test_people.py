"""People, consent, members, teams, invites; and the small keepings."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy import text

from bot.model.people import Chat
from bot.model.states import Role
from bot.storage.database import Database
from tests.clock import START, FrozenClock
from tests.storage.making import BOT, a_chat, a_member, a_person, a_ticket

Connect = Callable[[str], Database]
A = Chat(BOT, "a")


class TestPeople:
    async def test_who_is_met_again_is_the_same(self, database: Database) -> None:
        async with database.work() as work:
            first = await work.people.meet("1", A)
            assert await work.people.meet("1", A) == first
            assert await work.people.find("test", "1") == first
            assert await work.people.find("other", "1") is None
        assert (first.channel, first.channel_id, first.chat, first.reachable) == ("test", "1", A, True)
        assert (first.consented_at, first.greeted, first.place_asked, first.dialog) == (None, False, False, None)

    async def test_a_first_message_twice_at_once_makes_one_person(self, database_url: str, connect: Connect) -> None:
        databases = [connect(database_url), connect(database_url)]

        async def meet(database: Database) -> int:
            async with database.work() as work:
                return (await work.people.meet("1", A)).id

        assert len(set(await asyncio.gather(*(meet(database) for database in databases * 10)))) == 1

    async def test_seen_in_a_group_and_writing_alone_at_once_can_be_written_to(
        self, database_url: str, connect: Connect
    ) -> None:
        databases = [connect(database_url), connect(database_url)]

        async def meet(database: Database, number: int, private: bool) -> None:
            async with database.work() as work:
                await work.people.meet(str(number), Chat(BOT, str(number)), private=private)

        for number in range(20):
            await asyncio.gather(
                *(meet(base, number, private) for base, private in zip(databases, (False, True), strict=True))
            )
        async with databases[0].reading() as work:
            met = [await work.people.find("test", str(number)) for number in range(20)]
        assert all(person and person.reachable for person in met)

    async def test_who_cannot_be_written_to_writes_and_can_be(self, database: Database) -> None:
        async with database.work() as work:
            person = await work.people.meet("1", A)
            gone = await work.people.unreachable(A)
            assert gone is not None
            assert (gone.id, gone.reachable) == (person.id, False)
            assert (await work.people.meet("1", A)).reachable
            assert await work.people.unreachable(Chat(BOT, "nobody")) is None

    async def test_consent_is_provable_and_may_be_withdrawn(self, database: Database, clock: FrozenClock) -> None:
        async with database.work() as work:
            person = await a_person(work)
            await work.people.consent(person.id, "2026-11")
            assert (await work.people.get(person.id)).consented_at == START
            clock.tick(60)
            await work.people.withdraw(person.id)
            assert (await work.people.get(person.id)).consented_at is None
            clock.tick(60)
            await work.people.consent(person.id, "2026-12")
            rows = (await work._session.execute(text("SELECT wording, withdrawn_at FROM consents ORDER BY id"))).all()
        assert [(wording, at is None) for wording, at in rows] == [("2026-11", False), ("2026-12", True)]

    async def test_what_is_waited_for_is_kept(self, database: Database) -> None:
        async with database.work() as work:
            person = await a_person(work)
            await work.people.change(person.id, dialog={"expects": "place", "n": 1})
            assert (await work.people.get(person.id)).dialog == {"expects": "place", "n": 1}
            await work.people.change(person.id, dialog=None)
            assert (await work.people.get(person.id)).dialog is None


class TestMembers:
    async def test_a_member_is_on_duty_from_the_start(self, database: Database) -> None:
        async with database.work() as work:
            member = await a_member(work)
            assert member.on_duty
            assert await work.members.of_person(member.person) == member
            assert await work.members.of_team(member.team) == [member]
            assert await work.members.admins() == []

    async def test_a_membership_is_never_lowered(self, database: Database) -> None:
        async with database.work() as work:
            member = await a_member(work, role=Role.LEADER)
            assert (await work.members.join(member.person, member.team, Role.VOLUNTEER, "x")).role == Role.LEADER
            assert (await work.members.join(member.person, member.team, Role.ADMIN, "x")).role == Role.ADMIN
            assert len(await work.members.of_team(member.team)) == 1

    async def test_who_left_may_come_back(self, database: Database) -> None:
        async with database.work() as work:
            member = await a_member(work)
            await work.members.change(member.id, ended_at=START)
            assert await work.members.of_person(member.person) is None
            assert (await work.members.get(member.id)).id == member.id
            again = await work.members.join(member.person, member.team, Role.VOLUNTEER, "Lan")
            assert again.id != member.id

    async def test_who_cannot_be_written_to_is_left_out(self, database: Database) -> None:
        async with database.work() as work:
            here, gone = await a_member(work), await a_member(work)
            await work.people.unreachable((await work.people.get(gone.person)).chat)
            chats = await work.members.chats([here, gone])
            assert [(m.id, c) for m, c in chats] == [(here.id, (await work.people.get(here.person)).chat)]
            assert await work.members.chats([]) == []


class TestTeams:
    async def test_there_is_one_default_team(self, database_url: str, connect: Connect) -> None:
        databases = [connect(database_url), connect(database_url)]

        async def default(database: Database) -> int:
            async with database.work() as work:
                return (await work.teams.default("Tổ")).id

        assert len(set(await asyncio.gather(*(default(database) for database in databases * 5)))) == 1
        async with databases[0].reading() as work:
            assert len(await work.teams.all()) == 1

    async def test_a_group_belongs_to_one_team(self, database: Database) -> None:
        async with database.work() as work:
            team = await work.teams.default("Tổ")
            await work.teams.bind(team.id, A)
            bound = await work.teams.of_group(A)
            assert bound is not None
            assert (bound.id, bound.group) == (team.id, A)
            assert await work.teams.unbind(A)
            assert not await work.teams.unbind(A)
            assert await work.teams.of_group(A) is None
            assert (await work.teams.get(team.id)).group is None


class TestInvites:
    async def test_an_invite_is_used_once(self, database: Database) -> None:
        async with database.work() as work:
            team = await work.teams.default("Tổ")
            await work.invites.add("c", team.id, Role.LEADER, "all", None, 7)
            assert await work.invites.take("unknown") is None
            assert await work.invites.change("c", role=Role.ADMIN)
            taken = await work.invites.take("c")
            assert taken
            assert (taken.team, taken.role, taken.scope) == (team.id, Role.ADMIN, "all")
            assert await work.invites.take("c") is None
            assert not await work.invites.change("c", role=Role.VOLUNTEER)

    async def test_an_old_invite_is_none(self, database: Database, clock: FrozenClock) -> None:
        async with database.work() as work:
            team = await work.teams.default("Tổ")
            await work.invites.add("c", team.id, Role.VOLUNTEER, "all", None, 7)
            clock.tick(days=7)
            assert await work.invites.take("c") is None

    async def test_of_many_taps_one_wins(self, database_url: str, connect: Connect) -> None:
        databases = [connect(database_url), connect(database_url)]
        async with databases[0].work() as work:
            team = await work.teams.default("Tổ")
            await work.invites.add("c", team.id, Role.VOLUNTEER, "all", None, 7)

        async def take(database: Database) -> bool:
            async with database.work() as work:
                return await work.invites.take("c") is not None

        assert sum(await asyncio.gather(*(take(database) for database in databases * 10))) == 1


class TestRequests:
    async def test_a_request_is_kept_and_changed(self, database: Database, clock: FrozenClock) -> None:
        from bot.model.states import Outcome

        async with database.work() as work:
            person = await a_person(work)
            first = await work.requests.add(person.id, BOT, Outcome.ANSWERED, guide="g", shown=["g"], text="lời")
            second = await work.requests.add(person.id, BOT, Outcome.ASKED_BACK, at=START - timedelta(hours=1))
            await work.requests.change(first.id, outcome=Outcome.HANDED_OVER, doubts=1)
            kept = await work.requests.get(first.id)
            assert kept is not None
            assert (kept.outcome, kept.doubts, kept.shown, kept.text) == (Outcome.HANDED_OVER, 1, ("g",), "lời")
            assert second.asked_at == START - timedelta(hours=1)
            assert [r.id for r in await work.requests.of_person(person.id)] == [second.id, first.id]
            assert await work.requests.get(999) is None  # type: ignore[arg-type]


class TestKeepings:
    async def test_a_step_is_kept_and_offered_once(self, database: Database, clock: FrozenClock) -> None:
        async with database.work() as work:
            person = await a_person(work)
            await work.follow_ups.keep(person.id, "a", 2, START + timedelta(hours=48))
            clock.tick(1)
            await work.follow_ups.keep(person.id, "b", 1, None)
            await work.follow_ups.keep(person.id, "a", 3, START + timedelta(hours=48))
            assert await work.follow_ups.step(person.id, "a") == 3
            assert await work.follow_ups.step(person.id, "x") == 0
            assert await work.follow_ups.latest(person.id) in [("a", 3), ("b", 1)]
            assert await work.follow_ups.take_due() == []
            clock.tick(hours=48)
            assert await work.follow_ups.take_due() == [(person.id, "a", 3)]
            assert await work.follow_ups.take_due() == []
            assert await work.follow_ups.step(person.id, "a") == 3
            await work.follow_ups.forget(person.id, "a")
            assert await work.follow_ups.step(person.id, "a") == 0

    async def test_preferences(self, database: Database) -> None:
        async with database.work() as work:
            assert await work.preferences.get("maintenance") is None
            await work.preferences.put("maintenance", {"on": True})
            await work.preferences.put("maintenance", {"on": False})
            await work.preferences.put("platform_dvc", {"text": "bảo trì"})
            await work.preferences.put("platformXdvc", {"text": "khác"})
            assert await work.preferences.get("maintenance") == {"on": False}
            assert await work.preferences.starting_with("platform_") == {"platform_dvc": {"text": "bảo trì"}}
            await work.preferences.put("maintenance", None)
            assert await work.preferences.get("maintenance") is None

    async def test_a_suggestion_belongs_to_its_ticket(self, database: Database) -> None:
        async with database.work() as work:
            ticket = await a_ticket(work)
            await work.suggestions.add(ticket.id, "g", "cách hỏi")
            rows = (await work._session.execute(text("SELECT ticket_id, guide, text FROM suggestions"))).all()
        assert [tuple(row) for row in rows] == [(ticket.id, "g", "cách hỏi")]


@pytest.mark.parametrize("chat", [a_chat()])
async def test_the_same_id_in_another_channel_is_somebody_else(database: Database, chat: Chat) -> None:
    async with database.work() as work:
        here = await work.people.meet("1", chat)
        there = await work.people.meet("1", Chat("zalo:9", chat.id))
    assert here.id != there.id
