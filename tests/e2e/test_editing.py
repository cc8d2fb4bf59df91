"""Admins change guides from their phones: files, small changes, mistakes, a second pair of eyes, undoing."""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from bot.app import build_desk
from bot.delivery.bell import Bell
from bot.delivery.sweeper import Sweeper
from bot.helpdesk.desk import Desk
from bot.helpdesk.publish import refresh
from bot.playground import BotApiServer, Person, SeenMessage
from bot.storage.database import Database
from tests.conftest import PostgresServer
from tests.e2e.house import House, RunningClock, open_house
from tests.guides.making import as_yaml, guide, knowledge

BUS, LIBRARY = "the-xe-buyt", "the-thu-vien"
BUS_LINES = [
    f"{who} {what}"
    for who in ("con tôi học lớp ba", "ông ngoại tám mươi tuổi", "em mới lên thành phố", "vợ tôi đi làm xa")
    for what in (
        "muốn đi xe buýt mỗi ngày",
        "muốn mua vé tháng xe buýt",
        "lên xe buýt bị hỏi thẻ",
        "làm rơi thẻ đi xe buýt",
        "hỏi tuyến xe buýt có giảm giá không",
    )
]
LIBRARY_LINES = [
    f"{who} {what}"
    for who in ("cháu nội", "học trò của tôi", "bà hàng xóm", "cô giáo trẻ")
    for what in (
        "thích mượn sách về nhà đọc",
        "muốn vào phòng đọc của huyện",
        "trả sách muộn bị giữ thẻ",
        "hỏi mượn truyện tranh",
        "muốn đọc báo cũ",
    )
]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    bus = guide(
        title="Làm thẻ xe buýt",
        asked_as=BUS_LINES,
        fees=[{"what": "Làm thẻ", "amount_vnd": 35000}],
        related=[LIBRARY],
    )
    library = guide(title="Làm thẻ thư viện", asked_as=LIBRARY_LINES)
    return knowledge(tmp_path, the_xe_buyt=bus, the_thu_vien=library)


@pytest.fixture
def database_url(request: pytest.FixtureRequest, storage: str, tmp_path: Path) -> Iterator[str]:
    """Tables alone: these tests have guides of their own."""
    if storage == "sqlite":
        file = tmp_path / "helpdesk.db"
        shutil.copy(request.getfixturevalue("migrated_sqlite"), file)
        yield f"sqlite+aiosqlite:///{file}"
        return
    server: PostgresServer = request.getfixturevalue("postgres")
    with server.migrated(request.getfixturevalue("migrated_postgres")) as url:
        yield url


@pytest.fixture
async def house(
    server: BotApiServer, clock: RunningClock, database_url: str, transport: str, folder: Path
) -> AsyncIterator[House]:
    house = open_house(server, clock, database_url, None, transport)
    house.knowledge = folder
    await house.open()
    yield house
    try:
        await house.assert_sound()
    finally:
        await house.close()


@asynccontextmanager
async def another_process(house: House) -> AsyncIterator[Desk]:
    """What a second process does with guides: its own database connections, catalogue and look every two seconds."""
    database = Database(house.database_url, house.clock)
    desk = build_desk(house.settings(), house.clock)
    await refresh(database, desk)
    sweeping = asyncio.create_task(Sweeper(database, desk, Bell()).run())
    try:
        yield desk
    finally:
        sweeping.cancel()
        await asyncio.wait({sweeping})
        await database.close()


async def soon(desk: Desk, text: str, *, gone: bool = False, guide: str = BUS) -> None:
    """A process has taken the text over, or let it go, within five seconds."""
    async with asyncio.timeout(5):
        while (text in (entry.text if (entry := desk.catalogue.get(guide)) else "")) == gone:
            await asyncio.sleep(0.05)


async def file_of(admin: Person, words: str = f"/sua {BUS}") -> tuple[SeenMessage, str]:
    await admin.say(words)
    sent = await admin.wait_for(lambda message: message.kind == "document")
    return sent, admin.file(sent).decode()


