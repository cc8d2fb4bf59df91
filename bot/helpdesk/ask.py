"""A citizen asks; every question becomes exactly one request and is answered at once."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from bot.helpdesk.desk import Desk
from bot.helpdesk.maintenance import in_maintenance
from bot.language import clean, contains_secret, mask
from bot.matching.follow_up import section_asked
from bot.matching.result import Match
from bot.model.delivery import Mode
from bot.model.events import Event
from bot.model.ids import RequestId
from bot.model.notices import Notice, Say
from bot.model.notices.citizens import ConsentOffer, GuideCard, GuideChoices, NotCovered, SecondDoubt
from bot.model.people import Person
from bot.model.requests import Place, Request
from bot.model.states import EventKind, Outcome, Section
from bot.storage.work import Work

# A card counts as "just shown" for a follow-up, and a doubt as "the same request", for this long.
_SAME_TALK = timedelta(minutes=30)
# Whoever asks about the same field once more so soon means the same, even where no guide fits both.
_IN_OTHER_WORDS = timedelta(minutes=3)


async def ask(work: Work, desk: Desk, person: Person, text: str, place: Place | None = None) -> None:
    """Match the words and answer: a guide, a choice, or a person.

    Args:
        work: the unit of work.
        desk: what use cases work with.
        person: who asks.
        text: the words as sent; masked before anything is kept.
        place: where the words stand in the channel, so that a later edit of them is understood.
    """
    words = clean(text)
    if contains_secret(words):
        await work.outbox.post(person.chat, Say("ask.secret"))
    if not any(c.isalnum() for c in words):
        await decline(work, person, "empty", Say("ask.empty", menu="browse"), place)
        return
    last = await work.requests.get(person.last_request) if person.last_request else None
    if last and await _opened_section(work, desk, person, last, words):
        return
    if await in_maintenance(work):
        await decline(work, person, "maintenance", Say("maintenance.on", menu="official"), place, words)
        return
    earlier = _first_half(desk, person, last, words)
    match = desk.knowledge.now.matcher.match(words, last.shown if last else ())
    if earlier and last and not _stands_alone(match, last):
        whole = f"{earlier} {words}"
        joined = desk.knowledge.now.matcher.match(whole, last.shown)
        if not _adds_nothing(match, joined, last):
            await _answer(work, desk, person, last, joined, whole, Mode.EDIT)
            return
    if last and last.outcome == Outcome.ASKED_BACK and match.outcome == "choices" and _same(desk, last, match):
        await doubt_again(work, desk, person, last)
        return
    request = await _log(work, person, words, match.urgent)
    await _remember_place(work, person, request, place)
    await _answer(work, desk, person, request, match, words, Mode.NEW)


async def ask_again(work: Work, desk: Desk, person: Person, request: Request, text: str) -> None:
    """The citizen changed the words of his question: the card changes with them."""
    words = clean(text)
    if any(c.isalnum() for c in words):
        match = desk.knowledge.now.matcher.match(words)
        await _answer(work, desk, person, request, match, words, Mode.EDIT)


async def open_guide(work: Work, desk: Desk, person: Person, guide: str) -> None:
    """A guide reached without words: a link, a list, a related guide."""
    entry = desk.catalogue.get(guide)
    if entry is None:
        await work.outbox.post(person.chat, Say("guide.gone", menu="browse"))
        return
    request = await work.requests.add(
        person.id,
        person.chat.bot,
        Outcome.BROWSED,
        guide=guide,
        guide_hash=entry.content_hash,
        shown=[guide],
        territory=person.territory,
    )
    await work.people.change(person.id, last_request=request.id)
    _event(work, person, request.id, EventKind.ASKED, Outcome.BROWSED, guide, reason="opened")
    resume = await work.follow_ups.step(person.id, guide)
    await work.outbox.post(person.chat, GuideCard(guide, request.id, resume_step=resume), f"answer:{request.id}")


async def doubt_again(work: Work, desk: Desk, person: Person, request: Request, mode: Mode = Mode.NEW) -> None:
    """None of the choices was right: no third round, but a list and a person."""
    sectors = [e.sector for g in request.shown if (e := desk.catalogue.get(g))]
    await work.requests.change(request.id, doubts=request.doubts + 1, last_message_at=desk.clock.now())
    await work.people.change(person.id, last_request=request.id)
    notice = SecondDoubt(request.id, sectors[0] if sectors else "")
    await work.outbox.post(person.chat, notice, f"answer:{request.id}", mode=mode)


async def _opened_section(work: Work, desk: Desk, person: Person, last: Request, words: str) -> bool:
    """Whether the words asked for a part of the card just shown, which is then shown."""
    if last.guide is None or last.outcome not in (Outcome.ANSWERED, Outcome.BROWSED) or not _fresh(desk, last):
        return False
    section = section_asked(words)
    if section is None or section == Section.MAIN:
        return False
    await work.requests.change(last.id, last_message_at=desk.clock.now())
    await work.outbox.post(person.chat, GuideCard(last.guide, last.id, section), f"answer:{last.id}")
    return True


def _same(desk: Desk, last: Request, match: Match) -> bool:
    """Whether a doubtful question is the last one in other words, and not one about something else."""
    if desk.clock.now() - last.last_message_at <= _IN_OTHER_WORDS:
        return not _sectors(desk, match.shown).isdisjoint(_sectors(desk, last.shown))
    return _fresh(desk, last) and not set(match.shown).isdisjoint(last.shown)


def _sectors(desk: Desk, guides: Sequence[str]) -> set[str]:
    return {entry.sector for guide in guides if (entry := desk.catalogue.get(guide))}


def _fresh(desk: Desk, request: Request) -> bool:
    return desk.clock.now() - request.last_message_at <= _SAME_TALK


def _first_half(desk: Desk, person: Person, last: Request | None, words: str) -> str | None:
    """What was written within the last seconds, where the words are short enough to be its other half."""
    habits = desk.config.conversation
    now = desk.clock.now()
    if last is None or now - last.last_message_at > timedelta(seconds=habits.burst_seconds):
        return None
    if len(words.split()) > habits.burst_words or last.outcome in (Outcome.HANDED_OVER, Outcome.BROWSED):
        return None
    return desk.recent.get(person.id, last.id, now) or last.text


def _stands_alone(match: Match, last: Request) -> bool:
    """Thanks, and a short question that is clear by itself and different from the last, are not its other half."""
    if match.smalltalk:
        return True
    return match.outcome == "answer" and last.outcome == Outcome.ANSWERED and match.guide not in last.shown


def _adds_nothing(match: Match, joined: Match, last: Request) -> bool:
    """Words that leave the last answer as it was and mean another guide by themselves are a question of their own."""
    return last.guide is not None and joined.guide == last.guide and bool(match.shown) and match.shown[0] != last.guide


async def _log(work: Work, person: Person, words: str, urgent: bool) -> Request:
    return await work.requests.add(
        person.id,
        person.chat.bot,
        Outcome.DECLINED,
        text=mask(words) or None if person.consented_at else None,
        urgent=urgent,
        territory=person.territory,
    )


async def _remember_place(work: Work, person: Person, request: Request, place: Place | None) -> None:
    if place:
        await work.slots.point(person.chat, f"asked:{request.id}", place.message)


async def _answer(
    work: Work, desk: Desk, person: Person, request: Request, match: Match, words: str, mode: Mode
) -> None:
    outcome, guide, notice, reason = _decide(desk, request, match, words)
    entry = desk.catalogue.get(guide) if guide else None
    if guide and isinstance(notice, GuideCard):
        notice = GuideCard(guide, request.id, resume_step=await work.follow_ups.step(person.id, guide))
    now = desk.clock.now()
    await work.requests.change(
        request.id,
        outcome=outcome,
        guide=guide,
        guide_hash=entry.content_hash if entry else None,
        shown=list(match.shown) or ([guide] if guide else []),
        text=mask(words) if person.consented_at else None,
        urgent=match.urgent or request.urgent,
        last_message_at=now,
    )
    if reason != "smalltalk":  # thanks for a card do not put it away
        await work.people.change(person.id, last_request=request.id)
        desk.recent.put(person.id, request.id, words, now)
    kind = EventKind.ASKED if mode == Mode.NEW else EventKind.OUTCOME
    _event(work, person, request.id, kind, outcome, guide, reason=reason, urgent=match.urgent)
    await work.outbox.post(person.chat, notice, f"answer:{request.id}", mode=mode)
    if reason != "smalltalk":
        await offer_consent(work, person)


def _decide(desk: Desk, request: Request, match: Match, words: str) -> tuple[Outcome, str | None, Notice, str]:
    """What to say: the outcome, the guide, the notice, and the reason for the record."""
    if match.urgent:
        urgent = [c for c in match.shown if (e := desk.catalogue.get(c)) and e.guide.urgent]
        urgent += [e.id for e in desk.catalogue if e.guide.urgent]
        if urgent:
            return Outcome.ANSWERED, urgent[0], GuideCard(urgent[0], request.id), "urgent"
    if match.guide:
        return Outcome.ANSWERED, match.guide, GuideCard(match.guide, request.id), "answer"
    if section_asked(words):  # «hết bao nhiêu tiền» with no card on hand: of what?
        return Outcome.DECLINED, None, Say("ask.about_what", menu="browse"), "no_subject"
    if match.outcome == "choices":
        return Outcome.ASKED_BACK, None, GuideChoices(request.id, match.shown), "choices"
    if match.smalltalk:
        return Outcome.DECLINED, None, Say(f"smalltalk.{match.smalltalk}"), "smalltalk"
    if match.unmet:
        return Outcome.DECLINED, None, NotCovered(request.id), "unmet"
    return Outcome.DECLINED, None, Say("ask.out_of_scope", menu="browse_person"), "out_of_scope"


async def decline(
    work: Work, person: Person, reason: str, notice: Notice, place: Place | None = None, words: str = ""
) -> None:
    """Log what cannot be searched for, and say so; a card shown before stays the one on hand."""
    request = await _log(work, person, words, urgent=False)
    await _remember_place(work, person, request, place)
    _event(work, person, request.id, EventKind.ASKED, Outcome.DECLINED, None, reason=reason)
    await work.outbox.post(person.chat, notice, f"answer:{request.id}")


async def offer_consent(work: Work, person: Person) -> None:
    """Below the first answer: who this is, and that agreeing lets a person help."""
    if not person.consented_at and not person.greeted:
        await work.people.change(person.id, greeted=True)
        await work.outbox.post(person.chat, ConsentOffer(), "consent", silent=True)


def _event(
    work: Work,
    person: Person,
    request: RequestId,
    kind: EventKind,
    outcome: Outcome,
    guide: str | None,
    **codes: str | bool,
) -> None:
    work.events.add(
        Event(
            kind,
            request=request,
            person=person.id,
            guide=guide,
            territory=person.territory,
            codes={"outcome": outcome, **codes},
        )
    )
