"""Telegram's refusals, word for word, as a PTB `Bot` meets them."""

from __future__ import annotations

import aiohttp
import pytest
from telegram import (
    Bot,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InputMediaPhoto,
    ReplyKeyboardMarkup,
    ReplyParameters,
)
from telegram.error import BadRequest, ChatMigrated, Forbidden, InvalidToken, RetryAfter

from bot.playground import DEFAULT_TOKEN, BotApiServer, SeededWorld, samples
from tests.playground.conftest import HandClock


def keys(**action: str) -> InlineKeyboardMarkup:
    return InlineKeyboardMarkup([[InlineKeyboardButton("Nhận", **action)]])


async def refused(awaitable, kind: type[Exception], words: str) -> Exception:
    with pytest.raises(kind) as caught:
        await awaitable
    assert words.lower() in str(caught.value).lower()
    return caught.value


async def raw(server: BotApiServer, method: str, body: object = None, token: str = DEFAULT_TOKEN) -> tuple[int, dict]:
    async with (
        aiohttp.ClientSession() as session,
        session.post(f"{server.url}/bot{token}/{method}", json=body) as answer,
    ):
        return answer.status, await answer.json()


@pytest.mark.parametrize(
    ("html", "words"),
    [
        ("<p>x</p>", 'can\'t parse entities: Unsupported start tag "p" at byte offset 0'),
        ("ạ <b>x", "can't parse entities: Can't find end tag corresponding to start tag \"b\""),
        ("ạ <b>x</i>", 'Unmatched end tag at byte offset 8, expected "</b>", found "</i>"'),
        ("x</b>", "Unexpected end tag at byte offset 1"),
        ("5 < 6", 'Unsupported start tag "" at byte offset 2'),
        ("<b", "Unclosed start tag at byte offset 0"),
        ("<a href=>x</a", "Unclosed end tag"),
        ("<span>x</span>", 'Tag "span" must have class "tg-spoiler" at byte offset 0'),
    ],
)
async def test_html(bot: Bot, people: SeededWorld, html: str, words: str):
    await people.citizen.start()
    await refused(bot.send_message(1001, html, parse_mode="HTML"), BadRequest, words)


async def test_text_lengths(bot: Bot, people: SeededWorld):
    await people.citizen.start()
    await refused(bot.send_message(1001, "  \n"), BadRequest, "message text is empty")
    await refused(bot.send_message(1001, "<b> </b>", parse_mode="HTML"), BadRequest, "message text is empty")
    await refused(bot.send_message(1001, "x" * 4097), BadRequest, "message is too long")
    await refused(bot.send_message(1001, "😀" * 2049), BadRequest, "message is too long")
    assert await bot.send_message(1001, f"<b>{'x' * 4096}</b>", parse_mode="HTML")
    await refused(bot.send_photo(1001, samples.picture(), "x" * 1025), BadRequest, "message caption is too long")
    await refused(bot.send_photo(1001, b"no picture"), BadRequest, "IMAGE_PROCESS_FAILED")


async def test_keyboards(bot: Bot, people: SeededWorld, server: BotApiServer):
    await people.citizen.start()
    assert await bot.send_message(1001, "x", reply_markup=keys(callback_data="ạ" * 21 + "x"))
    await refused(
        bot.send_message(1001, "x", reply_markup=keys(callback_data="ạ" * 22)), BadRequest, "BUTTON_DATA_INVALID"
    )
    local = keys(url="http://localhost:8080/x")
    await refused(
        bot.send_message(1001, "x", reply_markup=local),
        BadRequest,
        "inline keyboard button URL 'http://localhost:8080/x' is invalid: Wrong HTTP URL",
    )
    await refused(
        bot.send_message(1001, "x", reply_markup=keys(url="ftp://a.vn/x")), BadRequest, "Unsupported URL protocol"
    )
    many = InlineKeyboardMarkup([[InlineKeyboardButton(str(i), callback_data=str(i))] for i in range(101)])
    await refused(bot.send_message(1001, "x", reply_markup=many), BadRequest, "reply markup is too long")
    server.assert_clean()
    for markup, words in (
        ({"inline_keyboard": None}, 'field "inline_keyboard" of the InlineKeyboardMarkup must be an Array'),
        ({"inline_keyboard": [{"text": "x"}]}, "must be an Array of Arrays"),
        ({"inline_keyboard": [[{"callback_data": "x"}]]}, 'Can\'t find field "text"'),
        ({"inline_keyboard": [[{"text": "x"}]]}, "Text buttons are unallowed in the inline keyboard"),
        ({"keyboard": [[{"text": ""}]]}, "must be non-empty"),
        ([], "object expected as reply markup"),
        ("{", "can't parse reply keyboard markup JSON object"),
    ):
        status, answer = await raw(server, "sendMessage", {"chat_id": 1001, "text": "x", "reply_markup": markup})
        assert status == 400 and words in answer["description"]


