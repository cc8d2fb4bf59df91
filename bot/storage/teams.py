"""The teams."""

from __future__ import annotations

from typing import Any

from sqlalchemy import func, select, update
from sqlmodel import col

from bot.config import Span
from bot.model.ids import TeamId
from bot.model.people import Chat, Office, Team
from bot.model.states import LIVE
from bot.storage.repository import Repository
from bot.storage.tables import MemberRow, TeamRow, TicketRow


def _team(row: TeamRow) -> Team:
    assert row.id is not None
    group = Chat(row.group_bot, row.group_chat) if row.group_bot and row.group_chat else None
    return Team(
        TeamId(row.id),
        row.name,
        row.territory,
        group,
        row.hamlet or "",
        tuple(row.sectors or ()),
        spans(row.duty),
        Office(row.office_address or "", row.office_hours or "", row.office_phone or ""),
        row.is_default,
        row.closed_at,
    )


def spans(duty: list[str] | None) -> tuple[Span, ...] | None:
    """Duty hours as they are stored."""
    return tuple(Span.read(span) for span in duty) if duty else None


class Teams(Repository):
    """The teams."""

    async def default(self, name: str = "") -> Team:
        """The team that serves everybody; made with ``name`` on first use."""
        query = select(TeamRow).where(col(TeamRow.is_default))
        row = await self._row(query)
        if row is None:
            new = TeamRow(name=name, is_default=True, created_at=self._clock.now())
            # Two tickets may be the first of all, side by side.
            await self._session.execute(
                self._insert(TeamRow).values(new.model_dump(exclude={"id"})).on_conflict_do_nothing()
            )
            row = await self._row(query)
            assert row is not None
        return _team(row)

    async def get(self, team: TeamId) -> Team:
        """A team that exists."""
        found = await self.find(team)
        assert found is not None
        return found

    async def find(self, team: TeamId) -> Team | None:
        """A team, if there is one; also a closed one."""
        row = await self._row(select(TeamRow).where(col(TeamRow.id) == team))
        return _team(row) if row else None

    async def serving(self, territories: list[str]) -> list[Team]:
        """Teams of these territories, and those without one; none that is closed."""
        here = col(TeamRow.territory).is_(None) | col(TeamRow.territory).in_(territories) | col(TeamRow.is_default)
        query = select(TeamRow).where(here, col(TeamRow.closed_at).is_(None)).order_by(col(TeamRow.id))
        return [_team(row) for row in await self._rows(query)]

    async def all(self, *, closed: bool = False) -> list[Team]:
        """Every team, oldest first; those closed only where asked for."""
        query = select(TeamRow).order_by(col(TeamRow.id))
        if not closed:
            query = query.where(col(TeamRow.closed_at).is_(None))
        return [_team(row) for row in await self._rows(query)]

    async def lock(self) -> list[Team]:
        """Every open team; nobody else changes or makes one until this unit of work ends.

        The default team's row stands for all of them: whoever makes a team takes it first.
        """
        default = select(TeamRow).where(col(TeamRow.is_default))
        # key_share: tickets may still come to it, or who moves one there and this one would wait for each other.
        await self._row(default.with_for_update(key_share=True))
        return await self.all()

    async def add(self, name: str, **values: Any) -> Team:
        """A new team."""
        row = TeamRow(name=name, created_at=self._clock.now(), **values)
        self._session.add(row)
        await self._session.flush()
        return _team(row)

    async def change(self, team: TeamId, **values: Any) -> bool:
        """Set columns of an open team; false where it is closed."""
        statement = update(TeamRow).where(col(TeamRow.id) == team, col(TeamRow.closed_at).is_(None))
        return bool(await self._changed(statement.values(**values)))

    async def close(self, team: TeamId) -> bool:
        """Close a team that is not the default one; false where somebody else just did."""
        return bool(
            await self._changed(
                update(TeamRow)
                .where(col(TeamRow.id) == team, col(TeamRow.closed_at).is_(None), ~col(TeamRow.is_default))
                .values(closed_at=self._clock.now(), group_bot=None, group_chat=None)
            )
        )

    async def counts(self) -> dict[TeamId, tuple[int, int]]:
        """How many members and live tickets each team has, where it has any."""
        members = select(col(MemberRow.team_id), func.count()).where(col(MemberRow.ended_at).is_(None))
        tickets = select(col(TicketRow.team_id), func.count()).where(col(TicketRow.state).in_(LIVE))
        found: dict[TeamId, tuple[int, int]] = {}
        for team, number in await self._session.execute(members.group_by(col(MemberRow.team_id))):
            found[TeamId(team)] = (number, 0)
        for team, number in await self._session.execute(tickets.group_by(col(TicketRow.team_id))):
            found[TeamId(team)] = (found.get(TeamId(team), (0, 0))[0], number)
        return found

    async def hand_over(self, old: TeamId, new: TeamId) -> None:
        """Members and live tickets of one team are another's from now on."""
        await self._changed(
            update(MemberRow)
            .where(col(MemberRow.team_id) == old, col(MemberRow.ended_at).is_(None))
            .values(team_id=new)
        )
        await self._changed(
            update(TicketRow).where(col(TicketRow.team_id) == old, col(TicketRow.state).in_(LIVE)).values(team_id=new)
        )

    async def closed_with_tickets(self) -> list[Team]:
        """Closed teams that still have live tickets: opened while the team was being closed."""
        stray = select(col(TicketRow.team_id)).where(col(TicketRow.state).in_(LIVE))
        query = select(TeamRow).where(col(TeamRow.closed_at).is_not(None), col(TeamRow.id).in_(stray))
        return [_team(row) for row in await self._rows(query)]

    async def bind(self, team: TeamId, group: Chat) -> None:
        """Show the team's cards in ``group``; a group belongs to one team at most."""
        await self.unbind(group)
        values = {"group_bot": group.bot, "group_chat": group.id}
        await self._changed(update(TeamRow).where(col(TeamRow.id) == team).values(**values))

    async def unbind(self, group: Chat) -> bool:
        """The group is nobody's any more; false where it was so before: of several who find out, one is told."""
        return bool(
            await self._changed(
                update(TeamRow)
                .where(col(TeamRow.group_bot) == group.bot, col(TeamRow.group_chat) == group.id)
                .values(group_bot=None, group_chat=None)
            )
        )

    async def moved(self, old: Chat, new: Chat) -> bool:
        """A group got a new id; false where that was known."""
        return bool(
            await self._changed(
                update(TeamRow)
                .where(col(TeamRow.group_bot) == old.bot, col(TeamRow.group_chat) == old.id)
                .values(group_chat=new.id)
            )
        )

    async def of_group(self, group: Chat) -> Team | None:
        """The team whose cards are shown in this chat."""
        row = await self._row(
            select(TeamRow).where(col(TeamRow.group_bot) == group.bot, col(TeamRow.group_chat) == group.id)
        )
        return _team(row) if row else None
