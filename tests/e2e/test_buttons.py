"""Buttons no other story presses; and a count over all stories: no kind of button is left unpressed."""

from __future__ import annotations

import pytest

from bot.channels.telegram.keyboards import kinds
from tests.e2e.house import CARD, PRESSED, SURE, House


async def test_a_citizen_checks_who_helps_and_may_doubt(desk: House) -> None:
    await desk.agreed(desk.citizen)
    number = await desk.claimed(desk.citizen, desk.minh)
    await desk.citizen.tap("Kiểm tra người hỗ trợ")
    checked = await desk.citizen.wait_for("đúng là người của")
    assert "Anh Minh" not in checked.text
    since = desk.admin.mark()
    await desk.citizen.tap("Không tin, báo Tổ")
    await desk.citizen.wait_for("Đã báo cho tổ trưởng và quản trị")
    await desk.admin.wait_for(f"nghi ngờ người đang giúp phiếu #{number}", since=since)
    await desk.quiet()
    assert "nghi ngờ" not in desk.minh.transcript()


async def test_what_an_office_must_do_goes_there(desk: House) -> None:
    await desk.agreed(desk.citizen)
    number = await desk.claimed(desk.citizen, desk.minh)
    await desk.minh.tap("Chuyển cơ quan")
    offices = await desk.minh.wait_for("chuyển cơ quan nào")
    assert len(offices.labels) >= 6
    await desk.minh.tap("Thôi", on=offices)  # opened by mistake
    await desk.quiet()
    assert "chuyển cơ quan nào" not in desk.minh.transcript()
    await desk.minh.tap("Chuyển cơ quan")
    await desk.minh.wait_for("chuyển cơ quan nào")
    await desk.minh.tap("Công an xã, phường")
    told = await desk.citizen.wait_for("phải do cơ quan làm")
    assert "Công an xã, phường" in told.text
    await desk.minh.wait_for("đã chuyển cơ quan", chat=desk.group, since=0)
    await desk.citizen.tap("Chưa xong", on=told)
    await desk.citizen.wait_for("đã mở lại")
    back = await desk.minh.wait_for(f"Phiếu #{number} ")
    assert "Trả lại" in " ".join(back.labels)


async def test_a_guide_not_offered_is_found_by_typing(desk: House) -> None:
    await desk.agreed(desk.citizen)
    await desk.claimed(desk.citizen, desk.minh)
    await desk.minh.tap("Gửi hướng dẫn")
    await desk.minh.tap("Thôi", on=await desk.minh.wait_for("Gửi bài nào"))
    await desk.quiet()
    assert "Gửi bài nào" not in desk.minh.transcript()
    await desk.minh.tap("Gửi hướng dẫn")
    await desk.minh.wait_for("Gửi bài nào")
    await desk.minh.tap("Bài khác…")
    await desk.minh.wait_for("Nhắn vài chữ tên bài")
    await desk.minh.say(SURE)
    found = await desk.minh.wait_for("Gửi bài nào")
    assert found.labels[0].startswith(CARD)
    await desk.minh.tap(CARD)
    card = await desk.citizen.wait_for("Người hỗ trợ gửi bài")
    assert CARD in card.text
    await desk.minh.tap("Đã giải quyết")
    await desk.minh.wait_for("Bài nào lẽ ra trả lời được?")
    await desk.minh.tap("Chưa có bài")
    await desk.minh.wait_for("Đã ghi, cảm ơn")
    assert (await desk.rows("SELECT guide FROM suggestions"))[0].guide is None


async def test_going_off_duty_and_on_again(desk: House) -> None:
    await desk.minh.say("/truc")
    shown = await desk.minh.wait_for("Đang trực")
    await desk.minh.tap("Nghỉ", on=shown)
    assert (await desk.minh.wait_for("Đang nghỉ")).id == shown.id
    await desk.minh.tap("Bật trực", on=shown)
    await desk.minh.wait_for("Đang trực")


async def test_one_of_several_fees_is_changed_and_the_history_read(desk: House) -> None:
    await desk.admin.say("/sua tach-ho")
    await desk.admin.wait_for(lambda message: "Sửa lệ phí" in message.labels)
    await desk.admin.tap("Sửa lệ phí")
    asked = await desk.admin.wait_for("Sửa khoản nào?")
    await desk.admin.tap(asked.labels[-1])
    told = await desk.admin.wait_for("Mức mới của")
    assert asked.labels[-1].partition(" · ")[2].rstrip("…") in told.text
    await desk.admin.tap("Lịch sử")
    await desk.admin.wait_for("Các bản đã đăng")


async def test_from_the_welcome_to_a_list(house: House) -> None:
    await house.citizen.start()
    await house.citizen.wait_for("Chào cô bác")
    await house.citizen.tap("Xem theo mục")
    await house.citizen.wait_for("thuộc mục nào")


def test_no_kind_of_button_is_left_unpressed(request: pytest.FixtureRequest) -> None:
    """Runs last. Whoever adds a button adds its story."""
    here = request.path.parent
    files = {item.path for item in request.session.items if item.path.parent == here}
    if files != set(here.glob("test_*.py")) or request.config.option.keyword:
        pytest.skip("only the whole folder presses every button")
    assert set(kinds()) - PRESSED == set()
