"""The outbox: every message leaves from here, in order within its chat."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import case, func, select, update
from sqlmodel import col

from bot.model.delivery import Departure, Mode
from bot.model.notices import Notice
from bot.model.notices.talk import AlbumItem, RelayedAlbum
from bot.model.people import Chat
from bot.model.states import Delivered
from bot.storage.lines import PENDING, Lines
from bot.storage.repository import Repository, unleased
from bot.storage.slots import Slots
from bot.storage.tables import OutboxRow

SENT_AGAIN = "sent again"
"""The code of a row whose author had it sent once more, in a row of its own."""

_LINES = Lines(OutboxRow, walked_by="due_at", put_off_until="due_at")


class Outbox(Repository):
    """Notices on their way out."""

    async def post(
        self,
        chat: Chat,
        notice: Notice,
        *slots: str,
        mode: Mode = Mode.NEW,
        silent: bool = False,
        after_seconds: float = 0,
    ) -> int:
        """Put a notice on its way; the number of its row."""
        now = self._clock.now()
        row = OutboxRow(
            bot=chat.bot,
            chat=chat.id,
            kind=notice.kind,
            mode=mode,
            figures=notice.figures(),
            slots=list(slots),
            silent=silent,
            due_at=now + timedelta(seconds=after_seconds),
            created_at=now,
        )
        self._session.add(row)
        await self._session.flush()
        assert row.id is not None
        return row.id

    async def gather(self, chat: Chat, notice: RelayedAlbum, slot: str, album: str, wait_seconds: float) -> None:
        """Add a picture to the album that waits to be sent, or start one; it leaves when no more come."""
        now = self._clock.now()
        row = await self._row(
            select(OutboxRow)
            .where(
                col(OutboxRow.bot) == chat.bot,
                col(OutboxRow.chat) == chat.id,
                col(OutboxRow.album) == album,
                col(OutboxRow.state) == PENDING,
                col(OutboxRow.attempts) == 0,
            )
            .with_for_update()  # or a process that begins to send it would not see the new picture
        )
        if row is None:
            number = await self.post(chat, notice, slot, after_seconds=wait_seconds)
            await self._changed(update(OutboxRow).where(col(OutboxRow.id) == number).values(album=album))
            return
        stored = Notice.read(row.kind, row.figures or {})
        assert isinstance(stored, RelayedAlbum)
        items: tuple[AlbumItem, ...] = (*stored.items, *notice.items)
        row.figures = {**(row.figures or {}), "items": RelayedAlbum.figures(_with(stored, items))["items"]}
        row.slots = [*row.slots, slot]
        row.due_at = now + timedelta(seconds=wait_seconds)
        await self._session.flush()

    async def heads(self, bot: str, limit: int, busy: set[str]) -> tuple[list[tuple[int, str]], datetime | None]:
        """The next row of each chat that may leave now, and when to look again for others.

        Args:
            bot: who sends.
            limit: how many at most.
            busy: chats that are being written to.
        """
        now = self._clock.now()
        ready = await _LINES.first(self._session, bot, limit, now, busy)
        return ready, await _LINES.next_moment(self._session, bot, now)

    async def claim(self, row: int, lease_seconds: float) -> Departure | None:
        """Take a row that is about to be sent; None where it is gone, put off, or somebody else has it.

        A row whose lease ran out was being sent by a process that died: that counts as a doubt.
        """
        now = self._clock.now()
        free = unleased(col(OutboxRow.leased_until), now)
        died = case((col(OutboxRow.leased_until).is_not(None), 1), else_=0)
        taken = (
            update(OutboxRow)
            .where(col(OutboxRow.id) == row, col(OutboxRow.state) == PENDING, col(OutboxRow.due_at) <= now, free)
            .values(
                doubts=OutboxRow.doubts + died,
                attempts=OutboxRow.attempts + 1,
                leased_until=now + timedelta(seconds=lease_seconds),
            )
            .returning(OutboxRow)
        )
        stored = await self._row(taken)
        if stored is None:
            return None
        chat, mode, slots = Chat(stored.bot, stored.chat), Mode(stored.mode), tuple(stored.slots)
        pointing = Slots(self._session, self._clock)
        return Departure(
            row,
            chat,
            Notice.read(stored.kind, stored.figures or {}),
            mode,
            slots,
            tuple([await pointing.message(chat, name) if mode != Mode.NEW else None for name in slots]),
            stored.silent,
            stored.attempts,
            stored.doubts,
        )

    async def finish(self, row: int, state: Delivered, error: str | None = None) -> None:
        """It is over. What it said is blanked, unless its author may send it again."""
        values: dict[str, object] = {"state": state, "error": error, "done_at": self._clock.now(), "leased_until": None}
        if state != Delivered.UNKNOWN:
            values["figures"] = None
        await self._changed(update(OutboxRow).where(col(OutboxRow.id) == row).values(**values))

    async def slots_of(self, row: int) -> list[str]:
        """The slots that shall point to its messages; none where the chat's person was erased meanwhile."""
        return list(await self._session.scalar(select(col(OutboxRow.slots)).where(col(OutboxRow.id) == row)) or ())

    async def later(self, row: int, seconds: float, error: str, *, doubtful: bool = False) -> None:
        """It did not leave (or perhaps did: ``doubtful``); try again after a while."""
        values: dict[str, object] = {
            "due_at": self._clock.now() + timedelta(seconds=seconds),
            "leased_until": None,
            "error": error,
        }
        if doubtful:
            values["doubts"] = OutboxRow.doubts + 1
        await self._changed(update(OutboxRow).where(col(OutboxRow.id) == row).values(**values))

    async def in_doubt(self, row: int) -> Notice | None:
        """What may not have arrived, if its author may still repeat it."""
        stored = await self._row(
            select(OutboxRow).where(col(OutboxRow.id) == row, col(OutboxRow.state) == Delivered.UNKNOWN)
        )
        return Notice.read(stored.kind, stored.figures) if stored and stored.figures is not None else None

    async def send_again(self, row: int) -> bool:
        """The author asks to repeat what may not have arrived; false where it is settled already."""
        stored = await self._row(
            select(OutboxRow)
            .where(col(OutboxRow.id) == row, col(OutboxRow.state) == Delivered.UNKNOWN)
            .with_for_update()
        )
        if stored is None or stored.figures is None:
            return False
        copy = OutboxRow(
            bot=stored.bot,
            chat=stored.chat,
            kind=stored.kind,
            mode=stored.mode,
            figures=stored.figures,
            slots=stored.slots,
            silent=stored.silent,
            due_at=self._clock.now(),
            created_at=self._clock.now(),
        )
        self._session.add(copy)
        await self.finish(row, Delivered.REFUSED, SENT_AGAIN)
        await self._session.flush()
        return True

    async def failed_relays(self, chat: Chat) -> list[tuple[list[str], Delivered, str]]:
        """What people wrote that did not get through to a chat, oldest first: slots, state, code."""
        query = (
            select(OutboxRow)
            .where(
                col(OutboxRow.bot) == chat.bot,
                col(OutboxRow.chat) == chat.id,
                col(OutboxRow.kind).startswith("Relayed"),
                col(OutboxRow.state).in_([Delivered.REFUSED, Delivered.BLOCKED, Delivered.UNKNOWN]),
                col(OutboxRow.error).is_not(None),  # of what failed there is an index
                col(OutboxRow.error) != SENT_AGAIN,
            )
            .order_by(col(OutboxRow.id))
        )
        return [(list(row.slots), Delivered(row.state), row.error or "") for row in await self._rows(query)]

    async def moved(self, old: Chat, new: Chat) -> None:
        """A group got a new id: what waits for it goes there."""
        await self._changed(
            update(OutboxRow)
            .where(
                col(OutboxRow.bot) == old.bot,
                col(OutboxRow.chat) == old.id,
                col(OutboxRow.state) == PENDING,
            )
            .values(chat=new.id)
        )

    async def let_go(self) -> None:
        """What a process that is gone was sending counts as in doubt at once. Only where no other is at work."""
        now = self._clock.now()
        await self._changed(
            update(OutboxRow)
            .where(col(OutboxRow.state) == PENDING, col(OutboxRow.leased_until).is_not(None))
            .values(leased_until=now)
        )

    async def waiting(self) -> int:
        """How many notices wait."""
        query = select(func.count()).where(col(OutboxRow.state) == PENDING)
        return int(await self._session.scalar(query) or 0)


def _with(album: RelayedAlbum, items: tuple[AlbumItem, ...]) -> RelayedAlbum:
    return RelayedAlbum(album.ticket, album.message, album.author, items, album.reply_to)
