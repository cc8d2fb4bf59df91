"""Slots: where the message of a name stands."""

from __future__ import annotations

from sqlalchemy import Select, delete, select
from sqlmodel import col

from bot.model.people import Chat
from bot.model.requests import Place
from bot.storage.repository import Repository
from bot.storage.tables import SlotRow


class Slots(Repository):
    """Names of messages, such as ``card:12``."""

    async def point(self, chat: Chat, name: str, message: str) -> None:
        """From now on ``name`` means this message."""
        told = {"message": message, "updated_at": self._clock.now()}
        statement = self._insert(SlotRow).values(bot=chat.bot, chat=chat.id, name=name, **told)
        await self._session.execute(statement.on_conflict_do_update(index_elements=["bot", "chat", "name"], set_=told))

    async def message(self, chat: Chat, name: str) -> str | None:
        """The message a name means."""
        row = await self._row(self._named(chat, name))
        return row.message if row else None

    async def names_at(self, place: Place) -> list[str]:
        """The names of a message."""
        query = select(SlotRow).where(
            col(SlotRow.bot) == place.bot, col(SlotRow.chat) == place.chat, col(SlotRow.message) == place.message
        )
        return [row.name for row in await self._rows(query)]

    async def chats_with(self, name: str) -> list[Chat]:
        """Every chat that has a message of this name."""
        rows = await self._rows(select(SlotRow).where(col(SlotRow.name) == name).order_by(col(SlotRow.id)))
        return [Chat(row.bot, row.chat) for row in rows]

    async def forget(self, chat: Chat, name: str) -> None:
        """The message is gone."""
        await self._changed(
            delete(SlotRow).where(col(SlotRow.bot) == chat.bot, col(SlotRow.chat) == chat.id, col(SlotRow.name) == name)
        )

    def _named(self, chat: Chat, name: str) -> Select[SlotRow]:
        return select(SlotRow).where(
            col(SlotRow.bot) == chat.bot, col(SlotRow.chat) == chat.id, col(SlotRow.name) == name
        )
