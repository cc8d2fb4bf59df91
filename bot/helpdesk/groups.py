"""A team's group: bound, lost, moved. Where it cannot be written to, cards go to each member alone."""

from __future__ import annotations

from collections.abc import Callable

from bot.errors import HelpdeskError
from bot.helpdesk.desk import Desk
from bot.helpdesk.hours import is_night
from bot.helpdesk.maintenance import require
from bot.helpdesk.open_ticket import show_card
from bot.helpdesk.scope import may_lead
from bot.language import fold
from bot.model.events import Event
from bot.model.notices import Say
from bot.model.people import Chat, Member, Person, Team
from bot.model.states import EventKind, Role
from bot.storage.work import Work

_ALL = 100_000
"""However long the queue is, all of it moves with the group; the outbox keeps to Telegram's pace."""


async def bind_group(work: Work, desk: Desk, person: Person, member: Member | None, group: Chat, words: str) -> None:
    """``/ketnoi`` in a group: the team's cards appear there.

    Raises:
        HelpdeskError: not a leader, no team of that name, or not a team of his.
    """
    leader = require(member, Role.LEADER)
    if group == person.chat:
        raise HelpdeskError("group.only_group")
    team = await work.teams.get(leader.team)
    if wanted := fold(words):
        named = [other for other in await work.teams.all() if fold(other.name) == wanted]
        if not named:
            raise HelpdeskError("group.no_team")
        team = named[0]
    if not may_lead(desk, leader, team):
        raise HelpdeskError("team.out_of_scope")
    await work.teams.bind(team.id, group)
    work.events.add(Event(EventKind.TEAM, member=leader.id, team=team.id, codes={"what": "group_bound"}))
    await work.outbox.post(group, Say("group.bound", {"team": team.name}))
    await show_queue_cards(work, desk, team)


async def leave_group(work: Work, desk: Desk, group: Chat, reason: str = "gone") -> None:
    """The bot cannot write to a group: the team's cards go to its members' own chats; leaders are told once."""
    team = await work.teams.of_group(group)
    if team is None or not await work.teams.unbind(group):
        return
    work.events.add(Event(EventKind.TEAM, team=team.id, codes={"what": "group_lost", "reason": reason}))
    await tell_leaders(work, desk, team, Say("group.lost", {"team": team.name}))
    await show_queue_cards(work, desk, team)


async def leave_groups(work: Work, desk: Desk, gone: Callable[[Chat], bool], reason: str) -> None:
    """The bot cannot write to any of these any more: a group, and the topics in it."""
    for team in await work.teams.all():
        if team.group and gone(team.group):
            await leave_group(work, desk, team.group, reason)


async def move_group(work: Work, desk: Desk, old: Chat, new: Chat) -> None:
    """A group has another id; the cards in the old one can no longer be pressed, so those that wait are shown anew."""
    team = await work.teams.of_group(old)
    first = await work.teams.moved(old, new)
    await work.outbox.moved(old, new)
    if team and first:
        await show_queue_cards(work, desk, team)


async def show_queue_cards(work: Work, desk: Desk, team: Team) -> None:
    """Every card of the team that waits is shown where the team sees it now."""
    shown_in = await work.teams.get(team.id)
    for ticket in await work.tickets.queue(team.id, limit=_ALL):
        await show_card(work, desk, ticket, shown_in)


async def tell_leaders(work: Work, desk: Desk, team: Team, notice: Say, but: Member | None = None) -> None:
    """Tell those who lead a team; where it has none, the admins; at night without a sound."""
    leaders = [m for m in await work.members.of_team(team.id) if m.may(Role.LEADER)]
    told = [m for m in leaders or await work.members.admins() if but is None or m.id != but.id]
    silent = is_night(desk.config.hours, desk.clock.now())
    for _, chat in await work.members.chats(told):
        await work.outbox.post(chat, notice, silent=silent)
