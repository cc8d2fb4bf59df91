"""Ready answers of a team: what may stand in them, and those a new team begins with."""

from __future__ import annotations

import re

from pydantic import Field, field_validator

from bot.guides.guide import Part, ShortLine
from bot.language import fold

PLACEHOLDERS = ("xã", "tổ", "địa chỉ", "giờ", "điện thoại", "giờ trực", "số phiếu", "bài")
"""What may stand in braces: the citizen's commune, the team, its office's address, hours and phone, …"""
LONGEST_TITLE, LONGEST_TEXT = 40, 1200

_GAP = re.compile(r"\{([^{}]*)\}")
_BRACE = re.compile(r"[{}]")


class StartingReply(Part):
    """A ready answer that a new team begins with."""

    title: ShortLine = Field(max_length=LONGEST_TITLE)
    text: str = Field(min_length=3, max_length=LONGEST_TEXT)

    @field_validator("text")
    @classmethod
    def _known(cls, value: str) -> str:
        if unknown := unknown_in(value):
            known = ", ".join(f"{{{name}}}" for name in PLACEHOLDERS)
            raise ValueError(f"không có chỗ trống {{{unknown[0]}}}; chỉ dùng {known}")
        return value


class StartingReplies(Part):
    """Those of one kind."""

    replies: tuple[StartingReply, ...] = Field(min_length=1)


def unknown_in(text: str) -> tuple[str, ...]:
    """Names in braces that nothing fills, and braces that are none."""
    known = {fold(name) for name in PLACEHOLDERS}
    wrong = [found[1].strip() for found in _GAP.finditer(text) if fold(found[1]) not in known]
    return tuple(wrong) or tuple(_BRACE.findall(_GAP.sub("", text)))


def filled(text: str, values: dict[str, str]) -> tuple[str, tuple[str, ...]]:
    """The text with its gaps filled, and the names of those that have no value; a line of dots stands there.

    Args:
        text: with placeholders, in any spelling.
        values: by the names of `PLACEHOLDERS`.
    """
    by_sound = {fold(name): name for name in PLACEHOLDERS}
    missing: dict[str, None] = {}

    def fill(found: re.Match[str]) -> str:
        name = by_sound.get(fold(found[1]), found[1])
        if not values.get(name):
            missing[name] = None
        return values.get(name) or "……"

    return _GAP.sub(fill, text), tuple(missing)
