"""``guides export``: what was published from the chat, back into files."""

from __future__ import annotations

import asyncio

import typer

from bot import config
from bot.app import open_database
from bot.clock import SystemClock
from bot.errors import UsageError
from bot.guides.load import newest
from bot.storage import migrating


def export() -> None:
    """Ghi các bài đã đăng từ khung chat vào tệp trong knowledge/."""
    settings = config.load()
    root = settings.environment.knowledge
    published = newest(root, asyncio.run(published_texts(settings)))
    written = 0
    for key, text in sorted(published.items()):
        path = root / f"{key}.yaml"
        if not text:
            path.unlink(missing_ok=True)
        elif not path.exists() or path.read_text(encoding="utf-8") != text:
            path.parent.mkdir(exist_ok=True)
            path.write_text(text, encoding="utf-8")
            typer.echo(str(path))
            written += 1
    typer.echo(f"Đã ghi {written} tệp; {len(published) - written} tệp vốn đã giống bản đã đăng.", err=True)


async def published_texts(settings: config.Settings) -> dict[str, tuple[str, ...]]:
    """Every text that was published from the chat, by guide.

    Raises:
        UsageError: there is no database of this version.
    """
    database = open_database(settings, SystemClock())
    try:
        if not await migrating.is_current(database):
            raise UsageError("cơ sở dữ liệu chưa có hoặc chưa đúng bản: chạy database upgrade trước")
        async with database.reading() as work:
            return await work.guide_versions.in_force()
    finally:
        await database.close()
