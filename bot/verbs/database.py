"""``database``: migrate, back up, restore, export."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Annotated

import typer

from bot import config
from bot.app import open_database
from bot.clock import SystemClock
from bot.storage import migrating, transfer
from bot.storage.database import Database

app = typer.Typer(help="Cơ sở dữ liệu: nâng cấp, sao lưu, khôi phục, xuất số liệu.", no_args_is_help=True)


def _with_database(act: Callable[[Database], Awaitable[object]], *, alone: bool = True) -> None:
    """Run against the database that is set; ``alone``: no other process may have it meanwhile."""

    async def run() -> None:
        database = open_database(config.load(), SystemClock())
        try:
            if alone:
                database.lock()
            await act(database)
        finally:
            await database.close()

    asyncio.run(run())


@app.command()
def upgrade(to: Annotated[str, typer.Argument(help="Tới bản nào.")] = "head") -> None:
    """Đưa cơ sở dữ liệu lên bản mới."""
    _with_database(lambda database: migrating.upgrade(database, to))


@app.command()
def downgrade(to: Annotated[str, typer.Argument(help="Về bản nào; base là xóa hết bảng.")]) -> None:
    """Đưa cơ sở dữ liệu về bản cũ."""
    _with_database(lambda database: migrating.downgrade(database, to))


@app.command()
def backup(file: Annotated[Path, typer.Argument(help="Tệp sao lưu.")]) -> None:
    """Sao lưu ra một tệp, cả khi Trợ lý đang chạy (SQLite)."""
    _with_database(lambda database: transfer.backup(database, file), alone=False)


@app.command()
def restore(file: Annotated[Path, typer.Argument(help="Tệp sao lưu.")]) -> None:
    """Khôi phục từ tệp sao lưu (SQLite); tệp đang dùng được giữ lại bên cạnh."""
    _with_database(lambda database: transfer.restore(database, file))


@app.command()
def export(folder: Annotated[Path, typer.Argument(help="Thư mục nhận các tệp CSV.")]) -> None:
    """Xuất số liệu ra CSV, không có lời và mã của ai."""
    _with_database(lambda database: transfer.export(database, folder), alone=False)
