"""Links that make somebody a member: made, changed, used."""

from __future__ import annotations

from bot.errors import HelpdeskError
from bot.helpdesk.desk import Desk
from bot.helpdesk.maintenance import require
from bot.helpdesk.memberships import allowed, scope_of
from bot.helpdesk.scope import EVERYWHERE, led_team, may_manage
from bot.language import mask
from bot.model.delivery import Mode
from bot.model.events import Event
from bot.model.notices.members import InviteLink, MemberWelcome, QueueList
from bot.model.notices.teams import InviteTeams
from bot.model.people import Member, Person, Team
from bot.model.states import EventKind, Role
from bot.storage.work import Work


async def invite(work: Work, desk: Desk, person: Person, member: Member | None) -> None:
    """``/moi``: a fresh single-use volunteer's link into the default team, or the first one in the admin's scope.

    Raises:
        HelpdeskError: not an admin, or no team is in his scope.
    """
    admin = require(member, Role.ADMIN)
    team = await work.teams.default(desk.config.helpdesk.default_team)
    if not may_manage(desk, admin, team):
        own = await work.teams.get(admin.team)
        mine = [t for t in (own, *await work.teams.all()) if t.closed_at is None and may_manage(desk, admin, t)]
        if not mine:
            raise HelpdeskError("team.none_in_scope")
        team = mine[0]
    await _send(work, desk, person, admin, team)


async def invite_to(work: Work, desk: Desk, person: Person, member: Member | None, team_id: int) -> None:
    """A fresh link into this team.

    Raises:
        HelpdeskError: not allowed.
    """
    leader, team = await led_team(work, desk, member, team_id)
    await _send(work, desk, person, leader, team)


async def _send(work: Work, desk: Desk, person: Person, leader: Member, team: Team) -> None:
    code, days = desk.new_code(), desk.config.conversation.invite_days
    await work.invites.add(code, team.id, Role.VOLUNTEER, EVERYWHERE, leader.id, days)
    await work.outbox.post(person.chat, InviteLink(code, Role.VOLUNTEER, team.name, days, leader.role), slot(code))


async def change_invite(
    work: Work,
    desk: Desk,
    person: Person,
    member: Member | None,
    code: str,
    *,
    role: Role | None = None,
    team_id: int | None = None,
) -> None:
    """The same link makes somebody of another role, or of another team.

    Raises:
        HelpdeskError: not allowed, or the link was used already.
    """
    known = await work.invites.find(code)
    if known is None:
        raise HelpdeskError("invite.used")
    await led_team(work, desk, member, known.team)
    leader, team = await led_team(work, desk, member, team_id if team_id is not None else known.team)
    now = role or known.role
    allowed(leader, now)
    if not await work.invites.change(code, role=now, team_id=team.id, scope=scope_of(leader, team, now)):
        raise HelpdeskError("invite.used")
    link = InviteLink(code, now, team.name, desk.config.conversation.invite_days, leader.role)
    await work.outbox.post(person.chat, link, slot(code), mode=Mode.EDIT)


async def offer_teams(work: Work, desk: Desk, person: Person, member: Member | None, code: str, page: int) -> None:
    """To which team shall the link lead?

    Raises:
        HelpdeskError: not an admin, or the link was used already.
    """
    admin = require(member, Role.ADMIN)
    if await work.invites.find(code) is None:
        raise HelpdeskError("invite.used")
    await work.outbox.post(person.chat, InviteTeams(code, admin.id, page), slot(code), mode=Mode.EDIT)


def slot(code: str) -> str:
    """The message of an invite."""
    return f"invite:{code}"


async def join(work: Work, desk: Desk, person: Person, code: str, name: str) -> Member:
    """Use an invite up: a member at once, and on duty, from the first day of the membership on.

    Raises:
        HelpdeskError: the link is unknown, used or too old, or the membership it is for is over.
    """
    found = await work.invites.find(code)
    if found is None or (found.ends_on and found.ends_on < work.today):
        raise HelpdeskError("invite.bad")
    taken = await work.invites.take(code)
    if taken is None:
        raise HelpdeskError("invite.bad")
    told: dict[str, object] = {"starts_on": taken.starts_on, "ends_on": taken.ends_on}
    if taken.duty:
        told["duty"] = [str(span) for span in taken.duty]
    if taken.most_open:
        told["most_open"] = taken.most_open
    member = await work.members.join(person.id, taken.team, taken.role, taken.name or mask(name), taken.scope, **told)
    if taken.name and member.name != taken.name:  # the list names one who is a member already
        await work.members.change(member.id, name=taken.name)
    team = await work.teams.get(taken.team)
    await work.people.change(person.id, greeted=True)
    work.events.add(Event(EventKind.JOINED, member=member.id, team=team.id, codes={"role": member.role}))
    starts = member.starts_on if member.starts_on and member.starts_on > work.today else None
    await work.outbox.post(person.chat, MemberWelcome(team.name, member.role, starts, member.ends_on), "member")
    if starts is None and await work.tickets.queue(team.id, 1):  # whoever asked before anybody was there waits still
        await work.outbox.post(person.chat, QueueList(team.id))
    return member
