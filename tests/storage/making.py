"""The least that must stand in the tables before something can be shown."""

from __future__ import annotations

import itertools

from sqlalchemy import text

from bot.model.people import Chat, Member, Person
from bot.model.requests import Ticket
from bot.model.states import Role
from bot.storage.database import Database
from bot.storage.work import Work

BOT = "test:1"

_numbers = itertools.count(1000)


def a_chat() -> Chat:
    return Chat(BOT, str(next(_numbers)))


async def a_person(work: Work) -> Person:
    chat = a_chat()
    return await work.people.meet(chat.id, chat)


async def a_member(work: Work, name: str = "Lan", role: Role = Role.VOLUNTEER) -> Member:
    person = await a_person(work)
    team = await work.teams.default("Tổ")
    return await work.members.join(person.id, team.id, role, name)


async def a_ticket(work: Work, person: Person | None = None, **values: object) -> Ticket:
    person = person or await a_person(work)
    team = await work.teams.default("Tổ")
    return await work.tickets.open(person.id, team.id, **values)


async def sql(database: Database, statement: str, **values: object) -> list[tuple[object, ...]]:
    """What stands in the database for everybody to see."""
    async with database.engine.begin() as connection:
        result = await connection.execute(text(statement), values)
        return [tuple(row) for row in result] if result.returns_rows else []
