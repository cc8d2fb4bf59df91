"""Leaders and admins set up teams from their phones: `/to`, each within his rights."""

from __future__ import annotations

import re

import pytest

from bot.model.people import Chat
from bot.model.states import Role
from bot.playground import Person, SeenMessage
from bot.playground.person import Toast
from tests.e2e.house import House

PLACE = "xã An Thới Đông, TP Hồ Chí Minh"


async def typed(person: Person, button: str, words: str, answer: str, *, asks: str = "") -> SeenMessage:
    """Press what asks for something, type it."""
    await person.tap(button)
    await person.wait_for(asks or re.compile(r"\?|Ví dụ"))
    await person.say(words)
    return await person.wait_for(answer)


async def make_team(house: House, name: str, place: str = "xa an thoi dong", admin: Person | None = None) -> int:
    """A team made by an admin; its number."""
    admin = admin or house.admin
    await admin.say("/to")
    await admin.wait_for("Các đội")
    await typed(admin, "Tạo đội", name, "phục vụ nơi nào", asks="Tên đội mới")
    await admin.say(place)
    await admin.wait_for(lambda m: name in m.text and "Đã lưu" in m.text)
    return await house.number("SELECT id FROM teams WHERE name = :name", name=name)


async def hired_into(house: House, person: Person, team: str, role: str = "", admin: Person | None = None) -> None:
    """Somebody joins a team by a link that its screen gives."""
    admin = admin or house.admin
    await admin.say("/to")
    await admin.wait_for("Các đội")
    await admin.tap(team)
    await admin.wait_for("📍")
    await admin.tap("Mời người")
    link = await admin.wait_for("start=moi_")
    if role:
        await admin.tap(f"Đổi thành {role}", on=link)
        link = await admin.wait_for(f"vai {role}")
    found = re.search(r"start=(moi_\w+)", link.text)
    assert found
    await person.start(found[1])
    await person.wait_for("Chào mừng")


async def what_happened(house: House, kind: str) -> list[str]:
    rows = await house.rows("SELECT codes FROM events WHERE kind = :kind ORDER BY id", kind=kind)
    return [re.sub(r'.*"what": ?"(\w+)".*', r"\1", str(row.codes)) for row in rows]


async def test_an_admin_sets_up_a_team_by_buttons(house: House) -> None:
    admin = house.admin
    number = await make_team(house, "Tổ ấp 3", "ap 3, xa an thoi dong")
    assert f"📍 ap 3, {PLACE}" in admin.last().text
    await typed(admin, "Đổi tên", "Tổ ấp Ba", "Tổ ấp Ba")
    await typed(admin, "Giờ trực", "8-11, 19h-21h", "8:00-11:00, 19:00-21:00")
    await admin.tap("Lĩnh vực")
    await admin.wait_for("giỏi việc gì")
    await admin.tap("Giao thông")
    await admin.wait_for(lambda m: any(label.startswith("✅ Giao thông") for label in m.labels))
    await admin.tap("Hộ tịch")
    await admin.wait_for(lambda m: any(label.startswith("✅ Hộ tịch") for label in m.labels))
    await admin.tap("Giao thông")
    await admin.wait_for(lambda m: not any(label.startswith("✅ Giao thông") for label in m.labels))
    await admin.tap("Về đội")
    assert "Hộ tịch" in (await admin.wait_for("Lĩnh vực")).text
    await admin.tap("Nơi tiếp dân")
    await admin.wait_for("bà con nhìn thấy")
    await typed(admin, "Sửa địa chỉ", "Trụ sở xã, đường An Thới Đông", "Trụ sở xã")
    await admin.tap("Nơi tiếp dân")
    await admin.wait_for("bà con nhìn thấy")
    await typed(admin, "Giờ làm việc", "sáng thứ 2 đến thứ 6", "sáng thứ 2")
    await admin.tap("Nơi tiếp dân")
    await admin.wait_for("bà con nhìn thấy")
    await typed(admin, "Điện thoại", "028 3874 0000", "028 3874 0000")
    row = (await house.rows("SELECT * FROM teams WHERE id = :id", id=number))[0]
    assert (row.name, row.hamlet, row.office_phone) == ("Tổ ấp Ba", "ap 3", "028 3874 0000")
    assert "ho-tich" in str(row.sectors)
    assert "giao-thong" not in str(row.sectors)
    assert set(await what_happened(house, "team")) >= {"made", "name", "duty", "sectors", "office_address"}
    codes = str(await house.rows("SELECT codes FROM events WHERE kind = 'team'"))
    assert "Trụ sở" not in codes, "events hold codes, never words"


