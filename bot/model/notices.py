"""Things to tell a person, in no channel's words.

A notice names what it is about by ids and figures; a channel's view turns it into a message at the moment it is sent,
so a card always shows the present state. Only what one person wrote to another (``Relayed*``) carries words, masked,
and its outbox row is blanked once delivered.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, ClassVar

from pydantic import TypeAdapter

from bot.model.states import Kind, Section, Side

LONGEST_QUESTION = 1500
"""Characters of a ticket's question that its holder's panel shows."""


class Repeat(StrEnum):
    """What to do when it is unknown whether a message reached its chat."""

    ALWAYS = "always"
    """Harmless to repeat: an edit, a deletion."""
    ONCE = "once"
    """An answer: better twice than never."""
    NEVER = "never"
    """A person's words: the author is asked."""


@dataclass(frozen=True)
class Notice:
    """Base of all notices; subclasses are known by their names."""

    repeat: ClassVar[Repeat] = Repeat.ONCE
    _kinds: ClassVar[dict[str, type[Notice]]] = {}

    def __init_subclass__(cls) -> None:
        Notice._kinds[cls.__name__] = cls

    @property
    def kind(self) -> str:
        """The notice's name, as stored."""
        return type(self).__name__

    def figures(self) -> dict[str, Any]:
        """The fields as JSON values."""
        dumped: dict[str, Any] = _adapter(type(self)).dump_python(self, mode="json")
        return dumped

    @staticmethod
    def read(kind: str, figures: Mapping[str, Any]) -> Notice:
        """The notice that was stored."""
        notice: Notice = _adapter(Notice._kinds[kind]).validate_python(figures)
        return notice

    @staticmethod
    def kinds() -> dict[str, type[Notice]]:
        """All notices by name."""
        return dict(Notice._kinds)


_adapters: dict[str, TypeAdapter[Any]] = {}


def _adapter(cls: type[Notice]) -> TypeAdapter[Any]:
    # Building one takes a millisecond, and a notice is read and written for every message.
    if cls.__name__ not in _adapters:
        _adapters[cls.__name__] = TypeAdapter(cls)
    return _adapters[cls.__name__]


# --- to anybody ---------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Say(Notice):
    """A sentence of ``texts.vi.yaml``.

    Attributes:
        values: for the sentence's placeholders; ids, numbers, names of teams, never a citizen's words.
        menu: name of a row of buttons below it.
    """

    key: str
    values: Mapping[str, str | int] = field(default_factory=dict)
    menu: str = ""


# --- to a citizen ---------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Welcome(Notice):
    """The one plain screen of ``/start``."""

    consented: bool


@dataclass(frozen=True)
class ConsentOffer(Notice):
    """Below an answer given before consent; ``wanted`` when a person is waiting for it."""

    wanted: bool = False


@dataclass(frozen=True)
class PlaceChoices(Notice):
    """Several places fit what was typed; ``more``: others fit too, so the province is needed."""

    codes: tuple[str, ...]
    more: bool = False


@dataclass(frozen=True)
class PlaceKept(Notice):
    """The place is known now; ``via`` is the former name that was used."""

    code: str
    via: str = ""


@dataclass(frozen=True)
class GuideCard(Notice):
    """A guide.

    Attributes:
        section: the part that is open.
        resume_step: offers to go on at this step, left open days ago; 0: no offer.
        from_helper: sent by the person who holds the ticket.
        rated: the citizen said whether it helped.
    """

    guide: str
    request: int = 0
    section: Section = Section.MAIN
    resume_step: int = 0
    from_helper: bool = False
    rated: str = ""


@dataclass(frozen=True)
class GuideChoices(Notice):
    """Which of these is meant?"""

    request: int
    guides: tuple[str, ...]


@dataclass(frozen=True)
class SecondDoubt(Notice):
    """No third round: a sector's list, or a person."""

    request: int
    sector: str = ""


@dataclass(frozen=True)
class NotCovered(Notice):
    """A procedure that is not in the handbook."""

    request: int


@dataclass(frozen=True)
class StepScreen(Notice):
    """One step of a guide."""

    guide: str
    step: int
    request: int = 0


@dataclass(frozen=True)
class ResumeOffer(Notice):
    """Days later: go on where you stopped?"""

    guide: str
    step: int


@dataclass(frozen=True)
class SectorList(Notice):
    """All sectors."""


@dataclass(frozen=True)
class SectorGuides(Notice):
    """The guides of a sector."""

    sector: str
    page: int = 0


@dataclass(frozen=True)
class PlatformList(Notice):
    """The official apps and sites."""

    page: int = 0


@dataclass(frozen=True)
class PlatformCard(Notice):
    """One official app or site."""

    platform: str


@dataclass(frozen=True)
class MyRequests(Notice):
    """The citizen's own requests with their states."""

    person: int


@dataclass(frozen=True)
class CancelWhich(Notice):
    """Which of the tickets is to be cancelled?"""

    person: int


@dataclass(frozen=True)
class StuckQuestion(Notice):
    """What exactly does not work at this step?"""

    guide: str
    step: int
    request: int = 0


@dataclass(frozen=True)
class TicketOpened(Notice):
    """Your number, how many are before you, when to expect an answer.

    Attributes:
        ahead: tickets before this one.
        on_duty: somebody is on duty now.
        urgent: the words were urgent.
        described: the citizen said what it is about.
    """

    ticket: int
    ahead: int
    on_duty: bool
    urgent: bool
    described: bool


