"""Resolved tickets of a team that asked for nearly the same, without anything of their citizens.

What is taken from such a ticket is the guide that answered it and the team's own last words. Those words were masked
when they were kept; of them only sentences stay that can be about anybody: without digits, masks, names, and without a
run of words that the other citizen wrote himself. Whoever sends them looks at them first.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from rapidfuzz import fuzz

from bot.guides.catalogue import Catalogue
from bot.helpdesk.desk import Desk
from bot.language import fold
from bot.model.replying import Similar
from bot.model.requests import Ticket
from bot.model.states import Kind, Side
from bot.storage.work import Work

MOST = 3
_LOOKED_AT = 200
_ALIKE, _ALIKE_SAME_GUIDE = 70, 45
"""How alike two questions must be, of 100; less is enough where the same guide answered."""
_RUN = 4
"""So many words in a row that somebody wrote are his words."""

_SENTENCE = re.compile(r"(?<=[.!?…])\s+|\n+")
_WORD = re.compile(r"[^\W\d_]+")
_NOBODYS = re.compile(r"[\d@…\[\]«»\"“”]|\bơi\b", re.IGNORECASE)
_CALLED = re.compile(
    r"\b(?:[Cc]ô|[Cc]hú|[Bb]ác|[Aa]nh|[Cc]hị|[Ôô]ng|[Bb]à|[Ee]m|[Cc]háu|[Dd]ì|[Cc]ậu|[Mm]ợ|[Tt]hím|[Dd]ượng|[Cc]on)"
    r"\s+(?P<name>[^\W\d_]+)"
)


async def similar(work: Work, desk: Desk, ticket: Ticket, most: int = MOST) -> list[Similar]:
    """Up to ``most`` of them, those that the same guide answered first."""
    found = await _alike(work, desk, ticket)
    known = _words(desk.catalogue) if found else (frozenset(), frozenset())
    shown: dict[tuple[str | None, str], Similar] = {}
    for other, guide in found:
        if len(shown) == most:
            break
        guide = guide if guide and desk.catalogue.get(guide) else None
        reply = await _reply(work, other, *known)
        if guide or reply:
            shown.setdefault((guide, reply), Similar(other.id, guide, reply))
    return list(shown.values())


async def any_similar(work: Work, desk: Desk, ticket: Ticket) -> bool:
    """Whether there is one to show."""
    return any(guide and desk.catalogue.get(guide) for _, guide in await _alike(work, desk, ticket))


async def _alike(work: Work, desk: Desk, ticket: Ticket) -> list[tuple[Ticket, str | None]]:
    asked = fold(ticket.question)
    if len(asked.split()) < 2:
        return []
    match = desk.knowledge.now.matcher.match(ticket.question)
    same = {ticket.guide, *(c.guide for c in match.candidates[:1])} - {None}
    scored = []
    for other, guide in await work.tickets.resolved_of_team(ticket.team, _LOOKED_AT):
        words = fold(other.question)
        if other.id == ticket.id or len(words.split()) < 2:
            continue
        score = fuzz.token_set_ratio(asked, words)
        if score >= (_ALIKE_SAME_GUIDE if guide in same else _ALIKE):
            scored.append((guide in same, score, other.id, other, guide))
    scored.sort(key=lambda item: item[:3], reverse=True)
    return [(other, guide) for *_, other, guide in scored]


async def _reply(work: Work, ticket: Ticket, proper: frozenset[str], common: frozenset[str]) -> str:
    """The team's last words in a ticket, as far as they can be about anybody."""
    said = await work.messages.of_ticket(ticket.id)
    own = [m.text for m in said if m.side == Side.HELPER and m.kind == Kind.TEXT and m.text]
    if not own:
        return ""
    theirs = _runs([ticket.question, *(m.text or "" for m in said if m.side == Side.CITIZEN)])
    kept = [s.strip() for s in _SENTENCE.split(own[-1]) if s.strip() and not _tells(s.strip(), theirs, proper, common)]
    return " ".join(kept)


def _tells(sentence: str, theirs: set[tuple[str, ...]], proper: frozenset[str], common: frozenset[str]) -> bool:
    """Whether a sentence may tell something about the person it was written to."""
    if _NOBODYS.search(sentence) or not _runs([sentence]).isdisjoint(theirs):
        return True
    if any(found["name"][0].isupper() for found in _CALLED.finditer(sentence)):
        return True
    first, *rest = _WORD.findall(sentence) or [""]
    if first.lower() not in common and first not in proper:
        return True
    return any(word[0].isupper() and word not in proper for word in rest)


def _runs(texts: Iterable[str]) -> set[tuple[str, ...]]:
    runs: set[tuple[str, ...]] = set()
    for text in texts:
        words = fold(text).split()
        runs.update(tuple(words[at : at + _RUN]) for at in range(len(words) - _RUN + 1))
    return runs


def _words(catalogue: Catalogue) -> tuple[frozenset[str], frozenset[str]]:
    """Words the handbook writes with a capital inside a sentence, and those it writes without."""
    proper: set[str] = {word for p in catalogue.platforms.values() for word in _WORD.findall(p.name)}
    common: set[str] = set()
    for entry in catalogue:
        for text in (entry.guide.title, entry.guide.summary, *(step.do for step in entry.guide.steps)):
            for sentence in _SENTENCE.split(text):
                _, *rest = _WORD.findall(sentence) or [""]
                proper.update(word for word in rest if word[0].isupper())
                common.update(word for word in rest if word.islower())
    return frozenset(proper), frozenset(common)
