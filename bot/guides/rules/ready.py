"""What a ready answer must not say: nobody of a team asks for secrets, pictures of papers, or money."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Literal

from bot.errors import Finding
from bot.guides.ready_replies import StartingReplies
from bot.guides.rules import wording
from bot.yaml_source import Source

_PAPERS = re.compile(
    r"\b(?:chụp|gửi|cho xin|đưa)\b[^.;:!?]{0,40}\b(?:căn cước|cccd|cmnd|giấy tờ|sổ hộ khẩu|sổ đỏ|thẻ ngân hàng)\b",
    re.IGNORECASE,
)
_MONEY = re.compile(r"\b(?:chuyển (?:khoản|tiền)|nạp tiền|đặt cọc|phí hỗ trợ|tiền công)\b", re.IGNORECASE)
_REFUSED = re.compile(r"\b(?:không|đừng|chớ|che)\b", re.IGNORECASE)
_SENTENCE = re.compile(r"(?<=[.!?;])\s+|\n")


def asks_for(text: str) -> Literal["secret", "papers", "money"] | None:
    """What nobody of the team may ask for, if the words do."""
    for sentence in _SENTENCE.split(text):
        if wording.hands_over(sentence):
            return "secret"
        if _REFUSED.search(sentence):
            continue
        if _PAPERS.search(sentence):
            return "papers"
        if _MONEY.search(sentence):
            return "money"
    return None


def check(name: str, replies: StartingReplies, source: Source) -> Iterator[Finding]:
    """What a team must not begin with."""
    for index, reply in enumerate(replies.replies):
        where = source.where(("replies", index, "text"))
        if asks_for(reply.text):
            yield Finding(
                where, f"mẫu «{reply.title}» ({name}) nghe như xin mã, mật khẩu, ảnh giấy tờ hoặc tiền; viết lại"
            )
        if found := wording.addressed_wrongly(reply.text):
            yield Finding(where, f"không viết «{found}»; bỏ chữ xưng hô, hoặc viết «cô bác, anh chị»")
