"""The real program as a process of its own: started, asked, killed, started again."""

from __future__ import annotations

import asyncio
import os
import re
import shutil
import signal
import socket
import sqlite3
import sys
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from bot.playground import DEFAULT_TOKEN

ROOT = Path(__file__).resolve().parents[1]
PLUGIN = ROOT / "tests" / "faults" / "plugin"
READY = "Trợ lý đang chạy"
SECRET = "bi-mat-cua-webhook"
_PATIENCE_SECONDS = 30.0

GUIDES = (
    "can-cuoc-cap-lai",
    "can-cuoc-cap-doi",
    "khai-sinh",
    "ket-hon",
    "gplx-doi",
    "gplx-cap-lai",
    "dang-kiem",
    "vneid-kich-hoat",
    "vneid-quen-mat-khau",
    "lua-dao-bi-mat-tien",
    "sim-chinh-chu",
    "quet-ma-qr",
)


def small_knowledge(folder: Path, guides: Iterable[str] = GUIDES) -> Path:
    """A handbook of a dozen real guides: it loads in a tenth of the time."""
    source, kept = ROOT / "knowledge", set(guides)
    for file in [*source.glob("_*.yaml"), *source.glob("_vocabulary/*"), *source.glob("*/*.yaml")]:
        if file.parent == source or file.parent.name.startswith("_") or file.stem in kept:
            target = folder / file.relative_to(source)
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(file, target)
    return folder


def free_port() -> int:
    """A port nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def write_config(folder: Path, **changed: str) -> None:
    """The real ``config.yaml`` with some lines of its own, in the folder where the program is started."""
    text = (ROOT / "config.yaml").read_text(encoding="utf-8")
    for key, value in changed.items():
        text, count = re.subn(rf"(?m)^(\s+{key}:).*$", rf"\1 {value}", text)
        assert count == 1, key
    (folder / "config.yaml").write_text(text, encoding="utf-8")


@dataclass
class Program:
    """``python -m bot …`` in a folder of its own.

    Attributes:
        folder: where it is started; holds its ``config.yaml`` and database.
        environment: what is set for it; nothing of the environment of the tests gets in.
    """

    folder: Path
    environment: dict[str, str] = field(default_factory=dict)
    _process: asyncio.subprocess.Process | None = None
    _reading: list[asyncio.Task[None]] = field(default_factory=list)
    output: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    _said: asyncio.Event = field(default_factory=asyncio.Event)

    async def start(self, *arguments: str, kill_at: str = "", kill_when: str = "") -> None:
        """Start it; see the plug-in for ``kill_at``."""
        environment = {
            "PATH": os.environ["PATH"],
            "HOME": str(self.folder),
            "LANG": "C.UTF-8",
            "COLUMNS": "300",
            "PYTHONPATH": os.pathsep.join([str(ROOT), *([str(PLUGIN)] if kill_at else [])]),
            "KILL_AT": kill_at,
            "KILL_WHEN": kill_when,
            **self.environment,
        }
        self.output, self._said = [], asyncio.Event()
        self._process = await asyncio.create_subprocess_exec(
            sys.executable,
            "-m",
            "bot",
            *arguments,
            cwd=self.folder,
            env=environment,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.PIPE,
        )
        assert self._process.stdout and self._process.stderr
        self._reading = [
            asyncio.create_task(self._read(self._process.stdout, self.output)),
            asyncio.create_task(self._read(self._process.stderr, self.errors)),
        ]

    async def run(self, *, kill_at: str = "", kill_when: str = "") -> None:
        """Start the bot and wait until it takes updates."""
        await self.start("run", kill_at=kill_at, kill_when=kill_when)
        await self.says(READY)

    async def says(self, words: str) -> None:
        """Wait until it prints this on standard output.

        Raises:
            AssertionError: it ended without.
        """
        async with asyncio.timeout(_PATIENCE_SECONDS):
            while not any(words in line for line in self.output):
                self._said.clear()
                assert not all(task.done() for task in self._reading), f"ended: {self.log}"
                await self._said.wait()

    async def _read(self, stream: asyncio.StreamReader, lines: list[str]) -> None:
        while line := await stream.readline():
            lines.append(line.decode())
            self._said.set()
        self._said.set()

    async def ended(self) -> int:
        """Wait for its end; the exit code, negative for a signal."""
        assert self._process
        async with asyncio.timeout(_PATIENCE_SECONDS):
            code = await self._process.wait()
            await asyncio.gather(*self._reading)
        return code

    async def kill(self) -> None:
        """``kill -9``."""
        assert self._process
        self._process.kill()
        assert await self.ended() == -signal.SIGKILL

    async def stop(self) -> int:
        """SIGTERM; the exit code."""
        assert self._process
        if self._process.returncode is None:
            self._process.terminate()
        return await self.ended()

    async def call(self, *arguments: str) -> tuple[int, str, str]:
        """Run a verb to its end: exit code, standard output, standard error."""
        self.errors = []
        await self.start(*arguments)
        code = await self.ended()
        return code, "".join(self.output), self.log

    @property
    def log(self) -> str:
        """What it wrote on standard error, by all its lives."""
        return "".join(self.errors)

    @property
    def alive(self) -> bool:
        """Whether it runs."""
        return self._process is not None and not all(task.done() for task in self._reading)

    @property
    def pid(self) -> int:
        """Its process id."""
        assert self._process
        return self._process.pid


class Bot(Program):
    """The bot, on a fake Telegram, with a SQLite file of its own."""

    def __init__(self, folder: Path, api: str, knowledge: Path, *, webhook: bool = False, **config: str) -> None:
        # As fast as may be, and no two questions taken for one: tests write faster than people.
        habits = {
            "per_chat_burst": "20",
            "per_chat_per_second": "5",
            "per_group_per_minute": "60",
            "burst_seconds": "0.01",
        }
        write_config(folder, **(habits | config))
        self.database = folder / "helpdesk.db"
        self.port = free_port()
        super().__init__(
            folder,
            {
                "TELEGRAM_BOT_TOKEN": DEFAULT_TOKEN,
                "HELPDESK_TELEGRAM_API": api,
                "HELPDESK_DATABASE_URL": f"sqlite+aiosqlite:///{self.database}",
                "HELPDESK_ADMINS": "3001",
                "HELPDESK_WEB": f"127.0.0.1:{self.port}",
                "HELPDESK_KNOWLEDGE": str(knowledge),
            },
        )
        if webhook:
            self.environment |= {
                "HELPDESK_WEBHOOK_URL": f"http://127.0.0.1:{self.port}",
                "HELPDESK_WEBHOOK_SECRET": SECRET,
            }

    def rows(self, statement: str, *values: object) -> list[tuple[Any, ...]]:
        """What stands in its database, for everybody to see."""
        connection = sqlite3.connect(self.database)
        try:
            return connection.execute(statement, values).fetchall()
        finally:
            connection.close()

    def one(self, statement: str, *values: object) -> Any:
        """The only figure a question gives."""
        ((value,),) = self.rows(statement, *values)
        return value
