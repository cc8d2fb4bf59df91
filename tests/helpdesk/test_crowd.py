"""A crowd: a thousand tickets, fifty volunteers, two hundred citizens, all pressing at once.

The database itself writes down every change of a ticket (a trigger, which our code knows nothing of). What people were
told, and what the events say, is held against that.
"""

from __future__ import annotations

import asyncio
import itertools
import random
from collections import Counter, defaultdict
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

import pytest
from sqlalchemy import select, text
from sqlmodel import SQLModel, col

from bot.clock import Clock
from bot.errors import HelpdeskError
from bot.helpdesk.cancel import cancel_one
from bot.helpdesk.claim import AlreadyHeld, Claimed, claim
from bot.helpdesk.consent import withdraw
from bot.helpdesk.desk import Desk
from bot.helpdesk.holding import release
from bot.helpdesk.open_ticket import open_ticket
from bot.helpdesk.relay import from_citizen
from bot.helpdesk.resolve import confirm, make_current, refer, resolve, wait_for_citizen
from bot.helpdesk.transfer import give_to_member
from bot.model.ids import MemberId, PersonId, TeamId, TicketId
from bot.model.people import Member, Person
from bot.model.requests import Incoming, Place, Ticket
from bot.model.states import ENDED, HELD, EventKind, Kind, Outcome, TicketState
from bot.storage import migrating
from bot.storage.database import Database
from bot.storage.tables import EventRow, RequestRow, TicketRow
from bot.storage.work import Work
from tests.clock import FrozenClock
from tests.helpdesk.ticket_life import MOVES, Happened, replay
from tests.storage.making import BOT, a_chat, a_member, a_person, sql

TICKETS, CITIZENS, VOLUNTEERS, PROCESSES = 1000, 200, 50, 4
LATE = 50
"""So many of the tickets are opened while everybody presses."""
PRESSES = 16
"""Of each volunteer."""
HANDS, TURNS = 10, 20
"""So many citizens act at once, and how often somebody does."""
IN_VIEW = 40
"""Most look at the same end of the queue."""

PRESSED = {
    "claimed",
    "released",
    "transferred",
    "waiting",
    "continued",
    "resolved",
    "referred",
    "cancelled",
    "reopened",
}
"""What this crowd does."""

_CHANGES = "CREATE TABLE changes (id {key}, ticket_id INTEGER, state TEXT, holder_id INTEGER)"
_INSERT = "INSERT INTO changes (ticket_id, state, holder_id) VALUES (NEW.id, NEW.state, NEW.holder_id)"
_WATCH = {
    True: [
        _CHANGES.format(key="INTEGER PRIMARY KEY AUTOINCREMENT"),
        f"CREATE TRIGGER opened AFTER INSERT ON tickets BEGIN {_INSERT}; END",
        "CREATE TRIGGER changed AFTER UPDATE ON tickets WHEN OLD.state <> NEW.state OR OLD.holder_id IS NOT "
        f"NEW.holder_id BEGIN {_INSERT}; END",
    ],
    False: [
        _CHANGES.format(key="SERIAL PRIMARY KEY"),
        f"CREATE FUNCTION note() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN {_INSERT}; RETURN NEW; END $$",
        "CREATE TRIGGER opened AFTER INSERT ON tickets FOR EACH ROW EXECUTE FUNCTION note()",
        "CREATE TRIGGER changed AFTER UPDATE ON tickets FOR EACH ROW WHEN (OLD.state <> NEW.state OR "
        "OLD.holder_id IS DISTINCT FROM NEW.holder_id) EXECUTE FUNCTION note()",
    ],
}
"""Have the database write down each change of a ticket, in its order: who changes a ticket keeps it until he commits.
By whether it is SQLite."""


@dataclass(frozen=True)
class Loser:
    """Somebody who came too late: what he was told, and between which changes of the ticket that was."""

    ticket: TicketId
    by: str | None
    before: int
    after: int


