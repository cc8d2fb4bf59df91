"""Maintenance, and notices on platforms that are down."""

from __future__ import annotations

from bot.errors import HelpdeskError
from bot.helpdesk.desk import Desk
from bot.model.events import Event
from bot.model.notices import Say
from bot.model.people import Member, Person
from bot.model.states import EventKind, Role
from bot.storage.work import Work

_KEY = "maintenance"
_PLATFORM = "platform:"


async def in_maintenance(work: Work) -> bool:
    """Whether the search rests now."""
    return await work.preferences.get(_KEY) is not None


async def set_maintenance(work: Work, person: Person, member: Member | None, word: str) -> None:
    """Let the search rest (``on``), or work again (``off``). Tickets and their conversations go on meanwhile."""
    admin = require(member, Role.ADMIN)
    if word.strip().lower() not in ("on", "off"):
        await work.outbox.post(person.chat, Say("admin.maintenance_usage"))
        return
    on = word.strip().lower() == "on"
    await work.preferences.put(_KEY, {"by": admin.id} if on else None)
    work.events.add(Event(EventKind.MAINTENANCE, member=admin.id, codes={"on": on}))
    await work.outbox.post(person.chat, Say("admin.maintenance_on" if on else "admin.maintenance_off"))


async def set_platform_notice(work: Work, desk: Desk, person: Person, member: Member | None, words: str) -> None:
    """Put a notice on every card that uses a platform, or take it away (``<platform> tat``)."""
    admin = require(member, Role.ADMIN)
    platform, _, notice = words.strip().partition(" ")
    if platform not in desk.catalogue.platforms:
        known = ", ".join(desk.catalogue.platforms)
        await work.outbox.post(person.chat, Say("admin.notice_usage", {"platforms": known}))
        return
    off = notice.strip().lower() in ("", "tat", "tắt", "off")
    await work.preferences.put(_PLATFORM + platform, None if off else {"text": notice.strip()[:300]})
    work.events.add(Event(EventKind.NOTICE, member=admin.id, codes={"platform": platform, "on": not off}))
    name = desk.catalogue.platforms[platform].name
    await work.outbox.post(person.chat, Say("admin.notice_off" if off else "admin.notice_on", {"platform": name}))


async def platform_notices(work: Work) -> dict[str, str]:
    """The notices in force, by platform."""
    kept = await work.preferences.starting_with(_PLATFORM)
    return {key.removeprefix(_PLATFORM): str(value["text"]) for key, value in kept.items()}


def require(member: Member | None, role: Role) -> Member:
    """Let only members of a role go on.

    Raises:
        HelpdeskError: the person may not do this.
    """
    if member is None or not member.may(role):
        raise HelpdeskError("staff.not_allowed")
    return member
