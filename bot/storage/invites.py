"""Links that make one person a member, once."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from sqlalchemy import select, update
from sqlmodel import col

from bot.model.ids import MemberId, TeamId
from bot.model.people import Invite
from bot.model.states import Role
from bot.storage.repository import Repository
from bot.storage.tables import InviteRow
from bot.storage.teams import spans


def _invite(row: InviteRow) -> Invite:
    return Invite(
        row.code,
        TeamId(row.team_id),
        Role(row.role),
        row.scope,
        row.expires_at,
        row.name,
        spans(row.duty),
        row.most_open,
        row.starts_on,
        row.ends_on,
    )


class Invites(Repository):
    """Links that make one person a member, once."""

    async def add(
        self, code: str, team: TeamId, role: Role, scope: str, by: MemberId | None, days: int, **values: Any
    ) -> None:
        """Store an invite under a code nobody can guess; ``values``: what the membership will have."""
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
                **values,
            )
        )
        await self._session.flush()

    async def find(self, code: str) -> Invite | None:
        """An invite that can still be used."""
        query = select(InviteRow).where(
            col(InviteRow.code) == code,
            col(InviteRow.used_at).is_(None),
            col(InviteRow.expires_at) > self._clock.now(),
        )
        row = await self._row(query)
        return _invite(row) if row else None

    async def named(self, team: TeamId) -> list[Invite]:
        """The team's invites for people that a list names, usable or too old, but not used."""
        query = select(InviteRow).where(
            col(InviteRow.team_id) == team, col(InviteRow.used_at).is_(None), col(InviteRow.name).is_not(None)
        )
        return [_invite(row) for row in await self._rows(query.order_by(col(InviteRow.id)))]

    async def take(self, code: str) -> Invite | None:
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
        invite = _invite(row)
        await self._changed(update(InviteRow).where(col(InviteRow.code) == code).values(name=None))
        return invite

    async def change(self, code: str, **values: Any) -> bool:
        """Change an unused invite; false where it cannot be changed any more."""
        return bool(
            await self._changed(
                update(InviteRow).where(col(InviteRow.code) == code, col(InviteRow.used_at).is_(None)).values(**values)
            )
        )

    async def renew(self, code: str, days: int, **values: Any) -> bool:
        """Change an unused invite and give it its full time again."""
        return await self.change(code, expires_at=self._clock.now() + timedelta(days=days), **values)

    async def void(self, team: TeamId) -> None:
        """Nobody joins the team any more."""
        now = self._clock.now()
        await self._changed(
            update(InviteRow)
            .where(col(InviteRow.team_id) == team, col(InviteRow.used_at).is_(None), col(InviteRow.expires_at) > now)
            .values(expires_at=now, name=None)
        )
