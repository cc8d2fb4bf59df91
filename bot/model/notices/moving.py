"""To members, about tickets on their way from one to another, and about their own duty."""

from __future__ import annotations

from dataclasses import dataclass

from bot.model.notices.notice import Notice

RETURN_REASONS = ("busy", "not_my_field", "in_person", "other")
"""Why a holder gives a ticket back."""


@dataclass(frozen=True)
class ReturnReasons(Notice):
    """Given back: why?"""

    ticket: int


@dataclass(frozen=True)
class TransferPick(Notice):
    """To whom? People and teams by name; ``member`` is who asks."""

    ticket: int
    member: int
    page: int = 0


@dataclass(frozen=True)
class LeaseReminder(Notice):
    """The holder has been silent for long: does he still help?"""

    ticket: int


@dataclass(frozen=True)
class LateTicket(Notice):
    """To a leader: a ticket that somebody holds is past its deadline."""

    ticket: int


@dataclass(frozen=True)
class TeamTickets(Notice):
    """To a leader: what waits for his team, and what its members hold."""

    team: int


@dataclass(frozen=True)
class RungExplained:
    """One rung of the ladder: codes of rung and reason, the team's name if there is one."""

    rung: str
    team: str
    reason: str
    taken: bool = False


@dataclass(frozen=True)
class RouteExplained(Notice):
    """Where a question would go and why.

    Attributes:
        place: code of the place; empty: none was understood.
        guide: what the question is about; empty: no guide.
        rungs: from near to far.
        silent: nobody is on duty, so nobody is woken.
    """

    place: str
    guide: str
    rungs: tuple[RungExplained, ...]
    silent: bool
