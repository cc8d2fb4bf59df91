"""Who owns a typed line, and what short words mean."""

from __future__ import annotations

import pytest

from bot.playground import Fault, Person, SeenMessage
from tests.e2e.house import CARD, SURE, URGENT, House, number_in


async def test_while_a_ticket_is_open_words_belong_to_it_and_it_says_so(desk: House) -> None:
    await desk.agreed(desk.citizen)
    number = await desk.ticket(desk.citizen)
    await desk.citizen.say(SURE)
    told = await desk.citizen.wait_for(f"Đã ghi vào phiếu #{number}")
    assert told.labels == ["Hỏi việc khác"]
    await desk.quiet()
    assert CARD not in desk.citizen.transcript()
    await desk.citizen.tap("Hỏi việc khác")
    await desk.citizen.wait_for("hỏi việc khác đi ạ")
    await desk.citizen.say(SURE)
    await desk.citizen.wait_for(CARD)
    await desk.citizen.say("còn việc kia thì sao")
    await desk.citizen.wait_for(f"Đã ghi vào phiếu #{number}")


async def test_a_reply_names_its_ticket_among_several(desk: House) -> None:
    await desk.agreed(desk.citizen)
    first = await desk.ticket(desk.citizen, "việc thứ nhất")
    opened = next(m for m in desk.citizen.messages() if f"số phiếu #{first}" in m.text)
    second = await another_ticket(desk)
    await desk.citizen.say("về việc đầu tiên", reply_to=opened)
    await desk.citizen.wait_for(f"Đã ghi vào phiếu #{first}")
    await desk.citizen.say("về việc sau")
    await desk.citizen.wait_for(f"Đã ghi vào phiếu #{second}")


async def another_ticket(desk: House) -> int:
    """A second ticket of the citizen, about another question."""
    await desk.citizen.tap("Hỏi việc khác")
    await desk.citizen.wait_for("hỏi việc khác đi ạ")
    await desk.citizen.say(SURE)
    card = await desk.citizen.wait_for(CARD)
    await desk.citizen.tap("Gặp tình nguyện viên", on=card)
    return number_in(await desk.citizen.wait_for("số phiếu"))


async def test_calling_twice_makes_one_ticket(desk: House) -> None:
    await desk.agreed(desk.citizen)
    number = await desk.ticket(desk.citizen)
    await desk.citizen.say("/gap")
    await desk.citizen.wait_for(f"Đã có phiếu #{number} rồi")
    desk.clock.tick(60)
    await desk.citizen.tap("Hỏi việc khác")
    await desk.citizen.wait_for("hỏi việc khác đi ạ")
    await desk.citizen.say(SURE)
    card = await desk.citizen.wait_for(CARD)
    for _ in range(2):
        await desk.citizen.tap("Gặp tình nguyện viên", on=card)
    await desk.citizen.wait_for(f"Đã có phiếu #{number + 1} rồi")
    assert await desk.number("SELECT count(*) FROM tickets") == 2


async def test_cancelling_asks_which_of_several(desk: House) -> None:
    await desk.agreed(desk.citizen)
    await desk.citizen.say("/huy")
    await desk.citizen.wait_for("Không có việc nào đang chờ")
    first = await desk.ticket(desk.citizen)
    second = await another_ticket(desk)
    await desk.citizen.say("/huy")
    which = await desk.citizen.wait_for("Cô bác muốn hủy phiếu nào?")
    assert which.labels == [f"Hủy #{second}", f"Hủy #{first}"]
    await desk.citizen.tap(f"Hủy #{first}")
    await desk.citizen.wait_for(f"Đã hủy phiếu #{first}")
    await desk.minh.wait_for("người dân đã hủy", chat=desk.group, since=0)
    toast = await desk.citizen.tap(f"Hủy #{first}", on=which)
    assert toast.alert
    await desk.citizen.say("/huy")
    await desk.citizen.wait_for(f"Đã hủy phiếu #{second}")
    await desk.citizen.say("/yeucau")
    listing = await desk.citizen.wait_for("Phiếu nhờ người giúp")
    assert listing.text.count("đã hủy") == 2
    assert f"#{first}" in listing.text
    assert "Việc cô bác đã hỏi" in listing.text


