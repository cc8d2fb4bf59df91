"""People and their consent."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select, update
from sqlmodel import col

from bot.model.ids import PersonId, RequestId
from bot.model.people import Chat, Person
from bot.storage.repository import Repository
from bot.storage.tables import ConsentRow, PersonRow


def person_of(row: PersonRow) -> Person:
    """The domain's view of a row."""
    assert row.id is not None
    return Person(
        PersonId(row.id),
        row.channel,
        row.channel_id,
        Chat(row.bot, row.chat),
        row.consented_at,
        row.territory,
        row.place_asked,
        row.greeted,
        row.reachable,
        row.dialog,
        RequestId(row.last_request) if row.last_request else None,
    )


class People(Repository):
    """Who wrote to the bot."""

    async def meet(self, channel_id: str, chat: Chat, *, private: bool = True) -> Person:
        """The person with this id in the chat's channel; made on first sight.

        Args:
            channel_id: the person's id in the channel.
            chat: where the bot could write to the person alone.
            private: the person wrote there just now, so it is reachable; false for what is seen in a group.
        """
        query = select(PersonRow).where(col(PersonRow.channel) == chat.channel, col(PersonRow.channel_id) == channel_id)
        row = await self._row(query)
        if row is None:
            new = PersonRow(
                channel=chat.channel,
                channel_id=channel_id,
                bot=chat.bot,
                chat=chat.id,
                reachable=private,
                created_at=self._clock.now(),
            )
            # Somebody's first two messages, in a group and alone, may be handled side by side.
            statement = self._insert(PersonRow).values(new.model_dump(exclude={"id"}))
            await self._session.execute(statement.on_conflict_do_nothing(index_elements=["channel", "channel_id"]))
            row = await self._row(query)
            assert row is not None
        if private and (not row.reachable or (row.bot, row.chat) != (chat.bot, chat.id)):
            row.reachable, row.bot, row.chat = True, chat.bot, chat.id
            await self._session.flush()
        return person_of(row)

    async def find(self, channel: str, channel_id: str) -> Person | None:
        """The person with this id in the channel, if known."""
        row = await self._row(
            select(PersonRow).where(col(PersonRow.channel) == channel, col(PersonRow.channel_id) == channel_id)
        )
        return person_of(row) if row else None

    async def get(self, person: PersonId) -> Person:
        """A person by our own id."""
        row = await self._row(select(PersonRow).where(col(PersonRow.id) == person))
        assert row is not None
        return person_of(row)

    async def change(self, person: PersonId, **values: Any) -> None:
        """Set columns of a person."""
        await self._changed(update(PersonRow).where(col(PersonRow.id) == person).values(**values))

    async def of_chat(self, chat: Chat) -> Person | None:
        """Who talks with the bot alone in this chat; None for a group."""
        row = await self._row(select(PersonRow).where(col(PersonRow.bot) == chat.bot, col(PersonRow.chat) == chat.id))
        return person_of(row) if row else None

    async def unreachable(self, chat: Chat) -> Person | None:
        """The channel says that this chat cannot be written to; whose it was."""
        row = await self._row(select(PersonRow).where(col(PersonRow.bot) == chat.bot, col(PersonRow.chat) == chat.id))
        if row is None:
            return None
        row.reachable = False
        await self._session.flush()
        return person_of(row)

    async def consent(self, person: PersonId, wording: str) -> None:
        """Record that the person agreed to ``wording`` (the version of the text shown)."""
        now = self._clock.now()
        self._session.add(ConsentRow(person_id=person, wording=wording, given_at=now))
        await self.change(person, consented_at=now)

    async def withdraw(self, person: PersonId) -> None:
        """Record that the person no longer agrees."""
        await self._changed(
            update(ConsentRow)
            .where(col(ConsentRow.person_id) == person, col(ConsentRow.withdrawn_at).is_(None))
            .values(withdrawn_at=self._clock.now())
        )
        await self.change(person, consented_at=None)
