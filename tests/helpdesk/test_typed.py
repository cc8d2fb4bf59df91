"""What leaders type about hours, days and places."""

from __future__ import annotations

from datetime import date

import pytest

from bot.guides.territories import Territories
from bot.helpdesk.typed import read_day, read_period, read_place, read_spans
from tests.e2e.house import ROOT


@pytest.fixture(scope="module")
def territories() -> Territories:
    return Territories.load(ROOT / "knowledge" / "_territories.yaml")


@pytest.mark.parametrize(
    ("words", "hours"),
    [
        ("7:30-11:30, 13:30-17:00", "7:30-11:30 13:30-17:00"),
        ("8-11, 19-21", "8:00-11:00 19:00-21:00"),
        ("19h30 - 21h; 8h đến 11h", "8:00-11:00 19:30-21:00"),
        ("7 giờ 30 tới 11 giờ", "7:30-11:00"),
        ("8-11 và 13-17", "8:00-11:00 13:00-17:00"),
        ("7.30-11.30", "7:30-11:30"),
        ("8h-11h 19h-21h", "8:00-11:00 19:00-21:00"),
        ("từ 8h đến 11h, 1-5 chiều", "8:00-11:00 13:00-17:00"),
        ("19-24", "19:00-23:59"),
    ],
)
def test_hours(words: str, hours: str) -> None:
    assert " ".join(map(str, read_spans(words) or ())) == hours


@pytest.mark.parametrize(
    "words", ["", "sáng", "8", "11-8", "8-25", "8-24:30", "108-11", "8:75-9", "8-11, 10-12", "8-11 sáng mai", "8-8"]
)
def test_hours_that_are_none(words: str) -> None:
    assert read_spans(words) is None


def test_days() -> None:
    assert read_day("1/9/2026") == read_day("01-09-2026") == read_day("2026-09-01") == date(2026, 9, 1)
    assert read_day(" 2026-09-01 00:00:00 ") == date(2026, 9, 1)
    for words in ("31/2/2026", "1/9/26", "9/2026", "mai", "", "1/9/1026", "1/13/2026"):
        assert read_day(words) is None, words


@pytest.mark.parametrize(
    ("words", "period"),
    [
        ("1/9/2026 - 31/12/2026", (date(2026, 9, 1), date(2026, 12, 31))),
        ("từ ngày 1/9/2026 đến hết ngày 31/12/2026", (date(2026, 9, 1), date(2026, 12, 31))),
        ("tu 1/9/2026", (date(2026, 9, 1), None)),
        ("den 31/12/2026", (None, date(2026, 12, 31))),
        ("1/9/2026", None),
        ("31/2/2026 - 1/3/2026", None),
        ("hết năm", None),
    ],
)
def test_periods(words: str, period: object) -> None:
    assert read_period(words) == period


@pytest.mark.parametrize(
    ("words", "hamlet", "label"),
    [
        ("xã An Thới Đông", "", "xã An Thới Đông, TP Hồ Chí Minh"),
        ("an thoi dong, ho chi minh", "", "xã An Thới Đông, TP Hồ Chí Minh"),
        ("ấp 3, xã An Thới Đông", "ấp 3", "xã An Thới Đông, TP Hồ Chí Minh"),
        ("ap An Hoa xa an thoi dong", "ap An Hoa", "xã An Thới Đông, TP Hồ Chí Minh"),
        ("Tổ dân phố 4, xã An Thới Đông, TP HCM", "Tổ dân phố 4", "xã An Thới Đông, TP Hồ Chí Minh"),
        ("tỉnh Cao Bằng", "", "tỉnh Cao Bằng"),
    ],
)
def test_places(territories: Territories, words: str, hamlet: str, label: str) -> None:
    read = read_place(words, territories)
    assert (read.hamlet, [place.label for place in read.match.places]) == (hamlet, [label])


def test_everywhere_and_nowhere(territories: Territories) -> None:
    assert read_place("Tất cả", territories).everywhere
    assert read_place("asdfgh qwerty", territories).match.outcome == "none"
