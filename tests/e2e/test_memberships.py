"""A membership begins on its first day and ends with its last one, whoever notices when."""

from __future__ import annotations

import asyncio
from datetime import date

import pytest

from bot.helpdesk.memberships import end_overdue
from bot.storage.database import Database
from tests.e2e.house import House, number_in


async def set_dates(house: House, name: str, first: date | None = None, last: date | None = None) -> None:
    async with house.parts.database.work() as work:
        for member in await work.members.all_of_team((await work.teams.default()).id):
            if member.name == name:
                await work.members.change(member.id, starts_on=first, ends_on=last)


async def test_after_the_last_day_access_goes_and_tickets_return(desk: House) -> None:
    await desk.agreed(desk.citizen)
    number = await desk.claimed(desk.citizen, desk.minh)
    await set_dates(desk, "Anh Minh", last=date(2026, 11, 22))
    desk.clock.tick(hours=14, minutes=50)  # minutes before midnight in Vietnam
    await desk.minh.say("còn kịp ạ")
    await desk.citizen.wait_for("còn kịp ạ")
    since = desk.hoa.mark()
    desk.clock.tick(minutes=15)
    await desk.minh.wait_for("đã hết hạn hoặc kết thúc")
    told = await desk.admin.wait_for("Anh Minh đã hết hạn")
    assert "1 phiếu trở lại hàng chờ" in told.text
    card = await desk.hoa.wait_for(f"#{number}", chat=desk.group, since=since)
    assert "Nhận" in " ".join(card.labels)
    ticket = (await desk.rows("SELECT state, front FROM tickets"))[0]
    assert (ticket.state, bool(ticket.front)) == ("open", True)
    events = str(await desk.rows("SELECT kind, codes FROM events WHERE kind IN ('released', 'left')"))
    assert events.count("expired") == 2
    toast = await desk.minh.tap("Nhận", chat=desk.group)
    assert "Chỉ người của Tổ" in toast.text
    await desk.minh.say("/viec")
    await desk.minh.wait_for("dành cho người của Tổ")
    await desk.minh.start()
    await desk.minh.wait_for("Chào")
    assert "hangcho" not in desk.minh.commands()
    assert await desk.number("SELECT count(*) FROM members WHERE name = 'Anh Minh' AND ended_at IS NOT NULL") == 1
    await desk.hoa.tap("Nhận", chat=desk.group)
    await desk.hoa.wait_for(f"Phiếu #{number}")


async def test_even_before_a_sweep_the_expired_cannot_act(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    async def nothing(*_: object) -> None:
        return None

    monkeypatch.setattr("bot.helpdesk.sweep.end_overdue", nothing)
    await house.team()
    await house.agreed(house.citizen)
    await house.claimed(house.citizen, house.minh)
    await set_dates(house, "Anh Minh", last=date(2026, 11, 21))
    since = house.citizen.mark()
    await house.minh.say("lời này không được tới nơi")
    await house.minh.wait_for("đã hết hạn hoặc kết thúc")
    await house.quiet()
    assert "không được tới nơi" not in house.citizen.transcript()
    await house.citizen.wait_for("đang chờ người khác", since=since)
    assert (await house.rows("SELECT state FROM tickets"))[0].state == "open"


async def test_before_the_first_day_nothing_is_his_yet(desk: House) -> None:
    await desk.hoa.say("/truc")
    await desk.hoa.wait_for("Đang trực")
    await set_dates(desk, "Chị Hoa", first=date(2026, 11, 23))
    await desk.hoa.say("/viec")
    await desk.hoa.wait_for("dành cho người của Tổ")
    await desk.agreed(desk.citizen)
    number = await desk.ticket(desk.citizen)
    await desk.hoa.wait_for(f"#{number}", chat=desk.group, since=0)
    assert "Chỉ người của Tổ" in (await desk.hoa.tap("Nhận", chat=desk.group)).text
    desk.clock.tick(hours=16)
    await desk.hoa.say("/viec")
    await desk.hoa.wait_for("phiếu")
    assert "Đã nhận" in (await desk.hoa.tap("Nhận", chat=desk.group)).text


async def test_a_link_may_be_for_later(house: House) -> None:
    async with house.parts.database.work() as work:
        team = await work.teams.default("Tổ")
        for code, first, last in (("sau", date(2026, 12, 1), None), ("qua", None, date(2026, 11, 1))):
            await work.invites.add(code, team.id, "volunteer", "all", None, 30, name="Lê Năm", starts_on=first,
                                   ends_on=last)  # fmt: skip
    await house.minh.start("moi_sau")
    welcome = await house.minh.wait_for("Bắt đầu từ ngày 1/12/2026")
    assert welcome.labels == []
    await house.minh.say("/viec")
    await house.minh.wait_for("dành cho người của Tổ")
    await house.hoa.start("moi_qua")
    await house.hoa.wait_for("không dùng được nữa")


async def test_a_leader_ends_a_membership_at_once(house: House) -> None:
    await house.hire(house.hoa)
    await house.minh.start(await house.invite("tổ trưởng"))
    await house.minh.wait_for("Chào mừng")
    await house.agreed(house.citizen)
    number = number_in(await _called(house))
    await house.hoa.wait_for(f"#{number}", since=0)
    await house.hoa.tap("Nhận")
    await house.citizen.wait_for("đang giúp")
    await house.minh.say("/to")
    await house.minh.tap("Thành viên", on=await house.minh.wait_for("📍"))
    await house.minh.tap("Chị Hoa", on=await house.minh.wait_for("người"))
    await house.minh.tap("Kết thúc", on=await house.minh.wait_for("tình nguyện viên,"))
    sure = await house.minh.wait_for("1 phiếu đang giữ trở lại")
    since = house.minh.mark()
    await house.minh.tap("Kết thúc từ bây giờ", on=sure)
    await house.hoa.wait_for("đã hết hạn hoặc kết thúc")
    await house.minh.wait_for(lambda m: f"#{number}" in m.text and "Nhận" in " ".join(m.labels), since=since)
    await house.hoa.say("/hangcho")
    await house.hoa.wait_for("dành cho người của Tổ")


async def _called(house: House) -> object:
    await house.citizen.say("/gap")
    return await house.citizen.wait_for("số phiếu")


@pytest.mark.parametrize("storage", ["sqlite", "postgresql"])
async def test_of_two_processes_one_ends_it(desk: House, monkeypatch: pytest.MonkeyPatch) -> None:
    async def nothing(*_: object) -> None:
        return None

    monkeypatch.setattr("bot.helpdesk.sweep.end_overdue", nothing)
    await desk.agreed(desk.citizen)
    await desk.claimed(desk.citizen, desk.minh)
    await set_dates(desk, "Anh Minh", last=date(2026, 11, 21))

    async def sweep(database: Database) -> None:
        async with database.work() as work:
            await end_overdue(work, desk.parts.desk)

    others = [Database(desk.database_url, desk.clock) for _ in range(2)] if "postgresql" in desk.database_url else []
    databases = others or [desk.parts.database]
    try:
        await asyncio.gather(*(sweep(database) for database in databases * 4))
    finally:
        for database in others:
            await database.close()
    assert await desk.number("SELECT count(*) FROM events WHERE kind = 'left'") == 1
    assert await desk.number("SELECT count(*) FROM events WHERE kind = 'released'") == 1
    await desk.minh.wait_for("đã hết hạn hoặc kết thúc")
    await desk.quiet()
    assert desk.minh.transcript().count("đã hết hạn hoặc kết thúc") == 1
