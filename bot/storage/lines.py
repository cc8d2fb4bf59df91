"""Rows that wait, one line a chat: which of them stand first."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

from sqlalchemy import ColumnElement, and_, func, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased
from sqlmodel import col

from bot.storage.repository import inline
from bot.storage.tables import InboxRow, OutboxRow

PENDING = inline("pending")

# Rows looked at before it is asked chat by chat: enough for a full turn of a loop (32) with most of them not first.
_WALK = 128


async def first_in_line(
    session: AsyncSession,
    table: type[InboxRow] | type[OutboxRow],
    bot: str,
    limit: int,
    *,
    free: ColumnElement[bool],
    due: Sequence[ColumnElement[bool]] = (),
    order: Sequence[Any],
    busy: Collection[str] = (),
) -> list[tuple[int, str]]:
    """The row that stands first in its chat's line, for each chat whose first row may go now.

    A step must not cost more because the queue is long. So the oldest rows are walked through, a fixed number of them;
    that finds enough where the queue belongs to many chats. Where it belongs to few, that number may hold too few first
    rows, and then the index is asked for one chat after the other, past all that stand behind the first.

    Args:
        session: where to ask.
        table: the queue.
        bot: whose.
        limit: how many at most.
        free: nobody works on the row.
        due: the row's time has come.
        order: what to walk by; an index of pending rows must lead that way. Not by number alone: for the first few by
            number PostgreSQL takes the primary key, past everything that was handled long ago.
        busy: chats to leave out.
    """
    waiting = aliased(table)
    mine = (col(waiting.bot) == bot, col(waiting.state) == PENDING)
    first = select(func.min(waiting.id)).where(*mine, col(waiting.chat) == col(table.chat)).scalar_subquery()
    walk = (
        select(col(table.id), col(table.chat), and_(free, col(table.id) == first))
        .where(col(table.bot) == bot, col(table.state) == PENDING, *due, col(table.chat).not_in(busy))
        .order_by(*order, col(table.id))
        .limit(_WALK)
    )
    walked = (await session.execute(walk)).all()
    found = [(row, chat) for row, chat, goes in walked if goes and row is not None]
    if len(walked) < _WALK or len(found) >= limit:
        return found[:limit]
    chats = select(select(func.min(waiting.chat)).where(*mine).scalar_subquery().label("chat")).cte(recursive=True)
    following = select(func.min(waiting.chat)).where(*mine, col(waiting.chat) > chats.c.chat).scalar_subquery()
    chats = chats.union_all(select(following).where(chats.c.chat.is_not(None)))
    first = select(func.min(waiting.id)).where(*mine, col(waiting.chat) == chats.c.chat).scalar_subquery()
    heads = select(first.label("id"), chats.c.chat).where(chats.c.chat.is_not(None)).subquery()
    # Asked as a value: as a join SQLite would walk everything that is due for every chat.
    goes = select(and_(free, *due)).where(col(table.id) == heads.c.id).scalar_subquery()
    by_chat = select(heads.c.id, heads.c.chat).where(goes, heads.c.chat.not_in(busy)).limit(limit)
    return sorted((row, chat) for row, chat in await session.execute(by_chat))
