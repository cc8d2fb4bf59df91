"""A catalogue of the size of the national list: ``python -m tests.benchmarks.scale [guides]`` (6,500 by default).

Every made-up guide has 20 utterances recombined from the halves of real ones, and the rest of a real guide.
"""

from __future__ import annotations

import random
import resource
import sys
import time
from dataclasses import replace

import numpy as np

from bot.guides.catalogue import Catalogue
from bot.matching.matcher import Matcher
from tests.benchmarks.content import catalogue, golden, settings

PER_GUIDE = 20


def enlarged(guides: Catalogue, size: int) -> Catalogue:
    rng = random.Random(6500)
    lines = [line.split() for e in guides for line in e.guide.asked_as]
    real = list(guides)
    entries = dict(guides.entries)
    for number in range(size - len(real)):
        entry = rng.choice(real)
        asked = []
        for _ in range(PER_GUIDE):
            one, other = rng.choice(lines), rng.choice(lines)
            asked.append(" ".join([*one[: len(one) // 2 + 1], *other[len(other) // 2 :]])[:300])
        made = entry.guide.model_copy(update={"asked_as": tuple(asked), "title": asked[0][:160], "not_this": ()})
        entries[f"x-{number}"] = replace(entry, id=f"x-{number}", guide=made)
    return replace(guides, entries=entries)


def main() -> None:
    size = int(sys.argv[1]) if len(sys.argv) > 1 else 6500
    guides = enlarged(catalogue(), size) if size > len(catalogue()) else catalogue()
    before = time.process_time()
    held = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    matcher = Matcher(guides, settings())
    built = time.process_time() - before
    spent, right = [], 0
    for question, gold in golden()[::3]:
        start = time.process_time()
        match = matcher.match(question)
        spent.append((time.process_time() - start) * 1000)
        right += match.candidates[0].guide in gold
    highest = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    print(f"{len(guides)} guides: index {built:.1f} s, highest memory {highest / 1e3:.0f} MB ({held / 1e3:.0f} before)")
    print(f"p50/p95/p99 {' / '.join(f'{np.percentile(spent, p):.1f}' for p in (50, 95, 99))} ms")
    print(f"real guide first {right / len(spent):.3f} of {len(spent)}")


if __name__ == "__main__":
    main()
