"""How people join the team, and what becomes of its group."""

from __future__ import annotations

import pytest

from bot.playground import BotApiServer
from tests.e2e.house import CARD, SURE, House, number_in


async def test_an_invite_makes_a_volunteer_on_duty(house: House) -> None:
    link = await house.invite()
    await house.minh.start(link)
    welcome = await house.minh.wait_for("Chào mừng")
    assert "tình nguyện viên" in welcome.text
    assert "Đang trực" in welcome.text
    assert {"viec", "hangcho", "truc"} <= set(house.minh.commands())
    assert "moi" not in house.minh.commands()
    assert "moi" in house.admin.commands()


async def test_who_joins_sees_what_waits_already(house: House) -> None:
    await house.agreed(house.citizen)
    number = await house.ticket(house.citizen)
    await house.minh.start(await house.invite())
    queue = await house.minh.wait_for("Hàng chờ", since=0)
    await house.minh.tap(f"Nhận #{number}", on=queue)
    await house.minh.wait_for(f"Phiếu #{number} ")
    await house.citizen.wait_for("đang giúp")


@pytest.mark.parametrize(
    ("role", "may", "may_not"),
    [("tổ trưởng", "/thongke", "/baotri on"), ("quản trị", "/baotri off", None)],
)
async def test_an_invite_can_be_for_another_role(house: House, role: str, may: str, may_not: str | None) -> None:
    link = await house.invite(role)
    await house.hoa.start(link)
    assert role in (await house.hoa.wait_for("Chào mừng")).text
    await house.hoa.say(may)
    allowed = await house.hoa.wait_for(lambda message: bool(message.text))
    assert "dành cho người của Tổ" not in allowed.text
    if may_not:
        await house.hoa.say(may_not)
        await house.hoa.wait_for("dành cho người của Tổ")


async def test_an_invite_serves_once(house: House) -> None:
    link = await house.invite()
    await house.minh.start(link)
    await house.minh.wait_for("Chào mừng")
    await house.hoa.start(link)
    await house.hoa.wait_for("không dùng được nữa")
    toast = await house.admin.tap("Đổi thành tổ trưởng")
    assert toast.alert
    assert "đã có người dùng" in toast.text
    assert await house.number("SELECT count(*) FROM members WHERE role <> 'admin'") == 1


async def test_an_unknown_or_old_invite_is_refused(house: House) -> None:
    await house.hoa.start("moi_khongcothat")
    await house.hoa.wait_for("không dùng được nữa")
    link = await house.invite()
    house.clock.tick(days=8)
    await house.minh.start(link)
    await house.minh.wait_for("không dùng được nữa")
    assert await house.number("SELECT count(*) FROM members WHERE role <> 'admin'") == 0


async def test_only_admins_invite_and_only_leaders_bind(desk: House) -> None:
    await desk.minh.say("/moi")
    await desk.minh.wait_for("dành cho người của Tổ")
    await desk.minh.say("/ketnoi", chat=desk.group)
    await desk.minh.wait_for("dành cho người của Tổ", chat=desk.group)
    await desk.admin.say("/ketnoi")
    await desk.admin.wait_for("trong nhóm của Tổ")


async def test_what_is_for_the_bot_alone_is_sent_there_from_the_group(desk: House) -> None:
    for command in ("/gap", "/moi", "/dulieu"):
        await desk.admin.say(command, chat=desk.group)
        await desk.admin.wait_for("trong khung trò chuyện riêng", chat=desk.group)
    assert await desk.number("SELECT count(*) FROM tickets") == 0


async def test_without_a_group_cards_come_to_those_on_duty(house: House) -> None:
    await house.hire(house.minh, house.hoa)
    await house.hoa.say("/truc")
    await house.hoa.wait_for("Đang trực")
    await house.hoa.tap("Nghỉ")
    await house.hoa.wait_for("Đang nghỉ")
    await house.agreed(house.citizen)
    number = await house.ticket(house.citizen)
    await house.minh.wait_for(f"#{number}", since=0)
    await house.quiet()
    assert f"#{number}" not in house.hoa.transcript()
    await house.minh.tap("Nhận")
    await house.minh.wait_for("Anh Minh đang giúp")


async def test_with_nobody_on_duty_all_are_told_silently_and_the_citizen_hears_when(house: House) -> None:
    await house.hire(house.minh, house.hoa)
    for helper in (house.minh, house.hoa, house.admin):
        await helper.say("/truc")
        await helper.wait_for("Đang trực")
        await helper.tap("Nghỉ")
        await helper.wait_for("Đang nghỉ")
    await house.agreed(house.citizen)
    house.clock.tick(hours=12)
    await house.citizen.say("/gap")
    opened = await house.citizen.wait_for("số phiếu")
    assert "sẽ trả lời từ 7:30 ngày mai" in opened.text
    for helper in (house.minh, house.hoa):
        await helper.wait_for(f"#{number_in(opened)}", since=0)
    cards = house.server.calls_of("sendMessage", when="🟡")
    assert len(cards) >= 2
    assert all(call.params.get("disable_notification") for call in cards)


