"""`/sim` over HTTP, the page's files, who may call, and the snapshot."""

from __future__ import annotations

import asyncio
import base64
import json
from collections.abc import AsyncIterator
from pathlib import Path

import aiohttp
import pytest
from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup

from bot.playground import DEFAULT_TOKEN, BotApiServer, SeededWorld, samples, seed_world

KEYS = InlineKeyboardMarkup([[InlineKeyboardButton("Nhận", callback_data="1")]])


class Http:
    def __init__(self, session: aiohttp.ClientSession) -> None:
        self.session = session

    async def get(self, path: str) -> object:
        async with self.session.get(path) as answer:
            body = await answer.json()
            assert body["ok"], body
            return body["result"]

    async def post(self, path: str, status: int = 200, **body: object) -> object:
        async with self.session.post(f"/sim/{path}", json=body) as answer:
            got = await answer.json()
            assert answer.status == status, got
            return got["result"] if got["ok"] else got["description"]


@pytest.fixture
async def http(server: BotApiServer, people: SeededWorld) -> AsyncIterator[Http]:
    async with aiohttp.ClientSession(server.url) as session:
        yield Http(session)


async def test_acts(http: Http, bot: Bot, people: SeededWorld):
    said = await http.post("say", user=1001, text="xin chào")
    assert said["text"] == "xin chào"
    await http.post("edit", user=1001, message=said["id"], text="chào")
    photo = base64.b64encode(samples.picture()).decode()
    sent = await http.post("photo", user=1001, data=photo, caption="ảnh", reply_to=said["id"])
    async with http.session.get(f"/sim/file/{sent['file']}") as answer:
        assert await answer.read() == samples.picture() and answer.content_type == "image/png"
    for act in ("album", "voice", "video", "video_note", "document", "sticker", "location", "contact", "start"):
        await http.post(act, user=1001)
    await http.post("forward", user=1001, from_name="Ai đó", text="x")
    await http.post("forward", user=1001, message=said["id"])
    group = await http.post("create_group", user=3001, title="Nhóm")
    await http.post("add_bot", user=3001, chat=group["id"])
    await http.post("join", user=1001, chat=group["id"])
    await http.post("leave", user=1001, chat=group["id"])
    await http.post("upgrade", user=3001, chat=group["id"])
    await http.post("block", user=1001)
    await http.post("unblock", user=1001)
    new = await http.post("create_user", name="Cô Tư")
    await http.post("say", user=new["id"], text="x")
    await http.post("deactivate", user=new["id"])
    assert "xin chào" not in await http.post("transcript", user=1001)
    updates = await bot.get_updates()
    assert len(updates) > 15
    users = await http.get("/sim/users")
    assert "Cán bộ xã" in [user["first_name"] for user in users["users"]]


async def test_tap_waits(http: Http, bot: Bot, people: SeededWorld):
    await people.citizen.start()
    await bot.send_message(1001, "thẻ", reply_markup=KEYS)
    tap = asyncio.create_task(http.post("tap", user=1001, label="Nhận"))
    query = (await bot.get_updates(offset=-1, timeout=5))[-1].callback_query
    while query is None:
        query = (await bot.get_updates(offset=-1, timeout=5))[-1].callback_query
    await query.answer("được")
    assert (await tap)["text"] == "được"
    assert await http.post("tap", 400, user=1001, label="Không có") != ""
    assert "no answer" in await http.post("tap", 408, user=1001, label="Nhận", timeout=0.01)
    assert (await http.post("wait_for", user=1001, text="thẻ"))["text"] == "thẻ"


async def test_state_calls_faults_reset(http: Http, bot: Bot, people: SeededWorld, server: BotApiServer):
    await people.citizen.start()
    await bot.set_my_commands([("yeucau", "Yêu cầu")])
    await bot.send_message(1001, "thẻ", reply_markup=KEYS)
    state = await http.get("/sim/state?user=1001")
    (chat,) = state["chats"]
    assert chat["messages"][-1]["buttons"] == [[{"label": "Nhận", "data": "1", "url": ""}]]
    assert chat["commands"] == [{"command": "yeucau", "description": "Yêu cầu"}] and chat["started"]
    assert len((await http.get("/sim/state?user=2001"))["chats"]) == 2
    (call,) = await http.get("/sim/calls?method=sendMessage")
    assert call["params"]["reply_markup"]["inline_keyboard"][0][0]["text"] == "Nhận" and call["answer"]["ok"]
    await http.post("faults", kind="429", method="sendMessage", when="x")
    assert "no fault of kind" in await http.post("faults", 400, kind="flood")
    assert (await http.get("/sim/faults"))[0]["times"] == 1
    async with http.session.delete("/sim/faults") as answer:
        assert (await answer.json())["result"] == []
    assert await http.get("/sim/violations") == []
    again: list[int] = []

    async def forget() -> None:
        again.append(1)

    server.on_reset = forget
    before = people.citizen.last().id
    await http.post("reset")
    assert again == [1] and people.citizen.messages() == [] and server.calls == []
    assert (await people.citizen.start()).id > before


async def test_mistakes_are_told(http: Http):
    for verb, body, words in (
        ("say", {"user": 5}, "no person 5"),
        ("say", {}, "KeyError"),
        ("say", {"user": 1001, "text": ""}, "nothing typed"),
        ("photo", {"user": 1001, "data": "?"}, "data is not base64"),
        ("photo", {"user": 1001, "data": base64.b64encode(b"x").decode()}, "IMAGE_PROCESS_FAILED"),
        ("edit", {"user": 1001, "message": "x"}, "ValueError"),
    ):
        assert words in await http.post(verb, 400, **body)
    assert "no such act" in await http.post("dance", 404, user=1001)


async def test_events(http: Http, people: SeededWorld):
    async with http.session.get("/sim/events") as stream:
        assert await stream.content.readline() == b"retry: 1000\n"
        await people.citizen.say("chào")
        while not (line := await stream.content.readline()).startswith(b"data: "):
            pass
        event = json.loads(line[6:])
        assert event["kind"] == "message" and event["chat"] == 1001


async def test_only_this_machine(http: Http):
    for headers in ({"Host": "evil.example"}, {"Origin": "https://evil.example"}):
        async with http.session.post("/sim/reset", headers=headers) as answer:
            assert answer.status == 403
    async with http.session.get("/static/..%2fserver.py") as answer:
        assert answer.status == 404


async def test_snapshot(tmp_path: Path):
    path = tmp_path / "playground.json"
    async with BotApiServer(snapshot=path) as server:
        people = seed_world(server)
        await people.citizen.send_photo(caption="giấy tờ")
        group = people.group
        await people.minh.say("còn đây", chat=group)
        pending = list(server.queues[people.bot.id].pending)
    async with BotApiServer(snapshot=path) as server:
        people = seed_world(server)
        (photo,) = people.citizen.messages()
        assert photo.text == "giấy tờ" and people.citizen.file(photo) == samples.picture()
        assert people.minh.messages(group.id)[-1].text == "còn đây"
        assert server.queues[people.bot.id].pending == pending
        assert (await people.citizen.say("nữa")).id > photo.id
        async with Bot(DEFAULT_TOKEN, base_url=f"{server.url}/bot") as bot:
            updates = await bot.get_updates()
            assert len(updates) == len(pending) + 1 and len({u.update_id for u in updates}) == len(updates)
    path.write_text("{", encoding="utf-8")
    async with BotApiServer(snapshot=path) as server:
        assert seed_world(server).citizen.messages() == []
    assert path.with_suffix(".unreadable").read_text(encoding="utf-8") == "{"
