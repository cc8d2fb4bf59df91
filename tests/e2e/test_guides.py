"""A guide on the phone: its parts, its steps, and coming back to them days later."""

from __future__ import annotations

import re

from bot.playground import Person, SeenMessage
from tests.e2e.house import CARD, SURE, UNSURE, House

GUIDE = "can-cuoc-cap-lai"


async def asked(house: House, words: str = SURE, card: str = CARD) -> SeenMessage:
    await house.citizen.say(words)
    return await house.citizen.wait_for(card)


async def in_steps(house: House) -> SeenMessage:
    await asked(house)
    await house.citizen.tap("Từng bước")
    return await house.citizen.wait_for("Bước 1/6")


async def at(person: Person, step: int) -> SeenMessage:
    return await person.wait_for(f"Bước {step}/6")


async def test_the_parts_of_a_card_open_in_its_place(house: House) -> None:
    card = await asked(house)
    assert re.search(r"Thông tin kiểm tra ngày|Chưa có nguồn ghi ngày", card.text)
    parts = {
        "Hồ sơ cần": "Hồ sơ cần",
        "Lệ phí, thời hạn": "Thời hạn:",
        "Lưu ý": "Lưu ý",
        "Làm ở đâu": "Mã để gõ vào ô tìm của Cổng",
    }
    for label, title in parts.items():
        await house.citizen.tap(label)
        opened = await house.citizen.wait_for(title)
        assert opened.id == card.id
        await house.citizen.tap("« Về thẻ")
        await house.citizen.wait_for(lambda message: message.text == card.text)
    assert (await house.citizen.tap("Mở trang chính thức")).url.startswith("https://")
    await house.citizen.tap("Giúp được tôi")
    await house.citizen.wait_for("Cảm ơn cô bác, anh chị đã cho biết")
    assert await house.number("SELECT count(*) FROM events WHERE kind = 'helped'") == 1


async def test_steps_are_one_screen_that_changes(house: House) -> None:
    screen = await in_steps(house)
    assert "◀ Lùi" not in screen.labels
    for step in range(2, 7):
        await house.citizen.tap("Tiếp")
        assert (await at(house.citizen, step)).id == screen.id
    assert "Tiếp ▶" not in (await at(house.citizen, 6)).labels
    await house.citizen.tap("Lùi")
    await at(house.citizen, 5)
    await house.citizen.tap("Tiếp")
    await at(house.citizen, 6)
    await house.citizen.tap("Xong các bước")
    assert (await house.citizen.wait_for("Xong các bước rồi")).id == screen.id


async def test_stuck_at_a_step_becomes_a_ticket_that_says_where(desk: House) -> None:
    await desk.agreed(desk.citizen)
    await in_steps(desk)
    for step in (2, 3):
        await desk.citizen.tap("Tiếp")
        await at(desk.citizen, step)
    await desk.citizen.tap("Tôi bị kẹt ở bước này")
    await desk.citizen.wait_for("Kẹt chỗ nào ạ?")
    await desk.citizen.say("no bao thong tin khong ton tai")
    await desk.citizen.wait_for("số phiếu #1")
    card = await desk.minh.wait_for("#1", chat=desk.group, since=0)
    assert "kẹt bước 3" in card.text
    assert "«no bao thong tin khong ton tai»" in card.text
    assert CARD in card.text
    row = (await desk.rows("SELECT guide, step FROM tickets"))[0]
    assert row == (GUIDE, 3)


async def test_stuck_and_sent_as_it_is_only_once(desk: House) -> None:
    await desk.agreed(desk.citizen)
    await in_steps(desk)
    await desk.citizen.tap("Tôi bị kẹt ở bước này")
    asked_back = await desk.citizen.wait_for("Kẹt chỗ nào ạ?")
    await desk.citizen.tap("Gửi luôn cho Tổ")
    await desk.citizen.wait_for("số phiếu #1")
    await desk.citizen.tap("Gửi luôn cho Tổ", on=asked_back)
    await desk.citizen.wait_for("Đã có phiếu #1 rồi")
    assert await desk.number("SELECT count(*) FROM tickets") == 1


