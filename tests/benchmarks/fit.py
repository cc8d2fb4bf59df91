"""Learns ``bot/matching/weights.py``: ``python -m tests.benchmarks.fit`` (a minute; prints, ``--write`` writes).

The nine weights are fitted by likelihood on questions as people ask them: the golden questions and the questions no
guide answers (``tests/content/``), each as it stands and in seeded noise. With a small weight three kinds of made
questions keep them honest where those are few: utterances asked of an index that has not seen them, utterances of
guides that are held out as a whole, and short pieces of utterances («làm lại thẻ»), meant for every guide that says
them, as often as it does. ``dev.jsonl`` takes no part. With ``--halves`` the figures of each half of the questions
under weights that have not seen it are printed as well.
"""

from __future__ import annotations

import random
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from scipy.optimize import minimize

from bot.guides.catalogue import Entry, Vocabulary
from bot.matching.evidence import GUIDE_MEASURES, NONE_MEASURES, SHORTLIST, Evidence
from bot.matching.lexicon import split
from bot.matching.smalltalk import SmallTalkFinder
from tests.benchmarks.content import ROOT, catalogue, golden, out_of_scope
from tests.benchmarks.noise import CLASSES, noisy

_FOLDS, _GUIDE_FOLDS, _PER_GUIDE = 4, 3, 8
_PIECES, _FEWEST, _WORDS = 1_500, 4, (1, 2, 3, 4)
_WEIGHT = {"golden": 2.0, "golden, noisy": 1.0, "outside": 2.0, "outside, noisy": 1.0, "held out": 0.05,
           "guide held out": 0.05, "piece": 0.05}  # fmt: skip
_NONE = "none"


@dataclass(frozen=True)
class Row:
    """A question measured.

    Attributes:
        meant: how likely each shortlisted guide is meant, and, last, none of them.
    """

    kind: str
    question: str
    measures: np.ndarray
    against: np.ndarray
    meant: np.ndarray


class Measurer:
    """Measures questions against some guides."""

    def __init__(self, entries: Sequence[Entry], vocabulary: Vocabulary) -> None:
        self._entries = entries
        self._evidence = Evidence(entries, vocabulary)

    def row(self, kind: str, question: str, meant: Mapping[str, float]) -> Row:
        order, measures, against = self._evidence.weigh(self._evidence.reader.read(question))
        right = np.zeros(SHORTLIST + 1)
        for place, number in enumerate(order):
            right[place] = meant.get(self._entries[number].id, 0.0)
        right[-1] = meant.get(_NONE, 0.0)
        padded = np.zeros((SHORTLIST, len(GUIDE_MEASURES)))
        padded[: len(measures)] = measures
        return Row(kind, question, padded, against, right)


def held_out(entries: Sequence[Entry], vocabulary: Vocabulary, fold: int) -> list[Row]:
    """Utterances asked of an index that has not seen them."""
    rng = random.Random(fold)
    kept, asked = [], []
    for entry in entries:
        lines = list(entry.guide.asked_as)
        random.Random(entry.id).shuffle(lines)
        asked += [(line, entry.id) for line in lines[fold::_FOLDS]]
        rest = tuple(line for n, line in enumerate(lines) if n % _FOLDS != fold)
        kept.append(replace(entry, guide=entry.guide.model_copy(update={"asked_as": rest})))
    measurer = Measurer(kept, vocabulary)
    return [measurer.row("held out", _some_noise(line, rng), {guide: 1.0}) for line, guide in asked]


def without_guides(entries: Sequence[Entry], vocabulary: Vocabulary, fold: int) -> list[Row]:
    """Utterances of guides that are not there: near misses, every one."""
    rng = random.Random(fold)
    shuffled = list(entries)
    random.Random(3).shuffle(shuffled)
    gone = shuffled[fold::5]
    measurer = Measurer([e for e in entries if e not in gone], vocabulary)
    lines = [line for e in gone for line in random.Random(e.id).sample(e.guide.asked_as, _PER_GUIDE)]
    return [measurer.row("guide held out", _some_noise(line, rng), {_NONE: 1.0}) for line in lines]


def pieces(entries: Iterable[Entry]) -> list[tuple[str, dict[str, float]]]:
    """Short runs of words that utterances share, and whose they are."""
    said: dict[tuple[str, ...], Counter[str]] = defaultdict(Counter)
    for entry in entries:
        for line in (entry.guide.title, entry.guide.title, *entry.guide.asked_as):
            words = [w.toned or w.folded for w in split(line)]
            for count in _WORDS:
                for run in set(zip(*(words[at:] for at in range(count)), strict=False)):
                    said[run][entry.id] += 1
    often = sorted(run for run, owners in said.items() if owners.total() >= _FEWEST and len(" ".join(run)) > 4)
    chosen = random.Random(5).sample(often, min(_PIECES, len(often)))
    return [(" ".join(run), {g: n / said[run].total() for g, n in said[run].items()}) for run in chosen]


def _some_noise(line: str, rng: random.Random) -> str:
    return noisy(line, rng.choice(list(CLASSES))) if rng.random() < 0.8 else line


