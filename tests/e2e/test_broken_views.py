"""Groups and topics break: noticed by Telegram's own words, cards come privately, leaders are told once."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

import pytest

from bot.playground import Chat
from tests.e2e.house import House, number_in

LOST = "không còn vào được nhóm"
Break = Callable[[House, Chat], Awaitable[None]]


async def _kicked(house: House, group: Chat) -> None:
    await house.admin.kick_bot(group)


async def _silenced(house: House, group: Chat) -> None:
    await house.admin.silence_bot(group)


async def _muted(house: House, group: Chat) -> None:
    house.server.groups.set_status(group, house.people.bot.id, "member")
    house.server.groups.mute(group)


async def _deleted(house: House, group: Chat) -> None:
    await house.admin.delete_group(group)


async def broken(house: House, group: Chat, breaks: Break, *codes: str) -> None:
    """One ticket waits, the group breaks, another comes: both reach the members alone; leaders are told once."""
    house.expected_failures |= {"forbidden", "no_rights", "chat_not_found", *codes}
    await house.agreed(house.citizen)
    waiting = await house.ticket(house.citizen)
    await house.minh.wait_for(f"#{waiting}", chat=group, since=0)
    since = house.minh.mark()
    await breaks(house, group)
    neighbour = house.newcomer("Bà Tư")
    await house.agreed(neighbour)
    another = await house.ticket(neighbour)
    for helper in (house.minh, house.hoa):
        await helper.wait_for(f"#{waiting}", since=since)
        await helper.wait_for(f"#{another}", since=since)
    await house.admin.wait_for(LOST, since=since)
    await house.quiet()
    assert house.admin.transcript().count(LOST) == 1
    await house.minh.tap("Nhận", data=f"cl:{waiting}")
    await house.citizen.wait_for("đang giúp")


@pytest.mark.parametrize("breaks", [_kicked, _silenced, _muted, _deleted], ids=lambda b: b.__name__.strip("_"))
async def test_a_group_the_bot_cannot_write_to(desk: House, breaks: Break) -> None:
    await broken(desk, desk.group, breaks)


async def test_a_small_group_that_is_deleted(house: House) -> None:
    await house.hire(house.minh, house.hoa)
    small = house.server.group("Tổ ấp 3", house.admin, house.minh, house.hoa, kind="group")
    await house.admin.say("/ketnoi", chat=small)
    await house.admin.wait_for("Nhóm này nhận phiếu", chat=small)
    await broken(house, small, _deleted)


async def forum_with_topic(house: House, name: str = "Phiếu") -> tuple[Chat, int]:
    """A forum whose topic shows the team's cards."""
    forum = house.server.group("Tổ", house.admin, house.minh, house.hoa, forum=True)
    topic = await house.admin.open_topic(forum, name)
    await house.admin.say("/ketnoi", chat=forum, thread=topic)
    bound = await house.admin.wait_for("Nhóm này nhận phiếu", chat=forum)
    assert bound.thread_id == topic
    return forum, topic


async def test_a_topic_shows_the_cards_and_takes_presses_and_replies(house: House) -> None:
    await house.hire(house.minh, house.hoa)
    forum, topic = await forum_with_topic(house)
    assert (await house.rows("SELECT group_chat FROM teams"))[0].group_chat == f"{forum.id}:{topic}"
    await house.agreed(house.citizen)
    number = await house.ticket(house.citizen)
    card = await house.minh.wait_for(f"#{number}", chat=forum, since=0)
    assert card.thread_id == topic
    await house.minh.tap("Nhận", on=card)
    await house.citizen.wait_for("đang giúp")
    changed = await house.minh.wait_for("Anh Minh đang giúp", chat=forum)
    assert changed.id == card.id
    await house.minh.say("lời riêng của nhóm", chat=forum, thread=topic)
    await house.minh.say("chào cô ạ", chat=forum, reply_to=card)
    await house.citizen.wait_for("chào cô ạ")
    photo = await house.minh.send_photo(caption="cô xem hình này", chat=forum, reply_to=card)
    assert photo.thread_id == topic
    await house.citizen.wait_for("cô xem hình này")
    assert "lời riêng của nhóm" not in house.citizen.transcript()
    await house.minh.say("/hangcho", chat=forum, thread=topic)
    assert (await house.minh.wait_for("chờ", chat=forum)).thread_id == topic
    await house.minh.say("/moi", chat=forum, thread=topic)
    assert (await house.minh.wait_for("khung trò chuyện riêng", chat=forum)).thread_id == topic


async def test_each_topic_may_be_another_teams(house: House) -> None:
    await house.hire(house.minh)
    forum, topic = await forum_with_topic(house)
    async with house.parts.database.work() as work:
        await work.teams.add("Tổ ấp 5", territory="27673")
    other = await house.admin.open_topic(forum, "Ấp 5")
    await house.admin.say("/ketnoi to ap 5", chat=forum, thread=other)
    await house.admin.wait_for("phiếu của Tổ ấp 5", chat=forum)
    groups = {row.group_chat for row in await house.rows("SELECT group_chat FROM teams")}
    assert groups == {f"{forum.id}:{topic}", f"{forum.id}:{other}"}
    await house.admin.say("/ketnoi Tổ không có", chat=forum, thread=other)
    await house.admin.wait_for("Không có đội nào tên như vậy", chat=forum)
    house.expected_failures.add("forbidden")
    await house.admin.kick_bot(forum)
    await house.admin.wait_for("nhóm của Tổ ấp 5")
    await house.admin.wait_for("nhóm của Tổ công nghệ số", since=0)
    assert await house.number("SELECT count(*) FROM teams WHERE group_chat IS NOT NULL") == 0


@pytest.mark.parametrize("way", ["closed", "deleted"])
async def test_a_topic_that_is_gone(house: House, way: str) -> None:
    await house.hire(house.minh, house.hoa)
    forum, topic = await forum_with_topic(house)
    house.server.groups.set_status(forum, house.people.bot.id, "member")

    async def breaks(house: House, _: Chat) -> None:
        act = house.admin.close_topic if way == "closed" else house.admin.delete_topic
        await act(forum, topic)

    await broken(house, forum, breaks, "topic_closed", "topic_gone")


async def test_all_that_waits_is_shown_again_not_only_the_first_ten(desk: House) -> None:
    numbers = []
    for at in range(13):
        neighbour = desk.newcomer(f"Bà {at}")
        await desk.agreed(neighbour)
        await neighbour.say("/gap")
        numbers.append(number_in(await neighbour.wait_for("số phiếu")))
    desk.expected_failures.add("forbidden")
    since = desk.minh.mark()
    await desk.admin.kick_bot(desk.group)
    for number in numbers:
        await desk.minh.wait_for(f"#{number} ", since=since)
