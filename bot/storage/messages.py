"""Messages of tickets: where each stands on its author's side."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select, update
from sqlmodel import col

from bot.model.ids import MessageId, TicketId
from bot.model.requests import Place, TicketMessage
from bot.model.states import Kind, Side
from bot.storage.repository import Repository
from bot.storage.tables import TicketMessageRow


def _message(row: TicketMessageRow) -> TicketMessage:
    assert row.id is not None
    return TicketMessage(
        MessageId(row.id),
        TicketId(row.ticket_id),
        Side(row.side),
        Kind(row.kind),
        Place(row.bot, row.chat, row.message),
        row.text,
        MessageId(row.reply_to) if row.reply_to else None,
        row.album,
        row.file,
    )


class Messages(Repository):
    """What was said in tickets, by message ids."""

    async def add(
        self,
        ticket: TicketId,
        side: Side,
        kind: Kind,
        place: Place,
        *,
        text: str,
        held_back: bool = False,
        **values: Any,
    ) -> TicketMessage:
        """Note a message; ``text`` must be masked. ``held_back``: waits for its author's word before it goes on."""
        row = TicketMessageRow(
            ticket_id=ticket,
            side=side,
            kind=kind,
            bot=place.bot,
            chat=place.chat,
            message=place.message,
            text=text,
            held_back=held_back,
            written_at=self._clock.now(),
            **values,
        )
        self._session.add(row)
        await self._session.flush()
        return _message(row)

    async def get(self, message: MessageId) -> TicketMessage | None:
        """A message by our own id."""
        row = await self._row(select(TicketMessageRow).where(col(TicketMessageRow.id) == message))
        return _message(row) if row else None

    async def at(self, place: Place) -> TicketMessage | None:
        """The message that stands there on its author's side."""
        row = await self._row(
            select(TicketMessageRow)
            .where(
                col(TicketMessageRow.bot) == place.bot,
                col(TicketMessageRow.chat) == place.chat,
                col(TicketMessageRow.message) == place.message,
            )
            .order_by(col(TicketMessageRow.id).desc())
        )
        return _message(row) if row else None

    async def of_ticket(self, ticket: TicketId) -> list[TicketMessage]:
        """What was said and may be passed on, in order."""
        rows = await self._rows(
            select(TicketMessageRow)
            .where(col(TicketMessageRow.ticket_id) == ticket, col(TicketMessageRow.held_back).is_(False))
            .order_by(col(TicketMessageRow.id))
        )
        return [_message(r) for r in rows]

    async def let_through(self, message: MessageId) -> bool:
        """The author says that a held-back message may go; false where it went already."""
        return bool(
            await self._changed(
                update(TicketMessageRow)
                .where(col(TicketMessageRow.id) == message, col(TicketMessageRow.held_back))
                .values(held_back=False)
            )
        )

    async def held_back(self, message: TicketMessage) -> list[TicketMessage]:
        """The message, with those of its album, as far as they wait for their author's word."""
        if message.album:
            return await self.held_back_of_album(message.ticket, message.album)
        query = select(TicketMessageRow).where(col(TicketMessageRow.id) == message.id, col(TicketMessageRow.held_back))
        return [_message(r) for r in await self._rows(query)]

    async def held_back_of_album(self, ticket: TicketId, album: str) -> list[TicketMessage]:
        """The pictures of an album that wait for their author's word."""
        rows = await self._rows(
            select(TicketMessageRow)
            .where(
                col(TicketMessageRow.ticket_id) == ticket,
                col(TicketMessageRow.album) == album,
                col(TicketMessageRow.held_back),
            )
            .order_by(col(TicketMessageRow.id))
        )
        return [_message(r) for r in rows]

    async def change(self, message: MessageId, **values: Any) -> None:
        """Set columns of a message."""
        await self._changed(update(TicketMessageRow).where(col(TicketMessageRow.id) == message).values(**values))
