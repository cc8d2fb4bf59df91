"""Tickets as the citizen sees them, and the words that pass between the two sides."""

from __future__ import annotations

from telegram import InlineKeyboardButton

from bot.channels.telegram.keyboards import Rows, citizens, members
from bot.channels.telegram.views.frame import Frame, Screen, Views, clipped, office_lines, when
from bot.model.briefs import TicketBrief
from bot.model.notices.citizens import FileCheck, HelperCheck, News, Received, TicketLate, TicketNews, TicketOpened
from bot.model.notices.talk import DeliveryDoubt, DeliveryFailed, RelayedAlbum, RelayedCopy, RelayedText
from bot.model.states import HELD, Delivered, Side

# A caption holds 1,024 of Telegram's units, and our words before it need some.
LONGEST_CAPTION = 900


def ticket_opened(notice: TicketOpened, brief: TicketBrief, frame: Frame) -> Screen:
    """The number, the place in the queue, when an answer comes."""
    texts = frame.texts
    lines: list[str] = [texts("ticket.opened_urgent" if notice.urgent else "ticket.opened", ticket=notice.ticket)]
    lines.append(texts("ticket.ahead", ahead=notice.ahead) if notice.ahead else texts("ticket.first"))
    lines.append(_answered_when(notice, frame))
    nobody_now = notice.opens_at or not notice.on_duty
    if notice.urgent and nobody_now:
        lines.append(texts("ticket.nobody_urgent"))
    if nobody_now and brief.office.address:
        lines += [texts("ticket.in_person"), *office_lines(brief.office, frame)]
    if not notice.described:
        lines.append(texts("ticket.describe"))
    return Screen("\n".join(lines), [[frame.button("other_question", citizens.OtherQuestion())]])


def _answered_when(notice: TicketOpened, frame: Frame) -> str:
    """No more than is true: off duty nobody is to wait for somebody asleep, who only forgot to say so."""
    texts = frame.texts
    if notice.opens_at:
        opens = when(notice.opens_at, frame)
        return texts("ticket.off_hours" if notice.on_duty else "ticket.nobody_on_duty", when=opens)
    if not notice.on_duty:
        return texts("ticket.nobody_in_hours")
    if notice.usual_minutes is None:
        return texts("ticket.someone_on_duty")
    return texts("ticket.usually", wait=_about(notice.usual_minutes, frame))


