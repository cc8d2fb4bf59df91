"""What people type about hours, dates and places, read. Pure functions."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import date, time
from itertools import pairwise

from bot.config import Span
from bot.guides.places import PlaceMatch
from bot.guides.territories import Territories
from bot.language import clean, fold

_NOTHING = frozenset({"-", "khong", "ko", "bo", "xoa", "trong", "khong co"})
_EVERYWHERE = frozenset({"tat ca", "moi noi", "ca nuoc", "toan quoc", "tat ca moi noi"})
_STOP = frozenset({"thoi", "huy", "bo qua", "/thoi", "dung"})

_UNIT = r"(?:\s*(?:h|:|gio|g)\s*|\.(?=\d\d))"
_HOUR = rf"(\d{{1,2}})(?:{_UNIT}(\d{{2}})?)?"
# «8h-11h 19h-21h»: what looks like minutes is the next hour.
_END = rf"(\d{{1,2}})(?:{_UNIT}(?:(\d{{2}})(?!\d|\s*(?:-|:|h|g|den\b|toi\s*\d)))?)?"
_SPAN = re.compile(rf"(?:\btu\s+)?\b{_HOUR}\s*(?:-|den|toi)\s*{_END}(?:\s*(sang|chieu|toi|dem)\b)?")
_BETWEEN = re.compile(r"[,;]|\bva\b")
_DAY = re.compile(r"(\d{1,2})[/.\-](\d{1,2})[/.\-](\d{4})")
_ISO_DAY = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[ T]00:00(?::00)?)?")
_MOST_SPANS = 6
_NOON = 12 * 60

# What a part of a commune is called, folded.
_HAMLETS = (
    "ap", "thon", "khu pho", "kp", "to dan pho", "tdp", "to dan cu", "xom", "ban", "buon", "lang", "khom", "khu",
    "khoi", "to", "plei", "phum", "soc", "doi", "khu dan cu",
)  # fmt: skip
_COMMUNES = ("xa", "phuong", "dac khu", "thi tran", "x.", "p.", "tt.")


def is_nothing(words: str) -> bool:
    """Whether the words mean that there shall be none."""
    return words.strip() in ("-", "–") or fold(words) in _NOTHING


def is_stop(words: str) -> bool:
    """Whether the words mean not to go on."""
    return fold(words) in _STOP


def plain(words: str) -> str:
    """Small letters without accents, every dash the same."""
    letters = unicodedata.normalize("NFD", words.lower().replace("đ", "d"))
    bare = "".join(c for c in letters if not unicodedata.combining(c))
    return " ".join(re.sub(r"[–—~]|\bto\b", "-", bare).split())


def find_spans(said: str) -> tuple[tuple[Span, ...] | None, str]:
    """The hours among plain words, in order, and the other words; None where some make no sense or overlap."""
    spans: list[Span] = []
    for found in _SPAN.finditer(said):
        if int(found[2] or 0) > 59 or int(found[4] or 0) > 59:
            return None, said
        first, last = _minutes(found[1], found[2]), _minutes(found[3], found[4])
        if found[5] in ("chieu", "toi", "dem") and last <= _NOON:
            first, last = (first if first >= _NOON else first + _NOON), last + _NOON
        if not first < last <= 2 * _NOON:
            return None, said
        spans.append(Span(start=time(*divmod(first, 60)), end=time(*divmod(min(last, 2 * _NOON - 1), 60))))
    spans.sort(key=lambda span: span.start)
    if len(spans) > _MOST_SPANS or any(one.end > other.start for one, other in pairwise(spans)):
        return None, said
    return tuple(spans), _SPAN.sub(" ", said)


def _minutes(hour: str, minute: str | None) -> int:
    return int(hour) * 60 + int(minute or 0)


def read_spans(words: str) -> tuple[Span, ...] | None:
    """Hours alone, such as «7:30-11:30, 13h30-17h»; None where anything else stands there."""
    spans, rest = find_spans(plain(clean(words)))
    return spans if spans and not _BETWEEN.sub(" ", rest).strip() else None


def read_day(words: str) -> date | None:
    """A day such as «1/9/2026»; None where it is written in another way or there is no such day."""
    words = words.strip()
    if match := _DAY.fullmatch(words):
        day, month, year = map(int, match.groups())
    elif match := _ISO_DAY.fullmatch(words):
        year, month, day = map(int, match.groups())
    else:
        return None
    try:
        found = date(year, month, day)
    except ValueError:
        return None
    return found if 2000 <= found.year <= 2100 else None


def read_period(words: str) -> tuple[date | None, date | None] | None:
    """First and last day, such as «1/9/2026 - 31/12/2026», «từ 1/9/2026», «đến 31/12/2026»; None where unclear."""
    text = clean(words)
    days = [read_day(found[0]) for found in _DAY.finditer(text)]
    rest = fold(_DAY.sub(" # ", text)).split()
    if None in days:
        return None
    if len(days) == 2 and set(rest) <= {"tu", "ngay", "den", "toi", "het"}:
        return days[0], days[1]
    if len(days) == 1 and set(rest) <= {"den", "toi", "het", "ngay"} and set(rest) & {"den", "toi", "het"}:
        return None, days[0]
    if len(days) == 1 and set(rest) <= {"tu", "ngay"} and "tu" in rest:
        return days[0], None
    return None


_NOWHERE = PlaceMatch("none")


@dataclass(frozen=True)
class TypedPlace:
    """What a typed line says about where a team works.

    Attributes:
        everywhere: it said so.
        hamlet: the part of the commune, as typed.
        match: which communes or provinces it may mean.
    """

    everywhere: bool = False
    hamlet: str = ""
    match: PlaceMatch = _NOWHERE


def read_place(words: str, territories: Territories) -> TypedPlace:
    """Where a team works: «xã An Thới Đông», «ap 3, xa an thoi dong», «tỉnh Cao Bằng», «tất cả»."""
    text = clean(words)
    if fold(text) in _EVERYWHERE:
        return TypedPlace(everywhere=True)
    for hamlet, rest in _split(text):
        match = territories.search(rest)
        if match.outcome != "none":
            return TypedPlace(hamlet=hamlet, match=match)
    return TypedPlace(match=territories.search(text))


def _split(text: str) -> list[tuple[str, str]]:
    """Ways to see a part of a commune at the beginning, and what is behind it."""
    if not _begins(text, _HAMLETS):
        return []
    head, comma, rest = text.partition(",")
    ways = [(head.strip(), rest.strip())] if comma else []
    words = text.split()
    for at in range(1, len(words)):
        if _begins(" ".join(words[at:]), _COMMUNES):
            ways.append((" ".join(words[:at]).strip(" ,"), " ".join(words[at:])))
            break
    return [way for way in ways if all(way)]


def _begins(text: str, names: tuple[str, ...]) -> bool:
    folded = " ".join(fold(word) or word for word in text.split())
    plain = text.casefold()
    return any(folded.startswith(f"{name} ") or (name.endswith(".") and plain.startswith(name)) for name in names)
