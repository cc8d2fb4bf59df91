"""``/nhapho``: help given face to face, written down by a member, at its true date."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from tests.e2e.house import House, shown_to

FIGURE = "Giúp trực tiếp (nhập hộ)"


async def test_help_at_the_door_is_written_down_and_counted_apart(desk: House) -> None:
    minh = desk.minh
    await minh.say("/nhapho")
    asked = await minh.wait_for("đã đồng ý để Tổ ghi lại")
    await minh.say("bà Tám hỏi làm căn cước")  # before the consent nothing is kept
    assert "bà Tám" not in str(await desk.rows("SELECT dialog FROM people"))
    asked = await minh.wait_for("đã đồng ý để Tổ ghi lại")
    await minh.tap("Đã đồng ý", on=asked)
    await minh.wait_for("Người đó ở xã, phường nào?")
    await minh.say("an thoi dong, tp ho chi minh")
    await minh.wait_for("Việc gì?")
    await minh.say("lam lai can cuoc bi mat, so 079085001234")
    guides = await minh.wait_for("Đúng bài nào?")
    assert "079085001234" not in guides.text
    await desk.restart()
    await minh.tap("Làm lại thẻ căn cước", on=guides)
    outcome = await minh.wait_for("Kết quả thế nào?")
    assert outcome.labels == ["Làm xong trên mạng", "Đã hướng dẫn", "Chuyển cơ quan", "Chưa xong", "Bỏ"]
    await minh.tap("Đã hướng dẫn", on=outcome)
    await minh.wait_for("Giúp ngày nào?")
    for wrong in ("hôm nào đó", "31/2", "1/1", "23/11", "20/10"):
        await minh.say(wrong)
        await minh.wait_for("Giúp ngày nào?")
    await minh.say("19/11")
    last = await minh.wait_for("Xem lại rồi bấm «Ghi»")
    for words in ("xã An Thới Đông", "lam lai can cuoc", "Làm lại thẻ căn cước", "Đã hướng dẫn", "19/11/2026"):
        assert words in last.text
    await minh.tap("Ghi", on=last)
    await minh.wait_for("Đã ghi một lượt giúp trực tiếp")
    toast = await minh.tap("Ghi", on=last) if last.labels and minh.messages() and minh.last().labels else None
    assert toast is None

    [request] = await desk.rows("SELECT * FROM requests")
    assert request.person_id is None
    assert (request.guide, request.outcome) == ("can-cuoc-cap-lai", "answered")
    assert request.territory
    assert "079085001234" not in request.text
    assert str(request.asked_at)[:10] == "2026-11-19"
    [event] = await desk.rows("SELECT * FROM events WHERE kind = 'assisted'")
    assert (event.request_id, event.person_id) == (request.id, None)
    async with desk.parts.database.reading() as work:
        day = [datetime(2026, 11, number, tzinfo=UTC) for number in (18, 19, 20)]
        assert (await work.figures.period(day[0], day[1])).assisted == 0
        on_the_day = await work.figures.period(day[1], day[2])
        assert (on_the_day.assisted, on_the_day.requests) == (1, 0)
    await desk.admin.say("/thongke")
    shown = await desk.admin.wait_for("Thống kê")
    assert shown.text.count(FIGURE) == 1  # of the week, not of today
    assert f"{FIGURE}: 1 người" in shown.text.partition("7 ngày")[2]
    assert "bà Tám" not in shown_to(desk.admin)


@pytest.mark.parametrize("way", ["Bỏ", "/huy"])
async def test_it_can_be_given_up(desk: House, way: str) -> None:
    await desk.minh.say("/nhapho")
    await desk.minh.tap("Đã đồng ý", on=await desk.minh.wait_for("đã đồng ý"))
    asked = await desk.minh.wait_for("xã, phường nào")
    if way == "Bỏ":
        await desk.minh.tap("Bỏ", on=asked)
        await desk.minh.wait_for("Đã bỏ, không ghi gì")
    else:
        await desk.minh.say("/huy")
        await desk.minh.wait_for("Đã dừng")
        toast = await desk.minh.tap("Không rõ", on=asked)
        assert toast.alert
    assert await desk.number("SELECT count(*) FROM requests") == 0
    assert await desk.number("SELECT count(*) FROM people WHERE dialog IS NOT NULL") == 0


async def test_the_short_way_for_today(desk: House) -> None:
    """The team's own commune is offered; no guide fits; a reply still goes to its ticket meanwhile."""
    async with desk.parts.database.engine.begin() as connection:
        await connection.exec_driver_sql("UPDATE teams SET territory = '27673'")
    await desk.agreed(desk.citizen)
    await desk.claimed(desk.citizen, desk.minh)
    await desk.citizen.say("tôi đây")
    heard = await desk.minh.wait_for("tôi đây")
    await desk.minh.say("/nhapho")
    await desk.minh.tap("Đã đồng ý", on=await desk.minh.wait_for("đã đồng ý"))
    asked = await desk.minh.wait_for("xã, phường nào")
    home = next(label for label in asked.labels if "TP Hồ Chí Minh" in label)
    await desk.minh.tap(home, on=asked)
    await desk.minh.wait_for("Việc gì?")
    await desk.minh.say("vâng cô chờ cháu", reply_to=heard)
    await desk.citizen.wait_for("vâng cô chờ cháu")
    await desk.minh.say("hỏi chuyện mua ti vi mới")
    asked = await desk.minh.wait_for("Đúng bài nào?")
    await desk.minh.tap("Chưa có bài", on=asked)
    await desk.minh.tap("Chưa xong", on=await desk.minh.wait_for("Kết quả thế nào?"))
    await desk.minh.tap("Hôm nay", on=await desk.minh.wait_for("Giúp ngày nào?"))
    await desk.minh.tap("Ghi", on=await desk.minh.wait_for("Xem lại rồi bấm"))
    await desk.minh.wait_for("Đã ghi một lượt")
    await desk.quiet()
    assert "ti vi" not in shown_to(desk.citizen)
    [request] = await desk.rows("SELECT * FROM requests WHERE assisted_by IS NOT NULL")
    assert (request.guide, request.outcome, request.territory) == (None, "declined", "27673")
    await desk.admin.say("/thongke")
    assert (await desk.admin.wait_for("Thống kê")).text.count(f"{FIGURE}: 1 người") == 2


async def test_only_members_write_it_down(desk: House) -> None:
    for command in ("/nhapho", "/mau"):
        await desk.citizen.say(command)
        await desk.citizen.wait_for("Việc này dành cho người của Tổ")
        await desk.minh.say(command, chat=desk.group)
        await desk.minh.wait_for("gõ trong khung trò chuyện riêng", chat=desk.group)
