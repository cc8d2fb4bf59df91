"""Every method through a real PTB `Bot`: answers parse, effects are seen by people, nothing counts as a violation."""

from __future__ import annotations

import asyncio

import pytest
from telegram import (
    Bot,
    BotCommand,
    BotCommandScopeAllPrivateChats,
    BotCommandScopeChatMember,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InlineQueryResultArticle,
    InputMediaDocument,
    InputMediaPhoto,
    InputTextMessageContent,
    LinkPreviewOptions,
    MenuButtonCommands,
    ReplyKeyboardMarkup,
    ReplyKeyboardRemove,
    ReplyParameters,
)
from telegram.constants import ChatAction, ParseMode

from bot.playground import BotApiServer, SeededWorld, samples

KEYS = InlineKeyboardMarkup(
    [
        [
            InlineKeyboardButton("Nhận", callback_data="claim:1"),
            InlineKeyboardButton("Mở", url="https://dichvucong.gov.vn"),
        ]
    ]
)


@pytest.fixture(autouse=True)
def clean(server: BotApiServer):
    yield
    server.assert_clean()


async def test_every_place_in_a_group_parses(bot: Bot, people: SeededWorld, server: BotApiServer):
    server.groups.set_status(people.group, 2001, "restricted", rights={"can_send_messages": True})
    server.groups.set_status(people.group, 2002, "kicked")
    server.groups.promote(people.group, 1001, 3001, can_delete_messages=False)
    places = [await bot.get_chat_member(people.group.id, user_id) for user_id in (2001, 2002, 1001, 3001)]
    assert [place.status for place in places] == ["restricted", "kicked", "administrator", "creator"]
    assert not places[2].can_delete_messages and places[2].can_invite_users


async def test_mention_by_number(bot: Bot, people: SeededWorld):
    sent = await bot.send_message(people.group.id, '<a href="tg://user?id=2001">Minh</a>', parse_mode="HTML")
    assert sent.entities[0].user.first_name == "Anh Minh"


async def test_get_me(bot: Bot):
    me = await bot.get_me()
    assert me.is_bot and me.id == 7000000001 and me.username == "tro_ly_so_thu_bot"


async def test_send_message(bot: Bot, people: SeededWorld):
    await people.citizen.start()
    sent = await bot.send_message(
        1001,
        "<b>Cấp lại</b> &lt;thẻ&gt; <a href='https://vneid.gov.vn'>ở đây</a>",
        parse_mode=ParseMode.HTML,
        reply_markup=KEYS,
        link_preview_options=LinkPreviewOptions(is_disabled=True),
    )
    assert sent.text == "Cấp lại <thẻ> ở đây"
    assert [(e.type, sent.parse_entity(e)) for e in sent.entities] == [("bold", "Cấp lại"), ("text_link", "ở đây")]
    assert sent.reply_markup == KEYS
    seen = people.citizen.last()
    assert seen.text == sent.text and seen.labels == ["Nhận", "Mở"] and seen.by_bot
    assert seen.sender == "Trợ lý số (chạy thử)"


async def test_reply_quotes_what_it_answers(bot: Bot, people: SeededWorld):
    asked = await people.citizen.say("mất thẻ")
    sent = await bot.send_message(1001, "Dạ", reply_parameters=ReplyParameters(asked.id))
    assert sent.reply_to_message.text == "mất thẻ"
    lost = ReplyParameters(999, allow_sending_without_reply=True)
    assert (await bot.send_message(1001, "Dạ", reply_parameters=lost)).reply_to_message is None


async def test_edit_and_delete(bot: Bot, people: SeededWorld, server: BotApiServer):
    await people.citizen.start()
    sent = await bot.send_message(1001, "một", reply_markup=KEYS)
    edited = await bot.edit_message_text("hai", 1001, sent.message_id)
    assert edited.text == "hai" and edited.reply_markup is None and edited.edit_date
    assert people.citizen.last().edited
    again = await bot.edit_message_reply_markup(1001, sent.message_id, reply_markup=KEYS)
    assert again.reply_markup == KEYS
    assert await bot.delete_message(1001, sent.message_id)
    assert [m.text for m in people.citizen.messages()] == ["/start"]
    more = [(await bot.send_message(1001, str(i))).message_id for i in range(3)]
    assert await bot.delete_messages(1001, [*more, 999])
    assert len(people.citizen.messages()) == 1


