"""Reading raw Telex and VNI: what a keyboard sends when no input method listens («lafm laij», «lam2 lai5»)."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from bot.language.foreign import AMBIGUOUS, FOREIGN, LABELS
from bot.language.syllables import VOWELS, bases, is_syllable, tone_fits, with_tone

Method = Literal["telex", "vni"]

_TONE_KEYS: dict[Method, dict[str, str]] = {
    "telex": {"f": "\u0300", "s": "\u0301", "x": "\u0303", "r": "\u0309", "j": "\u0323", "z": ""},
    "vni": {"2": "\u0300", "1": "\u0301", "4": "\u0303", "3": "\u0309", "5": "\u0323", "0": ""},
}
_HATS = {"a": "â", "e": "ê", "o": "ô"}
_HORNS = {"a": "ă", "o": "ơ", "u": "ư"}
_TOKEN = re.compile(r"[A-Za-z0-9]+")
_LONGEST = 12  # keys for one syllable: «nghieengs» has 9, «nghie6ng1» 9
# Share of the words that must read as Telex (VNI) before doubtful ones are read so too. A Telex message has
# half of its words decodable (the others carry no mark); an English line 0.1-0.2, a Vietnamese one none.
_SHARE = 0.3
_SHARE_MIXED = 0.5  # where some words came out accented already
_TELEX_HINT = re.compile(r"[A-Za-z]*(?:dd|aa|ee|oo|w|[aeiouy][a-z]*[sfrxjz])[A-Za-z]*$", re.IGNORECASE)


@dataclass(frozen=True)
class _Reading:
    """One token read as typed keys.

    Attributes:
        word: the syllable.
        keys: how many keys were marks and not letters.
        sure: by itself clear enough, whatever stands around it.
    """

    word: str
    keys: int
    sure: bool


def decode_telex(text: str) -> str:
    """Raw Telex to Vietnamese, word by word; other words stay.

    A word is read as Telex if that makes a Vietnamese syllable and the word is neither one already nor foreign.
    Words that could be English («is», «new») are read only where the whole message is Telex.
    """
    return _decode(text, "telex")


def decode_vni(text: str) -> str:
    """Raw VNI to Vietnamese, word by word; numbers, «A1», «covid19», «to 5» stay.

    One figure at the end («lam2», «lop1») is read only where the whole message is VNI.
    """
    return _decode(text, "vni")


def decode_typing(text: str) -> str:
    """Raw Telex or VNI to Vietnamese; text typed properly, with or without accents, stays as it is."""
    return decode_vni(decode_telex(text))


def looks_like_telex(text: str) -> bool:
    """Whether enough of the words read as Telex."""
    return _looks_like(text, "telex")


def looks_like_vni(text: str) -> bool:
    """Whether enough of the words read as VNI."""
    return _looks_like(text, "vni")


def _decode(text: str, method: Method) -> str:
    throughout = _looks_like(text, method)
    listens = _listens(text)

    def decoded(found: re.Match[str]) -> str:
        raw = found.group()
        if _touches_letter(text, found):
            return raw
        reading = _read(raw.lower(), method)
        if reading is None:
            return _without_stray_figure(raw) if throughout and method == "vni" else raw
        sure = reading.sure and (reading.keys > 1 or not listens)
        if not sure and (not throughout or (raw.isupper() and len(raw) > 1 and not text.isupper())):
            return raw
        return _in_case_of(raw, reading.word)

    return _TOKEN.sub(decoded, text)


def _touches_letter(text: str, found: re.Match[str]) -> bool:
    """Part of a longer word: an accented letter, or signs of an address («abc@as.vn», «g.co/as»), beside it."""
    before, after = text[max(0, found.start() - 1) : found.start()], text[found.end() : found.end() + 1]
    if before and (before.isalnum() or before in "@_/#+&=%~" or unicodedata.combining(before) > 0):
        return True
    if not after:
        return False
    return after[0].isalnum() or after[0] in "@_/=%~" or unicodedata.combining(after[0]) > 0


def _listens(text: str) -> bool:
    """Whether an input method was on: who has one types «Chiềng Khoong» and «bị down» on purpose."""
    return any(not word.isascii() and is_syllable(word) for word in re.findall(r"[^\W\d_]{2,8}", text))


def _looks_like(text: str, method: Method) -> bool:
    counted = decodable = sure = english = 0
    for found in _TOKEN.finditer(text):
        raw = found.group()
        if raw.isdigit() or _touches_letter(text, found):
            continue
        counted += 1
        reading = _read(raw.lower(), method)
        if reading is not None:
            decodable += 1
            sure += reading.sure
            english += raw.lower() in AMBIGUOUS
    counted += sum(1 for word in text.split() if not word.isascii() and any(ch.isalpha() for ch in word))
    if not counted or decodable / counted < (_SHARE_MIXED if _listens(text) else _SHARE):
        return False
    if method == "telex":
        return sure >= 1 or (decodable - english >= 2 and decodable / counted >= 0.5)
    # A figure at the end is doubtful in each word («to 5» typed «to5»), no longer in three of them.
    return (sure >= 1 and decodable >= 2) or decodable >= 3


@lru_cache(maxsize=4096)
def _read(raw: str, method: Method) -> _Reading | None:
    if not 2 <= len(raw) <= _LONGEST or raw in FOREIGN or raw in LABELS or not "a" <= raw[0] <= "z":
        return None
    if method == "telex" and (not raw.isalpha() or not _TELEX_HINT.match(raw)):
        return None
    if method == "vni" and (raw.isalpha() or (raw[1:].isdigit() and not re.match(r"[aeo][678][1-5]$", raw))):
        # «a1», «u70», «o3»: a vowel alone with figures is a label far more often than a word; not so «o73» (ở)
        return None
    typed = _type(raw, method)
    if typed is None:
        return None
    base, tone, keys = typed
    if base not in bases():
        # «nguwoif», «ngu7oi2»: the horn on one letter of the two; «thuowr» is «thuở»
        base = next((fixed for fixed in (base.replace("ưo", "ươ"), base.replace("ươ", "uơ")) if fixed in bases()), "")
    if not keys or is_syllable(raw) or base not in bases():
        return None
    # Level-toned «cawts» without its s is half a word: allowed («cuwowc» is what people leave out), never sure.
    whole = tone_fits(base, tone)
    if tone and not whole:
        return None
    return _Reading(with_tone(base, tone), keys, whole and _is_sure(raw, method, keys))


def _is_sure(raw: str, method: Method, keys: int) -> bool:
    if method == "vni":
        figures = re.findall(r"[0-9]+", raw)
        # Inside the word, or two marks and more, one of them a letter's («tuye6n3», «cuo7c1», «d9ai5»).
        return bool(re.search(r"[0-9][a-z]", raw)) or (
            len(figures[0]) > 1 and any(mark in "6789" for mark in figures[0])
        )
    if raw in AMBIGUOUS:
        return False
    if raw[-1] == "j" and keys == 1 and is_syllable(raw[:-1] + "i"):
        return False  # «toj muon lam laj»: young people's j for i
    return keys >= 2 or any(key in raw[1:] for key in "jfw") or raw.startswith("dd") or len(raw) >= 6


def _type(raw: str, method: Method) -> tuple[str, str, int] | None:
    """Play the keys; the toneless syllable, the tone and the number of mark keys, or None if they do not fit."""
    tones = _TONE_KEYS[method]
    letters: list[str] = []
    tone = ""
    toned = False
    keys = 0
    for place, key in enumerate(raw):
        has_vowel = any(letter in VOWELS for letter in letters)
        if key in tones and has_vowel:
            if toned and tones[key]:
                return None  # two tones: «to12», «pass»
            tone, toned, keys = tones[key], bool(tones[key]), keys + 1
        elif method == "telex" and _telex_mark(letters, key, first=place == 0):
            keys += 1
        elif method == "vni" and key.isdigit():
            if not _vni_mark(letters, key):
                return None
            keys += 1
        else:
            letters.append(key)
    return unicodedata.normalize("NFC", "".join(letters)), tone, keys


def _telex_mark(letters: list[str], key: str, *, first: bool) -> bool:
    """Whether the key marked a letter already typed: dd, aa, ee, oo, w (also later in the word: «dangd», «cawn»)."""
    if first:
        return False
    if key == "d" and letters[0] == "d" and "đ" not in letters:
        letters[0] = "đ"
        return True
    if key == "w":
        if _put_horn(letters, _HORNS):
            return True
        if not any(letter in VOWELS for letter in letters):
            letters.append("ư")  # «tw» for «tư»
            return True
        return False
    if key in _HATS:
        # Right after its twin, or after the syllable's end («cana» for «cân»).
        for index in range(len(letters) - 1, -1, -1):
            if letters[index] == key:
                closed = index < len(letters) - 1 and letters[-1] not in VOWELS
                if index == len(letters) - 1 or closed or (key == "e" and letters[index:] == ["e", "u"]):
                    letters[index] = _HATS[key]
                    return True
                return False
    return False


def _vni_mark(letters: list[str], key: str) -> bool:
    if key == "9":
        if letters[0] == "d":
            letters[0] = "đ"
            return True
        return False
    if key == "7":
        return _put_horn(letters, {"o": "ơ", "u": "ư"})
    wanted = {"6": _HATS, "8": {"a": "ă"}}.get(key, {})
    for index in range(len(letters) - 1, -1, -1):
        if letters[index] in wanted:
            letters[index] = wanted[letters[index]]
            return True
    return False


def _put_horn(letters: list[str], horns: dict[str, str]) -> bool:
    """Key w or 7: of «uo» both letters take it (but «quơ», «thuở» only the o), else the last that can."""
    for index in range(len(letters) - 1, -1, -1):
        letter = letters[index]
        if letter == "ơ" and index and letters[index - 1] == "u":
            letters[index - 1] = "ư"  # «uow» typed and w once more
            return True
        if letter == "o" and index and letters[index - 1] in "uư" and (index < 2 or letters[index - 2] != "q"):
            letters[index - 1], letters[index] = "ư", "ơ"
            return True
        if letter == "a" and index and letters[index - 1] == "u" and (index < 2 or letters[index - 2] != "q"):
            letters[index - 1] = "ư"  # «muaw» is «mưa»; «ă» never follows u
            return True
        if letter in horns:
            letters[index] = horns[letter]
            return True
    return False


def _without_stray_figure(raw: str) -> str:
    """In a VNI message «can9» is a slip of the finger: the figure goes, the word stays."""
    stripped = re.fullmatch(r"([A-Za-z]{2,7})[6-9]", raw)
    return stripped[1] if stripped and is_syllable(stripped[1]) and raw.lower() not in LABELS else raw


def _in_case_of(raw: str, word: str) -> str:
    letters = [ch for ch in raw if ch.isalpha()]
    if len(letters) > 1 and all(ch.isupper() for ch in letters):
        return word.upper()
    return word.capitalize() if raw[0].isupper() else word
