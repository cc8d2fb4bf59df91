from __future__ import annotations

import asyncio
import multiprocessing
import os
import signal
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from bot.errors import ContentError
from bot.guides.load import load
from bot.helpdesk.aside import aside
from tests.guides.making import guide, knowledge


async def test_it_is_another_process_and_the_same_one_for_a_while() -> None:
    async with aside() as run:
        first, second = await run(os.getpid), await run(os.getpid)
    assert first == second != os.getpid()


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
async def test_what_tells_the_program_to_end_does_not_break_it_off(number: signal.Signals) -> None:
    async with aside() as run:
        other = await run(os.getpid)
        os.kill(other, number)
        assert await run(os.getpid) == other


async def test_a_catalogue_comes_back_whole(tmp_path: Path) -> None:
    root = knowledge(tmp_path, the_moi=guide(related=["the-cu"]), the_cu=guide(title="Việc khác"))
    here = load(root)
    async with aside() as run:
        there = await run(load, root)
    assert there.entries == here.entries
    assert there.related("the-cu") == ("the-moi",)
    assert (there.sectors, there.vocabulary) == (here.sectors, here.vocabulary)
    assert there.territories.communes == here.territories.communes
    with pytest.raises(TypeError):
        there.entries["the-moi"] = here.entries["the-cu"]  # type: ignore[index]


async def test_what_is_wrong_comes_back_line_by_line(tmp_path: Path) -> None:
    root = knowledge(tmp_path, the_moi=guide(title=""))
    with pytest.raises(ContentError) as here:
        load(root)
    with pytest.raises(ContentError) as there:
        async with aside() as run:
            await run(load, root)
    assert there.value.findings == here.value.findings != []
    assert str(there.value) == str(here.value)


async def test_who_is_stopped_waits_for_nothing() -> None:
    async def long() -> None:
        async with aside() as run:
            await run(time.sleep, 600)

    async with asyncio.timeout(30):
        await _until(lambda: not multiprocessing.active_children())  # those of the tests before
        task = asyncio.create_task(long())
        await _until(lambda: bool(multiprocessing.active_children()))
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        await _until(lambda: not multiprocessing.active_children())


async def test_it_does_not_outlive_a_program_that_is_killed() -> None:
    told = (
        "import asyncio, multiprocessing, time; from bot.helpdesk.aside import aside\n"
        "async def main():\n"
        "    async with aside() as run:\n"
        "        await run(int)\n"
        "        print(multiprocessing.active_children()[0].pid, flush=True)\n"
        "        await run(time.sleep, 600)\n"
        "asyncio.run(main())"
    )
    program = await asyncio.create_subprocess_exec(sys.executable, "-c", told, stdout=asyncio.subprocess.PIPE)
    assert program.stdout
    async with asyncio.timeout(30):
        child = int(await program.stdout.readline())
        program.kill()
        await program.wait()
        await _until(lambda: not alive(child))


def alive(process: int) -> bool:
    """Whether it runs; one that ended and that nobody asked about yet does not."""
    try:
        return Path(f"/proc/{process}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


async def _until(what: Callable[[], bool]) -> None:
    while not what():
        await asyncio.sleep(0.01)
