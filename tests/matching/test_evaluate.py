"""The figures others script against."""

from __future__ import annotations

import json

import pytest

from bot.errors import ContentError
from bot.matching.evaluate import evaluate
from bot.matching.matcher import Matcher

LINES = [
    json.dumps(row)
    for row in (
        {"q": "làm lại căn cước bị mất ở đâu", "gold": ["can-cuoc-cap-lai"], "noise": "clean"},
        {"q": "lam lai can cuoc bi mat o dau", "gold": ["can-cuoc-cap-lai", "gplx-doi"], "noise": "strip"},
        {"q": "đăng ký kết hôn", "gold": ["khai-sinh"], "noise": "clean"},
        {"q": "xin chào", "gold": ["none"], "noise": "clean"},
    )
]


def test_the_shape_of_the_report(matcher: Matcher) -> None:
    report = evaluate(matcher, [*LINES, "", "  "]).as_json()
    assert set(report) == {"in_scope", "none", "ms", "by"}
    inside = report["in_scope"]
    assert isinstance(inside, dict)
    assert set(inside) == {
        "n", "top1", "shown", "answered_right", "answered_wrong", "asked_back", "handed_over",
    }  # fmt: skip
    assert inside["n"] == 3
    last_four = inside["answered_right"] + inside["answered_wrong"] + inside["asked_back"] + inside["handed_over"]
    assert last_four == pytest.approx(1, abs=0.001)
    assert report["none"] == {"n": 1, "falsely_answered": 0.0, "falsely_offered": 0.0}
    assert set(report["by"]) == {"noise"}  # type: ignore[call-overload]
    assert set(report["by"]["noise"]) == {"clean", "strip"}  # type: ignore[index]
    assert set(report["ms"]) == {"p50", "p95", "p99"}  # type: ignore[call-overload]


def test_details_keep_the_order(matcher: Matcher) -> None:
    details = evaluate(matcher, LINES).details()
    assert [row["q"] for row in details] == [json.loads(line)["q"] for line in LINES]
    assert set(details[0]) == {"q", "outcome", "guide", "shown", "candidates"}


def test_every_bad_line_is_named(matcher: Matcher) -> None:
    with pytest.raises(ContentError) as caught:
        evaluate(matcher, ['{"q": 1, "gold": ["a"]}', "{", '{"q": "x", "gold": []}', LINES[0]], "f.jsonl")
    assert [finding.where for finding in caught.value.findings] == ["f.jsonl:1", "f.jsonl:2", "f.jsonl:3"]


def test_no_lines_no_figures(matcher: Matcher) -> None:
    assert evaluate(matcher, []).as_json()["in_scope"]["n"] == 0  # type: ignore[index]
