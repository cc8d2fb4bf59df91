"""A clock that stands still until a test moves it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

START = datetime(2026, 11, 22, 2, 0, tzinfo=UTC)
"""A Sunday, nine in the morning in Vietnam: somebody is on duty."""


class FrozenClock:
    """Gives the same moment until told otherwise."""

    def __init__(self, now: datetime = START) -> None:
        self._now = now

    def now(self) -> datetime:
        return self._now

    def set(self, moment: datetime) -> None:
        if moment.tzinfo is None:
            raise ValueError("a naive time")
        self._now = moment.astimezone(UTC)

    def tick(self, seconds: float = 0, **more: float) -> datetime:
        """Move on by seconds and whatever else `timedelta` takes; returns the new time."""
        self._now += timedelta(seconds=seconds, **more)
        return self._now