@pytest.mark.parametrize(
    ("button", "words", "problem"),
    [
        ("Đổi tên", "ab", "từ 3 đến 60"),
        ("Đổi tên", "tổ CÔNG nghệ số cộng đồng", "Đã có đội tên đó"),
        ("Giờ trực", "buổi sáng", "Chưa đọc được giờ"),
        ("Địa bàn", "xứ không có thật đâu", "Không tìm thấy nơi đó"),
        ("Địa bàn", "ấp 3, tỉnh Cao Bằng", "đi với tên một xã"),
    ],
)
async def test_what_cannot_be_taken_is_told_and_changes_nothing(
    house: House, button: str, words: str, problem: str
) -> None:
    await make_team(house, "Tổ ấp 3", "ấp 3, xã An Thới Đông")
    before = await house.rows("SELECT * FROM teams ORDER BY id")
    await typed(house.admin, button, words, problem)
    asked = house.admin.last()
    assert asked.labels == ["Thôi"]
    await house.admin.tap("Thôi")
    await house.admin.wait_for("Tổ ấp 3", since=0)
    assert await house.rows("SELECT * FROM teams ORDER BY id") == before
    await house.admin.say("/to")
    await house.admin.wait_for("Các đội")


async def test_what_is_typed_instead_of_an_answer_leads_out(house: House) -> None:
    await make_team(house, "Tổ ấp 3")
    await typed(house.admin, "Đổi tên", "thôi", "Tổ ấp 3")
    for turn in ("/to", "/viec", "[Nghỉ]"):
        await house.admin.say("/truc")
        await house.admin.wait_for("Đang trực")
        await house.admin.say("/to")
        await house.admin.tap("Tổ ấp 3", on=await house.admin.wait_for("Các đội"))
        await house.admin.wait_for("📍")
        await house.admin.tap("Đổi tên")
        await house.admin.wait_for("Tên mới của đội")
        await house.admin.dialog([(turn, None), ("Tên này không ai hỏi", None)])
        assert await house.number("SELECT count(*) FROM teams WHERE name LIKE '%không ai hỏi%'") == 0, turn
        house.clock.tick(minutes=10)


async def test_a_place_of_several_is_chosen(house: House) -> None:
    admin = house.admin
    await admin.say("/to")
    await admin.tap("Tạo đội", on=await admin.wait_for("Các đội"))
    await admin.wait_for("Tên đội mới")
    await admin.say("Tổ Tân Thành")
    await admin.wait_for("phục vụ nơi nào")
    await admin.say("ấp 1, xã Tân Thành")
    offered = await admin.wait_for("Chọn một nơi")
    assert len(offered.labels) >= 4
    await admin.tap(offered.labels[0])
    shown = await admin.wait_for("Đã lưu")
    assert f"ấp 1, {offered.labels[0]}" in shown.text
    toast = await admin.tap("Địa bàn")
    assert not toast.alert
    old = await admin.wait_for("phục vụ nơi nào")
    assert old.labels == ["Thôi"]
    await admin.say("xã Tân Thành")
    again = await admin.wait_for("Chọn một nơi")
    await admin.say("/to")
    await admin.wait_for("Các đội")
    toast = await admin.tap(again.labels[1], on=again)
    assert "Câu hỏi này cũ rồi" in toast.text


async def test_a_leader_sees_his_own_team_and_no_more(house: House) -> None:
    number = await make_team(house, "Tổ ấp 3", "ấp 3, xã An Thới Đông")
    other = await make_team(house, "Tổ ấp 5", "ấp 5, xã An Thới Đông")
    await hired_into(house, house.minh, "Tổ ấp 3", "tổ trưởng")
    await house.minh.say("/to")
    own = await house.minh.wait_for("Tổ ấp 3")
    assert not {"Địa bàn", "Đóng đội", "« Các đội"} & set(own.labels)
    await typed(house.minh, "Giờ trực", "19-21", "19:00-21:00")
    for data in (f"yt:{other}:main", f"ya:{other}:name", f"yn:{other}:0", f"yi:{other}", f"ys:{other}:ho-tich"):
        assert "ngoài địa bàn" in (await forged(house.minh, data)).text, data
    for data in (f"ya:{number}:place", f"yt:{number}:close", f"yc:{number}"):
        assert "ngoài địa bàn" in (await forged(house.minh, data)).text, data
    assert "dành cho người của Tổ" in (await forged(house.minh, "ya:0:new")).text
    assert "dành cho người của Tổ" in (await forged(house.minh, "yf")).text
    await house.hoa.say("/to")
    await house.hoa.wait_for("dành cho người của Tổ")


async def forged(person: Person, data: str) -> Toast:
    """A press no button offers, as from a changed client."""
    message = person._chat(None).messages[person.last().id]
    message.markup = {"inline_keyboard": [[{"text": "…", "callback_data": data}]]}
    return await person.tap("…", on=message.id, data=data)