def _about(minutes: int, frame: Frame) -> str:
    """A wait in round figures, rather too long than too short."""
    if minutes <= 60:
        return frame.texts.plain("work.minutes", n=-(-minutes // 5) * 5)
    return frame.texts.plain("work.hours", n=-(-minutes // 60))


def ticket_late(notice: TicketLate, brief: TicketBrief, frame: Frame) -> Screen:
    """It takes longer than it should."""
    number = notice.ticket
    lines = [frame.texts("ticket.late", ticket=number), frame.texts("ticket.in_person")]
    lines += office_lines(brief.office, frame)
    if not brief.office.phone:
        lines.append(frame.texts("ticket.late_contact", contact=frame.config.helpdesk.contact))
    text = "\n".join([*lines, frame.texts("ticket.late_wait")])
    rows = [
        [frame.button("other_question", citizens.OtherQuestion())],
        [frame.button("cancel_ticket", citizens.CancelTicket(number), ticket=number)],
    ]
    return Screen(text, rows)


def ticket_news(notice: TicketNews, brief: TicketBrief, frame: Frame) -> Screen:
    """What happened to the citizen's ticket."""
    texts, number = frame.texts, notice.ticket
    office = texts.plain(f"offices.{notice.office}") if notice.office else ""
    text = texts(f"ticket.{notice.news}", ticket=number, team=brief.team, office=office)
    other = frame.button("other_question", citizens.OtherQuestion())
    check = frame.button("check_helper", citizens.CheckHelper(number))
    rows: Rows = {
        News.CLAIMED: [[check], [other]],
        News.RETURNED: [[other]],
        News.WAITING: [[other]],
        News.REOPENED: [[other]],
        News.RESOLVED: [_verdict(number, frame)],
        News.REFERRED: [_verdict(number, frame)],
    }.get(notice.news, [])
    return Screen(text, rows)


def _verdict(ticket: int, frame: Frame) -> list[InlineKeyboardButton]:
    return [
        frame.button("done", citizens.Confirm(ticket, True)),
        frame.button("not_done", citizens.Confirm(ticket, False)),
    ]


def received(notice: Received, _: None, frame: Frame) -> Screen:
    """The words went to the ticket."""
    key = "ticket.received_claimed" if notice.claimed else "ticket.received_open"
    return Screen(frame.texts(key, ticket=notice.ticket), [[frame.button("other_question", citizens.OtherQuestion())]])


def file_check(notice: FileCheck, _: TicketBrief, frame: Frame) -> Screen:
    """Nothing secret in the picture?"""
    rows = [
        [
            frame.button("file_ok", citizens.PassFile(notice.message, True)),
            frame.button("file_again", citizens.PassFile(notice.message, False)),
        ]
    ]
    return Screen(frame.texts("file.check"), rows)


def helper_check(notice: HelperCheck, brief: TicketBrief, frame: Frame) -> Screen:
    """Whether somebody of the team really holds the ticket."""
    ticket = brief.ticket
    doubt: Rows = [[frame.button("doubt_helper", citizens.DoubtHelper(ticket.id))]]
    if ticket.state not in HELD or ticket.claimed_at is None:
        return Screen(frame.texts("ticket.check_none", ticket=ticket.id), doubt)
    time = when(ticket.claimed_at, frame)
    return Screen(frame.texts("ticket.check", ticket=ticket.id, team=brief.team, time=time), doubt)


def relayed_text(notice: RelayedText, _: None, frame: Frame) -> Screen:
    """Words of the other side."""
    key = "relay.from_helper" if notice.author == Side.HELPER else "relay.from_citizen"
    if notice.caption:
        key = "relay.new_caption_helper" if notice.author == Side.HELPER else "relay.new_caption_citizen"
    text = frame.texts(key, text=notice.text or "…", ticket=notice.ticket)
    marks = [name for name in ("forwarded", "edited") if getattr(notice, name)]
    return Screen("\n".join([text, *(frame.texts(f"relay.{mark}") for mark in marks)]))


def relayed_caption(notice: RelayedCopy | RelayedAlbum, caption: str, frame: Frame) -> Screen:
    """What stands below a picture of the other side."""
    side = "helper" if notice.author == Side.HELPER else "citizen"
    key = f"relay.caption_{side}" if caption else f"relay.no_caption_{side}"
    return Screen(frame.texts(key, text=clipped(caption, LONGEST_CAPTION), ticket=notice.ticket))


def delivery_doubt(notice: DeliveryDoubt, _: None, frame: Frame) -> Screen:
    """Not known whether it arrived."""
    text = frame.texts("delivery.doubt", ticket=notice.ticket)
    return Screen(text, [[frame.button("send_again", members.SendAgain(notice.row))]])


def delivery_failed(notice: DeliveryFailed, _: None, frame: Frame) -> Screen:
    """It surely did not arrive."""
    if notice.reason == Delivered.BLOCKED:
        side = "helper" if notice.author == Side.HELPER else "citizen"
        return Screen(frame.texts(f"delivery.blocked_{side}", ticket=notice.ticket))
    if notice.guide:
        return Screen(frame.texts("delivery.guide", ticket=notice.ticket))
    why = f"delivery.why.{notice.code}"
    reason = frame.texts.plain(why if why in frame.texts else "delivery.why.other")
    return Screen(frame.texts("delivery.refused", ticket=notice.ticket, why=reason))


VIEWS: Views = {
    DeliveryDoubt: delivery_doubt,
    DeliveryFailed: delivery_failed,
    FileCheck: file_check,
    HelperCheck: helper_check,
    Received: received,
    RelayedText: relayed_text,
    TicketLate: ticket_late,
    TicketNews: ticket_news,
    TicketOpened: ticket_opened,
}
