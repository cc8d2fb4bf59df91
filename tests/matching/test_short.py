"""A keyword or two: nobody can know which guide is meant, so the bot asks; it neither guesses nor refuses."""

from __future__ import annotations

import pytest

from bot.matching.matcher import Matcher


@pytest.mark.parametrize(
    ("said", "offered"),
    [
        ("cấp lại thẻ", {"can-cuoc-cap-lai", "bhyt-cap-lai-the"}),
        ("làm lại thẻ", {"can-cuoc-cap-lai", "bhyt-cap-lai-the"}),
        ("quên mật khẩu", {"vneid-quen-mat-khau", "vssid-tai-khoan"}),
        ("quen mat khau", {"vneid-quen-mat-khau"}),
        ("làm lại giấy tờ", {"gplx-cap-lai"}),
        ("làm lại giấy tờ xe", {"xe-cap-doi-cap-lai", "gplx-cap-lai"}),
        ("đổi tên", {"dien-doi-ten", "ho-tich-cai-chinh"}),
        ("hết hạn", {"gplx-doi", "can-cuoc-cap-doi"}),
        ("căn cước", {"can-cuoc-cap-doi", "can-cuoc-cap-lai"}),
        ("hộ chiếu", {"ho-chieu-cap-moi", "ho-chieu-mat"}),
        ("ban sao", {"trich-luc-ho-tich"}),
    ],
)
def test_a_keyword_is_asked_back(matcher: Matcher, said: str, offered: set[str]) -> None:
    match = matcher.match(said)
    assert match.outcome == "choices"
    assert offered <= set(match.shown)


@pytest.mark.parametrize("said", ["bố mất rồi", "ba tui moi mat", "biển số", "bản sao", "có hộ chiếu"])
def test_words_of_a_guide_are_no_small_talk(matcher: Matcher, said: str) -> None:
    assert matcher.match(said).smalltalk is None
