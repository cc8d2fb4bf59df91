"""What admins do from their phones: maintenance, notices, guides read again, figures."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from bot.guides.load import load
from bot.helpdesk.desk import Known
from tests.e2e.house import CARD, ROOT, SURE, UNSURE, House


async def test_in_maintenance_citizens_get_official_links_and_nothing_is_lost(desk: House) -> None:
    await desk.agreed(desk.citizen)
    neighbour = desk.newcomer("Bà Tư")
    await desk.agreed(neighbour)
    number = await desk.claimed(neighbour, desk.minh)
    await desk.admin.say("/baotri on")
    await desk.admin.wait_for("Đã bật bảo trì")
    await desk.citizen.say(SURE)
    notice = await desk.citizen.wait_for("đang bảo trì")
    assert all(button.url.startswith("https://") for row in notice.buttons for button in row)
    assert len(notice.labels) == 2
    row = (await desk.rows("SELECT text, outcome FROM requests ORDER BY id DESC"))[0]
    assert row == (SURE, "declined")
    await neighbour.say("tôi hỏi tiếp")
    await desk.minh.wait_for(f"(phiếu #{number}): tôi hỏi tiếp")
    await desk.admin.say("/baotri off")
    await desk.admin.wait_for("Đã tắt bảo trì")
    desk.clock.tick(60)
    await desk.citizen.say(SURE)
    await desk.citizen.wait_for(CARD)


async def test_maintenance_survives_a_restart_and_is_spelt_out(house: House) -> None:
    await house.admin.say("/baotri")
    await house.admin.wait_for("/baotri on hoặc /baotri off")
    await house.admin.say("/baotri on")
    await house.admin.wait_for("Đã bật")
    await house.restart()
    await house.citizen.say(SURE)
    await house.citizen.wait_for("đang bảo trì")


async def test_a_notice_on_a_platform_shows_on_every_card_that_uses_it(house: House) -> None:
    await house.admin.say("/thongbao")
    assert "vneid" in (await house.admin.wait_for("Các mã")).text
    await house.admin.say("/thongbao vneid đang bảo trì <b>tới 17:00</b>")
    await house.admin.wait_for("giờ hiện thông báo này")
    await house.citizen.say(SURE)
    card = await house.citizen.wait_for(CARD)
    assert "📢 VNeID: đang bảo trì <b>tới 17:00</b>" in card.text
    await house.citizen.tap("Từng bước")
    assert "📢" in (await house.citizen.wait_for("Bước 1/6")).text
    await house.admin.say("/thongbao vneid tat")
    await house.admin.wait_for("Đã tắt thông báo")
    house.clock.tick(60)
    await house.citizen.say(SURE)
    assert "📢" not in (await house.citizen.wait_for(CARD)).text


@pytest.fixture
def knowledge(tmp_path: Path) -> Path:
    """A few real guides that a test may change."""
    folder = tmp_path / "knowledge"
    folder.mkdir()
    for part in ("_sectors.yaml", "_platforms.yaml", "_territories.yaml", "_smalltalk.yaml"):
        shutil.copy(ROOT / "knowledge" / part, folder)
    shutil.copytree(ROOT / "knowledge" / "_vocabulary", folder / "_vocabulary")
    shutil.copytree(ROOT / "knowledge" / "giao-thong", folder / "giao-thong")
    return folder


async def test_guides_are_read_again_when_an_admin_says_so(house: House, knowledge: Path, known: Known) -> None:
    house.parts.desk.knowledge.root = knowledge
    file = knowledge / "giao-thong" / "gplx-doi.yaml"
    title = re.search(r"^title: (.+)$", file.read_text(), re.MULTILINE)
    assert title
    file.write_text(file.read_text().replace(title[0], 'title: "Đổi bằng lái, bản mới"', 1))
    await house.admin.say("/tailai")
    await house.admin.wait_for("Đang đọc lại")
    told = await house.admin.wait_for("Đã đọc lại sổ tay", timeout=30)
    assert f"{len(load(knowledge))} bài" in told.text
    await house.citizen.start("g_gplx-doi")
    await house.citizen.wait_for("Đổi bằng lái, bản mới")


async def test_a_broken_guide_changes_nothing_and_is_pointed_at(house: House, knowledge: Path) -> None:
    house.parts.desk.knowledge.root = knowledge
    file = knowledge / "giao-thong" / "gplx-doi.yaml"
    lines = file.read_text().splitlines()
    at = next(number for number, line in enumerate(lines) if line.startswith("kind:"))
    lines[at] = "kind: bay-muoi"
    file.write_text("\n".join(lines))
    await house.admin.say("/tailai")
    told = await house.admin.wait_for("chưa thay gì cả", timeout=30)
    assert f"gplx-doi.yaml:{at + 1}" in told.text
    await house.citizen.say(SURE)
    await house.citizen.wait_for(CARD)


async def test_volunteers_may_not(desk: House) -> None:
    for command in ("/thongke", "/tailai", "/baotri on", "/thongbao vneid x", "/moi"):
        await desk.minh.say(command)
        await desk.minh.wait_for("dành cho người của Tổ")
        await desk.citizen.say(command)
        await desk.citizen.wait_for("dành cho người của Tổ")


async def test_figures_equal_what_happened(desk: House) -> None:
    """Five questions of one citizen: answered, chosen, doubtful, not covered, small talk; two tickets of others."""
    await desk.agreed(desk.citizen)
    for words, answer in (
        (SURE, CARD),
        ("giấy phép lái xe sắp hết hạn thì đổi ở đâu", "giấy phép lái xe"),
        (UNSURE, "Cô bác cần việc nào ạ?"),
        ("làm giấy phép lái tàu", "chưa có trong sổ tay"),
        ("xin chào", "Chào cô bác"),
    ):
        await desk.citizen.say(words)
        await desk.citizen.wait_for(answer)
        desk.clock.tick(minutes=10)
    await desk.citizen.start("g_khai-sinh")
    await desk.citizen.wait_for("khai sinh")
    first, second = desk.newcomer("Bà Tư"), desk.newcomer("Chú Bảy")
    for neighbour in (first, second):
        await desk.agreed(neighbour)
    await desk.ticket(first)
    number = await desk.ticket(second)
    await desk.minh.wait_for(f"#{number}", chat=desk.group, since=0)
    await desk.minh.tap("Nhận", chat=desk.group, data=f"cl:{number}")
    await desk.minh.wait_for(f"Phiếu #{number}")
    desk.clock.tick(minutes=7)
    await desk.minh.say("chào cô ạ")
    await second.wait_for("chào cô ạ")
    await desk.minh.tap("Đã giải quyết")
    await second.wait_for("báo đã xong")
    await second.tap("Xong rồi")
    await second.wait_for("đã xong")

    await desk.admin.say("/thongke")
    told = (await desk.admin.wait_for("Thống kê")).text
    today, _, week = told.partition("7 ngày")
    for period in (today, week):
        assert "Câu hỏi: 8 (có hướng dẫn 2, hỏi lại 1, chuyển người 2, chưa giúp được 2, tự xem 1)" in period
        assert "Phiếu mới: 2 · dân xác nhận xong: 1" in period
        assert "Thường trả lời lần đầu sau: 7 phút" in period
        assert "Chưa trả lời được: 2" in period, "the doubtful and the uncovered; small talk wants no answer"
    assert "chờ 1 · đang giúp 0 · chờ dân 0 · xong 1 · chuyển 0 · hủy 0" in told
    assert "Làm lại thẻ căn cước" in told

    desk.clock.tick(days=1)
    await desk.admin.say("/thongke")
    told = (await desk.admin.wait_for("Thống kê")).text
    today, _, week = told.partition("7 ngày")
    assert "Câu hỏi: 0" in today
    assert "Câu hỏi: 8" in week
