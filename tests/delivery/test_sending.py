"""What becomes of a message when Telegram does not simply take it."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

import pytest

from bot.model.notices.citizens import Welcome
from bot.playground import Fault, Person
from bot.playground.seen import SeenMessage
from tests.e2e.house import House

GREETING = "Chào cô bác"
HELP = "Cách hỏi"
DOUBT = "chưa rõ đã tới"


def shown(person: Person, words: str) -> int:
    return sum(words in message.text for message in person.messages() if message.by_bot)


@pytest.fixture
async def claimed(house: House) -> House:
    """The citizen's ticket #1 is Minh's."""
    await house.team()
    await house.agreed(house.citizen)
    await house.claimed(house.citizen, house.minh)
    await house.quiet()
    return house


@pytest.mark.parametrize(
    ("kind", "times", "shows"),
    [
        ("500", 3, 1),
        ("502", 3, 1),
        ("503", 1, 1),
        ("504", 1, 1),
        ("slow", 1, 1),
        ("drop_before", 1, 1),
        ("drop_after", 1, 2),
    ],
)
async def test_an_answer_gets_through(house: House, kind: str, times: int, shows: int):
    fault = house.server.faults.add(Fault(kind, "sendMessage", times=times, seconds=0.2))
    await house.citizen.start()
    await house.quiet()
    assert fault.hits == times
    assert shown(house.citizen, GREETING) == shows
    assert await house.rows("SELECT state, doubts FROM outbox") == [("sent", int(kind.startswith("drop")))]


async def test_the_one_repeat_waits_until_telegram_answers_again(house: House):
    house.server.faults.add(Fault("drop_before", "sendMessage", when=GREETING))
    broken = house.server.faults.add(Fault("drop_before", "sendChatAction", times=3))
    await house.citizen.start()
    await house.quiet()
    assert broken.hits == 3
    assert shown(house.citizen, GREETING) == 1


async def test_an_answer_in_doubt_twice_is_left_alone(house: House):
    house.server.faults.add(Fault("drop_after", "sendMessage", times=-1, when=GREETING))
    await house.citizen.start()
    await house.citizen.say("/help")
    await house.citizen.wait_for(HELP)  # the next goes on
    assert shown(house.citizen, GREETING) == 2
    assert await house.rows("SELECT state FROM outbox ORDER BY id") == [("unknown",), ("sent",)]


@pytest.mark.parametrize(
    ("kind", "shows", "asks"),
    [("500", 1, 0), ("429", 1, 0), ("slow", 1, 0), ("502", 0, 1), ("drop_before", 0, 1), ("drop_after", 1, 1)],
)
async def test_a_persons_words_never_come_twice_by_themselves(claimed: House, kind: str, shows: int, asks: int):
    house, words = claimed, "cho em hoi viec nay"
    house.server.faults.add(Fault(kind, "sendMessage", when=words, seconds=0.2, retry_after=1))
    await house.citizen.say(words)
    await house.quiet()
    assert (shown(house.minh, words), shown(house.citizen, DOUBT)) == (shows, asks)
    if not asks:
        return
    doubt = await house.citizen.wait_for(DOUBT, since=0)
    await house.citizen.tap("Gửi lại", on=doubt)
    await house.quiet()
    assert shown(house.minh, words) == shows + 1
    assert shown(house.citizen, DOUBT) == 0
    assert await house.number("SELECT count(*) FROM ticket_messages WHERE side = 'citizen'") == 2


async def test_nobody_else_sends_a_persons_words_again(claimed: House):
    house, words = claimed, "tin nay chi toi duoc gui lai"
    house.server.faults.add(Fault("drop_before", "sendMessage", when=words))
    await house.citizen.say(words)
    doubt = await house.citizen.wait_for(DOUBT)
    (data,) = [b.data for row in doubt.buttons for b in row]
    stranger = house.newcomer("Người lạ")
    await stranger.start()
    card = await stranger.wait_for(GREETING)
    house.server.queues[house.people.bot.id].push("callback_query", pressed(stranger, card, data))
    await house.quiet()
    assert shown(house.minh, words) == 0
    await house.citizen.tap("Gửi lại", on=doubt)
    await house.quiet()
    assert shown(house.minh, words) == 1


def pressed(person: Person, on: SeenMessage, data: str) -> dict[str, object]:
    """A press that no button of the person's carries."""
    return {
        "id": "1",
        "from": {"id": person.id, "is_bot": False, "first_name": person.name},
        "chat_instance": "1",
        "data": data,
        "message": {"message_id": on.id, "date": 1, "chat": {"id": person.id, "type": "private"}, "text": "?"},
    }


async def test_only_the_chat_that_is_told_to_waits(house: House):
    slow, quick = house.citizen, house.newcomer("Bác Bảy")
    house.server.faults.add(Fault("429", "sendMessage", when=lambda call: call.chat_id == slow.id, retry_after=120))
    await slow.start()
    await slow.say("/help")
    await quick.start()
    await quick.wait_for(GREETING)
    async with asyncio.timeout(10):
        while not await house.rows_now("SELECT id FROM outbox WHERE error = '429'"):
            await asyncio.sleep(0.01)
    assert not [m for m in slow.messages() if m.by_bot]
    house.clock.tick(121)
    await slow.wait_for(HELP)
    texts = [m.text for m in slow.messages() if m.by_bot]
    assert [GREETING in texts[0], HELP in texts[1], len(texts)] == [True, True, 2]
    assert shown(quick, GREETING) == 1


