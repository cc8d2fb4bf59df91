"""Ready answers: what may stand in them, and what no team begins with."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from bot.errors import ContentError
from bot.guides.check import check_folder
from bot.guides.load import load
from bot.guides.ready_replies import PLACEHOLDERS, filled, unknown_in
from bot.guides.rules.ready import asks_for
from bot.model.replying import CATEGORIES
from tests.e2e.house import ROOT
from tests.guides.making import knowledge

CATALOGUE = load(ROOT / "knowledge")


def test_a_new_team_has_answers_of_most_kinds() -> None:
    assert set(CATALOGUE.ready_replies) <= set(CATEGORIES)
    assert sum(len(of_kind.replies) for of_kind in CATALOGUE.ready_replies.values()) >= 15


def test_gaps_are_filled_in_any_spelling_and_those_without_value_are_named() -> None:
    text, missing = filled("{Địa Chỉ} lúc {gio}, phiếu {so phieu}, {điện thoại}", {"địa chỉ": "Số 1", "số phiếu": "#7"})
    assert text == "Số 1 lúc ……, phiếu #7, ……"
    assert missing == ("giờ", "điện thoại")
    assert unknown_in("{xã} {tên} {}") == ("tên", "")
    assert unknown_in("mở { ra") == ("{",)
    assert unknown_in(" ".join(f"{{{name}}}" for name in PLACEHOLDERS)) == ()


@pytest.mark.parametrize(
    ("words", "what"),
    [
        ("Cô bác đọc giúp mã OTP vào đây.", "secret"),
        ("Chụp căn cước hai mặt gửi vào đây giúp.", "papers"),
        ("Chuyển khoản phí hỗ trợ 50 nghìn.", "money"),
        ("Không ai được hỏi mã OTP. Đừng chuyển tiền cho ai.", None),
        ("Chụp màn hình rồi gửi, nhớ che số căn cước.", None),
    ],
)
def test_nobody_of_a_team_asks_for_secrets_papers_or_money(words: str, what: str | None) -> None:
    assert asks_for(words) == what


def test_mistakes_are_told_with_their_line(tmp_path: Path) -> None:
    root = knowledge(tmp_path / "knowledge")
    file = root / "_ready_replies.yaml"
    file.write_text(
        "chao:\n  replies:\n    - title: Chào\n      text: Chào {ten}\nla:\n  replies:\n    - {title: a, text: abc}\n"
    )
    with pytest.raises(ContentError) as caught:
        load(root)
    told = [str(finding) for finding in caught.value.findings]
    assert any("_ready_replies.yaml:4" in line and "{ten}" in line for line in told)
    assert any("không có nhóm mẫu «la»" in line for line in told)
    file.write_text("chao:\n  replies:\n    - title: Mã\n      text: Chào bạn, gửi mã OTP vào đây.\n")
    assert len([f for f in check_folder(root, date(2026, 11, 22)) if "_ready_replies.yaml:4" in f.where]) == 2
