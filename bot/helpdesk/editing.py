"""An admin changes a guide from the chat: as a file sent back, or by typing a new fee, time, notice or question."""

from __future__ import annotations

import re
import unicodedata
from datetime import date
from typing import Any

from bot.errors import HelpdeskError
from bot.guides.edit import add_lines, set_field, value_of
from bot.guides.fees import changed_fees, read_fee
from bot.guides.guide import GUIDE_ID
from bot.helpdesk.desk import Desk
from bot.helpdesk.dialog import EDIT, expect, expect_nothing, expects
from bot.helpdesk.maintenance import require
from bot.helpdesk.versions import text_in_force
from bot.language import fold
from bot.model.ids import VersionId
from bot.model.notices import Say
from bot.model.notices.citizens import GuideCard
from bot.model.notices.editing import (
    FeesToEdit,
    GuideChange,
    GuideFile,
    GuideHistory,
    GuidesToEdit,
    GuideTemplate,
    SectorPick,
)
from bot.model.people import Member, Person
from bot.model.requests import Incoming
from bot.model.states import Kind, Role
from bot.model.versions import ChangeKind, GuideVersion, VersionState
from bot.storage.work import Work

FEE, TIME, UTTERANCE, NOTICE = "fee", "time", "utterance", "notice"
_KINDS = {
    FEE: ChangeKind.FEE, TIME: ChangeKind.TIME, UTTERANCE: ChangeKind.UTTERANCE, NOTICE: ChangeKind.NOTICE,
}  # fmt: skip
_NEW, _HISTORY = frozenset({"moi", "bai moi"}), frozenset({"lichsu", "lich su"})
_TAKE_AWAY = frozenset({"tat", "go", "bo", "xoa", "khong", "off"})
# A phone that saves a file a second time calls it «ten (2).yaml».
_FILE_NAME = re.compile(r"(?P<guide>.+?)(?:[ _]?\(\d+\))?\.ya?ml", re.IGNORECASE)
_LONGEST_ID = 40
_MOST_LINES = 10


async def open_editor(work: Work, desk: Desk, person: Person, member: Member | None, words: str) -> None:
    """``/sua``: a guide by id or words, its history, or a new one.

    Raises:
        HelpdeskError: not an admin, or no id for a new guide.
    """
    require(member, Role.ADMIN)
    first, _, rest = words.strip().partition(" ")
    if not first:
        await work.outbox.post(person.chat, Say("edit.usage"))
    elif fold(first) in _NEW and rest.strip():
        await _send_template(work, desk, person, rest.strip())
    elif desk.catalogue.get(first) and fold(rest) in _HISTORY:
        await work.outbox.post(person.chat, GuideHistory(first))
    elif desk.catalogue.get(first):
        await work.outbox.post(person.chat, GuideCard(first))
        await work.outbox.post(person.chat, GuideFile(first), f"guide:{first}")
    else:
        await _offer(work, desk, person, words)


async def _send_template(work: Work, desk: Desk, person: Person, guide: str) -> None:
    if not GUIDE_ID.fullmatch(guide) or len(guide) > _LONGEST_ID:
        raise HelpdeskError("edit.bad_id")
    if desk.catalogue.get(guide):
        raise HelpdeskError("edit.id_taken", guide=guide)
    await work.outbox.post(person.chat, GuideTemplate(guide), f"guide:{guide}")


async def _offer(work: Work, desk: Desk, person: Person, words: str) -> None:
    """No id: whatever guides the words may mean."""
    match = desk.knowledge.now.matcher.match(words.replace("-", " "))
    guides = tuple(candidate.guide for candidate in match.candidates if desk.catalogue.get(candidate.guide))
    await work.outbox.post(person.chat, GuidesToEdit(guides) if guides else Say("edit.none"))


async def edit_part(
    work: Work, desk: Desk, person: Person, member: Member | None, guide: str, part: str, index: int | None = None
) -> None:
    """A button below the file: ask for the new wording.

    Raises:
        HelpdeskError: not an admin, or the guide is gone.
    """
    require(member, Role.ADMIN)
    entry = desk.catalogue.get(guide)
    if entry is None:
        raise HelpdeskError("edit.gone")
    fees = entry.guide.fees
    if part == FEE and index is None and len(fees) > 1:
        await work.outbox.post(person.chat, FeesToEdit(guide), f"fees:{guide}")
        return
    index = index or 0
    await expect(work, person, EDIT, guide=guide, part=part, index=index)
    figures: dict[str, str | int] = {"guide": entry.guide.title}
    if part == FEE and index < len(fees):
        figures["what"] = fees[index].what
    if part == TIME:
        figures["time"] = entry.guide.time
    key = f"edit.ask_{part}" if part != FEE or index < len(fees) else "edit.ask_first_fee"
    await work.outbox.post(person.chat, Say(key, figures))


