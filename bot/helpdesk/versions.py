"""A change to a guide is decided: published, confirmed by a second admin, dropped, undone."""

from __future__ import annotations

from bot.errors import ContentError, HelpdeskError
from bot.guides.load import read_guide
from bot.helpdesk.desk import Desk
from bot.helpdesk.maintenance import require
from bot.model.delivery import Mode
from bot.model.events import Event
from bot.model.ids import VersionId
from bot.model.notices import Say
from bot.model.notices.editing import GuideChange, GuideHistory
from bot.model.people import Member, Person
from bot.model.states import EventKind, Role
from bot.model.versions import OPEN, ChangeKind, GuideVersion, VersionState
from bot.storage.work import Work

EVERYWHERE = "all"
"""Scope of an admin whose word holds for all; guides are the same everywhere, so only he publishes alone."""


async def text_in_force(work: Work, desk: Desk, guide: str) -> str | None:
    """A guide's text as citizens get it; None where there is no such guide.

    What was published a moment ago may not have reached this process's catalogue: then the database knows better.
    """
    if desk.knowledge.version[0] != await work.guide_versions.newest():
        published = await work.guide_versions.text_in_force(guide)
        if published is not None:
            return published or None
    entry = desk.catalogue.get(guide)
    return entry.text if entry else None


async def publish(work: Work, desk: Desk, person: Person, member: Member | None, version_id: VersionId) -> None:
    """«Đăng»: in force within seconds, or first to a second admin.

    Raises:
        HelpdeskError: not allowed, decided already, or the guide was changed meanwhile.
    """
    admin = require(member, Role.ADMIN)
    version = await _undecided(work, version_id)
    if await text_in_force(work, desk, version.guide) != version.former_text:
        raise HelpdeskError("edit.outdated", guide=version.guide)
    if version.state == VersionState.DRAFT and _needs_second(desk, admin, version):
        await _ask_second(work, admin, version)
        return
    if version.state == VersionState.WAITING and (admin.id == version.member or admin.scope != EVERYWHERE):
        raise HelpdeskError("edit.needs_second")
    if not await work.guide_versions.publish(version.id, admin.id):
        raise HelpdeskError("edit.decided")
    _record(work, version, admin)
    await _show_again(work, version)


def _needs_second(desk: Desk, admin: Member, version: GuideVersion) -> bool:
    return admin.scope != EVERYWHERE or (version.is_new and desk.config.publishing.second_admin)


async def _ask_second(work: Work, admin: Member, version: GuideVersion) -> None:
    if not await work.guide_versions.wait_for_second(version.id):
        raise HelpdeskError("edit.decided")
    others = [other for other in await work.members.admins() if other.id != admin.id and other.scope == EVERYWHERE]
    for _, chat in await work.members.chats(others):
        await work.outbox.post(chat, GuideChange(version.id, second=True), _slot(version))
    await _show_again(work, version)
    if not others:
        author = await work.people.get(admin.person)
        await work.outbox.post(author.chat, Say("edit.no_second"))


async def drop(work: Work, member: Member | None, version_id: VersionId) -> None:
    """«Bỏ».

    Raises:
        HelpdeskError: not allowed, or decided already.
    """
    require(member, Role.ADMIN)
    version = await _undecided(work, version_id)
    if not await work.guide_versions.drop(version.id):
        raise HelpdeskError("edit.decided")
    await _show_again(work, version)


async def restore(
    work: Work, desk: Desk, person: Person, member: Member | None, version_id: VersionId, *, before: bool
) -> None:
    """«Khôi phục»: a text that was in force once is so again, at once.

    Args:
        work: the unit of work.
        desk: what use cases work with.
        person: who presses.
        member: his membership.
        version_id: the version to go back to.
        before: rather to what was in force before it.

    Raises:
        HelpdeskError: not allowed, in force already, or no right guide any more.
    """
    admin = require(member, Role.ADMIN)
    if admin.scope != EVERYWHERE:
        raise HelpdeskError("edit.scope")
    version = await work.guide_versions.find(version_id)
    if version is None or version.state != VersionState.PUBLISHED:
        raise HelpdeskError("edit.gone")
    wanted = version.former_text if before else version.text
    now = await text_in_force(work, desk, version.guide)
    if (wanted or None) == now:
        raise HelpdeskError("edit.in_force")
    if wanted:
        try:
            read_guide(wanted, version.guide, version.guide, version.sector)
        except ContentError:
            raise HelpdeskError("edit.not_right_any_more") from None
    undone = await work.guide_versions.add(
        version.guide,
        version.sector,
        admin.id,
        person.chat.bot,
        ChangeKind.RESTORED,
        text=wanted or "",
        former_text=now,
    )
    await work.guide_versions.examined(undone.id, VersionState.DRAFT, {})
    await work.guide_versions.publish(undone.id, admin.id)
    _record(work, undone, admin)
    await work.outbox.post(person.chat, Say("edit.restored"))
    await work.outbox.post(person.chat, GuideHistory(version.guide))


async def show_part(
    work: Work, person: Person, member: Member | None, version_id: VersionId, part: str, message: str
) -> None:
    """Another part of the changed guide, in the same message.

    Raises:
        HelpdeskError: not allowed, or decided already.
    """
    require(member, Role.ADMIN)
    version = await _undecided(work, version_id)
    await work.slots.point(person.chat, _slot(version), message)
    second = version.state == VersionState.WAITING
    await work.outbox.post(person.chat, GuideChange(version.id, part, second), _slot(version), mode=Mode.EDIT)


async def _undecided(work: Work, version_id: VersionId) -> GuideVersion:
    version = await work.guide_versions.find(version_id)
    if version is None:
        raise HelpdeskError("edit.gone")
    if version.state not in OPEN:
        raise HelpdeskError("edit.decided")
    return version


async def _show_again(work: Work, version: GuideVersion) -> None:
    """Everybody who has the change before him sees how it stands now."""
    author = (await work.people.get((await work.members.get(version.member)).person)).chat
    for chat in dict.fromkeys([author, *await work.slots.chats_with(_slot(version))]):
        notice = GuideChange(version.id, second=chat != author)
        await work.outbox.post(chat, notice, _slot(version), mode=Mode.EDIT)


def _record(work: Work, version: GuideVersion, admin: Member) -> None:
    codes: dict[str, str | int | bool | None] = {
        "version": version.id,
        "change": version.change,
        "author": version.member,
        "new": version.is_new,
    }
    work.events.add(Event(EventKind.PUBLISHED, member=admin.id, team=admin.team, guide=version.guide, codes=codes))


def _slot(version: GuideVersion) -> str:
    return f"change:{version.id}"
