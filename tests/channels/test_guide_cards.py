"""What a guide's card says is read once, plainly, and fits its buttons."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from bot import config
from bot.channels.telegram.views import render
from bot.channels.telegram.views.frame import Frame, Screen
from bot.guides.load import load
from bot.model import briefs as b
from bot.model.notices.citizens import GuideCard, StepScreen
from bot.model.states import Section
from bot.texts import Texts
from tests.clock import START
from tests.e2e.house import ROOT
from tests.guides.making import guide, knowledge

SETTINGS = config.load(ROOT / "config.yaml").config
BRIEF = b.CardBrief({})


def shown(tmp_path: Path, notice: GuideCard | StepScreen, **guides: dict[str, Any]) -> Screen:
    """The screen of a small handbook's guide."""
    frame = Frame(Texts.load(), SETTINGS, load(knowledge(tmp_path, **guides)), "tro_ly_bot", START)
    return render(notice, BRIEF, frame)


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


def test_a_note_of_a_fee_reads_on_from_its_line(tmp_path: Path) -> None:
    fees = [
        {"what": "Trễ hạn", "note": "Mỗi tỉnh một mức"},
        {"what": "Nộp sớm", "amount_vnd": 0, "note": "Áp dụng mọi nơi"},
        {"what": "Bản sao", "amount_vnd": 8000, "note": "VNeID có thì miễn"},
        {"what": "Bản dịch", "note": "Sở Tư pháp thu"},
    ]
    text = shown(tmp_path, GuideCard("the", section=Section.COST), the=guide(fees=fees)).text
    for line in (
        "Trễ hạn: mỗi tỉnh một mức",
        "Nộp sớm: không mất tiền (áp dụng mọi nơi)",
        "Bản sao: 8.000 đ (VNeID có thì miễn)",
        "Bản dịch: Sở Tư pháp thu",
    ):
        assert f"• {line}\n" in text


def test_the_button_to_another_guide_is_not_cut_off(tmp_path: Path) -> None:
    other = guide(title="Xem lại giấy tờ đã nộp ở xã, ở tỉnh và ở trên mạng (tra hồ sơ)")
    stuck = guide(steps=[{"do": "Ra xã.", "if_stuck": "khac"}, {"do": "Nhận thẻ."}])
    labels = [key.text for row in shown(tmp_path, StepScreen("the", 1), the=stuck, khac=other).rows for key in row]
    assert "📖 Xem lại giấy tờ đã nộp ở xã, ở tỉnh và ở trên mạng" in labels
