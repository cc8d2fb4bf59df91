"""Words whose way is not plain: several lines for a ticket not named yet, edits in odd places, half an album."""

from __future__ import annotations

from bot.playground import Person
from bot.playground.media import content_of, store
from bot.playground.samples import video
from tests.e2e.house import House, shown_to


async def two_tickets_and_none_at_hand(desk: House) -> tuple[Person, Person]:
    """Minh holds a ticket each of two citizens, after a third one is done."""
    first, second, third = desk.citizen, desk.newcomer("Bà Tư"), desk.newcomer("Ông Năm")
    for citizen in (first, second, third):
        await desk.agreed(citizen)
        await desk.claimed(citizen, desk.minh)
    await desk.minh.tap("Đã giải quyết")
    await third.wait_for("báo đã xong việc")
    return first, second


async def test_every_line_waits_for_its_ticket(desk: House) -> None:
    first, second = await two_tickets_and_none_at_hand(desk)
    await desk.minh.say("chào cô")
    await desk.minh.wait_for("phiếu nào")
    await desk.minh.say("cô thử lại giúp cháu")
    await desk.quiet()
    asked = [message for message in desk.minh.messages() if message.by_bot and "phiếu nào" in message.text]
    assert len(asked) == 1
    await desk.minh.tap("#1", on=asked[0])
    await first.wait_for("Người hỗ trợ: chào cô")
    await first.wait_for("Người hỗ trợ: cô thử lại giúp cháu")
    assert "chào cô" not in shown_to(second)


async def test_a_reply_is_no_search_for_a_guide(desk: House) -> None:
    citizen, minh = desk.citizen, desk.minh
    await desk.agreed(citizen)
    await desk.claimed(citizen, minh)
    await citizen.say("tôi chưa rõ")
    words = await minh.wait_for("tôi chưa rõ")
    await minh.tap("Gửi hướng dẫn")
    await minh.wait_for(lambda message: any("Bài khác" in label for label in message.labels))
    await minh.tap("Bài khác")
    await desk.quiet()
    await minh.say("dạ để cháu gọi lại", reply_to=words)
    await citizen.wait_for("Người hỗ trợ: dạ để cháu gọi lại")


async def test_a_question_changed_after_a_person_was_called_changes_the_ticket(desk: House) -> None:
    citizen = desk.citizen
    await desk.agreed(citizen)
    question = await citizen.say("tôi muốn mở trang trại nuôi đà điểu")
    await citizen.wait_for("")
    await citizen.tap("Gặp tình nguyện viên")
    await citizen.wait_for("số phiếu")
    await desk.minh.wait_for("đà điểu", chat=desk.group, since=0)
    await citizen.edit(question, "tôi muốn mở trang trại nuôi cá sấu")
    await desk.minh.wait_for("cá sấu", chat=desk.group, since=0)
    assert (await desk.rows("SELECT outcome FROM requests"))[0] == ("handed_over",)


async def test_a_helper_may_correct_what_he_replied_in_the_group(desk: House) -> None:
    citizen, minh = desk.citizen, desk.minh
    await desk.agreed(citizen)
    await desk.claimed(citizen, minh)
    card = await minh.wait_for("đang giúp", chat=desk.group, since=0)
    said = await minh.say("cô ra phường nhé", chat=desk.group, reply_to=card)
    await citizen.wait_for("cô ra phường nhé")
    await minh.edit(said, "cô ra xã nhé", chat=desk.group)
    changed = await citizen.wait_for("cô ra xã nhé")
    assert "cô ra phường nhé" not in shown_to(citizen)
    assert changed.by_bot


async def test_a_video_left_alone_of_an_album(desk: House) -> None:
    """Telegram does not send a video as a document."""
    citizen, minh = desk.citizen, desk.minh
    await desk.agreed(citizen)
    await desk.claimed(citizen, minh)
    world, people = desk.server.world, desk.server.people
    private = people.chat(minh.id, None)
    people.send(minh.id, private, content_of(store(world, "video", video())), media_group_id="13000000000000009")
    await citizen.wait_for(lambda message: message.kind == "video")


async def test_the_queue_is_not_shown_to_strangers(desk: House) -> None:
    citizen, minh = desk.citizen, desk.minh
    await desk.agreed(citizen)
    await desk.ticket(citizen, "chuyện riêng của tôi")
    family = desk.server.group("Nhà mình", minh)
    await minh.say("/hangcho", chat=family)
    await minh.wait_for("chuyện riêng của tôi", since=0)
    await desk.quiet()
    assert "chuyện riêng" not in shown_to(minh, family)


async def test_a_picture_said_yes_to_after_the_end_goes_nowhere(desk: House) -> None:
    citizen, minh = desk.citizen, desk.minh
    await desk.agreed(citizen)
    await desk.claimed(citizen, minh)
    await citizen.send_photo()
    asked = await citizen.wait_for("mã OTP")
    await minh.tap("Đã giải quyết")
    await citizen.wait_for("báo đã xong việc")
    await citizen.tap("Không có, gửi đi", on=asked)
    await citizen.wait_for("đã kết thúc rồi")
