"""``kill -9`` at the worst moments: our own database stays exact, messages follow the rule of «The one way through».

Each test is a chain: the process runs with a trap (see the plug-in), somebody acts, the process dies there, and the
next one, with a trap of its own, takes over.
"""

from __future__ import annotations

import signal
from collections.abc import Callable
from itertools import zip_longest

import pytest

from bot.playground import BotApiServer, Fault, SeededWorld
from tests.faults.helpdesk import DOUBT, answers, assert_exact, claim, open_ticket, settle_in, settled, shown
from tests.processes import Bot

pytestmark = pytest.mark.timeout(300)  # a process needs seconds to start, many more on a busy machine

INBOX, OUTBOX = "bot.delivery.inbox_loop:InboxLoop", "bot.delivery.outbox_loop:OutboxLoop"
CHANNEL = "bot.channels.telegram.channel:TelegramChannel"
STORED = "bot.channels.telegram.intake:Intake.store:after"
POSTED = "bot.storage.outbox:Outbox.post:before"

# Question, place of death, piece of the call's arguments there. Nothing had left before any of these deaths, or it was
# known to have arrived: so every answer is there exactly once. The third question's answer has the slot «answer:3».
QUESTIONS = (
    ("mat can cuoc lam lai o dau", STORED, "mat can cuoc"),
    ("lam khai sinh cho con", f"{INBOX}._take:before", "lam khai sinh"),
    ("doi bang lai xe", POSTED, "answer:3"),
    ("dang kiem xe o to", f"{CHANNEL}.handle:after", "dang kiem"),
    ("dang ky ket hon", f"{OUTBOX}._send:before", "answer:5"),
    ("cach quet ma qr", f"{OUTBOX}._sent:after", "answer:6"),
)


@pytest.mark.parametrize(
    ("webhook", "questions"), [(False, QUESTIONS), (True, QUESTIONS[:2])], ids=["polling", "webhook"]
)
async def test_a_question_is_answered_once(
    server: BotApiServer,
    people: SeededWorld,
    make_bot: Callable[..., Bot],
    webhook: bool,
    questions: tuple[tuple[str, str, str], ...],
):
    bot, citizen = make_bot(webhook=webhook), people.citizen
    await bot.run(kill_at=questions[0][1], kill_when=questions[0][2])
    for number, (now, then) in enumerate(zip_longest(questions, questions[1:], fillvalue=("", "", "")), 1):
        question, place, _ = now
        await citizen.say(question)
        assert await bot.ended() == -signal.SIGKILL, place
        await bot.run(kill_at=then[1], kill_when=then[2])
        await settled(bot, server)
        assert_exact(bot, server)
        assert bot.one("SELECT count(*) FROM requests") == number, place
        assert answers(citizen) == number, (place, citizen.transcript())
        assert shown(citizen, "Câu hỏi vừa rồi chưa được lưu") == 1, place
    assert await bot.stop() == 0


async def test_an_answer_is_repeated_once(server: BotApiServer, people: SeededWorld, make_bot: Callable[..., Bot]):
    bot, citizen = make_bot(), people.citizen
    await bot.run()
    never_came = server.faults.add(Fault("hold_before", "sendMessage", when="Từng bước"))
    await citizen.start("g_gplx-doi")
    await server.faults.wait_hit(never_came)
    await bot.kill()

    came = server.faults.add(Fault("hold_after", "sendMessage", when="Từng bước"))
    await bot.run()
    await server.faults.wait_hit(came)  # repeated once …
    assert answers(citizen) == 1
    await bot.kill()

    await bot.run()  # … and not twice: now it may be there already
    await settled(bot, server)
    assert_exact(bot, server)
    assert answers(citizen) == 1
    assert bot.rows("SELECT state FROM outbox WHERE kind = 'GuideCard'") == [("unknown",)]

    doubled = server.faults.add(Fault("hold_after", "sendMessage", when="Từng bước"))
    await citizen.start("g_ket-hon")
    await server.faults.wait_hit(doubled)
    await bot.kill()
    await bot.run()
    await settled(bot, server)
    assert_exact(bot, server)
    assert answers(citizen) == 3  # better twice than never

    edited = server.faults.add(Fault("hold_after", "editMessageText"))
    await citizen.tap("Hồ sơ cần", wait=False)
    await server.faults.wait_hit(edited)
    await bot.kill()
    await bot.run()
    await settled(bot, server)
    assert len(server.calls_of("editMessageText")) == 2
    assert answers(citizen) == 3
    assert bot.one("SELECT count(*) FROM requests") == 2


RELAYED = (
    # words, place of death, how often they are there before «Gửi lại» (None: there is nothing to be asked) and after
    ("toi khong vao duoc mot", f"{INBOX}._take:before", None, 1),
    ("may bao loi hai", f"{CHANNEL}.handle:after", None, 1),
    ("bam nut do khong duoc ba", f"{OUTBOX}._send:before", 0, 1),
    ("gio lam sao bon", "hold_before", 0, 1),
    ("co phai cho nam", "hold_after", 1, 2),
    ("cam on nhe sau", f"{OUTBOX}._sent:after", None, 1),
)


