"""A list of teams and members as Excel and people write it."""

from __future__ import annotations

from datetime import date

import pytest

from bot.guides.catalogue import Catalogue
from bot.guides.load import load
from bot.helpdesk.team_csv import MOST_LINES, decoded, read, written
from bot.model.states import Role
from bot.texts import Texts
from tests.e2e.house import ROOT

TODAY = date(2026, 11, 22)


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return load(ROOT / "knowledge")


def lines(*rows: str) -> str:
    return "\n".join(rows) + "\n"


def test_excels_ways(catalogue: Catalogue) -> None:
    text = 'Đội,Tỉnh,Họ và tên,Từ ngày\nTổ A,tất cả,"Nguyễn  Văn\u00a0Ba",1/9/2026\n'
    ways = [
        text,
        text.replace(",", ";"),
        text.replace(",", "\t"),
        "sep=;\r\n" + text.replace(",", ";").replace("\n", "\r\n"),
        "\n\n" + text + ",,,\n\n",
        text.replace("Đội", "  TÊN ĐỘI "),
    ]
    for way in ways:
        teams, wrong = read(way, catalogue, TODAY)
        assert wrong == [], way
        assert [(t.name, t.values, [(p.name, p.values) for p in t.people]) for t in teams] == [
            ("Tổ A", {"territory": None, "hamlet": None}, [("Nguyễn Văn Ba", {"starts_on": date(2026, 9, 1)})])
        ], way


def test_encodings() -> None:
    for encoding in ("utf-8", "utf-8-sig", "utf-16"):
        assert decoded("Đội\nTổ".encode(encoding)) == "Đội\nTổ"
    assert decoded("Đội".encode("cp1258", errors="replace")) is None
    assert decoded(b"a\x00b") is None


def test_lines_are_those_of_the_file(catalogue: Catalogue) -> None:
    text = 'sep=,\nĐội,Tỉnh,Địa chỉ\n"Tổ A",tất cả,"một\nhai"\n\n,x,\n'
    _, wrong = read(text, catalogue, TODAY)
    assert [(w.line, w.key) for w in wrong] == [(6, "no_team")]


HEAD = "Đội;Thôn/ấp;Xã;Tỉnh;Lĩnh vực;Giờ trực của đội;Địa chỉ;Họ tên;Vai;Từ ngày;Đến ngày;Giờ trực;Nhiều nhất"
AT = "Tổ A;;;tất cả"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("", [(1, "no_team_column")]),
        (lines("Họ tên", "Ba"), [(1, "no_team_column")]),
        (lines("Đội;Màu áo", "Tổ A;đỏ"), [(1, "unknown_column")]),
        (lines("Đội;Tổ", "Tổ A;b"), [(1, "column_twice")]),
        (lines("Đội;Tỉnh"), [(1, "empty")]),
        (lines("Đội;Tỉnh", "Tổ A;tất cả;thừa"), [(2, "too_many_cells")]),
        (lines("Đội;Địa chỉ", 'Tổ A;"mở'), [(2, "quotes")]),
        (lines(HEAD, ";;;;;;;Ba"), [(2, "no_team")]),
        (lines(HEAD, "To"), [(2, "bad_team_name")]),
        (lines(HEAD, "Tổ A;ấp 3"), [(2, "hamlet_without_commune")]),
        (lines(HEAD, "Tổ A;ấp 3;;Cao Bằng"), [(2, "hamlet_without_commune")]),
        (lines(HEAD, "Tổ A;;Xã Không Có;Cao Bằng"), [(2, "unknown_place")]),
        (lines(HEAD, "Tổ A;;xã Tân Thành"), [(2, "which_place")]),
        (lines(HEAD, AT + ";bánh"), [(2, "unknown_sector")]),
        (lines(HEAD, AT + ";;buổi sáng"), [(2, "bad_hours")]),
        (lines(HEAD, AT + ";;;" + "x" * 201), [(2, "too_long")]),
        (lines(HEAD, AT + ";;;A", AT + ";;;B"), [(3, "differs_office_address")]),
        (lines(HEAD, AT, "Tổ A;;;Cao Bằng"), [(3, "differs_place")]),
        (lines(HEAD, AT + ";;;;;tổ trưởng"), [(2, "no_name")]),
        (lines(HEAD, AT + ";;;;12"), [(2, "bad_name")]),
        (lines(HEAD, AT + ";;;;Ba", AT + ";;;;BA"), [(3, "person_twice")]),
        (lines(HEAD, AT + ";;;;Ba;sếp"), [(2, "unknown_role")]),
        (lines(HEAD, AT + ";;;;Ba;;30/2/2026"), [(2, "bad_date")]),
        (lines(HEAD, AT + ";;;;Ba;;2/9/2027;1/9/2027"), [(2, "dates_turned_round")]),
        (lines(HEAD, AT + ";;;;Ba;;;1/9/2025"), [(2, "date_past")]),
        (lines(HEAD, AT + ";;;;Ba;;;;tối"), [(2, "bad_hours")]),
        (lines(HEAD, AT + ";;;;Ba;;;;;0"), [(2, "bad_most")]),
        (lines(HEAD, *[AT] * (MOST_LINES + 1)), [(MOST_LINES + 2, "too_many_lines")]),
    ],
)
def test_mistakes(catalogue: Catalogue, text: str, found: list[tuple[int, str]]) -> None:
    _, wrong = read(text, catalogue, TODAY)
    assert [(w.line, w.key) for w in wrong] == found
    texts = Texts.load()
    for mistake in wrong:
        assert texts.plain(f"team_list.error.{mistake.key}", **mistake.figures)


def test_empty_keeps_and_a_dash_clears(catalogue: Catalogue) -> None:
    teams, wrong = read(lines(HEAD, AT + ";-;-;-;Ba;;-;-;-;-"), catalogue, TODAY)
    assert wrong == []
    cleared = {"territory": None, "hamlet": None, "sectors": [], "duty": None, "office_address": None}
    assert teams[0].values == cleared
    assert teams[0].people[0].values == {"starts_on": None, "ends_on": None, "duty": None, "most_open": None}
    assert teams[0].people[0].role is None
    teams, _ = read(lines(HEAD, AT + ";;;;Ba;Tổ trưởng"), catalogue, TODAY)
    assert (teams[0].people[0].values, teams[0].people[0].role) == ({}, Role.LEADER)


def test_what_looks_like_a_formula_goes_out_as_text_and_comes_back_as_it_was(catalogue: Catalogue) -> None:
    text = written(["Đội", "Tỉnh", "Địa chỉ", "Họ tên"], [["=1+1 và 2", "tất cả", "+84 28", '@Ba; "Tư"']])
    assert "'=1+1" in text
    assert "'+84" in text
    teams, wrong = read(text, catalogue, TODAY)
    assert wrong == []
    assert (teams[0].name, teams[0].values["office_address"]) == ("=1+1 và 2", "+84 28")
    assert teams[0].people[0].name == '@Ba; "Tư"'
