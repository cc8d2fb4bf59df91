"""Ready replies of a team: listed by kind, added and changed from the chat, taken away by leaders."""

from __future__ import annotations

from bot.errors import HelpdeskError
from bot.guides.ready_replies import LONGEST_TEXT, LONGEST_TITLE, PLACEHOLDERS, unknown_in
from bot.guides.rules.ready import asks_for
from bot.helpdesk.addressed import on_hand, ticket_replied_to
from bot.helpdesk.desk import Desk
from bot.helpdesk.dialog import READY, expect, expect_nothing, expects
from bot.helpdesk.maintenance import require
from bot.language import clean, clean_lines, mask
from bot.model.delivery import Mode
from bot.model.ids import ReplyId, TicketId
from bot.model.notices import Say
from bot.model.notices.replying import ReadyCategories, ReadyList, ReadyNew
from bot.model.people import Member, Person
from bot.model.replying import CATEGORIES, ReadyReply
from bot.model.requests import Incoming
from bot.model.states import HELD, Kind, Role
from bot.storage.work import Work

_LIST = "ready"


async def open_list(
    work: Work,
    desk: Desk,
    person: Person,
    member: Member | None,
    ticket: TicketId | None = None,
    incoming: Incoming | None = None,
) -> None:
    """``/mau``, «Mẫu trả lời»: the kinds; for the ticket given, replied to, or on hand."""
    helper = require(member, Role.VOLUNTEER)
    starting = [
        (kind, reply.title, reply.text)
        for kind, of_kind in desk.catalogue.ready_replies.items()
        for reply in of_kind.replies
    ]
    await work.ready_replies.start_with(helper.team, starting)
    meant = await work.tickets.find(ticket) if ticket else None
    if meant is None and incoming:
        meant = await ticket_replied_to(work, incoming)
    if meant is None or meant.holder != helper.id or meant.state not in HELD:
        meant = await on_hand(work, helper)
    notice = ReadyCategories(helper.id, meant.id if meant else 0)
    await work.outbox.post(person.chat, notice, _LIST, mode=Mode.REPLACE)


async def open_kind(
    work: Work, person: Person, member: Member | None, ticket: int, category: str, message: str
) -> None:
    """The replies of a kind, or all kinds again (empty), in place of the list."""
    helper = require(member, Role.VOLUNTEER)
    await work.slots.point(person.chat, _LIST, message)
    notice = ReadyList(helper.id, ticket, category) if category else ReadyCategories(helper.id, ticket)
    await work.outbox.post(person.chat, notice, _LIST, mode=Mode.EDIT)


async def begin(work: Work, person: Person, member: Member | None) -> None:
    """«Thêm mẫu»."""
    require(member, Role.VOLUNTEER)
    await work.outbox.post(person.chat, ReadyNew(), f"{_LIST}:new", mode=Mode.REPLACE)


async def begin_in(work: Work, person: Person, member: Member | None, category: str) -> None:
    """Of this kind: its title is asked for."""
    require(member, Role.VOLUNTEER)
    if category in CATEGORIES:
        await expect(work, person, READY, category=category)
        await work.outbox.post(person.chat, Say("ready.ask_title", {"most": LONGEST_TITLE}))


async def begin_rewording(work: Work, person: Person, member: Member | None, number: ReplyId) -> None:
    """«Sửa mẫu»: its new words are asked for.

    Raises:
        HelpdeskError: gone, or neither his own nor is he a leader.
    """
    helper, reply = await _own(work, member, number)
    if not may_change(helper, reply):
        raise HelpdeskError("staff.not_allowed")
    await expect(work, person, READY, reply=reply.id)
    await work.outbox.post(person.chat, Say("ready.ask_text", {"known": _known()}))


async def remove(work: Work, person: Person, member: Member | None, number: ReplyId) -> None:
    """«Xóa mẫu», by leaders.

    Raises:
        HelpdeskError: gone, or he is no leader.
    """
    helper, reply = await _own(work, member, number)
    require(helper, Role.LEADER)
    await work.ready_replies.remove(reply.id)
    await work.outbox.post(person.chat, Say("ready.removed", {"title": reply.title}))


def may_change(member: Member, reply: ReadyReply) -> bool:
    """Leaders, and whoever wrote it."""
    return member.may(Role.LEADER) or reply.author == member.id


async def hear_author(work: Work, person: Person, member: Member, incoming: Incoming) -> bool:
    """Whether the message was the title or the words of a ready reply."""
    if expects(person) != READY or person.dialog is None:
        return False
    if incoming.kind != Kind.TEXT:
        await work.outbox.post(person.chat, Say("ready.words_only"))
        return True
    asked = person.dialog
    if "reply" in asked or "title" in asked:
        await _take_text(work, person, member, asked, mask(clean_lines(incoming.text)).strip())
        return True
    title = mask(clean(incoming.text))
    if not title or len(title) > LONGEST_TITLE:
        await work.outbox.post(person.chat, Say("ready.ask_title", {"most": LONGEST_TITLE}))
        return True
    await expect(work, person, READY, category=asked["category"], title=title)
    await work.outbox.post(person.chat, Say("ready.ask_text", {"known": _known()}))
    return True


async def _take_text(work: Work, person: Person, member: Member, asked: dict[str, str], text: str) -> None:
    """Keep the words; while they are not right, the author is told and goes on."""
    if wrong := _wrong(text):
        await work.outbox.post(person.chat, wrong)
        return
    await expect_nothing(work, person)
    if "reply" in asked:
        reply = await work.ready_replies.get(ReplyId(int(asked["reply"])), member.team)
        if reply is None or not may_change(member, reply):
            await work.outbox.post(person.chat, Say("ready.gone"))
            return
        await work.ready_replies.reword(reply.id, text)
        title = reply.title
    else:
        title = asked["title"]
        await work.ready_replies.add(member.team, asked["category"], title, text, member.id)
    await work.outbox.post(person.chat, Say("ready.kept", {"title": title}))


def _wrong(text: str) -> Say | None:
    if not text or len(text) > LONGEST_TEXT:
        return Say("ready.too_long", {"most": LONGEST_TEXT})
    if unknown := unknown_in(text):
        return Say("ready.unknown", {"name": unknown[0], "known": _known()})
    if asks_for(text):
        return Say("ready.asks_secret")
    return None


def _known() -> str:
    return ", ".join(f"{{{name}}}" for name in PLACEHOLDERS)


async def _own(work: Work, member: Member | None, number: ReplyId) -> tuple[Member, ReadyReply]:
    helper = require(member, Role.VOLUNTEER)
    reply = await work.ready_replies.get(number, helper.team)
    if reply is None:
        raise HelpdeskError("ready.gone")
    return helper, reply
