"""Emergencies, in any spelling, and what only looks like one."""

from __future__ import annotations

import pytest

from bot.matching.matcher import Matcher
from tests.benchmarks.content import golden, listed
from tests.benchmarks.noise import noisy


@pytest.mark.parametrize("kind", [None, "strip", "telex", "vni", "chat"])
def test_emergencies_are_heard(matcher: Matcher, kind: str | None) -> None:
    questions = [noisy(q, kind) if kind else q for q in listed("urgent")["urgent"]]
    assert sum(matcher.match(q).urgent for q in questions) / len(questions) >= 0.8


@pytest.mark.parametrize("kind", [None, "strip", "telex"])
def test_no_false_alarm(matcher: Matcher, kind: str | None) -> None:
    for question in listed("urgent")["not_urgent"]:
        assert not matcher.match(noisy(question, kind) if kind else question).urgent, question


def test_golden_questions_raise_no_false_alarm(matcher: Matcher) -> None:
    near = {"lua-dao-bi-mat-tien", "lua-dao-nhan-biet", "mang-xa-hoi-bi-hack", "bao-ve-tre-em-tren-mang"}
    alarms = [q for q, gold in golden() if not gold & near and matcher.match(q).urgent]
    assert len(alarms) <= 3, alarms
