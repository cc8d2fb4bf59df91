"""The guides in force: files, with what was published from the chat over them."""

from __future__ import annotations

from bot.errors import ContentError
from bot.helpdesk.desk import Desk
from bot.helpdesk.maintenance import require
from bot.model.events import Event
from bot.model.ids import MemberId
from bot.model.notices import Say
from bot.model.people import Member, Person
from bot.model.states import EventKind, Role
from bot.storage.database import Database
from bot.storage.work import Work

_RELOAD = "reload"


async def ask_reload(work: Work, person: Person, member: Member | None) -> None:
    """``/tailai``: every process reads the files again, beside its other work, and one of them says how it went."""
    admin = require(member, Role.ADMIN)
    former = await work.preferences.lock(_RELOAD) or {"number": 0}
    await work.preferences.put(_RELOAD, {"number": former["number"] + 1, "by": admin.id, "told": False})
    await work.outbox.post(person.chat, Say("admin.reloading"))


async def refresh(database: Database, desk: Desk) -> None:
    """Take over what was published or asked to be read again since the last look.

    Raises:
        ContentError: it cannot be used; what was in force stays.
    """
    async with database.reading() as work:
        newest = await work.guide_versions.newest()
        asked = await work.preferences.get(_RELOAD)
        version = (newest, asked["number"] if asked else 0)
        if desk.knowledge.ready and version == desk.knowledge.version:
            return
        published = await work.guide_versions.in_force()
    first = not desk.knowledge.ready
    try:
        guides = await desk.knowledge.reload(published, version)
    except ContentError as error:
        desk.knowledge.version = version  # not again until something changes
        await _tell(database, Say("admin.reload_failed", _findings(error)), version[1])
        raise
    if not first:
        await _tell(database, Say("admin.reloaded", {"guides": guides}), version[1])


async def _tell(database: Database, notice: Say, number: int) -> None:
    async with database.work() as work:
        await tell_of_reload(work, notice, number)


async def tell_of_reload(work: Work, notice: Say, number: int) -> None:
    """Tell the admin who asked; of several processes that read the guides, one does."""
    asked = await work.preferences.lock(_RELOAD)
    if asked and asked["number"] == number and not asked["told"]:
        await work.preferences.put(_RELOAD, {**asked, "told": True})
        work.events.add(Event(EventKind.RELOADED, member=asked["by"]))
        for _, chat in await work.members.chats([await work.members.get(MemberId(asked["by"]))]):
            await work.outbox.post(chat, notice)


def _findings(error: ContentError) -> dict[str, str | int]:
    return {"findings": "\n".join(str(f) for f in error.findings[:10]), "count": len(error.findings)}
