"""Buttons and what they carry: typed payloads in Telegram's 64 bytes."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Any, ClassVar, Self

from telegram import InlineKeyboardButton, InlineKeyboardMarkup

from bot.model.states import Role, Section

LIMIT_BYTES = 64
"""Telegram's limit for ``callback_data``."""

# What a database's integer holds; a client that is not Telegram's own may send anything.
_LARGEST = 2**31 - 1
_KINDS: dict[str, type[Press]] = {}


@dataclass(frozen=True)
class Press:
    """What a button carries; subclasses name their short code."""

    code: ClassVar[str]

    def __init_subclass__(cls, code: str) -> None:
        if code in _KINDS:
            raise TypeError(f"two buttons share the code {code}")
        cls.code = code
        _KINDS[code] = cls

    def pack(self) -> str:
        """The callback data.

        Raises:
            ValueError: it would be too long for Telegram.
        """
        data = ":".join([self.code, *(str(int(v) if isinstance(v, bool) else v) for v in vars(self).values())])
        if len(data.encode()) > LIMIT_BYTES:
            raise ValueError(f"callback data of {type(self).__name__} is too long")
        return data

    @classmethod
    def _read(cls, values: list[str]) -> Self:
        readers: dict[str, Any] = {"int": _number, "bool": lambda v: bool(_number(v)), "Section": Section, "Role": Role}
        named = zip(fields(cls), values, strict=True)
        return cls(**{f.name: readers.get(str(f.type), str)(value) for f, value in named})


def _number(value: str) -> int:
    number = int(value)
    if not 0 <= number <= _LARGEST:
        raise ValueError("no number of ours")
    return number


def unpack(data: str) -> Press | None:
    """What was pressed; None for a button of a version that is gone."""
    code, *values = data.split(":")
    kind = _KINDS.get(code)
    if kind is None:
        return None
    try:
        return kind._read(values)
    except ValueError:
        return None


def kinds() -> dict[str, type[Press]]:
    """All payloads by their codes."""
    return dict(_KINDS)


Rows = list[list[InlineKeyboardButton]]


def markup(rows: Rows) -> InlineKeyboardMarkup | None:
    """The keyboard; None where there are no buttons."""
    kept = [row for row in rows if row]
    return InlineKeyboardMarkup(kept) if kept else None
