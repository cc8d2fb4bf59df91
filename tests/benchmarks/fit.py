"""Learns ``bot/matching/weights.py``: ``python -m tests.benchmarks.fit`` (some minutes; prints, ``--write`` writes).

In scope: each guide's utterances, a fold of them held out of the index, half of them in seeded noise. None: the
utterances of guides that are held out as a whole, and ``tests/content/out_of_scope.yaml``. The weights of a guide's
measures may not be negative: utterances of one guide differ from each other more than a citizen's question does
from them, so fitting freely learns to distrust likeness. Utterances are also harder than questions; therefore three
numbers (two scales and a shift) are then fitted on the golden questions. ``dev.jsonl`` takes no part.
"""

from __future__ import annotations

import random
import sys
from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from scipy.optimize import minimize

from bot.guides.catalogue import Entry
from bot.matching.evidence import GUIDE_MEASURES, NONE_MEASURES, SHORTLIST, Evidence
from bot.matching.lexicon import Lexicon
from tests.benchmarks.content import ROOT, catalogue, golden, out_of_scope
from tests.benchmarks.noise import CLASSES, noisy

FOLDS, GUIDE_FOLDS, PER_GUIDE = 4, 2, 8
Row = tuple[np.ndarray, np.ndarray, np.ndarray]  # measures, none measures, which are right (none last)


def measured(evidence: Evidence, entries: Sequence[Entry], question: str, gold: frozenset[str]) -> Row:
    order, measures, against = evidence.weigh(evidence.reader.read(question))
    right = np.zeros(SHORTLIST + 1)
    for place, number in enumerate(order):
        right[place] = entries[number].id in gold
    right[-1] = not gold
    padded = np.zeros((SHORTLIST, len(GUIDE_MEASURES)))
    padded[: len(measures)] = measures
    return padded, against, right


def held_out(entries: Sequence[Entry], lexicon: Lexicon, fold: int) -> list[Row]:
    """Utterances asked of an index that has not seen them."""
    rng = random.Random(fold)
    kept, asked = [], []
    for entry in entries:
        lines = list(entry.guide.asked_as)
        random.Random(entry.id).shuffle(lines)
        asked += [(line, frozenset({entry.id})) for line in lines[fold::FOLDS]]
        rest = tuple(line for n, line in enumerate(lines) if n % FOLDS != fold)
        kept.append(replace(entry, guide=entry.guide.model_copy(update={"asked_as": rest})))
    evidence = Evidence(kept, lexicon)
    rows = [measured(evidence, kept, _some_noise(line, rng), gold) for line, gold in asked]
    return [row for row in rows if row[2].any()]  # a guide off the shortlist teaches nothing


def without_guides(entries: Sequence[Entry], lexicon: Lexicon, fold: int) -> list[Row]:
    """Utterances of guides that are not there: near misses, every one."""
    rng = random.Random(fold)
    shuffled = sorted(entries, key=lambda e: e.id)
    random.Random(3).shuffle(shuffled)
    gone = shuffled[fold::5]
    kept = [e for e in entries if e not in gone]
    evidence = Evidence(kept, lexicon)
    lines = [line for e in gone for line in random.Random(e.id).sample(e.guide.asked_as, PER_GUIDE)]
    return [measured(evidence, kept, _some_noise(line, rng), frozenset()) for line in lines]


def _some_noise(line: str, rng: random.Random) -> str:
    return noisy(line, rng.choice(list(CLASSES))) if rng.random() < 0.8 else line


def chances(parts: tuple[np.ndarray, ...], theta: np.ndarray) -> np.ndarray:
    measures, against, _, real = parts
    scores = np.where(real, measures @ theta[: len(GUIDE_MEASURES)], -1e9)
    every = np.concatenate([scores, (against @ theta[len(GUIDE_MEASURES) :])[:, None]], axis=1)
    every = np.exp(every - every.max(axis=1, keepdims=True))
    return np.asarray(every / every.sum(axis=1, keepdims=True))