async def test_binding_a_group_shows_what_waits(house: House) -> None:
    await house.hire(house.minh)
    await house.agreed(house.citizen)
    number = await house.ticket(house.citizen)
    await house.admin.say("/ketnoi", chat=house.group)
    await house.admin.wait_for("Nhóm này nhận phiếu", chat=house.group)
    await house.admin.wait_for(f"#{number}", chat=house.group)
    await house.minh.tap("Nhận", chat=house.group)
    await house.citizen.wait_for("đang giúp")


async def test_thrown_out_of_the_group_cards_come_privately_and_leaders_know(desk: House) -> None:
    await desk.agreed(desk.citizen)
    waiting = await desk.ticket(desk.citizen)
    await desk.admin.wait_for(f"#{waiting}", chat=desk.group, since=0)
    since = desk.minh.mark()
    await desk.admin.kick_bot(desk.group)
    await desk.admin.wait_for("không còn vào được nhóm", since=since)
    for helper in (desk.minh, desk.hoa):
        await helper.wait_for(f"#{waiting}", since=since)
    neighbour = desk.newcomer("Bà Tư")
    await desk.agreed(neighbour)
    another = await desk.ticket(neighbour)
    await desk.minh.wait_for(f"#{another}", since=since)
    await desk.minh.tap("Nhận", data=f"cl:{waiting}")
    await desk.citizen.wait_for("đang giúp", since=since)
    desk.expected_failures.add("forbidden")


async def test_a_group_found_closed_when_a_card_is_sent_is_as_good_as_lost(desk: House) -> None:
    """Telegram's word that the bot is out may never come."""
    bot = desk.people.bot
    desk.server.world.chats[(0, desk.group.id)].members.pop(bot.id)
    await desk.agreed(desk.citizen)
    since = desk.minh.mark()
    await desk.citizen.say("/gap")
    number = number_in(await desk.citizen.wait_for("số phiếu"))
    await desk.minh.wait_for(f"#{number}", since=since)
    await desk.admin.wait_for("không còn vào được nhóm", since=since)
    desk.expected_failures |= {"forbidden", "kicked", "chat_not_found"}


async def test_a_group_that_becomes_a_supergroup_keeps_getting_cards(house: House) -> None:
    await house.hire(house.minh)
    small = house.server.group("Tổ ấp 3", house.admin, house.minh, kind="group")
    await house.admin.say("/ketnoi", chat=small)
    await house.admin.wait_for("Nhóm này nhận phiếu", chat=small)
    await house.agreed(house.citizen)
    waiting = await house.ticket(house.citizen)
    await house.admin.wait_for(f"#{waiting}", chat=small)
    large = await house.admin.upgrade(small)
    await house.admin.wait_for(f"#{waiting}", chat=large, since=0)
    neighbour = house.newcomer("Bà Tư")
    await house.agreed(neighbour)
    another = await house.ticket(neighbour)
    await house.admin.wait_for(f"#{another}", chat=large, since=0)
    await house.minh.tap("Nhận", chat=large, data=f"cl:{waiting}")
    await house.citizen.wait_for("đang giúp")


async def test_strangers_press_in_vain_and_are_told_kindly(desk: House) -> None:
    stranger = desk.newcomer("Chú Bảy")
    await stranger.join(desk.group)
    await desk.agreed(desk.citizen)
    number = await desk.ticket(desk.citizen)
    await desk.minh.wait_for(f"#{number}", chat=desk.group, since=0)
    toast = await stranger.tap("Nhận", chat=desk.group)
    assert toast.alert
    assert "Chỉ người của Tổ mới nhận phiếu được" in toast.text
    assert (await desk.rows("SELECT state FROM tickets"))[0].state == "open"


async def test_a_volunteer_the_bot_may_not_write_to_is_told_what_to_do(desk: House) -> None:
    await desk.agreed(desk.citizen)
    number = await desk.ticket(desk.citizen)
    await desk.minh.wait_for(f"#{number}", chat=desk.group, since=0)
    await desk.minh.block()
    toast = await desk.minh.tap("Nhận", chat=desk.group)
    assert toast.alert
    assert "bấm Start" in toast.text
    assert (await desk.rows("SELECT state FROM tickets"))[0].state == "open"
    await desk.minh.unblock()
    toast = await desk.minh.tap("Nhận", chat=desk.group)
    assert f"Đã nhận phiếu #{number}" in toast.text


