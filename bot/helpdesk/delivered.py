"""What follows when a message did not get through, or perhaps did not."""

from __future__ import annotations

from bot.helpdesk.desk import Desk
from bot.helpdesk.groups import leave_group
from bot.helpdesk.holding import release
from bot.helpdesk.open_ticket import panel
from bot.model.delivery import Departure, Mode
from bot.model.ids import MessageId, RequestId, TicketId
from bot.model.notices import Say
from bot.model.notices.citizens import GuideCard
from bot.model.notices.members import HolderPanel
from bot.model.notices.talk import DeliveryDoubt, DeliveryFailed, RelayedAlbum, RelayedCopy, RelayedText
from bot.model.people import Chat, Person
from bot.model.requests import Ticket
from bot.model.states import HELD, Delivered, Side
from bot.storage.work import Work

_RELAYED = (RelayedText, RelayedCopy, RelayedAlbum)


async def undelivered(work: Work, desk: Desk, sent: Departure, state: Delivered, code: str = "") -> None:
    """Tell those who must know that a notice was refused, blocked, or is in doubt; ``code``: the channel's reason."""
    notice = sent.notice
    if state == Delivered.BLOCKED:
        if await work.teams.of_group(sent.chat):
            await leave_group(work, desk, sent.chat, code)
        else:
            await work.people.unreachable(sent.chat)
    if isinstance(notice, HolderPanel) and state != Delivered.UNKNOWN:
        await _give_back(work, desk, notice.ticket, sent.chat)
    if isinstance(notice, GuideCard) and notice.from_helper and notice.request:
        await _guide_failed(work, RequestId(notice.request), state)
    if not isinstance(notice, _RELAYED):
        return
    ticket = await work.tickets.get(TicketId(notice.ticket))
    author = await _author(work, ticket, notice)
    if author is None:
        return
    own = await _own_message(work, notice, author)
    if state == Delivered.UNKNOWN:
        await work.outbox.post(author, DeliveryDoubt(ticket.id, sent.row, reply_to=own), f"doubt:{sent.row}")
    else:
        failed = DeliveryFailed(ticket.id, state, notice.author, code, reply_to=own)
        await work.outbox.post(author, failed, f"failed:{ticket.id}")
    if notice.author == Side.HELPER:
        await _show_on_panel(work, ticket)
    if state == Delivered.BLOCKED and notice.author == Side.CITIZEN:
        await _give_back(work, desk, ticket.id, sent.chat)


async def send_again(work: Work, person: Person, row: int) -> bool:
    """«Gửi lại», by the author alone: false where it was settled before."""
    notice = await work.outbox.in_doubt(row)
    again = False
    if isinstance(notice, _RELAYED):
        ticket = await work.tickets.get(TicketId(notice.ticket))
        again = await _author(work, ticket, notice) == person.chat and await work.outbox.send_again(row)
        if again and notice.author == Side.HELPER:
            await _show_on_panel(work, ticket)
    key = "delivery.sent_again" if again else "delivery.settled"
    await work.outbox.post(person.chat, Say(key), f"doubt:{row}", mode=Mode.EDIT)
    return again


async def _guide_failed(work: Work, request: RequestId, state: Delivered) -> None:
    """A guide the holder sent did not arrive."""
    ticket = await work.tickets.of_request(request)
    if ticket and ticket.holder and ticket.state in HELD:
        holder = await work.people.get((await work.members.get(ticket.holder)).person)
        failed = DeliveryFailed(ticket.id, state, Side.HELPER, guide=True)
        await work.outbox.post(holder.chat, failed, f"failed:{ticket.id}")


async def _show_on_panel(work: Work, ticket: Ticket) -> None:
    """The holder's panel counts what did not arrive."""
    if ticket.holder and ticket.state in HELD:
        holder = await work.people.get((await work.members.get(ticket.holder)).person)
        await work.outbox.post(holder.chat, HolderPanel(ticket.id), panel(ticket), mode=Mode.EDIT_ONLY, silent=True)


async def _own_message(work: Work, notice: RelayedText | RelayedCopy | RelayedAlbum, author: Chat) -> str:
    """The author's own message, where it stands in the chat he is told in."""
    written = await work.messages.get(MessageId(notice.message)) if notice.message else None
    if written is None or (written.source.bot, written.source.chat) != (author.bot, author.id):
        return ""
    return written.source.message


async def _give_back(work: Work, desk: Desk, number: int, chat: Chat) -> None:
    """The holder cannot be written to: the ticket must not stay with him."""
    ticket = await work.tickets.get(TicketId(number))
    if ticket.holder is None or ticket.state not in HELD:
        return
    holder = await work.members.get(ticket.holder)
    if (await work.people.get(holder.person)).chat == chat:
        await release(work, desk, ticket.id, holder, reason="unreachable")


async def _author(work: Work, ticket: Ticket, notice: RelayedText | RelayedCopy | RelayedAlbum) -> Chat | None:
    """Where to write to who wrote it, who need not hold the ticket any more; None where he is erased."""
    if notice.author == Side.CITIZEN:
        author = await work.people.get(ticket.person)
        return author.chat if author.chat.id else None
    written = await work.messages.get(MessageId(notice.message))
    if written and written.source.chat:
        alone = Chat(written.source.bot, written.source.chat)
        if await work.people.of_chat(alone):
            return alone
    # Written in the team's group, where the doubt is nobody else's business.
    holder = ticket.holder or await work.tickets.last_holder(ticket.id)
    last = await work.people.get((await work.members.get(holder)).person) if holder else None
    return last.chat if last and last.chat.id else None
