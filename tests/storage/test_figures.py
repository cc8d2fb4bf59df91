"""Figures come from events alone."""

from __future__ import annotations

from datetime import timedelta

from bot.model.events import Event
from bot.model.ids import MemberId, PersonId, RequestId, TicketId
from bot.model.states import EventKind, Outcome, TicketState
from bot.storage.database import Database
from bot.storage.work import Work
from tests.clock import START, FrozenClock

DAY = timedelta(days=1)


def asked(work: Work, request: int, outcome: Outcome, guide: str | None = None) -> None:
    work.events.add(Event(EventKind.ASKED, RequestId(request), guide=guide, codes={"outcome": outcome}))


def became(work: Work, request: int, outcome: Outcome, guide: str | None = None) -> None:
    work.events.add(Event(EventKind.OUTCOME, RequestId(request), guide=guide, codes={"outcome": outcome}))


def ticket(work: Work, number: int, kind: EventKind, member: int | None = None) -> None:
    work.events.add(Event(kind, ticket=TicketId(number), member=MemberId(member) if member else None))


async def test_nothing_happened(database: Database) -> None:
    async with database.reading() as work:
        period = await work.figures.period(START - DAY, START)
        assert (period.requests, period.by_outcome, period.median_first_reply_seconds) == (0, {}, None)
        assert await work.figures.tickets_by_state() == {}


async def test_help_face_to_face_counts_on_its_true_day_and_apart(database: Database, clock: FrozenClock) -> None:
    """Written down two days later."""
    async with database.work() as work:
        codes = {"on": (START - 2 * DAY).isoformat(), "help": "guided", "outcome": Outcome.ANSWERED}
        work.events.add(Event(EventKind.ASSISTED, RequestId(1), codes=codes))
    async with database.reading() as work:
        helped = [await work.figures.period(START - n * DAY, START - (n - 1) * DAY) for n in (0, 1, 2, 3)]
    assert [period.assisted for period in helped] == [0, 0, 1, 0]
    assert [period.requests for period in helped] == [0, 0, 0, 0]


async def test_a_request_counts_once_with_its_last_outcome(database: Database, clock: FrozenClock) -> None:
    async with database.work() as work:
        asked(work, 1, Outcome.ANSWERED, "khai-sinh")
        became(work, 1, Outcome.HANDED_OVER)
        asked(work, 2, Outcome.ASKED_BACK)
        asked(work, 3, Outcome.ASKED_BACK)
        became(work, 3, Outcome.ANSWERED, "khai-sinh")
        asked(work, 4, Outcome.DECLINED)
        asked(work, 5, Outcome.ANSWERED, "ket-hon")
    async with database.reading() as work:
        period = await work.figures.period(START, START + DAY)
    assert period.requests == 5
    assert period.by_outcome == {"handed_over": 1, "asked_back": 1, "answered": 2, "declined": 1}
    assert period.top_guides == (("khai-sinh", 2), ("ket-hon", 1))
    assert period.unanswered == 2


async def test_a_period_ends_before_its_end(database: Database, clock: FrozenClock) -> None:
    for request in range(3):
        async with database.work() as work:
            asked(work, request + 1, Outcome.ANSWERED)
        clock.tick(days=1)
    async with database.reading() as work:
        assert (await work.figures.period(START, START + DAY)).requests == 1
        assert (await work.figures.period(START, START + 3 * DAY)).requests == 3
        assert (await work.figures.period(START - DAY, START)).requests == 0


async def test_the_median_of_first_replies(database: Database, clock: FrozenClock) -> None:
    async with database.work() as work:
        for number in (1, 2, 3, 4):
            ticket(work, number, EventKind.OPENED)
    for number, seconds in ((1, 10), (2, 50), (3, 240)):
        clock.tick(seconds)
        async with database.work() as work:
            ticket(work, number, EventKind.FIRST_REPLY, 1)
            ticket(work, number, EventKind.CONFIRMED)
    async with database.reading() as work:
        period = await work.figures.period(START, START + DAY)
    assert (period.opened, period.median_first_reply_seconds, period.confirmed) == (4, 60, 3)


async def test_each_ticket_is_in_the_state_its_last_event_says(database: Database) -> None:
    lives = {
        1: [EventKind.OPENED],
        2: [EventKind.OPENED, EventKind.CLAIMED, EventKind.FIRST_REPLY],
        3: [EventKind.OPENED, EventKind.CLAIMED, EventKind.WAITING],
        4: [EventKind.OPENED, EventKind.CLAIMED, EventKind.WAITING, EventKind.CONTINUED],
        5: [EventKind.OPENED, EventKind.CLAIMED, EventKind.RELEASED],
        6: [EventKind.OPENED, EventKind.CLAIMED, EventKind.RESOLVED, EventKind.CONFIRMED],
        7: [EventKind.OPENED, EventKind.CANCELLED],
        8: [EventKind.OPENED, EventKind.CLAIMED, EventKind.REFERRED],
    }
    async with database.work() as work:
        for number, kinds in lives.items():
            for kind in kinds:
                ticket(work, number, kind, 1)
        for number, holder in ((9, 5), (10, None)):
            for kind in (EventKind.OPENED, EventKind.CLAIMED, EventKind.RESOLVED):
                ticket(work, number, kind, 5)
            ticket(work, number, EventKind.REOPENED, holder)
    async with database.reading() as work:
        assert await work.figures.tickets_by_state() == {
            TicketState.OPEN: 3,
            TicketState.CLAIMED: 3,
            TicketState.WAITING_CITIZEN: 1,
            TicketState.RESOLVED: 1,
            TicketState.CANCELLED: 1,
            TicketState.REFERRED: 1,
        }


async def test_events_keep_their_codes_in_order(database: Database) -> None:
    async with database.work() as work:
        for number in range(3):
            work.events.add(
                Event(
                    EventKind.DUTY, ticket=TicketId(1), person=PersonId(9), codes={"n": number, "on": True, "x": None}
                )
            )
    async with database.reading() as work:
        assert await work.events.of_ticket(TicketId(1)) == [
            ("duty", {"n": number, "on": True, "x": None}) for number in range(3)
        ]
