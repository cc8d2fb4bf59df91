"""Taking words apart that were typed without blanks («lamlaicancuoc»)."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Set

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


def _cut(word: str, folded: str, usual: Set[str], fit: Callable[[str, str], float]) -> list[str] | None:
    """The words of the cheapest way to cut, or None."""
    # Ways to cut what stands before a place, by the beginning of their last word: what it costs, the word before it.
    ways: list[dict[int, tuple[float, int]]] = [{} for _ in range(len(word) + 1)]
    for end in range(1, len(word) + 1):
        for start in range(max(0, end - _LONGEST_WORD), end):
            piece = folded[start:end]
            if start and not ways[start]:
                continue
            if not is_syllable(piece) and (len(piece) < 3 or (piece not in usual and piece not in FOREIGN)):
                continue
            # Few words, no lonely letters, usual words, words that go together.
            cost = 1.0 + (2.0 if len(piece) == 1 else 0.0) + (0.0 if piece in usual else 0.6)
            before = ways[start].items() if start else [(0, (0.0, 0))]
            ways[end][start] = min((way + cost - fit(word[at:start], word[start:end]), at) for at, (way, _) in before)
    pieces: list[str] = []
    end = len(word)
    start = min(ways[end], key=lambda at: ways[end][at], default=-1)
    if start < 0:
        return None
    while end:
        pieces.append(word[start:end])
        start, end = ways[end][start][1], start
    return pieces[::-1]


def _any(before: str, word: str) -> float:
    return 0.0


def split_joined(token: str, usual: Set[str] = _COMMON, fit: Callable[[str, str], float] = _any) -> list[str] | None:
    """The words of a run typed without blanks, or None where there is nothing to take apart.

    One syllable, a known foreign word, anything with figures in it and what cannot be cut into words stay
    whole. Accents are kept: «làmlạicăncước» → làm, lại, căn, cước.

    Args:
        token: the run.
        usual: folded words that are likelier than others; also words that are no syllables («bhxh», «vneid»).
        fit: how well a word, as written, fits the one before it (empty for the first): up to 1.
    """
    word = unicodedata.normalize("NFC", token[: 2 * _LONGEST]).lower()
    if not 4 <= len(word) <= _LONGEST or not word.isalpha():
        return None
    parts = [plain(ch) for ch in word]
    folded = "".join(parts)
    if any(len(part) != 1 for part in parts) or folded in FOREIGN or is_syllable(folded):
        return None
    pieces = _cut(word, folded, usual, fit)
    return pieces if pieces and 1 < len(pieces) <= len(folded) // 2 else None
