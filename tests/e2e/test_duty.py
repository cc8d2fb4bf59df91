"""When a member is on duty, as he says it; who carries least is told first."""

from __future__ import annotations

from tests.e2e.house import House, number_in
from tests.e2e.teams import change


async def test_hours_in_one_s_own_words_are_said_back(house: House) -> None:
    await house.hire(house.minh, house.hoa)
    minh = house.minh
    await minh.say("/truc 8-11, 19-21")
    told = await minh.wait_for("Đang trực")
    assert "8:00-11:00, 19:00-21:00" in told.text
    await minh.say("/truc")
    assert "8:00-11:00, 19:00-21:00" in (await minh.wait_for("Đang trực")).text
    await house.agreed(house.citizen)
    house.clock.tick(hours=3)  # noon
    await house.citizen.say("/gap")
    number = number_in(await house.citizen.wait_for("số phiếu"))
    await house.hoa.wait_for(f"#{number}", since=0)
    await house.quiet()
    assert f"#{number}" not in minh.transcript()
    await minh.say("/truc cả ngày")
    assert "Phiếu mới sẽ được báo" in (await minh.wait_for("Đang trực")).text


async def test_a_rest_until_monday_ends_by_itself(house: House) -> None:
    await house.hire(house.minh, house.hoa)
    await house.minh.say("/truc nghi toi thu 2")
    assert "từ ngày 23/11/2026 trực lại" in (await house.minh.wait_for("Đang nghỉ")).text
    await house.agreed(house.citizen)
    first = await house.ticket(house.citizen)
    await house.hoa.wait_for(f"#{first}", since=0)
    house.clock.tick(hours=24)
    neighbour = house.newcomer("Bà Tư")
    await house.agreed(neighbour)
    second = await house.ticket(neighbour)
    await house.minh.wait_for(f"#{second}", since=0)
    assert f"#{first} " not in house.minh.transcript()


async def test_only_today_and_nonsense(house: House) -> None:
    await house.hire(house.minh)
    await house.minh.say("/truc hôm nay")
    await house.minh.wait_for("hết hôm nay, sau đó tự chuyển sang nghỉ")
    house.clock.tick(hours=24)
    await house.minh.say("/truc")
    await house.minh.wait_for("Đang nghỉ")
    await house.minh.say("/truc xyz")
    usage = await house.minh.wait_for("Chưa hiểu, chưa đổi gì")
    assert "/truc 8-11, 19-21" in usage.text
    await house.minh.say("/truc bật")
    shown = await house.minh.wait_for("Đang trực")
    await house.minh.tap("Nghỉ", on=shown)
    await house.minh.wait_for("Đang nghỉ")


async def test_who_carries_least_is_told_first_and_who_is_full_is_not_woken(house: House) -> None:
    lan = house.newcomer("Chị Lan")
    await house.hire(house.minh, house.hoa, lan)
    await house.agreed(house.citizen)
    await house.ticket(house.citizen)
    await house.minh.wait_for("🟡", since=0)
    await house.minh.tap("Nhận")
    await house.citizen.wait_for("đang giúp")
    await change(house, "UPDATE members SET most_open = 1 WHERE name = 'Anh Minh'")
    neighbour = house.newcomer("Bà Tư")
    await house.agreed(neighbour)
    await neighbour.say("/gap")
    number = number_in(await neighbour.wait_for("số phiếu"))
    await lan.wait_for(f"#{number}", since=0)
    await house.quiet()
    assert f"#{number} " not in house.minh.transcript()
    await change(house, "UPDATE members SET most_open = 5 WHERE name = 'Anh Minh'")
    third = house.newcomer("Ông Năm")
    await house.agreed(third)
    await third.say("/gap")
    number = number_in(await third.wait_for("số phiếu"))
    await house.minh.wait_for(f"#{number}", since=0)
    cards = await house.rows(
        "SELECT o.chat FROM outbox o WHERE kind = 'TicketCard' AND mode = 'replace' ORDER BY id DESC LIMIT 4"
    )
    assert [row.chat for row in reversed(cards)][-1] == str(house.minh.id)


async def test_the_month_s_work_stands_under_the_list(desk: House) -> None:
    await desk.agreed(desk.citizen)
    await desk.claimed(desk.citizen, desk.minh)
    await desk.minh.tap("Đã giải quyết")
    await desk.citizen.wait_for("báo đã xong")
    await desk.minh.say("/viec")
    assert "nhận 1 phiếu, xong 1" in (await desk.minh.wait_for("Tháng này")).text
    desk.clock.tick(days=10)
    await desk.minh.say("/viec")
    assert "nhận 0 phiếu, xong 0" in (await desk.minh.wait_for("Tháng này")).text
