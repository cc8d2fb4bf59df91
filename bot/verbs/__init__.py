"""What the program can be told to do: ``python -m bot <verb>``."""

from __future__ import annotations

import sys

import typer
from rich.console import Console

from bot.errors import ContentError, DatabaseInUse, UsageError
from bot.verbs import ask, database, doctor, guides, run

FINE, FAILED, WRONG_INPUT, IN_USE = 0, 1, 2, 3

app = typer.Typer(
    name="helpdesk",
    help="Trợ lý của Tổ công nghệ số cộng đồng.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
app.command("run")(run.run)
app.command("ask")(ask.ask)
app.command("doctor")(doctor.doctor)
app.add_typer(guides.app, name="guides")
app.add_typer(database.app, name="database")


def main() -> None:
    """Run a verb; every foreseen error becomes a sentence and an exit code."""
    errors = Console(stderr=True, highlight=False, soft_wrap=True, markup=False)
    try:
        app()
    except ContentError as error:
        for finding in error.findings:
            errors.print(str(finding))
        sys.exit(WRONG_INPUT)
    except UsageError as error:
        errors.print(str(error))
        sys.exit(WRONG_INPUT)
    except DatabaseInUse as error:
        errors.print(f"{error}: một tiến trình khác đang dùng cơ sở dữ liệu này; dừng nó trước đã.")
        sys.exit(IN_USE)
