"""What is done from time to time, in units of work of its own."""

from __future__ import annotations

from bot.helpdesk.desk import Desk
from bot.helpdesk.hours import is_night
from bot.helpdesk.memberships import end_overdue
from bot.helpdesk.steps import offer_resume
from bot.helpdesk.teams import hand_over_strays
from bot.model.notices.members import PoisonReport
from bot.storage.work import Work

_UNDECIDED_DAYS = 2
"""A list of names that nobody took over or dropped is forgotten after so long."""


async def sweep_often(work: Work, desk: Desk) -> None:
    """Every few seconds: end memberships, report what was put aside, offer to go on with guides left open."""
    await end_overdue(work, desk)
    await hand_over_strays(work, desk)
    await report_poison(work)
    if not is_night(desk.config.hours, desk.clock.now()):
        await offer_resume(work)


async def sweep_daily(work: Work, desk: Desk) -> None:
    """Every few hours: blank words whose time is over, drop old rows."""
    keep = desk.config.retention
    await work.sweeping.blank_old_words(keep.request_text, keep.ticket_text, keep.quarantined_update)
    await work.sweeping.drop_old_rows(keep.delivered_row)
    await work.team_lists.blank(_UNDECIDED_DAYS)


async def report_poison(work: Work) -> None:
    """Tell admins of updates that could not be handled, once."""
    rows = await work.inbox.unreported()
    chats = await work.members.chats(await work.members.admins()) if rows else []
    for _, chat in chats:
        await work.outbox.post(chat, PoisonReport(tuple(rows)))
    if chats:  # with no admin yet, the first one will be told
        await work.inbox.reported(rows)
