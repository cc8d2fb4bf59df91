"""``/nhapho``: a member writes down help he gave face to face or on the phone, for somebody without Telegram.

A short conversation, kept with the member, so that it goes on after a restart. Before the spoken consent is ticked
nothing that is typed is kept.
"""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta
from typing import Any

from bot.errors import HelpdeskError
from bot.helpdesk.desk import Desk
from bot.helpdesk.dialog import ASSIST, expect, expect_nothing, expects
from bot.helpdesk.maintenance import require
from bot.language import clean, fold, mask
from bot.model.briefs import AssistBrief
from bot.model.delivery import Mode
from bot.model.events import Event
from bot.model.ids import PersonId
from bot.model.notices import Say
from bot.model.notices.replying import AssistScreen
from bot.model.people import Member, Person
from bot.model.requests import Incoming
from bot.model.states import EventKind, Help, Kind, Outcome, Role
from bot.storage.work import Work

CONSENT, PLACE, QUESTION, GUIDE, OUTCOME, DAY, LAST = "consent", "place", "question", "guide", "outcome", "day", "last"
"""What is asked, in this order."""
KEEP, DROP = "keep", "drop"
OLDEST_DAYS = 31

_LONGEST = 500
_DATE = re.compile(r"(?:ngày\s*)?(\d{1,2})\s*[/.-]\s*(\d{1,2})(?:\s*[/.-]\s*(\d{4}))?", re.IGNORECASE)
_DAYS_AGO = {"hom nay": 0, "hom qua": 1, "hom kia": 2}
_OUTCOMES = {
    Help.ONLINE: Outcome.ANSWERED,
    Help.GUIDED: Outcome.ANSWERED,
    Help.REFERRED: Outcome.HANDED_OVER,
    Help.UNFINISHED: Outcome.DECLINED,
}
_SLOT = "assist"


async def begin(work: Work, person: Person, member: Member | None) -> None:
    """``/nhapho``."""
    require(member, Role.VOLUNTEER)
    await expect(work, person, ASSIST, step=CONSENT)
    await work.outbox.post(person.chat, AssistScreen(person.id), _SLOT, mode=Mode.REPLACE)


async def press(
    work: Work, desk: Desk, person: Person, member: Member | None, step: str, value: str, message: str
) -> None:
    """A button of the conversation.

    Raises:
        HelpdeskError: it is over.
    """
    helper = require(member, Role.VOLUNTEER)
    if expects(person) != ASSIST or person.dialog is None:
        raise HelpdeskError("assist.over")
    await work.slots.point(person.chat, _SLOT, message)
    told = _told(person)
    if step == DROP:
        await expect_nothing(work, person)
        await work.outbox.post(person.chat, Say("assist.dropped"), _SLOT, mode=Mode.EDIT)
        return
    if step == KEEP and told["step"] == LAST:
        await _record(work, desk, person, helper, told)
        return
    if step == told["step"]:  # two presses are one
        told = _answered(desk, told, step, value)
        await expect(work, person, ASSIST, **told)
    await work.outbox.post(person.chat, AssistScreen(person.id), _SLOT, mode=Mode.EDIT)


async def hear_assistant(work: Work, desk: Desk, person: Person, member: Member, incoming: Incoming) -> bool:
    """Whether the message belongs to the conversation."""
    if expects(person) != ASSIST or person.dialog is None:
        return False
    told = _told(person)
    if incoming.kind == Kind.TEXT:
        told = _typed(desk, told, clean(incoming.text))
        await expect(work, person, ASSIST, **told)
    await work.outbox.post(person.chat, AssistScreen(person.id), _SLOT, mode=Mode.REPLACE)
    return True


async def assist_brief(work: Work, person_id: PersonId) -> AssistBrief:
    """What was told so far."""
    person = await work.people.get(person_id)
    if expects(person) != ASSIST:
        return AssistBrief("")
    told = _told(person)
    member = await work.members.of_person(person.id)
    home = (await work.teams.get(member.team)).territory if member else None
    return AssistBrief(
        told["step"],
        home,
        told.get("place"),
        tuple(told.get("places", ())),
        told.get("question", ""),
        tuple(told.get("guides", ())),
        told.get("guide"),
        told.get("outcome", ""),
        told.get("on", ""),
    )


