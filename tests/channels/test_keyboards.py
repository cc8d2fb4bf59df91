"""What buttons carry: read back as written, and never more than Telegram takes."""

from __future__ import annotations

from dataclasses import fields
from typing import Any

import pytest

from bot.channels.telegram.keyboards import LIMIT_BYTES, Press, kinds, unpack
from bot.guides.catalogue import Catalogue
from bot.guides.load import load
from bot.model.states import Role, Section
from tests.e2e.house import ROOT

LARGEST = 2**31 - 1
LONGEST_GUIDE = "a" * 40
"""As the guides' schema allows."""
LONGEST: dict[str, Any] = {
    "int": LARGEST,
    "bool": True,
    "Section": max(Section, key=len),
    "Role": max(Role, key=len),
    "guide": LONGEST_GUIDE,
    "step": 15,
    "page": 99,
    "index": 99,
    "place": "12345678",
    "sector": "dat-dai-xay-dung",
    "platform": LONGEST_GUIDE,
    "office": "ngan-hang",
    "purpose": "close",
    "invite": "x" * 12,
    "part": "documents",
    "what": "office_address",
}


def longest(kind: type[Press]) -> Press:
    values = [LONGEST[f.name] if f.name in LONGEST else LONGEST[str(f.type)] for f in fields(kind)]
    return kind(*values)


@pytest.mark.parametrize("kind", kinds().values(), ids=lambda kind: kind.__name__)
def test_the_longest_payload_fits_and_is_read_back(kind: type[Press]) -> None:
    press = longest(kind)
    data = press.pack()
    assert len(data.encode()) <= LIMIT_BYTES
    assert unpack(data) == press


@pytest.mark.parametrize("data", ["", ":", "xx", "st", "st:1", "st:a:b:c", "cl:x", "cl:-1", "cl:1:2", "no:99999999999"])
def test_what_no_button_of_ours_carries_is_nothing(data: str) -> None:
    assert unpack(data) is None


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return load(ROOT / "knowledge")


def test_real_names_are_no_longer_than_supposed_here(catalogue: Catalogue) -> None:
    assert max(map(len, catalogue.sectors)) <= len(LONGEST["sector"])
    assert max(len(code) for code, *_ in catalogue.territories.rows()) <= len(LONGEST["place"])
    assert max(map(len, catalogue.entries)) <= len(LONGEST_GUIDE)
    assert max(map(len, catalogue.platforms)) <= len(LONGEST_GUIDE)
    assert max(len(entry.guide.steps) for entry in catalogue) <= LONGEST["step"]
