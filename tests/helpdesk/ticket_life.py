"""What a ticket's events say of it, without looking at the ticket."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from bot.model.states import ENDED, HELD, LIVE, EventKind, TicketState

OPEN, CLAIMED, WAITING = TicketState.OPEN, TicketState.CLAIMED, TicketState.WAITING_CITIZEN


@dataclass(frozen=True)
class Happened:
    """An event of a ticket: its kind, and who did it or got the ticket."""

    kind: str
    member: int | None


@dataclass(frozen=True)
class Life:
    """Where a ticket is, and who has it."""

    state: TicketState
    holder: int | None = None

    def __post_init__(self) -> None:
        assert (self.holder is not None) == (self.state in HELD), self


MOVES: dict[EventKind, tuple[tuple[TicketState, ...], TicketState]] = {
    EventKind.CLAIMED: ((OPEN,), CLAIMED),
    EventKind.RELEASED: (HELD, OPEN),
    EventKind.WAITING: ((CLAIMED,), WAITING),
    EventKind.CONTINUED: ((WAITING,), CLAIMED),
    EventKind.RESOLVED: (HELD, TicketState.RESOLVED),
    EventKind.REFERRED: (HELD, TicketState.REFERRED),
    EventKind.CANCELLED: (LIVE, TicketState.CANCELLED),
    EventKind.REOPENED: (ENDED, OPEN),
}
"""From where to where a ticket goes when something happens to it."""
REMARKS: dict[EventKind, tuple[TicketState, ...]] = {EventKind.FIRST_REPLY: HELD, EventKind.CONFIRMED: ENDED}
"""What happens to a ticket that stays where it is, and where it may be then."""


def replay(events: Iterable[Happened]) -> Life:
    """Where the events leave the ticket; what cannot follow on what went before is an error."""
    life: Life | None = None
    for event in events:
        kind = EventKind(event.kind)
        if kind == EventKind.OPENED:
            assert life is None, "opened twice"
            life = Life(OPEN)
            continue
        assert life is not None, f"{kind} before it was opened"
        allowed = MOVES[kind][0] if kind in MOVES else REMARKS[kind]
        assert life.state in allowed, f"{kind} while {life}"
        if life.holder is not None:
            assert event.member == life.holder, f"{kind} by {event.member} while {life}"
        if kind in MOVES:
            life = _moved(life, kind, event.member)
    assert life is not None, "never opened"
    return life


def _moved(life: Life, kind: EventKind, member: int | None) -> Life:
    state = MOVES[kind][1]
    if kind == EventKind.REOPENED and member is not None:
        state = CLAIMED
    return replace(life, state=state, holder=member if state in HELD else None)
