"""Run by hand: is each line of a guide found by the others? Prints top-1 per guide, worst first.

    python tests/content/leave_out.py [--folds 10] [--lines GUIDE]

A tenth of every guide's utterances is held out of the index and asked; ten times, until each was asked once. (Leaving
out one line at a time says the same and takes an hour.) A guide with a low figure is asked in words that belong to
another guide, or in situations no other line of it covers: give it more lines, or move some. ``--lines`` prints a
guide's misses, each with the guide that was found instead; ``--lines all`` those of every guide.
"""

from __future__ import annotations

import argparse
import random
from collections import Counter, defaultdict
from dataclasses import replace
from pathlib import Path

from bot import config
from bot.guides.catalogue import Catalogue
from bot.guides.load import load
from bot.matching.matcher import Matcher

_ROOT = Path(__file__).resolve().parents[2]
_WORST = 20


def held_out(catalogue: Catalogue, folds: int, settings: config.Matching) -> dict[str, list[tuple[str, list[str]]]]:
    """For every guide its lines, each with the guides found for it, best first."""
    lines = {}
    for entry in catalogue:
        shuffled = list(entry.guide.asked_as)
        random.Random(entry.id).shuffle(shuffled)
        lines[entry.id] = shuffled
    found = defaultdict(list)
    for fold in range(folds):
        kept = {
            entry.id: replace(
                entry,
                guide=entry.guide.model_copy(
                    update={"asked_as": tuple(t for n, t in enumerate(lines[entry.id]) if n % folds != fold)}
                ),
            )
            for entry in catalogue
        }
        matcher = Matcher(replace(catalogue, entries=kept), settings)
        for guide, texts in lines.items():
            found[guide] += [(t, [c.guide for c in matcher.match(t).candidates]) for t in texts[fold::folds]]
    return found


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--folds", type=int, default=10)
    parser.add_argument("--lines", help="a guide's id, or all")
    asked = parser.parse_args()
    found = held_out(load(_ROOT / "knowledge"), asked.folds, config.load(_ROOT / "config.yaml").config.matching)
    hits = {guide: sum(ids[:1] == [guide] for _, ids in rows) / len(rows) for guide, rows in found.items()}
    every = [(guide, ids) for guide, rows in found.items() for _, ids in rows]
    top1 = sum(ids[:1] == [guide] for guide, ids in every) / len(every)
    top4 = sum(guide in ids[:4] for guide, ids in every) / len(every)
    print(f"{len(every)} lines of {len(hits)} guides: top-1 {top1:.3f}, among the first four {top4:.3f}")
    shown = sorted(hits, key=hits.__getitem__) if asked.lines == "all" else sorted(hits, key=hits.__getitem__)[:_WORST]
    for guide in shown:
        instead = Counter(ids[0] if ids else "none" for _, ids in found[guide] if ids[:1] != [guide])
        others = ", ".join(f"{other} {number}" for other, number in instead.most_common(3))
        print(f"{hits[guide]:.2f} of {len(found[guide]):2} {guide}: {others}")
        if asked.lines == "all":
            _print_misses(guide, found[guide])
    if asked.lines in found and asked.lines != "all":
        _print_misses(asked.lines, found[asked.lines])


def _print_misses(guide: str, rows: list[tuple[str, list[str]]]) -> None:
    for text, ids in rows:
        if ids[:1] != [guide]:
            print(f"    «{text}» -> {ids[0] if ids else 'none'}")


if __name__ == "__main__":
    main()
