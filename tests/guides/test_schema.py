from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from bot.errors import ContentError
from bot.guides import schema
from bot.guides.check import apply
from bot.guides.load import guide_files, read_guide
from bot.guides.official import OfficialHosts
from bot.guides.rules.shelf import Shelf
from bot.guides.template import TO_FILL, new_guide
from bot.yaml_source import parse

KNOWLEDGE = Path("knowledge")


def test_the_schema_is_up_to_date() -> None:
    """After a change of bot/guides/guide.py: python -m bot guides schema --write."""
    assert (KNOWLEDGE / schema.FILE).read_text(encoding="utf-8") == schema.as_text()


def test_every_field_is_explained_in_vietnamese() -> None:
    def unexplained(node: dict[str, Any], at: str) -> list[str]:
        found: list[str] = []
        for name, value in node.get("properties", {}).items():
            text = value.get("description", "")
            if text.isascii():
                found.append(f"{at}{name}")
            found += unexplained(value, f"{at}{name}.")
            found += unexplained(value.get("items", {}), f"{at}{name}.")
        return found

    assert [name for name in unexplained(schema.guide_schema(), "") if name not in _SAID_BY_THEIR_PARTS] == []


_SAID_BY_THEIR_PARTS = ("review",)


def test_nothing_in_the_schema_needs_another_file_or_a_newer_dialect() -> None:
    text = schema.as_text()
    assert "$ref" not in text
    assert "$defs" not in text
    assert '"additionalProperties": false' in text


def test_every_guide_names_the_schema_on_its_first_line() -> None:
    for path in guide_files(KNOWLEDGE):
        first = path.read_text(encoding="utf-8").partition("\n")[0]
        assert first == "# yaml-language-server: $schema=../guide.schema.json", path


def test_the_template_says_what_is_still_to_be_filled_in() -> None:
    text = new_guide("the-moi", date(2026, 11, 22))
    with pytest.raises(ContentError) as error:
        read_guide(text, "the-moi.yaml", "the-moi", "giay-to")
    lines = text.splitlines()
    for finding in error.value.findings:
        line = lines[int(finding.where.split(":")[1]) - 1]
        assert TO_FILL in line or line.startswith(("asked_as:", "summary:")), finding


def test_the_template_filled_in_is_a_right_guide() -> None:
    filled, number = "", 0
    for line in new_guide("the-moi", date(2026, 11, 22)).splitlines(keepends=True):
        if TO_FILL in line and not line.lstrip().startswith("#"):
            number += 1
            line = line.replace(TO_FILL, f"Chỗ này viết đủ chữ lần thứ {number}")
        filled += line
    page = read_guide(filled, "the-moi.yaml", "the-moi", "giay-to")
    assert apply(page, Shelf({"the-moi"}, {}, OfficialHosts({}), date(2026, 11, 22))) == []


def test_the_template_names_every_field() -> None:
    text = new_guide("the-moi", date(2026, 11, 22))
    uncommented = "\n".join(line.replace("# ", "", 1) for line in text.splitlines())
    for name in schema.guide_schema()["properties"]:
        assert f"\n{name}:" in uncommented, name
    assert parse(text, "x").data["review"]["review_by"] == "2027-11-22"