async def test_an_admin_of_a_commune_stays_within_it(house: House) -> None:
    await make_team(house, "Tổ An Thới Đông")
    far = await make_team(house, "Tổ Cao Bằng", "tỉnh Cao Bằng")
    await hired_into(house, house.hoa, "Tổ An Thới Đông", "quản trị")
    assert (await house.rows("SELECT scope FROM members WHERE name = 'Chị Hoa'")) != [("all",)]
    await house.hoa.say("/to")
    listed = await house.hoa.wait_for("Các đội")
    assert "An Thới Đông" in listed.text
    assert "Cao Bằng" not in listed.text
    assert "ngoài địa bàn" in (await forged(house.hoa, f"yt:{far}:main")).text
    await make_team(house, "Tổ ấp 7", "ấp 7, xã An Thới Đông", admin=house.hoa)
    await typed(house.hoa, "Địa bàn", "tỉnh Cao Bằng", "ngoài địa bàn của mình")
    await house.hoa.say("tất cả")
    await house.hoa.wait_for("ngoài địa bàn của mình")
    await house.hoa.say("/moi")
    link = await house.hoa.wait_for("start=moi_")
    assert "Tổ An Thới Đông" in link.text
    await house.hoa.tap("Mời vào đội khác", on=link)
    teams = await house.hoa.wait_for("vào đội nào")
    assert set(teams.labels) == {"Tổ An Thới Đông", "Tổ ấp 7"}


async def test_an_invite_can_be_for_another_team(house: House) -> None:
    await make_team(house, "Tổ ấp 3")
    await house.admin.say("/moi")
    link = await house.admin.wait_for("start=moi_")
    assert "Tổ công nghệ số cộng đồng" in link.text
    await house.admin.tap("Mời vào đội khác", on=link)
    await house.admin.tap("Tổ ấp 3", on=await house.admin.wait_for("vào đội nào"))
    link = await house.admin.wait_for(lambda m: "start=moi_" in m.text and "Tổ ấp 3" in m.text)
    found = re.search(r"start=(moi_\w+)", link.text)
    assert found
    await house.minh.start(found[1])
    assert "Tổ ấp 3" in (await house.minh.wait_for("Chào mừng")).text
    toast = await house.admin.tap("Mời vào đội khác", on=link)
    assert "đã có người dùng" in toast.text


async def test_a_closed_team_leaves_nobody_behind(house: House) -> None:
    number = await make_team(house, "Tổ ấp 3", "ấp 3, xã An Thới Đông")
    await make_team(house, "Tổ xã")
    await hired_into(house, house.minh, "Tổ ấp 3")
    await hired_into(house, house.hoa, "Tổ xã")
    await house.agreed(house.citizen)
    ticket = await house.ticket(house.citizen)
    async with house.parts.database.work() as work:
        await work.tickets.change(ticket, team_id=number)
    await house.admin.say("/to")
    await house.admin.tap("Tổ ấp 3", on=await house.admin.wait_for("Các đội"))
    await house.admin.wait_for("📍")
    await house.admin.tap("Đóng đội")
    sure = await house.admin.wait_for("chuyển sang")
    assert "Tổ xã" in sure.text
    since = house.hoa.mark()
    await house.admin.tap("Đóng đội này")
    await house.admin.wait_for("Các đội")
    await house.hoa.wait_for(f"#{ticket}", since=since)
    await house.minh.wait_for("Anh chị giờ ở Tổ xã")
    assert await house.number("SELECT count(*) FROM tickets WHERE team_id = :team", team=number) == 0
    happened = await house.rows("SELECT codes FROM events WHERE kind = 'moved'")
    assert "team_closed" in str(happened)
    assert "đã đóng" in (await forged(house.admin, f"yt:{number}:main")).text
    default = await house.number("SELECT id FROM teams WHERE is_default")
    assert "không đóng được" in (await forged(house.admin, f"yt:{default}:close")).text


