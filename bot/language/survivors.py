"""Numbers that look long enough to be personal and are not: they keep their figures when text is masked."""

from __future__ import annotations

import re

_DAY = r"(?:0?[1-9]|[12][0-9]|3[01])"
_MONTH = r"(?:0?[1-9]|1[0-2])"
_YEAR = r"(?:(?:18|19)[0-9]{2}|20[0-4][0-9])"
_DATE = rf"(?:{_DAY}(?P<NAME>[ ]?[/.-][ ]?){_MONTH}(?P=NAME){_YEAR}|{_YEAR}[-/.]{_MONTH}[-/.]{_DAY})"
_NOT_INSIDE = r"(?<![0-9])(?<![0-9][./-])"
_THOUSANDS = r"[1-9][0-9]{0,2}(?P<NAME>[ .,])(?:[0-9]{3}(?P=NAME)){0,5}000(?!(?P=NAME)?[0-9])"

_DATE_1, _DATE_2 = _DATE.replace("NAME", "a"), _DATE.replace("NAME", "b")
_SUM_1, _SUM_2 = _THOUSANDS.replace("NAME", "a"), _THOUSANDS.replace("NAME", "b")

UNIT = (
    r"[ ]{0,2}(?:%|d(?![a-z])|dong(?![a-z])|vnd|vn dong|₫|\$|usd|k(?![a-z0-9])|tr(?![a-z])|trieu|"
    r"ty(?![a-z])|ti(?![a-z])|nghin|ngan(?! hang)|ngin|cu(?![a-z])|m2|ha(?![a-z])|kg|km)"
)
MONEY_AFTER = re.compile(UNIT)

# Each with the reason it would otherwise be taken for a personal number.
PATTERNS: tuple[tuple[str, re.Pattern[str]], ...] = (
    # The portal's dossier and procedure codes: 14 digits and more when read without their dots.
    (
        "dossier",
        re.compile(
            r"(?<![a-z0-9])(?:[0-9]{3}\.[0-9]{2}\.[0-9]{2}\.)?[a-z][0-9]{2}(?:\.[0-9]{1,3}){0,4}-[0-9]{6}-[0-9]{3,6}(?![0-9])"
        ),
    ),
    (
        "procedure",
        re.compile(r"(?<![0-9.])[1-3]\.[0-9]{6}(?![0-9])(?![/,-][0-9])(?:\.[0-9]{2,3}){0,4}(?:\.[a-z][0-9]{2})?"),
    ),
    ("dossier root", re.compile(r"(?<![0-9.])000\.[0-9]{2}\.[0-9]{2}\.[a-z][0-9]{2}")),
    # Two dates, or a date and an hour, together have the twelve digits of a citizen id.
    ("date", re.compile(rf"{_NOT_INSIDE}{_DATE_1}(?:[ ]?-[ ]?{_DATE_2})?(?![0-9])(?![./-][0-9])")),
    ("decree", re.compile(rf"(?<![0-9/])[0-9]{{1,5}}/{_YEAR}(?![0-9])(?![./-][0-9])")),  # 120/2025/NĐ-CP; 05/2026
    ("day", re.compile(rf"(?<![0-9./-]){_DAY}/{_MONTH}(?![0-9/])")),
    ("years", re.compile(rf"(?<![0-9]){_YEAR}[ ]?-[ ]?{_YEAR}(?![0-9-])")),
    ("time", re.compile(r"(?<![0-9:])(?:[01]?[0-9]|2[0-4]):[0-5][0-9](?::[0-5][0-9])?(?![0-9:])")),
    # Money written in groups of three, ranges too.
    ("money", re.compile(rf"(?<![0-9])(?<![0-9][.,]){_SUM_1}(?:[ ]?-[ ]?{_SUM_2})?")),
    ("money", re.compile(rf"(?<![0-9])(?<![0-9][.,])[1-9][0-9]{{0,2}}(?:[.,][0-9]{{3}})+(?={UNIT})")),
    # 1.234.567.890 is a sum; three full groups (123.456.789) are the old identity card, 84.912… a phone.
    ("money", re.compile(r"(?<![0-9])(?<![0-9][.,])(?!84)[1-9][0-9]?(?:\.[0-9]{3}){3}(?![0-9])(?!\.[0-9])")),
    ("hotline", re.compile(r"(?<![0-9])1[89]00(?:[ ]?[.\- ]?[0-9]){4}(?:(?:[ .-]?[0-9]){2})?(?![0-9])")),
)


def find_survivors(text: str) -> list[tuple[int, int, str]]:
    """Spans (start, end, kind) in order of their start; of two that overlap the one listed first stays."""
    taken: list[tuple[int, int, str]] = []
    covered = bytearray(len(text))
    for kind, pattern in PATTERNS:
        for found in pattern.finditer(text):
            start, end = found.span()
            if not any(covered[start:end]):
                covered[start:end] = b"\x01" * (end - start)
                taken.append((start, end, kind))
    return sorted(taken)
