"""``run``: the bot itself, or the playground where nothing real is touched."""

from __future__ import annotations

import asyncio
import signal
from typing import Annotated

import typer
from rich.console import Console

from bot import app, config
from bot.errors import UsageError

_PLAYGROUND = "127.0.0.1:8080"


def run(
    real: Annotated[bool, typer.Option("--real", help="Chỉ chạy bot thật; thiếu token thì dừng.")] = False,
    playground: Annotated[str, typer.Option(help="Địa chỉ của trang chạy thử.")] = _PLAYGROUND,
) -> None:
    """Chạy Trợ lý: có TELEGRAM_BOT_TOKEN thì nối Telegram, không có thì mở trang chạy thử."""
    settings = config.load()
    if settings.environment.token is None and real:
        raise UsageError("Chưa có TELEGRAM_BOT_TOKEN: xem README, mục «Nối bot thật», hoặc bỏ --real để chạy thử.")
    asyncio.run(_serve(settings, playground))


async def _serve(settings: config.Settings, playground: str) -> None:
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stop.set)
    console = Console(highlight=False, soft_wrap=True)
    console.print("Đang đọc sổ tay, chờ một chút…")
    if settings.environment.token:
        await app.run(settings, stop, ready=lambda parts: console.print(f"Trợ lý đang chạy ({parts.channel.bot})."))
    else:
        await app.run_playground(settings, playground, stop, say=console.print)
