"""One matcher for all tests of this room: it takes seconds to build and never changes."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot import config
from bot.guides.catalogue import Catalogue
from bot.guides.load import load
from bot.matching.matcher import Matcher
from bot.matching.reading import Reader

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="session")
def catalogue() -> Catalogue:
    return load(ROOT / "knowledge")


@pytest.fixture(scope="session")
def settings() -> config.Matching:
    return config.load(ROOT / "config.yaml").config.matching


@pytest.fixture(scope="session")
def matcher(catalogue: Catalogue, settings: config.Matching) -> Matcher:
    return Matcher(catalogue, settings)


@pytest.fixture(scope="session")
def reader(matcher: Matcher) -> Reader:
    return matcher._evidence.reader
