"""The person's side in Python, against a small bot of a few lines that polls for real."""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncIterator

import pytest
from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup

from bot.playground import BotApiServer, CannotDo, SeededWorld


async def echo(bot: Bot) -> None:
    """Answers every text with itself and a button; a tap edits the message and shows a toast."""
    offset = 0
    markup = InlineKeyboardMarkup([[InlineKeyboardButton("Xong rồi", callback_data="done")]])
    while True:
        for update in await bot.get_updates(offset=offset, timeout=20):
            offset = update.update_id + 1
            if update.message and update.message.text:
                await update.message.reply_text(f"nghe: {update.message.text}", reply_markup=markup)
            if update.callback_query:
                await update.callback_query.edit_message_text("đã xong")
                await update.callback_query.answer("Cảm ơn", show_alert=True)


@pytest.fixture
async def echoing(bot: Bot) -> AsyncIterator[None]:
    task = asyncio.create_task(echo(bot))
    yield
    task.cancel()


async def test_dialog(echoing: None, people: SeededWorld, server: BotApiServer):
    await people.citizen.dialog(
        [
            ("/start", "nghe: /start"),
            ("mất thẻ", ["nghe", "mất thẻ"]),
            ("[Xong]", ["đã xong", "(toast) Cảm ơn"]),
            ("xin chào", None),
        ]
    )
    card = await people.citizen.wait_for(re.compile(r"xin \w+"))
    assert card.labels == ["Xong rồi"]
    await server.quiet(0.05)
    assert people.citizen.transcript() == "\n".join(
        [
            "Bác Năm: /start",
            "Trợ lý số (chạy thử): nghe: /start [Xong rồi]",
            "Bác Năm: mất thẻ",
            "Trợ lý số (chạy thử): đã xong (đã sửa)",
            "Bác Năm: xin chào",
            "Trợ lý số (chạy thử): nghe: xin chào [Xong rồi]",
        ]
    )
    server.assert_clean()


async def test_wait_for_looks_only_at_what_is_new(echoing: None, people: SeededWorld):
    await people.citizen.say("một")
    first = await people.citizen.wait_for("nghe")
    await people.citizen.say("hai")
    assert (await people.citizen.wait_for("nghe")).text == "nghe: hai"
    with pytest.raises(TimeoutError, match=r"waited for 'một' in vain(.|\n)*nghe: hai"):
        await people.citizen.wait_for("một", timeout=0.05)
    assert (await people.citizen.wait_for("một", since=0)).id == first.id
    await people.citizen.delete(first)
    await people.citizen.wait_gone(first)


async def test_group(echoing: None, people: SeededWorld):
    await people.minh.say("có ai không", chat=people.group)
    heard = await people.hoa.wait_for("có ai không", chat=people.group)
    assert heard.reply_to == people.minh.messages(people.group)[-2].id
    toast = await people.hoa.tap("Xong rồi", on=heard)
    assert toast.text == "Cảm ơn"
    assert people.citizen.messages(people.group) == []


async def test_what_a_phone_does_not_allow(people: SeededWorld):
    citizen = people.citizen
    for act, words in (
        (citizen.say("x", chat=people.group), "is not in"),
        (citizen.say("  "), "nothing typed"),
        (citizen.say("x" * 5000), "more than 4096"),
        (citizen.tap("Không có"), "sees no button 'Không có'"),
        (citizen.say("x", reply_to=99), "no message 99"),
        (citizen.edit(99, "x"), "not there or not theirs"),
        (citizen.say("x", chat=-5), "no group -5"),
    ):
        with pytest.raises(CannotDo, match=words):
            await act
    await citizen.block()
    with pytest.raises(CannotDo, match="has blocked the bot"):
        await citizen.say("x")


async def test_unanswered_tap_says_so(bot: Bot, people: SeededWorld):
    await people.citizen.start()
    markup = InlineKeyboardMarkup([[InlineKeyboardButton("Nhận", callback_data="1")]])
    await bot.send_message(1001, "x", reply_markup=markup)
    with pytest.raises(TimeoutError, match="got no answer"):
        await people.citizen.tap("Nhận", timeout=0.02)


async def test_start_with_payload_and_unblock(people: SeededWorld):
    await people.minh.block()
    assert (await people.minh.start("moi_x1")).text == "/start moi_x1"
