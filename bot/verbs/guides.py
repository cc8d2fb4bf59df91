"""``guides``: check, measure and publish the handbook."""

from __future__ import annotations

import typer

app = typer.Typer(help="Sổ tay: kiểm tra, đo, so bản, xem, viết bài mới, xuất bản đã đăng.", no_args_is_help=True)
