"""What use cases work with: the real guides, and a matcher that finds nothing, for none of this is about finding."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import cast

import pytest

from bot import config
from bot.clock import Clock
from bot.guides.load import load
from bot.helpdesk.desk import Desk, Knowledge, Known, RecentWords
from bot.matching.matcher import Matcher
from bot.matching.result import Match
from tests.helpdesk.making import every_day

ROOT = Path(__file__).resolve().parents[2]


class _FindsNothing:
    def match(self, text: str, shown: tuple[str, ...] = ()) -> Match:
        return Match("none")


@pytest.fixture(scope="session")
def desk_at() -> Callable[[Clock], Desk]:
    """Gives a desk that goes by a clock; its guides are read once."""
    settings = every_day(config.load(ROOT / "config.yaml").config)
    known = Known(load(ROOT / "knowledge"), cast(Matcher, _FindsNothing()))

    def at(clock: Clock) -> Desk:
        knowledge = Knowledge(ROOT / "knowledge", settings, known)
        return Desk(settings, clock, knowledge, frozenset(), lambda: "code", RecentWords(timedelta(seconds=5)))

    return at
