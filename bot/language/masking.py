"""Hides personal numbers, addresses and secrets in what a citizen wrote, before anything keeps or relays it.

The rules, in order; what an earlier one took, a later one leaves alone:

1. What is masked already stays as it is, so that masking twice changes nothing.
2. E-mail addresses: first, for they may hold a phone number.
3. Passwords and codes given in context (``secret_codes``): nothing of them is kept, they open accounts.
4. Health insurance cards (two letters, 13 digits) and passports (a letter, 7 or 8 digits, said to be a passport):
   before the plain numbers, for the letters belong to them.
5. Numbers (``number_rules``). Dates, prices, decrees, procedure and dossier codes, hotlines are taken out first
   (``survivors``). Of the rest: what a label says («stk», «cccd», «sđt», «mst») in the lengths such numbers have;
   +84…; nine digits and more in one piece unless they are an amount; everything that begins with 0 and has an
   id's or phone's length, whatever signs stand between; cards by their check digit; tight groups.
6. Nine digit words and more in a row («không chín một hai …»).

Of a number the first and the last digit stay (``0xx…xx7``): enough for its owner to recognise it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.language.number_rules import find_numbers
from bot.language.secret_codes import find_secrets
from bot.language.shadow import Shadow, cast

MASK_LIMIT = 16_384  # four of Telegram's longest messages; what lies beyond is dropped, not passed on unread
HIDDEN_DIGITS = "[dãy số đã che]"

_MASKED = re.compile(r"[0-9]xx…xx[0-9]|[a-z0-9]…@…|\[(?:mat khau|ma|day so) da che\]")
_PASSES = 4  # a mask can shorten the way from a label to the next number; in practice the second finds nothing

_LOCAL = re.compile(r"[a-z0-9._%+-]{1,64}$")
_DOMAIN = re.compile(r"[ ]?[a-z0-9-]{1,63}(?:\.[a-z0-9-]{1,63}){1,5}")
_SPOKEN_MAIL = re.compile(
    r"(?<![a-z0-9._%+-])(?P<local>[a-z0-9._%+-]{2,64})[ ]?(?:\(at\)|\[at\]| at | a ?cong |@)[ ]?"
    r"(?:gmail|yahoo|hotmail|outlook|icloud)(?:[ ]?(?:\.|cham)[ ]?com(?:[ ]?(?:\.|cham)[ ]?vn)?)?(?![a-z])"
)
_INSURANCE = re.compile(
    r"(?<![a-z])(?:dn|hx|ch|nn|tk|hc|xk|ht|tb|no|ct|xb|tn|cs|qn|ca|cy|xn|ms|cc|ck|cb|kc|hd|te|bt|hn|dt|dk|xd|ts|tc|tq|"
    r"ta|ty|hg|ls|pv|hs|sv|gb|gd|th|tv|td|tu|ba)[ .-]?(?P<number>[1-5](?:[ ]?[.-]?[ ]?[0-9]){12})(?![0-9])"
)
_PASSPORT = re.compile(r"(?<![a-z0-9])[a-z][ .-]?(?P<number>[0-9](?:[ .-]?[0-9]){6,7})(?![0-9a-z])")
_PASSPORT_SAID = re.compile(r"(?<![a-z])(?:ho ?chieu|passport|thong hanh|pp)(?![a-z])")
# No «lam» for «lăm»: without accents that is «làm», a word of every second question.
_DIGIT_WORD = r"(?:khong|ko|mot|hai|ba|bon|tu|nam|sau|bay|tam|chin|[0-9]{1,3})"
_SPELLED = re.compile(rf"(?<![a-z0-9]){_DIGIT_WORD}(?:[ \n,.;_-]{{1,3}}{_DIGIT_WORD}){{4,29}}(?![a-z0-9])")


def mask(text: str, *, limit: int = MASK_LIMIT) -> str:
    """Hide personal data, keep the words, dates, prices and law numbers around it.

    Args:
        text: any text; accents, width and script of digits, zero-width characters make no difference.
        limit: characters read and returned at most; the rest is dropped, never passed on unmasked.

    Returns:
        The text with masks in it. Masking it again changes nothing.
    """
    result = text[:limit]
    for _ in range(_PASSES):
        masked = _mask_once(result)[:limit]
        if masked == result:
            break
        result = masked
    return result


def contains_secret(text: str, *, limit: int = MASK_LIMIT) -> bool:
    """Whether somebody gives away a password or a one-time code, so that the bot can warn them.

    Asking about passwords («quên mật khẩu», «OTP không về») gives nothing away.
    """
    return next(find_secrets(cast(text[:limit]).text), None) is not None


def _mask_once(original: str) -> str:
    shadow = cast(original)
    taken = bytearray(len(shadow.text))
    spans: list[tuple[int, int, str]] = []
    for found in _MASKED.finditer(shadow.text):
        _take(taken, *found.span())
    for start, end, written in _finds(shadow, taken):
        if start < end and not any(taken[start:end]):
            _take(taken, start, end)
            spans.append((start, end, written))
    if not spans:
        return original
    pieces: list[str] = []
    done = 0
    for start, end, written in sorted(spans):
        first, last = shadow.cut(start, end)
        first = max(first, done)
        pieces += [original[done:first], written]
        done = last
    return "".join([*pieces, original[done:]])


def _take(taken: bytearray, start: int, end: int) -> None:
    taken[start:end] = b"\x01" * (end - start)


def _finds(shadow: Shadow, taken: bytearray) -> Iterator[tuple[int, int, str]]:
    """What to mask, rule by rule; each rule sees in ``taken`` what the earlier ones got."""
    text = shadow.text
    yield from _emails(text)
    for secret in find_secrets(text):
        yield secret.start, secret.end, secret.written
    for found in _INSURANCE.finditer(text):
        yield *found.span("number"), _shape(found["number"])
    for found in _PASSPORT.finditer(text):
        around = text[max(0, found.start() - 40) : found.start()] + " | " + text[found.end() : found.end() + 30]
        if _PASSPORT_SAID.search(around):
            yield *found.span("number"), _shape(found["number"])
    for start, end in find_numbers(text, taken):
        yield start, end, _shape(text[start:end])
    for found in _SPELLED.finditer(text):
        if _is_spelled_number(found.group()):
            yield *found.span(), HIDDEN_DIGITS


def _shape(number: str) -> str:
    digits = [ch for ch in number if ch.isdigit()]
    return f"{digits[0]}xx…xx{digits[-1]}"


def _emails(text: str) -> Iterator[tuple[int, int, str]]:
    at = text.find("@")
    while at >= 0:
        head = text[max(0, at - 65) : at]
        local = _LOCAL.search(head.rstrip(" ")) or _LOCAL.search(head)
        domain = _DOMAIN.match(text, at + 1)
        if local and domain:
            start = max(0, at - 65) + local.start()
            yield start, domain.end(), f"{local.group()[0]}…@…"
        at = text.find("@", at + 1)
    for found in _SPOKEN_MAIL.finditer(text):
        yield *found.span(), f"{found['local'][0]}…@…"


def _is_spelled_number(run: str) -> bool:
    """Nine digits, most of them words: «không chín một hai ba bốn năm sáu bảy», «0 chín 12 ba 45 sáu 7»."""
    parts: list[str] = re.findall(r"[a-z]+|[0-9]+", run)
    words = sum(part.isalpha() for part in parts)
    figures = sum(len(part) for part in parts if part.isdigit())
    return bool(words >= 3 and words + figures >= 9)
