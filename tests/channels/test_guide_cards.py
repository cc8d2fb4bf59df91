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
        {"what": "Bản dịch", "note": "Sở Tư pháp thu"},
        {"what": "Cấp sổ", "note": "Đang giảm một nửa. Hỏi khi nộp", "until": "2026-12-31"},
    ]
    lines = show(COST, fees=fees).text.splitlines()
    assert "• Làm thẻ: 35.000 đ (đến hết 31/12/2026). Đã giảm một nửa. Hỏi khi nộp" in lines
    assert "• Trẻ em: không mất tiền. Mang giấy khai sinh" in lines
    assert "• Đo đất: tùy tỉnh" in lines
    assert "• Bản dịch: Sở Tư pháp thu" in lines
    assert "• Cấp sổ: đang giảm một nửa. Hỏi khi nộp. Áp dụng đến hết 31/12/2026" in lines


def test_another_guide_is_named_without_its_brackets(show: Any) -> None:
    steps = [{"do": "Chờ.", "if_stuck": "xem-the"}, {"do": "Nhận thẻ."}]
    labels = [button.text for row in show(StepScreen("lam-the", 1, 1), steps=steps).rows for button in row]
    assert "📖 Xem thẻ đang làm tới đâu" in labels


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


def shown(tmp_path: Path, notice: GuideCard | StepScreen, **guides: dict[str, Any]) -> Screen:
    """The screen of a small handbook's guide."""
    frame = Frame(TEXTS, SETTINGS, load(knowledge(tmp_path, **guides)), "tro_ly_bot", START)
    return render(notice, CardBrief({}), frame)


def test_that_it_is_free_is_told_once(tmp_path: Path) -> None:
    free = [{"what": "Làm thẻ", "amount_vnd": 0}]
    for number, summary in enumerate(("Ra xã. Miễn lệ phí.", "Ra xã. Miễn phí.", "Ra xã. Không mất tiền.")):
        told = guide(summary=f"{summary}\nLàm ba ngày.", fees=free)
        screen = shown(tmp_path / str(number), GuideCard("the"), the=told)
        assert screen.text.lower().count("không mất tiền") == summary.count("Không mất tiền"), summary
    untold = guide(summary="Ra Trung tâm phục vụ hành chính công.", fees=free)
    assert "Không mất tiền" in shown(tmp_path, GuideCard("the"), the=untold).text


def test_how_long_it_takes_is_told_once(tmp_path: Path) -> None:
    told = {
        "Vài phút nếu làm trên máy": "Làm trên máy; vài phút.",
        "Trong ngày tại nơi nộp": "Thường xong trong ngày.",
        "Trong 3 ngày làm việc": "Khoảng 3 ngày làm việc là có.",
    }
    for number, (time, said) in enumerate(told.items()):
        for kind, summary in (("told", f"Ra xã làm thẻ mới. {said}"), ("untold", "Ra xã làm thẻ mới, mang căn cước.")):
            screen = shown(tmp_path / f"{kind}{number}", GuideCard("the"), the=guide(summary=summary, time=time))
            assert (time in screen.text) == (kind == "untold"), time
