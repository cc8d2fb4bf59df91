"""Speed, with pytest-benchmark: ``pytest tests/benchmarks --benchmark-only`` (skipped in the ordinary run)."""

from __future__ import annotations

import pytest
from pytest_benchmark.fixture import BenchmarkFixture
from rapidfuzz import fuzz

from bot.matching.matcher import Matcher
from tests.benchmarks.content import catalogue, golden, settings
from tests.benchmarks.peers import Ranker, bm25, rapid

QUESTIONS = [q for q, _ in golden()[::7]]


@pytest.fixture(scope="module")
def matcher() -> Matcher:
    return Matcher(catalogue(), settings())


def ask_all(rank: Ranker) -> int:
    return sum(len(rank(q)) for q in QUESTIONS)


@pytest.mark.benchmark(group="98 golden questions")
def test_this_matcher(benchmark: BenchmarkFixture, matcher: Matcher) -> None:
    benchmark(ask_all, lambda q: [c.guide for c in matcher.match(q).candidates])


@pytest.mark.benchmark(group="98 golden questions")
def test_bm25(benchmark: BenchmarkFixture) -> None:
    benchmark(ask_all, bm25(catalogue()))


@pytest.mark.benchmark(group="98 golden questions")
def test_token_set_ratio(benchmark: BenchmarkFixture) -> None:
    benchmark.pedantic(ask_all, (rapid(catalogue(), fuzz.token_set_ratio),), rounds=2)


@pytest.mark.benchmark(group="long and hostile")
@pytest.mark.parametrize(
    "text",
    [
        "tôi bị mất căn cước, giờ làm lại ở đâu. " * 102,
        "lafm laij cawn cuwowcs " * 178,
        "ế" + "\u0301" * 10_000,
        "a" * 4_000,
    ],
    ids=["4,096 characters", "4,096 of Telex", "10,000 marks", "one word of 4,000"],
)
def test_long(benchmark: BenchmarkFixture, matcher: Matcher, text: str) -> None:
    benchmark(matcher.match, text)
