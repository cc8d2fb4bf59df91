"""What an admin sees who changes a guide: its file, the change as it stands, its history."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from bot.channels.telegram.keyboards import Rows
from bot.channels.telegram.keyboards import admins as press
from bot.channels.telegram.views.frame import Document, Frame, Screen, Views, clock, day, fit, money
from bot.channels.telegram.views.guide_cards import guide_card
from bot.errors import ContentError
from bot.guides.catalogue import Entry
from bot.guides.load import read_guide
from bot.guides.mark import marked
from bot.guides.template import new_guide
from bot.model.briefs import CardBrief, GuideChangeBrief, GuideFileBrief, GuideHistoryBrief
from bot.model.notices.citizens import GuideCard
from bot.model.notices.editing import (
    FeesToEdit,
    GuideChange,
    GuideFile,
    GuideHistory,
    GuidesToEdit,
    GuideTemplate,
    OverdueGuides,
    SectorPick,
)
from bot.model.states import Section
from bot.model.versions import ChangeKind, GuideVersion, VersionState

_MOST_FINDINGS = 10
_MOST_COLLISIONS = 3
_STEPS = "steps"
_PARTS = (Section.MAIN, Section.DOCUMENTS, Section.COST, Section.NOTES, _STEPS)
# A caption holds 1,024 characters; a card is kept so short that the figures below it are seen without scrolling.
_LONGEST_CARD = 2600
_FIELD_PATH = re.compile(r"([a-z_]+(?:\.(?:[a-z_]+|\d+))*): (.*)", re.DOTALL)


def guide_file(notice: GuideFile, brief: GuideFileBrief, frame: Frame) -> Screen:
    """The guide as a file, with buttons for small changes."""
    entry = frame.entry(notice.guide)
    if entry is None and brief.text is None:
        return Screen(frame.texts("guide.gone"))
    text = brief.text if brief.text is not None else entry.text if entry else ""
    by = frame.texts("edit.from_file")
    if brief.at and brief.by:
        by = frame.texts("edit.from_chat", name=brief.by, when=_when(brief.at, frame))
    caption = frame.texts("edit.file", title=frame.title(notice.guide), guide=notice.guide, by=by)
    guide = notice.guide
    rows: Rows = [
        [
            frame.button("edit_fee", press.EditPart(guide, "fee")),
            frame.button("edit_time", press.EditPart(guide, "time")),
        ],
        [
            frame.button("edit_utterance", press.EditPart(guide, "utterance")),
            frame.button("edit_notice", press.EditPart(guide, "notice")),
        ],
        [frame.button("versions", press.ShowVersions(guide))],
    ]
    return Screen(caption, rows, Document(f"{guide}.yaml", marked(text)))


def guide_template(notice: GuideTemplate, _: None, frame: Frame) -> Screen:
    """An empty guide to be filled in."""
    document = Document(f"{notice.guide}.yaml", new_guide(notice.guide, frame.today))
    return Screen(frame.texts("edit.template", guide=notice.guide), document=document)


def guides_to_edit(notice: GuidesToEdit, _: None, frame: Frame) -> Screen:
    """Which guide?"""
    rows: Rows = [[frame.labelled(frame.title(guide), press.EditGuide(guide))] for guide in notice.guides]
    return Screen(frame.texts("edit.which"), rows)


def overdue_guides(notice: OverdueGuides, _: None, frame: Frame) -> Screen:
    """Guides to be reviewed, each a button to its file."""
    entries = [entry for guide in notice.guides if (entry := frame.entry(guide))]
    lines = [f"• {entry.guide.title} ({day(entry.guide.review.review_by)})" for entry in entries]
    if notice.more:
        lines.append(frame.texts.plain("edit.more", count=notice.more))
    rows: Rows = [[frame.labelled(entry.guide.title, press.EditGuide(entry.id))] for entry in entries]
    return Screen(frame.texts("edit.overdue", count=len(entries) + notice.more, guides="\n".join(lines)), rows)


def fees_to_edit(notice: FeesToEdit, _: GuideFileBrief, frame: Frame) -> Screen:
    """Which fee?"""
    entry = frame.entry(notice.guide)
    fees = entry.guide.fees if entry else ()
    rows: Rows = []
    for index, fee in enumerate(fees):
        amount = frame.texts.plain("card.fee_unknown") if fee.amount_vnd is None else f"{money(fee.amount_vnd)} đ"
        rows.append([frame.labelled(f"{amount} · {fee.what}", press.EditFee(notice.guide, index))])
    return Screen(frame.texts("edit.which_fee"), rows)


def sector_pick(notice: SectorPick, _: None, frame: Frame) -> Screen:
    """Where does a new guide belong?"""
    rows: Rows = [
        [frame.labelled(title, press.PickSector(notice.version, sector))]
        for sector, title in frame.catalogue.sectors.items()
    ]
    return Screen(frame.texts("edit.which_sector"), rows)


def guide_change(notice: GuideChange, brief: GuideChangeBrief, frame: Frame) -> Screen:
    """A change as it stands."""
    version, texts = brief.version, frame.texts
    if version.state == VersionState.RECEIVED:
        return Screen(texts("edit.looking", guide=_title(version, frame)))
    if version.state == VersionState.DROPPED:
        return _dropped(version, frame)
    if version.state == VersionState.PUBLISHED:
        return _published(version, brief, frame)
    return _to_decide(notice, brief, frame)


def _dropped(version: GuideVersion, frame: Frame) -> Screen:
    texts, report = frame.texts, version.report
    if "sentence" in report:
        return Screen(texts("edit.refused", reason=texts(report["sentence"], guide=version.guide)))
    findings = report.get("findings")
    if not findings:
        return Screen(texts("edit.dropped", guide=_title(version, frame)))
    lines = [texts("edit.finding", line=line, what=_readable(what, frame)) for line, what in findings[:_MOST_FINDINGS]]
    if len(findings) > _MOST_FINDINGS:
        lines.append(texts("edit.more_findings", count=len(findings) - _MOST_FINDINGS))
    return Screen(fit([texts("edit.wrong", guide=version.guide), *lines, texts("edit.nothing_changed")]))


def _readable(what: str, frame: Frame) -> str:
    """A finding with a field's name as people know it: «lệ phí 1, số tiền» for ``fees.1.amount_vnd``."""
    found = _FIELD_PATH.fullmatch(what)
    if not found:
        return what
    words: list[str] = []
    for part in found[1].split("."):
        key = f"edit.field.{part}"
        if part.isdigit() and words:
            words[-1] += f" {part}"
        else:
            words.append(frame.texts.plain(key) if key in frame.texts else part)
    return f"«{', '.join(words)}» {found[2]}"


