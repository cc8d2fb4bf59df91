"""What computes for seconds runs in a process of its own, so that no answer waits for it."""

from __future__ import annotations

import asyncio
import multiprocessing
import os
import signal
import threading
from collections.abc import AsyncIterator, Callable
from concurrent.futures import ProcessPoolExecutor
from contextlib import asynccontextmanager
from functools import partial
from typing import ParamSpec, TypeVar

P = ParamSpec("P")
T = TypeVar("T")


class Aside:
    """A process that works on one thing after another."""

    def __init__(self, process: ProcessPoolExecutor) -> None:
        self._process = process

    async def __call__(self, function: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """What the function returns, or raises; it and all it is given must be such as can be pickled."""
        call = partial(function, *args, **kwargs)
        return await asyncio.get_running_loop().run_in_executor(self._process, call)


@asynccontextmanager
async def aside() -> AsyncIterator[Aside]:
    """Have a process of your own for a while.

    A thread is no such place: one that computes gives the interpreter away every few milliseconds only, and an answer
    asks for it some two hundred times on its way to the database and back. Answers took two seconds that way.
    """
    pool = ProcessPoolExecutor(1, multiprocessing.get_context("spawn"), _begin)
    try:
        yield Aside(pool)
    except asyncio.CancelledError:
        # The program ends, and would wait for what nobody needs any more.
        for process in multiprocessing.active_children():
            process.kill()
        raise
    finally:
        pool.shutdown(wait=False, cancel_futures=True)


def _begin() -> None:
    """The other process: it ends when the program lets it go or is gone, not by a signal that goes to both.

    Ctrl-C does, and so does systemd's SIGTERM; the program would take an end before its own for a failure.
    """
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, signal.SIG_IGN)
    threading.Thread(target=_end_with_the_program, daemon=True).start()


def _end_with_the_program() -> None:
    program = multiprocessing.parent_process()
    assert program is not None
    program.join()
    os._exit(1)
