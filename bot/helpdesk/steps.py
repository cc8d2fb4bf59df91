"""The companion: one step a screen; the place is kept, and offered again days later."""

from __future__ import annotations

from datetime import datetime, timedelta

from bot.helpdesk.ask import open_guide
from bot.helpdesk.cards import own_request
from bot.helpdesk.desk import Desk
from bot.helpdesk.dialog import STUCK, WANTED, expect, expect_nothing, expects
from bot.helpdesk.open_ticket import open_ticket
from bot.model.delivery import Mode
from bot.model.notices import Say
from bot.model.notices.citizens import ConsentOffer, ResumeOffer, StepScreen, StuckQuestion
from bot.model.people import Person
from bot.storage.work import Work


async def show_step(
    work: Work, desk: Desk, person: Person, guide: str, step: int, request_id: int, message: str | None = None
) -> None:
    """Show a step; ``message``: in place of that screen, else as a new one."""
    entry = desk.catalogue.get(guide)
    if entry is None:
        await work.outbox.post(person.chat, Say("guide.gone", menu="browse"))
        return
    if expects(person) == STUCK:  # going on: no longer stuck
        await expect_nothing(work, person)
    step = min(max(step, 1), len(entry.guide.steps))
    request = await own_request(work, person, request_id)
    slot = f"steps:{guide}"
    if message:
        await work.slots.point(person.chat, slot, message)
    await work.follow_ups.keep(person.id, guide, step, _again_at(desk))
    screen = StepScreen(guide, step, request.id if request else 0)
    await work.outbox.post(person.chat, screen, slot, mode=Mode.EDIT if message else Mode.NEW)


async def leave(work: Work, desk: Desk, person: Person, guide: str, message: str, *, done: bool) -> None:
    """Out of the steps; ``done``: through with them."""
    if done:
        await work.follow_ups.forget(person.id, guide)
    else:
        step = await work.follow_ups.step(person.id, guide)
        if step:
            await work.follow_ups.keep(person.id, guide, step, _again_at(desk))
    slot = f"steps:{guide}"
    await work.slots.point(person.chat, slot, message)
    end = Say("steps.finished", menu="person") if done else Say("steps.left", menu="browse")
    await work.outbox.post(person.chat, end, slot, mode=Mode.EDIT)


async def do_not_resume(work: Work, person: Person, guide: str, message: str) -> None:
    """The person does not want to go on with a guide left open."""
    await work.follow_ups.forget(person.id, guide)
    await work.slots.point(person.chat, f"resume:{guide}", message)
    await work.outbox.post(person.chat, Say("steps.dropped"), f"resume:{guide}", mode=Mode.EDIT)


async def stuck(work: Work, person: Person, guide: str, step: int, request_id: int) -> None:
    """«Tôi bị kẹt ở bước này»: ask what it says, before a person is called."""
    request = await own_request(work, person, request_id)
    if person.consented_at is None:
        await expect(work, person, WANTED, request=request.id if request else None, guide=guide, step=step, question="")
        await work.people.change(person.id, greeted=True)
        await work.outbox.post(person.chat, ConsentOffer(wanted=True), "consent")
        return
    await expect(work, person, STUCK, guide=guide, step=step, request=request.id if request else None)
    await work.outbox.post(person.chat, StuckQuestion(guide, step, request.id if request else 0), f"stuck:{guide}")


async def send_as_is(work: Work, desk: Desk, person: Person, guide: str, step: int, request_id: int) -> None:
    """«Gửi luôn cho Tổ»: without further words."""
    if expects(person) == STUCK:
        await expect_nothing(work, person)
    request = await own_request(work, person, request_id)
    await open_ticket(work, desk, person, request=request, guide=guide, step=step)


async def resume(work: Work, desk: Desk, person: Person, guide: str, message: str) -> None:
    """Go on where it was left."""
    step = await work.follow_ups.step(person.id, guide) or 1
    if desk.catalogue.get(guide):
        await show_step(work, desk, person, guide, step, 0, message)
    else:
        await open_guide(work, desk, person, guide)


async def offer_resume(work: Work) -> int:
    """Offer those who left a guide open days ago to go on; each once. How many."""
    due = await work.follow_ups.take_due()
    for person_id, guide, step in due:
        person = await work.people.get(person_id)
        if person.reachable and person.chat.id:
            await work.outbox.post(person.chat, ResumeOffer(guide, step), f"resume:{guide}", silent=True)
    return len(due)


def _again_at(desk: Desk) -> datetime:
    """When to offer to go on with what is left open now."""
    later = desk.clock.now() + timedelta(hours=desk.config.conversation.resume_after_hours)
    return desk.calendar().next_waking(later)
