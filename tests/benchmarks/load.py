"""The bot as a process of its own under a stream of questions, each from somebody else."""

from __future__ import annotations

import asyncio
import os
import shutil
import statistics
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from bot.playground import BotApiServer, Person, seed_world
from tests.processes import ROOT, Bot

QUESTIONS = (
    "mất căn cước làm lại ở đâu",
    "lam khai sinh cho con can giay to gi",
    "đổi bằng lái xe máy sắp hết hạn",
    "quen mat khau vneid",
    "đăng ký kết hôn cần gì",
    "me toi vua chuyen tien cho nguoi goi la cong an",
    "bao hiểm y tế hết hạn gia hạn sao",
    "phat nguoi tra cuu o dau",
    "sang tên xe máy cũ",
    "tam tru cho con o tro",
)
_TICKS_A_SECOND = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True)
class Load:
    """What was measured.

    Attributes:
        first_start: seconds from nothing to taking updates, tables and communes made on the way.
        start: the same with the database there.
        rss: megabytes of memory after the load; ``peak``: at most.
        cpu: milliseconds of processor time a question.
        waits: seconds from a question to its answer, each.
    """

    first_start: float
    start: float
    rss: float
    peak: float
    cpu: float
    waits: tuple[float, ...]

    def quantile(self, share: float) -> float:
        """Milliseconds within which this share was answered."""
        return 1000 * sorted(self.waits)[min(len(self.waits) - 1, int(share * len(self.waits)))]

    def __str__(self) -> str:
        return (
            f"ready: {self.first_start:.2f} s the first time, {self.start:.2f} s later (aim 3)\n"
            f"memory: {self.rss:.0f} MB, at most {self.peak:.0f} (aim 250)\n"
            f"question to answer, {len(self.waits)} of them: p50 {self.quantile(0.5):.0f} ms (aim 50), "
            f"p95 {self.quantile(0.95):.0f}, p99 {self.quantile(0.99):.0f}, "
            f"mean {1000 * statistics.mean(self.waits):.0f}; processor {self.cpu:.1f} ms a question\n"
            f"machine: {os.cpu_count()} processors, load {os.getloadavg()[0]:.1f}"
        )


async def measure(folder: Path, *, per_second: float, seconds: float, questions: Sequence[str] = QUESTIONS) -> Load:
    """Start the bot twice, then ask."""
    async with BotApiServer() as server:
        seed_world(server)
        bot = Bot(folder, server.url, ROOT / "knowledge", per_second="30")
        first_start = await _started(bot)
        assert await bot.stop() == 0
        start = await _started(bot)
        people = [server.person(f"Bác {number}") for number in range(int(per_second * seconds))]
        await _answered(people[0], "xin chào")  # what is done once is done
        before = _processor_seconds(bot.pid)
        waits = await _ask(people[1:], questions, per_second)
        spent = _processor_seconds(bot.pid) - before
        memory = {key: _memory(bot.pid, key) for key in ("VmRSS", "VmHWM")}
        assert await bot.stop() == 0
        assert "Traceback" not in bot.log, bot.log
        server.assert_clean()
    return Load(first_start, start, memory["VmRSS"], memory["VmHWM"], 1000 * spent / len(waits), tuple(waits))


@dataclass(frozen=True)
class Reload:
    """Milliseconds to an answer, each, before ``/tailai`` was said and until it was done."""

    before: tuple[float, ...]
    during: tuple[float, ...]
    seconds: float

    def __str__(self) -> str:
        def figures(waits: tuple[float, ...]) -> str:
            return f"p50 {statistics.median(waits):.0f} ms, slowest {max(waits):.0f}"

        return (
            f"question to answer: {figures(self.before)}; "
            f"while guides are read and indexed anew, {self.seconds:.1f} s: {figures(self.during)}\n"
            f"machine: {os.cpu_count()} processors, load {os.getloadavg()[0]:.1f}"
        )


async def measure_reload(folder: Path, *, per_second: float) -> Reload:
    """Ask; then change a guide's words, say ``/tailai``, and go on asking until it is done."""
    knowledge = folder / "knowledge"
    shutil.copytree(ROOT / "knowledge", knowledge)
    async with BotApiServer() as server:
        world = seed_world(server)
        bot = Bot(folder, server.url, knowledge, per_second="30")
        await bot.run()
        await world.admin.start()
        await world.admin.wait_for("vai: quản trị")
        people = [server.person(f"Bác {number}") for number in range(400)]
        await _answered(people[0], "xin chào")
        before = await _ask(people[1:61], QUESTIONS, per_second)
        guide = knowledge / "dinh-danh" / "can-cuoc-cap-lai.yaml"
        words = guide.read_text(encoding="utf-8").replace(
            "asked_as:\n", "asked_as:\n  - chó nhai nát thẻ của tôi rồi\n"
        )
        guide.write_text(words, encoding="utf-8")
        begin = time.perf_counter()
        await world.admin.say("/tailai")
        done = asyncio.create_task(world.admin.wait_for("bài đang dùng", timeout=60))
        asking: list[asyncio.Task[float]] = []
        while not done.done():
            number = 61 + len(asking)
            asking.append(asyncio.create_task(_answered(people[number], QUESTIONS[number % len(QUESTIONS)])))
            await asyncio.sleep(1 / per_second)
        during = await asyncio.gather(*asking)
        seconds = time.perf_counter() - begin
        assert await bot.stop() == 0
        assert "Traceback" not in bot.log, bot.log
    return Reload(tuple(1000 * wait for wait in before), tuple(1000 * wait for wait in during), seconds)


async def _started(bot: Bot) -> float:
    before = time.perf_counter()
    await bot.run()
    return time.perf_counter() - before


async def _ask(people: Sequence[Person], questions: Sequence[str], per_second: float) -> list[float]:
    """Everybody asks at his time, whether or not those before him were answered."""
    begin = time.perf_counter()
    asking: list[asyncio.Task[float]] = []
    for number, person in enumerate(people):
        await asyncio.sleep(max(0.0, begin + number / per_second - time.perf_counter()))
        asking.append(asyncio.create_task(_answered(person, questions[number % len(questions)])))
    return await asyncio.gather(*asking)


async def _answered(person: Person, words: str) -> float:
    before = time.perf_counter()
    await person.say(words)
    await person.wait_for(lambda message: True, timeout=60)
    return time.perf_counter() - before


def _processor_seconds(pid: int) -> float:
    fields = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / _TICKS_A_SECOND


def _memory(pid: int, key: str) -> float:
    for line in Path(f"/proc/{pid}/status").read_text(encoding="utf-8").splitlines():
        if line.startswith(key):
            return int(line.split()[1]) / 1024
    raise LookupError(key)