@dataclass
class Crowd:
    """All who press, and what came of it."""

    processes: list[Database]
    desk: Desk
    team: list[Member]
    waiting: dict[TicketId, None] = field(default_factory=dict)
    done: Counter[tuple[TicketId, EventKind, MemberId | None]] = field(default_factory=Counter)
    losers: list[Loser] = field(default_factory=list)
    refused: Counter[str] = field(default_factory=Counter)

    def process(self, number: int) -> Database:
        return self.processes[number % len(self.processes)]

    async def volunteer(self, number: int, person: Person, member: Member) -> None:
        database, dice = self.process(number), random.Random(number)
        for _ in range(PRESSES):
            async with database.work() as work:
                held = await work.tickets.held_by(member.id)
                if held and (len(held) > 2 or dice.random() < 0.5):
                    await self.go_on(work, dice, dice.choice(held), person, member)
                else:
                    view = list(self.waiting)
                    await self.grab(work, dice, dice.choice(view[: dice.choice((IN_VIEW, None))]), person, member)
            await asyncio.sleep(0)

    async def grab(self, work: Work, dice: random.Random, ticket: TicketId, person: Person, member: Member) -> None:
        """«Nhận», or now and then a button of somebody else's panel."""
        if not dice.randrange(10):
            await self.go_on(work, dice, await work.tickets.get(ticket), person, member)
            return
        before = await newest_change(work, ticket)
        outcome = await claim(work, self.desk, ticket, person, member)
        if isinstance(outcome, Claimed):
            self.done[ticket, EventKind.CLAIMED, member.id] += 1
        else:
            assert outcome == AlreadyHeld(outcome.by, mine=outcome.by == member.name)
            self.losers.append(Loser(ticket, outcome.by, before, await newest_change(work, ticket)))

    async def go_on(self, work: Work, dice: random.Random, ticket: Ticket, person: Person, member: Member) -> None:
        receiver = dice.choice([other.id for other in self.team if other.id != member.id])

        def transfer() -> Awaitable[None]:
            return give_to_member(work, self.desk, ticket.id, person, member, receiver)

        presses: dict[EventKind | None, tuple[int, Callable[[], Awaitable[None]]]] = {
            EventKind.RESOLVED: (50, lambda: resolve(work, self.desk, ticket.id, person, member)),
            EventKind.TRANSFERRED: (15, transfer),
            EventKind.RELEASED: (20, lambda: release(work, self.desk, ticket.id, member)),
            EventKind.REFERRED: (10, lambda: refer(work, ticket.id, member, "commune")),
            EventKind.WAITING: (15, lambda: wait_for_citizen(work, ticket.id, member)),
            None: (5, lambda: make_current(work, self.desk, ticket.id, person, member)),
        }
        now: Ticket | None = ticket
        [kind] = dice.choices(list(presses), [weight for weight, _ in presses.values()])
        if kind == EventKind.WAITING:  # pressed once more it changes nothing, so it must be known how things are
            now = await work.tickets.lock(ticket.id)
        assert now
        by = receiver if kind == EventKind.TRANSFERRED else member.id
        if await self.pressed(now, kind, by, presses[kind][1]) and kind in (
            EventKind.RESOLVED,
            EventKind.REFERRED,
        ):
            self.waiting.pop(ticket.id, None)

    async def pressed(
        self, ticket: Ticket, kind: EventKind | None, member: MemberId | None, press: Callable[[], Awaitable[Any]]
    ) -> bool:
        try:
            await press()
        except HelpdeskError as error:
            self.refused[error.key] += 1
            return False
        if kind == EventKind.WAITING and ticket.state == TicketState.WAITING_CITIZEN:
            return False  # pressed once more
        if kind:
            self.done[ticket.id, kind, member] += 1
        return True

    async def citizens(self, hand: int, people: list[Person]) -> None:
        """Some citizens, one after the other, again and again."""
        dice = random.Random(-1 - hand)
        for turn in range(TURNS):
            async with self.process(hand).work() as work:
                waited_for = await waited_for_among(work, people) if turn % 2 and turn >= LATE // HANDS else None
                person = await work.people.get(waited_for or people[turn % len(people)].id)
                if person.consented_at:
                    await self.say_something(work, dice, person, turn)
            await asyncio.sleep(0)

    async def say_something(self, work: Work, dice: random.Random, person: Person, turn: int) -> None:
        if turn < LATE // HANDS:
            opened = await open_ticket(work, self.desk, person, guide="can-cuoc-cap-lai", step=1)
            assert opened
            self.waiting[opened.id] = None
            return
        if not dice.randrange(40):
            await self.withdraw(work, person)
            return
        own = await work.tickets.of_person(person.id)
        waited_for = [ticket for ticket in own if ticket.state == TicketState.WAITING_CITIZEN]
        moved = [ticket for ticket in own if ticket.state != TicketState.OPEN]
        ticket = await work.tickets.lock(dice.choice(waited_for or moved or own).id)
        assert ticket
        if ticket.state in ENDED:
            back = bool(dice.randrange(2))
            await confirm(work, self.desk, ticket.id, person, done=not back)
            if back:
                again = await work.tickets.get(ticket.id)
                self.done[ticket.id, EventKind.REOPENED, again.holder] += 1
                self.waiting[ticket.id] = None
        elif not dice.randrange(6):
            await cancel_one(work, ticket.id, person)
            self.called_off(ticket.id, ticket.holder)
        else:
            said = Incoming(Place(BOT, person.chat.id, str(dice.getrandbits(60))), Kind.TEXT, "tôi vẫn chờ")
            await from_citizen(work, self.desk, person, ticket, said)
            if ticket.state == TicketState.WAITING_CITIZEN:
                self.done[ticket.id, EventKind.CONTINUED, ticket.holder] += 1

    async def withdraw(self, work: Work, person: Person) -> None:
        """Everything is called off at once."""
        live = await work.tickets.live_of_person(person.id)
        await withdraw(work, person)
        for ticket in live:
            if (await work.tickets.get(ticket.id)).state == TicketState.CANCELLED:
                self.called_off(ticket.id, await held_before(work, ticket.id))

    def called_off(self, ticket: TicketId, holder: MemberId | None) -> None:
        self.done[ticket, EventKind.CANCELLED, holder] += 1
        self.waiting.pop(ticket, None)


