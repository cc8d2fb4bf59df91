"""A small helpdesk whose people press: who they are, and how a press reaches a use case."""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Awaitable, Callable, Coroutine
from typing import Any, TypeVar

from hypothesis import strategies as st

from bot.clock import Clock
from bot.errors import HelpdeskError
from bot.helpdesk.desk import Desk
from bot.helpdesk.hear import hear
from bot.model.ids import PersonId, TeamId, TicketId
from bot.model.people import Member, Person
from bot.model.requests import Incoming, Place
from bot.model.states import HELD, LIVE, Kind, Role, TicketState
from bot.storage.database import Database
from bot.storage.work import Work
from tests.clock import FrozenClock
from tests.helpdesk.making import COMMUNE
from tests.helpdesk.what_holds import WhatHolds
from tests.storage.making import BOT, a_member, a_person

Press = Callable[[Work, Person, Member | None], Awaitable[object]]
Opened = Callable[[], Any]
Method = TypeVar("Method", bound=Callable[..., None])

CITIZENS, VOLUNTEERS = 3, 3
ANY = 3
"""Some ticket, in whatever state, as one may press an old card."""
HOLDER = -1
"""Whoever holds the ticket presses; most buttons are his alone."""

ARGUMENTS: dict[str, st.SearchStrategy[dict[str, Any]]] = {}
PRESSES: list[str] = []


def pressed(often: int = 1, **arguments: st.SearchStrategy[Any]) -> Callable[[Method], Method]:
    """Somebody may press this, so often; Hypothesis would leave out half of many rules in each run."""

    def keep(method: Method) -> Method:
        ARGUMENTS[method.__name__] = st.fixed_dictionaries(arguments)
        PRESSES.extend([method.__name__] * often)
        return method

    return keep


class Pressing(WhatHolds):
    """A helpdesk with an admin, some volunteers and some citizens; a commune has a team of its own."""

    def __init__(
        self,
        run: Callable[[Coroutine[Any, Any, Any]], Any],
        open_database: Opened,
        desk_at: Callable[[Clock], Desk],
        happened: Counter[str],
    ) -> None:
        super().__init__()
        self._run, self._numbers = run, itertools.count(1)
        self._open = open_database()
        self.clock = FrozenClock()
        self.database = Database(self._open.__enter__(), self.clock)
        self.desk = desk_at(self.clock)
        self.citizens: list[PersonId] = []
        self.helpers: list[PersonId] = []
        self.teams: list[TeamId] = []
        self.blocked: set[str] = set()
        self._happened = happened

    def teardown(self) -> None:
        self._happened.update(event.kind for event in self.now.events)
        self._run(self.database.close())
        self._open.__exit__(None, None, None)

    def come_together(self) -> None:
        async def meet(work: Work) -> None:
            for _ in range(CITIZENS):
                self.citizens.append(await newcomer(work))
            await work.people.change(self.citizens[-1], territory=COMMUNE)
            for number, role in enumerate((Role.ADMIN, Role.LEADER, Role.VOLUNTEER, Role.VOLUNTEER)):
                self.helpers.append((await a_member(work, f"Người {number}", role)).person)
            self.teams = [(await work.teams.default("Tổ")).id, await a_second_team(work)]
            for person in self.helpers[1::2]:
                member = await work.members.current(person)
                assert member
                await work.members.change(member.id, team_id=self.teams[1])

        self.in_work(meet)

    # -- what the rules are made of --

    def in_work(self, do: Callable[[Work], Awaitable[Any]]) -> Any:
        self._seen = None

        async def unit() -> Any:
            async with self.database.work() as work:
                try:
                    return await do(work)
                except HelpdeskError:
                    return None

        return self._run(unit())

    def press(self, who: PersonId, do: Press) -> Any:
        """Somebody presses something; whoever is gone or has blocked the bot presses nothing."""

        async def pressed(work: Work) -> object:
            person = await work.people.get(who)
            if not person.chat.id or person.chat.id in self.blocked:
                return None
            return await do(work, person, await work.members.of_person(who))

        return self.in_work(pressed)

    def says(self, who: PersonId, words: str, kind: Kind = Kind.TEXT) -> None:
        async def say(work: Work, person: Person, member: Member | None) -> None:
            place = Place(BOT, person.chat.id, str(next(self._numbers)))
            await hear(work, self.desk, person, member, Incoming(place, kind, words))

        self.press(who, say)

    def ticket(self, which: int, states: tuple[TicketState, ...]) -> TicketId:
        """One of the newest tickets in such a state, where there is one; the last choice is one in any state."""
        rows = self.now.tickets[::-1]
        wanted = [row for row in rows if row.state in states] if which < ANY else []
        rows = wanted or rows
        return TicketId(rows[which % len(rows)].id or 0)

    def held(
        self,
        hand: int,
        which: int,
        do: Callable[[Work, Person, Member | None, TicketId], Any],
        states: tuple[TicketState, ...] = HELD,
    ) -> None:
        """A member presses a button of a ticket."""
        ticket = self.ticket(which, states)
        holder = next(row.holder_id for row in self.now.tickets if row.id == ticket)
        people = {row.id: PersonId(row.person_id) for row in self.now.members}
        who = people[holder] if hand == HOLDER and holder else self.helpers[hand]
        self.press(who, lambda work, person, member: do(work, person, member, ticket))

    def own(
        self, which: int, do: Callable[[Work, Person, TicketId], Any], states: tuple[TicketState, ...] = LIVE
    ) -> None:
        """A citizen presses a button of a ticket of his."""
        ticket = self.ticket(which, states)
        owner = next(PersonId(row.person_id) for row in self.now.tickets if row.id == ticket)
        self.press(owner, lambda work, person, _: do(work, person, ticket))


async def newcomer(work: Work) -> PersonId:
    person = await a_person(work)
    await work.people.consent(person.id, "test")
    return person.id


async def a_second_team(work: Work) -> TeamId:
    return (await work.teams.add("Tổ xã", territory=COMMUNE)).id
