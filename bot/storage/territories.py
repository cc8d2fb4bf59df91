"""A copy of ``knowledge/_territories.yaml``, so that figures can be joined with names in the database."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import delete, insert
from sqlmodel import col

from bot.storage.notes import Preferences
from bot.storage.repository import Repository
from bot.storage.tables import TerritoryRow

_VERSION = "territories"


class TerritoryCopy(Repository):
    """The provinces and communes."""

    async def sync(self, rows: Iterable[tuple[str, str, str, str | None]], version: str) -> bool:
        """Take the territories over where they changed.

        Args:
            rows: code, name, kind, and the province's code (None for a province).
            version: of the file they come from.

        Returns:
            Whether anything was done.
        """
        preferences = Preferences(self._session, self._clock)
        known = await preferences.get(_VERSION)
        if known and known["version"] == version:
            return False
        await self._session.execute(delete(TerritoryRow).where(col(TerritoryRow.code).is_not(None)))
        values = [{"code": c, "name": n, "kind": k, "province": p} for c, n, k, p in rows]
        await self._session.execute(insert(TerritoryRow), values)
        await preferences.put(_VERSION, {"version": version})
        return True
