"""Who helps, in which team, from when until when."""

from __future__ import annotations

from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from bot.clock import Clock
from bot.model.ids import MemberId, PersonId, TeamId, TicketId
from bot.model.people import Chat, Member
from bot.model.states import Role
from bot.storage.people import person_of
from bot.storage.repository import Repository
from bot.storage.tables import MemberRow, PersonRow
from bot.storage.teams import spans


def _member(row: MemberRow) -> Member:
    assert row.id is not None
    return Member(
        MemberId(row.id),
        PersonId(row.person_id),
        TeamId(row.team_id),
        Role(row.role),
        row.scope,
        row.name,
        row.on_duty,
        TicketId(row.current_ticket) if row.current_ticket else None,
        spans(row.duty),
        row.away_until,
        row.most_open,
        row.starts_on,
        row.ends_on,
        row.on_until,
    )


class Members(Repository):
    """Who helps.

    A membership is *current* until somebody ends it, and *in force* on the days from its first to its last one, where
    the team is. Rights and cards go by what is in force, so that access ends with the last day, whoever notes it when.
    """

    def __init__(self, session: AsyncSession, clock: Clock, zone: ZoneInfo) -> None:
        super().__init__(session, clock)
        self._zone = zone

    @property
    def _today(self) -> date:
        return self._clock.now().astimezone(self._zone).date()

    def _current(self) -> Any:
        return select(MemberRow).where(col(MemberRow.ended_at).is_(None))

    def _in_force(self) -> Any:
        today = self._today
        return self._current().where(
            or_(col(MemberRow.starts_on).is_(None), col(MemberRow.starts_on) <= today),
            or_(col(MemberRow.ends_on).is_(None), col(MemberRow.ends_on) >= today),
        )

    async def of_person(self, person: PersonId) -> Member | None:
        """The person's membership in force."""
        member = await self.current(person)
        return member if member and member.in_force(self._today) else None

    async def current(self, person: PersonId) -> Member | None:
        """The person's membership that nobody ended, also one that begins later or is over."""
        row = await self._row(self._current().where(col(MemberRow.person_id) == person))
        return _member(row) if row else None

    async def get(self, member: MemberId) -> Member:
        """A member, also a former one."""
        row = await self._row(select(MemberRow).where(col(MemberRow.id) == member))
        assert row is not None
        return _member(row)

    async def find_current(self, member: MemberId) -> Member | None:
        """A member, unless the membership was ended."""
        row = await self._row(self._current().where(col(MemberRow.id) == member))
        return _member(row) if row else None

    async def lock(self, *members: MemberId) -> list[Member]:
        """Those of them whose membership nobody ended; nobody else changes any until this unit of work ends.

        Where tickets are changed as well, they come first (see `Tickets.lock_all`).
        """
        query = select(MemberRow).where(col(MemberRow.id).in_(members)).order_by(col(MemberRow.id))
        rows = await self._rows(query.with_for_update(key_share=True))
        return [_member(row) for row in rows if row.ended_at is None]

    async def of_team(self, team: TeamId) -> list[Member]:
        """Members in force."""
        return await self._listed(self._in_force().where(col(MemberRow.team_id) == team))

    async def all_of_team(self, team: TeamId) -> list[Member]:
        """Members whose membership nobody ended, also those who begin later."""
        return await self._listed(self._current().where(col(MemberRow.team_id) == team))

    async def of_teams(self, teams: list[TeamId]) -> list[Member]:
        """Members in force of several teams."""
        return await self._listed(self._in_force().where(col(MemberRow.team_id).in_(teams)))

    async def admins(self) -> list[Member]:
        """Admins in force."""
        return await self._listed(self._in_force().where(col(MemberRow.role) == Role.ADMIN))

    async def overdue(self) -> list[Member]:
        """Memberships whose last day is past and that nobody ended yet."""
        return await self._listed(self._current().where(col(MemberRow.ends_on) < self._today))

    async def _listed(self, query: Any) -> list[Member]:
        return [_member(row) for row in await self._rows(query.order_by(col(MemberRow.id)))]

    async def chats(self, members: list[Member]) -> list[tuple[Member, Chat]]:
        """Where to write to each of them alone; those who cannot be written to are left out."""
        ids = [m.person for m in members]
        rows = await self._rows(select(PersonRow).where(col(PersonRow.id).in_(ids), col(PersonRow.reachable)))
        chats = {person_of(row).id: person_of(row).chat for row in rows}
        return [(m, chats[m.person]) for m in members if m.person in chats]

    async def join(
        self, person: PersonId, team: TeamId, role: Role, name: str, scope: str = "all", **values: Any
    ) -> Member:
        """Make the person a member; a current membership is changed, never lowered, unless its last day is past.

        Args:
            person: who.
            team: where.
            role: what he may do.
            name: how colleagues see him.
            scope: how far an admin's rights reach.
            values: further columns.
        """
        current = await self.current(person)
        if current and current.is_over(self._today):
            await self.end(current.id)
            current = None
        if current:
            raised = not current.may(role)
            rights = {"role": role, "scope": scope} if raised else {}
            await self.change(current.id, team_id=team, **rights, **values)
            return await self.get(current.id)
        row = MemberRow(
            person_id=person,
            team_id=team,
            role=role,
            scope=scope,
            name=name,
            joined_at=self._clock.now(),
            on_duty=True,
            **values,
        )
        self._session.add(row)
        await self._session.flush()
        return _member(row)

    async def change(self, member: MemberId, **values: Any) -> None:
        """Set columns of a member."""
        await self._changed(update(MemberRow).where(col(MemberRow.id) == member).values(**values))

    async def end(self, member: MemberId) -> bool:
        """End a membership; of several who try, one succeeds."""
        return bool(
            await self._changed(
                update(MemberRow)
                .where(col(MemberRow.id) == member, col(MemberRow.ended_at).is_(None))
                .values(ended_at=self._clock.now(), on_duty=False)
            )
        )