async def test_a_picture_of_where_one_is_stuck_goes_with_the_ticket(desk: House) -> None:
    await desk.agreed(desk.citizen)
    await in_steps(desk)
    await desk.citizen.tap("Tôi bị kẹt ở bước này")
    await desk.citizen.wait_for("Kẹt chỗ nào ạ?")
    await desk.citizen.send_photo(caption="nó báo thế này")
    await desk.citizen.wait_for("số phiếu #1")
    await desk.citizen.wait_for("có số căn cước")
    await desk.citizen.tap("Không có, gửi đi")
    await desk.citizen.wait_for("người nhận phiếu sẽ xem")
    await desk.minh.wait_for("«nó báo thế này»", chat=desk.group, since=0)
    await desk.minh.tap("Nhận", chat=desk.group)
    assert (await desk.minh.wait_for(lambda message: message.kind == "photo")).by_bot


async def test_being_stuck_before_agreeing_asks_for_it_first(desk: House) -> None:
    await in_steps(desk)
    await desk.citizen.tap("Tôi bị kẹt ở bước này")
    await desk.citizen.wait_for("bấm «Đồng ý» trước đã")
    await desk.citizen.tap("Đồng ý")
    await desk.citizen.wait_for("số phiếu #1")
    await desk.minh.wait_for("kẹt bước 1", chat=desk.group, since=0)


async def test_the_way_out_of_being_stuck_does_not_eat_the_next_question(desk: House) -> None:
    """Whoever pressed «Tôi bị kẹt» and went on, or came back the next day, asks something else."""
    await desk.agreed(desk.citizen)
    await in_steps(desk)
    await desk.citizen.tap("Tôi bị kẹt ở bước này")
    await desk.citizen.wait_for("Kẹt chỗ nào ạ?")
    await desk.citizen.tap("Tiếp")
    await at(desk.citizen, 2)
    await desk.citizen.say("sang tên xe")
    await desk.citizen.wait_for(lambda message: "Từng bước" in message.labels)
    await desk.citizen.tap("Tôi bị kẹt ở bước này")
    await desk.citizen.wait_for("Kẹt chỗ nào ạ?")
    desk.clock.tick(hours=20)
    await desk.citizen.say("giấy phép lái xe sắp hết hạn thì đổi ở đâu")
    await desk.citizen.wait_for(lambda message: "Từng bước" in message.labels)
    assert await desk.number("SELECT count(*) FROM tickets") == 0


async def test_the_place_in_the_steps_survives_a_restart(house: House) -> None:
    screen = await in_steps(house)
    await house.citizen.tap("Tiếp")
    await at(house.citizen, 2)
    await house.restart()
    await house.citizen.tap("Tiếp")
    assert (await at(house.citizen, 3)).id == screen.id
    house.clock.tick(60)
    card = await asked(house)
    assert "Làm tiếp bước 3" in card.labels
    await house.citizen.tap("Làm tiếp bước 3")
    await at(house.citizen, 3)


async def test_days_later_going_on_is_offered_once(house: House) -> None:
    await in_steps(house)
    await house.citizen.tap("Tiếp")
    await at(house.citizen, 2)
    await house.restart()
    house.clock.tick(days=2, hours=1)
    offer = await house.citizen.wait_for("Hôm trước cô bác đang làm")
    assert "bước 2/6" in offer.text
    await house.citizen.tap("Làm tiếp", on=offer)
    assert (await at(house.citizen, 2)).id == offer.id
    await house.citizen.tap("Thoát", on=offer)
    await house.citizen.wait_for("Đã dừng")
    await house.quiet()
    assert house.citizen.transcript().count("Hôm trước cô bác") == 0, "one offer, which became the step"


async def test_whoever_does_not_want_to_go_on_is_left_alone(house: House) -> None:
    await in_steps(house)
    house.clock.tick(days=2, hours=1)
    offer = await house.citizen.wait_for("Hôm trước cô bác đang làm")
    await house.citizen.tap("Thôi")
    assert (await house.citizen.wait_for("khi nào cần cô bác hỏi lại")).id == offer.id
    assert await house.number("SELECT count(*) FROM follow_ups") == 0


