"""What is done from time to time, in units of work of its own."""

from __future__ import annotations

from datetime import timedelta

from bot.helpdesk.climbing import climb_due
from bot.helpdesk.desk import Desk
from bot.helpdesk.late import tell_late
from bot.helpdesk.leases import remind_and_end
from bot.helpdesk.memberships import end_overdue
from bot.helpdesk.steps import offer_resume
from bot.helpdesk.teams import hand_over_strays
from bot.model.notices.editing import OverdueGuides
from bot.model.notices.members import PoisonReport
from bot.storage.work import Work

_OVERDUE = "overdue"
_WEEK = timedelta(days=7)
_LISTED = 8
_UNDECIDED_DAYS = 2
"""A list of names that nobody took over or dropped is forgotten after so long."""
# Little at a time, so that nobody waits for a long transaction; the next sweep takes the rest.
_BATCH = 20


async def sweep_often(work: Work, desk: Desk) -> None:
    """Every few seconds: end memberships, report what was put aside; by day, what is due, as leases."""
    await end_overdue(work, desk)
    await hand_over_strays(work, desk)
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
    await work.team_lists.blank(_UNDECIDED_DAYS)


async def list_overdue(work: Work, desk: Desk) -> None:
    """Every few hours, the guides being loaded: once a week, by day, tell admins which are overdue for review."""
    now = desk.clock.now()
    if desk.calendar().is_night(now):
        return
    today = now.astimezone(desk.config.hours.zone).date()
    late = [entry for entry in desk.catalogue if entry.guide.review.review_by < today]
    chats = await work.members.chats(await work.members.admins()) if late else []
    # With no admin yet, the week begins when there is one.
    if not chats or not await work.preferences.due(_OVERDUE, now - _WEEK):
        return
    ids = [entry.id for entry in sorted(late, key=lambda entry: (entry.guide.review.review_by, entry.id))]
    for _, chat in chats:
        await work.outbox.post(chat, OverdueGuides(tuple(ids[:_LISTED]), more=len(ids[_LISTED:])))


async def report_poison(work: Work) -> None:
    """Tell admins of updates that could not be handled, once."""
    rows = await work.inbox.unreported()
    chats = await work.members.chats(await work.members.admins()) if rows else []
    for _, chat in chats:
        await work.outbox.post(chat, PoisonReport(tuple(rows)))
    if chats:  # with no admin yet, the first one will be told
        await work.inbox.reported(rows)
