"""Agreeing, withdrawing, being told, being forgotten."""

from __future__ import annotations

from bot.helpdesk.cancel import cancel_all
from bot.helpdesk.desk import Desk
from bot.helpdesk.dialog import WANTED, expect_nothing, expects
from bot.helpdesk.holding import give_all_back
from bot.helpdesk.open_ticket import open_ticket
from bot.helpdesk.place import ask_place
from bot.model.delivery import Mode
from bot.model.events import Event
from bot.model.ids import RequestId
from bot.model.notices import Say
from bot.model.notices.citizens import Welcome
from bot.model.people import Person
from bot.model.states import EventKind
from bot.storage.work import Work

WORDING = "2026-11"
"""Version of the words people agree to: the texts ``welcome`` and ``consent.terms``. Change it with them."""


async def start(work: Work, person: Person) -> None:
    """The one plain screen of ``/start``."""
    if expects(person) != WANTED:  # whoever waits for a person may agree on this screen, too
        await expect_nothing(work, person)
    await work.people.change(person.id, greeted=True)
    await work.outbox.post(person.chat, Welcome(person.consented_at is not None), "welcome")


async def agree(work: Work, desk: Desk, person: Person, message: str) -> None:
    """The person agrees, on the screen ``message``; what was waiting for it goes on."""
    if person.consented_at is None:
        await work.people.consent(person.id, WORDING)
        work.events.add(Event(EventKind.CONSENTED, person=person.id, codes={"wording": WORDING}))
    now_agreed = await work.people.get(person.id)
    await work.slots.point(person.chat, "consent", message)
    await work.outbox.post(person.chat, Say("consent.thanks"), "consent", mode=Mode.EDIT)
    if expects(person) == WANTED and person.dialog:
        wanted = person.dialog
        await expect_nothing(work, person)
        request = await work.requests.get(RequestId(wanted["request"])) if wanted.get("request") else None
        await open_ticket(
            work,
            desk,
            now_agreed,
            request=request,
            guide=wanted.get("guide"),
            step=wanted.get("step"),
            question=wanted.get("question") or "",
        )
        now_agreed = await work.people.get(person.id)
    if not now_agreed.place_asked and not now_agreed.territory:
        await ask_place(work, desk, now_agreed)


async def tell_terms(work: Work, desk: Desk, person: Person) -> None:
    """What is kept and for how long, in more words."""
    office = desk.config.helpdesk
    values: dict[str, str | int] = {
        "days": desk.config.retention.request_text,
        "controller": office.controller,
        "address": office.address,
        "contact": office.contact,
    }
    menu = "" if person.consented_at else "agree"
    await work.outbox.post(person.chat, Say("consent.terms", values, menu=menu))


async def withdraw(work: Work, person: Person) -> None:
    """The person no longer agrees: words are blanked, tickets called off."""
    await cancel_all(work, person)
    await work.people.withdraw(person.id)
    await work.sweeping.blank_words_of(person.id)
    await expect_nothing(work, person)
    work.events.add(Event(EventKind.WITHDRAWN, person=person.id))
    await work.outbox.post(person.chat, Say("consent.withdrawn"))


async def tell_data(work: Work, desk: Desk, person: Person) -> None:
    """What is kept about the person."""
    territories = desk.catalogue.territories
    place = territories.label(person.territory) if person.territory and territories.knows(person.territory) else ""
    requests, tickets = await work.sweeping.counts_of(person.id)
    values: dict[str, str | int] = {
        "requests": requests,
        "tickets": tickets,
        "place": place or "-",
        "days": desk.config.retention.request_text,
        "contact": desk.config.helpdesk.contact,
    }
    key = "data.kept" if person.consented_at else "data.kept_without_consent"
    await work.outbox.post(person.chat, Say(key, values, menu="erase"))


async def erase(work: Work, desk: Desk, person: Person, *, sure: bool) -> None:
    """Forget the person, once he is sure. The last message is on its way before the address is gone."""
    if not sure:
        await work.outbox.post(person.chat, Say("data.not_erased"))
        return
    member = await work.members.current(person.id)
    own = await work.tickets.live_of_person(person.id)
    held = await work.tickets.held_by(member.id) if member else []
    await work.tickets.lock_all([ticket.id for ticket in (*own, *held)])
    await cancel_all(work, person)
    if member:
        await give_all_back(work, desk, member, "left")
    await work.outbox.post(person.chat, Say("data.erased"))
    await work.people.withdraw(person.id)
    await work.sweeping.blank_words_of(person.id)
    await work.sweeping.forget(person.id)