async def test_a_blocked_volunteer_loses_the_ticket_to_others(desk: House, server: BotApiServer) -> None:
    await desk.agreed(desk.citizen)
    number = await desk.claimed(desk.citizen, desk.minh)
    await desk.minh.block()
    since = desk.hoa.mark()
    await desk.citizen.say("cháu ơi còn đó không")
    await desk.citizen.wait_for("chưa tới được người đang giúp")
    await desk.hoa.wait_for(f"#{number}", chat=desk.group, since=since)
    await desk.hoa.tap("Nhận", chat=desk.group)
    await desk.hoa.wait_for("cháu ơi còn đó không")
    desk.expected_failures.add("forbidden")


@pytest.mark.parametrize("way", ["block", "deactivate"])
async def test_a_citizen_who_is_gone_is_shown_to_the_volunteer(desk: House, way: str) -> None:
    await desk.agreed(desk.citizen)
    number = await desk.claimed(desk.citizen, desk.minh)
    await getattr(desk.citizen, way)()
    await desk.minh.say("cô ơi xong chưa ạ")
    await desk.minh.wait_for("người dân đã chặn hoặc rời Telegram")
    assert (await desk.rows("SELECT state FROM tickets"))[0].state == "claimed"
    if way == "block":
        await desk.citizen.unblock()
        await desk.citizen.say("xin lỗi bấm nhầm")
        await desk.minh.wait_for(f"(phiếu #{number}): xin lỗi bấm nhầm")
    desk.expected_failures |= {"forbidden", "deactivated"}


async def test_each_role_is_told_its_own_commands(house: House) -> None:
    await house.hire(house.minh)
    for person, role, has, lacks in (
        (house.admin, "quản trị", ("/moi", "/sua", "/ketnoi", "/viec"), ()),
        (house.minh, "tình nguyện viên", ("/viec", "/hangcho", "/truc", "/hoi"), ("/moi", "/thongke", "/sua")),
    ):
        for words in ("/start", "/huongdan"):
            await person.say(words)
            told = (await person.wait_for(f"vai: {role}")).text
            assert all(f"{name} –" in told for name in has), told
            assert not any(f"{name} –" in told for name in lacks), told
    await house.citizen.say("/huongdan")
    told = (await house.citizen.wait_for("Cách hỏi")).text
    assert "/gap" in told
    assert "/viec" not in told


async def test_outside_duty_hours_nobody_is_promised_soon(desk: House) -> None:
    await desk.agreed(desk.citizen)
    desk.clock.tick(hours=12)  # ten in the evening; both volunteers forgot to go off duty
    await desk.citizen.say("/gap")
    told = (await desk.citizen.wait_for("số phiếu")).text
    assert "Tổ trả lời từ 7:30 ngày mai" in told
    assert "sẽ trả lời sớm" not in told


async def test_what_people_of_a_group_say_to_one_another_is_not_kept(desk: House):
    """Where the bot has an admin's rights it hears all of it."""
    await desk.admin.add_bot(desk.group, admin=True)
    stranger = desk.newcomer("Anh Tư")
    await stranger.join(desk.group)
    await stranger.say("mai họp lúc 8 giờ nhé", chat=desk.group)
    assert await desk.number("SELECT count(*) FROM inbox WHERE chat = :group", group=str(desk.group.id)) > 2
    assert await desk.number("SELECT count(*) FROM people WHERE channel_id = :id", id=str(stranger.id)) == 0


async def test_who_commands_as_the_group_itself_is_told_why_nothing_happens(desk: House):
    group = {"id": desk.group.id, "type": "supergroup", "title": "Tổ"}
    anonymous = {"id": 1087968824, "is_bot": True, "first_name": "Group", "username": "GroupAnonymousBot"}
    said = {"message_id": 90001, "date": 1795000000, "chat": group, "from": anonymous, "sender_chat": group}
    command = {"text": "/ketnoi", "entities": [{"type": "bot_command", "offset": 0, "length": 7}]}
    desk.server.queues[desk.people.bot.id].push("message", said | command)
    await desk.admin.wait_for("Ẩn danh", chat=desk.group)


async def test_a_command_that_is_corrected_is_not_given_again(house: House) -> None:
    await house.admin.start()
    said = await house.admin.say("/moi")
    await house.admin.wait_for("start=moi_")
    await house.admin.edit(said, "/moi nhé")
    await house.admin.edit(said, "/moi")
    assert await house.number("SELECT count(*) FROM invites") == 1


async def test_what_is_being_written_stops_before_a_ticket_does(desk: House) -> None:
    await desk.agreed(desk.citizen)
    number = await desk.ticket(desk.citizen)
    await desk.citizen.tap("Hỏi việc khác")
    await desk.citizen.say(SURE)
    await desk.citizen.wait_for(CARD)
    await desk.citizen.tap("Từng bước")
    await desk.citizen.wait_for("Bước 1/")
    await desk.citizen.tap("Tôi bị kẹt ở bước này")
    await desk.citizen.wait_for("Kẹt chỗ nào")
    await desk.citizen.say("/huy")
    assert await desk.rows("SELECT id, state FROM tickets") == [(number, "open")]
