"""Rows that wait, one line a chat: which of them stand first."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Any

from sqlalchemy import Column, ColumnElement, Integer, Select, String, Table, and_, bindparam, func, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import SQLModel

from bot.storage.repository import inline, table_of, unleased
from bot.storage.types import UtcDateTime

PENDING = inline("pending")

# Rows looked at before it is asked chat by chat: enough for a full turn of a loop (32) with most of them not first.
_WALK = 128
_BOT = bindparam("bot", type_=String)
_NOW = bindparam("now", type_=UtcDateTime)
_BUSY = bindparam("busy", type_=String, expanding=True)
_LIMIT = bindparam("limit", type_=Integer)


class Lines:
    """The lines of one queue.

    They are looked at several times for every message, and to put such a statement together costs the processor more
    than to run it; so each is put together once.
    """

    def __init__(self, rows: type[SQLModel], *, walked_by: str, put_off_until: str | None = None) -> None:
        """Prepare the statements.

        Args:
            rows: the queue.
            walked_by: the moment to walk by; an index of pending rows must lead that way. Not by number: for the first
                few by number PostgreSQL takes the primary key, past everything that was handled long ago.
            put_off_until: the moment before which a row must not go; None: there is none.
        """
        table = table_of(rows)
        free, due = unleased(table.c.leased_until, _NOW), [table.c[put_off_until] <= _NOW] if put_off_until else []
        self._walk = _walk(table, walked_by, free, due)
        self._by_chat = _by_chat(table, free, due)
        waits = ["leased_until", put_off_until] if put_off_until else ["leased_until"]
        self._moments = _moments(table, [table.c[moment] for moment in waits])

    async def first(
        self, session: AsyncSession, bot: str, limit: int, now: datetime, busy: Collection[str] = ()
    ) -> list[tuple[int, str]]:
        """The row that stands first in its chat's line, for each chat whose first row may go now.

        A step must not cost more because the queue is long. So the oldest rows are walked through, a fixed number of
        them; that finds enough where the queue belongs to many chats. Where it belongs to few, that number may hold too
        few first rows, and then the index is asked for one chat after the other, past all that stand behind the first.

        Args:
            session: where to ask.
            bot: whose.
            limit: how many at most.
            now: the time.
            busy: chats to leave out.
        """
        asked = {"bot": bot, "now": now, "busy": list(busy)}
        walked = (await session.execute(self._walk, asked)).all()
        found = [(row, chat) for row, chat, goes in walked if goes]
        if len(walked) < _WALK or len(found) >= limit:
            return found[:limit]
        by_chat = await session.execute(self._by_chat, {**asked, "limit": limit})
        return sorted((row, chat) for row, chat in by_chat)

    async def next_moment(self, session: AsyncSession, bot: str, now: datetime) -> datetime | None:
        """When the next row that must wait now may go."""
        moments = (await session.execute(self._moments, {"bot": bot, "now": now})).one()
        return min((moment for moment in moments if moment), default=None)


def _walk(
    table: Table, walked_by: str, free: ColumnElement[bool], due: list[ColumnElement[bool]]
) -> Select[int, str, bool]:
    waiting = table.alias()
    first = (
        select(func.min(waiting.c.id))
        .where(waiting.c.bot == _BOT, waiting.c.state == PENDING, waiting.c.chat == table.c.chat)
        .scalar_subquery()
    )
    return (
        select(table.c.id, table.c.chat, and_(free, table.c.id == first))
        .where(table.c.bot == _BOT, table.c.state == PENDING, *due, table.c.chat.not_in(_BUSY))
        .order_by(table.c[walked_by], table.c.id)
        .limit(_WALK)
    )


def _by_chat(table: Table, free: ColumnElement[bool], due: list[ColumnElement[bool]]) -> Select[int, str]:
    waiting = table.alias()
    mine = (waiting.c.bot == _BOT, waiting.c.state == PENDING)
    chats = select(select(func.min(waiting.c.chat)).where(*mine).scalar_subquery().label("chat")).cte(recursive=True)
    following = select(func.min(waiting.c.chat)).where(*mine, waiting.c.chat > chats.c.chat).scalar_subquery()
    chats = chats.union_all(select(following).where(chats.c.chat.is_not(None)))
    first = select(func.min(waiting.c.id)).where(*mine, waiting.c.chat == chats.c.chat).scalar_subquery()
    heads = select(first.label("id"), chats.c.chat).where(chats.c.chat.is_not(None)).subquery()
    # Asked as a value: as a join SQLite would walk everything that is due for every chat.
    goes = select(and_(free, *due)).where(table.c.id == heads.c.id).scalar_subquery()
    return select(heads.c.id, heads.c.chat).where(goes, heads.c.chat.not_in(_BUSY)).limit(_LIMIT)


def _moments(table: Table, waits: list[Column[Any]]) -> Select[Any]:
    return select(
        *(
            select(func.min(moment))
            .where(table.c.bot == _BOT, table.c.state == PENDING, moment.is_not(None), moment > _NOW)
            .scalar_subquery()
            for moment in waits
        )
    )
