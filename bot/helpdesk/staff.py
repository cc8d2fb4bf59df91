"""Members: who they are, when they are on duty, what they see."""

from __future__ import annotations

from bot.helpdesk.ask import ask
from bot.helpdesk.desk import Desk
from bot.helpdesk.maintenance import require
from bot.helpdesk.memberships import end_membership
from bot.language import mask
from bot.model.delivery import Mode
from bot.model.events import Event
from bot.model.notices import Say
from bot.model.notices.members import MyTickets, QueueList, StaffHelp, Statistics
from bot.model.people import Chat, Member, Person
from bot.model.states import EventKind, Role
from bot.storage.work import Work


async def recognise(work: Work, desk: Desk, person: Person, name: str) -> Member | None:
    """The person's membership in force; those named in ``HELPDESK_ADMINS`` are made admins on sight.

    Whoever comes after his last day finds the membership ended, also where no sweep has passed yet.
    """
    member = await work.members.current(person.id)
    if member and member.is_over(work.today):
        await end_membership(work, desk, member, "expired")
        member = None
    if member and not member.in_force(work.today):
        member = None
    if f"{person.channel}:{person.channel_id}" in desk.admins and (member is None or member.role != Role.ADMIN):
        team = await work.teams.default(desk.config.helpdesk.default_team)
        member = await work.members.join(person.id, team.id, Role.ADMIN, mask(name), starts_on=None, ends_on=None)
        work.events.add(Event(EventKind.JOINED, member=member.id, team=team.id, codes={"role": Role.ADMIN}))
    return member


async def tell_commands(work: Work, person: Person, member: Member | None) -> None:
    """What a member can do here."""
    helper = require(member, Role.VOLUNTEER)
    team = await work.teams.get(helper.team)
    await work.outbox.post(person.chat, StaffHelp(team.name, helper.role))


async def set_duty(work: Work, person: Person, member: Member | None, on: bool | None) -> None:
    """``/truc``: on duty or not; None only tells."""
    helper = require(member, Role.VOLUNTEER)
    if on is not None and on != helper.on_duty:
        await work.members.change(helper.id, on_duty=on)
        work.events.add(Event(EventKind.DUTY, member=helper.id, team=helper.team, codes={"on": on}))
    now_on = helper.on_duty if on is None else on
    mode = Mode.NEW if on is None else Mode.EDIT
    key, menu = ("duty.on", "duty_off") if now_on else ("duty.off", "duty_on")
    await work.outbox.post(person.chat, Say(key, menu=menu), "duty", mode=mode)


async def show_queue(work: Work, person: Person, member: Member | None, chat: Chat | None = None) -> None:
    """``/hangcho``: what waits. In the team's own group all see it; asked in any other, the member alone does."""
    helper = require(member, Role.VOLUNTEER)
    asked_in = await work.teams.of_group(chat) if chat else None
    await work.outbox.post(
        chat if chat and asked_in and asked_in.id == helper.team else person.chat, QueueList(helper.team)
    )


async def show_my_tickets(work: Work, person: Person, member: Member | None) -> None:
    """``/viec``: what the member holds."""
    helper = require(member, Role.VOLUNTEER)
    await work.outbox.post(person.chat, MyTickets(helper.id))


async def ask_himself(work: Work, desk: Desk, person: Person, member: Member | None, words: str) -> None:
    """``/hoi``: a member asks as a citizen would."""
    require(member, Role.VOLUNTEER)
    if words.strip():
        await ask(work, desk, person, words)
    else:
        await work.outbox.post(person.chat, Say("staff.ask_usage"))


async def statistics(work: Work, person: Person, member: Member | None) -> None:
    """``/thongke``."""
    require(member, Role.LEADER)
    await work.outbox.post(person.chat, Statistics())