async def test_media(bot: Bot, people: SeededWorld):
    await people.citizen.start()
    photo = await bot.send_photo(1001, samples.picture(), caption="<i>ảnh</i>", parse_mode="HTML")
    assert photo.photo[-1].width == 320 and photo.caption_entities[0].type == "italic"
    again = await bot.send_photo(1001, photo.photo[-1].file_id)
    assert again.photo[-1].file_id == photo.photo[-1].file_id
    document = await bot.send_document(1001, samples.paper(), filename="đơn.pdf", caption="đơn")
    assert document.document.file_name == "đơn.pdf"
    assert (await bot.send_voice(1001, samples.voice(), duration=4)).voice.duration == 4
    assert (await bot.send_video(1001, samples.video())).video.mime_type == "video/mp4"
    assert (await bot.send_video_note(1001, samples.video())).video_note.length
    assert (await bot.send_sticker(1001, samples.picture(64, 64))).sticker.width == 512
    assert (await bot.send_location(1001, 10.4, 106.9)).location.latitude == 10.4
    assert (await bot.send_contact(1001, "0900", "Minh")).contact.first_name == "Minh"
    caption = await bot.edit_message_caption(1001, photo.message_id, caption="khác")
    assert caption.caption == "khác"
    assert people.citizen.file(people.citizen.messages()[1]) == samples.picture()


async def test_media_group(bot: Bot, people: SeededWorld):
    await people.citizen.start()
    album = await bot.send_media_group(
        1001, [InputMediaPhoto(samples.picture(), caption="hai ảnh"), InputMediaPhoto(samples.picture(tone=9))]
    )
    assert len(album) == 2 and album[0].media_group_id == album[1].media_group_id and album[0].caption == "hai ảnh"
    papers = await bot.send_media_group(1001, [InputMediaDocument(samples.paper(), filename=f"{i}.pdf") for i in "ab"])
    assert papers[0].document


async def test_files_come_back(bot: Bot, people: SeededWorld):
    await people.citizen.send_photo(caption="màn hình")
    update = (await bot.get_updates(timeout=1))[-1]
    file = await bot.get_file(update.message.photo[-1].file_id)
    assert bytes(await file.download_as_bytearray()) == samples.picture()


async def test_copy_and_forward(bot: Bot, people: SeededWorld):
    sent = await people.citizen.send_photo(caption="giấy tờ")
    await people.minh.start()
    copied = await bot.copy_message(2001, 1001, sent.id, caption="che số rồi", reply_markup=KEYS)
    last = people.minh.last()
    assert (last.id, last.text, last.kind, last.labels) == (copied.message_id, "che số rồi", "photo", ["Nhận", "Mở"])
    forwarded = await bot.forward_message(2001, 1001, sent.id)
    assert forwarded.forward_origin.sender_user.id == 1001 and forwarded.caption == "giấy tờ"


async def test_press_and_answer(bot: Bot, people: SeededWorld):
    await people.citizen.start()
    await bot.send_message(1001, "card", reply_markup=KEYS)
    tap = await people.citizen.tap("nhận", wait=False)
    query = (await bot.get_updates(timeout=1))[-1].callback_query
    assert query.data == "claim:1" and query.message.text == "card" and query.chat_instance
    assert await query.answer("Đã nhận", show_alert=True)
    toast = await people.citizen.wait_answer(tap.press_id)
    assert (toast.text, toast.alert) == ("Đã nhận", True)
    assert (await people.citizen.tap("Mở")).url == "https://dichvucong.gov.vn"


