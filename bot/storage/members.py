"""Teams, their members, and invites."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from sqlalchemy import select, update
from sqlmodel import col

from bot.config import Span
from bot.model.ids import MemberId, PersonId, TeamId, TicketId
from bot.model.people import Chat, Member, Office, Team
from bot.model.states import Role
from bot.storage.people import person_of
from bot.storage.repository import Repository
from bot.storage.tables import InviteRow, MemberRow, PersonRow, TeamRow


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
        _spans(row.duty),
        Office(row.office_address or "", row.office_hours or "", row.office_phone or ""),
        row.is_default,
        row.closed_at,
    )


def _spans(duty: list[str] | None) -> tuple[Span, ...] | None:
    return tuple(Span.read(span) for span in duty) if duty else None


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
        _spans(row.duty),
        row.away_until,
        row.most_open,
        row.starts_on,
        row.ends_on,
        row.on_until,
    )


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
        """A team."""
        row = await self._row(select(TeamRow).where(col(TeamRow.id) == team))
        assert row is not None
        return _team(row)

    async def serving(self, territories: list[str]) -> list[Team]:
        """Teams of these territories, and those without one; none that is closed."""
        here = col(TeamRow.territory).is_(None) | col(TeamRow.territory).in_(territories) | col(TeamRow.is_default)
        query = select(TeamRow).where(here, col(TeamRow.closed_at).is_(None)).order_by(col(TeamRow.id))
        return [_team(row) for row in await self._rows(query)]

    async def all(self) -> list[Team]:
        """Every team, oldest first."""
        return [_team(row) for row in await self._rows(select(TeamRow).order_by(col(TeamRow.id)))]

    async def bind(self, team: TeamId, group: Chat | None) -> None:
        """Show the team's cards in ``group``; a group belongs to one team at most."""
        if group:
            await self._changed(
                update(TeamRow)
                .where(col(TeamRow.group_bot) == group.bot, col(TeamRow.group_chat) == group.id)
                .values(group_bot=None, group_chat=None)
            )
        values = {"group_bot": group.bot if group else None, "group_chat": group.id if group else None}
        await self._changed(update(TeamRow).where(col(TeamRow.id) == team).values(**values))

    async def moved(self, old: Chat, new: Chat) -> None:
        """A group got a new id."""
        await self._changed(
            update(TeamRow)
            .where(col(TeamRow.group_bot) == old.bot, col(TeamRow.group_chat) == old.id)
            .values(group_chat=new.id)
        )

    async def of_group(self, group: Chat) -> Team | None:
        """The team whose cards are shown in this chat."""
        row = await self._row(
            select(TeamRow).where(col(TeamRow.group_bot) == group.bot, col(TeamRow.group_chat) == group.id)
        )
        return _team(row) if row else None


class Members(Repository):
    """Who helps."""

    def _active(self) -> Any:
        return select(MemberRow).where(col(MemberRow.ended_at).is_(None))

    async def of_person(self, person: PersonId) -> Member | None:
        """The person's membership in force."""
        row = await self._row(self._active().where(col(MemberRow.person_id) == person))
        return _member(row) if row else None

    async def get(self, member: MemberId) -> Member:
        """A member, also a former one."""
        row = await self._row(select(MemberRow).where(col(MemberRow.id) == member))
        assert row is not None
        return _member(row)

    async def lock(self, member: MemberId) -> None:
        """Nobody else changes the member until this unit of work ends."""
        query = select(MemberRow).where(col(MemberRow.id) == member)
        await self._row(query.with_for_update(key_share=True))

    async def of_team(self, team: TeamId) -> list[Member]:
        """Members in force."""
        return [
            _member(r)
            for r in await self._rows(self._active().where(col(MemberRow.team_id) == team).order_by(col(MemberRow.id)))
        ]

    async def of_teams(self, teams: list[TeamId]) -> list[Member]:
        """Members in force of several teams."""
        query = self._active().where(col(MemberRow.team_id).in_(teams)).order_by(col(MemberRow.id))
        return [_member(r) for r in await self._rows(query)]

    async def admins(self) -> list[Member]:
        """Admins in force."""
        rows = await self._rows(self._active().where(col(MemberRow.role) == Role.ADMIN).order_by(col(MemberRow.id)))
        return [_member(r) for r in rows]

    async def chats(self, members: list[Member]) -> list[tuple[Member, Chat]]:
        """Where to write to each of them alone; those who cannot be written to are left out."""
        ids = [m.person for m in members]
        rows = await self._rows(select(PersonRow).where(col(PersonRow.id).in_(ids), col(PersonRow.reachable)))
        chats = {person_of(row).id: person_of(row).chat for row in rows}
        return [(m, chats[m.person]) for m in members if m.person in chats]

    async def join(self, person: PersonId, team: TeamId, role: Role, name: str, scope: str = "all") -> Member:
        """Make the person a member; a membership in force is changed, never lowered."""
        current = await self.of_person(person)
        if current:
            higher = role if not current.may(role) else current.role
            await self.change(current.id, team_id=team, role=higher, scope=scope)
            return await self.get(current.id)
        row = MemberRow(
            person_id=person, team_id=team, role=role, scope=scope, name=name, joined_at=self._clock.now(), on_duty=True
        )
        self._session.add(row)
        await self._session.flush()
        return _member(row)

    async def change(self, member: MemberId, **values: Any) -> None:
        """Set columns of a member."""
        await self._changed(update(MemberRow).where(col(MemberRow.id) == member).values(**values))


class Invites(Repository):
    """Links that make one person a member, once."""

    async def add(self, code: str, team: TeamId, role: Role, scope: str, by: MemberId | None, days: int) -> None:
        """Store an invite under a code nobody can guess."""
        now = self._clock.now()
        self._session.add(
            InviteRow(
                code=code,
                team_id=team,
                role=role,
                scope=scope,
                created_by=by,
                created_at=now,
                expires_at=now + timedelta(days=days),
            )
        )
        await self._session.flush()

    async def take(self, code: str) -> tuple[TeamId, Role, str] | None:
        """Use an invite up: what it makes its user, or None where it is unknown, used or too old."""
        now = self._clock.now()
        taken = await self._changed(
            update(InviteRow)
            .where(col(InviteRow.code) == code, col(InviteRow.used_at).is_(None), col(InviteRow.expires_at) > now)
            .values(used_at=now)
        )
        if not taken:
            return None
        row = await self._row(select(InviteRow).where(col(InviteRow.code) == code))
        assert row is not None
        return TeamId(row.team_id), Role(row.role), row.scope

    async def change(self, code: str, **values: Any) -> bool:
        """Change an unused invite; false where it cannot be changed any more."""
        return bool(
            await self._changed(
                update(InviteRow).where(col(InviteRow.code) == code, col(InviteRow.used_at).is_(None)).values(**values)
            )
        )
