"""The page as a person uses it: look at a phone, press what is written there, read what appears."""

from __future__ import annotations

import re

from playwright.async_api import Locator, Page, expect

CITIZEN = "Người dân"
MINH = "Tình nguyện viên Minh"
HOA = "Tình nguyện viên Hoa"
GROUP = "Nhóm Tổ"
ADMIN = "Quản trị"


class Phone:
    """One of the phones."""

    def __init__(self, page: Page, label: str) -> None:
        self.page = page
        self.label = label
        self.node = page.locator(f'.phone[aria-label="{label}"]')

    async def pick_up(self) -> None:
        """On a narrow screen only one phone is to be seen."""
        await expect(self.node).to_be_attached()
        if not await self.node.is_visible():
            await self.page.locator(".tab", has_text=self.label).click()
        await expect(self.node).to_be_visible()

    def said(self, words: str | re.Pattern[str]) -> Locator:
        """The newest message of somebody else with these words."""
        return self.node.locator(".line:not(.mine)", has_text=words).last

    async def sees(self, words: str | re.Pattern[str]) -> Locator:
        """Wait for it, and for it to be within the screen."""
        await self.pick_up()
        line = self.said(words)
        await expect(line).to_be_visible()
        await expect(line).to_be_in_viewport()
        return line

    async def tap(self, label: str) -> None:
        """Press the newest button with this label (an emoji may stand beside it)."""
        await self.pick_up()
        key = self.node.locator("button.key", has_text=label).last
        await key.click()
        await expect(self.node.locator(".wheel")).to_have_count(0)

    async def labels(self, words: str) -> list[str]:
        """The buttons below the newest message with these words."""
        return await (await self.sees(words)).locator("button.key").all_inner_texts()

    async def try_sample(self, words: str) -> None:
        """One of the questions offered on an empty phone."""
        await self.pick_up()
        await self.node.locator(".tries button", has_text=words).click()

    async def say(self, words: str) -> None:
        """Write and send."""
        await self.pick_up()
        await self.node.locator("textarea").fill(words)
        await self.node.get_by_label("Gửi", exact=True).click()
        await expect(self.node.locator(".line.mine", has_text=words).last).to_be_visible()

    async def send_picture(self) -> None:
        """The sample picture of the menu behind the paper clip."""
        await self.pick_up()
        await self.node.get_by_label("Gửi kèm").click()
        await self.page.get_by_role("menuitem", name="Ảnh chụp màn hình mẫu").click()
        await self.sees_picture(".line.mine")

    async def sees_picture(self, line: str = ".line:not(.mine)") -> None:
        """The newest picture is there, not just its frame."""
        await self.pick_up()
        shown = self.node.locator(f"{line} .album img").last
        await expect(shown).to_be_visible()
        await expect(shown).to_have_js_property("complete", True)
        assert await shown.evaluate("picture => picture.naturalWidth") > 100

    async def is_told(self, words: str) -> None:
        """A short note over the phone."""
        await expect(self.node.locator(".toast", has_text=words)).to_be_visible()

    async def is_warned(self, words: str) -> None:
        """A window that has to be closed."""
        window = self.node.get_by_role("alertdialog")
        await expect(window).to_contain_text(words)
        await window.get_by_role("button", name="Đã hiểu").click()
        await expect(window).to_have_count(0)

    async def hand_to(self, name: str) -> None:
        """Somebody else holds the phone of the group."""
        await self.pick_up()
        button = self.node.locator(".holder button", has_text=name)
        await button.click()
        await expect(button).to_have_attribute("aria-pressed", "true")


class Phones:
    """All phones of one page."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.citizen, self.minh, self.hoa, self.group, self.admin = (
            Phone(page, label) for label in (CITIZEN, MINH, HOA, GROUP, ADMIN)
        )

    async def start_again(self) -> None:
        """«Làm lại từ đầu», and yes."""
        await self.page.get_by_role("button", name="Làm lại từ đầu").click()
        await self.page.get_by_role("alertdialog").get_by_role("button", name="Làm lại từ đầu").click()