async def test_a_persons_words_are_never_repeated(
    server: BotApiServer, people: SeededWorld, make_bot: Callable[..., Bot]
):
    bot, citizen, minh = make_bot(), people.citizen, people.minh
    await bot.run(kill_at=RELAYED[0][1], kill_when=RELAYED[0][0])
    await settle_in(people)
    await open_ticket(people)
    await claim(people)
    doubts = 0
    for (words, place, came, comes), (then_words, then_place, *_) in zip_longest(
        RELAYED, RELAYED[1:], fillvalue=("", "")
    ):
        relayed = f"(phiếu #1): {words}"
        held = server.faults.add(Fault(place, "sendMessage", when=words)) if place.startswith("hold") else None
        await citizen.say(words)
        if held:
            await server.faults.wait_hit(held)
            await bot.kill()
        assert await bot.ended() == -signal.SIGKILL, place
        await bot.run(kill_at=then_place if ":" in then_place else "", kill_when=then_words)
        await settled(bot, server)
        assert_exact(bot, server)
        if came is None:
            assert shown(minh, relayed) == comes, (place, minh.transcript())
            continue
        doubts += 1
        assert shown(minh, relayed) == came, (place, minh.transcript())
        assert shown(citizen, DOUBT) == 1, (place, citizen.transcript())
        await citizen.tap("Gửi lại")
        await settled(bot, server)
        assert shown(minh, relayed) == comes, (place, minh.transcript())
        assert shown(citizen, DOUBT) == 0, "the question is settled and its button gone"
    assert await bot.stop() == 0
    assert bot.one("SELECT count(*) FROM ticket_messages") == len(RELAYED)
    assert bot.one("SELECT count(*) FROM tickets") == 1
    assert bot.one("SELECT count(*) FROM outbox WHERE kind = 'DeliveryDoubt'") == doubts
    assert bot.one("SELECT count(*) FROM outbox WHERE figures IS NOT NULL") == 0


async def test_a_claim_happens_once(server: BotApiServer, people: SeededWorld, make_bot: Callable[..., Bot]):
    bot, citizen, minh = make_bot(), people.citizen, people.minh
    await bot.run(kill_at="bot.storage.tickets:Tickets.assign_if_open:after")
    await settle_in(people)
    await open_ticket(people)
    await minh.tap("Nhận", chat=people.group, wait=False)
    assert await bot.ended() == -signal.SIGKILL
    assert bot.rows("SELECT state, holder_id FROM tickets") == [("open", None)]

    await bot.run(kill_at=f"{INBOX}._finally:before", kill_when="<function")  # kept, the press not answered yet
    assert await bot.ended() == -signal.SIGKILL
    assert bot.one("SELECT state FROM tickets") == "claimed"

    await bot.run()
    toast = await people.hoa.tap("Nhận", chat=people.group)
    assert toast.alert and "Anh Minh vừa nhận" in toast.text
    await settled(bot, server)
    assert_exact(bot, server)
    assert shown(minh, "Nhắn vào đây là người dân đọc được") == 2  # the welcome's word, and one panel
    assert shown(citizen, "Có người của Tổ đang giúp") == 1
    cards = [m for m in people.minh.messages(people.group) if "#1" in m.text]
    assert len(cards) == 1 and not cards[0].labels
    assert await bot.stop() == 0


async def test_an_update_that_kills_is_put_aside(
    server: BotApiServer, people: SeededWorld, make_bot: Callable[..., Bot]
):
    bot = make_bot()
    await bot.run(kill_at=f"{CHANNEL}.handle:before", kill_when="chet may")
    await people.admin.start()
    await people.admin.wait_for("quản trị")
    others = [server.person(f"Bác {number}") for number in range(6)]
    for other in others[:3]:
        await other.start()
    await people.citizen.say("chet may 0912345678")
    for other in others[3:]:
        await other.start()
    for _ in range(3):
        assert await bot.ended() == -signal.SIGKILL
        assert not shown(people.citizen, "trục trặc")
        await bot.start("run", kill_at=f"{CHANNEL}.handle:before", kill_when="chet may")
    await people.citizen.wait_for("trục trặc", timeout=30)
    await people.citizen.say("/help")
    await people.citizen.wait_for("Cách hỏi")
    told = await people.admin.wait_for("làm chương trình lỗi")
    assert "chet may" not in told.text
    for other in others:
        await other.wait_for("Chào cô bác", since=0)
    rows = bot.rows("SELECT attempts, error, chat FROM inbox WHERE state <> 'done'")
    assert rows == [(4, "process died", "1001")]
    assert await bot.stop() == 0
