"""The nearest team on duty gets the ticket; unclaimed it climbs, each rung told once; citizens hear what is true."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.errors import HelpdeskError
from bot.helpdesk.explain_route import explain_route
from bot.model.states import Role
from tests.e2e.house import House, number_in
from tests.e2e.teams import AN_THOI_DONG, HO_CHI_MINH, a_team, change, lives_in

on_both = pytest.mark.parametrize("storage", ["sqlite", "postgresql"])


@on_both
async def test_from_the_commune_up_to_the_admins(house: House) -> None:
    """Nobody claims: commune, then everywhere, then admins; the former card is still good."""
    await house.hire(house.minh, house.hoa)
    commune = await a_team(house, "Tổ xã An Thới Đông", AN_THOI_DONG, house.minh)
    await lives_in(house, house.citizen)
    number = await house.ticket(house.citizen)
    await house.minh.wait_for(f"#{number}", since=0)
    await house.quiet()
    assert f"#{number}" not in house.hoa.transcript()
    assert [row.team_id for row in await house.rows("SELECT team_id FROM tickets")] == [commune]

    house.clock.tick(minutes=59)
    await house.quiet()
    assert f"#{number}" not in house.hoa.transcript()
    house.clock.tick(minutes=2)
    await house.hoa.wait_for("Tổ xã An Thới Đông chưa nhận kịp", since=0)
    await house.hoa.wait_for("tôi cần người giúp việc này với", since=0)
    house.clock.tick(minutes=61)
    await house.admin.wait_for("lâu chưa ai nhận", since=0)
    house.clock.tick(minutes=10)
    await house.quiet()
    assert house.hoa.transcript().count("chưa nhận kịp") == 1
    climbed = [row.codes for row in await house.rows("SELECT codes FROM events WHERE kind = 'climbed' ORDER BY id")]
    assert len(climbed) == 2
    assert "everywhere" in str(climbed[0])
    assert "admins" in str(climbed[1])

    await house.minh.tap("Nhận")
    await house.hoa.wait_for("Anh Minh đang giúp", since=0)
    told = await house.citizen.wait_for("đang giúp")
    assert "Tổ xã An Thới Đông" in told.text


async def test_a_team_for_the_matter_comes_first_and_one_off_duty_is_passed_by(house: House) -> None:
    await house.hire(house.minh, house.hoa)
    await a_team(house, "Tổ tỉnh", HO_CHI_MINH, house.hoa)
    await a_team(house, "Tổ xã", AN_THOI_DONG, house.minh)
    await house.minh.say("/truc nghỉ")
    await house.minh.wait_for("Đang nghỉ")
    await lives_in(house, house.citizen)
    number = await house.ticket(house.citizen)
    await house.hoa.wait_for(f"#{number}", since=0)
    [opened] = await house.rows("SELECT codes FROM events WHERE kind = 'opened'")
    assert "province" in str(opened.codes)
    await house.quiet()
    assert f"#{number}" not in house.minh.transcript()


async def test_whose_place_is_unknown_is_asked_once_and_the_ticket_goes_there(house: House) -> None:
    """The number comes at once; the place may come later."""
    await house.hire(house.minh, house.hoa)
    await a_team(house, "Tổ xã", AN_THOI_DONG, house.minh)
    citizen = house.citizen
    await citizen.say("/gap")
    await citizen.wait_for("bấm «Đồng ý» trước đã")
    await citizen.tap("Đồng ý")
    number = number_in(await citizen.wait_for("số phiếu"))
    asked = await citizen.wait_for("xã, phường nào")
    assert "Bỏ qua" in asked.labels
    await house.hoa.wait_for(f"#{number}", since=0)
    await house.quiet()
    assert citizen.transcript().count("xã, phường nào") == 1
    assert f"#{number}" not in house.minh.transcript()
    await citizen.say("xã an thới đông")
    await citizen.wait_for("Đã ghi")
    card = await house.minh.wait_for(f"#{number}", since=0)
    assert "An Thới Đông" in card.text
    await house.minh.tap("Nhận")
    await house.hoa.wait_for("Anh Minh đang giúp", since=0)
    assert await house.number("SELECT count(*) FROM events WHERE kind = 'routed'") == 1


async def test_words_for_the_helper_are_not_taken_for_a_place(house: House) -> None:
    await house.hire(house.minh)
    citizen = house.citizen
    await citizen.say("/gap")
    await citizen.wait_for("bấm «Đồng ý» trước đã")
    await citizen.tap("Đồng ý")
    await citizen.wait_for("xã, phường nào")
    await citizen.say("máy của tôi báo lỗi gì đó lạ lắm không vào được")
    await citizen.wait_for("Đã ghi vào phiếu")
    await house.minh.wait_for("máy của tôi báo lỗi", since=0)


async def test_a_late_ticket_is_told_once_with_the_way_to_the_office(desk: House) -> None:
    await change(
        desk,
        "UPDATE teams SET office_address = 'Số 1 đường Duyên Hải', office_hours = '7:30-11:30', office_phone = '1022'",
    )
    await desk.agreed(desk.citizen)
    number = await desk.ticket(desk.citizen)
    desk.clock.tick(hours=6, minutes=5)  # 9:01 and four hours of duty are 15:01
    late = await desk.citizen.wait_for("chờ lâu hơn dự định")
    for line in ("🏢 Nơi tiếp dân: Số 1 đường Duyên Hải", "7:30-11:30", "1022"):
        assert line in late.text
    assert f"Hủy #{number}" in late.labels
    desk.clock.tick(days=2, hours=5)
    await desk.quiet()
    assert desk.citizen.transcript().count("chờ lâu hơn dự định") == 1
    await desk.minh.tap("Nhận", chat=desk.group)
    await desk.citizen.wait_for("đang giúp")


async def test_at_night_nobody_hears_of_a_late_ticket(desk: House) -> None:
    await desk.agreed(desk.citizen)
    await desk.ticket(desk.citizen)
    await change(desk, "UPDATE tickets SET first_reply_due_at = opened_at")
    desk.clock.tick(hours=12, minutes=30)  # half past nine in the evening
    await desk.quiet()
    await desk.server.quiet(2.5)
    assert "chờ lâu hơn dự định" not in desk.citizen.transcript()
    desk.clock.tick(hours=10)
    await desk.citizen.wait_for("chờ lâu hơn dự định")


async def test_the_usual_wait_is_told_once_enough_is_known(desk: House) -> None:
    async def answered(number: int) -> None:
        opened = desk.clock.now().replace(tzinfo=None)
        for _ in range(number):
            await change(
                desk,
                "INSERT INTO tickets (person_id, team_id, state, urgent, front, opened_at, first_reply_at, closed_at)"
                " SELECT 1, min(id), 'resolved', :no, :no, :opened, :replied, :replied FROM teams",
                no=False,
                opened=opened - timedelta(minutes=12),
                replied=opened,
            )

    await desk.agreed(desk.citizen)
    await answered(9)
    await desk.citizen.say("/gap")
    assert "sẽ trả lời sớm" in (await desk.citizen.wait_for("số phiếu")).text
    await answered(1)
    neighbour = desk.newcomer("Bà Tư")
    await desk.agreed(neighbour)
    await neighbour.say("/gap")
    told = (await neighbour.wait_for("số phiếu")).text
    assert "thường khoảng 15 phút có người trả lời" in told
    assert "Trước cô bác còn 1 người" in told


async def explained(house: House, words: str) -> str:
    """What the admin reads; nothing is opened."""
    since = house.admin.mark()
    async with house.parts.database.work() as work:
        admin = next(m for m in await work.members.admins())
        await explain_route(work, house.parts.desk, await work.people.get(admin.person), admin, words)
    house.parts.outgoing.ring()
    return (await house.admin.wait_for("Đường đi của câu hỏi", since=since)).text


async def test_where_a_question_would_go_is_explained_rung_by_rung(house: House) -> None:
    await house.hire(house.minh)
    await a_team(house, "Tổ xã", AN_THOI_DONG, house.minh)
    await a_team(house, "Đội đất đai", HO_CHI_MINH, sectors=["dat-dai"])
    for words in ("an thoi dong làm lại thẻ căn cước bị mất", "xã An Thới Đông, làm lại thẻ căn cước bị mất"):
        told = await explained(house, words)
        assert "xã An Thới Đông, TP Hồ Chí Minh · Làm lại thẻ căn cước bị mất" in told
        assert "👉 Xã, phường: Tổ xã – có người trực, phiếu tới đây" in told
        assert "Tỉnh, thành phố: Đội đất đai – bỏ qua, không nhận mảng việc này" in told
    await house.minh.say("/truc nghỉ")
    await house.minh.wait_for("Đang nghỉ")
    told = await explained(house, "an thoi dong lam lai the can cuoc bi mat")
    assert "• Xã, phường: Tổ xã – bỏ qua, lúc này không ai trực" in told
    assert "👉 Mọi nơi: Tổ công nghệ số cộng đồng – có người trực" in told
    assert "• Quản trị: tất cả – bậc cuối cùng" in told
    told = await explained(house, "Tân An, Đồng Nai, làm lại thẻ căn cước bị mất")
    assert "xã Tân An, TP Đồng Nai · Làm lại thẻ căn cước bị mất" in told
    for words in ("hòa giải, đất đai", "làm sổ đỏ, đất của bố mẹ"):  # words that only sound like several places
        assert "chưa rõ nơi ở" in await explained(house, words)
    told = await explained(house, "làm lại thẻ căn cước bị mất")
    assert "chưa rõ nơi ở · Làm lại thẻ căn cước" in told
    assert await house.number("SELECT count(*) FROM tickets") == 0


async def test_only_leaders_have_it_explained(house: House) -> None:
    await house.hire(house.minh)
    async with house.parts.database.work() as work:
        minh = (await work.members.of_team((await work.teams.default()).id))[-1]
        person = await work.people.get(minh.person)
        for member, words, key in (
            (minh, "an thoi dong", "staff.not_allowed"),
            (None, "an thoi dong", "staff.not_allowed"),
            (replace(minh, role=Role.LEADER), "", "route.usage"),
            (replace(minh, role=Role.LEADER), "tan an", "route.several"),
            (replace(minh, role=Role.LEADER), "tan an, làm lại thẻ căn cước bị mất", "route.several"),
        ):
            with pytest.raises(HelpdeskError) as refused:
                await explain_route(work, house.parts.desk, person, member, words)
            assert refused.value.key == key
