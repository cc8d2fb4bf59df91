"""To a citizen."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bot.model.notices.notice import Notice
from bot.model.states import Section


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
        opens_at: when the team's duty hours begin; None: now is one of them.
        usual_minutes: until the team usually answers; None: too few cases to say.
    """

    ticket: int
    ahead: int
    on_duty: bool
    urgent: bool
    described: bool
    opens_at: datetime | None = None
    usual_minutes: int | None = None


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
class TicketLate(Notice):
    """It takes longer than it should; the office is there, and he may go on waiting."""

    ticket: int


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
