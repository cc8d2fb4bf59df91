"""Which runs of digits are personal: citizen ids, phones, cards, accounts, insurance and tax numbers."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from dataclasses import dataclass

from bot.language.characters import words
from bot.language.number_context import Kind, kind_of
from bot.language.survivors import MONEY_AFTER, find_survivors

_GROUP = re.compile(r"[0-9]+")
# Between two groups of one number: up to three signs, no letter, and none that says the number ended (% $ ₫ …).
_JOINER = re.compile(r"[^a-z0-9%$₫€…\[\]]{1,3}$")
_TIGHT = frozenset("-._·")
_YEAR = re.compile(r"(?:19|20)[0-9]{2}$")
_PHONE = re.compile(r"0(?:[35789][0-9]{8}|2[0-9]{8,9}|1[2689][0-9]{8}|[468][0-9]{8})$")
_ABROAD = re.compile(r"(?:00)?84(?:0?[235789][0-9]{8}|0?2[0-9]{9})$")
_PROVINCES = frozenset(
    words(
        "001 002 004 006 008 010 011 012 014 015 017 019 020 022 024 025 026 027 030 031 033 034 035 036 "
        "037 038 040 042 044 045 046 048 049 051 052 054 056 058 060 062 064 066 067 068 070 072 074 075 "
        "077 079 080 082 083 084 086 087 089 091 092 093 094 095 096"
    )
)
_LENGTHS: dict[Kind, tuple[int, ...]] = {  # how long a number so labelled is; mistyped ones last
    "citizen": (12, 9, 13, 11, 10, 8),
    "phone": (10, 9, 11, 12, 8),
    "account": tuple(range(19, 5, -1)),
    "bank": tuple(range(19, 7, -1)),
    "social": (15, 13, 10, 12, 11, 9, 8),
    "tax": (12, 13, 10, 14, 11, 9),
}
_SHORT = frozenset(words("111 112 113 114 115 116 117 119 156 1022"))
_LONGEST = 19  # digits: a Napas card
_REAL_MONEY = 11  # digits: tens of billions of đồng; nobody asks the helpdesk about more
_PERSONAL: tuple[Kind, ...] = ("citizen", "phone", "account", "tax")


@dataclass(frozen=True)
class _Group:
    start: int
    end: int
    digits: str


def find_numbers(text: str, taken: bytearray) -> Iterator[tuple[int, int]]:
    """Spans of the personal numbers, from left to right; ``taken`` marks what earlier rules already cover."""
    for run in _runs(text, taken):
        at = 0
        while at < len(run):
            count = _personal(text, run[at : at + _LONGEST])
            if count:
                yield run[at].start, run[at + count - 1].end
            at += count or 1


def _runs(text: str, taken: bytearray) -> Iterator[list[_Group]]:
    """Groups of digits that may belong to one number, survivors taken out."""
    groups = [_Group(*found.span(), found.group()) for found in _GROUP.finditer(text)]
    joined = [index > 0 and _joins(text, groups[index - 1].end, group.start) for index, group in enumerate(groups)]
    kept = _kept(text, groups, joined)
    run: list[_Group] = []
    for index, group in enumerate(groups):
        barrier = kept[index] or any(taken[group.start : group.end])
        if run and (barrier or not joined[index] or any(taken[run[-1].end : group.start])):
            yield run
            run = []
        if not barrier:
            run.append(group)
    if run:
        yield run


def _joins(text: str, start: int, end: int) -> bool:
    return end - start <= 3 and _JOINER.match(text, start, end) is not None


def _kept(text: str, groups: list[_Group], joined: list[bool]) -> list[bool]:
    """Which groups belong to a date, a price and the like.

    A find that continues a plain group does not count: in «098 7 000 000» the end is no price, and in
    «09 12:34 56 78» the middle is no time of day.
    """
    kept = [False] * len(groups)
    spans = find_survivors(text)
    starts = {start for start, _, _ in spans}
    index = 0
    for start, end, kind in spans:
        while index < len(groups) and groups[index].end <= start:
            index += 1
        first = index
        while index < len(groups) and groups[index].start < end:
            index += 1
        if first == index:
            continue
        # (An id by itself may stand before a date: «001085012345 01/08/1985».)
        opened = "(" in text[groups[first - 1].end : start] if first else True
        if not opened and joined[first] and not kept[first - 1] and not _alone(groups[first - 1].digits):
            continue
        follower = index < len(groups) and joined[index] and groups[index].start not in starts
        if kind in ("day", "time", "decree", "procedure") and follower and len(groups[index].digits) < 9:
            continue
        if kind == "money" and not MONEY_AFTER.match(text, end) and kind_of(text, start, end) in _PERSONAL:
            continue
        kept[first:index] = [True] * (index - first)
    return kept


def _personal(text: str, run: list[_Group]) -> int:
    """How many groups from the first on make up one personal number; 0 if none do."""
    first = run[0].digits
    reach: dict[int, int] = {}  # digits -> groups, at every boundary a number could end on
    total = 0
    for count, group in enumerate(run, 1):
        total += len(group.digits)
        if total > max(_LONGEST, len(first)):
            break
        reach[total] = count
    if max(reach) < 6:
        return 0
    digits = "".join(group.digits for group in run)
    kind = kind_of(text, run[0].start, run[0].end)
    return (
        _labelled(text, run, reach, kind)
        or _from_abroad(text, run, reach, digits)
        or _card(run, reach, digits)
        or _whole_group(text, run[0], kind)
        or _from_nought(text, run, reach, digits)
        or _grouped(text, run, reach, kind)
    )


def _labelled(text: str, run: list[_Group], reach: dict[int, int], kind: Kind) -> int:
    first = run[0].digits
    for length in _LENGTHS.get(kind, ()):
        count = reach.get(length)
        if count is None or (count > 1 and (_alone(first) or not _one_number(text, run[:count]))):
            continue
        if kind == "phone" and first[0] not in "0235789":
            continue  # «gọi 115 113»
        if first[0] != "0" and _says_amount(text, run[:count], kind, length):
            continue
        return count
    return 0


def _one_number(text: str, groups: list[_Group]) -> bool:
    """Not a list («115, 113, 114», «2024 2025»); what begins with 0 never is."""
    if all(_YEAR.match(group.digits) or group.digits in _SHORT for group in groups):
        return False
    if groups[0].digits[0] == "0":
        return True
    gaps = [text[left.end : right.start] for left, right in itertools.pairwise(groups)]
    return not any("\n" in gap or ", " in gap for gap in gaps)


def _says_amount(text: str, groups: list[_Group], kind: Kind, length: int) -> bool:
    if MONEY_AFTER.match(text, groups[-1].end):
        return not (kind == "citizen" and length in (9, 12))
    if kind == "account":
        # «stk: 19001000» is an account; «chuyển vào tk của mẹ 50000000», «nạp tk 250000» are amounts.
        linked = text[max(0, groups[0].start - 4) : groups[0].start].rstrip(" ")[-1:] in (":", "=")
        return groups[-1].digits.endswith("000") and length < 9 and not (linked and length > 7)
    return kind in ("bank", "social") and groups[-1].digits.endswith("000")


def _alone(first: str) -> bool:
    """A first group that is a whole number by itself: what follows is another number."""
    return len(first) >= 13 or (len(first) == 12 and first[0] == "0") or _PHONE.match(first) is not None


def _from_abroad(text: str, run: list[_Group], reach: dict[int, int], digits: str) -> int:
    for length in (11, 12, 13, 14):
        count = reach.get(length)
        if count and _ABROAD.match(digits[:length]) and not MONEY_AFTER.match(text, run[count - 1].end):
            return count
    return 0


def _whole_group(text: str, group: _Group, kind: Kind) -> int:
    """Nine digits and more without a break: an id, a phone, an account, a card, unless it is an amount."""
    digits = group.digits
    if len(digits) < 9:
        return 0
    if digits[0] == "0":
        return 0 if len(digits) == 9 else 1  # nine: perhaps the next group completes it
    amount = MONEY_AFTER.match(text, group.end) or (
        len(digits) <= _REAL_MONEY and (kind == "money" or digits.endswith("000"))
    )
    return 0 if amount else 1


def _from_nought(text: str, run: list[_Group], reach: dict[int, int], digits: str) -> int:
    """A number that begins with 0 is no amount: ids and phones, whatever stands between the digits."""
    if digits[0] != "0":
        return 0
    if 12 in reach and _is_citizen_id(digits[:12]):
        return reach[12]
    for length in (10, 11):
        if length in reach and _PHONE.match(digits[:length]):
            return reach[length]
    for length in (12, 13, 11, 10, 9):
        count = reach.get(length)
        if count and all(len(group.digits) < 9 for group in run[1:count]) and not _figures(text, run[:count]):
            return count
    return 0


def _figures(text: str, groups: list[_Group]) -> bool:
    """«0-50, 51-100, 101-200», «0,03/0,07/0,15%»: steps of a tariff that begin at nought."""
    commas = [", " in text[left.end : right.start] for left, right in itertools.pairwise(groups)]
    return (any(commas) and not all(commas)) or text.startswith("%", groups[-1].end)


def _is_citizen_id(digits: str) -> bool:
    # Fourth digit: century and sex; 2 and 3 are people born from 2000 on, so the year cannot be a late one.
    return digits[:3] in _PROVINCES and (digits[3] in "01" or (digits[3] in "23" and digits[4] in "012"))


def _card(run: list[_Group], reach: dict[int, int], digits: str) -> int:
    if digits[0] not in "234569":
        return 0
    for length in (19, 18, 17, 16, 15, 14, 13):
        count = reach.get(length)
        if not count or count == 1:
            continue
        groups = run[:count]
        if any(_alone(group.digits) for group in groups) or all(_YEAR.match(group.digits) for group in groups):
            continue
        # Napas cards (9704 …) are checked by nobody's eye but begin alike; 16 and 19 digits.
        if luhn(digits[:length]) or (digits.startswith("9704") and length in (16, 19)):
            return count
    return 0


def luhn(digits: str) -> bool:
    """Whether the check digit of a card number fits."""
    total = 0
    for place, ch in enumerate(reversed(digits)):
        value = int(ch)
        if place % 2:
            value = value * 2 - 9 if value > 4 else value * 2
        total += value
    return total % 10 == 0


def _grouped(text: str, run: list[_Group], reach: dict[int, int], kind: Kind) -> int:
    """Numbers in groups without a label: 123.456.789, 1903-1234-5678-01, 123 456 789, 2 9 1 2 3 4 5 6 7."""
    count = 1
    while count < len(run) and text[run[count - 1].end : run[count].start] in _TIGHT:
        count += 1
    tight = run[:count]
    if _enough(tight) and not _amount(text, tight, kind):
        return count
    if 9 in reach and [len(group.digits) for group in run[: reach[9]]] == [3, 3, 3]:
        threes = run[:3]
        return 3 if _one_number(text, threes) and not _amount(text, threes, kind) else 0
    singles = 0
    while singles < len(run) and len(run[singles].digits) == 1:
        singles += 1
    return singles if singles >= 9 and not _counting(run[:singles]) else 0


def _enough(groups: list[_Group]) -> bool:
    return (
        len(groups) > 1
        and sum(len(group.digits) for group in groups) >= 9
        and not all(_YEAR.match(group.digits) or group.digits in _SHORT for group in groups)
    )


def _amount(text: str, groups: list[_Group], kind: Kind) -> bool:
    in_threes = len(groups[0].digits) <= 3 and all(len(group.digits) == 3 for group in groups[1:])
    if text.startswith("%", groups[-1].end):  # «5-10-20-30-35%»
        return True
    return in_threes and (
        groups[-1].digits == "000" or kind == "money" or MONEY_AFTER.match(text, groups[-1].end) is not None
    )


def _counting(groups: list[_Group]) -> bool:
    """«1 2 3 4 5 6 7 8 9»: somebody counts."""
    return "".join(group.digits for group in groups) in "123456789"
