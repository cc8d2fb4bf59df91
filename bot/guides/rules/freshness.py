"""What depends on the date: told, but never in the way."""

from __future__ import annotations

from collections.abc import Iterator

from bot.errors import Finding
from bot.guides.load import Page
from bot.guides.rules.shelf import Shelf


def freshness(page: Page, shelf: Shelf) -> Iterator[Finding]:
    """A review that is overdue, a fee that ended, a date in the future."""
    guide = page.entry.guide
    if guide.review.review_by < shelf.today:
        yield Finding(
            page.source.where(("review", "review_by")),
            f"quá hạn xem lại từ {_day(guide.review.review_by)}; kiểm tra nguồn rồi sửa checked_on, review_by",
            warning=True,
        )
    if guide.review.checked_on and guide.review.checked_on > shelf.today:
        where = page.source.where(("review", "checked_on"))
        yield Finding(where, f"ngày kiểm tra {_day(guide.review.checked_on)} chưa tới", warning=True)
    for index, fee in enumerate(guide.fees):
        if fee.until and fee.until < shelf.today:
            what = f"mức «{fee.what}» hết áp dụng từ {_day(fee.until)}, không còn hiện cho bà con; ghi mức mới"
            yield Finding(page.source.where(("fees", index, "until")), what, warning=True)


def _day(day: object) -> str:
    year, month, number = str(day).split("-")
    return f"{int(number)}/{int(month)}/{year}"
