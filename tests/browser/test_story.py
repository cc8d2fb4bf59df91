"""The main story on the page, in a real browser: what a newcomer sees after ``make run``."""

from __future__ import annotations

import asyncio
import sqlite3
from typing import Any

import aiohttp
import pytest
from playwright.async_api import expect

from tests.browser.conftest import SMALL, WIDE, Look, Picture, Playground
from tests.browser.phones import Phones

pytestmark = [pytest.mark.browser, pytest.mark.slow]

QUESTION = "mat can cuoc lam lai o dau"
TITLE = "Làm lại thẻ căn cước"


def kept(playground: Playground, table: str) -> int:
    """How many rows stand in the playground's database."""
    connection = sqlite3.connect(playground.database)
    try:
        ((number,),) = connection.execute(f"SELECT count(*) FROM {table}").fetchall()
        return int(number)
    finally:
        connection.close()


async def sim(playground: Playground, verb: str, path: str, /, **body: Any) -> Any:
    """What the server of the page knows, or does on demand."""
    async with (
        aiohttp.ClientSession() as session,
        session.request(verb, f"{playground.url}/sim/{path}", json=body or None) as answer,
    ):
        assert answer.status == 200, await answer.text()
        return (await answer.json())["result"]


async def first_warned(*screens: Phones) -> Phones:
    """Of several screens, the one whose holder of the group's phone came too late."""
    waiting = {
        asyncio.create_task(screen.group.node.get_by_role("alertdialog").wait_for()): screen for screen in screens
    }
    done, rest = await asyncio.wait(waiting, return_when=asyncio.FIRST_COMPLETED)
    for task in rest:
        task.cancel()
    await asyncio.gather(*rest, return_exceptions=True)
    (warned,) = done
    await warned
    return waiting[warned]


@pytest.mark.parametrize("size", [WIDE, SMALL], ids=["wide", "phone"])
async def test_the_main_story(playground: Playground, look: Look, picture: Picture, size: dict[str, int]):
    phones = await look()
    citizen, group = phones.citizen, phones.group
    small = size is SMALL

    # The guide, its steps, its price.
    await citizen.try_sample(QUESTION)
    labels = await citizen.labels(TITLE)
    for label in ("Từng bước", "Hồ sơ cần", "Lệ phí, thời hạn", "Lưu ý", "Giúp được tôi", "Chưa đúng"):
        assert any(label in each for each in labels), label
    await citizen.sees("bấm «Đồng ý»")
    if small:
        await picture(citizen, "card.png", of=TITLE)
    await citizen.tap("Từng bước")
    await citizen.sees("Bước 1/")
    await citizen.tap("Tiếp")
    await citizen.sees("Bước 2/")
    await expect(citizen.said("Bước 1/")).to_have_count(0)
    if small:
        await picture(citizen, "steps.png", of="Bước 2/")
    await citizen.tap("Lệ phí, thời hạn")
    await expect(citizen.said("Thời hạn:")).to_contain_text(TITLE)

    # A person is wanted, and may read once the citizen agrees.
    await citizen.tap("Chưa đúng")
    await citizen.sees("để người của Tổ giúp cho chắc")
    await citizen.tap("Gặp tình nguyện viên")
    await citizen.sees("Để người của Tổ đọc và giúp")
    assert kept(playground, "tickets") == 0
    await citizen.tap("Đồng ý")
    await expect(citizen.said("số phiếu #1")).to_be_visible()
    await citizen.sees("xã, phường nào")
    await citizen.say("ninh kieu can tho")
    await citizen.sees("Đã ghi: phường Ninh Kiều, TP Cần Thơ")
    await citizen.say("bam den buoc 3 thi no bao thong tin khong ton tai")
    await citizen.sees("Đã ghi vào phiếu #1")

    # Both volunteers press «Nhận» while the card still offers it to both.
    others = await look()
    await sim(playground, "POST", "faults", kind="hold_before", method="editMessageText", times=1, when="đang giúp")
    await group.sees("#1 · phường Ninh Kiều, TP Cần Thơ")
    await group.sees("«bam den buoc 3")
    if small:
        await picture(group, "ticket.png", of="#1 · phường")
    await group.hand_to("Anh Minh")
    await others.group.hand_to("Chị Hoa")
    await others.group.sees("#1")
    await asyncio.gather(group.tap("Nhận"), others.group.tap("Nhận"))
    late = await first_warned(phones, others)
    if late is others:
        winner, loser, name = phones.minh, phones.hoa, "Anh Minh"
    else:
        winner, loser, name = phones.hoa, phones.minh, "Chị Hoa"
    await late.group.is_warned(f"{name} vừa nhận phiếu này rồi")
    await sim(playground, "PUT", "faults")
    await group.sees(f"#1 · {name} đang giúp")
    assert await group.labels(f"#1 · {name} đang giúp") == []
    await citizen.sees("Có người của Tổ đang giúp phiếu #1")

    # They talk; the picture goes once the citizen says that nothing secret is in it.
    await winner.sees("Phiếu #1")
    await winner.say("Cô chụp giúp cháu màn hình chỗ báo lỗi với ạ")
    await citizen.sees("Người hỗ trợ: Cô chụp giúp cháu")
    await citizen.send_picture()
    await citizen.sees("có số căn cước, mã OTP hay mật khẩu không")
    await expect(winner.node.locator(".line:not(.mine) .album")).to_have_count(0)
    await citizen.tap("Không có, gửi đi")
    await winner.sees_picture()
    await citizen.say("day chau oi")
    await winner.sees("day chau oi")
    if not small:
        await loser.say("/hoi mất bằng lái xe làm lại sao")
        await loser.sees("Làm lại bằng lái xe")
        await phones.admin.say("/thongke")
        await phones.admin.sees("Thống kê")
        await picture(phones, "playground.png")

    # Done, not done after all, done.
    await winner.tap("Đã giải quyết")
    await winner.sees("Bài nào lẽ ra trả lời được?")
    await winner.tap(TITLE)
    await winner.sees("Đã ghi, cảm ơn")
    await citizen.sees("báo đã xong việc #1")
    await citizen.tap("Chưa xong")
    await citizen.sees("Phiếu #1 đã mở lại")
    await winner.sees("Phiếu #1")
    await winner.tap("Đã giải quyết")
    await citizen.sees("báo đã xong việc #1")
    await citizen.tap("Xong rồi")
    await citizen.sees("Phiếu #1 đã xong")
    await group.sees("#1 · đã xong")

    assert await sim(playground, "GET", "violations") == []
    assert await phones.page.evaluate("document.documentElement.scrollWidth") == size["width"]


