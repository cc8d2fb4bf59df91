"""How a guide speaks: short steps, a short summary, the house's way of addressing people, never a secret asked for."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.errors import Finding
from bot.guides.load import Page
from bot.guides.rules.shelf import Shelf
from bot.guides.template import TO_FILL
from bot.yaml_source import Location

STEP_WORDS = 25
"""A step should have no more words than this."""
_MOST_STEP_WORDS = 30
_SUMMARY_LINES = 3
# On a phone of 360 pixels a line of a message holds some 40 letters: three such lines are nine.
_SUMMARY_LINE_LETTERS = 140

# «bạn bè», «kết bạn» speak of friends, not to the reader.
_YOU = re.compile(
    r"(?<!kết )(?<!người )(?<!trang )\bbạn\b(?! (?:bè|học|đời|đọc|hàng|tình|cũ|thân|gái|trai))|\bquý khách\b",
    re.IGNORECASE,
)
_QUOTED = re.compile(r"«[^»]*»")
_SECRET = r"(?:otp|mật khẩu|mật mã|passcode|mã pin|mã xác (?:nhận|thực))"
# Typing a code into the app is a step; telling it to somebody is what swindlers ask for.
_HAND_OVER = re.compile(
    r"\b(?:gửi|đọc|nhắn|báo|cung cấp|chụp|nói|đưa|cho|chuyển)\b"
    rf"(?:(?!\b(?:về|đến|nhập|gõ|bấm)\b)[^.;:,]){{0,40}}\b{_SECRET}\b",
    re.IGNORECASE,
)
_REFUSED = re.compile(r"\b(?:không|đừng|chớ|chưa|lừa|lừa đảo|giả|ai|kẻ|lỡ|đã)\b", re.IGNORECASE)
# People's own words, and names that are not ours to word.
_NOT_OURS = frozenset({"asked_as", "review", "legal", "url"})
_SENTENCE = re.compile(r"(?<=[.!?;])\s+")


def steps(page: Page, shelf: Shelf) -> Iterator[Finding]:
    """Steps that are too long."""
    for index, step in enumerate(page.entry.guide.steps):
        words = len(step.do.split())
        where = page.source.where(("steps", index, "do"))
        if words > _MOST_STEP_WORDS:
            yield Finding(where, f"bước {index + 1} dài {words} chữ, nhiều nhất {_MOST_STEP_WORDS}; tách làm hai bước")
        elif words > STEP_WORDS:
            yield Finding(where, f"bước {index + 1} dài {words} chữ, nên dưới {STEP_WORDS + 1}", warning=True)


def summary(page: Page, shelf: Shelf) -> Iterator[Finding]:
    """A summary of more than three short lines."""
    lines = page.entry.guide.summary.splitlines()
    where = page.source.where(("summary",))
    if len(lines) > _SUMMARY_LINES:
        yield Finding(where, f"tóm tắt có {len(lines)} dòng, nhiều nhất {_SUMMARY_LINES}")
    for number, line in enumerate(lines, 1):
        if len(line) > _SUMMARY_LINE_LETTERS:
            what = f"dòng tóm tắt thứ {number} dài {len(line)} chữ cái, nhiều nhất {_SUMMARY_LINE_LETTERS}"
            yield Finding(where, what)


def unfilled(page: Page, shelf: Shelf) -> Iterator[Finding]:
    """Places of the template that nobody filled in."""
    for at, text in _strings((), page.source.data, skip=frozenset()):
        if text.strip(" .") in ("", TO_FILL):
            yield Finding(page.source.where(at), "chỗ này chưa điền")


def address(page: Page, shelf: Shelf) -> Iterator[Finding]:
    """Words the house does not call people by."""
    for at, text in spoken(page):
        if found := addressed_wrongly(text):
            what = f"không viết «{found}»; bỏ chữ xưng hô, hoặc viết «cô bác, anh chị»"
            yield Finding(page.source.where(at), what)


def secrets(page: Page, shelf: Shelf) -> Iterator[Finding]:
    """A sentence that has people hand over a code or password."""
    for at, text in spoken(page):
        for sentence in _SENTENCE.split(text):
            if hands_over(sentence):
                what = f"«{sentence[:80]}» nghe như bảo đưa mã OTP, mật khẩu cho người khác; viết lại"
                yield Finding(page.source.where(at), what)


def hands_over(sentence: str) -> bool:
    """Whether a sentence has people hand over a code or password."""
    return bool(_HAND_OVER.search(sentence)) and not _REFUSED.search(sentence)


def addressed_wrongly(text: str) -> str:
    """A word the house does not call people by, if there is one."""
    found = _YOU.search(_QUOTED.sub("", text))
    return found[0] if found else ""


def spoken(page: Page) -> Iterator[tuple[Location, str]]:
    """Everything a citizen reads as our words, with its place."""
    yield from _strings((), page.source.data, skip=_NOT_OURS)


def _strings(at: Location, data: object, skip: frozenset[str]) -> Iterator[tuple[Location, str]]:
    if isinstance(data, str):
        yield at, data
    elif isinstance(data, dict):
        for key, value in data.items():
            if key not in skip:
                yield from _strings((*at, key), value, skip)
    elif isinstance(data, list):
        for index, value in enumerate(data):
            yield from _strings((*at, index), value, skip)