async def send_back(admin: Person, text: str, name: str = f"{BUS}.yaml", reply_to: SeenMessage | None = None) -> None:
    await admin.send_document(text.encode(), name, mime="application/x-yaml", reply_to=reply_to)


async def card(house: House, guide: str = BUS) -> str:
    await house.citizen.start(f"g_{guide}")
    return (await house.citizen.wait_for(lambda message: "Làm thẻ" in message.text or "không còn" in message.text)).text


@pytest.mark.parametrize("storage", ["sqlite", "postgresql"])
async def test_the_whole_story(house: House) -> None:
    admin, here = house.admin, house.parts.desk
    async with another_process(house) as there:
        # The file, and the guide as citizens see it.
        sent, text = await file_of(admin)
        assert "Bản đang dùng: theo tệp của sổ tay" in sent.text
        assert sent.labels == ["Sửa lệ phí", "Sửa thời hạn", "Thêm cách hỏi", "Thêm thông báo", "Lịch sử"]
        assert await admin.wait_for("Ra Trung tâm phục vụ", since=0)

        # A broken file: told by line, in plain words; nothing changed.
        broken = text.replace("35000", "bảy mươi nghìn").replace("time: 3 ngày\n", "")
        line = next(n for n, line in enumerate(broken.splitlines(), 1) if "bảy mươi nghìn" in line)
        await send_back(admin, broken)
        refused = await admin.wait_for("còn chỗ sai")
        assert f"Dòng {line}: «lệ phí 1, số tiền» phải là số, đang là «bảy mươi nghìn»" in refused.text
        assert "«thời hạn» thiếu mục này" in refused.text
        assert "Chưa có gì thay đổi" in refused.text

        # Words that another guide has.
        await send_back(admin, text.replace(BUS_LINES[0], LIBRARY_LINES[0].upper()))
        refused = await admin.wait_for("còn chỗ sai")
        assert f"đã có ở bài {LIBRARY}" in refused.text

        # The same file again.
        await send_back(admin, text)
        await admin.wait_for("giống hệt bản đang dùng")
        assert "3 ngày" in await card(house)

        # A right file: shown as citizens will see it, dropped, sent again, published; both processes take it over.
        await send_back(admin, text.replace("time: 3 ngày", "time: Chín ngày"))
        shown = await admin.wait_for("Bản mới của")
        assert "Đổi: thời hạn" in shown.text
        assert "Chín ngày" in shown.text
        assert "0 câu đã hỏi 90 ngày qua: 0 câu đổi bài" in shown.text
        await admin.tap("Bỏ")
        await admin.wait_for("Đã bỏ bản sửa")
        await send_back(admin, text.replace("time: 3 ngày", "time: Chín ngày"), "ten khac.yml", reply_to=sent)
        await admin.wait_for("Bản mới của")
        await admin.tap("Các bước")
        assert "1. Ra xã." in (await admin.wait_for("Nhận thẻ.")).text
        assert "3 ngày" in await card(house)
        await admin.tap("Đăng")
        await admin.wait_for("Đã đăng")
        for desk in (here, there):
            await soon(desk, "Chín ngày")
        assert "Chín ngày" in await card(house)

        # A file taken before that is not put over it.
        await send_back(admin, text.replace("Ra xã.", "Ra phường."))
        await admin.wait_for("đã có người đăng bản khác")

        # Undone.
        await admin.say(f"/sua {BUS} lichsu")
        listed = await admin.wait_for("Các bản đã đăng")
        assert f"{admin.name} · gửi tệp · đang dùng" in listed.text
        await admin.tap("Khôi phục bản trong tệp")
        await admin.wait_for("Đã khôi phục")
        for desk in (here, there):
            await soon(desk, "Chín ngày", gone=True)
        assert "3 ngày" in await card(house)
        listed = await admin.wait_for("khôi phục · đang dùng", since=0)
        await admin.tap("Khôi phục bản", on=listed)
        await soon(there, "Chín ngày")
    kinds = await house.rows("SELECT guide, member_id FROM events WHERE kind = 'published'")
    assert [row.guide for row in kinds] == [BUS] * 3
    assert all(row.member_id for row in kinds)


