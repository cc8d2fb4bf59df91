"""Updates: offsets, long poll, conflicts, webhook; and what each act of a person sends."""

from __future__ import annotations

import asyncio

import pytest
from aiohttp import web
from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup
from telegram.error import BadRequest, Conflict

from bot.playground import BotApiServer, Fault, SeededWorld
from tests.playground.conftest import HandClock, drain


async def test_unconfirmed_updates_come_back(bot: Bot, people: SeededWorld):
    for word in ("một", "hai", "ba"):
        await people.citizen.say(word)
    first = await bot.get_updates(limit=2)
    assert [u.message.text for u in first] == ["một", "hai"]
    assert [u.message.text for u in await bot.get_updates(limit=2)] == ["một", "hai"]
    rest = await bot.get_updates(offset=first[0].update_id + 1)
    assert [u.message.text for u in rest] == ["hai", "ba"]
    assert [u.message.text for u in await bot.get_updates(offset=-1)] == ["ba"]
    assert [u.message.text for u in await bot.get_updates()] == ["ba"]
    assert [u.message.text for u in await bot.get_updates(offset=rest[-1].update_id + 500)] == ["ba"]
    assert await bot.get_updates(offset=rest[-1].update_id + 1) == ()


async def test_long_poll_wakes(bot: Bot, people: SeededWorld, server: BotApiServer):
    poll = asyncio.create_task(bot.get_updates(timeout=30))
    await server.wait_for_call("getUpdates", lambda call: call.params.get("timeout") == 30, answered=False)
    await people.citizen.say("xin chào")
    (update,) = await asyncio.wait_for(poll, 5)
    assert update.message.text == "xin chào" and update.effective_user.language_code == "vi"


async def test_a_poller_that_died_loses_nothing(bot: Bot, people: SeededWorld, server: BotApiServer):
    waiting = lambda call: call.params.get("timeout") == 30  # noqa: E731
    dead = asyncio.create_task(bot.get_updates(timeout=30))
    await server.wait_for_call("getUpdates", waiting, answered=False)
    dead.cancel()
    await people.citizen.say("còn đó không")
    assert [u.message.text for u in await bot.get_updates(timeout=5)] == ["còn đó không"]


async def test_two_pollers(bot: Bot, people: SeededWorld, server: BotApiServer):
    first = asyncio.create_task(bot.get_updates(timeout=30))
    await server.wait_for_call("getUpdates", lambda call: call.params.get("timeout") == 30, answered=False)
    await bot.get_updates(timeout=0)
    with pytest.raises(Conflict, match="terminated by other getUpdates request; make sure that only one bot instance"):
        await first


async def test_allowed_updates(bot: Bot, people: SeededWorld):
    await bot.get_updates(allowed_updates=["callback_query", "chat_member"])
    await people.citizen.say("không nghe")
    await people.hoa.leave(people.group)
    (update,) = await bot.get_updates()
    assert update.chat_member.new_chat_member.status == "left" and update.chat_member.old_chat_member.status == "member"
    await drain(bot)
    await bot.get_updates(allowed_updates=[])
    await people.citizen.say("nghe")
    assert (await bot.get_updates())[0].message.text == "nghe"


async def test_ids_may_jump(clock: HandClock):
    async with BotApiServer(clock=clock, update_id_jump=1.0, seed=4) as server:
        server.add_bot()
        citizen = server.person("Bác Năm", 1001)
        async with Bot(next(iter(server.world.bots.values())).token, base_url=f"{server.url}/bot") as bot:
            seen, offset = [], 0
            for number in range(6):
                await citizen.say(str(number))
                (update,) = await bot.get_updates(offset=offset)
                seen.append(update.update_id)
                offset = update.update_id + 1
            assert seen != sorted(seen)


async def test_first_update_id(clock: HandClock):
    async with BotApiServer(clock=clock, first_update_id=7) as server:
        server.add_bot()
        await server.person("Bác Năm").start("moi_abc")
        assert server.queues[7000000001].pending[0][1]["message"]["text"] == "/start moi_abc"
        assert server.queues[7000000001].pending[0][0] == 7


async def test_update_faults(bot: Bot, people: SeededWorld, server: BotApiServer):
    server.faults.add(Fault("duplicate_update", "message", when="hai"))
    server.faults.add(Fault("lose_update", "message", when="ba"))
    for word in ("một", "hai", "ba", "bốn"):
        await people.citizen.say(word)
    updates = await bot.get_updates()
    assert [u.message.text for u in updates] == ["một", "hai", "hai", "bốn"]
    assert updates[1].update_id == updates[2].update_id
    await drain(bot)
    server.faults.add(Fault("shuffle_updates", "message", when="sáu"))
    await people.citizen.say("năm")
    await people.citizen.say("sáu")
    assert [u.message.text for u in await bot.get_updates()] == ["sáu", "năm"]


async def test_what_people_send_parses(bot: Bot, people: SeededWorld):
    citizen = people.citizen
    said = await citizen.say("xem https://vneid.gov.vn /huongdan")
    await citizen.edit(said, "sửa rồi")
    await citizen.send_album(3, "ba ảnh")
    await citizen.send_voice()
    await citizen.send_video_note()
    await citizen.send_video(caption="quay")
    await citizen.send_document(name="đơn.pdf")
    await citizen.send_location()
    await citizen.send_contact()
    await citizen.send_sticker()
    await citizen.forward_from("Người lạ", "trúng thưởng")
    await citizen.say("trả lời", reply_to=said)
    updates = await bot.get_updates()
    assert [e.type for e in updates[0].message.entities] == ["url", "bot_command"]
    assert updates[1].edited_message.text == "sửa rồi" and updates[1].edited_message.message_id == said.id
    album = [u.message for u in updates[2:5]]
    assert len({m.media_group_id for m in album}) == 1 and [m.caption for m in album] == ["ba ảnh", None, None]
    voice, note, video, document, location, contact, sticker, forward, reply = (u.message for u in updates[5:])
    assert voice.voice.mime_type == "audio/ogg" and note.video_note.length and video.caption == "quay"
    assert document.document.file_name == "đơn.pdf" and location.location.longitude and contact.contact.user_id == 1001
    assert sticker.sticker.emoji and forward.forward_origin.sender_user_name == "Người lạ"
    assert reply.reply_to_message.text == "sửa rồi"