class News(StrEnum):
    """What happened to a citizen's ticket."""

    CLAIMED = "claimed"
    RETURNED = "returned"
    WAITING = "waiting"
    RESOLVED = "resolved"
    REFERRED = "referred"
    CANCELLED = "cancelled"
    CONFIRMED = "confirmed"
    REOPENED = "reopened"


@dataclass(frozen=True)
class TicketNews(Notice):
    """What happened to the citizen's ticket; ``office`` is a key of ``offices``."""

    ticket: int
    news: News
    office: str = ""


@dataclass(frozen=True)
class Received(Notice):
    """Your words went to the ticket, not to the search."""

    ticket: int
    claimed: bool


@dataclass(frozen=True)
class FileCheck(Notice):
    """Before a picture or file goes to a volunteer: nothing secret in it?"""

    ticket: int
    message: int


@dataclass(frozen=True)
class HelperCheck(Notice):
    """Is the one who writes to me really of the team?"""

    ticket: int


# --- between citizen and volunteer ----------------------------------------------------------------------------------


@dataclass(frozen=True)
class RelayedText(Notice):
    """Words of one side, to the other. ``author`` is the side that wrote."""

    repeat: ClassVar[Repeat] = Repeat.NEVER
    ticket: int
    message: int
    author: Side
    text: str
    reply_to: str = ""
    edited: bool = False
    forwarded: bool = False


@dataclass(frozen=True)
class RelayedCopy(Notice):
    """A picture, voice, file or place of one side, copied to the other."""

    repeat: ClassVar[Repeat] = Repeat.NEVER
    ticket: int
    message: int
    author: Side
    what: Kind
    from_chat: str
    from_message: str
    caption: str = ""
    reply_to: str = ""


@dataclass(frozen=True)
class AlbumItem:
    """One picture or file of an album, and where it stands at its author's."""

    what: Kind
    file: str
    from_chat: str
    from_message: str
    caption: str = ""


@dataclass(frozen=True)
class RelayedAlbum(Notice):
    """Pictures or files sent together."""

    repeat: ClassVar[Repeat] = Repeat.NEVER
    ticket: int
    message: int
    author: Side
    items: tuple[AlbumItem, ...]
    reply_to: str = ""


@dataclass(frozen=True)
class DeliveryDoubt(Notice):
    """To an author: it is not clear whether this arrived. ``row`` is the outbox row."""

    ticket: int
    row: int
    edited: bool = False


@dataclass(frozen=True)
class DeliveryFailed(Notice):
    """To an author: the other side cannot be reached, or the message was refused."""

    ticket: int
    reason: str
    author: Side


# --- to volunteers and admins ---------------------------------------------------------------------------------------


@dataclass(frozen=True)
class TicketCard(Notice):
    """A ticket as the whole team sees it."""

    ticket: int


@dataclass(frozen=True)
class HolderPanel(Notice):
    """A ticket as its holder sees it, with what can be done."""

    ticket: int


@dataclass(frozen=True)
class QueueList(Notice):
    """Tickets that wait, of a team."""

    team: int


@dataclass(frozen=True)
class MyTickets(Notice):
    """The tickets a member holds."""

    member: int


@dataclass(frozen=True)
class WhichTicket(Notice):
    """To whom of these are the words just written?"""

    member: int


@dataclass(frozen=True)
class GuidePick(Notice):
    """Choose a guide for a ticket: to send it (``send``) or as the one that would have answered (``close``)."""

    ticket: int
    purpose: str
    guides: tuple[str, ...]


@dataclass(frozen=True)
class OfficePick(Notice):
    """Choose the office a ticket goes to."""

    ticket: int


@dataclass(frozen=True)
class InviteLink(Notice):
    """A fresh invite, with buttons for other roles."""

    code: str
    role: str
    team: str
    days: int


@dataclass(frozen=True)
class MemberWelcome(Notice):
    """You are of the team now."""

    team: str
    role: str


@dataclass(frozen=True)
class StaffHelp(Notice):
    """What a member of this role can tell the bot to do."""

    team: str
    role: str


@dataclass(frozen=True)
class Statistics(Notice):
    """The figures of today and of seven days."""

    team: int = 0
    scope: str = "all"


@dataclass(frozen=True)
class PoisonReport(Notice):
    """To admins: updates that could not be handled; ids only."""

    rows: tuple[int, ...]


# --- to admins who edit guides ----------------------------------------------------------------------------------------


@dataclass(frozen=True)
class GuideFile(Notice):
    """A guide as a file to be changed and sent back, with buttons for small changes."""

    guide: str


@dataclass(frozen=True)
class GuideTemplate(Notice):
    """An empty guide with explanations, as a file."""

    guide: str


@dataclass(frozen=True)
class GuidesToEdit(Notice):
    """Which of these guides is to be changed?"""

    guides: tuple[str, ...]


@dataclass(frozen=True)
class FeesToEdit(Notice):
    """Which of the guide's fees is to be changed?"""

    guide: str


@dataclass(frozen=True)
class SectorPick(Notice):
    """To which sector does a new guide belong?"""

    version: int


@dataclass(frozen=True)
class GuideChange(Notice):
    """A change to a guide as it stands: being looked at, refused, to be decided, published.

    Attributes:
        part: what of the guide is shown: a section's name, or ``steps``.
        second: to an admin who is asked to confirm it.
    """

    version: int
    part: str = "main"
    second: bool = False


@dataclass(frozen=True)
class GuideHistory(Notice):
    """What was published of a guide, and by whom."""

    guide: str
