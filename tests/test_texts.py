"""The sentences: filled safely, checked before anything runs."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.errors import ContentError
from bot.texts import Markup, Texts

TEXTS = Texts({"hi": "<b>Chào</b> {name}", "plain": "Xong", "two": "{a} và {a}, {b}"})


def load(tmp_path: Path, text: str) -> Texts:
    (tmp_path / "t.yaml").write_text(text, encoding="utf-8")
    return Texts.load(tmp_path / "t.yaml")


def complaints(tmp_path: Path, text: str) -> list[str]:
    with pytest.raises(ContentError) as caught:
        load(tmp_path, text)
    return [str(finding).removeprefix(f"{tmp_path}/") for finding in caught.value.findings]


def test_what_fills_a_placeholder_cannot_break_the_message() -> None:
    assert TEXTS("hi", name="<b>&\"' {x}") == "<b>Chào</b> &lt;b&gt;&amp;\"' {x}"
    assert TEXTS("hi", name=Markup("<i>Lan</i>")) == "<b>Chào</b> <i>Lan</i>"
    assert TEXTS("two", a=1, b="x") == "1 và 1, x"
    assert isinstance(TEXTS("plain"), Markup)


@given(st.text())
def test_whatever_a_person_is_called_stays_text(name: str) -> None:
    filled = TEXTS("hi", name=name)
    assert re.findall(r"<[^>]*>", filled) == ["<b>", "</b>"]


def test_buttons_and_alerts_have_no_markup() -> None:
    assert TEXTS.plain("hi", name="<Lan>") == "Chào <Lan>"


def test_what_is_missing_is_an_error() -> None:
    for call in (TEXTS, TEXTS.plain):
        with pytest.raises(KeyError):
            call("none")
        with pytest.raises(KeyError):
            call("hi")


def test_keys_and_placeholders_can_be_asked_for() -> None:
    assert TEXTS.keys() == {"hi", "plain", "two"}
    assert "hi" in TEXTS
    assert "ho" not in TEXTS
    assert TEXTS.placeholders("two") == {"a", "b"}
    assert TEXTS.placeholders("plain") == frozenset()


def test_keys_are_paths_and_the_last_line_break_goes(tmp_path: Path) -> None:
    texts = load(tmp_path, "a:\n  b: |\n    một\n    hai\n  c: ba\nd: bốn {n}\n")
    assert texts.keys() == {"a.b", "a.c", "d"}
    assert texts("a.b") == "một\nhai"
    assert texts("d", n=4) == "bốn 4"


def test_every_mistake_is_told_at_once_with_its_line(tmp_path: Path) -> None:
    text = (
        "a: ''\nb:\nc: thiếu {\nd: '{0} {}'\ne: <a href=x>không</a>\nf: <u>không</u>\ng: <b>được</b> &lt;\nh: '{a.b}'\n"
        "i: [một, hai]\nj: 'x } y'\nk: a < b\n"
    )
    told = complaints(tmp_path, text)
    assert [line.split(": ")[0] for line in told] == [f"t.yaml:{n}" for n in (1, 2, 3, 4, 5, 6, 8, 9, 10, 11)]
    assert "câu «a» chưa có chữ" in told[0]
    assert "{ten}" in told[2]
    assert "<b> và <i>" in told[4]


def test_a_tag_left_open_is_told(tmp_path: Path) -> None:
    assert complaints(tmp_path, "a: <b>mở\nb: đóng</i>\nc: <b><i>chéo</b></i>\nd: <b>một</b> <i>hai</i>\n") == [
        f"t.yaml:{line}: thẻ <b>, <i> phải mở rồi đóng, không lồng chéo" for line in (1, 2, 3)
    ]


def test_the_sentences_in_force_are_right() -> None:
    texts = Texts.load()
    assert len(texts.keys()) > 100
