"""Teams, set up from the chat: ``/to``. Whatever is typed is taken in `team_typing`."""

from __future__ import annotations

from bot.errors import HelpdeskError
from bot.guides.territories import Territories
from bot.helpdesk.desk import Desk
from bot.helpdesk.dialog import TEAM, expect, expect_nothing, expects
from bot.helpdesk.maintenance import require
from bot.helpdesk.memberships import dismiss, move_to_team, set_role
from bot.helpdesk.open_ticket import refresh_cards, show_card
from bot.helpdesk.scope import led_member, led_team
from bot.model.delivery import Mode
from bot.model.events import Event
from bot.model.notices import Notice, Say
from bot.model.notices.teams import (
    MemberScreen,
    MovePick,
    TeamFile,
    TeamList,
    TeamMembers,
    TeamQuestion,
    TeamScreen,
)
from bot.model.people import Member, Person, Team
from bot.model.states import EventKind, Role, TicketState
from bot.storage.work import Work

SLOT = "teams"
"""The message that shows teams, changed in place as one presses on."""

TEAM_FIELDS = ("name", "place", "duty", "office_address", "office_hours", "office_phone")
MEMBER_FIELDS = ("dates", "duty", "most_open")
NEW, NEW_PLACE, LIST = "new", "new_place", "list"
"""Asked of a team that is being made: its name, then its place; and a file that names teams."""


async def show(work: Work, person: Person, notice: Notice, message: str | None = None) -> None:
    """Show a screen; ``message``: it was asked for there, and takes its place."""
    if message:
        await work.slots.point(person.chat, SLOT, message)
    await work.outbox.post(person.chat, notice, SLOT, mode=Mode.EDIT if message else Mode.NEW)


async def open_teams(
    work: Work, desk: Desk, person: Person, member: Member | None, page: int = 0, message: str | None = None
) -> None:
    """``/to``: an admin sees the teams in his scope, a leader his own.

    Raises:
        HelpdeskError: not a leader.
    """
    leader = require(member, Role.LEADER)
    await forget_question(work, person)
    if leader.may(Role.ADMIN):
        await show(work, person, TeamList(leader.id, page), message)
    else:
        await show(work, person, TeamScreen(leader.team, leader.id), message)


async def forget_question(work: Work, person: Person) -> None:
    """Nothing about a team is waited for any more."""
    if expects(person) == TEAM:
        await expect_nothing(work, person)


async def open_team(
    work: Work, desk: Desk, person: Person, member: Member | None, team_id: int, part: str, message: str
) -> None:
    """A team's screen, or a part of it.

    Raises:
        HelpdeskError: not allowed, or the team is closed.
    """
    leader, team = await led_team(work, desk, member, team_id, manage=part == "close")
    if part == "close" and team.is_default:
        raise HelpdeskError("team.default_stays")
    await forget_question(work, person)
    await show(work, person, TeamScreen(team.id, leader.id, part), message)


async def toggle_sector(
    work: Work, desk: Desk, person: Person, member: Member | None, team_id: int, sector: str, message: str
) -> None:
    """The team is good at a sector, or not any more; good at none means: at everything.

    Raises:
        HelpdeskError: not allowed.
    """
    leader, team = await led_team(work, desk, member, team_id)
    if sector not in desk.catalogue.sectors:
        raise HelpdeskError("team.gone")
    kept = set(team.sectors) ^ {sector}
    await change_team(work, leader, team, "sectors", sectors=[s for s in desk.catalogue.sectors if s in kept])
    await show(work, person, TeamScreen(team.id, leader.id, "sectors"), message)


async def change_team(work: Work, leader: Member, team: Team, what: str, **values: object) -> None:
    """Set columns of a team that the leader may change, and note that it was done.

    Raises:
        HelpdeskError: it was closed meanwhile.
    """
    if not await work.teams.change(team.id, **values):
        raise HelpdeskError("team.gone")
    work.events.add(Event(EventKind.TEAM, member=leader.id, team=team.id, codes={"what": what}))


async def ask(
    work: Work, desk: Desk, person: Person, member: Member | None, team_id: int, what: str, message: str
) -> None:
    """Wait for something about a team to be typed.

    Raises:
        HelpdeskError: not allowed.
    """
    if what in (NEW, LIST):
        require(member, Role.ADMIN)
        team_id = 0
    elif what in TEAM_FIELDS:
        await led_team(work, desk, member, team_id, manage=what == "place")
    else:
        raise HelpdeskError("team.gone")
    await expect(work, person, TEAM, team=team_id, member=0, asks=what)
    await show(work, person, TeamQuestion(team_id, what), message)


async def ask_about_member(
    work: Work, desk: Desk, person: Person, member: Member | None, member_id: int, what: str, message: str
) -> None:
    """Wait for something about a member to be typed.

    Raises:
        HelpdeskError: not allowed.
    """
    _, other, team = await led_member(work, desk, member, member_id, himself=what != "dates")
    if what not in MEMBER_FIELDS:
        raise HelpdeskError("member.gone")
    await expect(work, person, TEAM, team=team.id, member=other.id, asks=what)
    await show(work, person, TeamQuestion(team.id, what, other.id), message)


