"""What the words around a number say it is."""

from __future__ import annotations

import re
from typing import Literal

Kind = Literal["citizen", "phone", "bank", "account", "social", "tax", "money", ""]

_REACH = 60  # characters looked at before a number: «số căn cước công dân của con trai tôi là» has 39
_WORDS = 6

_BANKS = (
    r"vietcombank|vcb|agribank|bidv|vietinbank|viettinbank|ctg|techcombank|tcb|mb ?bank|mbb|mb|acb|vp ?bank|sacombank|"
    r"stb|tp ?bank|hd ?bank|shb|ocb|msb|vib|lp ?bank|lienviet|lpb|seabank|eximbank|nam a|bac a|abbank|ncb|pvcombank|"
    r"kien long|saigonbank|scb|cake|timo|momo|zalo ?pay|viettel ?(?:money|pay)|shopee ?pay|vn ?pay"
)
_LABELS: tuple[tuple[str, str], ...] = (
    (
        "citizen",
        r"c\.?c\.?c\.?d|c\.?m\.?n\.?d|cmtnd|cmt|can cuoc|chung minh|dinh danh|gplx|giay phep lai xe|bang lai|ho khau|"
        r"so (?:the|giay to)|cancuoc|chungminh",
    ),
    ("account", r"s\.?t\.?k|so ?tai ?khoan|so tk|stk|tk|t\.k|sotk|so the (?:atm|ngan hang)|the atm|account"),
    ("bank", rf"tai khoan|chuyen (?:vao|khoan|tien vao|cho|qua|den|toi)|ck|ngan hang|{_BANKS}"),
    ("phone", r"s\.?d\.?t|dien ?thoai|dt|phone|tel|zalo|di dong|lien (?:he|lac)|goi|alo|hotline|viber|so may|sim"),
    ("social", r"bhxh|bhyt|bao hiem|ma the|the bao hiem"),
    ("tax", r"mst|ma so ?thue|ma thue|so thue|msthue"),
    (
        "money",
        r"so tien|tien(?! hanh| trinh| do| si)|gia(?! dinh| han| lai| tri)|phi|luong|tro cap|vay|phat|von|doanh thu|"
        r"thu nhap|tong|hoa don|tri gia|thanh toan|khoang|muc|no(?= )|thu|nop|tru",
    ),
)
_LABEL = re.compile("|".join(rf"(?P<{kind}>(?<![a-z0-9])(?:{words})(?![a-z]))" for kind, words in _LABELS))
_BANK_AFTER = re.compile(rf"[^a-z0-9]{{0,4}}(?:(?:ngan hang|nh|bank|tai)[ ]+)?(?:{_BANKS}|ngan hang)(?![a-z])")
_CUT = re.compile(r"[0-9…\]\n!?;](?=[^0-9…\]\n!?;]*$)")
# «tk còn 5000000», «tài khoản bị trừ 350000»: an amount on the account, not the account.
_AMOUNT = re.compile(
    r"(?<![a-z])(?:bi|tru|mat|het|nap|rut|thieu|them|toi thieu|it nhat|nhan duoc|hon|gan|tam)(?![a-z])"
)


def kind_of(text: str, start: int, end: int) -> Kind:
    """What the nearest label before the number (or a bank's name after it) makes of it.

    A label reaches over at most six words and not past another number, a question mark or a line end, so that
    «cccd 001… phí 50000» calls the second number money.
    """
    before = text[max(0, start - _REACH) : start]
    cut = _CUT.search(before)
    if cut:
        before = before[cut.end() :]
    last = None
    for found in _LABEL.finditer(before):
        last = found
    if last is not None:
        between = before[last.end() :]
        if len(between.split()) <= _WORDS:
            kind = last.lastgroup
            if kind in ("bank", "account") and _AMOUNT.search(between):
                return "money"
            if kind == "money" and len(between.split()) > 3:
                return ""
            return kind  # type: ignore[return-value]
    if _BANK_AFTER.match(text, end):
        return "bank"
    return ""
