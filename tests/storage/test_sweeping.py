"""What is blanked, thrown away and forgotten; and that nothing is overlooked."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from bot.model.events import Event
from bot.model.notices import Say
from bot.model.notices.citizens import GuideCard
from bot.model.notices.talk import AlbumItem, RelayedAlbum, RelayedCopy, RelayedText
from bot.model.people import Chat, Member, Person
from bot.model.requests import Place, Ticket
from bot.model.states import Delivered, EventKind, Kind, Outcome, Side, TicketState
from bot.storage.database import Database
from bot.storage.tables import metadata
from tests.clock import FrozenClock
from tests.storage.making import BOT, a_member, a_person, sql

WORDS = "lời-của-bà-con"
"""Whatever a citizen says in these tests holds this."""
ID = "87654321"
"""Whatever names the citizen's person, chat or message holds this."""


async def everything(database: Database) -> dict[str, list[str]]:
    """Every value of every column, as text."""
    found = {}
    for table in metadata().sorted_tables:
        rows = await sql(database, f"SELECT * FROM {table.name}")
        for number, column in enumerate(table.columns):
            found[f"{table.name}.{column.name}"] = [str(row[number]) for row in rows if row[number] is not None]
    return found


async def columns_with(database: Database, word: str) -> list[str]:
    return [name for name, values in (await everything(database)).items() if any(word in value for value in values)]


@dataclass
class Story:
    person: Person
    helper: Member
    other: Person
    ticket: Ticket
    others: Ticket


@pytest.fixture
async def story(database: Database) -> Story:
    """A citizen's words and ids wherever they may come to stand; and another citizen beside."""
    async with database.work() as work:
        person = await work.people.meet(ID, Chat(BOT, ID))
        other, helper = await a_person(work), await a_member(work)
        await work.people.consent(person.id, "2026-11")
        await work.people.change(
            person.id, territory="01", dialog={"expects": "wanted", "question": WORDS}, last_request=1
        )
        request = await work.requests.add(person.id, BOT, Outcome.HANDED_OVER, text=WORDS, guide="g", territory="01")
        team = await work.teams.default()
        ticket = await work.tickets.open(person.id, team.id, request_id=request.id, question=WORDS)
        others = await work.tickets.open(other.id, team.id, question="của người khác")
        await work.tickets.assign_if_open(ticket.id, helper.id)
        chat = (await work.people.get(helper.person)).chat
        for number, kind in enumerate((Kind.TEXT, Kind.PHOTO)):
            message = await work.messages.add(
                ticket.id, Side.CITIZEN, kind, Place(BOT, ID, f"{number}"), text=WORDS, file=f"file-{WORDS}"
            )
            await work.slots.point(chat, f"relay:{message.id}", f"h{number}")
        await work.messages.add(ticket.id, Side.HELPER, Kind.TEXT, Place(BOT, chat.id, "h9"), text=f"đáp {WORDS}")
        await work.messages.add(others.id, Side.CITIZEN, Kind.TEXT, Place(BOT, other.chat.id, "1"), text="khác")
        await work.suggestions.add(ticket.id, "g", WORDS)
        await work.follow_ups.keep(person.id, "g", 2, None)
        await work.slots.point(person.chat, "answer:1", "12")
        for kind_of in (EventKind.ASKED, EventKind.OPENED):
            work.events.add(Event(kind_of, request=request.id, ticket=ticket.id, person=person.id))
        # On its way, on its way and perhaps sent, in doubt, sent.
        text = RelayedText(ticket.id, 1, Side.CITIZEN, WORDS)
        copy = RelayedCopy(ticket.id, 2, Side.CITIZEN, Kind.PHOTO, ID, "1", WORDS)
        album = RelayedAlbum(ticket.id, 2, Side.CITIZEN, (AlbumItem(Kind.PHOTO, "f", ID, "1", WORDS),))
        for notice in (text, copy, album):
            await work.outbox.post(chat, notice)
            await work.outbox.claim(await work.outbox.post(chat, notice), 30)
            await work.outbox.finish(await work.outbox.post(chat, notice), Delivered.UNKNOWN, "timeout")
            await work.outbox.finish(await work.outbox.post(chat, notice), Delivered.SENT)
        await work.outbox.post(chat, RelayedText(others.id, 4, Side.CITIZEN, "của người khác"))
        await work.outbox.finish(await work.outbox.post(person.chat, GuideCard("g", request.id)), Delivered.SENT)
        # Handled, put aside, being handled.
        for key in ("1", "2", "3"):
            await work.inbox.store(BOT, key, ID, WORDS if key == "2" else "{}")
        [first] = await work.inbox.claim(BOT, 1, 30)
        await work.inbox.done(first.row)
        [second] = await work.inbox.claim(BOT, 1, 30)
        await work.inbox.quarantine(second.row, "ValueError")
        assert await work.inbox.claim(BOT, 1, 30)
    return Story(person, helper, other, ticket, others)