def _published(version: GuideVersion, brief: GuideChangeBrief, frame: Frame) -> Screen:
    assert version.published_at is not None
    by = brief.second or brief.author
    when = _when(version.published_at, frame)
    text = frame.texts("edit.published", guide=_title(version, frame), name=by, when=when)
    return Screen(text, [[frame.button("versions", press.ShowVersions(version.guide))]])


def _to_decide(notice: GuideChange, brief: GuideChangeBrief, frame: Frame) -> Screen:
    version, texts = brief.version, frame.texts
    entry = _entry(version)
    if entry is None:
        return Screen(texts("edit.not_right_any_more"))
    key = "edit.new" if version.is_new else "edit.changed"
    sector = frame.catalogue.sectors.get(version.sector, version.sector)
    head: str = texts(key, guide=version.guide, sector=sector)
    fields = version.report.get("fields", [])
    if fields:
        names = ", ".join(texts.plain(f"edit.field.{name}") for name in fields)
        head = f"{head}\n{texts('edit.fields', fields=names)}"
    lines = [head, texts("edit.line"), _card(notice.part, entry, frame), texts("edit.line"), *_replayed(brief, frame)]
    lines += [texts("edit.warning", what=what) for what in version.report.get("warnings", [])[:_MOST_COLLISIONS]]
    if version.state == VersionState.WAITING:
        lines.append(texts("edit.confirm" if notice.second else "edit.waiting", name=brief.author))
    return Screen(fit(lines), _decisions(notice, version, frame))


