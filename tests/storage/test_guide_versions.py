from __future__ import annotations

from bot.model.ids import MemberId
from bot.model.people import Chat
from bot.model.states import Role
from bot.model.versions import ChangeKind, GuideVersion, VersionState
from bot.storage.database import Database
from bot.storage.work import Work
from tests.clock import FrozenClock

BOT = "telegram:7001"


async def admin(work: Work) -> MemberId:
    person = await work.people.meet("1", Chat(BOT, "1"), private=True)
    team = await work.teams.default("Tổ")
    return (await work.members.join(person.id, team.id, Role.ADMIN, "Lan")).id


async def received(work: Work, by: MemberId, text: str = "mới", former: str | None = "cũ") -> GuideVersion:
    return await work.guide_versions.add("the-moi", "giay-to", by, BOT, ChangeKind.FILE, text=text, former_text=former)


async def test_the_last_published_is_in_force_whichever_was_begun_first(database: Database, clock: FrozenClock) -> None:
    async with database.work() as work:
        by = await admin(work)
        first, second = await received(work, by, "một", "tệp"), await received(work, by, "hai", "tệp")
        for version in (first, second):
            await work.guide_versions.examined(version.id, VersionState.DRAFT, {})
        assert await work.guide_versions.in_force() == {}
        assert await work.guide_versions.newest() == 0
        assert await work.guide_versions.publish(second.id, by)
        clock.tick(1)
        assert await work.guide_versions.publish(first.id, by)
        assert await work.guide_versions.newest() == 2
        assert await work.guide_versions.in_force() == {"giay-to/the-moi": ("tệp", "hai", "tệp", "một")}
        assert await work.guide_versions.text_in_force("the-moi") == "một"
        assert [v.text for v in await work.guide_versions.history("the-moi", 5)] == ["một", "hai"]
        assert await work.guide_versions.text_in_force("khac") is None


async def test_a_change_is_decided_once(database: Database) -> None:
    async with database.work() as work:
        by = await admin(work)
        version = await received(work, by)
        assert not await work.guide_versions.publish(version.id, by)  # not looked at yet
        assert await work.guide_versions.examined(version.id, VersionState.DRAFT, {"warnings": []})
        assert not await work.guide_versions.examined(version.id, VersionState.DROPPED, {})
        assert await work.guide_versions.wait_for_second(version.id)
        assert not await work.guide_versions.wait_for_second(version.id)
        assert await work.guide_versions.publish(version.id, by)
        assert not await work.guide_versions.publish(version.id, by)
        assert not await work.guide_versions.drop(version.id)
        found = await work.guide_versions.get(version.id)
        assert (found.state, found.confirmed_by, found.report) == (VersionState.PUBLISHED, by, {"warnings": []})


async def test_a_change_is_looked_at_by_one_until_its_time_is_over(database: Database, clock: FrozenClock) -> None:
    async with database.work() as work:
        by = await admin(work)
        version = await received(work, by)
        assert await work.guide_versions.claim("telegram:8", 60) is None
        claimed = await work.guide_versions.claim(BOT, 60)
        assert claimed
        assert (claimed.id, claimed.attempts) == (version.id, 1)
        assert await work.guide_versions.claim(BOT, 60) is None
    clock.tick(61)
    async with database.work() as work:
        assert (again := await work.guide_versions.claim(BOT, 60))
        assert again.attempts == 2
        await work.guide_versions.let_go()
        assert await work.guide_versions.claim(BOT, 60)
        await work.guide_versions.let_go(version.id)
        assert await work.guide_versions.claim(BOT, 60)


async def test_a_new_guide_without_a_sector_waits_once_it_is_fetched(database: Database, clock: FrozenClock) -> None:
    async with database.work() as work:
        by = await admin(work)
        version = await work.guide_versions.add("bai-moi", "", by, BOT, ChangeKind.FILE, file="abc")
        assert version.is_new
        assert await work.guide_versions.claim(BOT, 60)
        await work.guide_versions.change(version.id, text="nội dung", leased_until=None)
        assert await work.guide_versions.claim(BOT, 60) is None
        await work.guide_versions.change(version.id, sector="giay-to")
        assert await work.guide_versions.claim(BOT, 60)
        assert version.created_at == clock.now()
