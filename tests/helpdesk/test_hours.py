"""Duty hours and nights, over lunch, midnight and the days around."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from bot.config import Hours
from bot.helpdesk.hours import is_duty, is_night, next_duty, next_waking

VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")
HOURS = Hours.model_validate(
    {
        "timezone": "Asia/Ho_Chi_Minh",
        "duty": ["7:30-11:30", "13:30-17:00", "19:00-21:00"],
        "night": "21:00-7:00",
    }
)


def at(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 11, day, hour, minute, tzinfo=VIETNAM).astimezone(UTC)


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
    assert (is_duty(HOURS, moment), is_night(HOURS, moment)) == (duty, night)


@pytest.mark.parametrize(
    ("moment", "opens"),
    [
        (at(22, 8), at(22, 8)),
        (at(22, 5), at(22, 7, 30)),
        (at(22, 12), at(22, 13, 30)),
        (at(22, 18), at(22, 19)),
        (at(22, 22), at(23, 7, 30)),
        (at(30, 23, 59), datetime(2026, 12, 1, 7, 30, tzinfo=VIETNAM)),
    ],
)
def test_next_duty(moment: datetime, opens: datetime) -> None:
    assert next_duty(HOURS, moment) == opens


@pytest.mark.parametrize(
    ("moment", "wakes"),
    [(at(22, 12), at(22, 12)), (at(22, 21), at(23, 7)), (at(23, 2), at(23, 7)), (at(22, 6, 59), at(22, 7))],
)
def test_nobody_is_woken_at_night(moment: datetime, wakes: datetime) -> None:
    assert next_waking(HOURS, moment) == wakes
