"""What members wrote for each other about a ticket."""

from __future__ import annotations

from sqlalchemy import func, select, update
from sqlmodel import col

from bot.model.ids import MemberId, NoteId, TicketId
from bot.model.replying import Note
from bot.storage.repository import Repository
from bot.storage.tables import TicketNoteRow


def _note(row: TicketNoteRow) -> Note:
    assert row.id is not None
    return Note(NoteId(row.id), TicketId(row.ticket_id), MemberId(row.member_id), row.text or "", row.written_at)


class TicketNotes(Repository):
    """Notes; no query here is for anything that goes to a citizen."""

    async def add(self, ticket: TicketId, member: MemberId, text: str) -> NoteId:
        """Keep a note; ``text`` must be masked."""
        row = TicketNoteRow(ticket_id=ticket, member_id=member, text=text, written_at=self._clock.now())
        self._session.add(row)
        await self._session.flush()
        assert row.id is not None
        return NoteId(row.id)

    async def get(self, note: NoteId) -> Note | None:
        """A note."""
        row = await self._row(select(TicketNoteRow).where(col(TicketNoteRow.id) == note))
        return _note(row) if row else None

    async def of_ticket(self, ticket: TicketId) -> list[Note]:
        """A ticket's notes as far as their words are kept, oldest first."""
        kept = select(TicketNoteRow).where(col(TicketNoteRow.ticket_id) == ticket, col(TicketNoteRow.text).is_not(None))
        return [_note(row) for row in await self._rows(kept.order_by(col(TicketNoteRow.id)))]

    async def count(self, ticket: TicketId) -> int:
        """How many notes a ticket has, without their words."""
        query = select(func.count()).where(col(TicketNoteRow.ticket_id) == ticket, col(TicketNoteRow.text).is_not(None))
        return int(await self._session.scalar(query) or 0)

    async def reword(self, note: NoteId, text: str) -> None:
        """Its author changed the words; ``text`` must be masked."""
        await self._changed(update(TicketNoteRow).where(col(TicketNoteRow.id) == note).values(text=text))
