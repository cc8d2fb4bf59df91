"""Bringing text into one form before anything compares it."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from bot.language.characters import is_invisible, is_mark, plain
from bot.language.syllables import bases, split_tone, tone_fits, with_tone

CLEAN_LIMIT = 4096  # Telegram's longest message
_MARKS_PER_LETTER = 3  # ế has two; a third is somebody's slip, a hundred an attack
_WORD = re.compile(r"[^\W\d_]+")


def clean(text: str, *, limit: int = CLEAN_LIMIT) -> str:
    """Composed text (NFC) without invisible characters, towers of marks and runs of white space.

    Args:
        text: anything, lone surrogates included.
        limit: longest result, in characters.

    Returns:
        One line; cleaning it again changes nothing.
    """
    if text.isascii() and text.isprintable():
        return " ".join(text[: 4 * limit].split())[:limit].rstrip()
    kept: list[str] = []
    marks = 0
    # What is dropped may be long, what it costs may not: four times the limit is read.
    for ch in text[: 4 * limit]:
        if is_invisible(ch):
            continue
        # Decomposed character by character: normalising a tower of marks as a whole is quadratic.
        for part in _decomposed(ch):
            if is_mark(part):
                marks += 1
                if marks > _MARKS_PER_LETTER:
                    continue
            else:
                marks = 0
            kept.append(part)
    composed = unicodedata.normalize("NFC", "".join(kept))
    return " ".join(composed.split())[:limit].rstrip()


def clean_lines(text: str, *, limit: int = CLEAN_LIMIT) -> str:
    """The same line by line, for words that one person wrote for another: a list of steps stays a list."""
    lines = [clean(line) for line in text[: 4 * limit].splitlines()]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines))[:limit].strip()


@lru_cache(maxsize=8192)
def _decomposed(ch: str) -> str:
    return unicodedata.normalize("NFD", ch)


def normalise_tone(text: str) -> str:
    """Each syllable's tone on the place most people type it: hoà → hòa, thuý → thúy, khoẻ → khỏe, tóan → toán.

    Words that are no Vietnamese syllable, and i or y («kĩ», «kỹ»), stay as they are.
    """
    return text if text.isascii() else _WORD.sub(_retone, text)


def _retone(found: re.Match[str]) -> str:
    word = found.group()
    if len(word) > 16 or word.isascii():
        return word
    base, tone = split_tone(word.lower())
    if not tone or base not in bases() or not tone_fits(base, tone):
        return word
    placed = with_tone(base, tone)
    if placed == word.lower() or len(placed) != len(word):
        return word
    return "".join(new.upper() if old.isupper() else new for old, new in zip(word, placed, strict=True))


def fold(text: str, *, limit: int = CLEAN_LIMIT) -> str:
    """Lower case, no accents (đ → d), figures of any script as 0-9, everything else a blank.

    «Hồ-sơ CCCD: số 12?» and «ho so cccd so 12» are one.
    """
    parts: list[str] = []
    for ch in text[: 4 * limit]:
        parts.extend(part if part.isalnum() else " " for part in plain(ch))
    return " ".join("".join(parts).split())[:limit].rstrip()


def tokens(text: str, *, limit: int = CLEAN_LIMIT) -> list[str]:
    """The folded words."""
    return fold(text, limit=limit).split()
