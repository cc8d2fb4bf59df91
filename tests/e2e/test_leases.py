"""A ticket is its holder's for some duty hours, renewed by what he does; then it goes back, or on to whom he names."""

from __future__ import annotations

import pytest

from bot.playground import Person
from tests.e2e.house import House
from tests.e2e.teams import a_team, change

on_both = pytest.mark.parametrize("storage", ["sqlite", "postgresql"])


@on_both
async def test_a_silent_holder_is_reminded_and_then_loses_the_ticket(desk: House) -> None:
    citizen, minh, hoa, group = desk.citizen, desk.minh, desk.hoa, desk.group
    await desk.agreed(citizen)
    number = await desk.claimed(citizen, minh)  # at 9:01: four hours of duty end at 15:01
    assert "Anh Minh đang giúp, tới 15:01" in (await minh.wait_for("🟢", chat=group, since=0)).text
    assert "Giữ tới 15:01" in (await minh.wait_for(f"Phiếu #{number} ", since=0)).text
    await minh.say("cô ơi cháu đây")
    await citizen.wait_for("cháu đây")

    desk.clock.tick(hours=5, minutes=35)  # 14:36
    reminder = await minh.wait_for("im đã lâu")
    assert "quá 15:01" in reminder.text
    await minh.tap("Vẫn đang giúp", on=reminder)
    await minh.wait_for("🟢", chat=group, since=0)
    await minh.wait_for("Giữ tới 20:36")
    await minh.wait_for("tới 20:36", chat=group, since=0)

    desk.clock.tick(hours=5, minutes=35)  # 20:11
    await minh.wait_for("quá 20:36", since=0)
    since = minh.mark()
    desk.clock.tick(minutes=30)
    await minh.wait_for("im lâu quá nên đã trở lại hàng chờ", since=since)
    told = await citizen.wait_for("được xếp lên trước")
    assert "không phải làm gì thêm" in told.text
    card = await hoa.wait_for("người trước im lâu", chat=group, since=0)
    assert "Nhận" in " ".join(card.labels)
    await hoa.tap("Nhận", chat=group)
    await hoa.wait_for("cô ơi cháu đây")  # the history comes with it
    kinds = [row.kind for row in await desk.rows("SELECT kind FROM events WHERE kind LIKE 'lease%' ORDER BY id")]
    assert kinds == ["lease_reminded", "lease_reminded", "lease_ended"]


async def test_every_message_of_the_holder_renews_it(desk: House) -> None:
    await desk.agreed(desk.citizen)
    await desk.claimed(desk.citizen, desk.minh)
    desk.clock.tick(hours=2)  # 11:01
    await desk.minh.say("cháu đang xem ạ")
    await desk.minh.wait_for("tới 19:01", chat=desk.group, since=0)
    desk.clock.tick(hours=5)
    await desk.quiet()
    await desk.server.quiet(2.5)
    assert "im đã lâu" not in desk.minh.transcript()


async def test_while_the_citizen_is_waited_for_no_clock_runs(desk: House) -> None:
    await desk.agreed(desk.citizen)
    number = await desk.claimed(desk.citizen, desk.minh)
    await desk.minh.say("cô gửi cháu ảnh lỗi ạ")
    await desk.citizen.wait_for("ảnh lỗi")
    await desk.minh.tap("Chờ dân")
    await desk.citizen.wait_for("đang chờ cô bác trả lời")
    desk.clock.tick(days=5)
    await desk.quiet()
    await desk.server.quiet(2.5)
    assert "im đã lâu" not in desk.minh.transcript()
    assert "chờ lâu hơn dự định" not in desk.citizen.transcript()
    await desk.citizen.say("dạ ảnh đây")
    await desk.minh.wait_for(f"(phiếu #{number}): dạ ảnh đây")
    await desk.minh.wait_for("Anh Minh đang giúp, tới", chat=desk.group, since=0)
    [row] = await desk.rows("SELECT paused_at, leased_until FROM tickets")
    assert row.paused_at is None
    assert row.leased_until is not None


