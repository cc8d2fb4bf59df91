"""What is done from time to time, in units of work of its own."""

from __future__ import annotations

from bot.helpdesk.climbing import climb_due
from bot.helpdesk.desk import Desk
from bot.helpdesk.late import tell_late
from bot.helpdesk.leases import remind_and_end
from bot.helpdesk.steps import offer_resume
from bot.model.notices.members import PoisonReport
from bot.storage.work import Work

# Little at a time, so that nobody waits for a long transaction; the next sweep takes the rest.
_BATCH = 20


async def sweep_often(work: Work, desk: Desk) -> None:
    """Every few seconds: report what was put aside; by day, what is due: climbing, late tickets, leases, offers."""
    await report_poison(work)
    if desk.calendar().is_night(desk.clock.now()):
        return  # it is due in the morning as well
    await climb_due(work, desk, _BATCH)
    await tell_late(work, desk, _BATCH)
    await remind_and_end(work, desk, _BATCH)
    await offer_resume(work)


async def sweep_daily(work: Work, desk: Desk) -> None:
    """Every few hours: blank words whose time is over, drop old rows."""
    keep = desk.config.retention
    await work.sweeping.blank_old_words(keep.request_text, keep.ticket_text, keep.quarantined_update)
    await work.sweeping.drop_old_rows(keep.delivered_row)


async def report_poison(work: Work) -> None:
    """Tell admins of updates that could not be handled, once."""
    rows = await work.inbox.unreported()
    chats = await work.members.chats(await work.members.admins()) if rows else []
    for _, chat in chats:
        await work.outbox.post(chat, PoisonReport(tuple(rows)))
    if chats:  # with no admin yet, the first one will be told
        await work.inbox.reported(rows)
