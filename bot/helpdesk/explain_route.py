"""Where a question would go and why, for those who set up teams; nothing is opened."""

from __future__ import annotations

from bot.errors import HelpdeskError
from bot.guides.places import PlaceMatch
from bot.helpdesk.desk import Desk
from bot.helpdesk.maintenance import require
from bot.helpdesk.routes import choose, need_of
from bot.language import clean, fold, mask
from bot.model.notices.moving import RouteExplained, RungExplained
from bot.model.people import Member, Person
from bot.model.states import Role
from bot.storage.work import Work

_LONGEST_PLACE = 8
_KINDS = {"xa", "phuong", "dac", "khu", "tinh", "tp"}


async def explain_route(work: Work, desk: Desk, person: Person, member: Member | None, words: str) -> None:
    """``/to thu <xã> <câu hỏi>``: the rungs of the ladder, and why the question stops at one of them.

    Args:
        work: the unit of work.
        desk: what use cases work with.
        person: who asks.
        member: his membership; leaders and admins only.
        words: the commune (any spelling, the province beside it where needed), then the question.

    Raises:
        HelpdeskError: not a leader; no words; or several communes have that name.
    """
    require(member, Role.LEADER)
    said = clean(words)
    if not said:
        raise HelpdeskError("route.usage")
    place, question = _split(desk, said)
    match = desk.knowledge.now.matcher.match(question) if question else None
    guide = match.candidates[0].guide if match and match.outcome == "answer" else None
    found = await choose(work, desk, need_of(desk, place, guide, mask(said)))
    rungs = tuple(
        RungExplained(step.rung, step.name, step.reason, taken=step.team == found.team and step.rung == found.rung)
        for step in found.steps
    )
    await work.outbox.post(person.chat, RouteExplained(place or "", guide or "", rungs, found.silent))


def _split(desk: Desk, said: str) -> tuple[str | None, str]:
    """The place at the beginning, and the question after it.

    A place of one more word is preferred («An Thới» and «An Thới Đông» are two), until a further word changes nothing.
    """
    parts = said.split(",")
    for number in range(len(parts) - 1, 0, -1):  # the province may stand behind a comma of its own
        if whole := _exact(desk, ",".join(parts[:number])):
            return whole, ",".join(parts[number:]).strip()
    if len(parts) > 1:
        _refuse_several(desk, parts[0])
    tokens = said.replace(",", " ").split()
    best: tuple[str, int] | None = None
    for length in range(1, min(len(tokens), _LONGEST_PLACE) + 1):
        code = _exact(desk, " ".join(tokens[:length]))
        if best and code in (None, best[0]):
            break
        if code:
            best = (code, length)
    if best is None:
        _refuse_several(desk, " ".join(tokens[:_LONGEST_PLACE]))
        return None, said
    return best[0], " ".join(tokens[best[1] :])


def _refuse_several(desk: Desk, text: str) -> None:
    found, said = _search(desk, text), set(fold(text).split())
    # Places that only sound alike («hòa giải», Hoàng Mai) were not named: those words are the question.
    named = any(set(fold(place.label.partition(",")[0]).split()) - _KINDS <= said for place in found.places)
    if found.outcome == "choices" and found.total > 1 and named:
        raise HelpdeskError("route.several", places="; ".join(place.label for place in found.places[:4]))


def _exact(desk: Desk, text: str) -> str | None:
    found = _search(desk, text)
    return found.places[0].code if found.outcome == "exact" else None


def _search(desk: Desk, text: str) -> PlaceMatch:
    return desk.catalogue.territories.search(text)