async def test_given_back_with_a_reason_that_the_next_one_reads(desk: House) -> None:
    await desk.agreed(desk.citizen)
    number = await desk.claimed(desk.citizen, desk.minh)
    await desk.minh.tap("Trả lại")
    await desk.citizen.wait_for("đang chờ người khác")
    await desk.minh.wait_for(f"🟡 #{number} · chưa rõ nơi ở\nPhiếu không còn ở đây", since=0)
    why = await desk.minh.wait_for("Vì sao ạ?", since=0)
    assert len(why.labels) == 4
    await desk.minh.tap("Cần gặp trực tiếp", on=why)
    assert (await desk.minh.wait_for("Đã ghi lý do")).id == why.id
    await desk.hoa.wait_for("cần gặp trực tiếp", chat=desk.group, since=0)
    reasons = [str(row.codes) for row in await desk.rows("SELECT codes FROM events WHERE kind = 'return_reason'")]
    assert len(reasons) == 1
    assert "in_person" in reasons[0]
    await desk.hoa.tap("Nhận", chat=desk.group)
    await desk.hoa.wait_for(f"Phiếu #{number} ")


@on_both
async def test_handed_to_a_colleague_by_name(desk: House) -> None:
    citizen, minh, hoa = desk.citizen, desk.minh, desk.hoa
    await desk.agreed(citizen)
    number = await desk.claimed(citizen, minh)
    await minh.say("cô chờ cháu tí")
    await citizen.wait_for("chờ cháu tí")
    await minh.tap("Chuyển")
    pick = await minh.wait_for("Chuyển phiếu")
    assert "👤 Chị Hoa" in pick.labels
    assert not any("Minh" in label for label in pick.labels)
    await minh.tap("Chị Hoa", on=pick)
    await minh.wait_for("Đã chuyển phiếu")
    await hoa.wait_for(f"Anh Minh chuyển phiếu #{number} cho mình", since=0)
    await hoa.wait_for("cô chờ cháu tí", since=0)
    await minh.wait_for("Chị Hoa đang giúp", chat=desk.group, since=0)
    await hoa.say("cháu giúp tiếp ạ")
    await citizen.wait_for("cháu giúp tiếp ạ")
    await minh.say("còn cháu thì sao")  # no longer his: asked as a citizen would
    await desk.quiet()
    assert "còn cháu thì sao" not in citizen.transcript()


async def test_nobody_is_given_a_ticket_while_he_rests(desk: House) -> None:
    await desk.hoa.say("/truc nghỉ")
    await desk.hoa.wait_for("Đang nghỉ")
    await desk.agreed(desk.citizen)
    await desk.claimed(desk.citizen, desk.minh)
    await desk.minh.tap("Chuyển")
    pick = await desk.minh.wait_for("Chuyển phiếu")
    assert "💤 Chị Hoa (đang nghỉ)" in pick.labels
    toast = await desk.minh.tap("Chị Hoa", on=pick)
    assert toast.alert
    assert "Chị Hoa đang nghỉ" in toast.text
    [row] = await desk.rows("SELECT m.name FROM tickets t JOIN members m ON m.id = t.holder_id")
    assert row.name == "Anh Minh"


async def test_to_another_team_over_several_pages(desk: House) -> None:
    for n in range(9):
        await a_team(desk, f"Đội {n}", None)
    lan = desk.newcomer("Chị Lan")
    await desk.hire(lan)
    await a_team(desk, "Đội thuế", None, lan, sectors=["thue"])
    await desk.agreed(desk.citizen)
    number = await desk.claimed(desk.citizen, desk.minh)
    await desk.minh.tap("Chuyển")
    pick = await desk.minh.wait_for("Chuyển phiếu")
    assert not any("Đội thuế" in label for label in pick.labels)
    await desk.minh.tap("Xem thêm", on=pick)
    await desk.minh.wait_for(lambda message: any("Đội thuế" in label for label in message.labels))
    await desk.minh.tap("Trước", on=pick)
    await desk.minh.wait_for(lambda message: message.id == pick.id and any("Hoa" in label for label in message.labels))
    await desk.minh.tap("Xem thêm", on=pick)
    await desk.minh.wait_for(lambda message: any("Đội thuế" in label for label in message.labels))
    await desk.minh.tap("Đội thuế", on=pick)
    await desk.minh.wait_for("cho Đội thuế")
    await lan.wait_for(f"#{number}", since=0)
    assert (await desk.rows("SELECT state, front FROM tickets WHERE id = :id", id=number))[0].state == "open"
    await lan.tap("Nhận")
    await desk.citizen.wait_for("Đội thuế")


