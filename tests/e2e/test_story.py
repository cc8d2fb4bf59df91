"""The whole story over real HTTP: a question, a guide that does not fit, a person, a conversation, an end, and back."""

from __future__ import annotations

import asyncio
import re

import pytest

from bot.playground import Person, SeenMessage
from bot.playground.samples import picture
from tests.e2e.house import CARD, SURE, House, number_in, shown_to

everywhere = pytest.mark.parametrize(
    ("transport", "storage"),
    [("polling", "sqlite"), ("webhook", "sqlite"), ("polling", "postgresql"), ("webhook", "postgresql")],
)


@everywhere
async def test_from_a_question_to_its_end_and_back(desk: House) -> None:
    citizen, minh, hoa, group = desk.citizen, desk.minh, desk.hoa, desk.group

    number = await asked_and_not_helped(desk)
    holder, other = await both_press_at_once(desk)
    await talk(desk, holder, number)
    await show_a_photo(desk, holder)
    await replies_and_edits(desk, holder)
    await other_kinds(desk, holder)
    await send_a_guide(desk, holder)

    await holder.tap("Chờ dân")
    await citizen.wait_for("đang chờ cô bác trả lời")
    await holder.wait_for("⏸", chat=group)
    await citizen.say("dạ tôi làm được rồi")
    await holder.wait_for("dạ tôi làm được rồi")

    await holder.tap("Đã giải quyết")
    await citizen.wait_for("báo đã xong việc")
    assert CARD in " ".join((await holder.wait_for("Bài nào lẽ ra trả lời được?")).labels)
    await holder.tap(CARD)
    await holder.wait_for("Đã ghi, cảm ơn")
    await holder.wait_for("✅", chat=group)

    await citizen.tap("Chưa xong")
    await citizen.wait_for("đã mở lại")
    await holder.wait_for("đang giúp", chat=group)
    await holder.wait_for(f"Phiếu #{number}")
    await holder.say("cô thử lại giúp cháu nhé")
    await citizen.wait_for("Người hỗ trợ: cô thử lại giúp cháu nhé")
    await holder.tap("Đã giải quyết")
    await citizen.wait_for("báo đã xong việc")
    await citizen.tap("Xong rồi")
    await citizen.wait_for(f"Phiếu #{number} đã xong")

    assert (await desk.rows("SELECT state, answered_by_guide FROM tickets"))[0] == ("resolved", "can-cuoc-cap-lai")
    kinds = [
        row.kind
        for row in await desk.rows("SELECT kind FROM events WHERE ticket_id > 0 AND kind <> 'outcome' ORDER BY id")
    ]
    assert kinds == [
        "opened", "claimed", "first_reply", "waiting", "continued", "resolved", "reopened", "resolved", "confirmed",
    ]  # fmt: skip

    seen_by_citizen = shown_to(citizen)
    for helper in (minh, hoa):
        assert helper.name not in seen_by_citizen
        assert not re.search(rf"\b{helper.id}\b", seen_by_citizen)
    for helper in (holder, other):
        seen = shown_to(helper, None, group)
        assert citizen.name not in seen
        assert not re.search(rf"\b{citizen.id}\b", seen)
        assert "0912345678" not in seen


async def asked_and_not_helped(desk: House) -> int:
    citizen = desk.citizen
    await citizen.say(SURE)
    card = await citizen.wait_for(CARD)
    assert {"Từng bước", "Hồ sơ cần", "Lệ phí, thời hạn", "Lưu ý", "Chưa đúng"} <= set(card.labels)
    assert "👍 Giúp được tôi" in card.labels
    assert "🙋 Gặp tình nguyện viên" in card.labels
    await citizen.wait_for("Câu hỏi vừa rồi chưa được lưu")
    await citizen.tap("Đồng ý")
    await citizen.wait_for("xã, phường nào")
    await citizen.say("an thoi dong")
    await citizen.wait_for("xã An Thới Đông")
    desk.clock.tick(30)
    await citizen.tap("Chưa đúng")
    await citizen.wait_for("để người của Tổ giúp")
    await citizen.tap("Gặp tình nguyện viên")
    opened = await citizen.wait_for("số phiếu")
    assert "Không có ai chờ trước cô bác" in opened.text
    await citizen.say("máy báo thông tin không tồn tại, số tôi 0912345678")
    await citizen.wait_for("Đã ghi vào phiếu")
    card = await desk.minh.wait_for("máy báo thông tin không tồn tại", chat=desk.group)
    assert "xã An Thới Đông, TP Hồ Chí Minh" in card.text
    assert CARD in card.text
    return number_in(opened)


