"""A change to a guide is fetched, checked and tried on what was asked before; off the event loop, in no transaction."""

from __future__ import annotations

import asyncio
import re
import threading
import unicodedata
from collections import Counter
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from bot import log
from bot.errors import ContentError, Finding
from bot.guides.check import check_page
from bot.guides.guide import Guide
from bot.guides.load import Page, read_guide
from bot.guides.mark import mark_of, unmarked
from bot.guides.official import OfficialHosts
from bot.guides.questions import Question, golden_folder, read_questions
from bot.helpdesk.desk import Desk, Known
from bot.helpdesk.editing import ask_sector, change_slot
from bot.helpdesk.replay import compare, logged_questions
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
        await _report(database, version, _wrong("edit.changed_meanwhile"), text=text)
        return
    sector = version.sector or _sector(text, desk)
    if not sector:
        wrong = _misshapen(text, version.guide)
        if wrong:
            await _report(database, version, {"findings": wrong}, text=text)
        else:
            await _ask_sector(database, version, text)
        return
    today = desk.clock.now().astimezone(desk.config.hours.zone).date()
    stop = threading.Event()
    trial = _Trial(desk, desk.knowledge.now, version.guide, sector, text, former, today, stop)
    try:
        report = await asyncio.to_thread(trial.report, questions)
    except asyncio.CancelledError:
        stop.set()  # the process ends, and would wait for the thread
        raise
    await _report(database, version, report, text=text, former_text=former, sector=sector)


@dataclass(frozen=True)
class _Trial:
    """A changed guide put in the place of the present one, for trial."""

    desk: Desk
    known: Known
    guide: str
    sector: str
    text: str
    former: str | None
    today: date
    stop: threading.Event

    def report(self, questions: list[Question]) -> dict[str, Any]:
        """What is wrong with it; or, where nothing is, what would change."""
        if misshapen := _misshapen(self.text, self.guide):
            return {"findings": misshapen}
        page = read_guide(self.text, self.guide, self.guide, self.sector)
        hosts = OfficialHosts.load(self.desk.knowledge.root)
        findings = check_page(page, self.known.catalogue, hosts, self.today)
        wrong = [finding for finding in findings if not finding.warning]
        if wrong:
            return {"findings": [_told(finding) for finding in wrong]}
        present = self.known.catalogue.get(self.guide)
        if present and self.former is not None and present.content_hash == page.entry.content_hash:
            return _wrong("edit.unchanged")
        warnings = [finding.what for finding in findings]
        fields = []
        if present:
            fields = _changed_fields(present.guide, page.entry.guide)
            warnings += _stale_amounts(present.guide, page.entry.guide)
        return {"warnings": warnings, "fields": fields, "replay": self._replay(page, questions)}

    def _replay(self, page: Page, questions: list[Question]) -> dict[str, Any]:
        changed = self.desk.knowledge.indexes.of(self.known.catalogue.with_entry(page.entry))
        return compare([*questions, *self._golden()], self.known.matcher, changed, self.stop).summary()

    def _golden(self) -> list[Question]:
        folder = golden_folder(self.desk.knowledge.root)
        try:
            return read_questions(folder) if folder.is_dir() else []
        except ContentError as error:
            _log.warning("golden questions cannot be read", findings=len(error.findings))
            return []


def _misshapen(text: str, guide: str) -> list[Any]:
    """What keeps the text from being a guide at all."""
    try:
        read_guide(text, guide, guide, "")
    except ContentError as error:
        return [_told(finding) for finding in error.findings]
    return []


def _changed_fields(before: Guide, after: Guide) -> list[str]:
    return [name for name in Guide.model_fields if getattr(before, name) != getattr(after, name)]


def _stale_amounts(before: Guide, after: Guide) -> list[str]:
    """Amounts that the fees no longer name as they did, and that still stand elsewhere in the guide."""
    kept = {fee.amount_vnd for fee in after.fees if fee in before.fees}
    gone = {fee.amount_vnd for fee in before.fees if fee not in after.fees and fee.amount_vnd} - kept
    elsewhere = " ".join([after.summary, *(f"{step.do} {step.tip or ''}" for step in after.steps), *after.warnings])
    amounts = [f"{amount:,}".replace(",", ".") for amount in sorted(amount for amount in gone if amount)]
    return [
        f"tóm tắt, các bước hoặc lưu ý còn nhắc {amount} đồng; xem có phải sửa theo không"
        for amount in amounts
        if re.search(rf"(?<![\d.]){re.escape(amount)}(?![\d.]\d)", elsewhere)
    ]


def _sector(text: str, desk: Desk) -> str:
    """Where most of the guides belong that a new one names; empty where it names none."""
    named = re.findall(r"[a-z0-9]+(?:-[a-z0-9]+)+", text)
    sectors = Counter(entry.sector for name in named if (entry := desk.catalogue.get(name)))
    return sectors.most_common(1)[0][0] if sectors else ""


def _told(finding: Finding) -> list[Any]:
    line = finding.where.rpartition(":")[2]
    return [int(line) if line.isdigit() else 0, finding.what]


def _wrong(key: str) -> dict[str, Any]:
    """A sentence of ours in the place of findings."""
    return {"sentence": key}


async def _refuse(database: Database, version: GuideVersion, key: str) -> None:
    await _report(database, version, _wrong(key), text=version.text)


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
