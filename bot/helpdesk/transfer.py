"""A ticket goes to another person or team: by its holder («Chuyển»), a leader of its team, or an admin of its place."""

from __future__ import annotations

from bot.errors import HelpdeskError
from bot.helpdesk.claim import hand_to, require_room
from bot.helpdesk.deadlines import resumed
from bot.helpdesk.desk import Desk
from bot.helpdesk.duty import Standing, standing
from bot.helpdesk.holding import release
from bot.helpdesk.leases import lease_end
from bot.helpdesk.maintenance import require
from bot.helpdesk.open_ticket import panel, refresh_cards, show_card
from bot.helpdesk.routes import climb_time, codes_of
from bot.model.delivery import Mode
from bot.model.events import Event
from bot.model.ids import MemberId, TeamId, TicketId
from bot.model.notices import Say
from bot.model.notices.members import HolderPanel
from bot.model.notices.moving import TeamTickets, TransferPick
from bot.model.people import Member, Person, Team
from bot.model.requests import Ticket
from bot.model.states import HELD, LIVE, EventKind, Role, TicketState
from bot.storage.work import Work


async def pick_receiver(work: Work, desk: Desk, ticket_id: TicketId, person: Person, member: Member | None) -> None:
    """Offer people and teams the ticket can go to."""
    mover, ticket = await _movable(work, desk, member, ticket_id)
    pick = TransferPick(ticket.id, mover.id)
    await work.outbox.post(person.chat, pick, f"transfer:{ticket.id}", mode=Mode.REPLACE)


async def turn_page(
    work: Work, desk: Desk, ticket_id: TicketId, person: Person, member: Member | None, page: int
) -> None:
    """Further people and teams, in place of those shown."""
    mover, ticket = await _movable(work, desk, member, ticket_id)
    pick = TransferPick(ticket.id, mover.id, page)
    await work.outbox.post(person.chat, pick, f"transfer:{ticket.id}", mode=Mode.EDIT)


async def give_to_member(
    work: Work, desk: Desk, ticket_id: TicketId, person: Person, member: Member | None, to: MemberId
) -> None:
    """The ticket is another member's at once, if he can be told now; he and the former holder hear it.

    Raises:
        HelpdeskError: it may not be moved, or the other cannot take it now.
    """
    mover, ticket = await _movable(work, desk, member, ticket_id)
    await work.members.lock(to, *[ticket.holder] if ticket.holder else [])
    if ticket.holder == to:  # two presses are one
        await _tell_done(work, ticket, person, (await work.members.get(to)).name)
        return
    receiver = await _receiver(work, desk, ticket, to)
    former = await work.members.get(ticket.holder) if ticket.holder else None
    until = await lease_end(work, desk, receiver)
    if former:
        await work.tickets.hand_over_if_held(
            ticket.id, former.id, receiver.id, leased_until=until, **await resumed(work, desk, ticket)
        )
        await _let_go(work, ticket, former)
    else:
        await work.tickets.assign_if_open(ticket.id, receiver.id, leased_until=until)
    after = await work.tickets.get(ticket.id)
    work.events.add(
        Event.of_ticket(
            EventKind.TRANSFERRED, after, member=receiver.id, by=mover.id, former=former.id if former else None
        )
    )
    helper = await work.people.get(receiver.person)
    await work.outbox.post(helper.chat, Say("transfer.yours", {"ticket": ticket.id, "name": mover.name}))
    await hand_to(work, after, helper, receiver)
    if former and former.id != mover.id:
        chat = (await work.people.get(former.person)).chat
        await work.outbox.post(chat, Say("transfer.taken_from_you", {"ticket": ticket.id, "name": mover.name}))
    await _tell_done(work, ticket, person, receiver.name)


async def give_to_team(
    work: Work, desk: Desk, ticket_id: TicketId, person: Person, member: Member | None, to: TeamId
) -> None:
    """The ticket waits at the front of another team's queue.

    Raises:
        HelpdeskError: it may not be moved, or there is no such team.
    """
    mover, ticket = await _movable(work, desk, member, ticket_id)
    team = next((t for t in await receiving_teams(work, desk, ticket) if t.id == to), None)
    if team is None:
        raise HelpdeskError("transfer.no_team")
    await _to_queue(work, desk, ticket, mover, team, "to_team")
    await _tell_done(work, ticket, person, team.name)


async def take_back(work: Work, desk: Desk, ticket_id: TicketId, person: Person, member: Member | None) -> None:
    """A leader takes a ticket back into the queue of its team.

    Raises:
        HelpdeskError: not his to move.
    """
    mover, ticket = await _movable(work, desk, member, ticket_id)
    if ticket.state not in HELD:
        raise HelpdeskError("ticket.not_held", ticket=ticket_id)
    await _to_queue(work, desk, ticket, mover, await work.teams.get(ticket.team), "taken_back")
    done = Say("transfer.back", {"ticket": ticket.id})
    await work.outbox.post(person.chat, done, f"transfer:{ticket.id}", mode=Mode.EDIT)


