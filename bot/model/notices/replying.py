"""To a volunteer while he replies, and to the citizen whose number he may see."""

from __future__ import annotations

from dataclasses import dataclass

from bot.model.notices.notice import Notice


@dataclass(frozen=True)
class PhoneOffer(Notice):
    """To a citizen who shared a number: may the helper see it? ``shown`` is the number, masked.

    It answers the message with the number, which comes back with the press; so it is kept only after a yes.
    """

    ticket: int
    shown: str
    reply_to: str = ""


@dataclass(frozen=True)
class NoteList(Notice):
    """What colleagues wrote about a ticket. Never to its citizen."""

    ticket: int


@dataclass(frozen=True)
class SimilarList(Notice):
    """Resolved tickets like this one: what answered them."""

    ticket: int


@dataclass(frozen=True)
class ReadyCategories(Notice):
    """The kinds of ready replies; ticket 0: only to look at."""

    member: int
    ticket: int = 0


@dataclass(frozen=True)
class ReadyList(Notice):
    """The ready replies of a kind."""

    member: int
    ticket: int
    category: str


@dataclass(frozen=True)
class ReadyNew(Notice):
    """Of which kind is the new ready reply?"""


@dataclass(frozen=True)
class ProposalLook(Notice):
    """Words that may be sent to the citizen, filled in as he would read them.

    Attributes:
        source: ``r``: a ready reply; ``s``: the last words of a similar ticket.
        number: of the reply or the ticket.
        stage: ``look`` before sending, ``sent`` after, ``copy``: the bare words, to be changed first.
    """

    member: int
    ticket: int
    source: str
    number: int
    stage: str = "look"


@dataclass(frozen=True)
class AssistScreen(Notice):
    """Help given face to face, being written down; what was said so far stands with the person."""

    person: int
