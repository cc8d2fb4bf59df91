"""The first words, agreeing, the place, and being forgotten."""

from __future__ import annotations

import pytest

from bot.playground import BotApiServer
from tests.e2e.house import CARD, SURE, House


async def test_a_question_before_agreeing_is_answered_at_once_and_kept_without_words(house: House) -> None:
    await house.citizen.say(SURE)
    await house.citizen.wait_for(CARD)
    offer = await house.citizen.wait_for("Câu hỏi vừa rồi chưa được lưu")
    assert offer.labels == ["Đồng ý", "Đọc thêm"]
    row = (await house.rows("SELECT text, guide, outcome FROM requests"))[0]
    assert row == (None, "can-cuoc-cap-lai", "answered")
    house.clock.tick(60)
    await house.citizen.say("sang tên xe")
    await house.citizen.wait_for(lambda message: "Từng bước" in message.labels)
    await house.quiet()
    assert house.citizen.transcript().count("Câu hỏi vừa rồi chưa được lưu") == 1, "asked once, not at every question"


async def test_after_agreeing_words_are_kept_masked(house: House) -> None:
    await house.agreed(house.citizen)
    await house.citizen.say(f"{SURE}, số của tôi 0912345678")
    await house.citizen.wait_for(lambda message: bool(message.labels))
    text = (await house.rows("SELECT text FROM requests"))[0].text
    assert SURE in text
    assert "0912345678" not in text


async def test_start_is_one_plain_screen(house: House) -> None:
    await house.citizen.start()
    screen = await house.citizen.wait_for("Chào cô bác")
    for needed in ("không phải cơ quan nhà nước", "Bên chịu trách nhiệm", "90 ngày", "/rutdongy"):
        assert needed in screen.text
    assert len(screen.text) < 900
    await house.citizen.tap("Đọc thêm")
    terms = await house.citizen.wait_for("Giữ gì, để làm gì")
    await house.citizen.tap("Đồng ý", on=terms)
    thanks = await house.citizen.wait_for("Cảm ơn cô bác")
    assert thanks.id == terms.id
    await house.citizen.wait_for("xã, phường nào")
    assert await house.number("SELECT count(*) FROM consents WHERE withdrawn_at IS NULL") == 1
    toast = await house.citizen.tap("Đồng ý", on=screen)
    assert toast.answered
    assert await house.number("SELECT count(*) FROM consents") == 1


async def test_a_person_wanted_before_agreeing_comes_with_agreeing(desk: House) -> None:
    citizen = desk.citizen
    await citizen.say(SURE)
    await citizen.wait_for(CARD)
    await citizen.tap("Gặp tình nguyện viên")
    wanted = await citizen.wait_for("bấm «Đồng ý» trước đã")
    assert await desk.number("SELECT count(*) FROM tickets") == 0
    await citizen.start()  # many press START again when unsure
    await citizen.wait_for("Chào cô bác")
    await citizen.tap("Đồng ý", on=wanted)
    await citizen.wait_for("số phiếu #1")
    card = await desk.minh.wait_for("#1", chat=desk.group, since=0)
    assert CARD in card.text


async def test_withdrawing_blanks_the_words_and_calls_the_ticket_off(desk: House) -> None:
    await desk.agreed(desk.citizen)
    number = await desk.claimed(desk.citizen, desk.minh, "câu này rồi sẽ mất")
    await desk.citizen.say("/rutdongy")
    await desk.citizen.wait_for("Đã rút lại sự đồng ý")
    await desk.minh.wait_for(f"Người dân đã hủy phiếu #{number}")
    await desk.minh.wait_for("✖️", chat=desk.group)
    for table, column in (("requests", "text"), ("tickets", "question"), ("ticket_messages", "text")):
        kept = await desk.rows(f"SELECT {column} FROM {table} WHERE {column} IS NOT NULL")
        assert not kept, (table, kept)
    desk.clock.tick(60)
    await desk.citizen.say(SURE)
    await desk.citizen.wait_for(CARD)
    await desk.citizen.tap("Gặp tình nguyện viên")
    await desk.citizen.wait_for("bấm «Đồng ý» trước đã")


async def test_what_is_kept_is_told(house: House) -> None:
    await house.citizen.say("/dulieu")
    await house.citizen.wait_for("Chưa giữ lời nào")
    await house.agreed(house.citizen)
    await house.citizen.say("/noio xã An Thới Đông")
    await house.citizen.wait_for("Đã ghi")
    house.clock.tick(60)
    await house.citizen.say(SURE)
    await house.citizen.wait_for(CARD)
    await house.citizen.say("/dulieu")
    told = await house.citizen.wait_for("Đang giữ về cô bác")
    assert "1 câu hỏi, 0 phiếu" in told.text
    assert "xã An Thới Đông, TP Hồ Chí Minh" in told.text


