from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from bot.guides.edit import add_lines, set_field, value_of
from bot.guides.fees import TypedFee, changed_fees, read_fee
from bot.guides.guide import Guide
from bot.guides.load import guide_files
from bot.yaml_source import parse

TEXT = """\
# đầu tệp
title: Làm thẻ
asked_as:
  - câu một
  # câu hay nhất
  - "câu: hai"

# lệ phí
fees:
  - what: Làm thẻ
    amount_vnd: 35000
    until: "2026-12-31"
time: 3 ngày
"""


def test_a_field_changes_and_nothing_else() -> None:
    assert set_field(TEXT, "time", "5 ngày: không kể thứ bảy") == TEXT.replace(
        "time: 3 ngày", "time: '5 ngày: không kể thứ bảy'"
    )


def test_a_list_changes_and_comments_around_it_stay() -> None:
    changed = set_field(TEXT, "fees", [{"what": "Làm thẻ", "amount_vnd": 70000, "until": "2027-12-31"}])
    assert changed == TEXT.replace("35000", "70000").replace('"2026-12-31"', "'2027-12-31'")


def test_a_new_field_stands_where_it_belongs() -> None:
    changed = set_field(TEXT, "notice", "Mạng đang bảo trì")
    assert changed == TEXT + "notice: Mạng đang bảo trì\n"
    assert set_field(TEXT, "warnings", ["Cẩn thận"]) == TEXT + "warnings:\n  - Cẩn thận\n"
    audience = set_field(TEXT, "audience", "Mọi người")
    assert audience == TEXT.replace("title: Làm thẻ\n", "title: Làm thẻ\naudience: Mọi người\n")


def test_a_field_goes_away() -> None:
    assert set_field(set_field(TEXT, "notice", "x"), "notice", None) == TEXT
    assert set_field(TEXT, "notice", None) == TEXT


def test_lines_are_added_at_the_end_of_a_list() -> None:
    changed = add_lines(TEXT, "asked_as", ["câu: ba", "câu bốn"])
    assert changed == TEXT.replace('  - "câu: hai"\n', "  - \"câu: hai\"\n  - 'câu: ba'\n  - câu bốn\n")
    assert value_of(add_lines("asked_as: [một, hai]\ntime: x", "asked_as", ["ba"]), "asked_as") == ["một", "hai", "ba"]


def test_a_text_that_does_not_end_its_last_line() -> None:
    assert set_field("title: x", "time", "y") == "title: x\ntime: y\n"
    assert value_of(add_lines("asked_as:\n  - một", "asked_as", ["hai"]), "asked_as") == ["một", "hai"]


@pytest.mark.parametrize("path", guide_files(Path("knowledge")), ids=lambda path: path.stem)
def test_every_guide_takes_every_small_change(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    before = parse(text, "x").parse(Guide)
    changed = add_lines(text, "asked_as", ["câu hỏi thêm: một"])
    changed = set_field(changed, "time", "Chín ngày")
    changed = set_field(changed, "notice", "Đang bảo trì")
    fees = value_of(changed, "fees") or []
    changed = set_field(changed, "fees", changed_fees(fees, 0, TypedFee(70_000, date(2099, 1, 1)), date(2026, 1, 1)))
    after = parse(changed, "x").parse(Guide)
    assert after.asked_as == (*before.asked_as, "câu hỏi thêm: một")
    assert (after.time, after.notice) == ("Chín ngày", "Đang bảo trì")
    assert 70_000 in [fee.amount_vnd for fee in after.fees]
    kept = before.model_dump(exclude={"asked_as", "time", "notice", "fees"})
    assert after.model_dump(exclude={"asked_as", "time", "notice", "fees"}) == kept


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("70.000", TypedFee(70_000)),
        ("70000đ", TypedFee(70_000)),
        ("70 nghìn", TypedFee(70_000)),
        ("70k", TypedFee(70_000)),
        ("1,5 triệu", TypedFee(1_500_000)),
        ("1.500.000 đồng", TypedFee(1_500_000)),
        ("miễn phí", TypedFee(0)),
        ("0", TypedFee(0)),
        ("70.000 từ 1/1/2027", TypedFee(70_000, date(2027, 1, 1))),
        ("70.000 từ ngày 01-01-2027", TypedFee(70_000, date(2027, 1, 1))),
        ("35.000 → 70.000 từ 1/1/2027", TypedFee(70_000, date(2027, 1, 1))),
        ("từ 1/1/2027 đến hết 30/6/2027: 70.000", TypedFee(70_000, date(2027, 1, 1), date(2027, 6, 30))),
        ("35.000 đến 31/12/2026", TypedFee(35_000, None, date(2026, 12, 31))),
        ("bảy mươi nghìn", None),
        ("70.000 từ 31/2/2027", None),
        ("70.000 từ 1/1/2027 đến 1/1/2026", None),
        ("", None),
        ("-5", None),
    ],
)
def test_a_fee_is_read_as_people_write_it(typed: str, expected: TypedFee | None) -> None:
    assert read_fee(typed) == expected


def test_a_fee_of_later_stands_beside_the_one_in_force() -> None:
    fees = [{"what": "Làm thẻ", "amount_vnd": "35000", "note": "Đã giảm"}, {"what": "Khác", "amount_vnd": "0"}]
    assert changed_fees(fees, 0, TypedFee(70_000, date(2027, 1, 1)), date(2026, 11, 22)) == [
        {"what": "Làm thẻ", "amount_vnd": "35000", "note": "Đã giảm", "until": "2026-12-31"},
        {"what": "Làm thẻ", "amount_vnd": 70_000, "note": "Áp dụng từ 1/1/2027"},
        {"what": "Khác", "amount_vnd": "0"},
    ]


def test_a_fee_that_ends_before_keeps_its_end() -> None:
    fees = [{"what": "Làm thẻ", "amount_vnd": "35000", "until": "2026-11-30"}]
    changed = changed_fees(fees, 0, TypedFee(70_000, date(2027, 1, 1)), date(2026, 11, 22))
    assert changed[0]["until"] == "2026-11-30"


def test_a_fee_of_today_replaces_the_former() -> None:
    fees = [{"what": "Làm thẻ", "amount_vnd": "35000", "until": "2026-12-31", "note": "mỗi thẻ"}]
    assert changed_fees(fees, 0, TypedFee(70_000), date(2026, 11, 22)) == [
        {"what": "Làm thẻ", "amount_vnd": 70_000, "note": "mỗi thẻ"}
    ]
    assert changed_fees([], 0, TypedFee(0, None, date(2027, 1, 1)), date(2026, 11, 22)) == [
        {"what": "Lệ phí", "amount_vnd": 0, "until": "2027-01-01"}
    ]
