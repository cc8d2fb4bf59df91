"""A phone number shared on purpose: for the holder's panel alone, until the ticket ends."""

from __future__ import annotations

import pytest

from tests.e2e.house import House, newest, shown_to

NUMBER = "0399888777"


async def anywhere(desk: House) -> list[str]:
    """Tables that hold the number."""
    tables = [row[0] for row in await desk.rows("SELECT name FROM sqlite_master WHERE type = 'table'")]
    return [name for name in tables if NUMBER in str(await desk.rows(f"SELECT * FROM {name}"))]


async def shared(desk: House) -> None:
    await desk.citizen.send_contact(NUMBER)
    asked = await desk.citizen.wait_for("xem số này")
    assert NUMBER not in asked.text
    await desk.citizen.tap("Cho xem", on=asked)
    await desk.citizen.wait_for("Phiếu xong là số được xóa")


async def test_the_holder_alone_sees_it_after_a_yes(desk: House) -> None:
    await desk.agreed(desk.citizen)
    number = await desk.claimed(desk.citizen, desk.minh)
    await desk.citizen.send_contact(NUMBER)
    asked = await desk.citizen.wait_for("xem số này")
    await desk.quiet()
    assert await anywhere(desk) == []
    assert NUMBER not in shown_to(desk.minh)
    await desk.citizen.tap("Không", on=asked)
    await desk.citizen.wait_for("số không được lưu")
    await desk.quiet()
    assert await anywhere(desk) == []

    await shared(desk)
    panel = await desk.minh.wait_for(NUMBER)
    assert f"Phiếu #{number}" in panel.text
    await desk.quiet()
    assert await anywhere(desk) == ["tickets"]
    for other in (desk.hoa, desk.admin, desk.minh):
        assert NUMBER not in shown_to(other, desk.group)
    assert NUMBER not in shown_to(desk.hoa) + shown_to(desk.admin)
    [event] = await desk.rows("SELECT codes, ticket_id FROM events WHERE kind = 'phone_shared'")
    assert event.ticket_id == number
    await desk.minh.say("/viec")
    await desk.minh.wait_for("Việc đang giữ")
    await desk.minh.tap("Xem lại trao đổi")
    await desk.quiet()
    assert [m for m in desk.minh.messages() if m.by_bot and NUMBER in m.text] == [newest(desk.minh, NUMBER)]


@pytest.mark.parametrize("end", ["resolved", "cancelled", "returned", "erased"])
async def test_it_is_gone_when_the_ticket_leaves_its_holder(desk: House, end: str) -> None:
    await desk.agreed(desk.citizen)
    number = await desk.claimed(desk.citizen, desk.minh)
    await shared(desk)
    panel = await desk.minh.wait_for(NUMBER)
    if end == "resolved":
        await desk.minh.tap("Đã giải quyết", on=panel)
        told = await desk.citizen.wait_for("báo đã xong việc")
        await desk.citizen.tap("Chưa xong", on=told)
        await desk.minh.wait_for(f"Phiếu #{number} ")
    elif end == "cancelled":
        await desk.citizen.say("/huy")
        await desk.citizen.wait_for("Đã hủy phiếu")
    elif end == "returned":
        await desk.minh.tap("Trả lại", on=panel)
        await desk.hoa.wait_for("Phiếu trả lại", chat=desk.group, since=0)
        await desk.hoa.tap("Nhận", chat=desk.group)
        await desk.hoa.wait_for(f"Phiếu #{number}")
    else:
        await desk.citizen.say("/xoadulieu")
        await desk.citizen.wait_for("Chắc chưa")
        await desk.citizen.tap("Chắc, xóa hết")
        await desk.citizen.wait_for("Đã xóa dữ liệu")
    await desk.quiet()
    assert await anywhere(desk) == []
    assert NUMBER not in shown_to(desk.minh) + shown_to(desk.hoa)


async def test_shared_while_it_waits_it_is_for_who_takes_it(desk: House) -> None:
    await desk.agreed(desk.citizen)
    number = await desk.ticket(desk.citizen)
    await shared(desk)
    await desk.minh.wait_for(f"#{number}", chat=desk.group, since=0)
    await desk.quiet()
    assert NUMBER not in shown_to(desk.minh, desk.group)
    await desk.minh.tap("Nhận", chat=desk.group)
    await desk.minh.wait_for(NUMBER)


async def test_a_number_whose_message_is_gone_is_asked_for_again(desk: House) -> None:
    await desk.agreed(desk.citizen)
    await desk.claimed(desk.citizen, desk.minh)
    sent = await desk.citizen.send_contact(NUMBER)
    asked = await desk.citizen.wait_for("xem số này")
    await desk.citizen.delete(sent)
    await desk.citizen.tap("Cho xem", on=asked)
    await desk.citizen.wait_for("gửi lại giúp")
    toast = await desk.hoa.tap("Nghỉ")
    assert toast.answered
    await desk.quiet()
    assert await anywhere(desk) == []
