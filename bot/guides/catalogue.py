"""All of ``knowledge/`` in one immutable value."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from types import MappingProxyType
from typing import Any, Literal

from pydantic import Field

from bot.guides.guide import Guide, GuideId, Line, Part, ShortLine, Url
from bot.guides.ready_replies import StartingReplies
from bot.guides.territories import Territories


class Platform(Part):
    """An official app or site."""

    name: ShortLine
    serves: Line
    url: Url | None = None
    android: Url | None = None
    ios: Url | None = None
    status: Literal["active", "closed", "merged"] = "active"
    merged_into: GuideId | None = None
    note: Line | None = None
    checked_on: date | None = None


class Vocabulary(Part):
    """Words people use, for the matcher.

    Attributes:
        abbreviations: short form -> what it stands for (several where it depends).
        teencode: chat spelling -> word.
        regional: a region's word -> common word.
        old_names: former name of a paper, office or place -> today's.
        concepts: a meaning shared by guides -> phrases that say it.
        elsewhere: what people also ask and no guide answers: ``procedures``, ``topics``; ``words`` of public business.
    """

    abbreviations: Mapping[str, tuple[str, ...]] = Field(default_factory=dict)
    teencode: Mapping[str, str] = Field(default_factory=dict)
    regional: Mapping[str, str] = Field(default_factory=dict)
    old_names: Mapping[str, str] = Field(default_factory=dict)
    concepts: Mapping[str, tuple[str, ...]] = Field(default_factory=dict)
    elsewhere: Mapping[str, tuple[str, ...]] = Field(default_factory=dict)


class SmallTalk(Part):
    """One kind of small talk; the answer is the text ``smalltalk.<kind>``."""

    asked_as: tuple[str, ...] = Field(min_length=1)


@dataclass(frozen=True)
class Entry:
    """A guide in its place.

    Attributes:
        content_hash: of the guide's meaning, not its layout; kept with every answer.
        where: ``path`` of its file.
        text: the YAML it was read from.
    """

    id: str
    sector: str
    guide: Guide
    content_hash: str
    where: str
    text: str = field(default="", repr=False)


@dataclass(frozen=True)
class Catalogue:
    """What is known, at one moment. Never changes; a reload makes another."""

    entries: Mapping[str, Entry]
    sectors: Mapping[str, str]
    platforms: Mapping[str, Platform]
    vocabulary: Vocabulary
    smalltalk: Mapping[str, SmallTalk]
    territories: Territories
    _related: Mapping[str, tuple[str, ...]] = field(default_factory=dict, repr=False)
    ready_replies: Mapping[str, StartingReplies] = field(default_factory=dict, repr=False)

    @classmethod
    def of(
        cls,
        entries: Iterable[Entry],
        *,
        sectors: Mapping[str, str],
        platforms: Mapping[str, Platform],
        vocabulary: Vocabulary,
        smalltalk: Mapping[str, SmallTalk],
        territories: Territories,
        ready_replies: Mapping[str, StartingReplies] = MappingProxyType({}),
    ) -> Catalogue:
        """Put the parts together; ``related`` is made symmetric here."""
        by_id = {entry.id: entry for entry in entries}
        related: dict[str, dict[str, None]] = {guide_id: {} for guide_id in by_id}
        for guide_id, entry in by_id.items():
            for other in entry.guide.related:
                if other in related and other != guide_id:
                    related[guide_id][other] = None
                    related[other].setdefault(guide_id)
        return cls(
            MappingProxyType(by_id),
            MappingProxyType(dict(sectors)),
            MappingProxyType(dict(platforms)),
            vocabulary,
            MappingProxyType(dict(smalltalk)),
            territories,
            MappingProxyType({k: tuple(v) for k, v in related.items()}),
            MappingProxyType(dict(ready_replies)),
        )

    def __reduce__(self) -> tuple[Any, ...]:
        """A catalogue read in another process is put together anew here: read-only views cannot be pickled."""
        return (partial(Catalogue.of, **self._parts()), (tuple(self),))

    def __iter__(self) -> Iterator[Entry]:
        return iter(self.entries.values())

    def __len__(self) -> int:
        return len(self.entries)

    def get(self, guide_id: str) -> Entry | None:
        """The guide, or None where there is none (any more)."""
        return self.entries.get(guide_id)

    def with_entry(self, entry: Entry) -> Catalogue:
        """The same with one guide added or changed."""
        return Catalogue.of({**self.entries, entry.id: entry}.values(), **self._parts())

    def _parts(self) -> dict[str, Any]:
        return {
            "sectors": dict(self.sectors),
            "platforms": dict(self.platforms),
            "vocabulary": self.vocabulary,
            "smalltalk": dict(self.smalltalk),
            "territories": self.territories,
            "ready_replies": dict(self.ready_replies),
        }

    def in_sector(self, sector: str) -> tuple[Entry, ...]:
        """The guides of a sector, in the order of their titles."""
        return tuple(sorted((e for e in self if e.sector == sector), key=lambda e: e.guide.title))

    def related(self, guide_id: str) -> tuple[str, ...]:
        """Guides that belong together, whichever of the two names the other."""
        return self._related.get(guide_id, ())
