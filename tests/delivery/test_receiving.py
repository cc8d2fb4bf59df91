"""Updates that come twice, in disorder, as garbage, or that no program survives."""

from __future__ import annotations

import asyncio
import io
import json
import logging
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import aiohttp
import pytest

from bot.channels.telegram.request import AiohttpRequest
from bot.playground import Fault, Person
from tests.e2e.house import SECRET, House

_SECRET = "X-Telegram-Bot-Api-Secret-Token"
GREETING = "Chào cô bác"


def shown(person: Person, words: str) -> int:
    return sum(words in message.text for message in person.messages() if message.by_bot)


@pytest.mark.parametrize("transport", ["polling", "webhook"])
async def test_an_update_that_comes_twice_is_handled_once(make_house: Callable[..., Any], transport: str):
    house: House = await make_house(transport)
    house.server.faults.add(Fault("duplicate_update", "message", times=-1))
    await house.citizen.start()
    await house.citizen.say("/gap")
    await house.quiet()
    assert shown(house.citizen, GREETING) == 1
    assert await house.rows("SELECT state, count(*) FROM inbox WHERE chat = '1001' GROUP BY state") == [("done", 2)]


async def test_the_webhooks_door_opens_to_its_secret_alone(make_house: Callable[..., Any]):
    house: House = await make_house("webhook")
    told = await house.parts.channel.telegram.get_webhook_info()
    before = await house.number("SELECT count(*) FROM inbox")
    right, another = {_SECRET: SECRET}, told.url.rpartition("/")[0] + "/4711"
    update = b'{"update_id": 5}'
    async with aiohttp.ClientSession() as session:

        async def status(method: str, url: str, headers: dict[str, str], body: bytes = update) -> int:
            async with session.request(method, url, headers=headers, data=body) as answer:
                assert answer.status == 200 or (await answer.read() == b"" and "Allow" not in answer.headers)
                return answer.status

        refused = [{}, {_SECRET: ""}, {_SECRET: SECRET + "x"}, {_SECRET: SECRET[:-1]}, {_SECRET: "bí mật"}]
        assert [await status("POST", told.url, headers) for headers in refused] == [401] * 5
        assert [await status("POST", another, headers) for headers in (right, {})] == [404, 404]
        assert [await status(method, told.url, right) for method in ("GET", "HEAD", "PUT", "DELETE")] == [404] * 4
        assert [await status("POST", told.url, right, body) for body in (b"", b"{", b"[]", b"{}", b"\xff")] == [400] * 5
        assert await house.number("SELECT count(*) FROM inbox") == before
        assert [await status("POST", told.url, right) for _ in range(2)] == [200, 200]
    assert await house.number("SELECT count(*) FROM inbox") == before + 1


async def test_updates_out_of_order_lose_nothing(house: House):
    people = [house.newcomer(f"Bác {number}") for number in range(8)]
    house.server.faults.add(Fault("shuffle_updates", "message", times=4))
    for person in people:
        await person.start()
    await house.quiet()
    assert [shown(person, GREETING) for person in people] == [1] * 8


async def test_ids_that_start_anew_lower(house: House):
    queue = house.server.queues[house.people.bot.id]
    await house.citizen.start()
    used = await house.number("SELECT max(CAST(update_key AS INTEGER)) FROM inbox")
    house.clock.tick(days=8)
    async with house.parts.database.work() as work:
        await work.sweeping.drop_old_rows(30)
    queue.next_id = used - 1  # lower, and soon one that was used before the quiet week
    for number in range(4):
        person = house.newcomer(f"Bác {number}")
        await person.start()
        await person.wait_for(GREETING)


@pytest.mark.parametrize("kind", ["409", "429", "500", "502", "503", "drop_before", "drop_after"])
async def test_polling_survives(house: House, kind: str):
    fault = house.server.faults.add(Fault(kind, "getUpdates", times=1, retry_after=1))
    await house.citizen.start()  # ends the poll that waits; the next one is struck
    await house.server.faults.wait_hit(fault)
    await house.hoa.start()
    await house.citizen.wait_for(GREETING, since=0)
    await house.hoa.wait_for(GREETING, since=0)
    await house.quiet()
    assert (shown(house.citizen, GREETING), shown(house.hoa, GREETING)) == (1, 1)


@pytest.mark.parametrize(
    "garbage",
    [b"", b"<html>", b"[]", b"null", b'{"ok": true}', b'{"ok": true, "result": 5}', b'{"ok": true, "result": [{}]}',
     b'{"ok": true, "result": [{"update_id": "x"}]}', b"\xff\xfe", b'{"ok": false}'],
)  # fmt: skip
async def test_polling_survives_garbage(house: House, monkeypatch: pytest.MonkeyPatch, garbage: bytes):
    original, given = AiohttpRequest.do_request, asyncio.Event()

    async def answer(self: AiohttpRequest, url: str, *args: Any, **kwargs: Any) -> tuple[int, bytes]:
        if "getUpdates" in url and not given.is_set():
            given.set()
            return 200, garbage
        return await original(self, url, *args, **kwargs)

    monkeypatch.setattr(AiohttpRequest, "do_request", answer)
    await house.citizen.start()
    await given.wait()
    await house.hoa.start()
    await house.hoa.wait_for(GREETING)
    await house.citizen.wait_for(GREETING, since=0)


