"""Where a person lives: typed in any way, old names understood."""

from __future__ import annotations

from bot.helpdesk.desk import Desk
from bot.helpdesk.dialog import PLACE, expect, expect_nothing, expects
from bot.helpdesk.open_ticket import refresh_cards
from bot.language import clean
from bot.model.delivery import Mode
from bot.model.notices import PlaceChoices, PlaceKept, Say
from bot.model.people import Person
from bot.storage.work import Work


async def ask_place(work: Work, desk: Desk, person: Person, words: str = "") -> None:
    """Ask where the person lives, unless he says so at once; may be skipped."""
    if words and await tell_place(work, desk, person, words):
        return
    await expect(work, person, PLACE)
    await work.people.change(person.id, place_asked=True)
    await work.outbox.post(person.chat, Say("place.unknown" if words else "place.ask", menu="skip"), "place")


async def tell_place(work: Work, desk: Desk, person: Person, text: str) -> bool:
    """Take the words as a place; false where they are none."""
    words = clean(text)
    if len(words) > 80 or "?" in words:
        return False
    found = desk.catalogue.territories.search(words)
    if found.outcome == "exact":
        await keep_place(work, desk, person, found.places[0].code, found.places[0].via or "")
    elif found.outcome == "choices":
        choices = PlaceChoices(tuple(place.code for place in found.places), found.total > len(found.places))
        await work.outbox.post(person.chat, choices, "place")
    return found.outcome != "none"


async def keep_place(
    work: Work, desk: Desk, person: Person, code: str, via: str = "", message: str | None = None
) -> None:
    """This is the place; ``message``: it was chosen there, and the answer takes its place."""
    if not desk.catalogue.territories.knows(code):
        await work.outbox.post(person.chat, Say("place.unknown", menu="skip"), "place")
        return
    if expects(person) == PLACE:
        await expect_nothing(work, person)
    await work.people.change(person.id, territory=code, place_asked=True)
    for ticket in await work.tickets.live_of_person(person.id):
        if ticket.territory is None:
            await work.tickets.change(ticket.id, territory=code)
            await refresh_cards(work, ticket)
    if message:
        await work.slots.point(person.chat, "place", message)
    await work.outbox.post(person.chat, PlaceKept(code, via), "place", mode=Mode.EDIT if message else Mode.NEW)


async def skip_place(work: Work, person: Person, message: str) -> None:
    """The person does not say."""
    if expects(person) == PLACE:
        await expect_nothing(work, person)
    await work.people.change(person.id, place_asked=True)
    await work.slots.point(person.chat, "place", message)
    await work.outbox.post(person.chat, Say("place.skipped", menu="browse"), "place", mode=Mode.EDIT)