async def hear_editor(work: Work, desk: Desk, person: Person, member: Member, incoming: Incoming) -> bool:
    """Whether the message was a guide's file, or the new wording that was asked for."""
    if not member.may(Role.ADMIN):
        return False
    if incoming.kind == Kind.DOCUMENT and incoming.file and _FILE_NAME.fullmatch(incoming.file_name):
        await _take_file(work, desk, person, member, incoming)
        return True
    if incoming.kind == Kind.TEXT and expects(person) == EDIT and person.dialog:
        await _take_words(work, desk, person, member, incoming.text, person.dialog)
        return True
    return False


async def _take_file(work: Work, desk: Desk, person: Person, member: Member, incoming: Incoming) -> None:
    """A changed file: noted now, fetched and looked at as soon as this is kept (``examine.py``)."""
    guide = await _replied_to(work, incoming) or _named(incoming.file_name)
    entry = desk.catalogue.get(guide)
    if entry is None and (not GUIDE_ID.fullmatch(guide) or len(guide) > _LONGEST_ID):
        raise HelpdeskError("edit.file_name")
    sector = entry.sector if entry else ""
    version = await work.guide_versions.add(
        guide, sector, member.id, person.chat.bot, ChangeKind.FILE, file=incoming.file
    )
    await show_change(work, person, version)


async def _replied_to(work: Work, incoming: Incoming) -> str | None:
    """The guide whose file the message answers."""
    if incoming.reply_to is None:
        return None
    place = incoming.place
    names = await work.slots.names_at(type(place)(place.bot, place.chat, incoming.reply_to))
    return next((name.removeprefix("guide:") for name in names if name.startswith("guide:")), None)


def _named(file_name: str) -> str:
    found = _FILE_NAME.fullmatch(file_name)
    return found["guide"].strip().lower() if found else ""


async def _take_words(
    work: Work, desk: Desk, person: Person, member: Member, words: str, asked: dict[str, Any]
) -> None:
    """The new wording of a part: put into the text in force, which then goes the way of a file."""
    guide, part = str(asked["guide"]), str(asked["part"])
    entry = desk.catalogue.get(guide)
    text = await text_in_force(work, desk, guide)
    if entry is None or text is None:
        raise HelpdeskError("edit.gone")
    today = desk.clock.now().astimezone(desk.config.hours.zone).date()
    changed = _changed(text, part, words, int(asked.get("index", 0)), today)
    await expect_nothing(work, person)
    version = await work.guide_versions.add(guide, entry.sector, member.id, person.chat.bot, _KINDS[part], text=changed)
    await show_change(work, person, version)


def _changed(text: str, part: str, words: str, index: int, today: date) -> str:
    said = [line.strip() for line in unicodedata.normalize("NFC", words).splitlines() if line.strip()]
    whole = " ".join(said)
    if part == FEE:
        typed = read_fee(whole)
        if typed is None:
            raise HelpdeskError("edit.bad_fee")
        return set_field(text, "fees", changed_fees(value_of(text, "fees") or [], index, typed, today))
    if part == UTTERANCE:
        if len(said) > _MOST_LINES:
            raise HelpdeskError("edit.too_many_lines", most=_MOST_LINES)
        return add_lines(text, "asked_as", said)
    if part == NOTICE:
        return set_field(text, "notice", None if fold(whole) in _TAKE_AWAY else whole)
    return set_field(text, "time", whole)


async def show_change(work: Work, person: Person, version: GuideVersion) -> None:
    """How the change stands, in a message that later changes with it."""
    await work.outbox.post(person.chat, GuideChange(version.id), change_slot(version.id))


async def choose_sector(work: Work, desk: Desk, member: Member | None, version_id: VersionId, sector: str) -> None:
    """A new guide's sector; only then can it be looked at.

    Raises:
        HelpdeskError: not an admin, or it was decided already.
    """
    require(member, Role.ADMIN)
    version = await work.guide_versions.find(version_id)
    if version is None or version.state != VersionState.RECEIVED or sector not in desk.catalogue.sectors:
        raise HelpdeskError("edit.decided")
    await work.guide_versions.change(version.id, sector=sector, leased_until=None)


async def ask_sector(work: Work, person: Person, version: GuideVersion) -> None:
    """A new guide that names no neighbours: where does it belong?"""
    await work.outbox.post(person.chat, SectorPick(version.id))


def change_slot(version: VersionId) -> str:
    """The message about a change."""
    return f"change:{version}"
