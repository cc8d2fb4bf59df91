"""Every kind of message Telegram knows, with a ticket and without, and words of every shape."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

import pytest

from bot.playground import Person, SeenMessage
from tests.e2e.house import CARD, SURE, House

Send = Callable[[Person], Awaitable[object]]

WITHOUT_A_TICKET: dict[str, tuple[Send, str]] = {
    "photo": (lambda p: p.send_photo(), "Trợ lý chưa xem được ảnh, tệp"),
    "album": (lambda p: p.send_album(3), "Trợ lý chưa xem được ảnh, tệp"),
    "voice": (lambda p: p.send_voice(), "Trợ lý chưa nghe được tiếng nói"),
    "video": (lambda p: p.send_video(), "Trợ lý chưa xem được ảnh, tệp"),
    "video note": (lambda p: p.send_video_note(), "Trợ lý chưa nghe được tiếng nói"),
    "document": (lambda p: p.send_document(), "Trợ lý chưa xem được ảnh, tệp"),
    "location": (lambda p: p.send_location(), "Trợ lý chưa dùng được vị trí"),
    "contact": (lambda p: p.send_contact("0912345678"), "không cần gửi số điện thoại"),
    "sticker": (lambda p: p.send_sticker(), "nhắn bằng chữ"),
    "forwarded": (lambda p: p.forward_from("Ai đó", SURE), CARD),
}


async def test_without_a_ticket_every_kind_is_answered_once(house: House) -> None:
    for kind, (send, answer) in WITHOUT_A_TICKET.items():
        citizen = house.newcomer(f"Người gửi {kind}")
        await house.agreed(citizen)
        known = await house.number("SELECT count(*) FROM requests")
        await send(citizen)
        answered = await citizen.wait_for(answer)
        assert answered.labels, f"{kind}: a way on is offered"
        await house.quiet()
        assert citizen.transcript().count(answer) == 1, kind
        assert await house.number("SELECT count(*) FROM requests") == known + 1, kind
    assert "0912345678" not in str(await house.rows("SELECT text FROM requests"))


async def test_a_picture_with_words_has_its_words_answered(house: House) -> None:
    await house.citizen.send_photo(caption=SURE)
    await house.citizen.wait_for(CARD)
    await house.citizen.wait_for("chỉ người xem được")
    assert await house.number("SELECT count(*) FROM requests") == 1


async def test_an_edited_question_changes_its_card(house: House) -> None:
    said = await house.citizen.say(SURE)
    card = await house.citizen.wait_for(CARD)
    await house.citizen.edit(said, "đổi bằng lái xe sắp hết hạn")
    changed = await house.citizen.wait_for("Đổi giấy phép lái xe")
    assert changed.id == card.id
    assert await house.number("SELECT count(*) FROM requests") == 1


def seen(kind: str) -> Callable[[SeenMessage], bool]:
    return lambda message: message.kind == kind


WITH_A_TICKET: dict[str, tuple[Send, Callable[[SeenMessage], bool], bool]] = {
    "photo": (lambda p: p.send_photo(), seen("photo"), True),
    "album": (lambda p: p.send_album(3), lambda m: m.media_group_id is not None, True),
    "voice": (lambda p: p.send_voice(), seen("voice"), False),
    "video": (lambda p: p.send_video(), seen("video"), True),
    "video note": (lambda p: p.send_video_note(), seen("video_note"), False),
    "document": (lambda p: p.send_document(), seen("document"), True),
    "location": (lambda p: p.send_location(), seen("location"), False),
    "contact": (lambda p: p.send_contact("0912345678"), lambda m: "☎ 0xx" in m.text, False),
    "sticker": (lambda p: p.send_sticker(), seen("sticker"), False),
    "forwarded": (lambda p: p.forward_from("Kẻ lạ", "bấm vào đây"), lambda m: "chuyển tiếp" in m.text, False),
}


async def test_with_a_ticket_every_kind_reaches_the_volunteer(desk: House) -> None:
    await desk.agreed(desk.citizen)
    number = await desk.claimed(desk.citizen, desk.minh)
    for kind, (send, arrived, checked) in WITH_A_TICKET.items():
        since = desk.minh.mark()
        await send(desk.citizen)
        if checked:
            await desk.citizen.wait_for("có số căn cước")
            await desk.citizen.tap("Không có, gửi đi")
            await desk.citizen.wait_for("Đã gửi tới người đang giúp")
        else:
            await desk.citizen.wait_for("Đã chuyển tới người đang giúp")
        await desk.minh.wait_for(arrived, since=since)
        await desk.quiet()
        whose = [m for m in desk.minh.messages() if m.by_bot and m.changed > since and f"(phiếu #{number})" in m.text]
        assert whose, f"{kind}: the volunteer is told whose it is"
    assert "0912345678" not in desk.minh.transcript()


async def test_what_came_before_anybody_claimed_is_there_for_who_does(desk: House) -> None:
    await desk.agreed(desk.citizen)
    await desk.ticket(desk.citizen)
    kinds = ("photo", "voice", "document", "location", "album")
    for kind in kinds:
        send, _, checked = WITH_A_TICKET[kind]
        await send(desk.citizen)
        if checked:
            await desk.citizen.wait_for("có số căn cước")
            await desk.citizen.tap("Không có, gửi đi")
            await desk.citizen.wait_for("người nhận phiếu sẽ xem")
        else:
            await desk.citizen.wait_for("Đã ghi vào phiếu")
    await desk.minh.wait_for("#1", chat=desk.group, since=0)
    await desk.minh.tap("Nhận", chat=desk.group)
    for kind in kinds:
        await desk.minh.wait_for(WITH_A_TICKET[kind][1], since=0)


async def test_a_picture_kept_back_stays_back(desk: House) -> None:
    await desk.agreed(desk.citizen)
    await desk.claimed(desk.citizen, desk.minh)
    await desk.citizen.send_photo(caption="căn cước của tôi")
    asked = await desk.citizen.wait_for("có số căn cước")
    await desk.citizen.tap("Để chụp lại")
    assert (await desk.citizen.wait_for("Chưa gửi")).id == asked.id
    await desk.quiet()
    assert not [message for message in desk.minh.messages() if message.kind == "photo"]
    await desk.minh.say("/viec")
    await desk.minh.wait_for("Việc đang giữ")
    await desk.minh.tap("Xem lại trao đổi")
    await desk.quiet()
    assert not [message for message in desk.minh.messages() if message.kind == "photo"]


@pytest.mark.parametrize("side", ["citizen", "helper"])
async def test_a_file_named_with_a_number_is_not_passed_on(desk: House, side: str) -> None:
    await desk.agreed(desk.citizen)
    await desk.claimed(desk.citizen, desk.minh)
    author, other = (desk.citizen, desk.minh) if side == "citizen" else (desk.minh, desk.citizen)
    await author.send_document(name="don 0912345678.pdf")
    await author.wait_for("Tên tệp có số riêng")
    await desk.quiet()
    assert not [message for message in other.messages() if message.kind == "document"]
    assert "0912345678" not in str(await desk.rows("SELECT text, file FROM ticket_messages"))


async def test_an_edit_in_a_ticket_follows_even_in_many_parts(desk: House) -> None:
    await desk.agreed(desk.citizen)
    await desk.claimed(desk.citizen, desk.minh)
    said = await desk.citizen.say("dài " * 1020)
    await desk.minh.wait_for("dài dài")
    await desk.quiet()
    before = [message for message in desk.minh.messages() if "dài dài" in message.text]
    assert len(before) == 3
    await desk.citizen.edit(said, "ngắn thôi")
    changed = await desk.minh.wait_for("ngắn thôi")
    await desk.quiet()
    assert changed.id == before[0].id
    assert not [message for message in desk.minh.messages() if "dài dài" in message.text]
    await desk.citizen.edit(said, "lại dài " * 510)
    await desk.quiet()
    again = [message for message in desk.minh.messages() if "lại dài" in message.text]
    assert sum(message.text.count("lại dài") for message in again) >= 508


async def test_the_words_of_an_open_ticket_change_on_its_card(desk: House) -> None:
    await desk.agreed(desk.citizen)
    await desk.citizen.say("/gap")
    await desk.citizen.wait_for("số phiếu")
    said = await desk.citizen.say("tôi cần lam viec nay")
    await desk.minh.wait_for("tôi cần lam viec nay", chat=desk.group, since=0)
    await desk.citizen.edit(said, "tôi cần làm việc kia")
    await desk.minh.wait_for("tôi cần làm việc kia", chat=desk.group, since=0)


SHAPES = {
    "emoji alone": "🙏🙏🙏",
    "dots": "...",
    "one letter": "a",
    "4,096 characters": ("mất căn cước " * 400)[:4096],
    "4,096 emojis' worth": "😀" * 2048,
    "one long word": "a" * 4096,
    "right to left": "\u202eabc mất căn cước\u202c",
    "zero width": "mất\u200b căn\u200d cước",
    "markup": "<b>mất</b> <a href='x'>căn cước</a> &amp; *_`[x](y)` {ten} {0} %s",
    "unclosed markup": "<b><i><tg-spoiler>",
    "abuse": "đồ ngu, bot như cứt, đ.m mày",
    "lines": "\n\n".join(["mất căn cước"] * 50),
    "another alphabet": "如何补办身份证 как получить паспорт",
    "numbers": "123456789012 0912345678",
    "null and controls": "mất\x01căn\x02cước",
    "slash": "/ khai sinh",
    "unknown command": "/khongcolenhnay abc",
    "combining": "ma\u0302\u0301t ca\u0306n cu\u031b\u01a1\u0301c",
    "zalgo": "m" + "\u0300" * 60 + "at can cuoc",
    "sql": "'; DROP TABLE requests; --",
}


async def test_no_words_break_a_question(house: House) -> None:
    await house.agreed(house.citizen)
    for shape, words in SHAPES.items():
        await house.citizen.say(words)
        assert (await house.citizen.wait_for(lambda message: bool(message.text))).text, shape
        house.clock.tick(minutes=40)
    await house.citizen.say("/yeucau")
    await house.citizen.wait_for("Việc cô bác đã hỏi")


async def test_no_words_break_a_ticket(desk: House) -> None:
    """As a ticket's question, in its conversation, as the volunteer's words, and in the lists."""
    await desk.agreed(desk.citizen)
    shapes = ("emoji alone", "4,096 characters", "4,096 emojis' worth", "one long word", "right to left", "markup",
              "unclosed markup", "null and controls", "zalgo")  # fmt: skip
    for number, shape in enumerate(shapes, 1):
        words = SHAPES[shape]
        await desk.citizen.say("/gap")
        await desk.citizen.wait_for("số phiếu")
        await desk.citizen.say(words)
        await desk.citizen.wait_for("Đã ghi vào phiếu")
        await desk.minh.say("/hangcho")
        await desk.minh.wait_for("Hàng chờ")
        await desk.minh.tap(f"Nhận #{number}")
        await desk.minh.wait_for(f"Phiếu #{number} ")
        since = desk.minh.mark()
        await desk.citizen.say(words)
        assert await desk.minh.wait_for(f"Người dân (phiếu #{number})", since=since), shape
        await desk.minh.say(words)
        await desk.citizen.wait_for("Người hỗ trợ:")
        await desk.minh.say("/viec")
        await desk.minh.wait_for("Việc đang giữ")
        await desk.minh.tap("Đã giải quyết")
        await desk.citizen.wait_for("báo đã xong việc")
    await desk.citizen.say("/yeucau")
    await desk.citizen.wait_for("Việc cô bác đã hỏi")


async def test_a_long_question_reaches_the_volunteer_whole(desk: House) -> None:
    await desk.agreed(desk.citizen)
    await desk.citizen.say("/gap")
    await desk.citizen.wait_for("số phiếu")
    words = " ".join(f"chuyện thứ {number} & <của> tôi" for number in range(150))[:4096]
    await desk.citizen.say(words)
    await desk.citizen.wait_for("Đã ghi vào phiếu")
    card = await desk.minh.wait_for("chuyện thứ 0", chat=desk.group, since=0)
    assert card.labels == ["🙋 Nhận"]
    await desk.minh.tap("Nhận", chat=desk.group)
    await desk.minh.wait_for("Phiếu #1")
    await desk.quiet()
    read = " ".join(message.text for message in desk.minh.messages() if message.by_bot)
    last = words.split("chuyện")[-2].strip()
    assert f"chuyện {last}" in read


async def test_small_talk_is_answered_without_a_ticket(house: House) -> None:
    for words, answer in (("xin chào", "Chào cô bác"), ("cảm ơn nhé", "không có chi"), ("tạm biệt", "Lúc nào cần")):
        await house.citizen.say(words)
        await house.citizen.wait_for(answer)
        house.clock.tick(20)
    assert await house.number("SELECT count(*) FROM tickets") == 0


async def test_out_of_scope_and_not_in_the_handbook_are_told_apart(house: House) -> None:
    await house.citizen.say("làm giấy phép lái tàu")
    unmet = await house.citizen.wait_for("chưa có trong sổ tay")
    assert unmet.labels == ["Mở Cổng Dịch vụ công", "🙋 Gặp tình nguyện viên"]


async def test_a_secret_sent_to_the_bot_is_warned_about(house: House) -> None:
    await house.citizen.say("mã OTP của tôi là 482913 giờ làm sao")
    await house.citizen.wait_for("Đừng gửi mã OTP")
    assert "482913" not in str(await house.rows("SELECT text FROM requests"))
