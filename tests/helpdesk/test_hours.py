"""The working calendar over lunch, midnight, weekends, ends of months and years, Tết, and days worked instead."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.config import Hours, Span
from bot.helpdesk.hours import Calendar

VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")
WEEKEND = ["thứ bảy", "chủ nhật"]


def hours(**changed: object) -> Hours:
    return Hours.model_validate(
        {
            "timezone": "Asia/Ho_Chi_Minh",
            "duty": ["7:30-11:30", "13:30-17:00", "19:00-21:00"],
            "days_off": [],
            "holidays": [],
            "workdays": [],
            "night": "21:00-7:00",
            **changed,
        }
    )


EVERY_DAY = Calendar.of(hours())
WEEK = Calendar.of(hours(days_off=WEEKEND))
OWN = Calendar.of(
    hours(days_off=WEEKEND, holidays=[date(2027, 2, 11), date(2027, 2, 12)], workdays=[date(2027, 2, 20)])
)


def on(year: int, month: int, day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(year, month, day, hour, minute, tzinfo=VIETNAM).astimezone(UTC)


def at(day: int, hour: int, minute: int = 0) -> datetime:
    """In November 2026; the 22nd is a Sunday."""
    return on(2026, 11, day, hour, minute)


@pytest.mark.parametrize(
    ("moment", "duty", "night"),
    [
        (at(22, 7, 29), False, False),
        (at(22, 7, 30), True, False),
        (at(22, 11, 29), True, False),
        (at(22, 11, 30), False, False),
        (at(22, 12), False, False),
        (at(22, 16, 59), True, False),
        (at(22, 17), False, False),
        (at(22, 20, 59), True, False),
        (at(22, 21), False, True),
        (at(22, 23, 59), False, True),
        (at(23, 0), False, True),
        (at(23, 6, 59), False, True),
        (at(23, 7), False, False),
    ],
)
def test_duty_and_night(moment: datetime, duty: bool, night: bool) -> None:
    assert (EVERY_DAY.is_duty(moment), EVERY_DAY.is_night(moment)) == (duty, night)


@pytest.mark.parametrize(
    ("calendar", "day", "works"),
    [
        (EVERY_DAY, date(2026, 11, 22), True),
        (WEEK, date(2026, 11, 21), False),
        (WEEK, date(2026, 11, 22), False),
        (WEEK, date(2026, 11, 23), True),
        (WEEK, date(2026, 9, 2), False),
        (WEEK, date(2026, 8, 31), False),  # off instead of a Saturday
        (WEEK, date(2026, 8, 22), True),  # that Saturday
        (EVERY_DAY, date(2027, 1, 1), False),
        (EVERY_DAY, date(2027, 2, 3), True),
        *[(EVERY_DAY, date(2027, 2, day), False) for day in range(4, 11)],  # Tết 2027: the 6th is its first day
        (EVERY_DAY, date(2027, 2, 11), True),
        (OWN, date(2027, 2, 11), False),
        (OWN, date(2027, 2, 12), False),
        (OWN, date(2027, 2, 20), True),
        (OWN, date(2027, 2, 21), False),
        (EVERY_DAY, date(2028, 1, 26), False),  # Tết 2028
        (EVERY_DAY, date(2027, 5, 3), False),  # in lieu of the 1st, a Saturday
    ],
)
def test_working_days(calendar: Calendar, day: date, works: bool) -> None:
    assert calendar.is_workday(day) == works


@pytest.mark.parametrize(
    ("calendar", "moment", "opens"),
    [
        (EVERY_DAY, at(22, 8), at(22, 8)),
        (EVERY_DAY, at(22, 5), at(22, 7, 30)),
        (EVERY_DAY, at(22, 11, 30), at(22, 13, 30)),
        (EVERY_DAY, at(22, 18), at(22, 19)),
        (EVERY_DAY, at(22, 22), at(23, 7, 30)),
        (EVERY_DAY, at(30, 23, 59), on(2026, 12, 1, 7, 30)),
        (EVERY_DAY, on(2026, 12, 31, 21), on(2027, 1, 2, 7, 30)),
        (WEEK, at(20, 21), at(23, 7, 30)),
        (WEEK, on(2026, 12, 31, 21), on(2027, 1, 4, 7, 30)),  # New Year's Day is a Friday
        (WEEK, on(2027, 2, 3, 21), on(2027, 2, 11, 7, 30)),
        (OWN, on(2027, 2, 3, 21), on(2027, 2, 15, 7, 30)),
    ],
)
def test_next_duty(calendar: Calendar, moment: datetime, opens: datetime) -> None:
    assert calendar.next_duty(moment) == opens


@pytest.mark.parametrize(
    ("calendar", "moment", "worked", "end"),
    [
        (EVERY_DAY, at(23, 8), 1, at(23, 9)),
        (EVERY_DAY, at(23, 11), 1, at(23, 14)),  # over lunch
        (EVERY_DAY, at(23, 7, 30), 4, at(23, 11, 30)),  # to the very end
        (EVERY_DAY, at(23, 20), 2, at(25, 8, 30)),  # over midnight and the Day of Culture, the 24th
        (WEEK, at(20, 20), 2, at(23, 8, 30)),  # over a weekend
        (WEEK, at(21, 10), 1, at(23, 8, 30)),
        (EVERY_DAY, at(30, 20, 30), 1, on(2026, 12, 1, 8)),  # end of a month
        (WEEK, on(2026, 12, 31, 20, 30), 1, on(2027, 1, 4, 8)),  # end of a year
        (EVERY_DAY, on(2028, 2, 28, 20), 2, on(2028, 2, 29, 8, 30)),  # a leap day
        (WEEK, on(2027, 2, 3, 20), 9.5, on(2027, 2, 11, 20)),  # over Tết
        (OWN, on(2027, 2, 3, 20), 9.5, on(2027, 2, 15, 20)),  # with two more days off and a weekend
        (OWN, on(2027, 2, 19, 20), 2, on(2027, 2, 20, 8, 30)),  # a Saturday worked instead
        (EVERY_DAY, at(23, 12), 0, at(23, 13, 30)),
    ],
)
def test_working_time(calendar: Calendar, moment: datetime, worked: float, end: datetime) -> None:
    work = timedelta(hours=worked)
    assert calendar.add(moment, work) == end
    assert calendar.between(moment, end) == work


def test_no_time_passes_backwards_or_off_duty() -> None:
    assert EVERY_DAY.between(at(23, 10), at(23, 8)) == timedelta()
    assert EVERY_DAY.between(at(22, 21), at(23, 7, 30)) == timedelta()
    assert WEEK.between(at(20, 21), at(23, 7, 30)) == timedelta()


@given(
    st.floats(on(2024, 1, 1, 0).timestamp(), on(2029, 12, 31, 0).timestamp()),
    st.integers(1, 200 * 60),
    st.sampled_from([EVERY_DAY, WEEK, OWN]),
)
def test_what_is_added_is_what_is_measured(seconds: float, minutes: int, calendar: Calendar) -> None:
    moment, work = datetime.fromtimestamp(seconds, UTC), timedelta(minutes=minutes)
    end = calendar.add(moment, work)
    assert calendar.between(moment, end) == work
    assert calendar.is_duty(end - timedelta(microseconds=1))
    assert calendar.is_duty(calendar.next_duty(moment))
    half = calendar.add(moment, work / 2)
    assert calendar.add(half, work - work / 2) == end


@pytest.mark.parametrize(
    ("moment", "wakes"),
    [(at(22, 12), at(22, 12)), (at(22, 21), at(23, 7)), (at(23, 2), at(23, 7)), (at(22, 6, 59), at(22, 7))],
)
def test_nobody_is_woken_at_night(moment: datetime, wakes: datetime) -> None:
    assert EVERY_DAY.next_waking(moment) == wakes


def test_hours_of_one_s_own_go_before_those_of_the_team_and_of_all() -> None:
    own, team = (Span.read("19:00-21:00"),), (Span.read("8:00-10:00"),)
    assert Calendar.of(hours(), own, team).duty == own
    assert Calendar.of(hours(), None, team).duty == team
    assert Calendar.of(hours(), None, ()) == EVERY_DAY
    touching = tuple(map(Span.read, ("10:00-12:00", "8:00-9:00", "8:30-10:00")))
    assert Calendar.of(hours(), touching).duty == (Span.read("8:00-12:00"),)


def test_a_calendar_without_any_working_day_says_so() -> None:
    never = Calendar(VIETNAM, EVERY_DAY.duty, EVERY_DAY.night, days_off=frozenset(range(7)))
    with pytest.raises(ValueError, match="without working days"):
        never.next_duty(at(22, 8))