async def test_own_requests_are_listed_with_their_states(desk: House) -> None:
    await desk.citizen.say("/yeucau")
    await desk.citizen.wait_for("Chưa có câu hỏi nào")
    await desk.agreed(desk.citizen)
    await desk.citizen.say(SURE)
    await desk.citizen.wait_for(CARD)
    desk.clock.tick(60)
    number = await desk.claimed(desk.citizen, desk.minh)
    await desk.citizen.say("/yeucau")
    listing = await desk.citizen.wait_for("Việc cô bác đã hỏi")
    assert "đã có hướng dẫn" in listing.text
    assert f"#{number}" in listing.text
    assert "có người đang giúp" in listing.text


async def two_claimed(desk: House) -> tuple[int, int, Person]:
    """Minh holds a ticket of the citizen and one of a neighbour; the second is the current one."""
    await desk.agreed(desk.citizen)
    first = await desk.claimed(desk.citizen, desk.minh, "việc của bác Năm")
    neighbour = desk.newcomer("Bà Tư")
    await desk.agreed(neighbour)
    second = await desk.claimed(neighbour, desk.minh, "việc của bà Tư")
    return first, second, neighbour


async def test_a_volunteers_words_go_where_they_reply_else_to_the_current_ticket(desk: House) -> None:
    first, second, neighbour = await two_claimed(desk)
    await desk.minh.say("chào bà ạ")
    await neighbour.wait_for("Người hỗ trợ: chào bà ạ")
    panel = next(m for m in desk.minh.messages() if f"Phiếu #{first} " in m.text)
    await desk.minh.say("chào bác ạ", reply_to=panel)
    await desk.citizen.wait_for("Người hỗ trợ: chào bác ạ")
    await desk.minh.say("/viec")
    mine = await desk.minh.wait_for("Việc đang giữ: 2")
    assert "👉 #" + str(first) in mine.text, "the one written to last"
    await desk.minh.tap(f"Phiếu #{second}", on=mine)
    await desk.minh.wait_for(f"Phiếu #{second} ")
    await desk.minh.say("cháu đây ạ")
    await neighbour.wait_for("Người hỗ trợ: cháu đây ạ")


async def test_with_no_ticket_current_the_bot_asks_which(desk: House) -> None:
    first, second, _ = await two_claimed(desk)
    neighbour = desk.newcomer("Chú Bảy")
    await desk.agreed(neighbour)
    third = await desk.claimed(neighbour, desk.minh, "việc của chú Bảy")
    await desk.minh.tap("Trả lại", data=f"rl:{third}")
    await neighbour.wait_for("đang chờ người khác")
    await desk.minh.say("cô chú đợi cháu chút")
    which = await desk.minh.wait_for("gửi cho phiếu nào")
    assert [label.split(" ")[0] for label in which.labels] == [f"#{first}", f"#{second}"]
    await desk.quiet()
    assert "cô chú đợi" not in desk.citizen.transcript()
    await desk.minh.tap(which.labels[0])
    await desk.citizen.wait_for("Người hỗ trợ: cô chú đợi cháu chút")
    await desk.minh.wait_for(f"Đã gửi vào phiếu #{first}")


async def test_typed_phrases_do_as_their_commands(desk: House) -> None:
    await desk.agreed(desk.citizen)
    number = await desk.ticket(desk.citizen)
    for words in ("hàng chờ", "hang cho", "/hangcho"):
        await desk.minh.say(words)
        await desk.minh.wait_for("Hàng chờ: 1 phiếu")
    await desk.minh.tap(f"Nhận #{number}")
    await desk.citizen.wait_for("đang giúp")
    for words in ("việc của tôi", "Viec cua toi", "/viec"):
        await desk.minh.say(words)
        await desk.minh.wait_for("Việc đang giữ: 1 phiếu")
    await desk.quiet()
    assert "Viec cua toi" not in desk.citizen.transcript()


async def test_a_volunteer_asks_for_himself(desk: House) -> None:
    await desk.agreed(desk.citizen)
    await desk.claimed(desk.citizen, desk.minh)
    await desk.minh.say(f"/hoi {SURE}")
    await desk.minh.wait_for(CARD)
    await desk.quiet()
    assert CARD not in desk.citizen.transcript()


