"""Figures, all computed from ``events``."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import datetime
from statistics import median

from sqlalchemy import func, select
from sqlmodel import col

from bot.model.briefs import Period
from bot.model.ids import MemberId
from bot.model.states import EventKind, Outcome, TicketState
from bot.storage.repository import Repository
from bot.storage.tables import EventRow

# The state a ticket is in after each kind of event.
AFTER = {
    EventKind.OPENED: TicketState.OPEN,
    EventKind.CLAIMED: TicketState.CLAIMED,
    EventKind.RELEASED: TicketState.OPEN,
    EventKind.WAITING: TicketState.WAITING_CITIZEN,
    EventKind.CONTINUED: TicketState.CLAIMED,
    EventKind.RESOLVED: TicketState.RESOLVED,
    EventKind.REFERRED: TicketState.REFERRED,
    EventKind.CANCELLED: TicketState.CANCELLED,
    EventKind.REOPENED: TicketState.OPEN,
    EventKind.LEASE_ENDED: TicketState.OPEN,
    EventKind.TRANSFERRED: TicketState.CLAIMED,
}
# Why a request was declined where nobody wanted to know anything.
_NO_QUESTION = ("smalltalk", "sticker", "empty")


class Figures(Repository):
    """What happened, counted."""

    async def period(self, since: datetime, until: datetime) -> Period:
        """The figures of a span of time; a request counts where it was asked, with its last outcome."""
        events = await self._rows(
            select(EventRow).where(col(EventRow.at) >= since, col(EventRow.at) < until).order_by(col(EventRow.id))
        )
        outcomes: dict[int, str] = {}
        guides: dict[int, str] = {}
        asked: set[int] = set()
        opened: dict[int, datetime] = {}
        replies: list[float] = []
        chatter: set[int] = set()
        confirmed = 0
        for event in events:
            kind = EventKind(event.kind)
            if kind == EventKind.ASKED and event.request_id:
                asked.add(event.request_id)
            if kind in (EventKind.ASKED, EventKind.OUTCOME) and event.request_id:
                outcomes[event.request_id] = str(event.codes.get("outcome", ""))
                if event.guide:
                    guides[event.request_id] = event.guide
            if kind == EventKind.OPENED and event.ticket_id:
                opened[event.ticket_id] = event.at
            if kind == EventKind.FIRST_REPLY and event.ticket_id in opened:
                replies.append((event.at - opened[event.ticket_id]).total_seconds())
            if event.codes.get("reason") in _NO_QUESTION and event.request_id:
                chatter.add(event.request_id)
            confirmed += kind == EventKind.CONFIRMED
        by_outcome = Counter(outcomes[request] for request in asked)
        top = Counter(guides[request] for request in asked if request in guides)
        return Period(
            requests=len(asked),
            by_outcome=dict(by_outcome),
            opened=len(opened),
            median_first_reply_seconds=median(replies) if replies else None,
            confirmed=confirmed,
            top_guides=tuple(top.most_common(5)),
            unanswered=sum(outcomes[r] in (Outcome.DECLINED, Outcome.ASKED_BACK) for r in asked - chatter),
            assisted=await self._assisted(since, until),
        )

    async def of_members(self, members: Iterable[MemberId], kind: EventKind, since: datetime) -> dict[MemberId, int]:
        """How often each of the members did something since a moment; who never did is left out."""
        query = select(col(EventRow.member_id), func.count()).where(
            col(EventRow.at) >= since, col(EventRow.kind) == kind, col(EventRow.member_id).in_(list(members))
        )
        found = await self._session.execute(query.group_by(col(EventRow.member_id)))
        return {MemberId(member): number for member, number in found if member}

    async def _assisted(self, since: datetime, until: datetime) -> int:
        """How many people were helped face to face; it may be written down days later, with its true time."""
        query = select(EventRow).where(col(EventRow.kind) == EventKind.ASSISTED, col(EventRow.at) >= since)
        moments = [datetime.fromisoformat(str(event.codes["on"])) for event in await self._rows(query)]
        return sum(since <= moment < until for moment in moments)

    async def tickets_by_state(self) -> dict[str, int]:
        """How many tickets are in each state, from their last event."""
        last = (
            select(func.max(EventRow.id))
            .where(col(EventRow.ticket_id).is_not(None), col(EventRow.kind).in_(list(AFTER)))
            .group_by(col(EventRow.ticket_id))
        )
        held = col(EventRow.member_id).is_not(None)
        query = (
            select(col(EventRow.kind), held, func.count())
            .where(col(EventRow.id).in_(last))
            .group_by(col(EventRow.kind), held)
        )
        states: Counter[str] = Counter()
        for kind, by_member, number in await self._session.execute(query):
            reopened_to_holder = kind == EventKind.REOPENED and by_member
            states[TicketState.CLAIMED if reopened_to_holder else AFTER[EventKind(kind)]] += number
        return {str(state): number for state, number in states.items()}
