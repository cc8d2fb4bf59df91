"""A fee as an admin types it, and what it does to a guide's fees: «70.000 từ 1/1/2027»."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

_FREE = re.compile(r"(?:miễn(?: phí)?|không mất tiền|không thu)", re.IGNORECASE)
_UNITS = {
    "": 1,
    "đ": 1,
    "đồng": 1,
    "vnd": 1,
    "k": 1_000,
    "nghìn": 1_000,
    "ngàn": 1_000,
    "triệu": 1_000_000,
    "tr": 1_000_000,
}
_AMOUNT = re.compile(
    r"(?P<number>\d{1,3}(?:[.,]\d{3})+|\d+(?:[.,]\d{1,2})?)\s*(?P<unit>triệu|tr|nghìn|ngàn|k|đồng|vnd|đ)?(?:\s*đồng|\s*đ)?",
    re.IGNORECASE,
)
_DAY = r"(?:ngày\s*)?(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})"
_SINCE = re.compile(rf"(?:kể\s*)?từ\s*{_DAY}", re.IGNORECASE)
_UNTIL = re.compile(rf"(?:đến|tới)\s*(?:hết\s*)?{_DAY}", re.IGNORECASE)
_ARROW = re.compile(r"→|->|=>|\bthành\b|\blên\b|\bxuống\b", re.IGNORECASE)


@dataclass(frozen=True)
class TypedFee:
    """What was typed.

    Attributes:
        amount: in đồng; 0: free.
        since: from when; None: at once.
        until: the last day; None: until further notice.
    """

    amount: int
    since: date | None = None
    until: date | None = None


def read_fee(text: str) -> TypedFee | None:
    """Understand an amount with its days; None where it is no amount, or a day does not exist."""
    said = _ARROW.split(unicodedata.normalize("NFC", text))[-1]
    try:
        since, said = _day(_SINCE, said)
        until, said = _day(_UNTIL, said)
    except ValueError:
        return None
    amount = _amount(said.strip(" ,;:."))
    if amount is None or (since and until and until < since):
        return None
    return TypedFee(amount, since, until)


def _day(pattern: re.Pattern[str], text: str) -> tuple[date | None, str]:
    found = pattern.search(text)
    if not found:
        return None, text
    day, month, year = map(int, found.groups())
    return date(year, month, day), text[: found.start()] + text[found.end() :]


def _amount(text: str) -> int | None:
    if _FREE.fullmatch(text):
        return 0
    found = _AMOUNT.fullmatch(text)
    if not found:
        return None
    number, unit = found["number"], _UNITS[(found["unit"] or "").lower()]
    if re.fullmatch(r"\d{1,3}(?:[.,]\d{3})+", number):
        return int(re.sub(r"[.,]", "", number)) * unit
    return round(float(number.replace(",", ".")) * unit)


def changed_fees(fees: list[dict[str, Any]], index: int, typed: TypedFee, today: date) -> list[dict[str, Any]]:
    """The fees with one of them changed.

    What begins later stands beside what is in force, which gets its last day; the card leaves out what has ended.

    Args:
        fees: as written; not changed.
        index: which; one behind the last for a guide without fees.
        typed: what it is to cost.
        today: what begins today or earlier replaces at once.
    """
    former = dict(fees[index]) if index < len(fees) else {"what": "Lệ phí"}
    changed = {"what": former["what"], "amount_vnd": typed.amount}
    if typed.since and typed.since > today and index < len(fees):
        last = typed.since - timedelta(days=1)
        ending = {**former, "until": min(str(former.get("until") or last), str(last))}
        changed["note"] = f"Áp dụng từ {typed.since.day}/{typed.since.month}/{typed.since.year}"
        new = [ending, changed]
    else:
        if former.get("note"):
            changed["note"] = former["note"]
        new = [changed]
    if typed.until:
        changed["until"] = str(typed.until)
    return [*fees[:index], *new, *fees[index + 1 :]]
