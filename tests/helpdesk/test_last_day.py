"""A membership is over at midnight, and swept a little later: meanwhile nobody tells the former member anything."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from bot.clock import Clock
from bot.helpdesk import phone
from bot.helpdesk.claim import claim
from bot.helpdesk.desk import Desk
from bot.helpdesk.hear import hear
from bot.helpdesk.relay import let_through
from bot.model.ids import MessageId
from bot.model.people import Person
from bot.model.requests import Incoming, Place
from bot.model.states import Kind
from bot.storage.database import Database
from bot.storage.work import Work
from tests.clock import FrozenClock
from tests.storage.making import BOT, a_member, a_person, a_ticket, sql


async def say(
    work: Work, desk: Desk, citizen: Person, words: str, kind: Kind = Kind.TEXT, *, edited: bool = False
) -> None:
    file = "a file" if kind == Kind.PHOTO else None
    said = Incoming(Place(BOT, citizen.chat.id, "5"), kind, words, file=file, edited=edited)
    await hear(work, desk, citizen, None, said)


@pytest.mark.parametrize("what", ["words", "changed words", "a picture", "a number"])
async def test_what_a_citizen_says_does_not_reach_a_former_member(
    database: Database, desk_at: Callable[[Clock], Desk], clock: FrozenClock, what: str
) -> None:
    desk = desk_at(clock)
    async with database.work() as work:
        citizen, lan = await a_person(work), await a_member(work)
        await work.people.consent(citizen.id, "test")
        citizen = await work.people.get(citizen.id)
        helper = await work.people.get(lan.person)
        ticket = await a_ticket(work, citizen, question="tôi mất căn cước")
        await work.members.change(lan.id, ends_on=work.today)
        await claim(work, desk, ticket.id, helper, await work.members.get(lan.id))
        if what == "a picture":
            await say(work, desk, citizen, "", Kind.PHOTO)
        if what == "changed words":
            await say(work, desk, citizen, "tôi ở ngay chợ")
    await sql(database, "DELETE FROM outbox")
    clock.tick(hours=24)
    async with database.work() as work:
        if what == "words":
            await say(work, desk, citizen, "tôi ở ngay chợ")
        elif what == "changed words":
            await say(work, desk, citizen, "tôi ở sau chợ", edited=True)
        elif what == "a picture":
            [(message,)] = await sql(database, "SELECT id FROM ticket_messages")
            await let_through(work, desk, citizen, MessageId(int(str(message))), yes=True)
        else:
            await phone.answer(work, desk, ticket.id, citizen, "0900000000", "7", yes=True)
    told = await sql(database, "SELECT kind FROM outbox WHERE chat = :chat", chat=helper.chat.id)
    assert not [kind for (kind,) in told if str(kind).startswith("Relayed")]
    assert await sql(database, "SELECT state, holder_id FROM tickets") == [("open", None)]
