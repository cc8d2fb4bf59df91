"""What a ticket's events say of it, without looking at the ticket."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from bot.model.states import ENDED, HELD, LIVE, TicketState

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


MOVES: dict[str, tuple[tuple[TicketState, ...], TicketState]] = {
    "claimed": ((OPEN,), CLAIMED),
    "released": (HELD, OPEN),
    "waiting": ((CLAIMED,), WAITING),
    "continued": ((WAITING,), CLAIMED),
    "resolved": (HELD, TicketState.RESOLVED),
    "referred": (HELD, TicketState.REFERRED),
    "cancelled": (LIVE, TicketState.CANCELLED),
    "reopened": (ENDED, OPEN),
    "transferred": (LIVE, CLAIMED),
    "lease_ended": ((CLAIMED,), OPEN),
}
"""From where to where a ticket goes when something happens to it."""
REMARKS: dict[str, tuple[TicketState, ...]] = {
    "first_reply": HELD,
    "confirmed": ENDED,
    "routed": (OPEN,),
    "moved": LIVE,
    "climbed": (OPEN,),
    "late": LIVE,
    "lease_reminded": HELD,
    "return_reason": tuple(TicketState),
    "noted": LIVE,
    "phone_shared": LIVE,
}
"""What happens to a ticket that stays where it is, and where it may be then."""
BY_ANYBODY = {"transferred", "late", "moved", "noted"}
"""What others than the holder do while somebody holds it."""


def replay(events: Iterable[Happened]) -> Life:
    """Where the events leave the ticket; what cannot follow on what went before is an error."""
    life: Life | None = None
    for event in events:
        if event.kind == "opened":
            assert life is None, "opened twice"
            life = Life(OPEN)
            continue
        assert life is not None, f"{event.kind} before it was opened"
        allowed = MOVES[event.kind][0] if event.kind in MOVES else REMARKS[event.kind]
        assert life.state in allowed, f"{event.kind} while {life}"
        if life.holder is not None and event.kind not in BY_ANYBODY:
            assert event.member == life.holder, f"{event.kind} by {event.member} while {life}"
        if event.kind in MOVES:
            life = _moved(life, event)
    assert life is not None, "never opened"
    return life


def _moved(life: Life, event: Happened) -> Life:
    state = MOVES[event.kind][1]
    if event.kind == "reopened" and event.member is not None:
        state = CLAIMED
    return replace(life, state=state, holder=event.member if state in HELD else None)
