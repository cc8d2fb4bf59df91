"""Answers a team keeps at hand."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import func, select, update
from sqlmodel import col

from bot.model.ids import MemberId, ReplyId, TeamId
from bot.model.replying import ReadyReply
from bot.storage.repository import Repository
from bot.storage.tables import ReadyReplyRow, TeamRow


def _reply(row: ReadyReplyRow) -> ReadyReply:
    assert row.id is not None
    author = MemberId(row.member_id) if row.member_id else None
    return ReadyReply(ReplyId(row.id), TeamId(row.team_id), row.category, row.title, row.text, author)


class ReadyReplies(Repository):
    """Ready replies, by team."""

    async def of_team(self, team: TeamId, category: str | None = None) -> list[ReadyReply]:
        """Those in use, of one category or of all, in the order they were added."""
        query = select(ReadyReplyRow).where(col(ReadyReplyRow.team_id) == team, col(ReadyReplyRow.removed_at).is_(None))
        if category is not None:
            query = query.where(col(ReadyReplyRow.category) == category)
        return [_reply(row) for row in await self._rows(query.order_by(col(ReadyReplyRow.id)))]

    async def get(self, reply: ReplyId, team: TeamId) -> ReadyReply | None:
        """One in use, if it is this team's."""
        row = await self._row(
            select(ReadyReplyRow).where(
                col(ReadyReplyRow.id) == reply,
                col(ReadyReplyRow.team_id) == team,
                col(ReadyReplyRow.removed_at).is_(None),
            )
        )
        return _reply(row) if row else None

    async def add(self, team: TeamId, category: str, title: str, text: str, member: MemberId | None) -> ReplyId:
        """Keep one; title and text must be masked."""
        row = ReadyReplyRow(
            team_id=team, category=category, title=title, text=text, member_id=member, created_at=self._clock.now()
        )
        self._session.add(row)
        await self._session.flush()
        assert row.id is not None
        return ReplyId(row.id)

    async def start_with(self, team: TeamId, replies: Iterable[tuple[str, str, str]]) -> None:
        """Give a team that never had any the first ones: category, title, text.

        A team that removed them all does not get them back.
        """
        # Two members may ask for the list at the same moment.
        await self._session.execute(select(col(TeamRow.id)).where(col(TeamRow.id) == team).with_for_update())
        had = await self._session.scalar(select(func.count()).where(col(ReadyReplyRow.team_id) == team))
        if had:
            return
        for category, title, text in replies:
            await self.add(team, category, title, text, None)

    async def reword(self, reply: ReplyId, text: str) -> None:
        """Give it other words; ``text`` must be masked."""
        await self._changed(update(ReadyReplyRow).where(col(ReadyReplyRow.id) == reply).values(text=text))

    async def remove(self, reply: ReplyId) -> bool:
        """Out of use; false where it was already."""
        return bool(
            await self._changed(
                update(ReadyReplyRow)
                .where(col(ReadyReplyRow.id) == reply, col(ReadyReplyRow.removed_at).is_(None))
                .values(removed_at=self._clock.now())
            )
        )
