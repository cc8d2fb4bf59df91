"""Where a person lives: typed in any way, old names understood."""

from __future__ import annotations

from bot.helpdesk.climbing import reroute
from bot.helpdesk.desk import Desk
from bot.helpdesk.dialog import PLACE, ask_where, expect_nothing, expects
from bot.language import clean, fold
from bot.model.delivery import Mode
from bot.model.notices import Say
from bot.model.notices.citizens import PlaceChoices, PlaceKept
from bot.model.people import Person
from bot.storage.work import Work

_NOT_SAID = frozenset({"khong", "khong noi", "khong can", "ko", "thoi", "bo qua", "khoi"})
"""What people say who do not want to tell where they live, folded."""
# Whoever uses more words tells something beside his place, which a ticket's helper shall read.
_A_PLACE_ALONE = 8


async def ask_place(work: Work, desk: Desk, person: Person, words: str = "") -> None:
    """Ask where the person lives, unless he says so at once; may be skipped."""
    if words and await _take_place(work, desk, person, clean(words), guess=True):
        return
    await ask_where(work, person, "place.unknown" if words else "place.ask")


async def tell_place(work: Work, desk: Desk, person: Person, text: str) -> bool:
    """Take the words as the answer to "where do you live"; false where they are none.

    A place that is only guessed at must not swallow a question: «dịch vụ công mức độ 4 là gì» holds La Gi.
    """
    words = clean(text)
    if fold(words) in _NOT_SAID:
        await skip_place(work, person)
        return True
    match = desk.knowledge.now.matcher.match(words)
    # With a ticket open the words may be meant for its helper: only a place beyond doubt is taken for one.
    live = await work.tickets.live_of_person(person.id)
    guess = not live and match.outcome == "none" and not match.smalltalk
    taken = await _take_place(work, desk, person, words, guess=guess)
    return taken and not (live and len(words.split()) > _A_PLACE_ALONE)


async def _take_place(work: Work, desk: Desk, person: Person, words: str, *, guess: bool) -> bool:
    if len(words) > 80 or "?" in words:
        return False
    found = desk.catalogue.territories.search(words)
    if found.outcome == "choices" and not guess:
        return False
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
            await reroute(work, desk, await work.tickets.get(ticket.id))
    if message:
        await work.slots.point(person.chat, "place", message)
    await work.outbox.post(person.chat, PlaceKept(code, via), "place", mode=Mode.EDIT if message else Mode.NEW)


async def skip_place(work: Work, person: Person, message: str | None = None) -> None:
    """The person does not say; ``message``: pressed there, and the answer takes its place."""
    if expects(person) == PLACE:
        await expect_nothing(work, person)
    await work.people.change(person.id, place_asked=True)
    if message:
        await work.slots.point(person.chat, "place", message)
    skipped = Say("place.skipped", menu="browse")
    await work.outbox.post(person.chat, skipped, "place", mode=Mode.EDIT if message else Mode.NEW)