def rows() -> list[Row]:
    guides = catalogue()
    entries = sorted(guides, key=lambda e: e.id)
    found = [row for fold in range(_FOLDS) for row in held_out(entries, guides.vocabulary, fold)]
    found += [row for fold in range(_GUIDE_FOLDS) for row in without_guides(entries, guides.vocabulary, fold)]
    whole = Measurer(entries, guides.vocabulary)
    rng = random.Random(5)
    talk = SmallTalkFinder(guides.smalltalk)
    asked = [("golden", q, {guide: 1 / len(gold) for guide in gold}) for q, gold in golden()]
    asked += [("outside", q, {_NONE: 1.0}) for q in out_of_scope() if not talk.kind(split(q[:200]), split(q[:200]))]
    for kind, question, meant in asked:
        found += [whole.row(kind, question, meant), whole.row(f"{kind}, noisy", _some_noise(question, rng), meant)]
    return found + [whole.row("piece", piece, meant) for piece, meant in pieces(entries)]


def chances(measures: np.ndarray, against: np.ndarray, theta: np.ndarray) -> np.ndarray:
    """Probabilities of the guides of the shortlists and of none."""
    real = measures.any(axis=2)
    scores = np.where(real, measures @ theta[: len(GUIDE_MEASURES)], -1e9)
    every = np.concatenate([scores, (against @ theta[len(GUIDE_MEASURES) :])[:, None]], axis=1)
    every = np.exp(every - every.max(axis=1, keepdims=True))
    return np.asarray(every / every.sum(axis=1, keepdims=True))


def fitted(found: Sequence[Row]) -> np.ndarray:
    """Weights by likelihood, a guide's own not below nought."""
    taught = [row for row in found if row.meant.any()]  # a guide off the shortlist teaches nothing
    measures, against = np.stack([r.measures for r in taught]), np.stack([r.against for r in taught])
    meant = np.stack([r.meant / r.meant.sum() for r in taught])
    weights = np.array([_WEIGHT[r.kind] for r in taught])
    weights /= weights.sum()

    def loss(theta: np.ndarray) -> tuple[float, np.ndarray]:
        every = chances(measures, against, theta)
        pull = (every - meant) * weights[:, None]
        slope = np.concatenate([np.einsum("ij,ijk->k", pull[:, :-1], measures), pull[:, -1] @ against])
        said = (meant * np.log(every + 1e-12)).sum(axis=1)
        return float(-(weights * said).sum() + 3e-6 * theta @ theta), slope + 6e-6 * theta

    bounds = [(0, None)] * len(GUIDE_MEASURES) + [(None, None)] * len(NONE_MEASURES)
    start = np.full(len(bounds), 0.5)
    return np.asarray(minimize(loss, start, jac=True, method="L-BFGS-B", bounds=bounds, options={"maxiter": 800}).x)


def halves(found: Sequence[Row]) -> None:
    """What weights that have not seen a half of the questions make of it, by cut-off."""
    real = {"golden", "golden, noisy", "outside", "outside, noisy"}
    second = [random.Random(row.question).random() < 0.5 for row in found]
    judged: dict[str, list[np.ndarray]] = defaultdict(list)
    right: dict[str, list[np.ndarray]] = defaultdict(list)
    for half in (False, True):
        theta = fitted([r for r, other in zip(found, second, strict=True) if r.kind not in real or other == half])
        asked = [r for r, other in zip(found, second, strict=True) if r.kind in real and other != half]
        every = chances(np.stack([r.measures for r in asked]), np.stack([r.against for r in asked]), theta)
        for row, chance in zip(asked, every, strict=True):
            judged[row.kind].append(chance)
            right[row.kind].append(row.meant > 0)
    for kind in sorted(judged):
        every, hit = np.stack(judged[kind]), np.stack(right[kind])
        order = np.argsort(-every[:, :-1], axis=1)[:, :4]
        ranked, good = np.take_along_axis(every, order, 1), np.take_along_axis(hit, order, 1)
        loss = -np.log((every * hit).sum(axis=1) + 1e-9).mean()
        print(f"{kind}: {len(every)} questions, loss {loss:.4f}, top-1 {good[:, 0].mean():.3f}")
        for answer in (0.7, 0.75, 0.8, 0.85, 0.9):
            sure = ranked[:, 0] >= answer
            print(
                f"  answer {answer:.2f}: right {(sure & good[:, 0]).mean():.3f} wrong {(sure & ~good[:, 0]).mean():.3f}"
            )
        for offer in (0.2, 0.25, 0.3, 0.35, 0.4):
            some = 1 - every[:, -1] >= offer
            print(
                f"  offer {offer:.2f}: some shown {some.mean():.3f}, gold shown {(some & good.any(axis=1)).mean():.3f}"
            )


def main() -> None:
    found = rows()
    if "--halves" in sys.argv:
        halves(found)
    theta = fitted(found)
    guide = len(GUIDE_MEASURES)
    for name, value in zip((*GUIDE_MEASURES, *NONE_MEASURES), theta, strict=True):
        print(f"{name:18} {value:8.2f}")
    if "--write" in sys.argv:
        (ROOT / "bot/matching/weights.py").write_text(_module(theta[:guide], theta[guide:]), encoding="utf-8")


def _module(guide: np.ndarray, none: np.ndarray) -> str:
    def table(name: str, names: Sequence[str], values: np.ndarray) -> str:
        cells = "".join(f"    {value:.2f},  # {n}\n" for n, value in zip(names, values, strict=True))
        return f"{name} = (\n{cells})\n"

    head = (
        '"""Learned by ``python -m tests.benchmarks.fit --write``; run it after changing a measure, do not edit."""\n'
    )
    weights = table("GUIDE", GUIDE_MEASURES, guide) + table("NONE", NONE_MEASURES, none)
    return f"{head}\nfrom __future__ import annotations\n\n{weights}"


if __name__ == "__main__":
    main()
