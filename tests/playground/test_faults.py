"""Faults on calls, as a PTB `Bot` meets them, and what they leave behind."""

from __future__ import annotations

import asyncio

import pytest
from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup
from telegram.error import BadRequest, Forbidden, NetworkError, RetryAfter

from bot.playground import BotApiServer, Fault, SeededWorld


@pytest.fixture(autouse=True)
async def started(people: SeededWorld):
    await people.citizen.start()


def heard(people: SeededWorld) -> list[str]:
    return [m.text for m in people.citizen.messages() if m.by_bot]


@pytest.mark.parametrize(
    ("kind", "error", "arrives"),
    [
        ("429", RetryAfter, False),
        ("400", BadRequest, False),
        ("403", Forbidden, False),
        ("500", NetworkError, False),
        ("502", NetworkError, False),
        ("drop_before", NetworkError, False),
        ("drop_after", NetworkError, True),
    ],
)
async def test_strikes_once(
    bot: Bot, people: SeededWorld, server: BotApiServer, kind: str, error: type[Exception], arrives: bool
):
    fault = server.faults.add(Fault(kind, "sendMessage", when="lần này", retry_after=7))
    await bot.send_message(1001, "lần khác")
    with pytest.raises(error) as caught:
        await bot.send_message(1001, "lần này")
    if kind == "429":
        assert caught.value.retry_after == 7
    assert heard(people) == ["lần khác"] + ["lần này"] * arrives
    assert fault.hits == 1 and fault.times == 0
    assert server.calls_of("sendMessage")[-1].fault == kind
    assert await bot.send_message(1001, "lần này")


async def test_predicate_and_forever(bot: Bot, server: BotApiServer):
    server.faults.add(Fault("429", times=-1, when=lambda call: call.chat_id == 1001))
    for _ in range(3):
        with pytest.raises(RetryAfter):
            await bot.send_message(1001, "x")
    assert await bot.get_me()
    server.faults.clear()
    assert await bot.send_message(1001, "x")


@pytest.mark.parametrize(("kind", "arrived"), [("hold_before", []), ("hold_after", ["x"])])
async def test_hold(bot: Bot, people: SeededWorld, server: BotApiServer, kind: str, arrived: list[str]):
    fault = server.faults.add(Fault(kind, "sendMessage"))
    sending = asyncio.create_task(bot.send_message(1001, "x"))
    if kind == "hold_after":
        await people.citizen.wait_for("x")
    await server.faults.wait_hit(fault)
    assert heard(people) == arrived and not sending.done()
    fault.release()
    assert (await sending).text == "x" and heard(people) == ["x"]


async def test_slow(bot: Bot, server: BotApiServer):
    server.faults.add(Fault("slow", "getMe", seconds=0.05))
    assert await bot.get_me()


async def test_stale_callback(bot: Bot, people: SeededWorld, server: BotApiServer):
    markup = InlineKeyboardMarkup([[InlineKeyboardButton("Nhận", callback_data="1")]])
    await bot.send_message(1001, "x", reply_markup=markup)
    server.faults.add(Fault("stale_callback", "answerCallbackQuery"))
    await people.citizen.tap("Nhận", wait=False)
    query = (await bot.get_updates())[-1].callback_query
    with pytest.raises(BadRequest, match="Query is too old"):
        await query.answer()
    assert await query.answer()
    await people.citizen.tap("Nhận", wait=False, age=20)
    with pytest.raises(BadRequest, match="Query is too old"):
        await (await bot.get_updates())[-1].callback_query.answer()


def test_unknown_kind():
    with pytest.raises(ValueError, match="no fault of kind 'earthquake'"):
        Fault("earthquake")