async def leader(desk: House, person: Person) -> None:
    await person.start(await desk.invite("tổ trưởng"))
    await person.wait_for("Chào mừng")


async def test_a_leader_moves_and_takes_back_what_his_team_holds(desk: House) -> None:
    ba = desk.newcomer("Bác Ba")
    await leader(desk, ba)
    await desk.agreed(desk.citizen)
    number = await desk.claimed(desk.citizen, desk.minh)
    await ba.say("/viec")
    await ba.wait_for("Tháng này")
    await ba.tap("Phiếu của Tổ")
    shown = await ba.wait_for("đang chờ và đang giúp")
    assert "Anh Minh" in shown.text
    await ba.tap(f"Điều phối #{number}", on=shown)
    pick = await ba.wait_for("Chuyển phiếu")
    await ba.tap("Chị Hoa", on=pick)
    await desk.hoa.wait_for(f"Bác Ba chuyển phiếu #{number} cho mình", since=0)
    await desk.minh.wait_for("Bác Ba đã chuyển phiếu", since=0)
    await ba.tap(f"Điều phối #{number}", on=shown)
    pick = await ba.wait_for(lambda message: "Thu hồi về hàng chờ" in message.labels)
    await ba.tap("Thu hồi về hàng chờ", on=pick)
    await ba.wait_for("về đầu hàng chờ")
    await desk.citizen.wait_for("được xếp lên trước")
    assert (await desk.rows("SELECT state FROM tickets"))[0].state == "open"
    # One that waits is given to somebody as well.
    await ba.tap(f"Điều phối #{number}", on=shown)
    pick = await ba.wait_for(lambda message: message.labels and "Thu hồi về hàng chờ" not in message.labels)
    await ba.tap("Chị Hoa", on=pick)
    await desk.minh.wait_for("Chị Hoa đang giúp", chat=desk.group, since=0)


async def test_a_leader_hears_of_a_ticket_that_is_held_too_long(desk: House) -> None:
    ba = desk.newcomer("Bác Ba")
    await leader(desk, ba)
    await desk.agreed(desk.citizen)
    number = await desk.claimed(desk.citizen, desk.minh)
    await change(desk, "UPDATE tickets SET first_reply_due_at = opened_at")
    late = await ba.wait_for(f"Phiếu #{number} quá hạn, Anh Minh đang giữ")
    await desk.citizen.wait_for("chờ lâu hơn dự định")
    await ba.tap(f"Điều phối #{number}", on=late)
    await ba.wait_for("Chuyển phiếu")


async def test_a_leader_of_another_team_may_not(desk: House) -> None:
    ba = desk.newcomer("Bác Ba")
    await leader(desk, ba)
    await desk.agreed(desk.citizen)
    number = await desk.claimed(desk.citizen, desk.minh)
    await ba.say("/viec")
    await ba.wait_for("Tháng này")
    await ba.tap("Phiếu của Tổ")
    shown = await ba.wait_for("đang chờ và đang giúp")
    await a_team(desk, "Đội khác", None, ba)
    toast = await ba.tap(f"Điều phối #{number}", on=shown)
    assert "không còn trong tay mình" in toast.text
    await desk.minh.say("/viec")
    await desk.minh.wait_for("Tháng này: nhận 1 phiếu, xong 0.")
    assert (await desk.rows("SELECT state FROM tickets"))[0].state == "claimed"


async def test_nobody_holds_more_than_he_may(desk: House) -> None:
    await change(desk, "UPDATE members SET most_open = 1 WHERE name = 'Anh Minh'")
    await desk.agreed(desk.citizen)
    await desk.claimed(desk.citizen, desk.minh)
    neighbour = desk.newcomer("Bà Tư")
    await desk.agreed(neighbour)
    number = await desk.ticket(neighbour)
    await desk.minh.wait_for(f"#{number}", chat=desk.group, since=0)
    toast = await desk.minh.tap("Nhận", chat=desk.group)
    assert toast.alert
    assert "Đang giữ 1 phiếu, đủ mức một người rồi" in toast.text
    await desk.hoa.tap("Nhận", chat=desk.group)
    await neighbour.wait_for("đang giúp")