async def test_a_small_change_needs_no_file(house: House) -> None:
    admin, desk = house.admin, house.parts.desk
    await house.agreed(house.citizen)
    await house.citizen.say(BUS_LINES[0])
    await file_of(admin)
    await admin.tap("Sửa lệ phí")
    await admin.wait_for("Mức mới của «Làm thẻ»")
    await admin.say("bảy mươi nghìn")
    await admin.wait_for("Chưa hiểu số tiền này")
    await admin.say("35.000 → 70.000 từ 1/1/2027")
    shown = await admin.wait_for("Bản mới của")
    assert "35.000 đ (đến hết 31/12/2026)" in shown.text
    assert "70.000 đ. Áp dụng từ 1/1/2027" in shown.text
    assert "1 câu đã hỏi 90 ngày qua: 0 câu đổi bài" in shown.text
    await admin.tap("Đăng")
    await soon(desk, "70000")

    for label, asked, words, wanted in (
        ("Sửa thời hạn", "Đang là: 3 ngày", "5 ngày làm việc", "time: 5 ngày làm việc"),
        ("Thêm cách hỏi", "Mỗi dòng một câu", "lỡ giặt luôn thẻ\nthẻ bị chó cắn nát", "- thẻ bị chó cắn nát"),
        ("Thêm thông báo", "đầu thẻ", "Máy in thẻ đang hỏng", "notice: Máy in thẻ đang hỏng"),
    ):
        await file_of(admin)
        await admin.tap(label)
        await admin.wait_for(asked)
        await admin.say(words)
        await admin.wait_for("Bản mới của")
        await admin.tap("Đăng")
        await admin.wait_for("Đã đăng")
        await soon(desk, wanted)
    assert "📢 Máy in thẻ đang hỏng" in await card(house)
    _, text = await file_of(admin)
    assert "70000" in text
    assert "5 ngày làm việc" in text

    await admin.tap("Thêm thông báo")
    await admin.wait_for("đầu thẻ")
    await admin.say("tắt")
    await admin.wait_for("Bản mới của")
    await admin.tap("Đăng")
    await soon(desk, "notice", gone=True)


@pytest.mark.parametrize(
    ("summary", "time", "stale"),
    [
        ("Ra xã. Không quá 3 ngày.", "Chín ngày", True),
        ("Ra xã. Không quá 3 ngày.", "3 ngày làm việc", False),
        ("Ra xã. Mang theo thẻ cũ.", "Chín ngày", False),
    ],
)
async def test_a_former_time_still_told_elsewhere_is_pointed_out(
    house: House, folder: Path, summary: str, time: str, stale: bool
) -> None:
    """The card would tell the old time and the new one."""
    written = as_yaml(guide(title="Làm thẻ xe buýt", asked_as=BUS_LINES, summary=summary))
    (folder / "giay-to" / f"{BUS}.yaml").write_text(written, "utf-8")
    await house.restart()
    await file_of(house.admin)
    await house.admin.tap("Sửa thời hạn")
    await house.admin.wait_for("Đang là: 3 ngày")
    await house.admin.say(time)
    shown = await house.admin.wait_for("Bản mới của")
    assert ("Nhắc: tóm tắt, các bước hoặc lưu ý còn nhắc 3 ngày;" in shown.text) is stale


async def test_a_restart_keeps_what_was_published(house: House) -> None:
    _, text = await file_of(house.admin)
    await send_back(house.admin, text.replace("time: 3 ngày", "time: Chín ngày"))
    await house.admin.wait_for("Bản mới của")
    await house.admin.tap("Đăng")
    await house.admin.wait_for("Đã đăng")
    await house.restart()
    assert "Chín ngày" in await card(house)