async def waited_for_among(work: Work, people: list[Person]) -> PersonId | None:
    """Somebody whose helper waits for him: else a wait would be rare, and its end rarer."""
    query = select(col(TicketRow.person_id)).where(
        col(TicketRow.state) == TicketState.WAITING_CITIZEN, col(TicketRow.person_id).in_([p.id for p in people])
    )
    found = await work._session.scalar(query.order_by(col(TicketRow.id)).limit(1))
    return PersonId(found) if found else None


async def newest_change(work: Work, ticket: TicketId) -> int:
    query = text("SELECT max(id) FROM changes WHERE ticket_id = :ticket")
    return int(await work._session.scalar(query, {"ticket": ticket}) or 0)


async def held_before(work: Work, ticket: TicketId) -> MemberId | None:
    """Who held the ticket before its newest change."""
    query = text("SELECT holder_id FROM changes WHERE ticket_id = :ticket ORDER BY id DESC LIMIT 1 OFFSET 1")
    holder = await work._session.scalar(query, {"ticket": ticket})
    return MemberId(holder) if holder else None


async def settle(database: Database) -> None:
    """Tables, and the database's own notes."""
    await migrating.upgrade(database)
    async with database.engine.begin() as connection:
        for statement in _WATCH[database.is_sqlite]:
            await connection.exec_driver_sql(statement)


async def waiting_since_yesterday(work: Work, team: TeamId, citizens: list[PersonId]) -> None:
    """Most of the tickets, written by the thousand, for opening them one by one takes half a minute."""
    at, people = work.clock.now(), itertools.islice(itertools.cycle(citizens), TICKETS - LATE)
    asked: dict[str, Any] = {"bot": BOT, "asked_at": at, "last_message_at": at, "outcome": Outcome.HANDED_OVER}
    requests = [RequestRow(person_id=person, shown=[], **asked) for person in people]
    await written(work, requests)
    tickets = [
        TicketRow(request_id=r.id, person_id=r.person_id, team_id=team, state="open", opened_at=at) for r in requests
    ]
    await written(work, tickets)
    await written(
        work, [EventRow(at=at, kind=EventKind.OPENED, ticket_id=t.id, person_id=t.person_id) for t in tickets]
    )


async def written(work: Work, rows: Sequence[SQLModel]) -> None:
    work._session.add_all(rows)
    await work._session.flush()


async def come_together(database: Database, desk: Desk) -> tuple[list[tuple[Person, Member]], list[Person]]:
    """The team with its group, and the citizens with their tickets."""
    async with database.work() as work:
        members = [await a_member(work, f"Người {number}") for number in range(VOLUNTEERS)]
        await work.teams.bind(members[0].team, a_chat())
        team = [(await work.people.get(member.person), member) for member in members]
        citizens = [await a_person(work) for _ in range(CITIZENS)]
        for citizen in citizens:
            await work.people.consent(citizen.id, "test")
        citizens = [await work.people.get(citizen.id) for citizen in citizens]
        await waiting_since_yesterday(work, members[0].team, [citizen.id for citizen in citizens])
    return team, citizens


