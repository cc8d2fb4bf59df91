"""``/truc``: a member says when he is on duty, in his own words, and hears how it was understood."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from bot.helpdesk.desk import Desk
from bot.helpdesk.duty_words import Wish, read_wish
from bot.helpdesk.maintenance import require
from bot.language import clean
from bot.model.delivery import Mode
from bot.model.events import Event
from bot.model.notices import Say
from bot.model.people import Member, Person
from bot.model.states import EventKind, Role
from bot.storage.work import Work


async def tell_duty(work: Work, desk: Desk, person: Person, member: Member | None, words: str) -> None:
    """What is set now; with words: set it so, and say what was understood."""
    helper = require(member, Role.VOLUNTEER)
    if words.strip():
        wish = read_wish(clean(words), _today(desk))
        if wish is None:
            await work.outbox.post(person.chat, Say("duty.usage"))
            return
        helper = await _set(work, desk, helper, wish)
    await _tell(work, desk, person, helper, Mode.NEW)


async def set_duty(work: Work, desk: Desk, person: Person, member: Member | None, on: bool) -> None:
    """«Bật trực» or «Nghỉ», by button."""
    helper = await _set(work, desk, require(member, Role.VOLUNTEER), Wish(on))
    await _tell(work, desk, person, helper, Mode.EDIT)


async def _set(work: Work, desk: Desk, helper: Member, wish: Wish) -> Member:
    values: dict[str, Any] = {
        "on_duty": wish.on,
        "away_until": desk.calendar().midnight(wish.back_on) if wish.back_on else None,
        "on_until": desk.calendar().midnight(wish.last_day + timedelta(days=1)) if wish.last_day else None,
    }
    if wish.spans is not None:
        values["duty"] = [str(span) for span in wish.spans] or None
    await work.members.change(helper.id, **values)
    changed = await work.members.get(helper.id)
    if changed != helper:
        codes: dict[str, str | int | bool | None] = {
            "on": changed.on_duty,
            "hours": ",".join(map(str, changed.duty or ())),
            "away_until": changed.away_until.isoformat() if changed.away_until else None,
        }
        work.events.add(Event(EventKind.DUTY, member=helper.id, team=helper.team, codes=codes))
    return changed


async def _tell(work: Work, desk: Desk, person: Person, member: Member, mode: Mode) -> None:
    team, now = await work.teams.get(member.team), desk.clock.now()
    hours = ", ".join(map(str, member.duty or team.duty or ()))
    if not member.on_duty or (member.on_until and member.on_until <= now):
        said = Say("duty.off", menu="duty_on")
    elif member.away_until and now < member.away_until:
        said = Say("duty.away", {"day": _day(desk, member.away_until)}, menu="duty_on")
    elif hours:
        key = "duty.on_today_hours" if member.on_until else "duty.on_hours"
        said = Say(key, {"hours": hours}, menu="duty_off")
    else:
        said = Say("duty.on_today" if member.on_until else "duty.on", menu="duty_off")
    await work.outbox.post(person.chat, said, "duty", mode=mode)


def _day(desk: Desk, moment: datetime) -> str:
    day = moment.astimezone(desk.config.hours.zone).date()
    return f"{day.day}/{day.month}/{day.year}"


def _today(desk: Desk) -> date:
    return desk.clock.now().astimezone(desk.config.hours.zone).date()
