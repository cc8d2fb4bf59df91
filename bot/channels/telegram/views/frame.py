"""What every view works with, and the measure of a message."""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from telegram import InlineKeyboardButton

from bot.channels.telegram.keyboards import Press, Rows
from bot.config import Config
from bot.guides.catalogue import Catalogue, Entry
from bot.model.notices import Notice
from bot.model.people import Office
from bot.texts import Figure, Markup, Texts

# Telegram counts 4,096 UTF-16 units after reading the markup; kept below, since a card should not fill two screens.
_LONGEST = 3600
_BUTTON = 64
_TAG = re.compile(r"</?[bi]>")


@dataclass(frozen=True)
class Frame:
    """What a view may use; it awaits nothing."""

    texts: Texts
    config: Config
    catalogue: Catalogue
    bot_username: str
    now: datetime

    @property
    def zone(self) -> ZoneInfo:
        """The team's time zone."""
        return self.config.hours.zone

    @property
    def today(self) -> date:
        """Today, where the team is."""
        return self.now.astimezone(self.zone).date()

    def title(self, guide: str | None) -> str:
        """A guide's title; its id where the guide is gone."""
        entry = self.catalogue.get(guide) if guide else None
        return entry.guide.title if entry else guide or ""

    def short_title(self, guide: str | None) -> str:
        """A guide's title without what stands in brackets, where there is little room."""
        return self.title(guide).split(" (")[0]

    def entry(self, guide: str) -> Entry | None:
        """A guide."""
        return self.catalogue.get(guide)

    def place(self, code: str | None) -> str:
        """How a place is shown."""
        territories = self.catalogue.territories
        return territories.label(code) if code and territories.knows(code) else self.texts.plain("place.none")

    def button(self, key: str, press: Press, **figures: Figure) -> InlineKeyboardButton:
        """A button that tells the bot something."""
        return self.labelled(self.texts.plain(f"button.{key}", **figures), press)

    def labelled(self, label: str, press: Press) -> InlineKeyboardButton:
        """A button with a label of its own."""
        return InlineKeyboardButton(shorten(label), callback_data=press.pack())

    def link(self, key: str, url: str, **figures: Figure) -> InlineKeyboardButton:
        """A button that opens a page."""
        return InlineKeyboardButton(shorten(self.texts.plain(f"button.{key}", **figures)), url=url)


@dataclass(frozen=True)
class Document:
    """A file to send."""

    name: str
    content: str


@dataclass(frozen=True)
class Screen:
    """A message as Telegram gets it: text with markup, and buttons.

    Attributes:
        document: a file that the text then stands below; such a message is never edited.
    """

    text: str
    rows: Rows = field(default_factory=list)
    document: Document | None = None


Views = Mapping[type[Notice], Callable[[Any, Any, Frame], Screen]]
"""What shows each kind of notice, given the notice, its brief and the frame."""


def office_lines(office: Office, frame: Frame) -> list[Markup]:
    """Where people can come in person, when, and whom they can call first."""
    lines = [frame.texts("office.at", address=office.address)]
    if office.hours:
        lines.append(frame.texts("office.hours", hours=office.hours))
    if office.phone:
        lines.append(frame.texts("office.phone", phone=office.phone))
    return lines


def fit(lines: Sequence[str], cut: Markup | str = "…", longest: int = _LONGEST) -> str:
    """Lines as one text, whole lines left out at the end where it would grow too long."""
    kept: list[str] = []
    left = longest
    for line in lines:
        left -= shown_length(line) + 1
        if left < 0:
            kept.append(cut)
            break
        kept.append(line)
    return "\n".join(kept)


def shown_length(text: str) -> int:
    """How long Telegram finds a text with markup: read, and in UTF-16 units, of which an emoji has two."""
    return len(html.unescape(_TAG.sub("", text)).encode("utf-16-le")) // 2


def clipped(text: str, longest: int) -> str:
    """So much of a text as has ``longest`` of Telegram's units."""
    return text.encode("utf-16-le")[: 2 * longest].decode("utf-16-le", errors="ignore")


def shorten(text: str, longest: int = _BUTTON) -> str:
    """So many whole words of a text as fit a button; a very long word is cut within it."""
    if len(text) <= longest:
        return text
    between = text.rfind(" ", longest // 2, longest)
    return text[: between if between > 0 else longest - 1].rstrip(" ,;:.(«") + "…"


def day(moment: date | datetime, zone: ZoneInfo | None = None) -> str:
    """A date as people write it: 18/7/2026."""
    if isinstance(moment, datetime):
        moment = moment.astimezone(zone)
    return f"{moment.day}/{moment.month}/{moment.year}"


def clock(moment: datetime, zone: ZoneInfo) -> str:
    """A time of day: 7:30."""
    local = moment.astimezone(zone)
    return f"{local.hour}:{local.minute:02}"


def until(moment: datetime, frame: Frame) -> str:
    """A time of day; with its day where that is not today."""
    if moment.astimezone(frame.zone).date() == frame.today:
        return clock(moment, frame.zone)
    return when(moment, frame)


def when(moment: datetime, frame: Frame) -> str:
    """A time of day and its day, as people say it: «7:30 ngày mai», «7:30 thứ hai, ngày 30/11»."""
    local = moment.astimezone(frame.zone)
    days = (local.date() - frame.today).days
    key = {0: "today", 1: "tomorrow"}.get(days, "on_day")
    weekday = frame.texts.plain(f"weekday.{local.weekday()}")
    date = f"{local.day}/{local.month}" if 0 <= days < 300 else day(local)
    return frame.texts.plain(f"ticket.{key}", clock=clock(moment, frame.zone), weekday=weekday, date=date)


def money(amount: int) -> str:
    """An amount as people write it: 35.000."""
    return f"{amount:,}".replace(",", ".")


def age(texts: Texts, since: datetime, now: datetime) -> str:
    """How long ago, in one word and a number."""
    minutes = max(0, int((now - since).total_seconds() // 60))
    if minutes < 60:
        return texts.plain("work.minutes", n=minutes)
    if minutes < 48 * 60:
        return texts.plain("work.hours", n=minutes // 60)
    return texts.plain("work.days", n=minutes // 1440)