async def test_nobody_is_woken_at_night_to_go_on(house: House) -> None:
    await in_steps(house)
    house.clock.tick(days=2, hours=14)  # eleven at night
    await house.server.quiet(2.5)
    assert "Hôm trước" not in house.citizen.transcript()
    house.clock.tick(hours=9)
    await house.citizen.wait_for("Hôm trước cô bác đang làm")


async def test_browsing_by_sector(house: House) -> None:
    await house.citizen.say("/muc")
    listing = await house.citizen.wait_for("thuộc mục nào")
    await house.citizen.tap(listing.labels[0])
    sector = await house.citizen.wait_for(lambda message: "« Các mục" in message.labels)
    assert sector.id == listing.id
    while "Xem thêm ▶" in sector.labels:
        shown = sector.text, sector.labels
        await house.citizen.tap("Xem thêm")
        sector = await house.citizen.wait_for(lambda message, old=shown: (message.text, message.labels) != old)
    await house.citizen.tap("« Các mục")
    await house.citizen.wait_for("thuộc mục nào")
    await house.citizen.tap(listing.labels[-1])
    sector = await house.citizen.wait_for(lambda message: "« Các mục" in message.labels)
    await house.citizen.tap(sector.labels[0])
    await house.citizen.wait_for(lambda message: "Từng bước" in message.labels or "Xem đủ các bước" in message.labels)


async def test_official_pages(house: House) -> None:
    await house.citizen.say("/trang")
    listing = await house.citizen.wait_for("Trang và ứng dụng chính thức")
    await house.citizen.tap("Xem thêm")
    await house.citizen.wait_for("Trang và ứng dụng chính thức")
    await house.citizen.tap(listing.labels[0], on=listing)
    platform = await house.citizen.wait_for(listing.labels[0])
    assert all(button.url.startswith("https://") for row in platform.buttons for button in row)


async def test_a_choice_becomes_the_card(house: House) -> None:
    await house.citizen.say(UNSURE)
    choices = await house.citizen.wait_for("Cô bác cần việc nào ạ?")
    assert 2 <= len(choices.labels) <= 5
    assert choices.labels[-1] == "Không phải các mục này"
    await house.citizen.tap(choices.labels[0])
    card = await house.citizen.wait_for(choices.labels[0])
    assert card.id == choices.id
    assert "Từng bước" in card.labels
    row = (await house.rows("SELECT outcome FROM requests"))[0]
    assert row.outcome == "answered"


async def test_none_of_these_ends_with_a_list_and_a_person(house: House) -> None:
    await house.citizen.say(UNSURE)
    choices = await house.citizen.wait_for("Cô bác cần việc nào ạ?")
    await house.citizen.tap("Không phải các mục này")
    end = await house.citizen.wait_for("để người của Tổ giúp")
    assert end.id == choices.id
    assert "🙋 Gặp tình nguyện viên" in end.labels
    assert end.labels[1].startswith("Xem mục ")
    await house.citizen.tap("Xem mục")
    await house.citizen.wait_for(lambda message: "« Các mục" in message.labels)


async def test_a_doubtful_question_about_something_else_gets_choices_of_its_own(house: House) -> None:
    await house.citizen.say("doi bang lai xe")
    await house.citizen.wait_for("Cô bác cần việc nào ạ?")
    house.clock.tick(20)
    await house.citizen.say("lam ho chieu")
    other = await house.citizen.wait_for(lambda message: any("hộ chiếu" in label for label in message.labels))
    assert "Cô bác cần việc nào ạ?" in other.text
    assert await house.number("SELECT count(*) FROM requests") == 2


async def test_a_second_doubt_ends_with_a_list_and_a_person_never_a_third_round(house: House) -> None:
    await house.citizen.say(UNSURE)
    await house.citizen.wait_for("Cô bác cần việc nào ạ?")
    for words in ("sang tên giấy tờ", UNSURE):
        house.clock.tick(20)
        await house.citizen.say(words)
        end = await house.citizen.wait_for("để người của Tổ giúp")
        assert "🙋 Gặp tình nguyện viên" in end.labels
    await house.quiet()
    assert house.citizen.transcript().count("Cô bác cần việc nào ạ?") == 1
    assert await house.number("SELECT count(*) FROM requests") == 1