async def test_the_group_may_talk_and_only_the_holders_reply_goes_on(desk: House) -> None:
    await desk.agreed(desk.citizen)
    number = await desk.claimed(desk.citizen, desk.minh)
    card = await desk.minh.wait_for(f"#{number}", chat=desk.group, since=0)
    await desk.hoa.say("để chị gọi cho", chat=desk.group)
    await desk.hoa.say("chị biết bác này", chat=desk.group, reply_to=card)
    await desk.minh.say("bác chờ cháu nhé", chat=desk.group, reply_to=card)
    await desk.citizen.wait_for("Người hỗ trợ: bác chờ cháu nhé")
    await desk.quiet()
    assert "chị" not in "".join(m.text for m in desk.citizen.messages() if "Người hỗ trợ" in m.text)


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        ("het bao nhieu tien", "Lệ phí, thời hạn"),
        ("bao lau co", "Thời hạn:"),
        ("nop o dau", "Làm ở đâu"),
        ("can giay gi", "Hồ sơ cần"),
        ("hết bao nhiêu tiền ạ?", "Lệ phí, thời hạn"),
    ],
)
async def test_a_short_follow_up_opens_that_part_of_the_card(house: House, said: str, shown: str) -> None:
    await house.citizen.say(SURE)
    card = await house.citizen.wait_for(CARD)
    for _ in range(2):  # thanks in between do not put the card away
        house.clock.tick(60)
        await house.citizen.say(said)
        part = await house.citizen.wait_for(shown)
        assert CARD in part.text
        assert part.id > card.id, "below the question, where it is seen"
        house.clock.tick(60)
        await house.citizen.say("cảm ơn")
        await house.citizen.wait_for("không có chi")
    assert await house.number("SELECT count(*) FROM requests WHERE outcome = 'answered'") == 1


async def test_the_same_words_about_something_else_are_a_new_question(house: House) -> None:
    await house.citizen.say(SURE)
    await house.citizen.wait_for(CARD)
    house.clock.tick(60)
    await house.citizen.say("đổi bằng lái xe hết bao nhiêu tiền")
    await house.citizen.wait_for("Đổi giấy phép lái xe")


async def test_two_short_messages_are_one_question(house: House) -> None:
    """Typed in pieces: the earlier answer is changed, no second card is sent."""
    await house.citizen.say("tôi muốn làm lại")
    first = await house.citizen.wait_for(lambda message: bool(message.labels))
    house.clock.tick(2)
    await house.citizen.say("thẻ căn cước bị mất")
    card = await house.citizen.wait_for(CARD)
    assert card.id == first.id
    assert await house.number("SELECT count(*) FROM requests") == 1


async def test_a_second_question_at_once_that_adds_nothing_to_the_first_is_answered_too(house: House) -> None:
    await house.citizen.say(SURE)
    first = await house.citizen.wait_for(CARD)
    await house.citizen.say("làm lại giấy tờ xe")
    second = await house.citizen.wait_for("Cô bác cần việc nào ạ?")
    assert second.id != first.id
    assert await house.number("SELECT count(*) FROM requests") == 2


async def test_after_five_seconds_it_is_another_question(house: House) -> None:
    await house.citizen.say(SURE)
    card = await house.citizen.wait_for(CARD)
    house.clock.tick(6)
    await house.citizen.say("sang tên xe")
    other = await house.citizen.wait_for(lambda message: "Từng bước" in message.labels and message.id != card.id)
    assert other.id != card.id
    assert await house.number("SELECT count(*) FROM requests") == 2


async def test_money_being_lost_is_answered_with_what_to_do_at_once(desk: House) -> None:
    await desk.agreed(desk.citizen)
    neighbour = desk.newcomer("Bà Tư")
    await desk.agreed(neighbour)
    ordinary = await desk.ticket(neighbour)
    await desk.citizen.say(URGENT)
    card = await desk.citizen.wait_for("Làm ngay, theo thứ tự:")
    assert card.labels[0] == "🆘 Gặp người của Tổ ngay"
    assert "1." in card.text
    await desk.citizen.tap("Gặp người của Tổ ngay")
    opened = await desk.citizen.wait_for("xếp trước các việc khác")
    assert "Trước cô bác" not in opened.text
    await desk.minh.wait_for("GẤP", chat=desk.group, since=0)
    await desk.minh.say("/hangcho")
    queue = await desk.minh.wait_for("Hàng chờ: 2 phiếu")
    assert queue.labels == [f"Nhận #{number_in(opened)}", f"Nhận #{ordinary}"]


