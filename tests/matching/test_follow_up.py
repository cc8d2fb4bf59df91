"""A short follow-up opens a part of the card; a question that names something else does not."""

from __future__ import annotations

import pytest

from bot.matching.follow_up import section_asked
from bot.model.states import Section


@pytest.mark.parametrize(
    ("said", "section"),
    [
        ("het bao nhieu tien", Section.COST),
        ("Hết bao nhiêu tiền vậy ạ?", Section.COST),
        ("có mất phí không", Section.COST),
        ("bao lau co", Section.COST),
        ("bao lâu thì xong", Section.COST),
        ("mấy ngày có vậy em", Section.COST),
        ("cần giấy gì", Section.DOCUMENTS),
        ("can giay to gi", Section.DOCUMENTS),
        ("phải mang theo gì ạ", Section.DOCUMENTS),
        ("nop o dau", Section.PLACE),
        ("nộp ở đâu vậy", Section.PLACE),
        ("ở đâu", Section.PLACE),
    ],
)
def test_a_part_of_the_card(said: str, section: Section) -> None:
    assert section_asked(said) == section


@pytest.mark.parametrize(
    "said",
    [
        "",
        "làm hộ chiếu hết bao nhiêu tiền",
        "mất căn cước làm lại ở đâu",
        "bao nhiêu tuổi thì được trợ cấp",
        "xin chào",
        "tôi muốn đổi bằng lái",
        "cần giấy gì để đi xin việc làm ở khu công nghiệp trong tỉnh",
        "chuyển tiền nhầm",
    ],
)
def test_a_question_of_its_own(said: str) -> None:
    assert section_asked(said) is None
