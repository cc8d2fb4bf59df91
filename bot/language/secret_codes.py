"""Where a text gives away a password or a one-time code. Works on the plain reading of a text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from bot.language.characters import words
from bot.language.syllables import is_syllable

HIDDEN_CODE = "[mã đã che]"
HIDDEN_PASSWORD = "[mật khẩu đã che]"

_EDGE = r"(?<![a-z0-9_])"
_PASSWORD = r"(?:mat ?khau|mat ma|mkhau|m\.?k|pass ?(?:word)?|passw[or]*d?|pwd?)"
_CODE = (
    r"(?:(?:ma |so )?(?:smart )?otp|pass ?code|(?:ma |so )?pin|cvv2?|cvc2?|"
    r"ma (?:xac (?:nhan|thuc|minh)|bao mat|bi mat|kich hoat|dang nhap|khoi phuc|code|6 so|4 so)|"
    r"(?:verification |security )?code|maotp|maxacnhan|maxacthuc)"
)
# Words that may stand between the label and the code without changing whose code it is.
_FILLER = (
    r"(?:cua|toi|tui|minh|con|chau|em|anh|chi|bac|co|chu|me|bo|ba|ong|vo|chong|nha|quy|khach|ban|nhan|duoc|vua|moi|gui|"
    r"ve|den|qua|may|sim|tin|nhan|so|day|nay|do|he|thong|vneid|zalo|facebook|fb|wifi|gmail|email|mail|ngan|hang|"
    r"app|dich|vu|cong|quoc|gia|otp|smart|is|giao|tai|khoan|tk|etax|vssid|bhxh|dien|thoai|cu|chinh|hien|lai|"
    r"vietcombank|vcb|bidv|agribank|mb|momo|google|dang|nhap|vao|cap|2|1|muc|wi-fi|a|ah|nhe|the|atm)"
)
_LINK = r"(?:[ ]{0,3}(?:[:=]|->|-{1,2}>?)[ ]{0,3}|[ ]{1,3}(?:la|is)(?:[ ]{0,3}[:=][ ]{0,3}|[ ]{1,3}))"

# A password: with a link word (la, :, =) anything that does not read as Vietnamese; without one only what
# nobody would write as a word.
_PASSWORD_LINKED = re.compile(
    rf"{_EDGE}{_PASSWORD}(?:[ ]{{1,3}}[a-z0-9-]{{1,12}}){{0,6}}?(?P<link>{_LINK})(?P<value>[^\s\[\]]{{1,80}})"
)
_PASSWORD_BARE = re.compile(
    rf"{_EDGE}{_PASSWORD}(?:[ ]{{1,3}}{_FILLER}){{0,4}}?[ ]{{1,3}}"
    r"(?P<value>(?=[^\s\[\]]{0,79}[0-9])[^\s\[\]]{4,80})"
)
_CODE_VALUE = r"(?P<value>[0-9](?:[ ]?[.\-_/,*][ ]?[0-9]|[ ]{0,2}[0-9]){2,11})(?![0-9])"
_CODE_LINKED = re.compile(rf"{_EDGE}{_CODE}(?:[ ]{{1,3}}[a-z0-9-]{{1,12}}){{0,6}}?(?:{_LINK}){_CODE_VALUE}")
_CODE_BARE = re.compile(rf"{_EDGE}{_CODE}(?:[ ,]{{1,3}}{_FILLER}){{0,5}}?[ (\"'«,:=-]{{0,3}}{_CODE_VALUE}")
_CODE_LETTERS = re.compile(
    rf"{_EDGE}{_CODE}(?:[ ]{{1,3}}{_FILLER}){{0,5}}?{_LINK}(?P<value>[a-z0-9-]{{4,20}})(?![a-z0-9])"
)
_CODE_FIRST = re.compile(
    rf"(?<![0-9a-z./,-])(?:g-)?(?P<value>[0-9](?:[ .-]?[0-9]){{3,7}})[ ]{{1,3}}"
    rf"(?:(?:la|is|do la|your)[ ]{{1,3}}){{1,2}}(?:cai[ ]|so[ ]|your[ ]|[a-z]{{2,12}}[ ])?{_CODE}(?![a-z])"
)
# «nhận được mã 482913»: six figures after the bare word; not a round sum («mà 250000», but without accents).
_CODE_NAMELESS = re.compile(
    rf"{_EDGE}ma(?:[ ]{{1,3}}(?:la|so|nay|do))?[ ]{{0,2}}[ :][ ]{{0,2}}"
    r"(?P<value>(?![0-9]*000(?![0-9]))[0-9]{6})(?![0-9])"
)
_PASSWORD_FIRST = re.compile(
    rf"(?<![a-z0-9./,-])(?P<value>(?=[^\s\[\]]{{0,40}}[0-9])[^\s\[\]…]{{6,40}})[ ]{{1,3}}la[ ]{{1,3}}(?:so[ ]|cai[ ])?"
    rf"{_PASSWORD}(?![a-z])"
)

# «mật khẩu 8 ký tự», «otp 5 phút», «pin 5000mah», «mk 35 tuổi»: a measure, not a code.
_MEASURE = re.compile(
    r"[ ]{0,2}(?:ky|ki|chu|so(?![a-z])|lan|phut|giay|gio|ngay|thang|nam|tuoi|mah|%|d(?![a-z])|dong|vnd|k(?![a-z])|"
    r"tr(?![a-z])|trieu|ty|nghin|ngan|lop|buoc|cach|m2|chiec|cai)"
)
# Five figures and more are money or a code: «mã OTP là 482913 số căn cước …» counts nothing.
_MONEY = re.compile(r"[ ]{0,2}(?:mah|d(?![a-z])|dong|vnd)")
_HOTLINE = re.compile(r"(?:1[89]00[0-9]{4}(?:[0-9]{2})?|1022|11[1-5]|156|5656)$")
_YEAR = re.compile(r"(?:19|20)[0-9]{2}$")
_TRIM_LEFT, _TRIM_RIGHT = "\"'«“‘(<:=-", "\"'»”’)>.,;?"
# Said of passwords, never one themselves; foreign words that the syllable test would take for a password.
_NOT_PASSWORDS = frozenset(
    words(
        "otp pin passcode password vneid vssid zalo facebook fb google gmail email mail wifi app web sms sim cccd cmnd "
        "smart ok oke online internet iphone samsung android viettel vinaphone mobifone vietcombank agribank bidv etax "
        "mobile banking ibanking momo error null dvc dvcqg bhxh bhyt sdt stk tk mk dt ko k hok hong j z gi"
    )
)
_SAID = frozenset(words("gi sao nao dau may ai khong bao quen doi cach the thi cai sai dung mat het lay nhu phai can"))


@dataclass(frozen=True)
class Secret:
    """A span of the plain reading and what to write in its place."""

    start: int
    end: int
    written: str


def find_secrets(text: str) -> Iterator[Secret]:
    """Every password and code given in context; spans may overlap."""
    for pattern in (_CODE_BARE, _CODE_LINKED, _CODE_FIRST, _CODE_NAMELESS):
        for found in pattern.finditer(text):
            if _is_code(text, found):
                yield Secret(*found.span("value"), HIDDEN_CODE)
    for found in _CODE_LETTERS.finditer(text):
        value = found["value"]
        if any(ch.isdigit() for ch in value) and not value[0].isspace() and not _measured(text, found.end("value")):
            yield Secret(*found.span("value"), HIDDEN_CODE)
    for found in _PASSWORD_LINKED.finditer(text):
        span = _linked_password(text, found)
        if span:
            yield Secret(*span, HIDDEN_PASSWORD)
    for found in _PASSWORD_FIRST.finditer(text):
        if not re.fullmatch(r"[0-9]{1,4}[./-].*", found["value"]):
            yield Secret(*found.span("value"), HIDDEN_PASSWORD)
    for found in _PASSWORD_BARE.finditer(text):
        span = _bare_password(text, found)
        if span:
            yield Secret(*span, HIDDEN_PASSWORD)


def _measured(text: str, end: int, value: str = "") -> bool:
    """Whether a unit follows; only a figure has one: «mk hoahong99 số …» measures nothing."""
    if any(ch.isalpha() for ch in value):
        return False
    figures = sum(ch.isdigit() for ch in value)
    return (_MEASURE if figures < 5 else _MONEY).match(text, end) is not None


def _is_code(text: str, found: re.Match[str]) -> bool:
    digits = re.sub(r"[^0-9]", "", found["value"])
    if _measured(text, found.end("value"), digits) or _HOTLINE.match(digits):
        return False
    if found["value"].count("/") == 2 or re.match(r"[/.,:-][0-9]", text[found.end("value") :][:2]):
        return False  # a date, a price, a time
    if re.match(r"[1-3]\.[0-9]{6}$", found["value"]):
        return False  # «code 1.001193»: a procedure's
    # Longer ones are phone, card or citizen numbers, and have rules of their own.
    return 3 <= len(digits) <= 8


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start] in _TRIM_LEFT:
        start += 1
    while end > start and text[end - 1] in _TRIM_RIGHT:
        end -= 1
    return start, end


def _is_slang(found: re.Match[str]) -> bool:
    """«mk» is also how young people write «mình» (I): «mk la 1990», «mk 2025 tot nghiep»."""
    return found.group().startswith(("mk", "m.k"))


def _linked_password(text: str, found: re.Match[str]) -> tuple[int, int] | None:
    start, end = _trimmed(text, *found.span("value"))
    value = text[start:end]
    if len(value) < 3 or "…" in value or value in _NOT_PASSWORDS:
        return None
    if _measured(text, end, value):
        return None
    if value.isalpha():
        said_plainly = ":" not in found["link"] and "=" not in found["link"]
        last = not text[end : end + 12].split("\n")[0].strip(" .!)»\"'")
        if is_syllable(value) and (said_plainly or not last or value in _SAID):
            return None
        return start, end
    slang = _is_slang(found) and "la" in found["link"]
    if value.isdigit() and (len(value) < (6 if slang else 4) or _HOTLINE.match(value)):
        return None
    return start, end


def _bare_password(text: str, found: re.Match[str]) -> tuple[int, int] | None:
    start, end = _trimmed(text, *found.span("value"))
    value = text[start:end]
    digits = sum(ch.isdigit() for ch in value)
    if len(value) < 4 or "…" in value or not digits or value in _NOT_PASSWORDS or _measured(text, end, value):
        return None
    slang = _is_slang(found)
    if value.isdigit():
        if _HOTLINE.match(value) or _YEAR.match(value) or (slang and digits < 6):
            return None
        return start, end
    letters = sum(ch.isalpha() for ch in value)
    if digits < 2 or not letters:  # «cấp2», «mức2»; «22/11/2026», «35.000»
        return None
    if re.fullmatch(r"[0-9.,]+[a-z]{1,6}|[a-z]{2,6}/?[0-9]{1,4}/.*|[0-9]+/[0-9]+/.*", value):
        return None  # «500k», «120/2025/nd-cp»
    return start, end
