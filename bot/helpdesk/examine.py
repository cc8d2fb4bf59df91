"""A change to a guide is fetched, checked and tried on what was asked before; off the event loop, in no transaction."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Awaitable, Callable
from typing import Any

from bot import log
from bot.guides.mark import mark_of, unmarked
from bot.helpdesk.aside import aside
from bot.helpdesk.desk import Desk
from bot.helpdesk.editing import ask_sector, change_slot
from bot.helpdesk.logged_questions import logged_questions
from bot.helpdesk.trial import Trial, misshapen, wrong_because
from bot.helpdesk.versions import text_in_force
from bot.model.delivery import Mode
from bot.model.notices.editing import GuideChange
from bot.model.people import Chat
from bot.model.versions import GuideVersion, VersionState
from bot.storage.database import Database
from bot.storage.work import Work

Fetch = Callable[[str], Awaitable[bytes]]
"""Gets a file from a channel by its handle."""

# Looking at a change takes some ten seconds; a process that died must not hold it for long.
_LEASE_SECONDS = 120.0
_MOST_ATTEMPTS = 3
# A guide has some ten thousand bytes.
LARGEST_FILE = 200_000

_log = log.get(__name__)


class CannotFetch(Exception):
    """The channel does not give the file: too large, or gone."""


async def examine_next(database: Database, desk: Desk, bot: str, fetch: Fetch) -> bool:
    """Look at the next change that waits; false where none does."""
    async with database.work() as work:
        version = await work.guide_versions.claim(bot, _LEASE_SECONDS)
    if version is None:
        return False
    if version.attempts > _MOST_ATTEMPTS:
        await _refuse(database, version, "edit.trouble")
        return True
    text = version.text
    if not text:
        try:
            text = _text(await fetch(version.file or ""))
        except CannotFetch:
            await _refuse(database, version, "edit.cannot_fetch")
            return True
        except UnicodeDecodeError:
            await _refuse(database, version, "edit.not_text")
            return True
        except Exception:
            async with database.work() as work:
                await work.guide_versions.let_go(version.id)
            raise
    await _examine(database, desk, version, text)
    return True


def _text(content: bytes) -> str:
    """The file's text, with composed letters and plain line ends as all others."""
    text = unicodedata.normalize("NFC", content.decode("utf-8-sig")).replace("\r\n", "\n").replace("\x00", "")
    return text if text.endswith("\n") else text + "\n"


async def _examine(database: Database, desk: Desk, version: GuideVersion, text: str) -> None:
    text, mark = unmarked(text)
    async with database.reading() as work:
        former = await text_in_force(work, desk, version.guide)
        questions = await logged_questions(work, desk.config.retention.request_text)
    if mark and former is not None and mark != mark_of(former):
        await _report(database, version, wrong_because("edit.changed_meanwhile"), text=text)
        return
    sector = version.sector or _sector(text, desk)
    if not sector:
        wrong = misshapen(text, version.guide)
        if wrong:
            await _report(database, version, {"findings": wrong}, text=text)
        else:
            await _ask_sector(database, version, text)
        return
    today = desk.clock.now().astimezone(desk.config.hours.zone).date()
    known = desk.knowledge.now
    trial = Trial(
        root=desk.knowledge.root,
        settings=desk.config.matching,
        catalogue=known.catalogue,
        matcher=known.matcher,
        guide=version.guide,
        sector=sector,
        text=text,
        former=former,
        today=today,
    )
    async with aside() as run:
        tried = await run(trial.run, questions)
    if tried.unread:
        _log.warning("golden questions cannot be read", findings=tried.unread)
    if tried.entry and tried.matcher:
        desk.knowledge.indexes.keep(known.catalogue.with_entry(tried.entry), tried.matcher)
    await _report(database, version, tried.report, text=text, former_text=former, sector=sector)


def _sector(text: str, desk: Desk) -> str:
    """Where most of the guides belong that a new one names; empty where it names none."""
    named = re.findall(r"[a-z0-9]+(?:-[a-z0-9]+)+", text)
    sectors = Counter(entry.sector for name in named if (entry := desk.catalogue.get(name)))
    return sectors.most_common(1)[0][0] if sectors else ""


async def _refuse(database: Database, version: GuideVersion, key: str) -> None:
    await _report(database, version, wrong_because(key), text=version.text)


async def _ask_sector(database: Database, version: GuideVersion, text: str) -> None:
    async with database.work() as work:
        await work.guide_versions.change(version.id, text=text, leased_until=None, attempts=0)
        author = await work.people.get((await work.members.get(version.member)).person)
        await ask_sector(work, author, version)


async def _report(database: Database, version: GuideVersion, report: dict[str, Any], **values: Any) -> None:
    wrong = "findings" in report or "sentence" in report
    state = VersionState.DROPPED if wrong else VersionState.DRAFT
    async with database.work() as work:
        if await work.guide_versions.examined(version.id, state, report, **values):
            await work.outbox.post(
                await _author(work, version), GuideChange(version.id, _first_part(version)),
                change_slot(version.id), mode=Mode.EDIT,
            )  # fmt: skip


async def _author(work: Work, version: GuideVersion) -> Chat:
    return (await work.people.get((await work.members.get(version.member)).person)).chat


def _first_part(version: GuideVersion) -> str:
    """What the admin wants to see first: the fees where he changed a fee."""
    return "cost" if version.change in ("fee", "time") else "main"
