"""What is blanked or thrown away when its time is over."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from sqlalchemy import String, cast, delete, exists, func, literal, select, update
from sqlmodel import col

from bot.model.ids import PersonId
from bot.model.states import Delivered
from bot.storage.inbox import DONE, QUARANTINED
from bot.storage.repository import Repository, inline
from bot.storage.tables import (
    ConsentRow,
    EventRow,
    FollowUpRow,
    InboxRow,
    InviteRow,
    MemberRow,
    OutboxRow,
    PersonRow,
    RequestRow,
    SlotRow,
    SuggestionRow,
    TeamRow,
    TicketMessageRow,
    TicketRow,
)

_UPDATES_REPEATED = timedelta(days=3)

_InChat = InboxRow | OutboxRow | SlotRow | TicketMessageRow


class Sweeping(Repository):
    """The end of kept words."""

    async def blank_old_words(self, request_days: int, ticket_days: int, quarantined_days: int) -> int:
        """Blank what people wrote once its time is over; counts and codes stay."""
        now = self._clock.now()
        asked_before = now - timedelta(days=request_days)
        closed_before = now - timedelta(days=ticket_days)
        ended = select(col(TicketRow.id)).where(col(TicketRow.closed_at) < closed_before)
        changed = await self._changed(
            update(RequestRow)
            .where(col(RequestRow.last_message_at) < asked_before, col(RequestRow.text).is_not(None))
            .values(text=None)
        )
        changed += await self._changed(
            update(TicketMessageRow)
            .where(col(TicketMessageRow.ticket_id).in_(ended), col(TicketMessageRow.text).is_not(None))
            .values(text=None, file=None)
        )
        changed += await self._changed(
            update(TicketRow)
            .where(col(TicketRow.closed_at) < asked_before, col(TicketRow.question).is_not(None))
            .values(question=None)
        )
        changed += await self._changed(
            update(SuggestionRow)
            .where(col(SuggestionRow.created_at) < asked_before, col(SuggestionRow.text).is_not(None))
            .values(text=None)
        )
        changed += await self._changed(
            update(InboxRow)
            .where(
                col(InboxRow.state) == QUARANTINED,
                col(InboxRow.handled_at) < now - timedelta(days=quarantined_days),
                col(InboxRow.raw).is_not(None),
            )
            .values(raw=None)
        )
        changed += await self._changed(
            update(InviteRow)
            .where(col(InviteRow.expires_at) < asked_before, col(InviteRow.name).is_not(None))
            .values(name=None)
        )
        # Words whose author did not ask to send them again.
        changed += await self._changed(
            update(OutboxRow)
            .where(
                col(OutboxRow.state) == Delivered.UNKNOWN,
                col(OutboxRow.done_at) < closed_before,
                col(OutboxRow.figures).is_not(None),
            )
            .values(figures=None)
        )
        return changed + await self.drop_strays()

    async def drop_old_rows(self, days: int) -> int:
        """Throw away what went through the inbox and outbox long ago.

        Handled updates go sooner: their ids are kept well beyond the day that Telegram repeats an update, and not as
        long as the quiet week after which it starts them anew anywhere, perhaps among those used before.
        """
        now = self._clock.now()
        before, repeated = now - timedelta(days=days), now - _UPDATES_REPEATED
        return await self._changed(
            delete(InboxRow).where(col(InboxRow.state) == DONE, col(InboxRow.handled_at) < max(before, repeated))
        ) + await self._changed(
            delete(OutboxRow).where(col(OutboxRow.state) != Delivered.PENDING, col(OutboxRow.done_at) < before)
        )

    async def blank_words_of(self, person: PersonId) -> None:
        """Blank what a person wrote, everywhere; what still waits to be passed on is not passed on."""
        tickets = select(col(TicketRow.id)).where(col(TicketRow.person_id) == person)
        await self._changed(update(RequestRow).where(col(RequestRow.person_id) == person).values(text=None))
        await self._changed(update(TicketRow).where(col(TicketRow.person_id) == person).values(question=None))
        await self._changed(
            update(TicketMessageRow).where(col(TicketMessageRow.ticket_id).in_(tickets)).values(text=None, file=None)
        )
        await self._changed(update(SuggestionRow).where(col(SuggestionRow.ticket_id).in_(tickets)).values(text=None))
        await self._changed(update(PersonRow).where(col(PersonRow.id) == person).values(dialog=None))
        await self._changed(
            update(InboxRow)
            .where(col(InboxRow.state) == QUARANTINED, self._chats_of(person, InboxRow))
            .values(raw=None)
        )
        # Relayed words name their ticket; a figure in JSON is compared the same way in both databases.
        relayed = col(OutboxRow.kind).startswith("Relayed") & col(OutboxRow.figures)["ticket"].as_integer().in_(tickets)
        await self._changed(delete(OutboxRow).where(col(OutboxRow.state) == inline(Delivered.PENDING), relayed))
        await self._changed(
            update(OutboxRow).where(col(OutboxRow.state) == Delivered.UNKNOWN, relayed).values(figures=None)
        )

    def _chats_of(self, person: PersonId, table: type[_InChat]) -> Any:
        """Rows of the chat where the person talks with the bot alone."""
        return exists().where(
            col(PersonRow.id) == person, col(PersonRow.bot) == col(table.bot), col(PersonRow.chat) == col(table.chat)
        )

    async def counts_of(self, person: PersonId) -> tuple[int, int]:
        """How many requests and tickets are kept of a person."""
        requests = select(func.count()).where(col(RequestRow.person_id) == person)
        tickets = select(func.count()).where(col(TicketRow.person_id) == person)
        return int(await self._session.scalar(requests) or 0), int(await self._session.scalar(tickets) or 0)

    async def forget(self, person: PersonId) -> None:
        """Take the person's id and address away; counts stay. Call it after `blank_words_of`.

        The row itself stays, empty, since closed tickets hang on it. What is still on its way, the last message and the
        update that is being handled, keeps the address until `drop_strays`.
        """
        await self._changed(update(EventRow).where(col(EventRow.person_id) == person).values(person_id=None))
        await self._changed(update(RequestRow).where(col(RequestRow.person_id) == person).values(person_id=None))
        await self._changed(delete(FollowUpRow).where(col(FollowUpRow.person_id) == person))
        await self._changed(delete(ConsentRow).where(col(ConsentRow.person_id) == person))
        await self._changed(
            update(MemberRow)
            .where(col(MemberRow.person_id) == person, col(MemberRow.ended_at).is_(None))
            .values(ended_at=self._clock.now(), on_duty=False)
        )
        await self._changed(update(MemberRow).where(col(MemberRow.person_id) == person).values(name=""))
        await self._changed(
            update(TicketMessageRow)
            .where(self._chats_of(person, TicketMessageRow))
            .values(chat="", message=literal("erased:").concat(cast(col(TicketMessageRow.id), String)))
        )
        await self._changed(delete(SlotRow).where(self._chats_of(person, SlotRow)))
        # What is still to be sent there must not point a slot at the chat afterwards.
        await self._changed(
            update(OutboxRow)
            .where(col(OutboxRow.state) == inline(Delivered.PENDING), self._chats_of(person, OutboxRow))
            .values(slots=[])
        )
        for table in (InboxRow, OutboxRow):
            await self._changed(
                update(table).where(col(table.state) != "pending", self._chats_of(person, table)).values(chat="")
            )
        await self._changed(
            update(PersonRow)
            .where(col(PersonRow.id) == person)
            .values(
                channel_id=f"erased:{person}",
                chat="",
                reachable=False,
                territory=None,
                dialog=None,
                last_request=None,
                consented_at=None,
                erased_at=self._clock.now(),
            )
        )

    async def drop_strays(self) -> int:
        """Blank the chats of handled and sent rows that are nobody's any more: neither a person's nor a team's."""
        changed = 0
        for table in (InboxRow, OutboxRow):
            somebody = exists().where(
                col(PersonRow.bot) == col(table.bot), col(PersonRow.chat) == col(table.chat)
            ) | exists().where(col(TeamRow.group_bot) == col(table.bot), col(TeamRow.group_chat) == col(table.chat))
            changed += await self._changed(
                update(table).where(col(table.state) != "pending", col(table.chat) != "", ~somebody).values(chat="")
            )
        return changed
