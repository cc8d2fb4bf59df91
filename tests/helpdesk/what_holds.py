"""What must hold after every press, looked up in the database itself."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Coroutine
from dataclasses import dataclass
from typing import Any

from hypothesis.stateful import RuleBasedStateMachine, invariant
from sqlalchemy import select

from bot.model.ids import TeamId, TicketId
from bot.model.notices import Notice, Say
from bot.model.notices import citizens as to_citizens
from bot.model.notices.replying import PhoneOffer
from bot.model.notices.talk import DeliveryDoubt, DeliveryFailed, RelayedText
from bot.model.states import ENDED, LIVE, Outcome, TicketState
from bot.storage.database import Database
from bot.storage.tables import (
    EventRow,
    MemberRow,
    OutboxRow,
    PersonRow,
    RequestRow,
    TeamRow,
    TicketMessageRow,
    TicketNoteRow,
    TicketRow,
)
from tests.helpdesk.ticket_life import Happened, replay

TO_CITIZENS = {
    kind
    for kind, notice in Notice.kinds().items()
    if notice in (Say, DeliveryDoubt, DeliveryFailed, PhoneOffer, RelayedText)
    or notice.__module__ == to_citizens.__name__
}
"""What a citizen may be told of at all."""
SECRETS = ("Người ", "chuyện riêng")
"""Names of members, and what they write for one another: nowhere where a citizen looks."""


@dataclass(frozen=True)
class Snapshot:
    """The tables as they stand, and the queue of each team: numbers, and how many the last two are told to be ahead."""

    queues: list[tuple[TeamId, list[TicketId], list[int]]]
    tickets: list[TicketRow]
    events: list[EventRow]
    requests: list[RequestRow]
    people: list[PersonRow]
    members: list[MemberRow]
    teams: list[TeamRow]
    messages: list[TicketMessageRow]
    outbox: list[OutboxRow]
    notes: list[TicketNoteRow]


async def snapshot(database: Database) -> Snapshot:
    async with database.reading() as work:

        async def rows(table: Any) -> list[Any]:
            return list((await work._session.execute(select(table).order_by(table.id))).scalars())

        queues = []
        for team in await work.teams.all(closed=True):
            queue = await work.tickets.queue(team.id, 1000)
            queues.append((team.id, [t.id for t in queue], [await work.tickets.ahead_of(t) for t in queue[-2:]]))
        tables: tuple[Any, ...] = (
            TicketRow,
            EventRow,
            RequestRow,
            PersonRow,
            MemberRow,
            TeamRow,
            TicketMessageRow,
            OutboxRow,
            TicketNoteRow,
        )
        return Snapshot(queues, *[await rows(table) for table in tables])


def tells_a_secret(what: object) -> bool:
    return any(secret in repr(what) for secret in SECRETS)


class WhatHolds(RuleBasedStateMachine):
    """Looks at the tables after each step."""

    database: Database
    _run: Callable[[Coroutine[Any, Any, Any]], Any]
    _seen: Snapshot | None = None
    _opened = 0

    @property
    def now(self) -> Snapshot:
        """What stands in the database after the last press."""
        if self._seen is None:
            self._seen = self._run(snapshot(self.database))
        return self._seen

    @invariant()
    def a_ticket_is_where_its_events_say(self) -> None:
        events: dict[int | None, list[Happened]] = defaultdict(list)
        for event in self.now.events:
            if event.ticket_id:
                events[event.ticket_id].append(Happened(event.kind, event.member_id))
        for ticket in self.now.tickets:
            life = replay(events.pop(ticket.id))  # also: a holder while held, and only then
            assert (life.state, life.holder) == (ticket.state, ticket.holder_id)
        assert not events, "events of no ticket"

    @invariant()
    def nothing_is_lost(self) -> None:
        tickets = self.now.tickets
        handed_over = {request.id for request in self.now.requests if request.outcome == Outcome.HANDED_OVER}
        assert handed_over == {ticket.request_id for ticket in tickets}
        assert len(tickets) >= self._opened, "a ticket is gone"
        self._opened = len(tickets)
        assert all((ticket.closed_at is not None) == (ticket.state in ENDED) for ticket in tickets)

    @invariant()
    def nobody_who_is_gone_has_a_ticket(self) -> None:
        people = {person.id: person for person in self.now.people}
        for ticket in self.now.tickets:
            if ticket.state in LIVE:
                assert people[ticket.person_id].consented_at, "open for somebody who does not agree"
        holders = {ticket.id: ticket.holder_id for ticket in self.now.tickets}
        for member in self.now.members:
            if member.ended_at:
                assert member.id not in holders.values(), "held by a former member"
            elif member.current_ticket:
                assert holders[member.current_ticket] == member.id, "his words would go to somebody else's ticket"

    @invariant()
    def clocks_run_only_when_they_should(self) -> None:
        for ticket in self.now.tickets:
            assert (ticket.leased_until is not None) == (ticket.state == TicketState.CLAIMED), ticket
            assert (ticket.paused_at is not None) == (ticket.state == TicketState.WAITING_CITIZEN), ticket
            assert ticket.climb_at is None or ticket.state == TicketState.OPEN, ticket

    @invariant()
    def a_number_is_kept_while_it_is_needed(self) -> None:
        for ticket in self.now.tickets:
            assert ticket.phone is None or ticket.state in LIVE, ticket

    def no_closed_team_has_a_ticket(self) -> None:
        """After a sweep: what is opened anew in a closed team is handed over then."""
        closed = {team.id for team in self.now.teams if team.closed_at}
        assert not [t for t in self.now.tickets if t.state in LIVE and t.team_id in closed]

    @invariant()
    def the_queue_is_in_order(self) -> None:
        waiting = [ticket for ticket in self.now.tickets if ticket.state == TicketState.OPEN]
        for team, queue, places in self.now.queues:
            ours = sorted((not t.urgent, not t.front, t.id) for t in waiting if t.team_id == team)
            assert queue == [number for _, _, number in ours]
            assert places == list(range(len(queue)))[-2:]
        assert len(waiting) == sum(len(queue) for _, queue, _ in self.now.queues)

    @invariant()
    def notices_name_what_there_is(self) -> None:
        numbers = {ticket.id for ticket in self.now.tickets}
        for row in self.now.outbox:
            assert (row.figures or {}).get("ticket", 0) in {0, *numbers}, row

    @invariant()
    def citizens_see_nothing_of_the_house(self) -> None:
        members = {member.person_id for member in self.now.members}
        citizens = {person.chat for person in self.now.people if person.id not in members} - {""}
        for row in self.now.outbox:
            if row.chat in citizens:
                assert row.kind in TO_CITIZENS, row
                assert not tells_a_secret(row.figures), row
        assert not tells_a_secret([ticket.question for ticket in self.now.tickets])
        assert not tells_a_secret([request.text for request in self.now.requests])
        assert not tells_a_secret([message.text for message in self.now.messages])
