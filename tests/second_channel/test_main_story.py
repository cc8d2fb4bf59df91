"""The core knows no Telegram: a channel of plain text plays the main story through the real loops and use cases."""

from __future__ import annotations

import asyncio
import re
import shutil
import subprocess
import sys
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest

from bot import config
from bot.delivery.bell import Bell
from bot.delivery.inbox_loop import InboxLoop
from bot.delivery.measures import Measures
from bot.delivery.outbox_loop import OutboxLoop
from bot.guides.load import load
from bot.helpdesk.desk import Desk, Knowledge, Known, RecentWords
from bot.matching.matcher import Matcher
from bot.storage.database import Database
from bot.texts import Texts
from tests.clock import FrozenClock
from tests.processes import ROOT, small_knowledge
from tests.second_channel import text_channel
from tests.second_channel.text_channel import TextChannel

MOST_LINES = 150


@pytest.fixture
async def channel(tmp_path: Path, migrated_sqlite: Path, clock: FrozenClock) -> AsyncIterator[TextChannel]:
    settings = config.load(ROOT / "config.yaml").config
    unhurried = settings.delivery.model_copy(update={"per_chat_burst": 1000, "per_group_per_minute": 1000})
    knowledge = small_knowledge(tmp_path / "knowledge")
    catalogue = load(knowledge)
    known = Known(catalogue, Matcher(catalogue, settings.matching))
    codes = iter(f"code{number}" for number in range(100))
    desk = Desk(
        config=settings,
        clock=clock,
        knowledge=Knowledge(knowledge, settings, known),
        admins=frozenset({"text:admin"}),
        new_code=lambda: next(codes),
        recent=RecentWords(timedelta(seconds=5)),
    )
    file = tmp_path / "helpdesk.db"
    shutil.copy(migrated_sqlite, file)
    database, measures, incoming, outgoing = Database(f"sqlite+aiosqlite:///{file}", clock), Measures(), Bell(), Bell()
    channel = TextChannel(database, incoming, Texts.load())
    inbox = InboxLoop(database, channel, desk, unhurried, incoming, outgoing, measures)
    outbox = OutboxLoop(database, channel, desk, unhurried, outgoing, clock, measures)
    async with asyncio.TaskGroup() as running:
        running.create_task(inbox.run())
        running.create_task(outbox.run())
        yield channel
        inbox.stop()
        outbox.stop()
    await database.close()


async def test_the_main_story(channel: TextChannel, clock: FrozenClock):
    type_, reads = channel.type, channel.reads
    for helper in ("minh", "hoa"):
        await type_("admin", "[mời]")
        code = re.findall(r"code\d", await reads("admin", "InviteLink"))[0]
        await type_(helper, f"[vào tổ {code}]")
        await reads(helper, "MemberWelcome")
        channel.chats["admin"].clear()
    await type_("admin", "[kết nối]", chat="nhóm")
    await reads("nhóm", "Nhóm này nhận phiếu")

    await type_("bác năm", "mất căn cước làm lại ở đâu")
    await reads("bác năm", "can-cuoc-cap-lai")
    await reads("bác năm", "ConsentOffer")
    await type_("bác năm", "[đồng ý]")
    await type_("bác năm", "[bỏ qua]")
    clock.tick(60)
    await type_("bác năm", "đổi bằng lái xe hết hạn")
    await reads("bác năm", "gplx-doi")
    await type_("bác năm", "[chưa đúng]")
    await reads("bác năm", "SecondDoubt")
    await type_("bác năm", "[gặp người]")
    await reads("bác năm", "TicketOpened")
    await reads("nhóm", "'ticket': 1} open")

    channel.chats["minh"].clear()
    channel.chats["hoa"].clear()
    await asyncio.gather(type_("minh", "[nhận 1]"), type_("hoa", "[nhận 1]"))
    await reads("nhóm", "'ticket': 1} claimed")
    await reads("bác năm", "'news': 'claimed'")
    answers = {helper: await reads(helper, "(") for helper in ("minh", "hoa")}
    holder, late = sorted(answers, key=lambda helper: "Claimed" not in answers[helper])
    assert answers[holder] == "(Claimed(ticket=1))"
    assert answers[late] == f"(AlreadyHeld(by='Người {holder}', mine=False))"
    await reads(holder, "HolderPanel")

    await type_(holder, "Bác chụp màn hình giúp cháu, số căn cước 079085001234 thì che đi")
    assert "0xx…xx4" in await reads("bác năm", "helper: Bác chụp")
    await type_("bác năm", "ảnh: máy báo lỗi đây")
    message = re.findall(r"'message': (\d+)", await reads("bác năm", "FileCheck"))[0]
    await type_("bác năm", f"[gửi ảnh {message}]")
    await reads(holder, "citizen: ảnh")
    await type_(holder, "[đã giải quyết 1]")
    await reads("bác năm", "'news': 'resolved'")
    await reads("nhóm", "'ticket': 1} resolved")
    await type_("bác năm", "[chưa xong 1]")
    await reads("bác năm", "'news': 'reopened'")
    await reads("nhóm", "'ticket': 1} claimed")
    await type_("bác năm", "vẫn chưa được cháu ơi")
    await reads(holder, "citizen: vẫn chưa được cháu ơi")
    await type_(holder, "[đã giải quyết 1]")
    await reads("nhóm", "'ticket': 1} resolved")
    await type_("bác năm", "[xong rồi 1]")
    await reads("bác năm", "'news': 'confirmed'")


def test_the_channel_is_small():
    lines = Path(text_channel.__file__).read_text(encoding="utf-8").splitlines()
    assert len(lines) <= MOST_LINES


def test_neither_the_channel_nor_the_core_loads_telegram():
    program = (
        "import sys, tests.second_channel.text_channel, bot.delivery.inbox_loop, bot.delivery.outbox_loop, "
        "bot.delivery.sweeper\nassert not {'telegram', 'aiohttp'} & set(sys.modules)"
    )
    subprocess.run([sys.executable, "-c", program], cwd=ROOT, check=True, timeout=60)
