"""What leaders type about teams and members, read: hours, dates, places. Pure functions."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from bot.config import Span
from bot.guides.places import PlaceMatch
from bot.guides.territories import Territories
from bot.language import clean, fold

_NOTHING = frozenset({"-", "khong", "ko", "bo", "xoa", "trong", "khong co"})
_EVERYWHERE = frozenset({"tat ca", "moi noi", "ca nuoc", "toan quoc", "tat ca moi noi"})
_STOP = frozenset({"thoi", "huy", "bo qua", "/thoi", "dung"})

_HOUR = r"(\d{1,2})(?:\s*[:h.g]\s*(\d{2})?|\s*giờ\s*(\d{2})?)?"
_SPAN = re.compile(rf"{_HOUR}\s*(?:-|–|—|đến|den|tới|toi)\s*{_HOUR}", re.IGNORECASE)
_DAY = re.compile(r"(\d{1,2})[/.\-](\d{1,2})[/.\-](\d{4})")
_ISO_DAY = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[ T]00:00(?::00)?)?")
_MOST_SPANS = 6

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


def read_spans(words: str) -> tuple[Span, ...] | None:
    """Hours such as «7:30-11:30, 13h30-17h»; None where they are written in another way.

    They come in order and do not overlap.
    """
    found: list[Span] = []
    for part in re.split(r"[,;\n]| và ", clean(words)):
        if not part.strip():
            continue
        match = _SPAN.fullmatch(part.strip())
        if match is None:
            return None
        hours = [match[1], match[4]]
        minutes = [match[2] or match[3], match[5] or match[6]]
        start, end = (f"{int(h)}:{m or '00'}" for h, m in zip(hours, minutes, strict=True))
        try:
            span = Span.read(f"{start}-{end}")
        except ValueError:
            return None
        if span.start >= span.end:
            return None
        found.append(span)
    found.sort(key=lambda span: span.start)
    overlap = any(one.end > other.start for one, other in pairwise(found))
    return tuple(found) if found and not overlap and len(found) <= _MOST_SPANS else None


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
