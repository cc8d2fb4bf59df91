"""How well questions with known answers are matched: the figures of ``guides evaluate``."""

from __future__ import annotations

import json
import time
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from bot.errors import ContentError, Finding
from bot.matching.matcher import Matcher
from bot.matching.result import Match

NONE = "none"
_RESERVED = ("q", "gold")


@dataclass(frozen=True)
class Asked:
    """One question and what became of it.

    Attributes:
        gold: guides of which any is right; empty where no guide answers it.
        marks: the line's other fields, to group by.
    """

    question: str
    gold: frozenset[str]
    marks: Mapping[str, str]
    match: Match
    milliseconds: float

    @property
    def top(self) -> str | None:
        """The best candidate, whatever the outcome."""
        return self.match.candidates[0].guide if self.match.candidates else None

    def detail(self) -> dict[str, object]:
        """The line of the details file."""
        return {
            "q": self.question,
            "outcome": self.match.outcome,
            "guide": self.match.guide,
            "shown": list(self.match.shown),
            "candidates": [{"guide": c.guide, "confidence": c.confidence} for c in self.match.candidates],
        }


@dataclass(frozen=True)
class Report:
    """All questions of a file."""

    asked: tuple[Asked, ...] = field(repr=False)

    def as_json(self) -> dict[str, object]:
        """The figures, in the shape others script against."""
        fields = sorted({name for one in self.asked for name in one.marks})
        by = {
            name: {
                value: _figures([a for a in self.asked if a.marks.get(name) == value])
                for value in sorted({a.marks[name] for a in self.asked if name in a.marks})
            }
            for name in fields
        }
        return {**_figures(self.asked), "by": by}

    def details(self) -> list[dict[str, object]]:
        """One entry a question, in order."""
        return [one.detail() for one in self.asked]

    def lines(self) -> list[str]:
        """The figures for people."""
        everything = self.as_json()
        told = [_told("tất cả", everything)]
        groups = everything["by"]
        assert isinstance(groups, dict)
        for name, values in groups.items():
            told += [_told(f"{name} = {value}", figures) for value, figures in values.items()]
        return told


def evaluate(matcher: Matcher, lines: Iterable[str], name: str = "") -> Report:
    """Ask every question of a file.

    Args:
        matcher: what is measured.
        lines: ``{"q": …, "gold": [ids] | ["none"], …}`` each; empty ones are passed over.
        name: the file's name, for mistakes in it.

    Raises:
        ContentError: every line that cannot be read.
    """
    questions: list[tuple[str, frozenset[str], dict[str, str]]] = []
    findings: list[Finding] = []
    for number, line in enumerate(lines, 1):
        if line.strip():
            try:
                questions.append(_parsed(line))
            except (ValueError, TypeError, KeyError):
                findings.append(Finding(f"{name}:{number}", 'phải là {"q": "câu hỏi", "gold": ["mã-bài"]}'))
    if findings:
        raise ContentError(findings)
    asked: list[Asked] = []
    for question, gold, marks in questions:
        before = time.perf_counter()
        match = matcher.match(question)
        asked.append(Asked(question, gold, marks, match, (time.perf_counter() - before) * 1000))
    return Report(tuple(asked))


def _parsed(line: str) -> tuple[str, frozenset[str], dict[str, str]]:
    row = json.loads(line)
    question, gold = row["q"], row["gold"]
    if not isinstance(question, str) or not isinstance(gold, list) or not gold:
        raise ValueError
    marks = {k: str(v) for k, v in row.items() if k not in _RESERVED and isinstance(v, str | int | bool)}
    return question, frozenset(str(g) for g in gold) - {NONE}, marks


def _figures(asked: Sequence[Asked]) -> dict[str, object]:
    inside = [one for one in asked if one.gold]
    outside = [one for one in asked if not one.gold]
    times = sorted(one.milliseconds for one in asked)
    return {
        "in_scope": {
            "n": len(inside),
            "top1": _share(inside, [one.top in one.gold for one in inside]),
            "shown": _share(inside, [bool(one.gold.intersection(one.match.shown)) for one in inside]),
            "answered_right": _share(inside, [one.match.guide in one.gold for one in inside]),
            "answered_wrong": _share(
                inside, [one.match.outcome == "answer" and one.match.guide not in one.gold for one in inside]
            ),
            "asked_back": _share(inside, [one.match.outcome == "choices" for one in inside]),
            "handed_over": _share(inside, [one.match.outcome == "none" for one in inside]),
        },
        "none": {
            "n": len(outside),
            "falsely_answered": _share(outside, [one.match.outcome == "answer" for one in outside]),
            "falsely_offered": _share(outside, [one.match.outcome == "choices" for one in outside]),
        },
        "ms": {f"p{p}": round(_percentile(times, p), 3) for p in (50, 95, 99)},
    }


def _share(of: Sequence[Asked], hits: Sequence[bool]) -> float:
    return round(sum(hits) / len(of), 4) if of else 0.0


def _percentile(ordered: Sequence[float], percent: int) -> float:
    return ordered[min(len(ordered) - 1, len(ordered) * percent // 100)] if ordered else 0.0


def _told(name: str, figures: Mapping[str, object]) -> str:
    inside, outside, spent = figures["in_scope"], figures["none"], figures["ms"]
    assert isinstance(inside, dict)
    assert isinstance(outside, dict)
    assert isinstance(spent, dict)
    said = [name]
    if inside["n"]:
        said.append(
            f"{inside['n']} câu có bài: đúng bài đầu {inside['top1']:.3f}, bài đúng được hiện {inside['shown']:.3f}, "
            f"trả lời đúng {inside['answered_right']:.3f}, trả lời sai {inside['answered_wrong']:.3f}, "
            f"hỏi lại {inside['asked_back']:.3f}, chuyển người {inside['handed_over']:.3f}"
        )
    if outside["n"]:
        said.append(
            f"{outside['n']} câu không có bài: trả lời nhầm {outside['falsely_answered']:.3f}, "
            f"mời chọn nhầm {outside['falsely_offered']:.3f}"
        )
    said.append(f"{spent['p50']:.1f}/{spent['p95']:.1f}/{spent['p99']:.1f} ms")
    return "; ".join(said)
