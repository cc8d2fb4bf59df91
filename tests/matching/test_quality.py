"""The figures must not fall; what they are is in bot/matching/README.md (``python -m tests.benchmarks.quality``)."""

from __future__ import annotations

import pytest

from bot.matching.evaluate import evaluate
from bot.matching.matcher import Matcher
from tests.benchmarks.content import golden, listed, out_of_scope
from tests.benchmarks.noise import CLASSES, noisy
from tests.benchmarks.quality import line


@pytest.fixture(scope="module")
def clean(matcher: Matcher) -> float:
    return top(matcher, golden())["top1"]


def top(matcher: Matcher, questions: list[tuple[str, frozenset[str]]]) -> dict[str, float]:
    return evaluate(matcher, [line(q, gold) for q, gold in questions]).as_json()["in_scope"]  # type: ignore[return-value]


def test_golden_questions(matcher: Matcher) -> None:
    figures = top(matcher, golden())
    assert figures["top1"] >= 0.90 and figures["shown"] >= 0.94 and figures["answered_wrong"] <= 0.03


def test_out_of_scope_questions(matcher: Matcher) -> None:
    none = evaluate(matcher, [line(q, frozenset()) for q in out_of_scope()]).as_json()["none"]
    assert none["falsely_answered"] <= 0.04 and none["falsely_offered"] <= 0.15  # type: ignore[index]


@pytest.mark.slow
@pytest.mark.parametrize("kind", sorted(CLASSES.keys() - {"typos, no accents"}))
def test_noise_costs_little(matcher: Matcher, clean: float, kind: str) -> None:
    assert top(matcher, [(noisy(q, kind), gold) for q, gold in golden()])["top1"] >= clean - 0.04


def test_two_requests(matcher: Matcher) -> None:
    rows = listed("two_requests")
    assert sum(set(row["gold"]) <= set(matcher.match(row["q"]).shown) for row in rows) / len(rows) >= 0.6


def test_denied_words(matcher: Matcher) -> None:
    rows = listed("negation")
    assert sum(row.get("not") in matcher.match(row["q"]).shown[:1] for row in rows) / len(rows) <= 0.1
