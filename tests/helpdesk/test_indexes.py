from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from bot import config
from bot.guides.catalogue import Catalogue
from bot.guides.guide import Fee, Guide
from bot.guides.load import load
from bot.helpdesk.indexes import Indexes
from bot.matching.matcher import Matcher
from tests.guides.making import guide, knowledge


@pytest.fixture
def catalogue(tmp_path: Path) -> Catalogue:
    return load(knowledge(tmp_path, the_moi=guide(), the_cu=guide(title="Việc khác")))


def changed(catalogue: Catalogue, **fields: object) -> Catalogue:
    entry = catalogue.entries["the-moi"]
    return catalogue.with_entry(replace(entry, guide=entry.guide.model_copy(update=fields)))


def built(indexes: Indexes, catalogue: Catalogue) -> Matcher:
    matcher = Matcher(catalogue, config.load().config.matching)
    indexes.keep(catalogue, matcher)
    return matcher


def test_what_no_matcher_reads_needs_no_new_one(catalogue: Catalogue) -> None:
    indexes = Indexes()
    matcher = built(indexes, catalogue)
    assert indexes.of(changed(catalogue, notice="Đang bảo trì")) is matcher
    fees = (Fee(what="Làm thẻ", amount_vnd=1), Fee(what="Làm thẻ", amount_vnd=2))
    assert indexes.of(changed(catalogue, fees=fees[:1])) is None
    priced = built(indexes, changed(catalogue, fees=fees[:1]))
    assert indexes.of(changed(catalogue, fees=fees)) is priced


@pytest.mark.parametrize("field", ["title", "audience", "asked_as", "summary", "time", "result", "urgent"])
def test_what_a_matcher_reads_makes_a_new_one(catalogue: Catalogue, field: str) -> None:
    indexes = Indexes()
    built(indexes, catalogue)
    values: dict[str, object] = {"asked_as": (*catalogue.entries["the-moi"].guide.asked_as, "câu mới"), "urgent": True}
    assert indexes.of(changed(catalogue, **{field: values.get(field, "Chữ khác hẳn")})) is None


def test_every_field_is_on_one_side() -> None:
    """Whoever adds a field to guides, or lets matchers read another, looks at bot/helpdesk/indexes.py."""
    not_read = {"review", "legal", "online", "platforms", "procedure_codes", "related", "notice", "agency", "fees"}
    read = {"title", "kind", "audience", "asked_as", "not_this", "summary", "in_person", "documents", "steps", "time"}
    assert read | {"result", "warnings", "urgent"} | not_read == set(Guide.model_fields)
    source = "".join(path.read_text(encoding="utf-8") for path in Path("bot/matching").glob("*.py"))
    assert [name for name in not_read - {"fees"} if f"guide.{name}" in source or f"g.{name}" in source] == []


def test_only_the_last_two_are_kept(catalogue: Catalogue) -> None:
    indexes = Indexes()
    first = built(indexes, catalogue)
    built(indexes, changed(catalogue, title="Một"))
    assert indexes.of(catalogue) is first
    built(indexes, changed(catalogue, title="Hai"))
    assert indexes.of(catalogue) is first, "it was asked for since"
    built(indexes, changed(catalogue, title="Ba"))
    built(indexes, changed(catalogue, title="Bốn"))
    assert indexes.of(catalogue) is None
