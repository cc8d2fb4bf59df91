"""A commune's decision lists names: it comes in as a file, whole or not at all, and goes out with links."""

from __future__ import annotations

import csv
import io
import re

import pytest

from bot.playground import Person, SeenMessage
from tests.e2e.house import House

HEADER = "Đội;Thôn/ấp;Xã;Tỉnh;Lĩnh vực;Địa chỉ;Họ tên;Vai;Từ ngày;Đến ngày;Giờ trực;Nhiều nhất\n"
GOOD = HEADER + (
    "Tổ ấp 3;ấp 3;An Thới Đông;Hồ Chí Minh;Hộ tịch | Giao thông;Trụ sở ấp 3;Nguyễn Văn Ba;Tổ trưởng;1/11/2026;"
    "31/12/2026;19-21;3\n"
    "Tổ ấp 3;;;;;;Trần Thị Tư;;;;;\n"
    "Tổ ấp 5;ấp 5;An Thới Đông;Hồ Chí Minh;;;Lê Năm;tình nguyện viên;;;;\n"
)


async def send(admin: Person, text: str | bytes, name: str = "danh-sach.csv") -> None:
    """Open the import and send a file."""
    await admin.say("/to")
    await admin.tap("Nhập danh sách", on=await admin.wait_for("Các đội"))
    await admin.wait_for("Chỉ cột Đội là bắt buộc")
    await admin.send_document(text.encode() if isinstance(text, str) else text, name, mime="text/csv")


async def taken(house: House, text: str | bytes, answer: str = "Danh sách đúng") -> SeenMessage:
    """Send a right file and take it over; the file that comes back."""
    await send(house.admin, text)
    shown = await house.admin.wait_for(answer, timeout=20)
    await house.admin.tap("Nhập", on=shown)
    return await house.admin.wait_for(lambda m: m.kind == "document" and "Danh sách" in m.text)


def table(house: House, message: SeenMessage) -> list[dict[str, str]]:
    content = house.admin.file(message)
    assert content.startswith(b"\xef\xbb\xbf"), "Excel would not read it as UTF-8"
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig")), delimiter=";"))


async def test_a_list_makes_teams_and_a_link_for_everybody(house: House) -> None:
    await send(house.admin, GOOD)
    shown = await house.admin.wait_for("Danh sách đúng", timeout=20)
    assert "Đội: 2 mới, 0 thay đổi" in shown.text
    assert "Người: 3 mới" in shown.text
    assert await house.number("SELECT count(*) FROM teams WHERE NOT is_default") == 0, "nothing before «Nhập»"
    await house.admin.tap("Nhập", on=shown)
    file = await house.admin.wait_for(lambda m: m.kind == "document")
    await house.admin.wait_for("Đã nhập danh sách", since=0)
    rows = table(house, file)
    assert [(r["Đội"], r["Họ tên"], r["Vai"], r["Trạng thái"]) for r in rows] == [
        ("Tổ ấp 3", "Nguyễn Văn Ba", "tổ trưởng", "chưa vào"),
        ("Tổ ấp 3", "Trần Thị Tư", "tình nguyện viên", "chưa vào"),
        ("Tổ ấp 5", "Lê Năm", "tình nguyện viên", "chưa vào"),
    ]
    assert (rows[0]["Thôn/ấp"], rows[0]["Xã"], rows[0]["Tỉnh"]) == ("ấp 3", "xã An Thới Đông", "TP Hồ Chí Minh")
    links = [re.search(r"start=(moi_\w+)", row["Link mời"]) for row in rows]
    assert len({link[1] for link in links if link}) == 3
    assert links[0]
    await house.minh.start(links[0][1])
    welcome = await house.minh.wait_for("Chào mừng")
    assert "tổ trưởng" in welcome.text
    assert "31/12/2026" in welcome.text
    member = (await house.rows("SELECT * FROM members WHERE role = 'leader'"))[0]
    assert (member.name, member.most_open, str(member.ends_on)) == ("Nguyễn Văn Ba", 3, "2026-12-31")
    assert "19:00-21:00" in str(member.duty)
    assert await house.number("SELECT count(*) FROM team_lists WHERE text IS NOT NULL") == 0, "names are blanked"


async def test_the_same_list_again_changes_and_does_not_double(house: House) -> None:
    first = table(house, await taken(house, GOOD))
    link = re.search(r"start=(moi_\w+)", first[0]["Link mời"])
    assert link
    await house.minh.start(link[1])
    await house.minh.wait_for("Chào mừng")
    again = GOOD.replace("31/12/2026", "30/6/2027").replace("Trụ sở ấp 3", "Nhà văn hóa ấp 3")
    await send(house.admin, again)
    shown = await house.admin.wait_for("Danh sách đúng", timeout=20)
    assert "Đội: 0 mới, 1 thay đổi, 1 như cũ" in shown.text
    assert "Người: 0 mới (mỗi người một link mời), 1 thay đổi, 2 như cũ" in shown.text
    await house.admin.tap("Nhập", on=shown)
    second = table(house, await house.admin.wait_for(lambda m: m.kind == "document"))
    assert [row["Họ tên"] for row in second] == [row["Họ tên"] for row in first]
    assert second[0]["Trạng thái"] == "đã vào"
    assert [row["Link mời"] for row in second[1:]] == [row["Link mời"] for row in first[1:]]
    assert await house.number("SELECT count(*) FROM teams WHERE NOT is_default") == 2
    assert str((await house.rows("SELECT ends_on FROM members WHERE role = 'leader'"))[0][0]) == "2027-06-30"


