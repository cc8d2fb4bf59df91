"""Teams beside the default one, as stories need them."""

from __future__ import annotations

import json
from typing import Any

from sqlalchemy import text

from bot.playground import Person
from tests.e2e.house import House

AN_THOI_DONG = "27673"
HO_CHI_MINH = "79"


async def change(house: House, statement: str, **values: Any) -> None:
    """Change the database past the app."""
    async with house.parts.database.engine.begin() as connection:
        await connection.execute(text(statement), values)


async def a_team(
    house: House, name: str, territory: str | None, *people: Person, sectors: list[str] | None = None
) -> int:
    """A team of people who joined already."""
    now = house.clock.now()
    await change(
        house,
        "INSERT INTO teams (name, territory, sectors, is_default, created_at)"
        " VALUES (:name, :territory, :sectors, :no, :now)",
        name=name,
        territory=territory,
        sectors=json.dumps(sectors) if sectors else None,
        no=False,
        now=now.replace(tzinfo=None) if house.parts.database.is_sqlite else now,
    )
    team = await house.number("SELECT max(id) FROM teams")
    for person in people:
        await change(
            house,
            "UPDATE members SET team_id = :team WHERE person_id = (SELECT id FROM people WHERE channel_id = :id)",
            team=team,
            id=str(person.id),
        )
    return team


async def lives_in(house: House, citizen: Person, words: str = "an thoi dong") -> None:
    """The citizen agrees and says where he lives."""
    await citizen.start()
    await citizen.wait_for("Chào cô bác")
    await citizen.tap("Đồng ý")
    await citizen.wait_for("xã, phường nào")
    await citizen.say(words)
    await citizen.wait_for("Đã ghi")
    house.clock.tick(60)
