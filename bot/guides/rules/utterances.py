"""No two guides are asked in the same words."""

from __future__ import annotations

from collections.abc import Iterator

from rapidfuzz import fuzz, process

from bot.errors import Finding
from bot.guides.load import Page
from bot.guides.rules.shelf import Shelf
from bot.language import fold

# Similarity of folded lines, 0-100. Among the 4,200 lines of the first 135 guides the closest of different guides,
# «tách hộ khẩu cần giấy tờ gì» and «xóa hộ khẩu cần giấy tờ gì», reach 91; one slip in a line of 30 letters leaves 97.
_NEARLY_THE_SAME = 94.0


def own_utterances(page: Page, shelf: Shelf) -> Iterator[Finding]:
    """The same line twice in one guide; accents and case do not make it another."""
    seen: dict[str, int] = {}
    for index, text in enumerate(page.entry.guide.asked_as):
        first = seen.setdefault(fold(text), index)
        if first != index:
            line = page.source.where(("asked_as", first)).rpartition(":")[2]
            yield Finding(page.source.where(("asked_as", index)), f"câu «{text}» đã có ở dòng {line}; xóa một câu")


def shared_utterances(page: Page, shelf: Shelf) -> Iterator[Finding]:
    """A line that another guide has as well, or nearly so: the matcher could not tell them apart."""
    known = [said.folded for said in shelf.said]
    for index, text in enumerate(page.entry.guide.asked_as):
        found = process.extractOne(fold(text), known, scorer=fuzz.ratio, score_cutoff=_NEARLY_THE_SAME)
        if found is None:
            continue
        other = shelf.said[found[2]]
        where = page.source.where(("asked_as", index))
        if found[1] == 100:
            yield Finding(where, f"câu «{text}» đã có ở bài {other.guide}; giữ ở một bài thôi")
        else:
            what = (
                f"câu «{text}» gần giống «{other.text}» ở bài {other.guide}; viết lại cho rõ việc khác nhau, hoặc xóa"
            )
            yield Finding(where, what)
