"""A desk for use cases that need no guides: the habits that are shipped, two communes, and no day off."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from typing import cast

from bot import config
from bot.clock import Clock
from bot.config import Config
from bot.guides.catalogue import Catalogue, Vocabulary
from bot.guides.places import Commune, Province
from bot.guides.territories import Territories
from bot.helpdesk.desk import Desk, Knowledge, Known, RecentWords
from bot.matching.matcher import Matcher

ROOT = Path(__file__).resolve().parents[2]
CONFIG = config.load(ROOT / "config.yaml").config
COMMUNE, NEIGHBOUR, PROVINCE = "27673", "27676", "79"

_PLACES = Territories(
    date(2025, 7, 1),
    [Province(PROVINCE, "Thành phố Hồ Chí Minh", "Hồ Chí Minh", "thanh-pho", (), ())],
    [Commune(COMMUNE, "xa", "An Thới Đông", PROVINCE), Commune(NEIGHBOUR, "xa", "Cần Giờ", PROVINCE)],
)
_NOTHING = Catalogue.of((), sectors={}, platforms={}, vocabulary=Vocabulary(), smalltalk={}, territories=_PLACES)


def every_day(settings: Config) -> Config:
    """The same habits, with duty on all days of the week: tests begin on a Sunday."""
    return settings.model_copy(update={"hours": settings.hours.model_copy(update={"days_off": ()})})


def a_desk(clock: Clock) -> Desk:
    settings = every_day(CONFIG)
    known = Known(_NOTHING, cast(Matcher, None))
    knowledge = Knowledge(ROOT / "knowledge", settings, known)
    return Desk(settings, clock, knowledge, frozenset(), lambda: "code", RecentWords(timedelta(seconds=5)))
