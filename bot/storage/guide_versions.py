"""Changes to guides made from the chat."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import func, or_, select, update
from sqlmodel import col

from bot.model.ids import MemberId, VersionId
from bot.model.versions import OPEN, ChangeKind, GuideVersion, VersionState
from bot.storage.repository import Repository, inline
from bot.storage.tables import GuideVersionRow


def _version(row: GuideVersionRow) -> GuideVersion:
    assert row.id is not None
    return GuideVersion(
        VersionId(row.id),
        row.guide,
        row.sector,
        row.text,
        row.former_text,
        VersionState(row.state),
        ChangeKind(row.change),
        MemberId(row.member_id),
        MemberId(row.confirmed_by) if row.confirmed_by else None,
        row.bot,
        row.file,
        row.report,
        row.attempts,
        row.created_at,
        row.published_at,
    )


_published = col(GuideVersionRow.state) == VersionState.PUBLISHED
# In the order they were published; ids follow the order in which they were begun.
_IN_ORDER = (col(GuideVersionRow.published_at), col(GuideVersionRow.id))


class GuideVersions(Repository):
    """Guides as they were changed from the chat."""

    async def in_force(self) -> dict[str, tuple[str, ...]]:
        """By ``sector/guide-id``, every text a guide had since it was first changed from the chat, oldest first."""
        texts: dict[str, list[str]] = {}
        for row in await self._rows(select(GuideVersionRow).where(_published).order_by(*_IN_ORDER)):
            known = texts.setdefault(f"{row.sector}/{row.guide}", [])
            known += [text for text in (row.former_text, row.text) if text is not None]
        return {key: tuple(known) for key, known in texts.items()}

    async def newest(self) -> int:
        """A number that changes whenever a guide is published.

        A count, since a greatest id or time may come before one that another process is still to commit.
        """
        return int(await self._session.scalar(select(func.count()).where(_published)) or 0)

    async def text_in_force(self, guide: str) -> str | None:
        """The text published last; None where the guide was never changed from the chat."""
        latest = await self.history(guide, 1)
        return latest[0].text if latest else None

    async def add(
        self, guide: str, sector: str, member: MemberId, bot: str, change: ChangeKind, **values: Any
    ) -> GuideVersion:
        """A change just received: as a text, or as a file to be fetched."""
        row = GuideVersionRow(
            guide=guide,
            sector=sector,
            member_id=member,
            bot=bot,
            change=change,
            state=VersionState.RECEIVED,
            created_at=self._clock.now(),
            **values,
        )
        self._session.add(row)
        await self._session.flush()
        return _version(row)

    async def find(self, version: VersionId) -> GuideVersion | None:
        """A change, if there is one."""
        row = await self._row(select(GuideVersionRow).where(col(GuideVersionRow.id) == version))
        return _version(row) if row else None

    async def get(self, version: VersionId) -> GuideVersion:
        """A change that exists."""
        found = await self.find(version)
        assert found is not None
        return found

    async def history(self, guide: str, limit: int) -> list[GuideVersion]:
        """What was published, newest first."""
        query = select(GuideVersionRow).where(_published, col(GuideVersionRow.guide) == guide)
        rows = await self._rows(query.order_by(*(column.desc() for column in _IN_ORDER)).limit(limit))
        return [_version(row) for row in rows]

    async def claim(self, bot: str, lease_seconds: float) -> GuideVersion | None:
        """Take the oldest change that waits to be looked at and can be fetched by this bot."""
        row = await self._lease_oldest(
            GuideVersionRow,
            lease_seconds,
            col(GuideVersionRow.state) == inline(VersionState.RECEIVED),
            col(GuideVersionRow.bot) == bot,
            # A new guide that is fetched but has no sector yet waits for its author to name one.
            or_(col(GuideVersionRow.sector) != "", col(GuideVersionRow.text) == ""),
        )
        return _version(row) if row else None

    async def let_go(self, version: VersionId | None = None) -> None:
        """What was being looked at may be taken up at once: one change, or all where no other process is at work."""
        statement = update(GuideVersionRow).where(col(GuideVersionRow.state) == inline(VersionState.RECEIVED))
        if version is not None:
            statement = statement.where(col(GuideVersionRow.id) == version)
        await self._changed(statement.values(leased_until=None))

    async def change(self, version: VersionId, **values: Any) -> None:
        """Set columns that are not contested."""
        await self._changed(update(GuideVersionRow).where(col(GuideVersionRow.id) == version).values(**values))

    async def examined(self, version: VersionId, state: VersionState, report: Mapping[str, Any], **values: Any) -> bool:
        """It was looked at; false where somebody else had done so, or it was dropped meanwhile."""
        return await self._move(
            version, (VersionState.RECEIVED,), state, report=dict(report), leased_until=None, **values
        )

    async def wait_for_second(self, version: VersionId) -> bool:
        """Its author wants it published; false where that was decided already."""
        return await self._move(version, (VersionState.DRAFT,), VersionState.WAITING)

    async def publish(self, version: VersionId, by: MemberId) -> bool:
        """From now on it is in force; false where it was decided already."""
        now = self._clock.now()
        return await self._move(version, OPEN, VersionState.PUBLISHED, confirmed_by=by, published_at=now)

    async def drop(self, version: VersionId) -> bool:
        """It is not wanted; false where it was decided already."""
        return await self._move(version, (VersionState.RECEIVED, *OPEN), VersionState.DROPPED)

    async def _move(
        self, version: VersionId, states: tuple[VersionState, ...], to: VersionState, **values: Any
    ) -> bool:
        statement = update(GuideVersionRow).where(
            col(GuideVersionRow.id) == version, col(GuideVersionRow.state).in_(states)
        )
        return bool(await self._changed(statement.values(state=to, **values)))
