"""What the notices to a member who replies need to know."""

from __future__ import annotations

from bot.helpdesk.assist import assist_brief
from bot.helpdesk.desk import Desk
from bot.helpdesk.proposals import READY, digest, proposal
from bot.helpdesk.ready_replies import may_change
from bot.helpdesk.similar import any_similar, similar
from bot.model.briefs import (
    Brief,
    NotesBrief,
    PanelBrief,
    ProposalBrief,
    ReadyBrief,
    SimilarBrief,
    TicketBrief,
)
from bot.model.ids import MemberId, PersonId, ReplyId, TicketId
from bot.model.notices import Notice
from bot.model.notices.replying import (
    AssistScreen,
    NoteList,
    ProposalLook,
    ReadyCategories,
    ReadyList,
    SimilarList,
)
from bot.model.replying import Failure
from bot.model.requests import Ticket
from bot.model.states import HELD, Role, Side
from bot.storage.work import Work

_SHOWN_GUIDES = 3


async def replying_brief(work: Work, desk: Desk, notice: Notice) -> Brief:
    """Read what the view of such a notice shows; None for any other."""
    if isinstance(notice, NoteList):
        notes = await work.ticket_notes.of_ticket(TicketId(notice.ticket))
        return NotesBrief(tuple([(note, (await work.members.get(note.member)).name) for note in notes]))
    if isinstance(notice, SimilarList):
        return SimilarBrief(tuple(await similar(work, desk, await work.tickets.get(TicketId(notice.ticket)))))
    if isinstance(notice, ReadyCategories | ReadyList):
        member = await work.members.get(MemberId(notice.member))
        category = notice.category if isinstance(notice, ReadyList) else None
        return ReadyBrief(tuple(await work.ready_replies.of_team(member.team, category)))
    if isinstance(notice, ProposalLook):
        return await _proposal(work, desk, notice)
    if isinstance(notice, AssistScreen):
        return await assist_brief(work, PersonId(notice.person))
    return None


async def panel_brief(work: Work, desk: Desk, ticket: Ticket, seen: TicketBrief) -> TicketBrief:
    """What the holder sees beside what the team sees; nothing more where nobody holds the ticket."""
    if ticket.state not in HELD or ticket.holder is None:
        return seen
    notes = await work.ticket_notes.of_ticket(ticket.id)
    best, proposed = _guides(desk, ticket, seen.proposed)
    return PanelBrief(
        ticket,
        seen.holder,
        seen.team,
        proposed,
        seen.now,
        len(notes),
        latest_note=notes[-1].text if notes else "",
        failures=await _failures(work, ticket),
        best=best,
        similar=await any_similar(work, desk, ticket),
    )


def _guides(desk: Desk, ticket: Ticket, shown: tuple[str, ...]) -> tuple[str | None, tuple[str, ...]]:
    """The guide to be sent by one press, and the best ones by name.

    Who is stuck at a step describes a screen, not a procedure: his words would find some other guide.
    """
    found = dict.fromkeys([*([ticket.guide] if ticket.guide else []), *shown])
    if ticket.question and not ticket.step:
        match = desk.knowledge.now.matcher.match(ticket.question)
        found.update(dict.fromkeys(match.shown))
    known = [guide for guide in found if desk.catalogue.get(guide)]
    return (known[0] if known else None), tuple(known[:_SHOWN_GUIDES])


async def _failures(work: Work, ticket: Ticket) -> tuple[Failure, ...]:
    """The holder's messages that did not get through, each once."""
    citizen = await work.people.get(ticket.person)
    if not citizen.chat.id:
        return ()
    failed = await work.outbox.failed_relays(citizen.chat)
    if not failed:
        return ()
    ours = {message.id for message in await work.messages.of_ticket(ticket.id) if message.side == Side.HELPER}
    found: dict[int, Failure] = {}
    for slots, state, code in failed:
        for slot in slots:
            kind, _, number = slot.partition(":")
            message = int(number.partition(":")[0]) if kind == "relay" else 0
            if message in ours:
                found[message] = Failure(state, code)
    return tuple(found.values())


async def _proposal(work: Work, desk: Desk, notice: ProposalLook) -> ProposalBrief:
    member = await work.members.get(MemberId(notice.member))
    ticket = await work.tickets.find(TicketId(notice.ticket)) if notice.ticket else None
    held = ticket is not None and ticket.holder == member.id and ticket.state in HELD
    words = await proposal(work, desk, member, ticket, notice.source, notice.number)
    reply = await work.ready_replies.get(ReplyId(notice.number), member.team) if notice.source == READY else None
    return ProposalBrief(
        words,
        digest(words.text) if words else "",
        held,
        may_change=reply is not None and may_change(member, reply),
        may_remove=reply is not None and member.may(Role.LEADER),
    )
