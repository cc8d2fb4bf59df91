"""What a guide names must be there."""

from __future__ import annotations

from collections.abc import Iterator

from bot.errors import Finding
from bot.guides.catalogue import Platform
from bot.guides.load import Page
from bot.guides.rules.shelf import Shelf
from bot.yaml_source import Location


def references(page: Page, shelf: Shelf) -> Iterator[Finding]:
    """Ids of guides and platforms that do not exist, or that are the guide itself."""
    for at, guide in _named(page):
        if guide == page.entry.id:
            yield Finding(page.source.where(at), f"«{guide}» là chính bài này; xóa dòng này đi")
        elif guide not in shelf.guides:
            yield Finding(page.source.where(at), f"không có bài mã «{guide}»; xem lại chính tả của mã")
    for index, name in enumerate(page.entry.guide.platforms):
        where = page.source.where(("platforms", index))
        if name not in shelf.platforms:
            yield Finding(where, f"không có nền tảng mã «{name}» trong _platforms.yaml")
        elif shelf.platforms[name].status != "active":
            yield Finding(where, _ended(name, shelf.platforms[name]))


def _named(page: Page) -> Iterator[tuple[Location, str]]:
    guide = page.entry.guide
    for index, other in enumerate(guide.not_this):
        yield ("not_this", index, "guide"), other.guide
    for index, step in enumerate(guide.steps):
        if step.if_stuck:
            yield ("steps", index, "if_stuck"), step.if_stuck
    for index, related in enumerate(guide.related):
        yield ("related", index), related


def _ended(name: str, platform: Platform) -> str:
    instead = f"; dùng «{platform.merged_into}»" if platform.merged_into else ""
    return f"nền tảng «{name}» {'đã nhập vào nơi khác' if platform.status == 'merged' else 'đã đóng'}{instead}"
