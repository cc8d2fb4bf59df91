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
    console = Console(highlight=False, markup=False, soft_wrap=True)
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
    console.print(asyncio.run(_database(settings)))
    if settings.environment.token is None:
        console.print("! Chưa có TELEGRAM_BOT_TOKEN: lệnh run sẽ mở trang chạy thử.")
    else:
        name = asyncio.run(who_am_i(settings.environment.token.get_secret_value(), settings.environment.telegram_api))
        healthy = healthy and name is not None
        console.print(f"✓ Telegram: @{name}." if name else "✗ Không tới được Telegram, hoặc token sai.")
    if not healthy:
        raise typer.Exit(1)


async def _database(settings: config.Settings) -> str:
    database = open_database(settings, SystemClock())
    try:
        if database.file and not database.file.exists():
            return "! Chưa có cơ sở dữ liệu: lệnh run sẽ tạo."
        if await migrating.is_current(database):
            return "✓ Cơ sở dữ liệu đúng bản."
        return "! Cơ sở dữ liệu chưa ở bản mới: lệnh run hoặc database upgrade sẽ nâng lên."
    finally:
        await database.close()