async def test_a_new_guide_waits_for_a_second_admin(house: House) -> None:
    admin, second = house.admin, house.newcomer("Chị Mai")
    _, template = await file_of(admin, "/sua moi the-hoc-sinh")
    assert "Bài mới: the-hoc-sinh" in template
    await send_back(admin, template, "the-hoc-sinh.yaml")
    await admin.wait_for("còn chỗ sai")

    written = as_yaml(guide(title="Làm thẻ học sinh", asked_as=[f"{line} ở trường" for line in LIBRARY_LINES]))
    await send_back(admin, written, "the-hoc-sinh (2).yaml")
    await admin.wait_for("thuộc mục nào")
    await admin.tap("Giấy tờ")
    await admin.wait_for("Bài mới the-hoc-sinh")
    await admin.tap("Đăng")
    await admin.wait_for("Chưa có quản trị thứ hai")
    await admin.tap("Bỏ")
    await admin.wait_for("Đã bỏ")

    await second.start(await house.invite("quản trị"))
    await second.wait_for("Chào mừng")
    await send_back(admin, written, "the-hoc-sinh.yaml")
    await admin.wait_for("thuộc mục nào")
    await admin.tap("Giấy tờ")
    await admin.wait_for("Bài mới the-hoc-sinh")
    await admin.tap("Đăng")
    await admin.wait_for("Chờ một quản trị khác xác nhận")
    assert "Đăng" not in " ".join(admin.last().labels)
    asked = await second.wait_for(f"{admin.name} đề nghị đăng")
    assert "không còn" in await card(house, "the-hoc-sinh")
    await second.tap("Đăng", on=asked)
    await second.wait_for("Đã đăng")
    await admin.wait_for("Đã đăng", since=0)
    await soon(house.parts.desk, "thẻ học sinh", guide="the-hoc-sinh")
    assert "Làm thẻ học sinh" in await card(house, "the-hoc-sinh")

    await second.say("/sua the-hoc-sinh lichsu")
    await second.wait_for("bài mới · đang dùng")
    await second.tap("gỡ bài này")
    await second.wait_for("Đã khôi phục")
    await soon(house.parts.desk, "thẻ học sinh", gone=True, guide="the-hoc-sinh")
    assert "không còn" in await card(house, "the-hoc-sinh")


async def test_an_admin_of_one_place_proposes_only(house: House) -> None:
    local = house.newcomer("Anh Phú")
    await local.start(await house.invite("quản trị"))
    await local.wait_for("Chào mừng")
    async with house.parts.database.work() as work:
        (member,) = [m for m in await work.members.admins() if m.name == local.name]
        await work.members.change(member.id, scope="27676")
    _, text = await file_of(local)
    await send_back(local, text.replace("time: 3 ngày", "time: Chín ngày"))
    await local.wait_for("Bản mới của")
    await local.tap("Đăng")
    await local.wait_for("Chờ một quản trị khác xác nhận")
    asked = await house.admin.wait_for("Anh Phú đề nghị đăng", since=0)
    await house.admin.tap("Đăng", on=asked)
    await soon(house.parts.desk, "Chín ngày")
    await local.say(f"/sua {BUS} lichsu")
    await local.wait_for("đang dùng")
    toast = await local.tap("Khôi phục bản trong tệp")
    assert "phạm vi toàn hệ thống" in toast.text


async def test_only_admins_change_guides(house: House) -> None:
    await house.hire(house.minh)
    await house.minh.say(f"/sua {BUS}")
    await house.minh.wait_for("dành cho người của Tổ")
    await house.citizen.say(f"/sua {BUS}")
    await house.citizen.wait_for("dành cho người của Tổ")
    await send_back(house.minh, "title: x")
    await house.minh.wait_for("chưa xem được")
    assert await house.number("SELECT count(*) FROM guide_versions") == 0


