"""Short follow-ups on a card just shown: "hết bao nhiêu tiền" asks for a part of it, not for another guide."""

from __future__ import annotations

from bot.language import fold
from bot.model.states import Section

# Words that ask for a part of the guide. All of a message's words must come from here or from _FILLERS; one word of
# something else ("hộ chiếu hết bao nhiêu tiền") makes it a new question.
_ASKS = (
    (Section.COST, ("bao nhieu", "het bao nhieu", "mat bao nhieu", "bao nhieu tien", "le phi", "phi", "ton bao nhieu", "mat tien",
                    "mat phi", "mien phi", "gia", "tien", "may dong", "bao lau", "may ngay", "bao nhieu ngay", "bao gio",
                    "khi nao", "thoi gian", "thoi han", "lau khong", "nhanh khong", "may hom", "chung nao", "lau ko")),
    (Section.DOCUMENTS, ("giay gi", "giay to gi", "can giay gi", "can giay to gi", "can nhung gi", "can gi", "ho so gi",
                         "ho so", "mang gi", "mang theo gi", "dem theo gi", "chuan bi gi", "giay to", "nhung giay to nao",
                         "can nhung giay to gi", "nhung giay gi", "giay nao", "dem gi")),
    (Section.PLACE, ("o dau", "nop o dau", "dau", "lam o dau", "den dau", "di dau", "cho nao", "nop cho nao", "lam cho nao",
                     "noi nao", "ra dau", "dia chi", "web nao", "trang nao")),
)  # fmt: skip
_FILLERS = frozenset(
    "vay a nhi the thi la co khong ko k hong hok ha ah ak vay ay nhe oi em con chau bac co chu anh chi minh phai mat can "
    "nop lam xong duoc lay nhan cho hoi ma roi ra nua het ton bi ban toi tui".split()
)
_MOST_WORDS = 8


def section_asked(text: str) -> Section | None:
    """The part of a card that a short message asks for, or None where it says more than that."""
    words = fold(text).split()
    if not 0 < len(words) <= _MOST_WORDS:
        return None
    said = f" {' '.join(words)} "
    for section, phrases in _ASKS:
        hits = [phrase for phrase in phrases if f" {phrase} " in said]
        if hits:
            known = {word for phrase in hits for word in phrase.split()} | _FILLERS
            return section if all(word in known for word in words) else None
    return None