async def both_press_at_once(desk: House) -> tuple[Person, Person]:
    """Exactly one wins; who does not is told who did."""
    minh, hoa, group = desk.minh, desk.hoa, desk.group
    toasts = await asyncio.gather(minh.tap("Nhận", chat=group), hoa.tap("Nhận", chat=group))
    won = [toast for toast in toasts if not toast.alert]
    assert len(won) == 1, toasts
    holder, other = (minh, hoa) if toasts[0] is won[0] else (hoa, minh)
    lost = next(toast for toast in toasts if toast.alert)
    assert lost.text == f"{holder.name} vừa nhận phiếu này rồi."
    card = await minh.wait_for(f"{holder.name} đang giúp", chat=group)
    assert card.labels == []
    told = await desk.citizen.wait_for("đang giúp")
    assert "Kiểm tra người hỗ trợ" in told.labels
    await holder.wait_for("Nhắn vào đây là người dân đọc được")
    return holder, other


async def talk(desk: House, holder: Person, number: int) -> None:
    await holder.say("Cô chụp giúp cháu màn hình chỗ báo lỗi với ạ")
    await desk.citizen.wait_for("Người hỗ trợ: Cô chụp giúp cháu màn hình chỗ báo lỗi với ạ")
    await desk.citizen.say("chờ tôi tí nhé")
    await desk.citizen.wait_for("Đã chuyển tới người đang giúp")
    await holder.wait_for(f"Người dân (phiếu #{number}): chờ tôi tí nhé")


async def show_a_photo(desk: House, holder: Person) -> None:
    """Not before its author said that nothing secret is in it."""
    citizen = desk.citizen
    await citizen.send_photo(picture(tone=90), "màn hình đây")
    await citizen.wait_for("có số căn cước, mã OTP hay mật khẩu không")
    assert not [message for message in holder.messages() if message.kind == "photo"]
    await citizen.tap("Không có, gửi đi")
    arrived = await holder.wait_for("màn hình đây")
    assert arrived.kind == "photo"
    assert holder.file(arrived) == picture(tone=90)
    await citizen.wait_for("Đã gửi tới người đang giúp")


async def replies_and_edits(desk: House, holder: Person) -> None:
    citizen = desk.citizen
    asked = await holder.say("Cô bấm nút nào vậy ạ")
    received = await citizen.wait_for("Cô bấm nút nào vậy ạ")
    answered = await citizen.say("nút màu đỏ", reply_to=received)
    arrived = await holder.wait_for("nút màu đỏ")
    assert arrived.reply_to == asked.id
    back = await holder.say("dạ đúng rồi", reply_to=arrived)
    assert (await citizen.wait_for("dạ đúng rồi")).reply_to == answered.id
    await citizen.edit(answered, "nút màu xanh")
    changed = await holder.wait_for("nút màu xanh")
    assert changed.id == arrived.id
    assert "đã sửa" in changed.text
    await holder.edit(back, "dạ chưa đúng")
    assert "đã sửa" in (await citizen.wait_for("dạ chưa đúng")).text


async def other_kinds(desk: House, holder: Person) -> None:
    """An album stays together; voice, document and place arrive."""
    citizen = desk.citizen
    since = citizen.mark()
    await holder.send_album(3, "ba bước đây ạ")
    await citizen.wait_for("ba bước đây ạ")
    album = [message for message in citizen.messages() if message.by_bot and message.media_group_id]
    assert len(album) == 3
    assert len({message.media_group_id for message in album}) == 1
    await citizen.send_album(2)
    await citizen.wait_for("có số căn cước")
    await desk.quiet()
    assert len([m for m in citizen.messages() if "có số căn cước" in m.text and m.changed > since]) == 1
    await citizen.tap("Không có, gửi đi")
    await holder.wait_for(lambda message: message.media_group_id is not None)
    await desk.quiet()
    arrived = [message for message in holder.messages() if message.by_bot and message.media_group_id]
    assert len(arrived) == 2
    assert len({message.media_group_id for message in arrived}) == 1

    await citizen.send_voice()
    assert (await holder.wait_for(is_a("voice"))).by_bot
    await holder.send_document(name="mau-don.pdf", caption="mẫu đây ạ")
    assert (await citizen.wait_for(is_a("document"))).text == "Người hỗ trợ: mẫu đây ạ"
    await citizen.send_location()
    await holder.wait_for(is_a("location"))


async def send_a_guide(desk: House, holder: Person) -> None:
    citizen = desk.citizen
    await holder.tap("Gửi hướng dẫn")
    await holder.wait_for("Gửi bài nào cho người dân")
    await holder.tap(CARD)
    await holder.wait_for("Đã gửi bài")
    card = await citizen.wait_for("Người hỗ trợ gửi bài")
    assert CARD in card.text
    await citizen.tap("Hồ sơ cần", on=card)
    await citizen.wait_for(lambda message: message.id == card.id and "Hồ sơ cần" in message.text)


def is_a(kind: str) -> object:
    def fits(message: SeenMessage) -> bool:
        return message.kind == kind

    return fits
