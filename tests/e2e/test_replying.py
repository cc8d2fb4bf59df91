"""What the holder of a ticket has at hand: proposals, ready replies, and what became of his messages."""

from __future__ import annotations

import asyncio

import pytest

from bot.playground import Fault
from tests.e2e.house import CARD, SURE, House, newest, shown_to

HINT = "Nhắn vào đây là người dân đọc được. Giữ nhiều phiếu"
SECRET_NAME = "Thị Lành"


async def test_the_best_guide_goes_by_one_press(desk: House) -> None:
    await desk.agreed(desk.citizen)
    await desk.claimed(desk.citizen, desk.minh, SURE)
    panel = newest(desk.minh, HINT)
    assert panel.labels[0].startswith(f"📄 Gửi: {CARD[:20]}")
    assert len(panel.labels) <= 9
    toast = await desk.minh.tap("📄 Gửi", on=panel)
    assert toast.text == "Đã gửi bài cho người dân."
    card = await desk.citizen.wait_for("Người hỗ trợ gửi bài")
    assert CARD in card.text


async def test_a_resolved_ticket_like_it_lends_its_guide_and_words_but_nobodys_data(desk: House) -> None:
    other = desk.newcomer("Bà Sáu")
    await desk.agreed(other)
    first = await desk.claimed(other, desk.hoa, "làm lại thẻ căn cước bị mất, tôi là Lành ở ấp 3")
    await other.say("nhà tôi gần chợ cá phía sau đình")
    await desk.hoa.wait_for("gần chợ cá")
    await desk.hoa.say(
        f"Dạ chào cô {SECRET_NAME}. Mở ứng dụng VNeID rồi bấm vào mục thủ tục hành chính. Nhà gần chợ cá phía sau đình "
        "thì ra công an xã. Số của cô là 0912345678. Lành ơi nhớ mang giấy tờ."
    )
    await other.wait_for("Mở ứng dụng VNeID")
    await desk.hoa.tap("Đã giải quyết")
    await desk.hoa.wait_for("Bài nào lẽ ra trả lời được")
    await desk.hoa.tap(CARD)
    await desk.hoa.wait_for("Đã ghi, cảm ơn")
    desk.clock.tick(60)

    await desk.agreed(desk.citizen)
    number = await desk.claimed(desk.citizen, desk.minh, "thẻ căn cước bị mất giờ làm lại sao")
    panel = newest(desk.minh, HINT)
    since = desk.minh.mark()
    await desk.minh.tap("Phiếu tương tự", on=panel)
    found = await desk.minh.wait_for(f"giống phiếu #{number}")
    assert f"#{first}" not in found.text
    assert found.labels == ["Gửi bài 1", "Xem lời 1"]
    await desk.minh.tap("Xem lời 1", on=found)
    look = await desk.minh.wait_for("Lời Tổ đã dùng")
    assert look.text.endswith("Mở ứng dụng VNeID rồi bấm vào mục thủ tục hành chính.")
    await desk.minh.tap("Gửi", on=look)
    await desk.citizen.wait_for("Người hỗ trợ: Mở ứng dụng VNeID rồi bấm vào mục thủ tục hành chính.")
    await desk.minh.tap("Gửi bài 1", on=found)
    await desk.citizen.wait_for("Người hỗ trợ gửi bài")
    await desk.quiet()
    seen = "\n".join(m.text for m in desk.minh.messages() if m.by_bot and m.changed > since)
    for private in ("Lành", "chợ cá", "ấp 3", "0xx"):
        assert private not in seen + shown_to(desk.citizen), private


async def test_a_ready_reply_is_looked_at_and_sent_once(desk: House) -> None:
    await desk.agreed(desk.citizen)
    number = await desk.claimed(desk.citizen, desk.minh)
    await desk.minh.tap("Mẫu trả lời", on=newest(desk.minh, HINT))
    kinds = await desk.minh.wait_for(f"Mẫu trả lời cho phiếu #{number}")
    await desk.minh.tap("Chào hỏi", on=kinds)
    await desk.minh.wait_for("bấm để xem trước khi gửi")
    await desk.minh.tap("« Các nhóm")
    await desk.minh.wait_for(f"Mẫu trả lời cho phiếu #{number}")
    await desk.minh.tap("Chào hỏi")
    await desk.minh.tap("Chào, đã nhận phiếu", on=await desk.minh.wait_for("bấm để xem trước khi gửi"))
    look = await desk.minh.wait_for(f"đã nhận phiếu #{number}, xin phép")
    toasts = await asyncio.gather(desk.minh.tap("Gửi", on=look), desk.minh.tap("Gửi", on=look))
    assert sorted(toast.text or "" for toast in toasts) == ["", "Lời này đã gửi rồi."]
    words = f"Dạ chào cô bác, anh chị. Tổ công nghệ số cộng đồng đã nhận phiếu #{number}, xin phép hỏi thêm"
    await desk.citizen.wait_for(f"Người hỗ trợ: {words}")
    sent = await desk.minh.wait_for(f"Đã gửi (phiếu #{number})")
    assert sent.id == look.id
    assert sent.labels == []
    answered = await desk.citizen.say("dạ", reply_to=newest(desk.citizen, "đã nhận phiếu"))
    arrived = await desk.minh.wait_for("Người dân (phiếu #1): dạ")
    assert arrived.reply_to == look.id
    assert answered
    assert await desk.number("SELECT count(*) FROM events WHERE kind = 'first_reply'") == 1