async def test_half_an_emoji_and_a_nul_are_kept_and_answered(house: House):
    await house.citizen.say("\ud83d")
    await house.citizen.wait_for("Chưa thấy chữ nào")
    await house.citizen.say("\x00 mất căn cước \ud83d làm lại ở đâu \x00")
    await house.citizen.wait_for(lambda m: m.buttons)
    assert await house.number("SELECT count(*) FROM inbox WHERE state <> 'done'") == 0


@pytest.fixture
def poisoned(monkeypatch: pytest.MonkeyPatch) -> Counter[str]:
    """Words with «thuốc độc» make a handler fail; counts how often it was tried."""
    from bot.helpdesk import hear

    tried: Counter[str] = Counter()
    original = hear.ask

    async def ask(work: Any, desk: Any, person: Any, text: str, *more: Any, **others: Any) -> Any:
        if "thuốc độc" in text:
            tried[text] += 1
            await work.people.change(person.id, territory="79")  # must not stay
            raise RuntimeError(text)
        return await original(work, desk, person, text, *more, **others)

    monkeypatch.setattr(hear, "ask", ask)
    return tried


@pytest.fixture
def logged(house: House) -> Iterator[io.StringIO]:
    """What the running helpdesk logs, read off its own handler: pytest changes stderr between set-up and test."""
    ours = next(handler for handler in logging.getLogger().handlers if type(handler) is logging.StreamHandler)
    lines = io.StringIO()
    stderr = ours.setStream(lines)
    yield lines
    ours.setStream(stderr or lines)


async def test_a_poison_update_is_put_aside(house: House, poisoned: Counter[str], logged: io.StringIO):
    await house.admin.start()
    await house.admin.wait_for("vai: quản trị")
    await house.citizen.say("thuốc độc 0912345678 của bà Lan")
    await house.citizen.say("/help")
    await house.citizen.wait_for("Trợ lý vừa gặp trục trặc")
    await house.citizen.wait_for("Cách hỏi", since=0)  # the rest goes on, after it
    told = await house.admin.wait_for("làm chương trình lỗi")
    (row,) = await house.rows("SELECT id, attempts, error, raw FROM inbox WHERE state = 'quarantined'")
    assert (row.attempts, row.error, sum(poisoned.values())) == (3, "RuntimeError", 3)
    assert f"dòng {row.id}" in told.text and "Lan" not in told.text and "0912" not in told.text
    assert await house.number("SELECT count(*) FROM people WHERE territory IS NOT NULL") == 0
    log = logged.getvalue()
    assert "update failed" in log and "RuntimeError" in log
    assert "Lan" not in log and "thuốc độc" not in log and "0912" not in log
    house.clock.tick(timedelta(days=7, hours=1).total_seconds())
    async with house.parts.database.work() as work:
        await work.sweeping.blank_old_words(90, 7, 7)
    assert await house.rows("SELECT raw FROM inbox WHERE state = 'quarantined'") == [(None,)]


async def test_poison_waits_for_the_first_admin(house: House, poisoned: Counter[str]):
    await house.citizen.say("thuốc độc")
    await house.citizen.wait_for("Trợ lý vừa gặp trục trặc")
    assert await house.rows("SELECT reported FROM inbox WHERE state = 'quarantined'") == [(0,)]
    await house.admin.start()
    await house.admin.wait_for("làm chương trình lỗi")


async def test_a_poison_press_is_answered(house: House, monkeypatch: pytest.MonkeyPatch):
    from bot.helpdesk import cards

    async def broken(*_: object) -> None:
        raise RuntimeError

    await house.citizen.start()
    await house.citizen.wait_for(GREETING)
    monkeypatch.setattr(cards, "show_sectors", broken)
    toast = await house.citizen.tap("Xem theo mục")
    assert toast.alert and "trục trặc" in toast.text


async def test_a_press_too_old_to_be_answered_still_counts(house: House):
    await house.citizen.start()
    await house.citizen.wait_for(GREETING)
    house.server.faults.add(Fault("stale_callback", "answerCallbackQuery"))
    await house.citizen.tap("Đồng ý", wait=False)
    await house.citizen.wait_for("Cảm ơn cô bác")
    assert await house.number("SELECT count(*) FROM consents") == 1
    assert await house.number("SELECT count(*) FROM inbox WHERE attempts > 1") == 0


async def test_raw_updates_do_not_outlive_their_handling(house: House):
    await house.citizen.say("bí mật của bà Lan ở ấp 3")
    kept = json.dumps([tuple(map(str, row)) for row in await house.rows("SELECT * FROM inbox")], ensure_ascii=False)
    assert "Lan" not in kept
