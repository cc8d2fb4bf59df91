"""What a member means by the words behind ``/truc``: hours, a day, a rest; with or without accents."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta

from bot.config import Span
from bot.helpdesk.typed import find_spans, plain

_FILLER = re.compile(r"\b(?:truc|tu|va|gio|moi ngay|hang ngay|tiep|tro lai|lai|nhe|a|em|toi se|minh)\b|[,;.&+]")
_WEEKDAY = re.compile(r"(?:thu\s*([2-7])|thu (hai|ba|tu|nam|sau|bay)|t([2-7])|chu nhat|cn)\b")
_DATE = re.compile(r"(?:ngay\s+)?(\d{1,2})\s*/\s*(\d{1,2})(?:\s*/\s*(\d{4}))?")
_NAMES = {"hai": 0, "ba": 1, "tu": 2, "nam": 3, "sau": 4, "bay": 5}
_PARTS = {
    "sang": ("7:30-11:30",),
    "chieu": ("13:30-17:00",),
    "toi": ("19:00-21:00",),
    "sang chieu": ("7:30-11:30", "13:30-17:00"),
    "chieu toi": ("13:30-17:00", "19:00-21:00"),
}
_ON = frozenset({"", "bat", "on", "mo", "co", "lam"})
_ALL_DAY = frozenset({"ca ngay", "luc nao cung duoc", "moi luc", "bo gio", "xoa gio"})
_REST = re.compile(r"^(?:nghi|tat|off|ban)\b\s*")


@dataclass(frozen=True)
class Wish:
    """How a member wants to be on duty.

    Attributes:
        on: on duty, or not.
        spans: his hours from now on; None: they stay as they are; empty: none, the whole day.
        last_day: on duty up to this day alone.
        back_on: away until this day begins.
    """

    on: bool
    spans: tuple[Span, ...] | None = None
    last_day: date | None = None
    back_on: date | None = None


def read_wish(words: str, today: date) -> Wish | None:
    """What the words mean; None where they cannot be made out (nothing is guessed).

    Args:
        words: as typed.
        today: where the team is.
    """
    said = plain(words)
    if rest := _REST.match(said):
        return _read_rest(said[rest.end() :], today)
    last_day = None
    if "hom nay" in said:
        said, last_day = said.replace("hom nay", " "), today
    spans, left = find_spans(said)
    if spans is None:
        return None
    left = " ".join(_FILLER.sub(" ", left).split())
    if spans:
        return Wish(True, spans, last_day) if not left else None
    if left in _PARTS:
        return Wish(True, tuple(map(Span.read, _PARTS[left])), last_day)
    if left in _ALL_DAY:
        return Wish(True, (), last_day)
    return Wish(True, None, last_day) if left in _ON else None


def _read_rest(said: str, today: date) -> Wish | None:
    said = re.sub(r"^(?:cho\s+)?(?:toi|den|het|qua)\b\s*", "", said).strip()
    ended = re.sub(r"\b(?:nhe|a|roi lam|moi lam)\b|[,.]", " ", said).strip()
    if not ended:
        return Wish(False)
    if ended in ("hom nay", "ngay mai", "mai", "het hom nay"):
        return Wish(True, back_on=today + timedelta(days=1))
    if ended in ("tuan sau", "het tuan", "cuoi tuan"):
        return Wish(True, back_on=today + timedelta(days=7 - today.weekday()))
    if found := re.fullmatch(r"(\d{1,2}|mot) (ngay|tuan)(?: nua)?", ended):
        days = (1 if found[1] == "mot" else int(found[1])) * (7 if found[2] == "tuan" else 1)
        return Wish(True, back_on=today + timedelta(days=days)) if days else None
    if found := _WEEKDAY.fullmatch(re.sub(r"\s+(?:tuan sau|toi)$", "", ended)):
        number, name, short = found.groups()
        weekday = int(number or short) - 2 if number or short else _NAMES.get(name or "", 6)
        ahead = (weekday - today.weekday() - 1) % 7 + 1
        if ended.endswith("tuan sau") and ahead <= 6 - today.weekday():
            ahead += 7
        return Wish(True, back_on=today + timedelta(days=ahead))
    if found := _DATE.fullmatch(ended):
        return _until_date(int(found[1]), int(found[2]), int(found[3]) if found[3] else None, today)
    return None


def _until_date(day: int, month: int, year: int | None, today: date) -> Wish | None:
    try:
        back = date(year or today.year, month, day)
        if year is None and back <= today:
            back = date(today.year + 1, month, day)
    except ValueError:
        return None
    return Wish(True, back_on=back) if back > today else None
