"""Files of teams and members on their way in."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from sqlalchemy import select, update
from sqlmodel import col

from bot.model.ids import MemberId, TeamListId
from bot.model.team_lists import ListState, TeamList
from bot.storage.repository import Repository, inline
from bot.storage.tables import TeamListRow


def _list(row: TeamListRow) -> TeamList:
    assert row.id is not None
    return TeamList(
        TeamListId(row.id),
        MemberId(row.member_id),
        row.bot,
        row.file or "",
        row.text or "",
        ListState(row.state),
        row.report,
        row.attempts,
    )


class TeamLists(Repository):
    """Files of teams and members."""

    async def add(self, member: MemberId, bot: str, file: str) -> TeamList:
        """A file just received."""
        row = TeamListRow(member_id=member, bot=bot, file=file, state=ListState.RECEIVED, created_at=self._clock.now())
        self._session.add(row)
        await self._session.flush()
        return _list(row)

    async def find(self, number: TeamListId) -> TeamList | None:
        """A file, if there is one."""
        row = await self._row(select(TeamListRow).where(col(TeamListRow.id) == number))
        return _list(row) if row else None

    async def claim(self, bot: str, lease_seconds: float) -> TeamList | None:
        """Take the oldest file that waits to be read and can be fetched by this bot."""
        row = await self._lease_oldest(
            TeamListRow,
            lease_seconds,
            col(TeamListRow.state) == inline(ListState.RECEIVED),
            col(TeamListRow.bot) == bot,
        )
        return _list(row) if row else None

    async def let_go(self, number: TeamListId) -> None:
        """It could not be fetched just now."""
        await self._changed(update(TeamListRow).where(col(TeamListRow.id) == number).values(leased_until=None))

    async def examined(self, number: TeamListId, state: ListState, report: Mapping[str, Any], text: str = "") -> bool:
        """It was read; false where somebody else had done so."""
        return await self._move(number, ListState.RECEIVED, state, report=dict(report), text=text or None)

    async def decide(self, number: TeamListId, state: ListState) -> bool:
        """Taken over or dropped, what it says blanked; of two presses one succeeds."""
        return await self._move(number, ListState.READ, state, text=None)

    async def blank(self, before_days: int) -> int:
        """What nobody decided on is forgotten."""
        before = self._clock.now() - timedelta(days=before_days)
        return await self._changed(
            update(TeamListRow)
            .where(col(TeamListRow.created_at) < before, col(TeamListRow.text).is_not(None))
            .values(text=None, report={}, state=ListState.DROPPED)
        )

    async def _move(self, number: TeamListId, state: ListState, to: ListState, **values: Any) -> bool:
        statement = update(TeamListRow).where(col(TeamListRow.id) == number, col(TeamListRow.state) == inline(state))
        return bool(await self._changed(statement.values(state=to, leased_until=None, **values)))