async def test_the_story_puts_words_and_ids_in_many_places(database: Database, story: Story) -> None:
    """Or the tests below would prove nothing."""
    assert {
        "people.dialog", "requests.text", "tickets.question", "ticket_messages.text", "ticket_messages.file",
        "inbox.raw", "outbox.figures", "suggestions.text",
    } == set(await columns_with(database, WORDS))  # fmt: skip
    assert {
        "people.channel_id", "people.chat", "ticket_messages.chat", "inbox.chat", "outbox.chat", "outbox.figures",
        "slots.chat",
    } == set(await columns_with(database, ID))  # fmt: skip


async def test_withdrawal_leaves_no_words(database: Database, story: Story) -> None:
    async with database.work() as work:
        await work.people.withdraw(story.person.id)
        await work.sweeping.blank_words_of(story.person.id)
    assert await columns_with(database, WORDS) == []
    async with database.reading() as work:
        assert (await work.tickets.get(story.others.id)).question == "của người khác"
        assert [m.text for m in await work.messages.of_ticket(story.others.id)] == ["khác"]
        assert await work.outbox.waiting() == 1
        assert await work.sweeping.counts_of(story.person.id) == (1, 1)
        kept = await work.people.get(story.person.id)
        assert (kept.channel_id, kept.consented_at, kept.dialog) == (ID, None, None)


async def test_erasure_leaves_no_words_and_no_address(database: Database, story: Story, clock: FrozenClock) -> None:
    async with database.work() as work:
        last = await work.outbox.post(story.person.chat, Say("data.erased"), "news:1")
        await work.people.withdraw(story.person.id)
        await work.sweeping.blank_words_of(story.person.id)
        await work.sweeping.forget(story.person.id)
        [row] = [int(str(i)) for (i,) in await sql_in(work, "SELECT id FROM inbox WHERE state = 'pending'")]
        await work.inbox.done(row)
    # The last message has to find its way yet.
    assert await columns_with(database, ID) == ["inbox.chat", "outbox.chat"]
    async with database.work() as work:
        departure = await work.outbox.claim(last, 30)
        assert departure
        assert departure.chat.id == ID
        assert await work.outbox.slots_of(last) == []
        await work.outbox.finish(last, Delivered.SENT)
    async with database.work() as work:
        await work.sweeping.blank_old_words(90, 7, 7)
    assert await columns_with(database, ID) == []
    assert await columns_with(database, WORDS) == []
    async with database.reading() as work:
        gone = await work.people.get(story.person.id)
        assert (gone.territory, gone.consented_at, gone.reachable, gone.last_request) == (None, None, False, None)
        assert await work.people.find("test", ID) is None
        # Whoever asks counts what happened, not who it was.
        assert (await work.tickets.get(story.ticket.id)).state == TicketState.CLAIMED
        assert (await work.figures.period(clock.now(), clock.tick(1))).requests == 1
    assert await sql(database, "SELECT count(*) FROM events WHERE person_id IS NOT NULL") == [(0,)]


