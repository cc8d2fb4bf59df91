"""What a citizen does with a card: open a part, choose, say whether it helped, call a person."""

from __future__ import annotations

from bot.helpdesk.ask import doubt_again, offer_consent, open_guide
from bot.helpdesk.desk import Desk
from bot.helpdesk.open_ticket import open_ticket
from bot.model.delivery import Mode
from bot.model.events import Event
from bot.model.ids import RequestId
from bot.model.notices.citizens import GuideCard, PlatformCard, PlatformList, SectorGuides, SectorList
from bot.model.people import Person
from bot.model.requests import Request
from bot.model.states import EventKind, Outcome, Section
from bot.storage.work import Work


async def open_section(work: Work, person: Person, guide: str, request_id: int, section: Section, message: str) -> None:
    """Show another part of the card, in its place."""
    request = await own_request(work, person, request_id)
    number = request.id if request else 0
    slot = f"answer:{number}" if number else f"sent:{message}"
    await work.slots.point(person.chat, slot, message)
    await work.outbox.post(person.chat, GuideCard(guide, number, section), slot, mode=Mode.EDIT)


async def choose(work: Work, desk: Desk, person: Person, guide: str, request_id: int, message: str) -> None:
    """One of the choices is meant: the list becomes its card."""
    request = await own_request(work, person, request_id)
    entry = desk.catalogue.get(guide)
    if request is None or entry is None:
        await open_guide(work, desk, person, guide)
        return
    await work.requests.change(
        request.id,
        outcome=Outcome.ANSWERED,
        guide=guide,
        guide_hash=entry.content_hash,
        last_message_at=desk.clock.now(),
    )
    await work.people.change(person.id, last_request=request.id)
    _event(work, person, request.id, EventKind.OUTCOME, guide, outcome=Outcome.ANSWERED, reason="chosen")
    await work.slots.point(person.chat, f"answer:{request.id}", message)
    resume = await work.follow_ups.step(person.id, guide)
    await work.outbox.post(
        person.chat, GuideCard(guide, request.id, resume_step=resume), f"answer:{request.id}", mode=Mode.EDIT
    )


async def none_of_these(work: Work, desk: Desk, person: Person, request_id: int, message: str) -> None:
    """The choices were all wrong: a list and a person, no third round."""
    request = await own_request(work, person, request_id)
    if request is None:
        await show_sectors(work, person)
        return
    _event(work, person, request.id, EventKind.NOT_HELPED, None, reason="none_of_these")
    await work.slots.point(person.chat, f"answer:{request.id}", message)
    await doubt_again(work, desk, person, request, Mode.EDIT)


async def rate(
    work: Work, desk: Desk, person: Person, guide: str, request_id: int, message: str, *, helped: bool
) -> None:
    """«Giúp được tôi» or «Chưa đúng»; what did not help leads to a person."""
    request = await own_request(work, person, request_id)
    kind = EventKind.HELPED if helped else EventKind.NOT_HELPED
    _event(work, person, request.id if request else None, kind, guide)
    if request is None:
        return
    await work.slots.point(person.chat, f"answer:{request.id}", message)
    if helped:
        card = GuideCard(guide, request.id, rated="helped")
        await work.outbox.post(person.chat, card, f"answer:{request.id}", mode=Mode.EDIT)
        return
    await work.requests.change(request.id, outcome=Outcome.ASKED_BACK)
    _event(work, person, request.id, EventKind.OUTCOME, None, outcome=Outcome.ASKED_BACK, reason="not_helped")
    await doubt_again(work, desk, person, request)


async def call_person(
    work: Work, desk: Desk, person: Person, request_id: int | None = None, guide: str | None = None
) -> None:
    """«Gặp tình nguyện viên»: for the request on hand, if there is one."""
    request = await own_request(work, person, request_id) if request_id else None
    if request is None and request_id is None and person.last_request:
        last = await work.requests.get(person.last_request)
        # A request that is settled is not what the person calls for now.
        request = last if last and last.outcome in (Outcome.ASKED_BACK, Outcome.DECLINED) else None
    await open_ticket(work, desk, person, request=request, guide=guide)


async def show_sectors(work: Work, person: Person) -> None:
    """The list of sectors."""
    await work.outbox.post(person.chat, SectorList())
    await offer_consent(work, person)


async def show_sector(work: Work, person: Person, sector: str, page: int, message: str) -> None:
    """The guides of a sector, in place of the list."""
    await work.slots.point(person.chat, f"browse:{message}", message)
    await work.outbox.post(person.chat, SectorGuides(sector, page), f"browse:{message}", mode=Mode.EDIT)


async def show_sectors_again(work: Work, person: Person, message: str) -> None:
    """Back to the list of sectors, in its place."""
    await work.slots.point(person.chat, f"browse:{message}", message)
    await work.outbox.post(person.chat, SectorList(), f"browse:{message}", mode=Mode.EDIT)


async def show_platforms(work: Work, person: Person, page: int = 0) -> None:
    """The official apps and sites."""
    await work.outbox.post(person.chat, PlatformList(page))


async def show_platform(work: Work, person: Person, platform: str) -> None:
    """One official app or site."""
    await work.outbox.post(person.chat, PlatformCard(platform))


async def own_request(work: Work, person: Person, request_id: int | None) -> Request | None:
    """The request, if it is the person's own."""
    request = await work.requests.get(RequestId(request_id)) if request_id else None
    return request if request and request.person == person.id else None


def _event(
    work: Work, person: Person, request: RequestId | None, kind: EventKind, guide: str | None, **codes: str
) -> None:
    work.events.add(
        Event(kind, request=request, person=person.id, guide=guide, territory=person.territory, codes=codes)
    )