async def test_a_guide_is_found_by_words(house: House) -> None:
    await house.admin.say("/sua làm rơi thẻ đi xe buýt")
    await house.admin.wait_for("Sửa bài nào?")
    await house.admin.tap("Làm thẻ xe buýt")
    await house.admin.wait_for(lambda message: message.kind == "document")
    await house.admin.say("/sua")
    await house.admin.wait_for("/sua moi")
    await house.admin.say(f"/sua moi {BUS}")
    await house.admin.wait_for("Đã có bài mã này")
    await house.admin.say("/sua moi Thẻ Mới")
    await house.admin.wait_for("chữ thường không dấu")


@pytest.mark.parametrize("storage", ["sqlite", "postgresql"])
async def test_what_is_overdue_for_review_is_listed_once_a_week(house: House, folder: Path) -> None:
    await house.admin.start()
    await file_of(house.admin)
    late = folder / "giay-to" / f"{BUS}.yaml"
    late.write_text(late.read_text("utf-8").replace("2027-07-18", "2026-02-08"), "utf-8")
    await house.restart()  # the sweep of every few hours begins with the process
    listed = await house.admin.wait_for("quá hạn xem lại")
    assert "1 bài" in listed.text
    assert "• Làm thẻ xe buýt (8/2/2026)" in listed.text
    assert listed.labels == ["Làm thẻ xe buýt"]
    await house.admin.tap("Làm thẻ xe buýt", on=listed)
    await house.admin.wait_for(lambda message: message.kind == "document")
    await house.citizen.start()
    await house.citizen.wait_for("Trợ lý")
    assert "quá hạn xem lại" in await card(house)

    def told() -> int:
        return sum("bài đã quá hạn" in message.text for message in house.admin.messages())

    house.clock.tick(days=5)
    await house.restart()
    await house.quiet()
    assert told() == 1  # neither a restart nor a reader starts the week anew
    house.clock.tick(days=3)
    await house.restart()
    async with asyncio.timeout(5):
        while told() < 2:
            await asyncio.sleep(0.05)


async def test_two_decisions_about_one_change(house: House) -> None:
    admin = house.admin
    _, text = await file_of(admin)
    await send_back(admin, text.replace("time: 3 ngày", "time: Chín ngày"))
    first = await admin.wait_for("Bản mới của")
    await send_back(admin, text.replace("time: 3 ngày", "time: Mười ngày"))
    second = await admin.wait_for("Mười ngày")
    await admin.tap("Đăng", on=first)
    await admin.wait_for("Đã đăng")
    toast = await admin.tap("Đăng", on=second)
    assert "đã đổi từ lúc soạn" in toast.text


async def test_what_is_no_text_and_what_is_too_large(house: House) -> None:
    admin = house.admin
    await admin.send_document(b"\xff\xfe\x00t", f"{BUS}.yaml")
    await admin.wait_for("UTF-8")
    await admin.send_document(b"a" * 200_001, f"{BUS}.yaml")
    await admin.wait_for("quá lớn")


async def test_a_change_in_hand_when_the_process_ended_is_looked_at_again(house: House) -> None:
    _, text = await file_of(house.admin)
    async with house.parts.database.work() as work:
        member = (await work.members.admins())[0]
        version = await work.guide_versions.add(
            BUS,
            "giay-to",
            member.id,
            house.parts.channel.bot,
            "file",
            text=text.replace("3 ngày", "Chín ngày"),  # type: ignore[arg-type]
        )
        assert await work.guide_versions.claim("another:bot", 3600) is None
        assert await work.guide_versions.claim(house.parts.channel.bot, 3600)
        assert await work.guide_versions.claim(house.parts.channel.bot, 3600) is None
    assert version.state == "received"
    await house.restart()
    await house.admin.wait_for("Chín ngày")
