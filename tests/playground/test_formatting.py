"""Text as Telegram reads it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.playground.formatting import parse_html, read_text, utf16_length
from bot.playground.refusals import Refusal


@pytest.mark.parametrize(
    ("html", "plain", "entities"),
    [
        ("a &amp; b &lt;c&gt; &quot; &nbsp; & &#7841;&#x1f600;", 'a & b <c> " &nbsp; & ạ😀', []),
        ("😀<b>x</b>", "😀x", [("bold", 2, 1)]),
        ("<b>x<i>y</i></b>", "xy", [("bold", 0, 2), ("italic", 1, 1)]),
        ("<B>x</B>", "x", [("bold", 0, 1)]),
        ("<b></b>x", "x", []),
        ("<blockquote expandable>x</blockquote>", "x", [("expandable_blockquote", 0, 1)]),
        ("<span class='tg-spoiler'>x</span>", "x", [("spoiler", 0, 1)]),
        ('<pre><code class="language-py">x</code></pre>', "x", [("pre", 0, 1)]),
        ("<a href='javascript:x'>x</a>", "x", []),
        ("<a href='vneid.gov.vn'>x</a>", "x", [("text_link", 0, 1)]),
    ],
)
def test_html(html: str, plain: str, entities: list[tuple[str, int, int]]):
    text, found = parse_html(html)
    assert text == plain
    assert [(e["type"], e["offset"], e["length"]) for e in found] == entities


def test_white_space_goes_and_entities_follow():
    assert read_text("  <b> x </b> ", "HTML") == ("x", [{"type": "bold", "offset": 0, "length": 1}])


def test_found_entities():
    text, entities = read_text("/start@bot_x và https://a.vn/x. @minh_xa 1/2 <code>/no</code>", "HTML")
    found = [(e["type"], text[e["offset"] : e["offset"] + e["length"]]) for e in entities]
    assert found == [
        ("bot_command", "/start@bot_x"),
        ("url", "https://a.vn/x"),
        ("mention", "@minh_xa"),
        ("code", "/no"),
    ]


def test_utf16():
    assert utf16_length("ạ😀") == 3


@given(st.text(alphabet="<>&/\"'=abi; \u1ea1\U0001f600#x1", max_size=60))
def test_never_breaks(text: str):
    try:
        plain, entities = parse_html(text)
    except Refusal as refusal:
        assert refusal.code == 400 and "can't parse entities" in refusal.description
    else:
        assert all(0 <= e["offset"] < e["offset"] + e["length"] <= utf16_length(plain) for e in entities)
