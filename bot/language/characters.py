"""What a single character is worth when Vietnamese text is compared: the base of folding and of masking."""

from __future__ import annotations

import unicodedata
from functools import lru_cache

# Letters and symbols that print as nothing although Unicode calls them letters or symbols; people (and
# scammers) paste them to break up words: Hangul fillers, the braille blank, the combining joiner.
_BLANK = frozenset("\u115f\u1160\u3164\uffa0\u2800\u034f\u180e")
_D_WITH_STROKE = frozenset("đĐðÐ")  # ð/Ð: old fonts and keyboards put the Icelandic letter for đ
_MINUS = frozenset("\u2212\u02d7")


def words(listed: str) -> tuple[str, ...]:
    """The words of a list written on one line."""
    return tuple(listed.split())


def is_mark(ch: str) -> bool:
    """A combining mark: a tone or a hat standing alone, in decomposed text."""
    return unicodedata.category(ch) in ("Mn", "Me")


def is_invisible(ch: str) -> bool:
    """Controls, zero-width and bidi-override characters, lone surrogates; white space is not among them."""
    if ch in "\t\n\r\v\f\x1c\x1d\x1e\x1f\x85":
        return False
    return unicodedata.category(ch) in ("Cc", "Cf", "Cs") or ch in _BLANK


@lru_cache(maxsize=8192)
def plain(ch: str) -> str:
    """One character without accent, case, width or script of digits; empty when nothing of it shows.

    Punctuation stays (dashes all become ``-``), white space becomes a blank, a line end stays a line end.
    Every character of the result is its own plain form, so folding twice changes nothing.
    """
    if "a" <= ch <= "z" or "0" <= ch <= "9":
        return ch
    if is_invisible(ch) or is_mark(ch):
        return ""
    if ch in "\n\r\x85\u2028\u2029":
        return "\n"
    if ch.isspace():
        return " "
    if ch in _D_WITH_STROKE:
        return "d"
    if ch in _MINUS or unicodedata.category(ch) == "Pd":
        return "-"
    if ch == "…":  # would come apart into three dots, and it is the mark of what we masked
        return ch
    if ch.isdecimal():
        return str(unicodedata.decimal(ch))
    form = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", ch).casefold())
    if form == ch:
        return ch
    if len(form) > 4:  # one sign for a whole sentence («ﷺ»): no word of ours, and a way to swell a text
        return " "
    # A letter may come apart into letters that come apart further; the chain is short, and a circle would be
    # a fault of Unicode's tables.
    return "".join(plain(part) for part in form)
