"""Fifty personal numbers sent through every way: the database, the log, the group, the other side show none of them."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest

from bot.playground import BotApiServer, Person, SeededWorld
from tests.faults.helpdesk import claim, open_ticket, settle_in, settled
from tests.faults.secrets import PLANTED, found_in, lines
from tests.processes import Bot

pytestmark = pytest.mark.timeout(300)

ON_PURPOSE = "0399888777"
"""Shared with a yes: stands on the holder's panel until the ticket ends, and in no other place."""
SLOW = 60.0
"""A chat is written to once a second, and much was said before."""
A_CAPTION, A_TEXT = 13, 25
"""Sentences that fit a caption and a message; four captions or two messages hold all fifty."""


def texts() -> list[str]:
    return [lines(at, A_TEXT) for at in range(0, len(PLANTED), A_TEXT)]


def captions() -> list[str]:
    return [lines(at, A_CAPTION) for at in range(0, len(PLANTED), A_CAPTION)]


async def before_agreeing(server: BotApiServer, person: Person) -> None:
    asked = [await person.say(text) for text in texts()]
    await person.edit(asked[0], texts()[1])
    await person.send_photo(caption=captions()[0])
    await person.send_document(name="cccd 079085001234.pdf")
    await person.send_contact("0912345678")
    await person.say("/abc 0912345678 " + lines(0, 3))
    await person.say("/noio 0912345678 stk 19034567890123")
    for payload in ("0912345678", "g_0912345678", "moi_079085001234"):
        await person.start(payload)
    message = await person.wait_for("Link mời này không dùng được", since=0)
    for data in (
        "0912345678",
        "sg:19034567890123",
        "og:079085001234",
        "cl:79085001234567890123456789",
        "kp:0912345678",
    ):
        server.queues[server.people.bot().id].push("callback_query", pressed(person, message.id, data))


def pressed(person: Person, message: int, data: str) -> dict[str, Any]:
    """A press no button of ours carries: whoever writes his own client can send it."""
    user = {"id": person.id, "is_bot": False, "first_name": person.name}
    chat = {"id": person.id, "type": "private", "first_name": person.name}
    shown = {"message_id": message, "date": 1, "chat": chat, "text": "?"}
    return {"id": f"forged-{len(data)}", "from": user, "chat_instance": "1", "data": data, "message": shown}


async def stuck(person: Person) -> None:
    await person.start()
    await person.wait_for("Chào")
    await person.tap("Đồng ý")
    await person.wait_for("xã, phường nào")
    for text in texts():
        await person.say(text)  # a place that is none
    await person.start("g_gplx-doi")
    await person.wait_for(lambda m: "Từng bước" in m.labels)
    await person.tap("Từng bước")
    await person.wait_for("Bước 1")
    await person.tap("Tôi bị kẹt ở bước này")
    await person.wait_for("Kẹt chỗ nào")
    await person.say(texts()[0])
    await person.wait_for("số phiếu")
    await person.say(texts()[1])


async def talk(person: Person, other: Person) -> None:
    """Everything a citizen and his helper can send each other."""
    said = [await person.say(text) for text in texts()]
    await person.edit(said[0], texts()[1])
    for text in captions():
        await person.send_photo(caption=text)
        await person.wait_for("có số căn cước")
        await person.tap("Không có, gửi đi")
        album = await person.send_album(2, text)
        await person.wait_for("có số căn cước")
        await person.tap("Không có, gửi đi")
    await person.edit(album[0], lines(0, 5))
    await person.send_document(name="hộ chiếu C1234567.pdf")
    await person.send_document(name="0912 345 678.docx", caption=captions()[0])
    await person.send_contact("0912345678")
    await person.forward_from("Bà Tám 0912345678", texts()[0])
    heard = await other.wait_for("Người dân", since=0)
    for text in texts():
        written = await other.say(text, reply_to=heard)
        await other.edit(written, text + "\n" + lines(3, 4))
    for text in captions():
        await other.send_photo(caption=text)
        await other.send_album(2, text)
    await other.send_document(name="stk 19034567890123.xlsx")
    await other.send_contact("0987654321", "Người quen 0987654321")
    await other.forward_from("Ông Tư 0903111222", texts()[1])
    answer = await person.wait_for("Người hỗ trợ", since=0)
    await person.say(texts()[1], reply_to=answer)