async def test_what_goes_out_comes_back_in_unchanged(house: House) -> None:
    await taken(house, GOOD)
    await house.admin.say("/to")
    await house.admin.tap("Xuất danh sách", on=await house.admin.wait_for("Các đội"))
    file = await house.admin.wait_for(lambda m: m.kind == "document" and m.raw["document"]["file_name"].endswith("csv"))
    await send(house.admin, house.admin.file(file))
    shown = await house.admin.wait_for("Danh sách đúng", timeout=20)
    assert "Đội: 0 mới, 0 thay đổi, 3 như cũ" in shown.text
    assert "0 mới (mỗi người một link mời), 0 thay đổi" in shown.text
    await house.admin.tap("Bỏ", on=shown)
    await house.admin.wait_for("Đã bỏ, chưa đổi gì")


async def test_every_mistake_is_told_by_its_line_and_nothing_is_half_imported(house: House) -> None:
    await send(
        house.admin,
        HEADER
        + "Tổ ấp 3;ấp 3;An Thới Đông;Hồ Chí Minh;;;Nguyễn Văn Ba;;;;;\n"
        + ";;;;;;Trần Tư;;;;;\n"
        + "Tổ ấp 9;ấp 9;Không Có Xã Này;;;;Lê Năm;;;;;\n"
        + "Tổ ấp 3;;;;làm bánh;;Bùi Sáu;đội phó;31/2/2026;;;\n"
        + "Tổ ấp 3;;;;;;Nguyễn Văn Ba;;;1/1/2020;chiều;0\n",
    )
    told = (await house.admin.wait_for("chưa nhập gì", timeout=20)).text
    for line in (
        "Dòng 3: chưa ghi tên đội",
        "Dòng 4: không tìm thấy nơi «Không Có Xã Này»",
        "Dòng 5: không có lĩnh vực «làm bánh»",
        "Dòng 5: không có vai «đội phó»",
        "Dòng 5: chưa đọc được ngày «31/2/2026»",
        "Dòng 6: «Nguyễn Văn Ba» đã có ở dòng 2",
    ):
        assert line in told, told
    assert await house.number("SELECT count(*) FROM teams WHERE NOT is_default") == 0
    assert await house.number("SELECT count(*) FROM invites") == 0
    # The corrected file may follow at once.
    await house.admin.send_document(GOOD.encode(), "danh-sach (2).csv")
    await house.admin.wait_for("Danh sách đúng", timeout=20)


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"PK\x03\x04" + bytes(range(256)), "Đây là tệp Excel"),
        ("Đội\nTổ ấp 3".encode("cp1258", errors="replace"), "không đọc được chữ Việt"),
        (b"x" * 300_000, "Không tải được tệp"),
    ],
    ids=["excel", "old letters", "too large"],
)
async def test_a_file_of_another_kind_is_named(house: House, content: bytes, told: str) -> None:
    await send(house.admin, content)
    await house.admin.wait_for(told, timeout=20)
    await house.admin.say("Tổ ấp 3")
    await house.admin.wait_for("Đang chờ một tệp CSV")


async def test_two_presses_are_one_and_a_changed_world_is_told(house: House) -> None:
    await send(house.admin, GOOD)
    shown = await house.admin.wait_for("Danh sách đúng", timeout=20)
    await house.admin.tap("Nhập", on=shown, wait=False)
    await house.admin.wait_for("Đã nhập danh sách")
    assert await house.number("SELECT count(*) FROM invites") == 3
    await send(house.admin, GOOD.replace("Tổ ấp 5", "Tổ ấp 6"))
    shown = await house.admin.wait_for("Danh sách đúng", timeout=20)
    async with house.parts.database.work() as work:
        for team in await work.teams.all():
            if team.name == "Tổ ấp 3":
                admin = (await work.members.admins())[0]
                await work.members.change(admin.id, scope="04")
    toast = await house.admin.tap("Nhập", on=shown)
    assert "chưa nhập gì" in toast.text


async def test_a_spreadsheet_never_runs_what_somebody_is_called(house: House) -> None:
    text = 'Đội,Tỉnh,Địa chỉ,Họ tên\n\'=cmd|\' /C calc\'!A0,tất cả,\'+84 28 3874,"=HYPERLINK(""http://x"")"\n'
    rows = house.admin.file(await taken(house, text)).decode("utf-8-sig").splitlines()
    assert all(not cell.lstrip('"').startswith(("=", "+", "@")) for row in rows[1:] for cell in row.split(";"))
    assert "'+84 28 3874" in rows[1]


async def test_only_admins_import(house: House) -> None:
    await house.hire(house.minh)
    await house.minh.send_document(GOOD.encode(), "danh-sach.csv")
    assert await house.number("SELECT count(*) FROM team_lists") == 0
