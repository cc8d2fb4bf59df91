"""A mark in the last line of a guide's file that is sent out, so that it is known from which version it was changed."""

from __future__ import annotations

import hashlib
import re

_LINE = "# bản {mark}: dòng này cho biết tệp được sửa từ bản nào, đừng xóa\n"
_FOUND = re.compile(r"\n*^# bản (?P<mark>[0-9a-f]{8})\b[^\n]*\n*\Z", re.MULTILINE)


def marked(text: str) -> str:
    """The text as it is sent out."""
    return f"{text.rstrip()}\n{_LINE.format(mark=mark_of(text))}"


def unmarked(text: str) -> tuple[str, str | None]:
    """The text as it was written, and the mark it came with."""
    found = _FOUND.search(text)
    return (f"{text[: found.start()]}\n", found["mark"]) if found else (text, None)


def mark_of(text: str) -> str:
    """The mark of a version."""
    return hashlib.sha256(text.rstrip().encode()).hexdigest()[:8]
