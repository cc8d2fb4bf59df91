"""A typed line as words: which say what kind of place it is, which are talk around it, which are its name."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from bot.language import fold

DISTRICT_WORDS = ("quận", "huyện", "thị xã", "thành phố")

# What may stand before a name, folded -> what the name then is. A commune's or district's own kind only narrows
# several of one name: half the people still say «xã» where it became a phường.
_PREFIXES: tuple[tuple[tuple[str, ...], str, str], ...] = (
    (("xa",), "commune", "xa"),
    (("x",), "commune", "xa"),
    (("phuong",), "commune", "phuong"),
    (("p",), "commune", "phuong"),
    (("f",), "commune", "phuong"),
    (("dac", "khu"), "commune", "dac-khu"),
    (("thi", "tran"), "commune", ""),
    (("tt",), "commune", ""),
    (("tinh",), "province", ""),
    (("thanh", "pho"), "city", "thành phố"),
    (("tp",), "city", "thành phố"),
    (("quan",), "district", "quận"),
    (("q",), "district", "quận"),
    (("huyen",), "district", "huyện"),
    (("h",), "district", "huyện"),
    (("thi", "xa"), "district", "thị xã"),
    (("tx",), "district", "thị xã"),
)
COMMUNE_STARTS = ("xa", "phuong", "dac", "thi")
_KIND_SYLLABLES = frozenset(["xã", "phường", "đặc", "thị", "trấn", "tỉnh", "thành", "phố", "quận", "huyện"])
LEADING = frozenset(re.findall(r"\w+", "toi tui em chau minh bac co chu anh chi nha gia dinh o dang hien song que"))
HOUSE = frozenset(
    re.findall(r"\w+", "so duong pho ngo ngach hem kiet thon ap to khu kp xom buon ban lang doi toa chung can")
)
TRAILING = frozenset(re.findall(r"\w+", "a nhe nha ne do cu moi day roi vn viet nam"))

# An address has fewer words; the place stands at its end.
_MOST_WORDS = 16

_TONES = frozenset("\u0300\u0301\u0303\u0309\u0323")
_TOKEN = re.compile(r"[^\W_]+|[,;/\n(-]")
_GLUED_NUMBER = re.compile(r"\b([pqf])\.?\s*(\d{1,2})\b", re.IGNORECASE)


@dataclass(frozen=True)
class Words:
    """A typed line, cut into words; ``plain`` is ``typed`` folded, word by word."""

    typed: tuple[str, ...]
    plain: tuple[str, ...]
    after_break: frozenset[int] = frozenset()

    def __len__(self) -> int:
        return len(self.plain)

    def part(self, start: int, end: int | None = None) -> Words:
        """Some of the words."""
        return Words(self.typed[start:end], self.plain[start:end])

    @property
    def key(self) -> str:
        """The words as names are looked up: in one piece."""
        return "".join(self.plain)

    @property
    def accented(self) -> bool:
        """Whether any accent was typed."""
        return self.typed != self.plain


def words_of(text: str) -> Words:
    """The words of a line, the last ones of a long one."""
    text = _GLUED_NUMBER.sub(r"\1 \2", unicodedata.normalize("NFC", text[:500]).lower())
    typed: list[str] = []
    plain: list[str] = []
    breaks: set[int] = set()
    for token in _TOKEN.findall(text):
        if not token[0].isalnum():
            breaks.add(len(typed))
        elif folded := fold(token).replace(" ", ""):
            typed.append(token)
            plain.append(folded)
    dropped = max(0, len(typed) - _MOST_WORDS)
    after_break = frozenset(position - dropped for position in breaks if position >= dropped)
    return Words(tuple(typed[dropped:]), tuple(plain[dropped:]), after_break)


def key_of(name: str) -> str:
    """How a name is looked up: folded, in one piece."""
    return words_of(name).key


def bare(district: str) -> str:
    """A district's name without «quận», «huyện»."""
    kind = next((word for word in DISTRICT_WORDS if district.startswith(word + " ")), "")
    return district.removeprefix(kind).strip()


def toned(word: str) -> str:
    """A syllable with its tone moved to the end, so that «hoà» and «hòa» are one."""
    letters = unicodedata.normalize("NFD", word)
    tones = "".join(letter for letter in letters if letter in _TONES)
    return "".join(letter for letter in letters if letter not in _TONES) + tones


def begins_with(words: Words, wanted: tuple[str, ...]) -> tuple[int, str] | None:
    """How many words in front say what kind of place it is, and which kind of commune or district."""
    for prefix, names, kind in _PREFIXES:
        if names in wanted and len(words) > len(prefix) and words.plain[: len(prefix)] == prefix:
            typed = words.typed[: len(prefix)]
            if typed == prefix or all(t == p or t in _KIND_SYLLABLES for t, p in zip(typed, prefix, strict=True)):
                return len(prefix), kind
    return None


def without_kind(words: Words, wanted: tuple[str, ...]) -> Words:
    """Without «xã», «tỉnh» and the like in front."""
    prefix, _ = begins_with(words, wanted) or (0, "")
    return words.part(prefix)


def without_talk(words: Words) -> Words:
    """Without «tôi ở …» in front, house and hamlet before «xã», «nhé» behind."""
    start, end = 0, len(words)
    while end > 1 and words.plain[end - 1] in TRAILING:
        end -= 1
    while start < end - 1 and words.plain[start] in LEADING:
        start += 1
    for position in range(start, end - 1):
        if words.typed[position] in ("xa", "xã", "phuong", "phường") and words.plain[max(0, position - 1)] != "thi":
            start = position
            break
    return words.part(start, end)