async def test_edits(bot: Bot, people: SeededWorld):
    said = await people.citizen.say("tôi viết")
    same = {"text": "<b>một</b>", "chat_id": 1001, "parse_mode": "HTML", "reply_markup": keys(callback_data="1")}
    sent = await bot.send_message(**same)
    await refused(
        bot.edit_message_text(message_id=sent.message_id, **same),
        BadRequest,
        "message is not modified: specified new message content and reply markup are exactly the same as a current "
        "content and reply markup of the message",
    )
    assert await bot.edit_message_text("một", 1001, sent.message_id, reply_markup=keys(callback_data="1"))
    await refused(bot.edit_message_text("hai", 1001, 999), BadRequest, "message to edit not found")
    await refused(bot.edit_message_text("hai", 1001, said.id), BadRequest, "message can't be edited")
    photo = await bot.send_photo(1001, samples.picture())
    await refused(
        bot.edit_message_text("hai", 1001, photo.message_id), BadRequest, "there is no text in the message to edit"
    )
    keyed = await bot.send_message(1001, "x", reply_markup=ReplyKeyboardMarkup([["Có"]]))
    await refused(bot.edit_message_text("hai", 1001, keyed.message_id), BadRequest, "message can't be edited")
    await refused(bot.edit_message_text("hai"), BadRequest, "message identifier is not specified")


async def test_what_is_not_there(bot: Bot, people: SeededWorld):
    await people.citizen.start()
    await refused(bot.delete_message(1001, 999), BadRequest, "message to delete not found")
    await refused(bot.copy_message(1001, 1001, 999), BadRequest, "message to copy not found")
    await refused(bot.forward_message(1001, 1001, 999), BadRequest, "message to forward not found")
    await refused(bot.pin_chat_message(1001, 999), BadRequest, "message to pin not found")
    reply = ReplyParameters(999)
    await refused(bot.send_message(1001, "x", reply_parameters=reply), BadRequest, "message to be replied not found")
    await refused(bot.send_message(424242, "x"), BadRequest, "chat not found")
    await refused(bot.send_message("@nobody", "x"), BadRequest, "chat not found")
    await refused(bot.get_file("nothing"), BadRequest, "wrong file_id")
    await refused(bot.get_chat_member(people.group.id, 424242), BadRequest, "user not found")
    await refused(bot.send_photo(1001, "nothing"), BadRequest, "wrong file identifier/HTTP URL specified")
    await refused(bot.send_photo(1001, "https://a.vn/x.png"), BadRequest, "failed to get HTTP URL content")
    await refused(
        bot.answer_callback_query("1"),
        BadRequest,
        "query is too old and response timeout expired or query ID is invalid",
    )
    await refused(bot.send_message(people.group.id, "x", message_thread_id=7), BadRequest, "message thread not found")
    await refused(bot.create_forum_topic(people.group.id, "x"), BadRequest, "the chat is not a forum")


async def test_people_who_will_not(bot: Bot, people: SeededWorld):
    await refused(bot.send_message(2001, "x"), Forbidden, "bot can't initiate conversation with a user")
    await people.minh.start()
    await people.minh.block()
    await refused(bot.send_message(2001, "x"), Forbidden, "bot was blocked by the user")
    await people.minh.unblock()
    assert await bot.send_message(2001, "x")
    await people.minh.deactivate()
    await refused(bot.send_message(2001, "x"), Forbidden, "user is deactivated")