async def test_members_are_changed_within_rank(house: House) -> None:
    await make_team(house, "Tổ ấp 3")
    await make_team(house, "Tổ ấp 5")
    await hired_into(house, house.minh, "Tổ ấp 3", "tổ trưởng")
    await hired_into(house, house.hoa, "Tổ ấp 3")
    await house.minh.say("/to")
    await house.minh.tap("Thành viên", on=await house.minh.wait_for("Tổ ấp 3"))
    listed = await house.minh.wait_for("2 người")
    await house.minh.tap("Chị Hoa", on=listed)
    shown = await house.minh.wait_for("tình nguyện viên, Tổ ấp 3")
    assert "Đổi thành quản trị" not in shown.labels
    assert "Chuyển đội" not in shown.labels
    await typed(house.minh, "Giờ trực", "19-21", "19:00-21:00")
    await typed(house.minh, "Số phiếu", "99", "từ 1 đến 50")
    await house.minh.say("2")
    await house.minh.wait_for("nhiều nhất 2 phiếu")
    await typed(house.minh, "Thời hạn", "hết năm", "Chưa đọc được ngày")
    await house.minh.say("đến 1/1/2026")
    await house.minh.wait_for("đã qua rồi")
    await house.minh.say("1/11/2026 - 31/12/2026")
    await house.minh.wait_for("đến 31/12/2026")
    await house.minh.tap("Đổi thành tổ trưởng")
    await house.hoa.wait_for("giờ là tổ trưởng")
    await house.minh.wait_for("Chị Hoa: tổ trưởng")
    hoa = await house.number("SELECT id FROM members WHERE name = 'Chị Hoa'")
    assert "cao hơn quyền" in (await forged(house.minh, f"yr:{hoa}:admin")).text
    minh = await house.number("SELECT id FROM members WHERE name = 'Anh Minh'")
    assert "nhờ quản trị khác" in (await forged(house.minh, f"ye:{minh}")).text
    await house.admin.say("/to")
    await house.admin.tap("Tổ ấp 3", on=await house.admin.wait_for("Các đội"))
    await house.admin.tap("Thành viên", on=await house.admin.wait_for("📍"))
    await house.admin.tap("Chị Hoa", on=await house.admin.wait_for("2 người"))
    await house.admin.tap("Chuyển đội", on=await house.admin.wait_for("tổ trưởng, Tổ ấp 3"))
    await house.admin.tap("Tổ ấp 5", on=await house.admin.wait_for("Chuyển sang đội nào"))
    await house.admin.wait_for("tổ trưởng, Tổ ấp 5")
    await house.hoa.wait_for("Anh chị giờ ở Tổ ấp 5")
    assert set(await what_happened(house, "member")) == {"duty", "most_open", "dates", "role", "team"}


async def test_forty_teams_and_sixty_members_are_paged(house: House) -> None:
    async with house.parts.database.work() as work:
        default = await work.teams.default(house.parts.desk.config.helpdesk.default_team)
        for number in range(40):
            await work.teams.add(f"Tổ công nghệ số cộng đồng khu phố số {number} phường Bến Thành", territory="79")
        for number in range(60):
            alone = Chat(house.parts.channel.bot, f"9{number:03}")
            person = await work.people.meet(alone.id, alone)
            await work.members.join(person.id, default.id, Role.VOLUNTEER, f"Nguyễn Thị Thành viên {number}")
    await house.admin.say("/to")
    first = await house.admin.wait_for("Các đội")
    assert len(first.labels) <= 12
    await house.admin.tap("Xem thêm", on=first)
    await house.admin.wait_for("khu phố số 8")
    await house.admin.tap("Trang trước")
    await house.admin.wait_for("khu phố số 0")
    await house.admin.tap("Tổ công nghệ số cộng đồng", on=first)
    await house.admin.tap("Thành viên", on=await house.admin.wait_for("📍"))
    members = await house.admin.wait_for("61 người")
    assert len(members.labels) <= 12
    await house.admin.tap("Xem thêm", on=members)
    await house.admin.wait_for("Thành viên 10")


async def test_the_office_is_shown_to_citizens_of_its_place(house: House) -> None:
    async with house.parts.database.work() as work:
        await work.teams.default("Tổ")
        await work.teams.add("Tổ xã", territory="27673", office_address="Trụ sở UBND xã, ấp An Hòa",
                             office_hours="sáng thứ 2 đến thứ 6", office_phone="028 3874 0000")  # fmt: skip
    await house.agreed(house.citizen)
    await house.citizen.say("/noio xã An Thới Đông, TP HCM")
    await house.citizen.wait_for("An Thới Đông")
    await house.citizen.say("làm lại thẻ căn cước bị mất")
    await house.citizen.wait_for("Làm lại thẻ căn cước bị mất")
    await house.citizen.say("nộp ở đâu")
    shown = (await house.citizen.wait_for("Nơi tiếp dân: Trụ sở UBND xã")).text
    assert "sáng thứ 2 đến thứ 6" in shown
    assert "028 3874 0000" in shown
    house.clock.tick(minutes=10)
    await house.citizen.say("/gap")
    assert "028 3874 0000" not in (await house.citizen.wait_for("số phiếu")).text
    neighbour = house.newcomer("Bà Tư")
    await house.agreed(neighbour)
    house.clock.tick(hours=12)
    await neighbour.say("/gap")
    told = (await neighbour.wait_for("số phiếu")).text
    assert "đến thẳng, trong giờ làm việc:\n🏢 Nơi tiếp dân: Trung tâm Phục vụ hành chính công xã" in told
