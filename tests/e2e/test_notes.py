"""Notes for colleagues: seen by who holds the ticket next and by leaders, and by its citizen in no way at all."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.storage import transfer
from tests.e2e.house import House, newest, shown_to

MARK = "KIỂMCHỨNG"
"""Stands in every note of these tests and in nothing else."""


def note(what: str) -> str:
    return f"{MARK} {what}, bác này nặng tai nên gọi to"


async def test_the_first_note_is_written_right_after_the_button(desk: House) -> None:
    citizen, minh = desk.citizen, desk.minh
    await desk.agreed(citizen)
    number = await desk.claimed(citizen, minh, "tôi không vào được VNeID")
    await minh.tap("Ghi chú", on=newest(minh, "Nhắn vào đây là người dân đọc được"))
    await minh.wait_for("Nhắn ghi chú cho phiếu")
    await minh.say(note("đầu tiên"))
    await minh.wait_for(f"Đã ghi chú vào phiếu #{number}")
    await desk.quiet()
    assert MARK not in citizen.transcript()


@pytest.mark.parametrize("storage", ["sqlite", "postgresql"])
async def test_no_way_leads_from_a_note_to_the_citizen(desk: House, tmp_path: Path) -> None:
    citizen, minh, hoa, group = desk.citizen, desk.minh, desk.hoa, desk.group
    await desk.agreed(citizen)
    number = await desk.claimed(citizen, minh, "tôi không vào được VNeID")

    # Written in every way there is.
    await minh.say("/ghichu " + note("một"))
    await minh.wait_for(f"Đã ghi chú vào phiếu #{number}")
    await minh.say(f"/ghichu #{number} " + note("hai"))
    kept = await minh.wait_for(f"Đã ghi chú vào phiếu #{number}")
    await minh.say(f"/ghichu {number} " + note("ba"), reply_to=kept)
    await minh.wait_for(f"Đã ghi chú vào phiếu #{number}")
    await minh.say("Ghi chú: " + note("bốn"))
    await minh.wait_for(f"Đã ghi chú vào phiếu #{number}")
    await minh.tap("Ghi chú", on=newest(minh, "Nhắn vào đây là người dân đọc được"))
    listed = await minh.wait_for("người dân không thấy")
    assert listed.text.count(MARK) == 4
    await minh.tap("Thêm ghi chú", on=listed)
    await minh.wait_for("Nhắn ghi chú cho phiếu")
    desk.clock.tick(hours=30)  # however long he thinks about it
    await minh.send_photo(caption=note("ảnh"))
    await minh.wait_for("Ghi chú chỉ nhận chữ")
    await minh.send_album(2, note("chùm ảnh"))
    await minh.wait_for("Ghi chú chỉ nhận chữ")
    written = await minh.say(note("năm"))
    kept = await minh.wait_for(f"Đã ghi chú vào phiếu #{number}")

    # Changed, answered, forwarded, copied.
    await minh.edit(written, note("năm, đã sửa"))
    await minh.say(note("sáu"), reply_to=written)
    await minh.wait_for(f"Đã ghi chú vào phiếu #{number}")
    await minh.say(note("bảy"), reply_to=kept)
    await minh.wait_for(f"Đã ghi chú vào phiếu #{number}")
    await minh.say(note("tám"), reply_to=listed)
    await minh.wait_for(f"Đã ghi chú vào phiếu #{number}")
    await minh.forward(written)
    await minh.wait_for("đang là ghi chú của phiếu")
    await minh.say(note("một"))
    await minh.wait_for("đang là ghi chú của phiếu")
    await minh.send_photo(caption="dạ đây ạ: " + note("một"))
    await minh.wait_for("đang là ghi chú của phiếu")
    await minh.say("xem tiếp nhé", chat=group, reply_to=minh.last(group))
    await minh.say(note("một"), chat=group, reply_to=newest(minh, f"#{number}", group))
    said = await minh.say("dạ cháu xem ngay ạ")
    await citizen.wait_for("dạ cháu xem ngay ạ")
    await minh.edit(said, note("một"))
    await desk.quiet()
    assert MARK not in shown_to(citizen)

    # What the citizen can ask for, and what happens around him.
    await citizen.say("có ai ghi gì về tôi không")
    await citizen.say("trả lời", reply_to=await citizen.wait_for("dạ cháu xem ngay ạ", since=0))
    for command in ("/yeucau", "/dulieu", "/ghichu", f"/ghichu #{number}", "/mau", "/viec", f"/ghichu #{number} lộ"):
        await citizen.say(command)
    await minh.say("/viec")
    await minh.tap("Xem lại trao đổi", on=await minh.wait_for("Việc đang giữ"))
    await minh.tap("Gửi hướng dẫn")
    await minh.tap("Bài khác…", on=await minh.wait_for("Gửi bài nào"))
    await minh.say("làm lại thẻ căn cước bị mất")
    await minh.tap("Làm lại thẻ căn cước", on=await minh.wait_for("Gửi bài nào"))
    await citizen.wait_for("Người hỗ trợ gửi bài")
    await minh.tap("Trả lại", on=newest(minh, "Nhắn vào đây là người dân đọc được"))
    await citizen.wait_for("đang chờ người khác")
    card = await hoa.wait_for(lambda m: f"#{number}" in m.text and "Nhận" in str(m.labels), chat=group, since=0)
    assert "ghi chú" in card.text
    assert MARK not in shown_to(hoa, group)

    # Who holds it next reads them.
    await hoa.tap("Nhận", chat=group)
    handed = await hoa.wait_for("người dân không thấy", since=0)
    assert handed.text.count(MARK) == 8
    assert "năm, đã sửa" in handed.text
    # A leader does, and may add one, which the holder is shown.
    await desk.admin.say(f"/ghichu #{number} " + note("của quản trị"))
    await hoa.wait_for("của quản trị")
    toast = await minh.tap("Thêm ghi chú", on=listed)  # who gave it back does not any more
    assert toast.alert
    await hoa.tap("Đã giải quyết", on=newest(hoa, "Nhắn vào đây là người dân đọc được"))
    await citizen.tap("Chưa xong", on=await citizen.wait_for("báo đã xong việc"))
    await hoa.wait_for("Giữ nhiều phiếu thì trả lời (reply) đúng tin của phiếu đó")
    await hoa.tap("Đã giải quyết", on=newest(hoa, "Nhắn vào đây là người dân đọc được"))
    await citizen.tap("Xong rồi", on=await citizen.wait_for("báo đã xong việc"))
    await citizen.say("/yeucau")
    await desk.quiet()
    assert MARK not in shown_to(citizen)
    assert MARK not in shown_to(hoa, group)

    # Not in what is relayed, nor in an export, nor in an event.
    stored = await desk.rows("SELECT text FROM ticket_messages")
    assert MARK not in str(stored)
    assert await desk.number("SELECT count(*) FROM events WHERE kind = 'noted'") == 9
    assert MARK not in str(await desk.rows("SELECT codes FROM events"))
    folder = tmp_path / "export"
    await transfer.export(desk.parts.database, folder)
    assert [file.name for file in folder.iterdir() if MARK in file.read_text("utf-8")] == []


@pytest.mark.parametrize("end", ["retention", "erasure"])
async def test_notes_go_with_the_words_of_their_ticket(desk: House, end: str) -> None:
    await desk.agreed(desk.citizen)
    await desk.claimed(desk.citizen, desk.minh)
    await desk.minh.say("/ghichu " + note("giữ cho tới lúc đó") + " 0912345678")
    await desk.minh.wait_for("Đã ghi chú")
    [kept] = await desk.rows("SELECT text FROM ticket_notes")
    assert MARK in kept.text
    assert "0912345678" not in kept.text
    if end == "erasure":
        await desk.citizen.say("/xoadulieu")
        await desk.citizen.wait_for("Chắc chưa")
        await desk.citizen.tap("Chắc, xóa hết")
        await desk.citizen.wait_for("Đã xóa dữ liệu")
    else:
        await desk.minh.tap("Đã giải quyết")
        await desk.citizen.wait_for("báo đã xong việc")
        async with desk.parts.database.work() as work:
            await work.sweeping.blank_old_words(90, 7, 7)
        assert MARK in (await desk.rows("SELECT text FROM ticket_notes"))[0].text
        desk.clock.tick(days=8)
        async with desk.parts.database.work() as work:
            await work.sweeping.blank_old_words(90, 7, 7)
    assert (await desk.rows("SELECT text FROM ticket_notes"))[0].text is None


async def test_a_note_asks_for_a_ticket_and_for_the_right(desk: House) -> None:
    await desk.minh.say("/ghichu gì đó")
    await desk.minh.wait_for("Ghi chú cho phiếu nào?")
    await desk.agreed(desk.citizen)
    number = await desk.claimed(desk.citizen, desk.minh)
    await desk.hoa.say(f"/ghichu #{number} xen vào")
    await desk.hoa.wait_for("do người khác giữ")
    await desk.hoa.say("/ghichu #99999 không có")
    await desk.hoa.wait_for("Không thấy phiếu #99999")
    await desk.minh.say("/ghichu 12 giờ trưa gọi lại")
    await desk.minh.wait_for(f"Đã ghi chú vào phiếu #{number}")
    await desk.minh.say("/ghichu")
    assert "12 giờ trưa gọi lại" in (await desk.minh.wait_for("người dân không thấy")).text
    await desk.minh.wait_for("Nhắn ghi chú cho phiếu")
    await desk.minh.say("/huy")
    await desk.minh.wait_for("Đã dừng")
    await desk.minh.say("giờ thì nói với cô ạ")
    await desk.citizen.wait_for("giờ thì nói với cô ạ")
    assert await desk.number("SELECT count(*) FROM ticket_notes") == 1


async def test_a_note_for_a_ticket_that_ended_meanwhile_goes_nowhere(desk: House) -> None:
    await desk.agreed(desk.citizen)
    await desk.claimed(desk.citizen, desk.minh)
    other = desk.newcomer("Bà Sáu")
    await desk.agreed(other)
    await desk.minh.say("/ghichu")
    await desk.minh.wait_for("Nhắn ghi chú")
    await desk.citizen.say("/huy")
    await desk.minh.wait_for("Người dân đã hủy phiếu")
    await desk.claimed(other, desk.minh)
    await desk.minh.say(note("muộn"))
    await desk.minh.wait_for("do người khác giữ")
    await desk.minh.say("chào bà")
    await other.wait_for("chào bà")
    await desk.quiet()
    assert MARK not in shown_to(desk.citizen)
    assert MARK not in shown_to(other)
