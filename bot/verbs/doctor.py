"""``doctor``: is everything as it should be?"""

from __future__ import annotations

import asyncio

import typer
from rich.console import Console

from bot import config
from bot.app import open_database
from bot.channels.telegram.doctor import who_am_i
from bot.clock import SystemClock
from bot.errors import ContentError
from bot.guides.load import load
from bot.storage import migrating
from bot.texts import Texts


def doctor() -> None:
    """Khám: cấu hình, lời nhắn, sổ tay, cơ sở dữ liệu, Telegram."""
    console = Console(highlight=False, markup=False)
    settings = config.load()
    console.print("✓ Cấu hình đọc được.")
    if "chưa đặt tên" in settings.config.helpdesk.controller:
        console.print("! Chưa đặt tên bên chịu trách nhiệm dữ liệu: sửa helpdesk.controller trong config.yaml.")
    healthy = True
    try:
        console.print(f"✓ Lời nhắn: {len(Texts.load().keys())} câu.")
        console.print(f"✓ Sổ tay: {len(load(settings.environment.knowledge))} bài.")
    except ContentError as error:
        healthy = False
        for finding in error.findings:
            console.print(f"✗ {finding}")
    if not asyncio.run(_database(settings)):
        console.print("! Cơ sở dữ liệu chưa ở bản mới: lệnh run hoặc database upgrade sẽ nâng lên.")
    else:
        console.print("✓ Cơ sở dữ liệu đúng bản.")
    if settings.environment.token is None:
        console.print("! Chưa có TELEGRAM_BOT_TOKEN: lệnh run sẽ mở trang chạy thử.")
    else:
        name = asyncio.run(who_am_i(settings.environment.token.get_secret_value(), settings.environment.telegram_api))
        healthy = healthy and name is not None
        console.print(f"✓ Telegram: @{name}." if name else "✗ Không tới được Telegram, hoặc token sai.")
    if not healthy:
        raise typer.Exit(1)


async def _database(settings: config.Settings) -> bool:
    database = open_database(settings, SystemClock())
    try:
        return await migrating.is_current(database)
    finally:
        await database.close()