def _card(part: str, entry: Entry, frame: Frame) -> str:
    """The guide as a citizen will see it."""
    if part == _STEPS:
        safe = [
            frame.texts("card.plain", text=text) for text in (entry.guide.title, *(s.do for s in entry.guide.steps))
        ]
        steps = (f"{number}. {step}" for number, step in enumerate(safe[1:], 1))
        return fit([f"<b>{safe[0]}</b>", *steps], longest=_LONGEST_CARD)
    as_if = replace(frame, catalogue=frame.catalogue.with_entry(entry))
    card = guide_card(GuideCard(entry.id, section=Section(part)), CardBrief({}), as_if)
    return fit(card.text.splitlines(), longest=_LONGEST_CARD)


def _replayed(brief: GuideChangeBrief, frame: Frame) -> list[str]:
    """What would change for citizens, in figures."""
    texts, figures = frame.texts, _figures(brief.version)
    lines: list[str] = [
        texts("edit.logged", logged=_grouped(figures["logged"]), days=brief.days, changed=figures["logged_changed"])
    ]
    if figures["golden"]:
        lines.append(
            texts(
                "edit.golden",
                golden=_grouped(figures["golden"]),
                changed=figures["golden_changed"],
                broken=figures["broken"],
            )
        )
    if figures["lost"]:
        lines.append(texts("edit.lost", count=figures["lost"]))
    for one, other, count in figures["collisions"][:_MOST_COLLISIONS]:
        lines.append(texts("edit.collision", one=frame.title(one), other=frame.title(other), count=count))
    return lines


def _figures(version: GuideVersion) -> Mapping[str, Any]:
    empty = {
        "logged": 0,
        "golden": 0,
        "logged_changed": 0,
        "golden_changed": 0,
        "lost": 0,
        "broken": 0,
        "collisions": [],
    }
    return {**empty, **version.report.get("replay", {})}


def _decisions(notice: GuideChange, version: GuideVersion, frame: Frame) -> Rows:
    number = version.id
    parts = [
        frame.button(f"part_{part}", press.ShowChange(number, str(part))) for part in _PARTS if str(part) != notice.part
    ]
    drop = frame.button("drop", press.Publish(number, False))
    if version.state == VersionState.WAITING and not notice.second:
        return [parts[:2], parts[2:], [drop]]
    return [parts[:2], parts[2:], [frame.button("publish", press.Publish(number, True)), drop]]


def guide_history(notice: GuideHistory, brief: GuideHistoryBrief, frame: Frame) -> Screen:
    """What was published, each with a button to go back to it."""
    texts = frame.texts
    title = texts("edit.history", guide=frame.title(notice.guide))
    if not brief.versions:
        return Screen(f"{title}\n{texts('edit.never_changed')}")
    lines: list[str] = [title]
    rows: Rows = []
    for number, (version, name) in enumerate(brief.versions):
        when = _when(version.published_at or version.created_at, frame)
        what = texts.plain(f"edit.kind.{version.change}")
        if version.is_new and version.change != ChangeKind.RESTORED:
            what = texts.plain("edit.kind.new")
        lines.append(
            texts("edit.in_force_line" if number == 0 else "edit.version_line", when=when, name=name, what=what)
        )
        if number:
            rows.append([frame.button("restore", press.Restore(version.id, False), when=when)])
    oldest = brief.versions[-1][0]
    key = "restore_none" if oldest.is_new else "restore_before"
    rows.append([frame.button(key, press.Restore(oldest.id, True))])
    return Screen(fit(lines), rows)


def _entry(version: GuideVersion) -> Entry | None:
    try:
        return read_guide(version.text, version.guide, version.guide, version.sector).entry
    except ContentError:
        return None


def _title(version: GuideVersion, frame: Frame) -> str:
    return frame.title(version.guide)


def _when(moment: Any, frame: Frame) -> str:
    return f"{clock(moment, frame.zone)} ngày {day(moment, frame.zone)}"


def _grouped(number: int) -> str:
    return money(number)


VIEWS: Views = {
    FeesToEdit: fees_to_edit,
    GuideChange: guide_change,
    GuideFile: guide_file,
    GuideHistory: guide_history,
    GuideTemplate: guide_template,
    GuidesToEdit: guides_to_edit,
    OverdueGuides: overdue_guides,
    SectorPick: sector_pick,
}
