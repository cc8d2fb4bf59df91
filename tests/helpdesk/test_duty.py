"""Who can be told now; what the words behind /truc mean."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot import config
from bot.config import Span
from bot.helpdesk.duty import Load, Standing, in_order, standing
from bot.helpdesk.duty_words import Wish, read_wish
from bot.model.ids import MemberId, PersonId, TeamId
from bot.model.people import Member, Team
from bot.model.states import Role
from tests.e2e.house import ROOT

VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")
CONFIG = config.load(ROOT / "config.yaml").config
SUNDAY = date(2026, 11, 22)
LAN = Member(MemberId(1), PersonId(1), TeamId(1), Role.VOLUNTEER, "all", "Lan", True, None)
TEAM = Team(TeamId(1), "Tổ", None, None)


def spans(*texts: str) -> tuple[Span, ...]:
    return tuple(map(Span.read, texts))


EVENING = spans("19:00-21:00")


def at(hour: int, minute: int = 0, day: int = 22) -> datetime:
    return datetime(2026, 11, day, hour, minute, tzinfo=VIETNAM).astimezone(UTC)


@pytest.mark.parametrize(
    ("lan", "team", "now", "held", "is_"),
    [
        ({}, {}, at(9), 0, Standing.READY),
        ({}, {}, at(2), 0, Standing.READY),  # whoever says so is on duty at any hour, on any day
        ({"on_duty": False}, {}, at(9), 0, Standing.OFF),
        ({"on_until": at(0, day=23)}, {}, at(23, 59), 0, Standing.READY),
        ({"on_until": at(0, day=23)}, {}, at(0, day=23), 0, Standing.OFF),
        ({"away_until": at(10)}, {}, at(9, 59), 0, Standing.AWAY),
        ({"away_until": at(10)}, {}, at(10), 0, Standing.READY),
        ({"duty": EVENING}, {}, at(18, 59), 0, Standing.OFF_HOURS),
        ({"duty": EVENING}, {}, at(19), 0, Standing.READY),
        ({}, {"duty": EVENING}, at(9), 0, Standing.OFF_HOURS),
        ({"duty": spans("8:00-10:00")}, {"duty": EVENING}, at(9), 0, Standing.READY),
        ({"starts_on": date(2026, 11, 23)}, {}, at(9), 0, Standing.NOT_A_MEMBER),
        ({"ends_on": SUNDAY}, {}, at(23, 59), 0, Standing.READY),
        ({"ends_on": SUNDAY}, {}, at(0, day=23), 0, Standing.NOT_A_MEMBER),
        ({}, {}, at(9), CONFIG.service.most_open - 1, Standing.READY),
        ({}, {}, at(9), CONFIG.service.most_open, Standing.FULL),
        ({"most_open": 2}, {}, at(9), 2, Standing.FULL),
    ],
)
def test_who_can_be_told(lan: dict[str, object], team: dict[str, object], now: datetime, held: int, is_: str) -> None:
    assert standing(replace(LAN, **lan), replace(TEAM, **team), CONFIG, now, held) == is_  # type: ignore[arg-type]


def test_who_carries_least_is_told_first() -> None:
    members = [replace(LAN, id=MemberId(n)) for n in range(1, 5)]
    loads = {members[0].id: Load(1, 0), members[1].id: Load(0, 9), members[2].id: Load(0, 2), members[3].id: Load(0, 2)}
    assert [m.id for m in in_order(members, loads)] == [3, 4, 2, 1]


@pytest.mark.parametrize(
    ("words", "wish"),
    [
        ("8-11, 19-21", Wish(True, spans("8:00-11:00", "19:00-21:00"))),
        ("19-21 8-11", Wish(True, spans("8:00-11:00", "19:00-21:00"))),
        ("8h30-11h", Wish(True, spans("8:30-11:00"))),
        ("8:30 – 11:15", Wish(True, spans("8:30-11:15"))),
        ("từ 8 giờ đến 11 giờ", Wish(True, spans("8:00-11:00"))),
        ("8g-11g và 19g-21g", Wish(True, spans("8:00-11:00", "19:00-21:00"))),
        ("trực 7 tới 9 tối", Wish(True, spans("19:00-21:00"))),
        ("7-9 toi", Wish(True, spans("19:00-21:00"))),
        ("1-5 chiều", Wish(True, spans("13:00-17:00"))),
        ("19-24", Wish(True, spans("19:00-23:59"))),
        ("8-11 hôm nay", Wish(True, spans("8:00-11:00"), last_day=SUNDAY)),
        ("hom nay", Wish(True, None, last_day=SUNDAY)),
        ("trực hôm nay", Wish(True, None, last_day=SUNDAY)),
        ("hôm nay 19-21", Wish(True, spans("19:00-21:00"), last_day=SUNDAY)),
        ("tối", Wish(True, spans("19:00-21:00"))),
        ("buổi sáng", None),
        ("bật", Wish(True)),
        ("ON", Wish(True)),
        ("cả ngày", Wish(True, ())),
        ("nghỉ", Wish(False)),
        ("nghi", Wish(False)),
        ("tắt", Wish(False)),
        ("nghỉ hôm nay", Wish(True, back_on=date(2026, 11, 23))),
        ("nghỉ tới mai", Wish(True, back_on=date(2026, 11, 23))),
        ("nghỉ tới thứ 2", Wish(True, back_on=date(2026, 11, 23))),
        ("nghi toi thu 2", Wish(True, back_on=date(2026, 11, 23))),
        ("nghỉ đến thứ hai", Wish(True, back_on=date(2026, 11, 23))),
        ("nghỉ đến thứ tư", Wish(True, back_on=date(2026, 11, 25))),
        ("nghỉ tới t6", Wish(True, back_on=date(2026, 11, 27))),
        ("nghỉ tới chủ nhật", Wish(True, back_on=date(2026, 11, 29))),
        ("nghỉ tới cn", Wish(True, back_on=date(2026, 11, 29))),
        ("nghỉ tới 5/12", Wish(True, back_on=date(2026, 12, 5))),
        ("nghỉ đến ngày 5/1", Wish(True, back_on=date(2027, 1, 5))),
        ("nghỉ 3 ngày", Wish(True, back_on=date(2026, 11, 25))),
        ("nghỉ 1 tuần", Wish(True, back_on=date(2026, 11, 29))),
        ("nghỉ tới 31/2", None),
        ("nghỉ tới 5/12/2020", None),
        ("nghỉ mát ở Vũng Tàu", None),
        ("8h-11h 19h-21h", Wish(True, spans("8:00-11:00", "19:00-21:00"))),
        ("25-30", None),
        ("8:75-9", None),
        ("8-11, 10-12", None),
        ("11-8", None),
        ("8", None),
        ("8-11 gì đó", None),
        ("xyz", None),
    ],
)
def test_words_behind_truc(words: str, wish: Wish | None) -> None:
    assert read_wish(words, SUNDAY) == wish


@given(st.text(max_size=60))
def test_nonsense_is_never_an_error(words: str) -> None:
    wish = read_wish(words, SUNDAY)
    assert wish is None or wish.back_on is None or wish.back_on > SUNDAY


@given(st.integers(0, 6), st.integers(0, 6))
def test_a_day_of_the_week_is_the_next_one(start: int, weekday: int) -> None:
    today = SUNDAY + timedelta(days=start)
    name = "chủ nhật" if weekday == 6 else f"thứ {weekday + 2}"
    wish = read_wish(f"nghỉ tới {name}", today)
    assert wish is not None
    assert wish.back_on is not None
    assert wish.back_on.weekday() == weekday
    assert 1 <= (wish.back_on - today).days <= 7
