"""How a guide reads on the phone: the card, what it costs, and how other guides are mentioned."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from bot import config
from bot.channels.telegram.views import render
from bot.channels.telegram.views.frame import Frame, Screen, shorten
from bot.guides.load import load
from bot.model.briefs import CardBrief
from bot.model.notices import Notice
from bot.model.notices.citizens import GuideCard, StepScreen
from bot.model.states import Section
from bot.texts import Texts
from tests.clock import START
from tests.e2e.house import ROOT
from tests.guides.making import guide, knowledge

SETTINGS = config.load(ROOT / "config.yaml").config
TEXTS = Texts.load()


@pytest.fixture
def show(tmp_path: Path) -> Any:
    """A notice about «lam-the», a guide with these fields."""

    def show(notice: Notice, **fields: Any) -> Screen:
        other = guide(title="Xem thẻ đang làm tới đâu (trên máy, tại xã)")
        folder = knowledge(tmp_path, lam_the=guide(**fields), xem_the=other)
        return render(notice, CardBrief({}), Frame(TEXTS, SETTINGS, load(folder), "bot", START))

    return show


CARD = GuideCard("lam-the", 1)
COST = GuideCard("lam-the", 1, Section.COST)


@pytest.mark.parametrize(
    ("fields", "line"),
    [
        ({}, "⏱ 3 ngày"),
        ({"fees": [{"what": "Thẻ", "amount_vnd": 35_000}]}, "⏱ 3 ngày · 💵 35.000 đ"),
        ({"summary": "Ra xã.\nXong trong 3 ngày.", "fees": [{"what": "Thẻ", "amount_vnd": 35_000}]}, "💵 35.000 đ"),
    ],
    ids=["time", "both", "money"],
)
def test_the_card_shows_which_is_time_and_which_is_money(show: Any, fields: dict[str, Any], line: str) -> None:
    assert line in show(CARD, **fields).text.splitlines()


def test_what_is_to_be_said_about_a_fee_is_a_sentence_of_its_own(show: Any) -> None:
    fees = [
        {"what": "Làm thẻ", "amount_vnd": 35_000, "note": "Đã giảm một nửa. Hỏi khi nộp", "until": "2026-12-31"},
        {"what": "Trẻ em", "amount_vnd": 0, "note": "Mang giấy khai sinh"},
        {"what": "Đo đất", "note": "Tùy tỉnh"},
        {"what": "Cấp sổ", "note": "Đang giảm một nửa. Hỏi khi nộp", "until": "2026-12-31"},
    ]
    lines = show(COST, fees=fees).text.splitlines()
    assert "• Làm thẻ: 35.000 đ (đến hết 31/12/2026). Đã giảm một nửa. Hỏi khi nộp" in lines
    assert "• Trẻ em: không mất tiền. Mang giấy khai sinh" in lines
    assert "• Đo đất: Tùy tỉnh" in lines
    assert "• Cấp sổ: Đang giảm một nửa. Hỏi khi nộp. Áp dụng đến hết 31/12/2026" in lines


def test_another_guide_is_named_without_its_brackets(show: Any) -> None:
    steps = [{"do": "Chờ.", "if_stuck": "xem-the"}, {"do": "Nhận thẻ."}]
    labels = [button.text for row in show(StepScreen("lam-the", 1, 1), steps=steps).rows for button in row]
    assert "📄 Xem thẻ đang làm tới đâu" in labels


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Gửi phản ánh", "Gửi phản ánh"),
        ("Gửi phản ánh khi hồ sơ bị trễ", "Gửi phản ánh khi hồ…"),
        ("Gửi phản ánh, khiếu nại", "Gửi phản ánh, khiếu…"),
        ("Gửi phản ánh xã, phường trễ", "Gửi phản ánh xã…"),
        ("x" * 30, "x" * 19 + "…"),
    ],
    ids=["short", "at a word", "within the last word", "behind a comma", "one word"],
)
def test_a_label_is_cut_between_words(text: str, shown: str) -> None:
    assert shorten(text, 20) == shown
