"""What the notices about changes to guides need to know."""

from __future__ import annotations

from bot.helpdesk.desk import Desk
from bot.model.briefs import Brief, GuideChangeBrief, GuideFileBrief, GuideHistoryBrief
from bot.model.ids import MemberId, VersionId
from bot.model.notices import Notice
from bot.model.notices.editing import FeesToEdit, GuideChange, GuideFile, GuideHistory
from bot.storage.work import Work

SHOWN_VERSIONS = 8
"""How far back a history goes."""


async def editing_brief(work: Work, desk: Desk, notice: Notice) -> Brief:
    """Read what the view of such a notice shows; None for any other."""
    if isinstance(notice, GuideFile | FeesToEdit):
        return await _file(work, desk, notice.guide)
    if isinstance(notice, GuideChange):
        version = await work.guide_versions.get(VersionId(notice.version))
        author = await _name(work, version.member)
        second = await _name(work, version.confirmed_by) if version.confirmed_by else None
        return GuideChangeBrief(version, author, second, desk.config.retention.request_text)
    if isinstance(notice, GuideHistory):
        versions = await work.guide_versions.history(notice.guide, SHOWN_VERSIONS)
        return GuideHistoryBrief(tuple([(v, await _name(work, v.confirmed_by or v.member)) for v in versions]))
    return None


async def _file(work: Work, desk: Desk, guide: str) -> GuideFileBrief:
    """Nothing where the file is in force: then the catalogue has its text."""
    versions = await work.guide_versions.history(guide, 1)
    entry = desk.catalogue.get(guide)
    in_step = desk.knowledge.version[0] == await work.guide_versions.newest()
    if not versions or (in_step and entry and entry.text != versions[0].text):
        return GuideFileBrief()
    latest = versions[0]
    return GuideFileBrief(latest.text, await _name(work, latest.confirmed_by or latest.member), latest.published_at)


async def _name(work: Work, member: MemberId) -> str:
    return (await work.members.get(member)).name or "?"
