"""The program as a newcomer starts it, and a person in front of its page.

Strategy: nothing is stood in for. ``python -m bot run`` runs as a process of its own in an empty folder, on a dozen
real guides; Chromium opens the page it names. With ``--screenshots docs`` the same story leaves the pictures of the
README.
"""

from __future__ import annotations

import shutil
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable
from pathlib import Path
from typing import Protocol

import pytest
from playwright.async_api import Browser, Page, async_playwright, expect

from tests.browser.phones import Phone, Phones
from tests.processes import GUIDES, Program, free_port, small_knowledge, write_config

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
FLAGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]
WIDE = {"width": 1440, "height": 900}
SMALL = {"width": 360, "height": 740}
"""A cheap phone of these years."""
GONE = "ERR_CONNECTION_REFUSED"
"""What Chromium notes while the program is not running."""


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--screenshots", metavar="FOLDER", help="keep pictures of the story there (docs, for the README)")


class Playground:
    """The playground in a folder of its own; started, ended and started again."""

    def __init__(self, folder: Path, guides: Iterable[str]) -> None:
        self.folder = folder
        write_config(folder)
        self.port = free_port()
        self.program = Program(
            folder,
            {
                "HELPDESK_KNOWLEDGE": str(small_knowledge(folder / "knowledge", guides)),
                "HELPDESK_WEB": f"127.0.0.1:{free_port()}",
            },
        )

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def database(self) -> Path:
        return self.folder / "data" / "playground.db"

    async def start(self) -> None:
        await self.program.start("run", "--playground", f"127.0.0.1:{self.port}")
        await self.program.says(f"mở {self.url}")

    async def stop(self) -> int:
        return await self.program.stop()


@pytest.fixture
def guides() -> Iterable[str]:
    """The guides the playground knows."""
    return GUIDES


@pytest.fixture
async def playground(tmp_path: Path, guides: Iterable[str]) -> AsyncIterator[Playground]:
    """The playground, running."""
    playground = Playground(tmp_path, guides)
    await playground.start()
    yield playground
    assert await playground.stop() == 0, "".join(playground.program.errors)


@pytest.fixture
async def browser() -> AsyncIterator[Browser]:
    if CHROMIUM is None:
        pytest.skip("no Chromium on this machine (chromium, chromium-browser, google-chrome)")
    async with async_playwright() as play:
        opened = await play.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield opened
        await opened.close()


Look = Callable[[], Awaitable[Phones]]


@pytest.fixture
def size() -> dict[str, int]:
    """Of the screen; parametrise it where it matters."""
    return WIDE


@pytest.fixture
async def look(playground: Playground, browser: Browser, size: dict[str, int]) -> AsyncIterator[Look]:
    """Opens the page, each time on another screen. In the end none of them may have complained."""
    complaints: list[str] = []

    def watch(page: Page) -> None:
        page.on("console", lambda message: None if GONE in message.text else complaints.append(message.text))
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("request", lambda request: None if at_home(request.url) else complaints.append(request.url))

    def at_home(url: str) -> bool:
        return url.startswith((playground.url, "data:", "blob:"))

    async def look() -> Phones:
        context = await browser.new_context(
            viewport=size, has_touch=size is SMALL, locale="vi-VN", timezone_id="Asia/Ho_Chi_Minh"
        )
        page = await context.new_page()
        watch(page)
        await page.goto(playground.url)
        await page.locator(".phone .bar").first.wait_for()
        return Phones(page)

    yield look
    assert complaints == []


class Picture(Protocol):
    """Keeps a picture of the whole page, or of one message on one phone, if pictures are wanted."""

    async def __call__(self, what: Phones | Phone, name: str, *, of: str = "") -> None: ...


@pytest.fixture
def picture(request: pytest.FixtureRequest) -> Picture:
    folder = request.config.getoption("screenshots", None)

    async def keep(what: Phones | Phone, name: str, *, of: str = "") -> None:
        if not folder:
            return
        path = Path(folder) / name
        await still(what.page)
        if isinstance(what, Phones):
            await what.page.screenshot(path=path)
            return
        # A message longer than the screen would be cut off by what stands above and below it.
        await what.page.set_viewport_size({**SMALL, "height": 1200})
        await (await what.sees(of)).locator(".block").screenshot(path=path)
        await what.page.set_viewport_size(SMALL)

    return keep


async def still(page: Page) -> None:
    """Until nothing moves any more; on one colour, since a gradient doubles a picture's size."""
    await expect(page.locator(".toast")).to_have_count(0, timeout=10_000)
    await page.evaluate("""async () => {
        for (const chat of document.querySelectorAll(".chat")) chat.style.background = "var(--wall)";
        await Promise.all(document.getAnimations().map((animation) => animation.finished));
    }""")