async def test_starting_again_forgets_everything(playground: Playground, look: Look):
    phones = await look()
    await phones.citizen.try_sample(QUESTION)
    await phones.citizen.tap("Gặp tình nguyện viên")
    await phones.citizen.tap("Đồng ý")
    await expect(phones.citizen.said("số phiếu #1")).to_be_visible()
    await phones.citizen.say("phường Ninh Kiều, Cần Thơ")
    await phones.citizen.sees("Đã ghi")
    await phones.group.sees("#1")
    assert kept(playground, "requests") == kept(playground, "tickets") == 1

    await phones.start_again()
    for phone in (phones.minh, phones.hoa):
        await phone.sees("Chào mừng vào")
    await phones.group.sees("Nhóm này nhận phiếu")
    await expect(phones.citizen.node.locator(".line")).to_have_count(0)
    await expect(phones.group.said("#1")).to_have_count(0)
    assert [kept(playground, table) for table in ("requests", "tickets", "consents", "ticket_messages")] == [0, 0, 0, 0]

    # The same citizen is a stranger again, and the first ticket is the first.
    await phones.citizen.try_sample(QUESTION)
    await phones.citizen.sees("bấm «Đồng ý»")
    await phones.citizen.tap("Gặp tình nguyện viên")
    await phones.citizen.tap("Đồng ý")
    await phones.citizen.sees("xã, phường nào")
    await phones.citizen.say("phường Ninh Kiều, Cần Thơ")
    await phones.citizen.sees("Đã ghi")
    await phones.group.tap("Nhận")
    await phones.minh.sees("Phiếu #1")


async def test_the_chats_are_still_there_the_next_day(playground: Playground, look: Look):
    phones = await look()
    await phones.citizen.try_sample(QUESTION)
    await phones.citizen.tap("Từng bước")
    await phones.citizen.tap("Tiếp")
    await phones.citizen.sees("Bước 2/")
    assert await playground.stop() == 0
    await expect(phones.page.locator("#lost")).to_be_visible()

    await playground.start()
    await expect(phones.page.locator("#lost")).to_be_hidden(timeout=15_000)
    await phones.citizen.tap("Tiếp")
    await phones.citizen.sees("Bước 3/")
    again = await look()
    await again.citizen.sees("Bước 3/")
    for phone in (again.minh, again.hoa):
        await expect(phone.node.locator(".line", has_text="Chào mừng vào")).to_have_count(1)
    await expect(again.group.node.locator(".line", has_text="Nhóm này nhận phiếu")).to_have_count(1)