def stacked(rows: Sequence[Row]) -> tuple[np.ndarray, ...]:
    measures, against, right = (np.stack(part) for part in zip(*rows, strict=True))
    return measures, against, right, measures[:, :, -1] > 0  # the rank is never nought for a real guide


def fitted(rows: Sequence[Row], weights: np.ndarray) -> np.ndarray:
    """Weights by likelihood, a guide's own not below nought."""
    parts = stacked(rows)
    measures, against, right, _ = parts
    weights = weights / weights.sum()
    guide = len(GUIDE_MEASURES)

    def loss(theta: np.ndarray) -> tuple[float, np.ndarray]:
        every = chances(parts, theta)
        hit = (every * right).sum(axis=1)
        pull = (every - every * right / (hit[:, None] + 1e-12)) * weights[:, None]
        slope = np.concatenate([np.einsum("ij,ijk->k", pull[:, :-1], measures), pull[:, -1] @ against])
        return float(-(weights * np.log(hit + 1e-12)).sum() + 1e-4 * theta @ theta), slope + 2e-4 * theta

    bounds = [(0, None)] * guide + [(None, None)] * len(NONE_MEASURES)
    start = np.full(guide + len(NONE_MEASURES), 0.5)
    return np.asarray(minimize(loss, start, jac=True, method="L-BFGS-B", bounds=bounds, options={"maxiter": 800}).x)


def tempered(theta: np.ndarray, rows: Sequence[Row]) -> np.ndarray:
    """Two scales and a shift: how sure to be, on questions as people ask them."""
    parts = stacked(rows)
    guide = len(GUIDE_MEASURES)

    def changed(x: np.ndarray) -> np.ndarray:
        out = np.concatenate([theta[:guide] * x[0], theta[guide:] * x[1]])
        out[guide] += x[2]
        return out

    def loss(x: np.ndarray) -> float:
        return float(-np.log((chances(parts, changed(x)) * parts[2]).sum(axis=1) + 1e-9).mean())

    return changed(minimize(loss, np.array([1.0, 1.0, 0.0]), method="Nelder-Mead", options={"maxiter": 800}).x)


def main() -> None:
    entries = sorted(catalogue(), key=lambda e: e.id)
    lexicon = Lexicon(catalogue().vocabulary)
    asked = [row for fold in range(FOLDS) for row in held_out(entries, lexicon, fold)]
    gone = [row for fold in range(GUIDE_FOLDS) for row in without_guides(entries, lexicon, fold)]
    whole = Evidence(entries, lexicon)
    outside = [measured(whole, entries, line, frozenset()) for line in out_of_scope()]
    weights = np.concatenate([np.ones(len(asked)), np.full(len(gone), 0.25), np.full(len(outside), 3.0)])
    theta = fitted([*asked, *gone, *outside], weights)
    rng = random.Random(5)
    real = [
        row
        for q, gold in golden()
        for line in (q, _some_noise(q, rng))
        for row in [measured(whole, entries, line, gold)]
    ]
    theta = tempered(theta, [*(row for row in real if row[2].any()), *outside])
    guide = len(GUIDE_MEASURES)
    for name, value in zip((*GUIDE_MEASURES, *NONE_MEASURES), theta, strict=True):
        print(f"{name:18} {value:8.2f}")
    if "--write" in sys.argv:
        (ROOT / "bot/matching/weights.py").write_text(_module(theta[:guide], theta[guide:]), encoding="utf-8")


def _module(guide: np.ndarray, none: np.ndarray) -> str:
    def row(name: str, names: Sequence[str], values: np.ndarray) -> str:
        cells = "".join(f"    {value:.2f},  # {n}\n" for n, value in zip(names, values, strict=True))
        return f"{name} = (\n{cells})\n"

    head = (
        '"""Learned by ``python -m tests.benchmarks.fit --write``; run it after changing a measure, do not edit."""\n'
    )
    rows = row("GUIDE", GUIDE_MEASURES, guide) + row("NONE", NONE_MEASURES, none)
    return f"{head}\nfrom __future__ import annotations\n\n{rows}"


if __name__ == "__main__":
    main()
