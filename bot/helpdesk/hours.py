"""The working calendar: when people of a team are at work, and how working time is counted."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

import holidays

from bot.config import WEEKDAYS, Hours, Span

# Tết takes ten days at most; whoever finds no working day in a year has none.
_FARTHEST = timedelta(days=366)


@dataclass(frozen=True)
class Calendar:
    """Duty hours, days off and holidays; pure, and the same for whoever holds the same parts.

    Attributes:
        zone: where the hours are told.
        duty: spans of a working day, in order, apart from each other.
        night: when nobody is to be woken; may span midnight.
        days_off: days of the week without duty, Monday is 0.
        extra_holidays: further dates without duty.
        extra_workdays: dates with duty whatever else falls on them.
    """

    zone: ZoneInfo
    duty: tuple[Span, ...]
    night: Span
    days_off: frozenset[int] = frozenset()
    extra_holidays: frozenset[date] = frozenset()
    extra_workdays: frozenset[date] = frozenset()

    @classmethod
    def of(cls, hours: Hours, *own: tuple[Span, ...] | None) -> Calendar:
        """The calendar that was set, with the first of ``own`` duty hours that are given instead of the common ones."""
        duty = next((spans for spans in own if spans), hours.duty)
        return cls(
            hours.zone,
            _apart(duty),
            hours.night,
            frozenset(WEEKDAYS[name] for name in hours.days_off),
            frozenset(hours.holidays),
            frozenset(hours.workdays),
        )

    def is_workday(self, day: date) -> bool:
        """Whether there is duty on that day at all."""
        off, made_up = _public(day.year)
        if day in self.extra_workdays:
            return True
        if day in self.extra_holidays or day in off:
            return False
        return day in made_up or day.weekday() not in self.days_off

    def is_hour(self, moment: datetime) -> bool:
        """Whether the time of day falls into duty hours, whatever the day."""
        local = moment.astimezone(self.zone).time()
        return any(span.start <= local < span.end for span in self.duty)

    def is_duty(self, moment: datetime) -> bool:
        """Whether the moment falls into duty hours of a working day."""
        return self.is_workday(moment.astimezone(self.zone).date()) and self.is_hour(moment)

    def next_duty(self, moment: datetime) -> datetime:
        """When duty begins next; the moment itself while on duty."""
        start, _ = next(self._spans(moment))
        return max(start, moment)

    def add(self, moment: datetime, work: timedelta) -> datetime:
        """The moment by which so much working time has passed."""
        left = work
        for start, end in self._spans(moment):
            begin = max(start, moment)
            if left <= end - begin:
                return begin + left
            left -= end - begin
        raise AssertionError("the spans of a calendar have no end")

    def between(self, start: datetime, end: datetime) -> timedelta:
        """How much working time lies between two moments; none where the second is not later."""
        worked = timedelta()
        if end <= start:
            return worked
        for first, last in self._spans(start):
            if first >= end:
                break
            worked += min(last, end) - max(first, start)
        return worked

    def is_night(self, moment: datetime) -> bool:
        """Whether nobody is to be woken now."""
        local = moment.astimezone(self.zone).time()
        start, end = self.night.start, self.night.end
        return local >= start or local < end if start > end else start <= local < end

    def next_waking(self, moment: datetime) -> datetime:
        """The moment, or the end of the night it falls into."""
        if not self.is_night(moment):
            return moment
        local = moment.astimezone(self.zone)
        end = datetime.combine(local.date(), self.night.end, self.zone)
        return (end if end > local else end + timedelta(days=1)).astimezone(UTC)

    def midnight(self, day: date) -> datetime:
        """When a day begins."""
        return datetime.combine(day, time(), self.zone).astimezone(UTC)

    def _spans(self, moment: datetime) -> Iterator[tuple[datetime, datetime]]:
        """Spans of duty that end after the moment, without end.

        Raises:
            ValueError: there is no working day in a whole year.
        """
        day = moment.astimezone(self.zone).date()
        last = day
        while True:
            if self.is_workday(day):
                for span in self.duty:
                    start, end = (datetime.combine(day, at, self.zone).astimezone(UTC) for at in (span.start, span.end))
                    if end > moment:
                        last = day
                        yield start, end
            elif day - last > _FARTHEST:
                raise ValueError("a calendar without working days")
            day += timedelta(days=1)


def _apart(spans: tuple[Span, ...]) -> tuple[Span, ...]:
    """Spans in order, those that touch made one."""
    merged: list[Span] = []
    for span in sorted(spans, key=lambda s: s.start):
        if merged and span.start <= merged[-1].end:
            merged[-1] = Span(start=merged[-1].start, end=max(merged[-1].end, span.end))
        else:
            merged.append(span)
    return tuple(merged)


@lru_cache(maxsize=32)
def _public(year: int) -> tuple[frozenset[date], frozenset[date]]:
    """Public holidays of Vietnam in a year, Tết and days in lieu among them, and days off that are worked instead."""
    known = holidays.country_holidays("VN", years=year)
    return frozenset(known), frozenset(day for day in known.weekend_workdays if day.year == year)