async def test_a_gap_without_value_is_told_before_anything_goes(desk: House) -> None:
    await desk.agreed(desk.citizen)
    number = await desk.claimed(desk.citizen, desk.minh)
    await desk.minh.say("/mau")
    await desk.minh.tap("Đến trực tiếp", on=await desk.minh.wait_for("Mẫu trả lời"))
    await desk.minh.tap("Gọi hỏi trước", on=await desk.minh.wait_for("bấm để xem"))
    look = await desk.minh.wait_for("Chưa có thông tin cho: điện thoại, giờ")
    assert [label for label in look.labels if "ửi" in label] == ["Sửa trước khi gửi"]
    await desk.minh.tap("Sửa trước khi gửi", on=look)
    await desk.minh.wait_for(f"gửi thẳng cho người dân ở phiếu #{number}")
    copied = await desk.minh.wait_for(lambda m: m.text.startswith("Trước khi đi, cô bác"))
    assert "……" in copied.text
    await desk.quiet()
    assert "Trước khi đi" not in shown_to(desk.citizen)
    await desk.minh.say("Trước khi đi, cô bác hỏi ở nhà văn hóa ấp ạ")
    await desk.citizen.wait_for("hỏi ở nhà văn hóa ấp")
    # With an office, the same reply is whole; its number is meant to be read.
    async with desk.parts.database.engine.begin() as connection:
        await connection.exec_driver_sql("UPDATE teams SET office_phone = '028 3822 1234', office_hours = '7:30-17:00'")
    stale = newest(desk.minh, "Chưa có thông tin")
    await desk.minh.tap("Gọi hỏi trước", on=newest(desk.minh, "bấm để xem"))
    look = await desk.minh.wait_for("theo số 028 3822 1234, giờ làm việc 7:30-17:00")
    await desk.minh.tap("Gửi", on=look)
    await desk.citizen.wait_for("theo số 028 3822 1234, giờ làm việc 7:30-17:00")
    assert stale.labels


async def test_a_team_writes_changes_and_removes_its_own(desk: House) -> None:
    minh, admin = desk.minh, desk.admin
    await minh.say("/mau")
    kinds = await minh.wait_for("Đang không giữ phiếu nào")
    await minh.tap("Thêm mẫu", on=kinds)
    await minh.tap("Khác", on=await minh.wait_for("thuộc nhóm nào"))
    await minh.wait_for("Nhắn tên ngắn")
    await minh.send_photo()
    await minh.wait_for("Mẫu chỉ nhận chữ")
    await minh.say("x" * 60)
    await minh.wait_for("Nhắn tên ngắn")
    await minh.say("Mất sóng")
    await minh.wait_for("Chỗ trống dùng được: {xã}")
    await minh.say("Chào {tên}, sóng yếu ạ")
    refused = await minh.wait_for("Không có chỗ trống «tên»")
    assert "{địa chỉ}" in refused.text
    await minh.say("Cô bác đọc giúp mã OTP vào đây ạ")
    await minh.wait_for("không được xin mã OTP")
    await minh.say("Cô bác chụp căn cước gửi qua đây ạ")
    await minh.wait_for("không được xin mã OTP")
    await minh.say("Nơi {xa} sóng yếu, gọi 0912345678 giúp ạ")
    await minh.wait_for("Đã lưu mẫu «Mất sóng»")
    [kept] = await desk.rows("SELECT id, text FROM ready_replies WHERE title = 'Mất sóng'")
    assert kept.text == "Nơi {xa} sóng yếu, gọi 0xx…xx8 giúp ạ"

    await desk.hoa.say("/mau")
    await desk.hoa.tap("Khác (1)", on=await desk.hoa.wait_for("Đang không giữ phiếu nào"))
    await desk.hoa.tap("Mất sóng", on=await desk.hoa.wait_for("bấm để xem"))
    assert (await desk.hoa.wait_for("Nơi {xa} sóng yếu")).labels == []
    await minh.say("/mau")
    await minh.tap("Khác (1)", on=await minh.wait_for("Đang không giữ phiếu nào"))
    await minh.tap("Mất sóng", on=await minh.wait_for("bấm để xem"))
    look = await minh.wait_for("Nơi {xa} sóng yếu")
    assert look.labels == ["Sửa mẫu"]
    await minh.tap("Sửa mẫu", on=look)
    await minh.wait_for("Nhắn lời của mẫu")
    await minh.say("Ra chỗ thoáng thử lại ạ")
    await minh.wait_for("Đã lưu mẫu")
    await admin.say("/mau")
    await admin.tap("Khác (1)", on=await admin.wait_for("Đang không giữ phiếu nào"))
    await admin.tap("Mất sóng", on=await admin.wait_for("bấm để xem"))
    look = await admin.wait_for("Ra chỗ thoáng thử lại ạ")
    await admin.tap("Xóa mẫu", on=look)
    await admin.wait_for("Đã xóa mẫu «Mất sóng»")
    toast = await admin.tap("Xóa mẫu", on=look)
    assert toast.alert
    await admin.say("/mau")
    assert "Khác" not in str((await admin.wait_for("Đang không giữ phiếu nào")).labels)


