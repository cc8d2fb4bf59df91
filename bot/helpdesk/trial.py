"""A changed guide put in the place of the present one, for trial. Takes seconds: runs in a process of its own."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from bot.config import Matching
from bot.errors import ContentError, Finding
from bot.guides.catalogue import Catalogue, Entry
from bot.guides.check import check_page
from bot.guides.guide import Guide
from bot.guides.load import Page, read_guide
from bot.guides.official import OfficialHosts
from bot.guides.questions import Question, golden_folder, read_questions
from bot.helpdesk.indexes import what_matchers_read
from bot.helpdesk.replay import compare
from bot.language import spans_in
from bot.matching.matcher import Matcher


@dataclass(frozen=True)
class Tried:
    """What came of it.

    Attributes:
        report: what is wrong with the change; or, where nothing is, what would change.
        entry: the changed guide, where it was put to the questions.
        matcher: what was built for that, if anything was.
        unread: how many golden questions' mistakes kept them from being asked.
    """

    report: dict[str, Any]
    entry: Entry | None = None
    matcher: Matcher | None = None
    unread: int = 0


@dataclass(frozen=True)
class Trial:
    """A change and what it is to be tried in.

    Attributes:
        root: the folder of the handbook.
        matcher: what answers now.
        text: the changed guide; ``former``: its text in force.
        today: the day the checks take it for.
    """

    root: Path
    settings: Matching
    catalogue: Catalogue
    matcher: Matcher
    guide: str
    sector: str
    text: str
    former: str | None
    today: date

    def run(self, questions: list[Question]) -> Tried:
        """Check the change; where nothing is wrong, ask the questions and the golden ones."""
        if wrong := misshapen(self.text, self.guide):
            return Tried({"findings": wrong})
        page = read_guide(self.text, self.guide, self.guide, self.sector)
        findings = check_page(page, self.catalogue, OfficialHosts.load(self.root), self.today)
        mistakes = [finding for finding in findings if not finding.warning]
        if mistakes:
            return Tried({"findings": [_told(finding) for finding in mistakes]})
        present = self.catalogue.get(self.guide)
        if present and self.former is not None and present.content_hash == page.entry.content_hash:
            return Tried(wrong_because("edit.unchanged"))
        warnings = [finding.what for finding in findings]
        fields = []
        if present:
            fields = _changed_fields(present.guide, page.entry.guide)
            warnings += _stale_amounts(present.guide, page.entry.guide)
            warnings += _stale_times(present.guide, page.entry.guide)
        return self._asked(page, questions, {"warnings": warnings, "fields": fields})

    def _asked(self, page: Page, questions: Iterable[Question], report: dict[str, Any]) -> Tried:
        changed = self.catalogue.with_entry(page.entry)
        same = what_matchers_read(changed) == what_matchers_read(self.catalogue)
        matcher = self.matcher if same else Matcher(changed, self.settings)
        golden, unread = self._golden()
        replay = compare([*questions, *golden], self.matcher, matcher).summary()
        return Tried({**report, "replay": replay}, page.entry, None if same else matcher, unread)

    def _golden(self) -> tuple[list[Question], int]:
        folder = golden_folder(self.root)
        try:
            return (read_questions(folder) if folder.is_dir() else []), 0
        except ContentError as error:
            return [], len(error.findings)


def misshapen(text: str, guide: str) -> list[Any]:
    """What keeps the text from being a guide at all."""
    try:
        read_guide(text, guide, guide, "")
    except ContentError as error:
        return [_told(finding) for finding in error.findings]
    return []


def wrong_because(key: str) -> dict[str, Any]:
    """A report with a sentence of ours in the place of findings."""
    return {"sentence": key}


def _changed_fields(before: Guide, after: Guide) -> list[str]:
    return [name for name in Guide.model_fields if getattr(before, name) != getattr(after, name)]


def _stale_amounts(before: Guide, after: Guide) -> list[str]:
    """Amounts that the fees no longer name as they did, and that still stand elsewhere in the guide."""
    kept = {fee.amount_vnd for fee in after.fees if fee in before.fees}
    gone = {fee.amount_vnd for fee in before.fees if fee not in after.fees and fee.amount_vnd} - kept
    elsewhere = _prose(after)
    amounts = [f"{amount:,}".replace(",", ".") for amount in sorted(amount for amount in gone if amount)]
    return [
        f"tóm tắt, các bước hoặc lưu ý còn nhắc {amount} đồng; xem có phải sửa theo không"
        for amount in amounts
        if re.search(rf"(?<![\d.]){re.escape(amount)}(?![\d.]\d)", elsewhere)
    ]


def _stale_times(before: Guide, after: Guide) -> list[str]:
    """Spans that the time no longer names, and that still stand elsewhere in the guide: the card would say both."""
    named, elsewhere = spans_in(after.time), spans_in(_prose(after))
    gone = [span for span in dict.fromkeys(spans_in(before.time)) if span not in named]
    return [
        f"tóm tắt, các bước hoặc lưu ý còn nhắc {span}; xem có phải sửa theo không"
        for span in gone
        if span in elsewhere
    ]


def _prose(guide: Guide) -> str:
    return " ".join([guide.summary, *(f"{step.do} {step.tip or ''}" for step in guide.steps), *guide.warnings])


def _told(finding: Finding) -> list[Any]:
    line = finding.where.rpartition(":")[2]
    return [int(line) if line.isdigit() else 0, finding.what]
