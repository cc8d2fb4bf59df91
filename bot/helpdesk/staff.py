"""Members: how they join, when they are on duty, what they see."""

from __future__ import annotations

from bot.errors import HelpdeskError
from bot.helpdesk.ask import ask
from bot.helpdesk.desk import Desk
from bot.helpdesk.maintenance import require
from bot.helpdesk.open_ticket import show_card
from bot.language import mask
from bot.model.delivery import Mode
from bot.model.events import Event
from bot.model.notices import Say
from bot.model.notices.members import InviteLink, MemberWelcome, MyTickets, QueueList, StaffHelp, Statistics
from bot.model.people import Chat, Member, Person, Team
from bot.model.states import EventKind, Role
from bot.storage.work import Work


async def recognise(work: Work, desk: Desk, person: Person, name: str) -> Member | None:
    """The person's membership; those named in ``HELPDESK_ADMINS`` are made admins on sight."""
    member = await work.members.of_person(person.id)
    if f"{person.channel}:{person.channel_id}" in desk.admins and (member is None or member.role != Role.ADMIN):
        team = await work.teams.default(desk.config.helpdesk.default_team)
        member = await work.members.join(person.id, team.id, Role.ADMIN, mask(name))
        work.events.add(Event(EventKind.JOINED, member=member.id, team=team.id, codes={"role": Role.ADMIN}))
    return member


async def invite(work: Work, desk: Desk, person: Person, member: Member | None, role: Role = Role.VOLUNTEER) -> None:
    """A fresh single-use link into the default team."""
    admin = require(member, Role.ADMIN)
    team = await work.teams.default(desk.config.helpdesk.default_team)
    code = desk.new_code()
    days = desk.config.conversation.invite_days
    await work.invites.add(code, team.id, role, "all", admin.id, days)
    await work.outbox.post(person.chat, InviteLink(code, role, team.name, days), f"invite:{code}")


async def change_invite(work: Work, desk: Desk, person: Person, member: Member | None, code: str, role: Role) -> None:
    """The same link makes somebody of another role.

    Raises:
        HelpdeskError: the link was used already.
    """
    require(member, Role.ADMIN)
    if not await work.invites.change(code, role=role):
        raise HelpdeskError("invite.used")
    team = await work.teams.default(desk.config.helpdesk.default_team)
    link = InviteLink(code, role, team.name, desk.config.conversation.invite_days)
    await work.outbox.post(person.chat, link, f"invite:{code}", mode=Mode.EDIT)


async def join(work: Work, desk: Desk, person: Person, code: str, name: str) -> Member:
    """Use an invite up: a member at once, and on duty.

    Raises:
        HelpdeskError: the link is unknown, used or too old.
    """
    taken = await work.invites.take(code)
    if taken is None:
        raise HelpdeskError("invite.bad")
    team_id, role, scope = taken
    member = await work.members.join(person.id, team_id, role, mask(name), scope)
    team = await work.teams.get(team_id)
    await work.people.change(person.id, greeted=True)
    work.events.add(Event(EventKind.JOINED, member=member.id, team=team.id, codes={"role": member.role}))
    await work.outbox.post(person.chat, MemberWelcome(team.name, member.role), "member")
    return member


async def tell_commands(work: Work, person: Person, member: Member | None) -> None:
    """What a member can do here."""
    helper = require(member, Role.VOLUNTEER)
    team = await work.teams.get(helper.team)
    await work.outbox.post(person.chat, StaffHelp(team.name, helper.role))


async def bind_group(work: Work, desk: Desk, person: Person, member: Member | None, group: Chat, words: str) -> None:
    """``/ketnoi`` in a group: the team's cards appear there.

    Raises:
        HelpdeskError: not a leader.
    """
    leader = require(member, Role.LEADER)
    if group == person.chat:
        raise HelpdeskError("group.only_group")
    team = await work.teams.get(leader.team)
    for other in await work.teams.all():
        if words.strip() and other.name.casefold() == words.strip().casefold():
            team = other
    await work.teams.bind(team.id, group)
    await work.outbox.post(group, Say("group.bound", {"team": team.name}))
    await _show_queue_cards(work, desk, team)


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


async def leave_group(work: Work, desk: Desk, group: Chat) -> None:
    """The bot is out of a group: the team's cards go to its members' own chats; leaders are told."""
    team = await work.teams.of_group(group)
    if team is None:
        return
    await work.teams.bind(team.id, None)
    leaders = [m for m in await work.members.of_team(team.id) if m.may(Role.LEADER)]
    for _, chat in await work.members.chats(leaders or await work.members.admins()):
        await work.outbox.post(chat, Say("group.lost", {"team": team.name}))
    await _show_queue_cards(work, desk, team)


async def move_group(work: Work, desk: Desk, old: Chat, new: Chat) -> None:
    """A group has another id; the cards in the old one can no longer be pressed, so those that wait are shown anew."""
    team = await work.teams.of_group(old)
    await work.teams.moved(old, new)
    await work.outbox.moved(old, new)
    if team:
        await _show_queue_cards(work, desk, team)


async def _show_queue_cards(work: Work, desk: Desk, team: Team) -> None:
    for ticket in await work.tickets.queue(team.id):
        await show_card(work, desk, ticket, await work.teams.get(team.id))