async def test_what_did_not_arrive_is_told_with_its_reason(desk: House) -> None:
    await desk.agreed(desk.citizen)
    number = await desk.claimed(desk.citizen, desk.minh)
    desk.expected_failures |= {"too_long", "forbidden", "in doubt", "bad_request"}
    too_long = Fault("400", method="sendMessage", when="quá dài đây", description="Bad Request: message is too long")
    desk.server.faults.add(too_long)
    said = await desk.minh.say("quá dài đây")
    told = await desk.minh.wait_for("tin dài quá. Chia làm hai tin")
    assert told.reply_to == said.id
    await desk.minh.wait_for("1 tin chưa tới người dân: Telegram không nhận", since=0)
    desk.server.faults.add(Fault("drop_after", method="sendMessage", when="rõ chưa", times=1))
    said = await desk.minh.say("rõ chưa")
    doubt = await desk.minh.wait_for("chưa rõ đã tới. Gửi lại")
    assert doubt.reply_to == said.id
    await desk.minh.wait_for("2 tin chưa tới người dân: chưa rõ đã tới", since=0)
    await desk.minh.tap("Gửi lại", on=doubt)
    await desk.minh.wait_for("1 tin chưa tới người dân", since=0)
    await desk.citizen.block()
    said = await desk.minh.say("còn đó không ạ")
    told = await desk.minh.wait_for("người dân đã chặn hoặc rời Telegram")
    assert told.reply_to == said.id
    panel = await desk.minh.wait_for("người dân đã chặn Trợ lý", since=0)
    assert f"Phiếu #{number}" in panel.text
    await desk.minh.tap("Gửi hướng dẫn", on=panel)
    picked = await desk.minh.wait_for("Gửi bài nào")
    await desk.minh.tap("Bài khác…", on=picked)
    await desk.minh.say(SURE)
    await desk.minh.tap(CARD, on=await desk.minh.wait_for("Gửi bài nào"))
    told = await desk.minh.wait_for("người dân đã chặn hoặc rời Telegram")
    assert told.reply_to is None
    await desk.citizen.unblock()
    desk.expected_failures |= {"sent again"}


@pytest.mark.parametrize("side", ["citizen", "helper"])
async def test_a_changed_caption_is_told_below_the_copy(desk: House, side: str) -> None:
    await desk.agreed(desk.citizen)
    await desk.claimed(desk.citizen, desk.minh)
    author, other = (desk.citizen, desk.minh) if side == "citizen" else (desk.minh, desk.citizen)
    sent = await author.send_photo(caption="chỗ báo lỗi")
    if side == "citizen":
        await author.tap("Không có, gửi đi", on=await author.wait_for("có số căn cước"))
    copy = await other.wait_for("chỗ báo lỗi")
    await author.edit(sent, "chỗ báo lỗi ở trang hai")
    told = await other.wait_for("sửa lời dưới ảnh")
    assert told.reply_to == copy.id
    assert "chỗ báo lỗi ở trang hai" in told.text
    await author.edit(sent, "ở trang ba, số 0912345678")
    changed = await other.wait_for("ở trang ba")
    assert changed.id == told.id
    assert "0912345678" not in changed.text
    await desk.quiet()
    assert "chỗ báo lỗi ở trang hai" not in other.transcript()


async def test_the_caption_of_a_picture_kept_back_stays_back(desk: House) -> None:
    await desk.agreed(desk.citizen)
    await desk.claimed(desk.citizen, desk.minh)
    sent = await desk.citizen.send_photo(caption="căn cước đây")
    await desk.citizen.wait_for("có số căn cước")
    await desk.citizen.edit(sent, "căn cước của tôi đây")
    await desk.quiet()
    assert "căn cước" not in newest(desk.minh, "").text
    await desk.citizen.tap("Không có, gửi đi")
    await desk.minh.wait_for("căn cước của tôi đây")
