"""The inbox: every update is kept before it is acknowledged, and handled once."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import func, select, update
from sqlmodel import col

from bot.model.delivery import Arrival
from bot.storage.lines import PENDING, Lines
from bot.storage.repository import Repository, inline, unleased
from bot.storage.tables import InboxRow

DONE, QUARANTINED = "done", "quarantined"

_LINES = Lines(InboxRow, walked_by="received_at")


class LeaseLostError(Exception):
    """The lease ran out and another process was faster: what was done about the update must be rolled back."""


class Inbox(Repository):
    """Updates on their way in."""

    async def store(self, bot: str, update_key: str, chat: str, raw: str) -> bool:
        """Keep an update; false where it is a repeat.

        Args:
            bot: who received it.
            update_key: unique for this bot.
            chat: updates with the same one are handled in order.
            raw: the update as it came.
        """
        statement = self._insert(InboxRow).values(
            bot=bot,
            update_key=update_key,
            chat=chat,
            raw=raw,
            state="pending",
            attempts=0,
            reported=False,
            received_at=self._clock.now(),
        )
        statement = statement.on_conflict_do_nothing(index_elements=["bot", "update_key"])
        # Not by the count of rows: PostgreSQL's driver does not know it for an INSERT.
        return await self._session.scalar(statement.returning(col(InboxRow.id))) is not None

    async def claim(self, bot: str, limit: int, lease_seconds: float) -> list[Arrival]:
        """Take the oldest waiting update of each chat that nobody works on.

        One whose process died while it was handled is taken alone, since it may have been the cause.
        """
        now = self._clock.now()
        first = await _LINES.first(self._session, bot, limit, now)
        if not first:
            return []
        free = unleased(col(InboxRow.leased_until), now)
        query = (
            select(
                col(InboxRow.id),
                col(InboxRow.bot),
                col(InboxRow.chat),
                col(InboxRow.raw),
                col(InboxRow.attempts),
                col(InboxRow.error),
            )
            .where(col(InboxRow.id).in_([row for row, _ in first]), col(InboxRow.state) == PENDING, free)
            .order_by(col(InboxRow.id))
            # Two processes on PostgreSQL: the rows one is taking are passed over by the other.
            .with_for_update(skip_locked=True)
        )
        found = (await self._session.execute(query)).all()
        # Tried before, and no error written down: whoever tried is gone.
        died = [row for row in found if row.attempts and row.error is None]
        taken = died[:1] or found
        await self._changed(
            update(InboxRow)
            .where(col(InboxRow.id).in_([row.id for row in taken]))
            .values(attempts=InboxRow.attempts + 1, leased_until=now + timedelta(seconds=lease_seconds), error=None)
        )
        return [
            Arrival(row.id, row.bot, row.chat, row.raw or "", row.attempts + 1, suspect=bool(died)) for row in taken
        ]

    async def done(self, row: int) -> None:
        """It is handled; what it said is gone.

        Raises:
            LeaseLostError: another process did it; this unit of work must not be committed.
        """
        if not await self._finish(row, DONE, raw=None):
            raise LeaseLostError(row)

    async def again(self, row: int, error: str, after_seconds: float) -> None:
        """It failed; try once more, later."""
        await self._changed(
            update(InboxRow)
            .where(col(InboxRow.id) == row, col(InboxRow.state) == PENDING)
            .values(error=error, leased_until=self._clock.now() + timedelta(seconds=after_seconds))
        )

    async def quarantine(self, row: int, error: str) -> bool:
        """It cannot be handled; put aside, so that the rest goes on. False where another process did handle it."""
        return await self._finish(row, QUARANTINED, error=error)

    async def _finish(self, row: int, state: str, **values: str | None) -> bool:
        return bool(
            await self._changed(
                update(InboxRow)
                .where(col(InboxRow.id) == row, col(InboxRow.state) == PENDING)
                .values(state=state, handled_at=self._clock.now(), leased_until=None, **values)
            )
        )

    async def let_go(self) -> None:
        """Free what a process that is gone held. Only where no other process can be at work."""
        await self._changed(update(InboxRow).where(col(InboxRow.state) == PENDING).values(leased_until=None))

    async def unreported(self) -> list[int]:
        """Quarantined rows no admin was told of, as many as fit a message; not those somebody tells of just now."""
        query = (
            select(col(InboxRow.id))
            .where(col(InboxRow.state) == inline(QUARANTINED), col(InboxRow.reported).is_(False))
            .order_by(col(InboxRow.id))
            .limit(50)
            .with_for_update(skip_locked=True)
        )
        return [int(i) for i in await self._session.scalars(query) if i]

    async def reported(self, rows: list[int]) -> None:
        """Admins were told."""
        await self._changed(update(InboxRow).where(col(InboxRow.id).in_(rows)).values(reported=True))

    async def waiting(self) -> int:
        """How many updates wait."""
        return int(await self._session.scalar(select(func.count()).where(col(InboxRow.state) == PENDING)) or 0)