@pytest.mark.slow
@pytest.mark.timeout(300)
async def test_a_thousand_tickets(
    empty_url: str,
    connect: Callable[[str], Database],
    desk_at: Callable[[Clock], Desk],
    clock: FrozenClock,
) -> None:
    desk = desk_at(clock)
    database = connect(empty_url)
    await settle(database)
    team, citizens = await come_together(database, desk)
    # One process alone may use a SQLite file.
    processes = [database] if database.is_sqlite else [connect(empty_url) for _ in range(PROCESSES)]
    crowd = Crowd(processes, desk, [member for _, member in team])
    crowd.waiting = {TicketId(int(str(number))): None for (number,) in await sql(database, "SELECT id FROM tickets")}
    async with asyncio.TaskGroup() as everybody:
        for number, (person, member) in enumerate(team):
            everybody.create_task(crowd.volunteer(number, person, member))
        for hand in range(HANDS):
            everybody.create_task(crowd.citizens(hand, citizens[hand::HANDS]))
    await _nobody_was_told_wrongly(database, crowd)
    await _nothing_is_lost(database, crowd)


async def _nobody_was_told_wrongly(database: Database, crowd: Crowd) -> None:
    names = dict(await sql(database, "SELECT id, name FROM members"))
    changes: dict[object, list[tuple[int, str, str | None]]] = defaultdict(list)
    for number, ticket, state, holder in await sql(
        database, "SELECT id, ticket_id, state, holder_id FROM changes ORDER BY id"
    ):
        changes[ticket].append((int(str(number)), str(state), str(names[holder]) if holder else None))
    for loser in crowd.losers:
        known = changes[loser.ticket]
        meanwhile = [(state, name) for number, state, name in known if loser.before <= number <= loser.after]
        if loser.by:
            assert loser.by in [name for _, name in meanwhile], (loser, known)
        else:
            assert any(state in ENDED for state, _ in meanwhile), (loser, known)
    assert len(crowd.losers) > 100
    assert len({loser.by for loser in crowd.losers}) > VOLUNTEERS // 2
    handed_over: Counter[tuple[object, str]] = Counter()
    for ticket, known in changes.items():
        for (_, _, before), (_, _, after) in itertools.pairwise(known):
            if before and after and before != after:
                handed_over[ticket, after] += 1
        assert all((name is not None) == (state in HELD) for _, state, name in known)

    wished = [(t, str(names[to])) for t, kind, to in crowd.done.elements() if kind == EventKind.TRANSFERRED]
    assert handed_over == Counter(wished), "taken out of somebody's hands"


async def _nothing_is_lost(database: Database, crowd: Crowd) -> None:
    """Each change has its press, its event and its row."""
    states = dict(await sql(database, "SELECT state, count(*) FROM tickets GROUP BY state"))
    assert sum(int(str(count)) for count in states.values()) == TICKETS
    assert await sql(database, "SELECT count(*) FROM requests WHERE outcome = 'handed_over'") == [(TICKETS,)]

    events: dict[object, list[Happened]] = defaultdict(list)
    for ticket, kind, member in await sql(
        database, "SELECT ticket_id, kind, member_id FROM events WHERE ticket_id IS NOT NULL ORDER BY id"
    ):
        events[ticket].append(Happened(str(kind), int(str(member)) if member else None))
    recorded = Counter(
        (ticket, EventKind(event.kind), event.member)
        for ticket, happened in events.items()
        for event in happened
        if event.kind in MOVES
    )
    assert recorded == crowd.done

    changes: dict[object, list[str]] = defaultdict(list)
    for ticket, state, holder in await sql(database, "SELECT ticket_id, state, holder_id FROM changes ORDER BY id"):
        changes[ticket].append(f"{state} {holder}")
    for ticket, state, holder in await sql(database, "SELECT id, state, holder_id FROM tickets"):
        moves = [one for one in events[ticket] if one.kind in (EventKind.OPENED, *MOVES)]
        lives = [replay(moves[: number + 1]) for number in range(len(moves))]
        assert [f"{life.state} {life.holder}" for life in lives] == changes[ticket]
        assert changes[ticket][-1] == f"{state} {holder}"
    kinds = Counter(kind for _, kind, _ in recorded.elements())
    assert kinds[EventKind.CLAIMED] > TICKETS // 4
    assert set(kinds) >= PRESSED, kinds
    assert crowd.refused["ticket.not_yours"] > 20
    assert set(crowd.refused) <= {"ticket.not_yours", "ticket.ended", "claim.full", "transfer.full", "transfer.gone"}