async def between_colleagues(people: SeededWorld) -> None:
    """What members write for each other: notes, ready replies, help given face to face."""
    minh, hoa = people.minh, people.hoa
    await minh.say("/ghichu " + lines(0, 20))
    await minh.wait_for("Đã ghi chú", timeout=SLOW)
    noted = await minh.say("ghi chú: " + lines(20, 20))
    await minh.wait_for("Đã ghi chú", timeout=SLOW)
    await minh.edit(noted, lines(40, 12))
    await minh.say("/ghichu")
    await minh.wait_for("Nhắn ghi chú", timeout=SLOW)
    await minh.send_photo(caption=captions()[0])
    await minh.say(texts()[1])
    await minh.wait_for("Đã ghi chú", timeout=SLOW)
    await hoa.say("/mau")
    await hoa.tap("Thêm mẫu", on=await hoa.wait_for("Mẫu trả lời", timeout=SLOW))
    await hoa.tap("Khác", on=await hoa.wait_for("thuộc nhóm nào", timeout=SLOW))
    await hoa.wait_for("Nhắn tên ngắn", timeout=SLOW)
    await hoa.say("gọi 0912345678")
    await hoa.wait_for("Nhắn lời của mẫu", timeout=SLOW)
    await hoa.say("{0912345678}")
    await hoa.wait_for("Không có chỗ trống", timeout=SLOW)
    await hoa.say(lines(0, 20))
    await hoa.wait_for("Đã lưu mẫu", timeout=SLOW)
    await hoa.say("/mau")
    await hoa.tap("Khác (1)", on=await hoa.wait_for("Mẫu trả lời", timeout=SLOW))
    await hoa.tap("gọi 0xx", on=await hoa.wait_for("bấm để xem", timeout=SLOW))
    await hoa.wait_for("cccd", timeout=SLOW)
    await hoa.say("/nhapho")
    await hoa.tap("Đã đồng ý", on=await hoa.wait_for("đã đồng ý", timeout=SLOW))
    await hoa.wait_for("xã, phường nào", timeout=SLOW)
    await hoa.say("0912345678")
    await hoa.tap("Không rõ", on=await hoa.wait_for("xã, phường nào", timeout=SLOW))
    await hoa.wait_for("Việc gì?", timeout=SLOW)
    await hoa.say(lines(0, 4))
    await hoa.wait_for("• Việc:", timeout=SLOW)
    await hoa.say("/huy")
    await hoa.wait_for("Đã dừng", timeout=SLOW)


async def on_purpose(people: SeededWorld) -> None:
    """The one number that may be seen: by the holder, after a yes."""
    citizen = people.citizen
    await citizen.send_contact("0987654321")
    await citizen.tap("Không", on=await citizen.wait_for("xem số này (☎ 0xx…xx1)", timeout=SLOW))
    await citizen.send_contact(ON_PURPOSE)
    await citizen.tap("Cho xem", on=await citizen.wait_for("xem số này (☎ 0xx…xx7)", timeout=SLOW))
    await people.minh.wait_for(ON_PURPOSE, timeout=SLOW)


async def helper_alone(people: SeededWorld) -> None:
    """A helper's words that are for the bot, not for a citizen."""
    minh, hoa, group = people.minh, people.hoa, people.group
    await hoa.say("/hoi " + texts()[0])
    await hoa.say(texts()[1])
    await hoa.say("/ketnoi " + lines(0, 5), chat=group)
    await hoa.say(texts()[0], chat=group, reply_to=minh.last(group))
    await minh.tap("Gửi hướng dẫn", on=(await minh.wait_for(lambda m: "Gửi hướng dẫn" in m.labels, since=0)).id)
    await minh.wait_for("Gửi bài nào")
    await minh.tap("Bài khác…")
    await minh.wait_for("Nhắn vài chữ tên bài")
    await minh.say(texts()[0])
    await minh.tap("Đã giải quyết", on=(await minh.wait_for(lambda m: "Đã giải quyết" in str(m.labels), since=0)).id)
    await minh.wait_for("Bài nào lẽ ra trả lời được")


async def test_no_personal_number_gets_anywhere(
    server: BotApiServer, people: SeededWorld, make_bot: Callable[..., Bot]
):
    assert len({secret for _, secret in PLANTED}) == 50
    bot = make_bot(per_group_per_minute="60")
    hoa = server.people.user(people.hoa.id)
    hoa.first_name = "Hoa 0912345678"
    await bot.run()
    await settle_in(people)
    await open_ticket(people)
    await claim(people)
    newcomer, traveller = server.person("Người mới 0912345678", 5001), server.person("Bác Tư", 5002)
    await before_agreeing(server, newcomer)
    await stuck(traveller)
    await talk(people.citizen, people.minh)
    await on_purpose(people)
    await between_colleagues(people)
    await helper_alone(people)
    await settled(bot, server)
    assert bot.rows("SELECT id, error FROM inbox WHERE state = 'quarantined'") == [], bot.log

    # What stands in the tables, while it runs.
    for (table,) in bot.rows("SELECT name FROM sqlite_master WHERE type = 'table'"):
        for row in bot.rows(f"SELECT * FROM {table}"):
            assert found_in(" | ".join(map(str, row))) == [], table
            assert ON_PURPOSE not in str(row), table  # the ticket has ended
    # What any person or group was sent, the author himself included.
    told = [call for call in server.calls if call.method != "getUpdates"]
    assert len(told) > 100
    for call in told:
        said = json.dumps(call.params, ensure_ascii=False)
        assert found_in(said) == [], (call.method, call.params)
        assert ON_PURPOSE not in said or str(call.params["chat_id"]) == str(people.minh.id), call.params
    # The other side's phone as it shows it: copied pictures and files with their names, too.
    for person in (people.minh, people.hoa, people.admin, people.citizen):
        for message in person.messages():
            shows = {key: value for key, value in message.raw.items() if key not in ("reply_to_message", "chat")}
            assert not message.by_bot or found_in(json.dumps(shows, ensure_ascii=False)) == [], message
    for message in people.minh.messages(people.group):
        assert not message.by_bot or found_in(message.text) == []

    assert await bot.stop() == 0
    assert found_in(bot.log) == []
    assert ON_PURPOSE not in bot.log
    # Bytes of the file: what was blanked is gone from it, too.
    for file in bot.folder.glob("helpdesk.db*"):
        kept = file.read_bytes().decode("utf-8", "replace")
        assert found_in(kept) == [], file
        assert ON_PURPOSE not in kept, file
