"""The figures must not fall; what they are is in bot/matching/README.md (``python -m tests.benchmarks.quality``)."""

from __future__ import annotations

from typing import Any

import pytest

from bot.matching.evaluate import evaluate
from bot.matching.matcher import Matcher
from tests.benchmarks.content import golden, listed, out_of_scope
from tests.benchmarks.noise import CLASSES, noisy
from tests.benchmarks.quality import line, reliability

# What only a benchmark asks: two kinds of noise at once.
COMPOUND = {"typos, no accents"}


def figures(matcher: Matcher, questions: list[tuple[str, frozenset[str]]], part: str = "in_scope") -> dict[str, Any]:
    report: Any = evaluate(matcher, [line(q, gold) for q, gold in questions]).as_json()
    return dict(report[part])


@pytest.fixture(scope="module")
def clean(matcher: Matcher) -> dict[str, Any]:
    return figures(matcher, golden())


def test_golden_questions(clean: dict[str, Any]) -> None:
    assert clean["n"] >= 500
    assert clean["top1"] >= 0.92 and clean["shown"] >= 0.95 and clean["answered_wrong"] <= 0.02
    assert clean["answered_right"] >= 0.70 and clean["handed_over"] <= 0.03


def test_out_of_scope_questions(matcher: Matcher) -> None:
    none = figures(matcher, [(q, frozenset()) for q in out_of_scope()], "none")
    assert none["falsely_answered"] <= 0.03 and none["falsely_offered"] <= 0.15


@pytest.mark.slow
@pytest.mark.parametrize("kind", sorted(CLASSES.keys() - COMPOUND))
def test_noise_costs_little(matcher: Matcher, clean: dict[str, Any], kind: str) -> None:
    under_noise = figures(matcher, [(noisy(q, kind), gold) for q, gold in golden()])
    assert under_noise["top1"] >= clean["top1"] - 0.03
    assert under_noise["answered_wrong"] <= 0.03


def test_confidence_means_what_it_says(matcher: Matcher) -> None:
    table = reliability(matcher, golden()[::2] + [(q, frozenset[str]()) for q in out_of_scope()[::2]])
    *_, (name, count, _, right) = table
    assert name == "0.9-1.0" and count >= 150 and right >= 0.9
    asked = sum(count for _, count, _, _ in table)
    assert sum(count * abs(said - right) for _, count, said, right in table) / asked <= 0.04


def test_two_requests(matcher: Matcher) -> None:
    rows = listed("two_requests")
    assert sum(set(row["gold"]) <= set(matcher.match(row["q"]).shown) for row in rows) / len(rows) >= 0.6


def test_denied_words(matcher: Matcher) -> None:
    rows = listed("negation")
    assert sum(row.get("not") in matcher.match(row["q"]).shown[:1] for row in rows) / len(rows) <= 0.1
