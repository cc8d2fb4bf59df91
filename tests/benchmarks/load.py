"""The bot as a process of its own under a stream of questions, each from somebody else."""

from __future__ import annotations

import asyncio
import os
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
