"""What the use cases work with, beside the unit of work."""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from bot.clock import Clock
from bot.config import Config, Span
from bot.guides.catalogue import Catalogue
from bot.guides.load import Published, load
from bot.helpdesk.aside import aside
from bot.helpdesk.hours import Calendar
from bot.helpdesk.indexes import Indexes
from bot.matching.matcher import Matcher
from bot.model.ids import PersonId, RequestId


@dataclass(frozen=True)
class Known:
    """A catalogue with the matcher that was built from it."""

    catalogue: Catalogue
    matcher: Matcher


class Knowledge:
    """The catalogue in force. A reload replaces it whole; a broken one never does."""

    def __init__(self, root: Path, config: Config, known: Known | None = None) -> None:
        self.root = root
        self.indexes = Indexes()
        self._settings = config.matching
        if known:
            self.indexes.keep(known.catalogue, known.matcher)
        self._known = known
        self.version = (0, 0)

    @property
    def ready(self) -> bool:
        """Guides are loaded and indexed."""
        return self._known is not None

    @property
    def now(self) -> Known:
        """The catalogue and matcher in force: take once, use for the whole of a question."""
        assert self._known is not None, "guides are loaded before anything is served"
        return self._known

    async def reload(self, published: Published, version: tuple[int, int]) -> int:
        """Read everything again, beside the answers; how many guides are known now.

        Args:
            published: guides published from the chat.
            version: number of the newest of them, and of the last wish to read the files again.

        Raises:
            ContentError: the files are not right; what was in force stays.
        """
        if self._known is None:  # nobody waits for an answer yet
            return await self._read(asyncio.to_thread, published, version)
        async with aside() as run:
            return await self._read(run, published, version)

    async def _read(self, run: Callable[..., Awaitable[Any]], published: Published, version: tuple[int, int]) -> int:
        catalogue = await run(load, self.root, published)
        if self._known:
            # Indexing takes seconds; what a card says must not wait for it.
            self._known = Known(catalogue, self._known.matcher)
            self.version = version
        matcher = self.indexes.of(catalogue)
        if matcher is None:
            matcher = await run(Matcher, catalogue, self._settings)
            self.indexes.keep(catalogue, matcher)
        self._known = Known(catalogue, matcher)
        self.version = version
        return len(catalogue)


@dataclass
class RecentWords:
    """What somebody who has not agreed yet wrote in the last seconds.

    It lets the halves of a question that came in two messages be matched together without storing either. It is never
    written down: after a restart the halves are simply two questions.
    """

    keep: timedelta
    most: int = 10_000
    _words: OrderedDict[PersonId, tuple[RequestId, str, datetime]] = field(default_factory=OrderedDict)

    def put(self, person: PersonId, request: RequestId, text: str, now: datetime) -> None:
        """Remember for a few seconds."""
        self._words.pop(person, None)
        self._words[person] = (request, text, now)
        while self._words and (len(self._words) > self.most or now - next(iter(self._words.values()))[2] > self.keep):
            self._words.popitem(last=False)

    def get(self, person: PersonId, request: RequestId, now: datetime) -> str | None:
        """The words of this request, if they are still fresh."""
        known = self._words.get(person)
        return known[1] if known and known[0] == request and now - known[2] <= self.keep else None


@dataclass(frozen=True)
class Desk:
    """Everything a use case may need beside its unit of work.

    Attributes:
        admins: channel ids whose owners are admins of everything, by ``channel:id``.
        new_code: gives codes nobody can guess.
    """

    config: Config
    clock: Clock
    knowledge: Knowledge
    admins: frozenset[str]
    new_code: Callable[[], str]
    recent: RecentWords

    def calendar(self, *own: tuple[Span, ...] | None) -> Calendar:
        """The working calendar, with the first of ``own`` duty hours that are given instead of the common ones."""
        return Calendar.of(self.config.hours, *own)

    @property
    def catalogue(self) -> Catalogue:
        """The guides in force."""
        return self.knowledge.now.catalogue