async def test_membership_parses(bot: Bot, people: SeededWorld, server: BotApiServer):
    await bot.get_updates(allowed_updates=["message", "my_chat_member", "chat_member"])
    group = await people.admin.create_group("Nhóm mới", kind="group")
    await people.admin.add_bot(group)
    mine, service = await bot.get_updates()
    assert mine.my_chat_member.new_chat_member.status == "member" and mine.my_chat_member.chat.id == group.id
    assert service.message.new_chat_members[0].id == 7000000001
    await drain(bot)
    new = await people.admin.upgrade(group)
    old, fresh = (u.message for u in await bot.get_updates())
    assert old.migrate_to_chat_id == new.id and fresh.migrate_from_chat_id == group.id
    await drain(bot)
    await people.admin.kick_bot(new)
    assert (await bot.get_updates())[0].my_chat_member.new_chat_member.status == "kicked"
    await drain(bot)
    await people.citizen.join(people.group)
    joined, shown = await bot.get_updates()
    assert joined.chat_member.new_chat_member.user.id == 1001 and shown.message.new_chat_members[0].id == 1001
    await drain(bot)
    await people.citizen.start()
    await people.citizen.block()
    assert (await bot.get_updates())[-1].my_chat_member.new_chat_member.status == "kicked"


async def test_privacy_mode(bot: Bot, people: SeededWorld, server: BotApiServer):
    group = server.group("Nhóm", people.admin, people.minh, bot="member")
    await drain(bot)
    await people.minh.say("chuyện riêng", chat=group)
    await people.minh.say("/viec", chat=group)
    await people.minh.say("/viec@another_bot", chat=group)
    sent = await bot.send_message(group.id, "thẻ")
    await people.minh.say("trả lời", chat=group, reply_to=sent.message_id)
    assert [u.message.text for u in await bot.get_updates()] == ["/viec", "trả lời"]


class Hook:
    """A webhook that refuses the first so many."""

    def __init__(self, refusals: int = 0) -> None:
        self.refusals = refusals
        self.got: list[tuple[str | None, dict]] = []

    async def take(self, request: web.Request) -> web.Response:
        if self.refusals:
            self.refusals -= 1
            return web.Response(status=503)
        self.got.append((request.headers.get("X-Telegram-Bot-Api-Secret-Token"), await request.json()))
        return web.Response()


async def test_webhook(bot: Bot, people: SeededWorld, server: BotApiServer, unused_tcp_port: int):
    hook = Hook(refusals=2)
    app = web.Application()
    app.router.add_post("/telegram/7000000001", hook.take)
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", unused_tcp_port).start()
    try:
        poll = asyncio.create_task(bot.get_updates(timeout=30))
        await server.wait_for_call("getUpdates", lambda call: call.params.get("timeout") == 30, answered=False)
        await bot.set_webhook(f"http://127.0.0.1:{unused_tcp_port}/telegram/7000000001", secret_token="s3cret_-")
        with pytest.raises(Conflict, match="terminated by setWebhook"):
            await poll
        with pytest.raises(Conflict, match="can't use getUpdates method while webhook is active; use deleteWebhook"):
            await bot.get_updates()
        for word in ("một", "hai", "ba"):
            await people.citizen.say(word)
        await server.world.changes.until(lambda: True if len(hook.got) == 3 else None, 5, lambda: str(hook.got))
        assert [(secret, update["message"]["text"]) for secret, update in hook.got] == [
            ("s3cret_-", "một"),
            ("s3cret_-", "hai"),
            ("s3cret_-", "ba"),
        ]
        info = await bot.get_webhook_info()
        assert info.last_error_message == "Wrong response from the webhook: 503 Service Unavailable"
        await bot.delete_webhook()
        await people.citizen.say("bốn")
        assert [u.message.text for u in await bot.get_updates()] == ["bốn"]
        await bot.delete_webhook(drop_pending_updates=True)
        assert await bot.get_updates() == ()
    finally:
        await runner.cleanup()


@pytest.mark.parametrize(
    ("url", "secret", "words"),
    [
        ("http://example.com/x", "", "An HTTPS URL must be provided for webhook"),
        ("https://example.com/x", "có dấu", "secret token contains unallowed characters"),
        ("https://example.com/x", "x" * 257, "secret token is too long"),
    ],
)
async def test_webhook_refused(bot: Bot, url: str, secret: str, words: str):
    with pytest.raises(BadRequest, match=f"(?i){words}"):
        await bot.set_webhook(url, secret_token=secret or None)


async def test_press_carries_the_message(bot: Bot, people: SeededWorld):
    markup = InlineKeyboardMarkup([[InlineKeyboardButton("Nhận", callback_data="claim:1")]])
    await bot.send_message(people.group.id, "thẻ", reply_markup=markup)
    await people.minh.tap("Nhận", chat=people.group, wait=False)
    query = (await bot.get_updates())[-1].callback_query
    assert query.from_user.id == 2001 and query.message.chat.id == people.group.id