async def test_groups_that_will_not(bot: Bot, people: SeededWorld, server: BotApiServer):
    small = server.group("Nhóm nhỏ", people.admin, people.minh, kind="group", bot="member")
    new = await people.admin.upgrade(small)
    migrated = await refused(bot.send_message(small.id, "x"), ChatMigrated, "migrated")
    assert migrated.new_chat_id == new.id
    assert await bot.send_message(new.id, "x")
    server.groups.mute(new)
    await refused(bot.send_message(new.id, "x"), BadRequest, "not enough rights to send text messages to the chat")
    await people.admin.kick_bot(new)
    await refused(bot.send_message(new.id, "x"), Forbidden, "bot was kicked from the supergroup chat")
    other = server.group("Nhóm nhỏ 2", people.admin, kind="group", bot="member")
    await people.admin.kick_bot(other)
    await refused(bot.send_message(other.id, "x"), Forbidden, "bot was kicked from the group chat")
    assert await bot.leave_chat(people.group.id)
    await refused(bot.send_message(people.group.id, "x"), Forbidden, "bot is not a member of the supergroup chat")
    stranger = server.group("Không có bot", people.admin, bot=None)
    await refused(bot.send_message(stranger.id, "x"), BadRequest, "chat not found")


async def test_deleting_has_its_time(bot: Bot, people: SeededWorld, clock: HandClock, server: BotApiServer):
    await people.citizen.start()
    sent = await bot.send_message(1001, "x")
    clock.forward(hours=49)
    await refused(bot.delete_message(1001, sent.message_id), BadRequest, "message can't be deleted for everyone")
    group = server.group("Nhóm", people.admin, people.minh, bot="member")
    said = await people.minh.say("/viec", chat=group)
    await refused(bot.delete_message(group.id, said.id), BadRequest, "message can't be deleted")


async def test_a_press_grows_old(bot: Bot, people: SeededWorld, clock: HandClock):
    await people.citizen.start()
    await bot.send_message(1001, "x", reply_markup=keys(callback_data="1"))
    await people.citizen.tap("Nhận", wait=False)
    query = (await bot.get_updates(timeout=1))[-1].callback_query
    clock.forward(seconds=16)
    await refused(query.answer(), BadRequest, "query is too old")


async def test_albums(bot: Bot, people: SeededWorld, server: BotApiServer):
    await people.citizen.start()
    one = [InputMediaPhoto(samples.picture())]
    await refused(bot.send_media_group(1001, one * 11), BadRequest, "too many messages to send as an album")
    assert await bot.send_media_group(1001, one) and "album of one" in str(server.violations[-1])


async def test_commands(bot: Bot):
    await refused(bot.set_my_commands([("Việc", "x")]), BadRequest, "BOT_COMMAND_INVALID")
    await refused(bot.set_my_commands([("viec", "")]), BadRequest, "BOT_COMMAND_DESCRIPTION_INVALID")


async def test_token_and_method(server: BotApiServer, people: SeededWorld):
    assert await raw(server, "getMe", token="7000000001:wrong") == (
        401,
        {"ok": False, "error_code": 401, "description": "Unauthorized"},
    )
    with pytest.raises(InvalidToken):
        await Bot("1:2", base_url=f"{server.url}/bot").initialize()
    assert await raw(server, "getme") == await raw(server, "getMe")
    assert not server.violations
    status, answer = await raw(server, "sendDice", {"chat_id": 1001})
    assert (status, answer["description"]) == (404, "Not Found")
    with pytest.raises(AssertionError, match="sendDice: no such method"):
        server.assert_clean()