async def stop_asking(
    work: Work, desk: Desk, person: Person, member: Member | None, team_id: int, member_id: int, message: str | None
) -> None:
    """«Thôi»: back to where one was, nothing changed."""
    if member_id:
        await open_member(work, desk, person, member, member_id, "main", message)
    elif team_id:
        leader, team = await led_team(work, desk, member, team_id)
        await forget_question(work, person)
        await show(work, person, TeamScreen(team.id, leader.id), message)
    else:
        await open_teams(work, desk, person, member, message=message)


# -- members -----------------------------------------------------------------------------------------------------


async def open_members(
    work: Work, desk: Desk, person: Person, member: Member | None, team_id: int, page: int, message: str
) -> None:
    """The members of a team."""
    leader, team = await led_team(work, desk, member, team_id)
    await forget_question(work, person)
    await show(work, person, TeamMembers(team.id, leader.id, page), message)


async def open_member(
    work: Work,
    desk: Desk,
    person: Person,
    member: Member | None,
    member_id: int,
    part: str,
    message: str | None,
    said: str = "",
) -> None:
    """A member's screen."""
    leader, other, _ = await led_member(work, desk, member, member_id, himself=part == "main")
    await forget_question(work, person)
    await show(work, person, MemberScreen(other.id, leader.id, part, said), message)


async def change_role(
    work: Work, desk: Desk, person: Person, member: Member | None, member_id: int, role: Role, message: str
) -> None:
    """Another role, up to one's own."""
    leader = require(member, Role.LEADER)
    other = await set_role(work, desk, member, member_id, role)
    await show(work, person, MemberScreen(other.id, leader.id, said="saved"), message)


async def end_member(
    work: Work, desk: Desk, person: Person, member: Member | None, member_id: int, message: str
) -> None:
    """«Kết thúc», confirmed."""
    leader = require(member, Role.LEADER)
    other = await dismiss(work, desk, member, member_id)
    await show(work, person, TeamMembers(other.team, leader.id), message)


async def offer_move(
    work: Work, desk: Desk, person: Person, member: Member | None, member_id: int, page: int, message: str
) -> None:
    """To which team?"""
    leader, other, _ = await led_member(work, desk, member, member_id, manage=True)
    await show(work, person, MovePick(other.id, leader.id, page), message)


async def move_member(
    work: Work, desk: Desk, person: Person, member: Member | None, member_id: int, team_id: int, message: str
) -> None:
    """To this team."""
    leader = require(member, Role.LEADER)
    other = await move_to_team(work, desk, member, member_id, team_id)
    await show(work, person, MemberScreen(other.id, leader.id, said="saved"), message)


async def send_file(work: Work, person: Person, member: Member | None) -> None:
    """«Xuất danh sách»."""
    admin = require(member, Role.ADMIN)
    await work.outbox.post(person.chat, TeamFile(admin.id))


# -- the end of a team ---------------------------------------------------------------------------------------------


async def close_team(work: Work, desk: Desk, person: Person, member: Member | None, team_id: int, message: str) -> None:
    """Close a team: its members and live tickets go to the next wider one.

    Raises:
        HelpdeskError: not allowed, or it is the default team.
    """
    leader, team = await led_team(work, desk, member, team_id, manage=True)
    if team.is_default:
        raise HelpdeskError("team.default_stays")
    await work.tickets.lock_live_of_team(team.id)
    teams = await work.teams.lock()
    if not await work.teams.close(team.id):
        raise HelpdeskError("team.gone")
    await work.invites.void(team.id)
    heir = next_wider(team, teams, desk.catalogue.territories)
    work.events.add(Event(EventKind.TEAM, member=leader.id, team=team.id, codes={"what": "closed", "to": heir.id}))
    moved = await work.members.all_of_team(team.id)
    await hand_over(work, desk, team, heir)
    for other, chat in await work.members.chats(moved):
        if other.id != leader.id:
            await work.outbox.post(chat, Say("member.moved", {"team": heir.name}))
    await show(work, person, TeamList(leader.id), message)


async def hand_over(work: Work, desk: Desk, team: Team, heir: Team) -> None:
    """Everything that hangs on a closed team goes to another."""
    tickets = await work.tickets.lock_live_of_team(team.id)
    await work.members.lock(*[member.id for member in await work.members.all_of_team(team.id)])
    await work.teams.hand_over(team.id, heir.id)
    for ticket in tickets:
        now = await work.tickets.get(ticket.id)
        work.events.add(Event.of_ticket(EventKind.MOVED, now, reason="team_closed", former_team=team.id))
        await refresh_cards(work, now)
        if now.state == TicketState.OPEN:
            await show_card(work, desk, now, heir)


async def hand_over_strays(work: Work, desk: Desk) -> None:
    """Tickets that came to a team while it was being closed are not left there."""
    for team in await work.teams.closed_with_tickets():
        heir = next_wider(team, await work.teams.all(), desk.catalogue.territories)
        await hand_over(work, desk, team, heir)


def next_wider(team: Team, teams: list[Team], territories: Territories) -> Team:
    """Who takes over from a team: its commune's, its province's, one for everywhere, the default team."""
    others = [other for other in teams if other.id != team.id]
    default = next(other for other in others if other.is_default)
    place = team.territory
    province = territories.province(place) if place else None
    for code in (place, province.code if province else None):
        for other in others:
            if code and other.territory == code and not other.hamlet and not other.is_default:
                return other
    return default