async def test_erasing_forgets_the_person_after_asking_once_more(desk: House, server: BotApiServer) -> None:
    citizen = desk.citizen
    await desk.agreed(citizen)
    await desk.ticket(citizen, "chuyện riêng của tôi")
    await citizen.say("/xoadulieu")
    await citizen.wait_for("Chắc chưa ạ?")
    await citizen.tap("Không xóa")
    await citizen.wait_for("Chưa xóa gì cả")
    assert await desk.number("SELECT count(*) FROM tickets WHERE state = 'open'") == 1
    await citizen.say("/dulieu")
    await citizen.wait_for("Đang giữ")
    await citizen.tap("Xóa dữ liệu của tôi")
    await citizen.wait_for("Chắc chưa ạ?")
    await citizen.tap("Chắc, xóa hết")
    await citizen.wait_for("Đã xóa dữ liệu")
    assert await desk.number(f"SELECT count(*) FROM people WHERE channel_id = '{citizen.id}'") == 0
    assert await desk.number(f"SELECT count(*) FROM slots WHERE chat = '{citizen.id}'") == 0
    desk.clock.tick(60)
    await citizen.say(SURE)
    await citizen.wait_for("Câu hỏi vừa rồi chưa được lưu")


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("xã An Thới Đông", "xã An Thới Đông, TP Hồ Chí Minh"),
        ("an thoi dong, tphcm", "xã An Thới Đông, TP Hồ Chí Minh"),
        ("Bình Dương", "Bình Dương nay thuộc TP Hồ Chí Minh"),
        ("binh duong", "nay thuộc TP Hồ Chí Minh"),
        ("Cà Mau", "tỉnh Cà Mau"),
    ],
)
async def test_a_place_is_understood_as_typed(house: House, typed: str, shown: str) -> None:
    await house.citizen.say("/noio")
    asked = await house.citizen.wait_for("xã, phường nào")
    said = await house.citizen.say(typed)
    kept = await house.citizen.wait_for("Đã ghi")
    assert shown in kept.text
    assert kept.id > said.id > asked.id, "an answer to typed words stands below them"


async def test_a_place_of_many_is_chosen_with_its_province(house: House) -> None:
    await house.citizen.say("/noio tân thành")
    choices = await house.citizen.wait_for("nơi")
    assert len(choices.labels) > 2
    assert all("," in label for label in choices.labels[:-1]), "always with the province"
    wanted = choices.labels[0]
    await house.citizen.tap(wanted)
    kept = await house.citizen.wait_for("Đã ghi")
    assert kept.id == choices.id, "an answer to a button stands in its place"
    assert wanted in kept.text


async def test_a_place_may_be_skipped_and_told_later(house: House) -> None:
    await house.citizen.say("/noio")
    asked = await house.citizen.wait_for("xã, phường nào")
    await house.citizen.tap("Bỏ qua")
    assert (await house.citizen.wait_for("Được ạ")).id == asked.id
    house.clock.tick(60)
    await house.citizen.say(SURE)
    await house.citizen.wait_for(CARD)
    await house.citizen.say("/noio Cà Mau")
    await house.citizen.wait_for("tỉnh Cà Mau")


async def test_a_question_in_place_of_a_place_is_a_question(house: House) -> None:
    await house.citizen.say("/noio")
    await house.citizen.wait_for("xã, phường nào")
    await house.citizen.say(SURE)
    await house.citizen.wait_for(CARD)


async def test_a_place_nobody_knows_is_asked_again(house: House) -> None:
    await house.citizen.say("/noio qwrtp zxkjw")
    again = await house.citizen.wait_for("Chưa tìm ra nơi đó")
    assert "Bỏ qua" in again.labels


async def test_the_place_told_late_stands_on_the_card(desk: House) -> None:
    await desk.agreed(desk.citizen)
    number = await desk.ticket(desk.citizen)
    await desk.minh.wait_for("chưa rõ nơi ở", chat=desk.group, since=0)
    await desk.citizen.say("/noio an thoi dong")
    await desk.citizen.wait_for("Đã ghi")
    card = await desk.minh.wait_for("xã An Thới Đông", chat=desk.group)
    assert f"#{number}" in card.text


async def test_a_link_opens_its_guide(house: House) -> None:
    await house.citizen.start("g_khai-sinh")
    card = await house.citizen.wait_for("khai sinh")
    assert "Từng bước" in card.labels
    assert (await house.rows("SELECT outcome, guide FROM requests"))[0] == ("browsed", "khai-sinh")


@pytest.mark.parametrize("payload", ["g_khong-co-bai-nay", "g_", "la-gi-day"])
async def test_a_link_to_nowhere_is_answered(house: House, payload: str) -> None:
    await house.citizen.start(payload)
    answer = await house.citizen.wait_for(lambda message: bool(message.labels))
    assert "Xem theo mục" in answer.labels
