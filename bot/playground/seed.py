"""The people of the playground's page, and of most tests."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bot.playground.person import Person
from bot.playground.server import DEFAULT_BOT_NAME, DEFAULT_TOKEN, BotApiServer
from bot.playground.world import BotAccount, Chat, Phone

CITIZEN = (1001, "Bác Năm")
VOLUNTEERS = ((2001, "Anh Minh"), (2002, "Chị Hoa"))
ADMIN = (3001, "Cán bộ xã")
GROUP_ID = -1_001_000_000_001
GROUP_TITLE = "Tổ CNSCĐ (nhóm)"
SAMPLE_QUESTIONS = (
    "mat can cuoc lam lai o dau",
    "sang tên làm ở đâu",
    "me toi vua chuyen 50 trieu cho nguoi goi la cong an",
    "vợ em vừa sinh em bé được 3 ngày giờ phải làm giấy gì",
    "làm giấy phép lái tàu",
    "xin chào",
)


@dataclass(frozen=True)
class SeededWorld:
    """Who is there after ``seed_world``."""

    server: BotApiServer
    bot: BotAccount
    citizen: Person
    minh: Person
    hoa: Person
    admin: Person
    group: Chat
    others: tuple[Person, ...] = ()


def seed_world(
    server: BotApiServer,
    people: Sequence[tuple[int, str]] = (),
    group: tuple[int, str] | None = (GROUP_ID, GROUP_TITLE),
    *,
    token: str = DEFAULT_TOKEN,
    bot_name: str = DEFAULT_BOT_NAME,
) -> SeededWorld:
    """Make the usual bot, people and group; what a snapshot brought back already is kept.

    Args:
        server: started or not.
        people: more people, (id, name); they are in no group.
        group: id and title of the team's supergroup.
        token: of the bot.
        bot_name: shown above its messages.
    """
    bot = server.add_bot(token, bot_name)
    citizen = server.person(CITIZEN[1], CITIZEN[0])
    minh, hoa = (server.person(name, user_id) for user_id, name in VOLUNTEERS)
    admin = server.person(ADMIN[1], ADMIN[0])
    group_id, title = group or (GROUP_ID, GROUP_TITLE)
    chat = server.world.chats.get((0, group_id))
    if chat is None:
        chat = server.group(title, admin, minh, hoa, chat_id=group_id)
    server.world.phones = [
        Phone("Người dân", (citizen.id,), samples=SAMPLE_QUESTIONS),
        Phone("Tình nguyện viên Minh", (minh.id,)),
        Phone("Tình nguyện viên Hoa", (hoa.id,)),
        Phone("Nhóm Tổ", (minh.id, hoa.id, admin.id), chat.id),
        Phone("Quản trị", (admin.id,)),
    ]
    others = tuple(server.person(name, user_id) for user_id, name in people)
    return SeededWorld(server, bot, citizen, minh, hoa, admin, chat, others)
