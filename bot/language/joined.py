"""Taking words apart that were typed without blanks («lamlaicancuoc»)."""

from __future__ import annotations

import unicodedata
from collections.abc import Set
from functools import lru_cache

from bot.language.characters import plain, words
from bot.language.foreign import FOREIGN
from bot.language.syllables import is_syllable

_LONGEST = 60  # letters; a longer run is noise, not a sentence
_LONGEST_WORD = 12  # a syllable has at most 7 letters (nghiêng); smartphone

# Syllables the citizens' questions are made of: of two ways to cut, the one with more of these wins
# («thanhan» is «thân nhân» cut wrongly only if nothing else is left).
_COMMON = frozenset(
    words(
        "lam lai moi cap doi can cuoc cong dan ho so giay to khai sinh tu ket hon ly tam tru vang thuong xin dang ky "
        "nop phi le bao nhieu tien o dau the nao nhu gi khi mat bi hong sai ten tuoi con me bo ba ong chau toi em anh "
        "chi co duoc khong phai mang theo dien thoai mat khau quen tai khoan dinh danh muc hai dich vu quoc gia xac "
        "nhan thuc ban sao y te bao hiem xa hoi huu tri tro nguoi cao khuyet tat ngheo can nha dat so do hong kinh "
        "doanh thue may lai xe bang phuong tien hoc truong diem tuyen sinh dai lop nhap vay von ngan hang chuyen khoan "
        "lua dao ma tin nhan gui cai dat ung dung mo bam nut huong dan giup voi ai noi nay kia roi chua muon hoi can "
        "gap tinh nguyen vien to truong thon xom ap phuong huyen tinh uy ban nhan viet nam dien nuoc hoa don thanh "
        "toan ngay thang nam gio bua sang chieu toi lay nhan tra ket qua tra cuu thong tin ca the tich hop"
    )
)


@lru_cache(maxsize=4096)
def _cut(folded: str, usual: Set[str]) -> tuple[int, ...] | None:
    """Ends of the words of the cheapest way to cut, or None."""
    size = len(folded)
    # cost: pieces, then lonely letters, then uncommon pieces; the longer first piece breaks a tie
    best: list[tuple[float, int] | None] = [None] * size + [(0.0, size)]
    for start in range(size - 1, -1, -1):
        for end in range(min(size, start + _LONGEST_WORD), start, -1):
            rest = best[end]
            piece = folded[start:end]
            if rest is None or not (is_syllable(piece) or (len(piece) > 2 and (piece in usual or piece in FOREIGN))):
                continue
            cost = rest[0] + 1.0 + (2.0 if end - start == 1 else 0.0) + (0.0 if piece in usual else 0.6)
            if best[start] is None or cost < best[start][0]:  # type: ignore[index]
                best[start] = (cost, end)
    ends: list[int] = []
    at = 0
    while at < size:
        step = best[at]
        if step is None:
            return None
        at = step[1]
        ends.append(at)
    return tuple(ends)


def split_joined(token: str, usual: Set[str] = _COMMON) -> list[str] | None:
    """The words of a run typed without blanks, or None where there is nothing to take apart.

    One syllable, a known foreign word, anything with figures in it and what cannot be cut into words stay
    whole. Accents are kept: «làmlạicăncước» → làm, lại, căn, cước.

    Args:
        token: the run.
        usual: folded words that are likelier than others; also words that are no syllables («bhxh», «vneid»).
    """
    word = unicodedata.normalize("NFC", token[: 2 * _LONGEST]).lower()
    if not 4 <= len(word) <= _LONGEST or not word.isalpha():
        return None
    parts = [plain(ch) for ch in word]
    folded = "".join(parts)
    if any(len(part) != 1 for part in parts) or folded in FOREIGN or is_syllable(folded):
        return None
    ends = _cut(folded, usual)
    if ends is None or len(ends) > len(folded) // 2:
        return None
    return [word[start:end] for start, end in zip((0, *ends), ends, strict=False)]
