"""To admins who edit guides."""

from __future__ import annotations

from dataclasses import dataclass

from bot.model.notices.notice import Notice


@dataclass(frozen=True)
class GuideFile(Notice):
    """A guide as a file to be changed and sent back, with buttons for small changes."""

    guide: str


@dataclass(frozen=True)
class GuideTemplate(Notice):
    """An empty guide with explanations, as a file."""

    guide: str


@dataclass(frozen=True)
class OverdueGuides(Notice):
    """To admins: guides that should have been reviewed by now, longest overdue first.

    Attributes:
        more: how many there are beside these.
    """

    guides: tuple[str, ...]
    more: int = 0


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
