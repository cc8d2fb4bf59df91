"""An admin changes a guide on the phone of the page; the pictures of ``knowledge/README.md`` are taken here."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable

import pytest
from playwright.async_api import expect

from tests.browser.conftest import SMALL, Look, Picture
from tests.processes import GUIDES

pytestmark = [pytest.mark.browser, pytest.mark.slow]

GUIDE = "can-cuoc-cap-lai"
TITLE = "Làm lại thẻ căn cước"
NOTICE = "Máy chụp ảnh ở xã đang sửa, chiều mai làm lại."


@pytest.fixture
def guides() -> Iterable[str]:
    """Those the guide names have to be there, or the change is refused."""
    return *GUIDES, "dvc-thanh-toan", "ho-chieu-mat", "vneid-doi-thiet-bi"


@pytest.mark.parametrize("size", [SMALL], ids=["phone"])
async def test_an_admin_changes_a_guide_and_takes_it_back(look: Look, picture: Picture) -> None:
    phones = await look()
    admin, citizen = phones.admin, phones.citizen

    await admin.say(f"/sua {GUIDE}")
    labels = await admin.labels("Bản đang dùng")
    for label in ("Sửa lệ phí", "Sửa thời hạn", "Thêm cách hỏi", "Thêm thông báo", "Lịch sử"):
        assert any(label in each for each in labels), label
    await picture(admin, "edit.png", of="Bản đang dùng")

    await admin.tap("Thêm thông báo")
    await admin.sees("đầu thẻ")
    await admin.say(NOTICE)
    await expect(admin.said("Bản mới của")).to_be_visible(timeout=60_000)  # tried on every question asked before
    labels = await admin.labels("Bản mới của")
    for label in ("Hồ sơ cần", "Đăng", "Bỏ"):
        assert any(label in each for each in labels), label
    await picture(admin, "publish.png", of="Bản mới của")
    await admin.tap("Đăng")
    await admin.sees("Đã đăng")
    async with asyncio.timeout(30):
        while True:  # the page promises five seconds; until then the former card is the right one
            await citizen.say("mất căn cước làm lại ở đâu")
            if NOTICE in await (await citizen.sees(TITLE)).inner_text():
                break
            await asyncio.sleep(1)

    await admin.say(f"/sua {GUIDE} lichsu")
    await admin.sees("Các bản đã đăng")
    await picture(admin, "undo.png", of="Các bản đã đăng")
    await admin.tap("Khôi phục bản trong tệp")
    await admin.sees("Đã khôi phục")
