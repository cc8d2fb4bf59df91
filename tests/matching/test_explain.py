"""Puzzling questions, and whether an admin sees what was read, what counted and what nobody knows."""

from __future__ import annotations

from typing import Any

import pytest

from bot.matching.matcher import Matcher

# The question; what the explanation must show: field and a piece of it.
PUZZLES = [
    ("lafm laij cccd bij maats", [("changed", "cccd → căn cước công dân"), ("read", "làm lại căn cước công dân")]),
    ("lam2 lai5 ba82ng lai1 xe", [("read", "làm lại bằng lái xe"), ("counted", "bang lai")]),
    ("không phải làm lại căn cước bị mất mà là đổi bằng lái", [("changed", "bỏ: không phải"), ("counted", "bang lai")]),
    ("căn cước cho con khỉ đột nhà tôi", [("unknown", "khỉ"), ("counted", "can cuoc")]),
    ("quenmatkhauvneid", [("changed", "quenmatkhauvneid → quen mat khau vneid"), ("counted", "quen mat")]),
    ("tới viện mới hay thẻ bhyr hết hạn", [("changed", "bhyr → bảo hiểm y tế"), ("meanings", "het-han")]),
    ("xin giấy phép phóng tên lửa", [("counted", "giay phep"), ("none", "")]),
    ("tui moi doc ma otp cho no xong mat het tien roi", [("urgent", "mat het tien"), ("read", "otp")]),
    ("mần răng chừ mất cái bằng lái rồi", [("read", "làm sao giờ mất cái bằng lái rồi")]),
    ("bé 8 tuổi làm thẻ", [("meanings", "tuoi-6"), ("counted", "tuoi")]),
]  # fmt: skip


def spoken(told: object) -> str:
    return " | ".join(map(str, told)) if isinstance(told, list | dict) else str(told)


@pytest.mark.parametrize(("question", "shown"), PUZZLES, ids=[question[:24] for question, _ in PUZZLES])
def test_a_puzzle_is_explained(matcher: Matcher, question: str, shown: list[tuple[str, str]]) -> None:
    told: Any = matcher.match(question).explanation
    for field, piece in shown:
        assert field in told, told
        assert piece in spoken(told[field]), told


def test_what_counted_is_ordered_and_small(matcher: Matcher) -> None:
    told: Any = matcher.match("làm lại căn cước bị mất ở đâu vậy em ơi giúp cô với").explanation["counted"]
    assert 0 < len(told) <= 8
    assert list(told.values()) == sorted(told.values(), reverse=True)