async def test_chat_reads(bot: Bot, people: SeededWorld):
    group = people.group.id
    chat = await bot.get_chat(group)
    assert chat.title == "Tổ CNSCĐ (nhóm)" and chat.type == "supergroup"
    assert (await bot.get_chat_member(group, 2001)).status == "member"
    assert (await bot.get_chat_member(group, 1001)).status == "left"
    admins = {member.user.id: member.status for member in await bot.get_chat_administrators(group)}
    assert admins == {3001: "creator", 7000000001: "administrator"}
    assert await bot.get_chat_member_count(group) == 4
    await people.citizen.start()
    assert (await bot.get_chat(1001)).first_name == "Bác Năm"
    assert (await bot.get_chat_member(1001, 1001)).status == "member"


async def test_topics(bot: Bot, people: SeededWorld, server: BotApiServer):
    forum = server.group("Diễn đàn", people.admin, people.minh, forum=True)
    topic = await bot.create_forum_topic(forum.id, "Phiếu #1")
    sent = await bot.send_message(forum.id, "thẻ", message_thread_id=topic.message_thread_id)
    assert sent.is_topic_message and sent.message_thread_id == topic.message_thread_id
    answer = await people.minh.say("trả lời", reply_to=people.minh.last(forum))
    assert answer.thread_id == topic.message_thread_id
    assert await bot.close_forum_topic(forum.id, topic.message_thread_id)
    assert await bot.reopen_forum_topic(forum.id, topic.message_thread_id)


async def test_commands_by_scope(bot: Bot, people: SeededWorld):
    await bot.set_my_commands([BotCommand("huongdan", "Hướng dẫn")])
    await bot.set_my_commands([BotCommand("yeucau", "Yêu cầu")], scope=BotCommandScopeAllPrivateChats())
    scope = BotCommandScopeChatMember(people.group.id, 2001)
    await bot.set_my_commands([BotCommand("viec", "Việc của tôi")], scope=scope)
    assert [c.command for c in await bot.get_my_commands(scope=scope)] == ["viec"]
    assert people.citizen.commands() == ["yeucau"]
    assert people.minh.commands(people.group) == ["viec"]
    assert people.hoa.commands(people.group) == ["huongdan"]
    await bot.delete_my_commands(scope=scope)
    assert people.minh.commands(people.group) == ["huongdan"]


async def test_small_things(bot: Bot, people: SeededWorld):
    await people.citizen.start()
    assert await bot.send_chat_action(1001, ChatAction.TYPING)
    assert await bot.set_my_description("Trợ lý") and await bot.set_my_short_description("Trợ lý")
    assert (await bot.get_my_description()).description == "Trợ lý"
    assert await bot.set_chat_menu_button(menu_button=MenuButtonCommands())
    assert (await bot.get_chat_menu_button()).type == "commands"
    sent = await bot.send_message(people.group.id, "ghim")
    assert await bot.pin_chat_message(people.group.id, sent.message_id)
    assert (await bot.get_chat(people.group.id)).pinned_message.text == "ghim"
    assert await bot.unpin_chat_message(people.group.id)
    assert await bot.leave_chat(people.group.id)
    assert await bot.close() and await bot.log_out()


async def test_reply_keyboard(bot: Bot, people: SeededWorld):
    await people.citizen.start()
    await bot.send_message(1001, "chọn", reply_markup=ReplyKeyboardMarkup([["Có", "Không"]], resize_keyboard=True))
    assert people.citizen.last().reply_keys == (("Có", "Không"),)
    await bot.send_message(1001, "thôi", reply_markup=ReplyKeyboardRemove())


async def test_inline_query(bot: Bot, people: SeededWorld):

    asked = asyncio.create_task(people.citizen.ask_inline("căn cước"))
    query = (await bot.get_updates(timeout=2))[-1].inline_query
    article = InlineQueryResultArticle("1", "Cấp lại", InputTextMessageContent("bài"))
    await query.answer([article])
    assert (await asked)[0]["title"] == "Cấp lại"
