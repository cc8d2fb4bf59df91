"""Short follow-ups on a card just shown: "hết bao nhiêu tiền" asks for a part of it, not for another guide."""

from __future__ import annotations

from collections.abc import Mapping

from bot.language import fold
from bot.model.states import Section

# Phrases that ask for a part of the guide, folded, in the order they are tried. All of a message's words must come from
# the phrases found in it or from the fillers; one word of something else ("hộ chiếu hết bao nhiêu tiền") makes it a new
# question.
_COST = """
bao nhieu, bao nhieu tien, mat bao nhieu, ton bao nhieu, le phi, phi, mat phi, mien phi, mat tien, tien, gia, may dong,
bao lau, bao gio, bao nhieu ngay, may ngay, may hom, khi nao, chung nao, thoi gian, thoi han, lau khong, nhanh khong
"""
_DOCUMENTS = """
giay gi, giay nao, giay to, giay to gi, nhung giay gi, nhung giay to nao, can gi, can nhung gi, can giay gi, ho so,
ho so gi, mang gi, mang theo gi, dem gi, dem theo gi, chuan bi gi
"""
_PLACE = """
o dau, dau, di dau, den dau, ra dau, nop o dau, lam o dau, noi nao, cho nao, nop cho nao, lam cho nao, dia chi, web nao,
trang nao
"""
_FILLERS = """
a ah ak anh ay ban bac bi can chau chi cho co con chu duoc em ha het hoi hok hong k khong ko la lam lay ma mat minh nha
nhan nhe nhi nop nua oi phai ra roi the thi toi ton tui vay xong
"""
_MOST_WORDS = 8


def _phrases(text: str) -> tuple[str, ...]:
    return tuple(" ".join(phrase.split()) for phrase in text.split(","))


_ASKS: Mapping[Section, tuple[str, ...]] = {
    Section.COST: _phrases(_COST),
    Section.DOCUMENTS: _phrases(_DOCUMENTS),
    Section.PLACE: _phrases(_PLACE),
}
_FILLER_WORDS = frozenset(_FILLERS.split())


def section_asked(text: str) -> Section | None:
    """The part of a card that a short message asks for, or None where it says more than that."""
    words = fold(text).split()
    if not 0 < len(words) <= _MOST_WORDS:
        return None
    said = f" {' '.join(words)} "
    for section, phrases in _ASKS.items():
        hits = [phrase for phrase in phrases if f" {phrase} " in said]
        if hits:
            known = {word for phrase in hits for word in phrase.split()} | _FILLER_WORDS
            return section if all(word in known for word in words) else None
    return None