async def show_team(work: Work, person: Person, member: Member | None) -> None:
    """A leader sees what the members of his team hold."""
    leader = require(member, Role.LEADER)
    await work.outbox.post(person.chat, TeamTickets(leader.team), "team", mode=Mode.REPLACE)


async def receiving_members(work: Work, desk: Desk, ticket: Ticket, mover: MemberId) -> list[tuple[Member, Standing]]:
    """Who of the ticket's and the mover's team could take it, those who can be told now first."""
    teams = dict.fromkeys((ticket.team, (await work.members.get(mover)).team))
    members = [m for m in await work.members.of_teams(list(teams)) if m.id != ticket.holder]
    held = await work.tickets.held_counts(m.id for m in members)
    now = desk.clock.now()
    found: list[tuple[Member, Standing]] = []
    for member in members:
        team = await work.teams.get(member.team)
        found.append((member, standing(member, team, desk.config, now, held.get(member.id, 0))))
    there = [each for each in found if each[1] != Standing.NOT_A_MEMBER and each[0].person != ticket.person]
    return sorted(there, key=lambda each: (each[1] != Standing.READY, each[0].name, each[0].id))


async def receiving_teams(work: Work, desk: Desk, ticket: Ticket) -> list[Team]:
    """Other teams that serve the place."""
    return [t for t in await work.teams.serving(list(codes_of(desk, ticket.territory))) if t.id != ticket.team]


async def _receiver(work: Work, desk: Desk, ticket: Ticket, to: MemberId) -> Member:
    receiver = await work.members.get(to)
    team = await work.teams.get(receiver.team)
    helper = await work.people.get(receiver.person)
    if await work.members.of_person(receiver.person) != receiver or not helper.reachable or not helper.chat.id:
        raise HelpdeskError("transfer.gone", name=receiver.name)
    if receiver.person == ticket.person:
        raise HelpdeskError("transfer.own", name=receiver.name)
    await require_room(work, desk, receiver, key="transfer.full")
    if standing(receiver, team, desk.config, desk.clock.now()) != Standing.READY:
        raise HelpdeskError("transfer.off", name=receiver.name)
    return receiver


async def _to_queue(work: Work, desk: Desk, ticket: Ticket, mover: Member, team: Team, reason: str) -> None:
    if ticket.holder:
        former = await work.members.get(ticket.holder)
        await release(work, desk, ticket.id, former, reason, team)
        if former.id != mover.id:
            chat = (await work.people.get(former.person)).chat
            await work.outbox.post(chat, Say("transfer.taken_from_you", {"ticket": ticket.id, "name": mover.name}))
        return
    due = climb_time(desk, team, desk.clock.now(), urgent=ticket.urgent)
    await work.tickets.change(ticket.id, team_id=team.id, front=True, climb_at=due)  # locked by `_movable`
    moved = await work.tickets.get(ticket.id)
    work.events.add(Event.of_ticket(EventKind.ROUTED, moved, member=mover.id, former=ticket.team, why=reason))
    await refresh_cards(work, moved)
    await show_card(work, desk, moved, team)


async def _tell_done(work: Work, ticket: Ticket, person: Person, name: str) -> None:
    done = Say("transfer.done", {"ticket": ticket.id, "name": name})
    await work.outbox.post(person.chat, done, f"transfer:{ticket.id}", mode=Mode.EDIT)


async def _let_go(work: Work, ticket: Ticket, former: Member) -> None:
    if former.current_ticket == ticket.id:
        await work.members.change(former.id, current_ticket=None)
    chat = (await work.people.get(former.person)).chat
    if chat.id:
        await work.outbox.post(chat, HolderPanel(ticket.id), panel(ticket), mode=Mode.EDIT_ONLY)


async def _movable(work: Work, desk: Desk, member: Member | None, ticket_id: TicketId) -> tuple[Member, Ticket]:
    """The ticket, if the member may move it; it stays as it is until the unit of work ends.

    Raises:
        HelpdeskError: neither its holder, nor a leader of its team, nor an admin of its place; or it has ended.
    """
    mover = require(member, Role.VOLUNTEER)
    ticket = await work.tickets.lock(ticket_id)
    if ticket is None:
        raise HelpdeskError("ticket.unknown", ticket=ticket_id)
    if ticket.state not in LIVE:
        raise HelpdeskError("ticket.ended", ticket=ticket_id)
    holds = ticket.holder == mover.id and ticket.state != TicketState.OPEN
    leads = mover.may(Role.LEADER) and mover.team == ticket.team
    reaches = mover.may(Role.ADMIN) and (mover.scope == "all" or mover.scope in codes_of(desk, ticket.territory))
    if not (holds or leads or reaches):
        raise HelpdeskError("ticket.not_yours", ticket=ticket_id)
    return mover, ticket
