"""The quality table of the matcher: ``python -m tests.benchmarks.quality``; figures stand in bot/matching/README.md."""

from __future__ import annotations

import json
import time

from bot.matching.evaluate import evaluate
from bot.matching.matcher import Matcher
from tests.benchmarks.content import catalogue, golden, listed, out_of_scope, settings
from tests.benchmarks.noise import CLASSES, noisy


def line(question: str, gold: frozenset[str], **marks: str) -> str:
    return json.dumps({"q": question, "gold": sorted(gold) or ["none"], **marks}, ensure_ascii=False)


def reliability(matcher: Matcher, questions: list[tuple[str, frozenset[str]]]) -> list[tuple[str, int, float, float]]:
    """How often the best candidate is right, by its confidence."""
    bins: dict[int, list[tuple[float, bool]]] = {}
    for question, gold in questions:
        match = matcher.match(question)
        if match.candidates:
            best = match.candidates[0]
            bins.setdefault(min(9, int(best.confidence * 10)), []).append((best.confidence, best.guide in gold))
    table = []
    for number, rows in sorted(bins.items()):
        said, right = (sum(column) / len(rows) for column in zip(*rows, strict=True))
        table.append((f"{number / 10:.1f}-{number / 10 + 0.1:.1f}", len(rows), said, right))
    return table


def main() -> None:
    before = time.process_time()
    matcher = Matcher(catalogue(), settings())
    print(f"index: {time.process_time() - before:.1f} s of one core")
    asked = golden()
    print("golden:", *evaluate(matcher, [line(q, g) for q, g in asked]).lines(), sep="\n  ")
    clean = evaluate(matcher, [line(q, g) for q, g in asked]).as_json()["in_scope"]
    for kind in CLASSES:
        figures = evaluate(matcher, [line(noisy(q, kind), g) for q, g in asked]).as_json()["in_scope"]
        behind = clean["top1"] - figures["top1"]  # type: ignore[index]
        print(f"  {kind:18} top-1 {figures['top1']:.3f} ({behind:+.3f} behind clean), shown {figures['shown']:.3f}, "  # type: ignore[index]
              f"wrong {figures['answered_wrong']:.3f}")  # type: ignore[index]  # fmt: skip
    outside = [(q, frozenset[str]()) for q in out_of_scope()]
    print("out of scope:", *evaluate(matcher, [line(q, g) for q, g in outside]).lines(), sep="\n  ")
    two = [(row["q"], frozenset(row["gold"])) for row in listed("two_requests")]
    print(f"two requests, both shown: {sum(g <= set(matcher.match(q).shown) for q, g in two) / len(two):.3f}")
    denied = listed("negation")
    astray = sum(row.get("not") in matcher.match(row["q"]).shown[:1] for row in denied)
    print(f"denied words lead astray: {astray / len(denied):.3f}")
    for kind, questions in listed("urgent").items():
        print(f"{kind}: taken for urgent {sum(matcher.match(q).urgent for q in questions) / len(questions):.3f}")
    print("reliability: confidence, questions, said, right")
    for name, count, said, right in reliability(matcher, asked + outside):
        print(f"  {name} {count:5} {said:.2f} {right:.2f}")


if __name__ == "__main__":
    main()
