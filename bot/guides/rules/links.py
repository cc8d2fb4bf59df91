"""What a citizen can press opens official pages only."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from urllib.parse import urlsplit

from bot.errors import Finding
from bot.guides.catalogue import Platform
from bot.guides.load import Page
from bot.guides.official import FILE, OfficialHosts
from bot.guides.rules.shelf import Shelf
from bot.yaml_source import Source


def links(page: Page, shelf: Shelf) -> Iterator[Finding]:
    """Buttons of a guide that lead elsewhere."""
    for index, place in enumerate(page.entry.guide.online.where):
        if not shelf.hosts.allows(place.url):
            yield Finding(page.source.where(("online", "where", index, "url")), _say(place.url))


def platform(
    name: str, found: Platform, platforms: Mapping[str, Platform], hosts: OfficialHosts, source: Source
) -> Iterator[Finding]:
    """Buttons of a platform that lead elsewhere, and what it was merged into."""
    for key in ("url", "android", "ios"):
        address = getattr(found, key)
        if address and not hosts.allows(address):
            yield Finding(source.where((key,)), _say(address))
    if found.merged_into and found.merged_into not in platforms:
        yield Finding(source.where(("merged_into",)), f"không có nền tảng mã «{found.merged_into}»")
    if found.status == "merged" and not found.merged_into:
        yield Finding(source.where(("status",)), f"«{name}» đã nhập vào đâu: thiếu mục merged_into")


def _say(url: str) -> str:
    host = urlsplit(url).hostname
    return f"{host} không có trong danh sách trang chính thức ({FILE}); dùng trang chính thức, hoặc thêm vào danh sách"
