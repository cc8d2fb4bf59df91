"""What each list of words is worth: ``python -m tests.benchmarks.without`` (a minute; the weights stay)."""

from __future__ import annotations

import random
from dataclasses import replace
from typing import Any

from bot.matching.evaluate import evaluate
from bot.matching.matcher import Matcher
from tests.benchmarks.content import catalogue, golden, out_of_scope, settings
from tests.benchmarks.noise import CLASSES, noisy
from tests.benchmarks.quality import line


def main() -> None:
    guides = catalogue()
    rng = random.Random(11)
    clean = [line(q, gold) for q, gold in golden()]
    rough = [line(noisy(q, rng.choice(list(CLASSES))), gold) for q, gold in golden()]
    outside = [line(q, frozenset()) for q in out_of_scope()]
    print("| without | clean top-1 | shown | wrong | noisy top-1 | shown | wrong | none: answered | offered |")
    print("|---|---|---|---|---|---|---|---|---|")
    for name in ("nothing", "concepts", "abbreviations", "teencode", "regional", "old_names", "elsewhere"):
        words = guides.vocabulary if name == "nothing" else guides.vocabulary.model_copy(update={name: {}})
        matcher = Matcher(replace(guides, vocabulary=words), settings())
        cells = []
        for asked, part, shown in (
            (clean, "in_scope", ("top1", "shown", "answered_wrong")),
            (rough, "in_scope", ("top1", "shown", "answered_wrong")),
            (outside, "none", ("falsely_answered", "falsely_offered")),
        ):
            report: Any = evaluate(matcher, asked).as_json()
            cells += [f"{report[part][figure]:.3f}" for figure in shown]
        print(f"| {name} | {' | '.join(cells)} |", flush=True)


if __name__ == "__main__":
    main()
