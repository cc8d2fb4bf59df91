"""The page in a real browser: a person taps, writes and reads; nothing is fetched from elsewhere."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup

from bot.playground import BotApiServer, SeededWorld

playwright = pytest.importorskip("playwright.async_api")
CHROMIUM = Path("/usr/bin/chromium")
FLAGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]
pytestmark = [
    pytest.mark.browser,
    pytest.mark.slow,
    pytest.mark.skipif(not CHROMIUM.exists(), reason="no Chromium on this machine"),
]


async def answer(bot: Bot) -> None:
    """A bot of two cards: a tap on «Nhận» shows a toast, on «Kiểm tra» an alert."""
    keys = [[InlineKeyboardButton(label, callback_data=label) for label in ("Nhận", "Kiểm tra")]]
    offset = 0
    while True:
        for update in await bot.get_updates(offset=offset, timeout=20):
            offset = update.update_id + 1
            if update.callback_query:
                alert = update.callback_query.data == "Kiểm tra"
                await update.callback_query.answer("Đã nghe" if not alert else "Đúng người", show_alert=alert)
            elif update.message and update.message.photo:
                await update.message.reply_text("Đã thấy ảnh")
            elif update.message and update.message.text:
                await bot.send_message(
                    update.message.chat.id,
                    f"<b>Bài</b>: {update.message.text}",
                    parse_mode="HTML",
                    reply_markup=InlineKeyboardMarkup(keys),
                )


@pytest.fixture
async def browser(bot: Bot) -> AsyncIterator[object]:
    task = asyncio.create_task(answer(bot))
    async with playwright.async_playwright() as play:
        opened = await play.chromium.launch(executable_path=str(CHROMIUM), args=FLAGS)
        yield opened
        await opened.close()
    task.cancel()


async def open_page(browser: object, server: BotApiServer, **how: object) -> tuple[object, list[str]]:
    page = await browser.new_page(**how)
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("request", lambda r: None if r.url.startswith((server.url, "data:", "blob:")) else complaints.append(r.url))
    await page.goto(server.url)
    await page.locator(".phone .empty").first.wait_for()
    return page, complaints


async def test_a_citizen_on_a_wide_screen(browser: object, server: BotApiServer, people: SeededWorld):
    page, complaints = await open_page(browser, server, viewport={"width": 1440, "height": 900})
    assert await page.locator(".phone:visible").count() == 5
    phone = page.get_by_role("region", name="Người dân")
    await phone.get_by_text("mat can cuoc lam lai o dau").click()
    await phone.get_by_role("button", name="Nhận").click()
    await phone.locator(".toast", has_text="Đã nghe").wait_for()
    await phone.get_by_role("button", name="Kiểm tra").click()
    await phone.get_by_role("alertdialog").get_by_text("Đã hiểu").click()
    assert await phone.locator(".line b", has_text="Bài").count() == 1
    await phone.get_by_label("Gửi kèm").click()
    await phone.get_by_text("Ảnh chụp màn hình mẫu").click()
    await phone.get_by_text("Đã thấy ảnh").wait_for()
    (photo,) = [message for message in people.citizen.messages() if message.kind == "photo"]
    assert people.citizen.file(photo)[:2] == b"\xff\xd8"
    await phone.locator("textarea").fill("hỏi thêm")
    await phone.locator("textarea").press("Enter")
    await phone.get_by_text("Bài: hỏi thêm").wait_for()
    await phone.locator(".line.mine", has_text="hỏi thêm").click(button="right")
    await page.get_by_role("menuitem", name="Sửa").click()
    await phone.locator("textarea").fill("hỏi khác")
    await phone.locator("textarea").press("Enter")
    await phone.locator(".line.mine", has_text="hỏi khác").get_by_text("đã sửa").wait_for()
    await page.get_by_role("button", name="Làm lại từ đầu").click()
    await page.get_by_role("alertdialog").get_by_role("button", name="Làm lại từ đầu").click()
    await phone.locator(".empty").wait_for()
    assert complaints == []


async def test_the_group_is_handed_round(browser: object, server: BotApiServer, people: SeededWorld):
    page, complaints = await open_page(browser, server, viewport={"width": 1440, "height": 900})
    phone = page.get_by_role("region", name="Nhóm Tổ")
    for name in ("Chị Hoa", "Anh Minh"):
        await phone.get_by_role("button", name=name).click()
        await phone.locator("textarea").fill(f"{name} đây")
        await phone.locator("textarea").press("Enter")
        await phone.locator(".line.mine", has_text=f"{name} đây").wait_for()
    await phone.locator(".line:not(.mine) .sender", has_text="Chị Hoa").wait_for()
    senders = [m.sender for m in people.minh.messages(people.group) if m.kind == "text" and not m.by_bot]
    assert senders == ["Chị Hoa", "Anh Minh"]
    assert complaints == []


async def test_one_phone_at_a_time_on_a_narrow_screen(browser: object, server: BotApiServer, people: SeededWorld):
    page, complaints = await open_page(browser, server, viewport={"width": 360, "height": 700}, has_touch=True)
    assert await page.locator(".phone:visible").count() == 1
    await people.minh.say("xin chào")
    await page.locator(".tab", has_text="Minh").locator(".badge", has_text="1").wait_for()
    await page.locator(".tab", has_text="Minh").tap()
    await page.get_by_role("region", name="Tình nguyện viên Minh").get_by_text("Bài: xin chào").wait_for()
    await page.locator(".tab", has_text="Minh").locator(".badge").wait_for(state="detached")
    assert await page.evaluate("document.documentElement.scrollWidth") == 360
    assert complaints == []