async def test_who_comes_back_after_erasure_is_new(database: Database, story: Story) -> None:
    async with database.work() as work:
        await work.sweeping.blank_words_of(story.person.id)
        await work.sweeping.forget(story.person.id)
        again = await work.people.meet(ID, story.person.chat)
        assert again.id != story.person.id
        assert await work.requests.of_person(again.id) == []
        await work.sweeping.blank_words_of(again.id)
        await work.sweeping.forget(again.id)


async def test_a_helper_who_is_erased_leaves_no_name(database: Database, story: Story) -> None:
    async with database.work() as work:
        chat = (await work.people.get(story.helper.person)).chat
        await work.sweeping.blank_words_of(story.helper.person)
        await work.sweeping.forget(story.helper.person)
        assert await work.members.of_person(story.helper.person) is None
        assert (await work.members.get(story.helper.id)).name == ""
    assert await sql(database, "SELECT count(*) FROM slots WHERE chat = :chat", chat=chat.id) == [(0,)]
    assert await sql(database, "SELECT count(*) FROM ticket_messages WHERE chat = :chat", chat=chat.id) == [(0,)]
    assert await sql(database, "SELECT count(*) FROM ticket_messages WHERE chat = :chat", chat=ID) == [(2,)]


async def test_words_are_blanked_when_their_time_is_over(database: Database, story: Story, clock: FrozenClock) -> None:
    async with database.work() as work:
        await work.people.change(story.person.id, dialog=None)
        await work.outbox.let_go()
        for (row,) in await sql_in(work, "SELECT id FROM outbox WHERE state = 'pending'"):
            await work.outbox.finish(int(str(row)), Delivered.SENT)
        await work.tickets.close_if_held(story.ticket.id, story.helper.id, TicketState.RESOLVED)

    async def sweep() -> list[str]:
        async with database.work() as work:
            await work.sweeping.blank_old_words(request_days=90, ticket_days=7, quarantined_days=7)
        return await columns_with(database, WORDS)

    clock.tick(days=7)
    before = await sweep()
    assert {"ticket_messages.text", "inbox.raw", "outbox.figures", "requests.text"} <= set(before)
    clock.tick(1)
    assert await sweep() == ["requests.text", "tickets.question", "suggestions.text"]
    clock.tick(days=83)
    assert await sweep() == []
    # An open ticket's words are needed, however old.
    async with database.reading() as work:
        assert (await work.tickets.get(story.others.id)).question == "của người khác"


async def test_a_sweep_says_how_much_it_did(database: Database, story: Story, clock: FrozenClock) -> None:
    clock.tick(days=400)
    async with database.work() as work:
        assert await work.sweeping.blank_old_words(90, 7, 7) > 0
        assert await work.sweeping.blank_old_words(90, 7, 7) == 0


async def test_old_rows_are_thrown_away_and_what_waits_is_not(
    database: Database, story: Story, clock: FrozenClock
) -> None:
    handled = "SELECT count(*) FROM inbox WHERE state = 'done'"
    assert await sql(database, handled) != [(0,)]
    clock.tick(days=3, seconds=1)
    async with database.work() as work:
        assert await work.sweeping.drop_old_rows(30) > 0
    assert await sql(database, handled) == [(0,)]  # before Telegram's ids may come again
    clock.tick(days=27, seconds=-1)
    async with database.work() as work:
        assert await work.sweeping.drop_old_rows(30) == 0
    clock.tick(1)
    async with database.work() as work:
        assert await work.sweeping.drop_old_rows(30) > 0
    assert await sql(database, "SELECT state, count(*) FROM outbox GROUP BY state") == [("pending", 7)]
    assert sorted(await sql(database, "SELECT state, count(*) FROM inbox GROUP BY state")) == [
        ("pending", 1), ("quarantined", 1),
    ]  # fmt: skip


async def sql_in(work, statement: str):  # type: ignore[no-untyped-def]
    from sqlalchemy import text

    return (await work._session.execute(text(statement))).all()