async def test_urgent_words_do_not_wait_for_agreeing(house: House) -> None:
    await house.citizen.say(URGENT)
    await house.citizen.wait_for("Làm ngay, theo thứ tự:")


async def test_urgent_words_in_a_ticket_are_answered_at_once_too(desk: House) -> None:
    await desk.agreed(desk.citizen)
    await desk.claimed(desk.citizen, desk.minh)
    await desk.citizen.say(URGENT)
    await desk.citizen.wait_for("Làm ngay, theo thứ tự:")
    await desk.minh.wait_for(URGENT)


async def test_with_nobody_on_duty_an_urgent_card_says_so(desk: House) -> None:
    for helper in (desk.minh, desk.hoa, desk.admin):
        await helper.say("/truc")
        await helper.wait_for("Đang trực")
        await helper.tap("Nghỉ")
        await helper.wait_for("Đang nghỉ")
    await desk.agreed(desk.citizen)
    await desk.citizen.say(URGENT)
    card = await desk.citizen.wait_for("Làm ngay, theo thứ tự:")
    assert "chưa có người" in card.text
    await desk.citizen.tap("Gặp người của Tổ ngay")
    opened = await desk.citizen.wait_for("số phiếu")
    assert "gọi ngân hàng" in opened.text


async def test_words_whose_arrival_is_unknown_are_sent_again_only_on_wish(desk: House) -> None:
    await desk.agreed(desk.citizen)
    await desk.claimed(desk.citizen, desk.minh)
    fault = desk.server.faults.add(Fault("drop_after", method="sendMessage", when="nghe rõ không"))
    await desk.minh.say("bác nghe rõ không ạ")
    doubt = await desk.minh.wait_for("chưa rõ đã tới")
    assert fault.hits == 1
    await desk.minh.tap("Gửi lại", on=doubt)
    await desk.minh.wait_for("Đang gửi lại")
    await desk.quiet()
    assert desk.citizen.transcript().count("nghe rõ không") == 2
    desk.expected_failures |= {"in doubt", "sent again", "answer_lost"}


OF_OTHER_VERSIONS = """
    xx:1 st:1 st:a:b:c kp no:99999999999999999999 cl:-1 se:1:khong-co:main ch:1: os:khong-co:0 og:khong-co pl:khong-co
    ct:999 co:999:1 pf:999:1 hc:999 re:khong-co ss:1:khong-co:9 ss:1:can-cuoc-cap-lai:99 os:ho-tich:99 pp:99 sg:999 du:1
    sa ea:1 gp:1:send:khong-co rf:1:khong-co ir:khong-co:volunteer ir:khong-co:king pu:999:1 sc:999:main eg:khong-co
"""


async def test_old_and_unknown_buttons_are_answered(desk: House) -> None:
    await desk.agreed(desk.citizen)
    await desk.citizen.say(SURE)
    card = await desk.citizen.wait_for(CARD)
    for data in OF_OTHER_VERSIONS.split():
        leave_a_button(desk, card, data)
        assert (await desk.citizen.tap("cũ", on=card)).answered, data
    await desk.quiet()


def leave_a_button(desk: House, message: SeenMessage, data: str) -> None:
    """As a version of the bot that is gone would have left it."""
    chat = desk.server.world.private_chat(desk.people.bot.id, message.chat_id)
    chat.messages[message.id].markup = {"inline_keyboard": [[{"text": "cũ", "callback_data": data}]]}


async def test_a_part_of_nothing_is_asked_back(house: House) -> None:
    for words in ("hết bao nhiêu tiền", "bao lâu có"):
        await house.citizen.say(words)
        told = await house.citizen.wait_for("hỏi về việc gì ạ")
        assert told.labels == ["Xem theo mục"]
        house.clock.tick(60)