async def test_order_within_a_chat_survives_trouble(house: House):
    for kind in ("500", "429", "drop_before", "502"):
        house.server.faults.add(Fault(kind, "sendMessage", retry_after=1, when=HELP))
    await house.citizen.say("/help")
    await house.citizen.start()
    await house.citizen.say("/muc")
    await house.quiet()
    texts = [m.text for m in house.citizen.messages() if m.by_bot]
    assert [part in text for part, text in zip((HELP, GREETING, "mục nào"), texts, strict=True)] == [True] * 3


async def vanish_by_blocking(house: House, person: Person) -> None:
    await person.block()


async def vanish_by_leaving(house: House, person: Person) -> None:
    await person.deactivate()


async def vanish_without_trace(house: House, person: Person) -> None:
    refusal = Fault("400", times=-1, when=lambda call: call.chat_id == person.id, description="chat not found")
    house.server.faults.add(refusal)


VANISHING = (vanish_by_blocking, vanish_by_leaving, vanish_without_trace)


@pytest.mark.parametrize("vanish", VANISHING)
async def test_a_citizen_who_is_gone(claimed: House, vanish: Callable[[House, Person], object]):
    house = claimed
    await vanish(house, house.citizen)  # type: ignore[misc]
    await house.minh.say("Cô bấm vào VNeID giúp cháu")
    told = await house.minh.wait_for("không tới")
    assert "phiếu #1" in told.text.lower()
    assert await house.rows("SELECT state FROM tickets") == [("claimed",)]
    assert await house.rows("SELECT reachable FROM people WHERE channel_id = '1001'") == [(0,)]
    await house.quiet()


@pytest.mark.parametrize("vanish", VANISHING)
async def test_a_helper_who_is_gone(claimed: House, vanish: Callable[[House, Person], object]):
    house = claimed
    await vanish(house, house.minh)  # type: ignore[misc]
    await house.citizen.say("toi bam roi ma khong duoc")
    await house.citizen.wait_for("chưa tới được người đang giúp")
    await house.hoa.wait_for("Phiếu trả lại", chat=house.group, since=0)
    assert await house.rows("SELECT state, holder_id FROM tickets") == [("open", None)]
    await house.hoa.tap("Nhận", chat=house.group)
    await house.hoa.wait_for("toi bam roi ma khong duoc")  # nothing said is lost
    await house.quiet()


async def test_a_group_that_became_a_supergroup(house: House):
    await house.team()
    small = await house.admin.create_group("Tổ ấp 3")
    await house.admin.add_bot(small, admin=True)
    await house.admin.say("/ketnoi", chat=small)
    await house.admin.wait_for("Nhóm này nhận phiếu", chat=small)
    house.server.faults.add(Fault("lose_update", "message", times=-1, when="migrate_to_chat_id"))
    house.server.faults.add(Fault("lose_update", "message", times=-1, when="migrate_from_chat_id"))
    large = await house.admin.upgrade(small)
    await house.agreed(house.citizen)
    await house.ticket(house.citizen)
    card = await house.admin.wait_for("#1", chat=large, since=0)
    assert "Nhận" in str(card.labels)
    assert await house.rows("SELECT group_chat FROM teams WHERE is_default") == [(str(large.id),)]


async def test_a_message_to_change_that_is_gone_is_sent_anew(house: House):
    await house.citizen.start("g_gplx-doi")
    card = await house.citizen.wait_for(lambda m: "Hồ sơ cần" in m.labels)
    gone = Fault("400", "editMessageText", description="message to edit not found")
    house.server.faults.add(gone)
    await house.citizen.tap("Hồ sơ cần", on=card)
    anew = await house.citizen.wait_for(lambda m: "« Về thẻ" in m.labels)
    assert anew.id != card.id
    await house.citizen.tap("« Về thẻ", on=anew)
    await house.citizen.wait_for(lambda m: m.id == anew.id and m.edited and "« Về thẻ" not in m.labels)


async def test_a_notice_our_own_program_cannot_show_does_not_hold_its_chat(
    house: House, monkeypatch: pytest.MonkeyPatch
):
    def broken(*_: object) -> None:
        raise KeyError("somebody's words")

    monkeypatch.setitem(__import__("bot.channels.telegram.views", fromlist=["VIEWS"]).VIEWS, Welcome, broken)
    await house.citizen.start()
    await house.citizen.say("/help")
    await house.citizen.wait_for(HELP)
    assert await house.rows("SELECT state, error FROM outbox ORDER BY id") == [("refused", "internal"), ("sent", None)]


async def test_a_row_nobody_can_read_does_not_hold_its_chat(house: House):
    await house.citizen.start()
    await house.citizen.wait_for(GREETING)
    await house.quiet()
    async with house.parts.database.work() as work:
        await work.outbox.post((await work.people.find("telegram", "1001")).chat, _notice_of_another_version())
    await house.citizen.say("/help")
    await house.citizen.wait_for(HELP, timeout=15)
    rows = await house.rows("SELECT state, error FROM outbox WHERE kind = 'Say' ORDER BY id")
    assert rows == [("refused", "internal"), ("sent", None)]


def _notice_of_another_version() -> object:
    class OfAnotherVersion:
        kind = "Say"

        def figures(self) -> dict[str, object]:
            return {"nothing": "we know"}

    return OfAnotherVersion()


@pytest.mark.parametrize("kind", ["429", "500", "502", "drop_before"])
async def test_a_press_is_answered_all_the_same(house: House, kind: str):
    """Or its button would turn round and round."""
    await house.citizen.start()
    await house.citizen.wait_for(GREETING)
    fault = house.server.faults.add(Fault(kind, "answerCallbackQuery", times=2, retry_after=1))
    await house.citizen.tap("Đồng ý")  # waits until it is answered
    assert fault.hits == 2