def _told(person: Person) -> dict[str, Any]:
    return {name: value for name, value in (person.dialog or {}).items() if name not in ("expects", "since")}


def _answered(desk: Desk, told: dict[str, Any], step: str, value: str) -> dict[str, Any]:
    """What is known after a press, and what is asked next."""
    if step == CONSENT:
        return {"step": PLACE}
    if step == PLACE:
        return {"step": QUESTION, "place": value if desk.catalogue.territories.knows(value) else None}
    if step == GUIDE:
        return {**told, "step": OUTCOME, "guide": value if desk.catalogue.get(value) else None, "guides": []}
    if step == OUTCOME and value in list(Help):
        return {**told, "step": DAY, "outcome": value}
    if step == DAY and value in ("0", "1"):
        return {**told, "step": LAST, "on": (_today(desk) - timedelta(days=int(value))).isoformat()}
    return told


def _typed(desk: Desk, told: dict[str, Any], words: str) -> dict[str, Any]:
    """What is known after words were typed; where none are asked for, they are not kept."""
    step = told["step"]
    if step == PLACE:
        found = desk.catalogue.territories.search(words)
        if found.outcome == "exact":
            return {"step": QUESTION, "place": found.places[0].code}
        return {"step": PLACE, "places": [place.code for place in found.places][:6]}
    if step in (QUESTION, GUIDE) and any(c.isalnum() for c in words):
        match = desk.knowledge.now.matcher.match(words)
        guides = [candidate.guide for candidate in match.candidates][:4]
        # With no guide near, there is nothing to choose from.
        following = GUIDE if guides else OUTCOME
        return {**told, "step": following, "question": mask(words)[:_LONGEST], "guides": guides, "guide": None}
    if step == DAY and (on := read_day(words, _today(desk))):
        return {**told, "step": LAST, "on": on.isoformat()}
    return told


def read_day(words: str, today: date) -> date | None:
    """The day somebody means by «hôm qua», «22/11»; None where it is none, to come, or too long ago."""
    said = fold(words)
    if said in _DAYS_AGO:
        return today - timedelta(days=_DAYS_AGO[said])
    found = _DATE.fullmatch(words.strip())
    if not found:
        return None
    day, month, year = int(found[1]), int(found[2]), int(found[3] or today.year)
    try:
        on = date(year, month, day)
        if found[3] is None and on > today:  # «30/12» said in January
            on = date(year - 1, month, day)
    except ValueError:
        return None
    return on if 0 <= (today - on).days <= OLDEST_DAYS else None


async def _record(work: Work, desk: Desk, person: Person, member: Member, told: dict[str, Any]) -> None:
    """«Ghi»: a request of nobody, at its true date, and the event that figures are computed from."""
    at = _moment(desk, date.fromisoformat(told["on"]))
    guide, helped = told.get("guide"), Help(told["outcome"])
    entry = desk.catalogue.get(guide) if guide else None
    request = await work.requests.add(
        None,
        person.chat.bot,
        _OUTCOMES[helped],
        at=at,
        text=told.get("question") or None,
        guide=guide,
        guide_hash=entry.content_hash if entry else None,
        shown=[guide] if guide else [],
        territory=told.get("place"),
        assisted_by=member.id,
    )
    work.events.add(
        Event(
            EventKind.ASSISTED,
            request=request.id,
            member=member.id,
            team=member.team,
            guide=guide,
            territory=told.get("place"),
            codes={"on": at.isoformat(), "help": helped, "outcome": _OUTCOMES[helped], "consent": "spoken"},
        )
    )
    await expect_nothing(work, person)
    await work.outbox.post(person.chat, Say("assist.kept"), _SLOT, mode=Mode.EDIT)


def _today(desk: Desk) -> date:
    return desk.clock.now().astimezone(desk.config.hours.zone).date()


def _moment(desk: Desk, on: date) -> datetime:
    """A moment of the day: now, or noon of a day before."""
    now = desk.clock.now()
    return now if on == _today(desk) else datetime.combine(on, time(12), desk.config.hours.zone)
