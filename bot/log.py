"""Logs: an event's name with ids, on standard error; never what a person wrote."""

from __future__ import annotations

import logging
import sys
import traceback
from collections.abc import Callable, Iterator, MutableMapping
from typing import Any

import structlog

# These say at INFO what we log ourselves, one with the address of every call, which holds the token.
_TOO_TALKATIVE = ("telegram", "httpx", "httpcore", "aiohttp.access", "alembic", "watchfiles", "asyncio")


def configure(*, level: str = "info", json: bool = False, scrub: Callable[[str], str] = str) -> None:
    """Set logging up for the process.

    Args:
        level: least severity shown.
        json: one JSON object a line instead of text for people.
        scrub: applied to every string of a line, so that personal data inside it is masked.
    """

    def clean(_: Any, __: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
        ours = ("timestamp", "exception")
        return {k: scrub(v) if isinstance(v, str) and k not in ours else v for k, v in event.items()}

    shared: list[Any] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        structlog.processors.ExceptionRenderer(_where_from),
        clean,
    ]
    renderer = (
        structlog.processors.JSONRenderer(ensure_ascii=False)
        if json
        else structlog.dev.ConsoleRenderer(colors=sys.stderr.isatty())
    )
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            *shared,
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=False,
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=shared,
            processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, renderer],
        )
    )
    # Of a line that cannot be written Python would print the exception with its words, which may be a person's.
    logging.raiseExceptions = False
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level.upper())
    for name in _TOO_TALKATIVE:
        logging.getLogger(name).setLevel(logging.WARNING)
    sys.excepthook = lambda _, error, __: root.critical("ended by an error", exc_info=error)


def _where_from(exc_info: structlog.typing.ExcInfo) -> str:
    """Where an error came from and of what kind it is, without its own words: they may quote what somebody wrote."""
    return "\n".join(_steps(exc_info[1]))


def _steps(error: BaseException) -> Iterator[str]:
    former = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    if former is not None:
        yield from _steps(former)
        yield "then:"
    for frame in traceback.extract_tb(error.__traceback__):
        yield f'  File "{frame.filename}", line {frame.lineno}, in {frame.name}'
    yield type(error).__name__
    for inner in getattr(error, "exceptions", ()):  # an exception group
        yield from _steps(inner)


def get(name: str) -> structlog.stdlib.BoundLogger:
    """A logger; its lines carry ``name``."""
    logger: structlog.stdlib.BoundLogger = structlog.stdlib.get_logger(name)
    return logger
