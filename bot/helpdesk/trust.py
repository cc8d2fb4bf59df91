"""Is the one who writes to a citizen really of the team?"""

from __future__ import annotations

from bot.errors import HelpdeskError
from bot.model.ids import TicketId
from bot.model.notices import Say
from bot.model.notices.citizens import HelperCheck
from bot.model.people import Person
from bot.model.states import Role
from bot.storage.work import Work


async def check_helper(work: Work, ticket_id: TicketId, person: Person) -> None:
    """Say whether somebody of the team really holds the citizen's ticket.

    Raises:
        HelpdeskError: not his ticket.
    """
    ticket = await work.tickets.find(ticket_id)
    if ticket is None or ticket.person != person.id:
        raise HelpdeskError("ticket.unknown", ticket=ticket_id)
    await work.outbox.post(person.chat, HelperCheck(ticket.id))


async def doubt_helper(work: Work, ticket_id: TicketId, person: Person) -> None:
    """Tell leaders and admins; the holder is not told who doubts.

    Raises:
        HelpdeskError: not his ticket.
    """
    ticket = await work.tickets.find(ticket_id)
    if ticket is None or ticket.person != person.id:
        raise HelpdeskError("ticket.unknown", ticket=ticket_id)
    leaders = [m for m in await work.members.of_team(ticket.team) if m.may(Role.LEADER) and m.id != ticket.holder]
    for _, chat in await work.members.chats(leaders or await work.members.admins()):
        await work.outbox.post(chat, Say("ticket.doubted_staff", {"ticket": ticket.id}))
    await work.outbox.post(person.chat, Say("ticket.doubted", {"ticket": ticket.id}))
