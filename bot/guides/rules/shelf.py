"""What a guide is checked against."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from bot.guides.catalogue import Catalogue, Entry, Platform
from bot.guides.official import OfficialHosts
from bot.language import fold


@dataclass(frozen=True)
class Said:
    """An utterance of some guide.

    Attributes:
        folded: what is compared.
    """

    guide: str
    text: str
    folded: str


@dataclass(frozen=True)
class Shelf:
    """The other guides and whatever else a guide may name.

    Attributes:
        guides: all guide ids there are.
        said: utterances of the other guides that this one must not repeat.
        today: where findings depend on the date.
    """

    guides: Collection[str]
    platforms: Mapping[str, Platform]
    hosts: OfficialHosts
    today: date
    said: tuple[Said, ...] = field(default=(), repr=False)

    @classmethod
    def beside(cls, guide: str, catalogue: Catalogue, hosts: OfficialHosts, today: date) -> Shelf:
        """The shelf of a guide that is added to, or changed in, a catalogue."""
        said = utterances(entry for entry in catalogue if entry.id != guide)
        return cls({*catalogue.entries, guide}, catalogue.platforms, hosts, today, said)


def utterances(entries: Iterable[Entry]) -> tuple[Said, ...]:
    """Everything that guides are asked as."""
    return tuple(Said(entry.id, text, fold(text)) for entry in entries for text in entry.guide.asked_as)