async def test_missing_and_unknown_parameters(server: BotApiServer, people: SeededWorld):
    await people.citizen.start()
    for method, body, words in (
        ("sendMessage", {"text": "x"}, "chat_id is empty"),
        ("sendMessage", {"chat_id": 1001}, "message text is empty"),
        ("sendPhoto", {"chat_id": 1001}, "there is no photo in the request"),
        ("deleteMessage", {"chat_id": 1001}, "message identifier is not specified"),
        ("copyMessage", {"chat_id": 1001, "message_id": 1}, 'parameter "from_chat_id" is required'),
        ("sendChatAction", {"chat_id": 1001, "action": "dance"}, "wrong parameter action in request"),
        ("sendLocation", {"chat_id": 1001, "latitude": 1}, "longitude is empty"),
        ("sendMessage", {"chat_id": 1001, "text": "x", "parse_mode": "Text"}, "unsupported parse_mode"),
    ):
        status, answer = await raw(server, method, body)
        assert (status, answer["description"]) == (400, f"Bad Request: {words}")
    server.violations.clear()
    status, answer = await raw(server, "sendMessage", {"chat_id": 1001, "text": "x", "disable_notifications": True})
    assert status == 200 and answer["ok"]
    assert [str(v) for v in server.violations] == ["sendMessage: unknown parameter 'disable_notifications'"]
    server.violations.clear()
    both = {"inline_keyboard": [[{"text": "x", "url": "https://a.vn", "callback_data": "1"}]]}
    await raw(server, "sendMessage", {"chat_id": "1001", "text": 5, "reply_markup": both})
    assert sorted(v.what for v in server.violations) == [
        "reply_markup.inline_keyboard[0][0]: exactly one action wanted, not ['url', 'callback_data']",
        "text must be str",
    ]


async def test_pacing(bot: Bot, people: SeededWorld, server: BotApiServer, clock: HandClock):
    await people.citizen.start()
    server.pacing.enabled = True
    for _ in range(5):
        await bot.send_message(1001, "x")
    limited = await refused(bot.send_message(1001, "x"), RetryAfter, "Flood control exceeded")
    assert limited.retry_after == 1
    clock.forward(seconds=1)
    assert await bot.send_media_group(1001, [InputMediaPhoto(samples.picture())] * 3)
    for _ in range(20):
        await bot.send_message(people.group.id, "x")
        clock.forward(seconds=1)
    assert (await refused(bot.send_message(people.group.id, "x"), RetryAfter, "")).retry_after == 40


async def test_into_a_closed_topic_write_those_who_manage_topics(bot: Bot, people: SeededWorld, server: BotApiServer):
    forum = server.group("Tổ", people.admin, people.minh, forum=True)
    topic = await people.admin.open_topic(forum, "Phiếu")
    await people.admin.close_topic(forum, topic)
    assert await bot.send_message(forum.id, "vẫn được", message_thread_id=topic)
    server.groups.set_status(forum, people.bot.id, "member")
    await refused(bot.send_message(forum.id, "x", message_thread_id=topic), BadRequest, "TOPIC_CLOSED")
    await people.admin.delete_topic(forum, topic)
    await refused(bot.send_message(forum.id, "x", message_thread_id=topic), BadRequest, "message thread not found")
    assert await bot.send_message(forum.id, "chỗ chung")


async def test_a_deleted_group_says_so_or_is_a_kick(bot: Bot, people: SeededWorld, server: BotApiServer):
    small = server.group("Nhỏ", people.admin, kind="group")
    await people.admin.delete_group(small)
    await refused(bot.send_message(small.id, "x"), Forbidden, "the group chat was deleted")
    await people.admin.delete_group(people.group)
    await refused(bot.send_message(people.group.id, "x"), Forbidden, "bot was kicked from the supergroup chat")


async def test_a_silenced_bot_is_told_and_refused(bot: Bot, people: SeededWorld, server: BotApiServer):
    await people.admin.silence_bot(people.group)
    await refused(bot.send_message(people.group.id, "x"), BadRequest, "not enough rights to send text messages")
    told = [u for u in await bot.get_updates() if u.my_chat_member]
    assert told[-1].my_chat_member.new_chat_member.status == "restricted"
    assert not told[-1].my_chat_member.new_chat_member.can_send_messages


async def test_in_a_topic_what_answers_nothing_answers_its_opening(bot: Bot, people: SeededWorld, server: BotApiServer):
    forum = server.group("Tổ", people.admin, forum=True)
    topic = await people.admin.open_topic(forum, "Phiếu")
    said = await people.admin.say("nói chung", chat=forum, thread=topic)
    await people.admin.say("trả lời", chat=forum, reply_to=said)
    heard = [u.message for u in await bot.get_updates() if u.message and u.message.text]
    assert [m.reply_to_message.message_id for m in heard[-2:]] == [topic, said.id]
    assert heard[-2].reply_to_message.forum_topic_created
    assert all(m.is_topic_message and m.message_thread_id == topic for m in heard[-2:])
