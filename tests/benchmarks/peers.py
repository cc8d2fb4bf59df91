"""This matcher beside what most bots use, same guides, same questions, one run: ``python -m tests.benchmarks.peers``.

Each peer gets the titles and all utterances, folded text, and Telex and VNI decoded for it as well (more than a bot
that uses it would do). Times are processor time of one core a question.
"""

from __future__ import annotations

import random
import time
from collections.abc import Callable

import bm25s
import numpy as np
from rapidfuzz import fuzz, process
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline, make_union

from bot.guides.catalogue import Catalogue
from bot.language import decode_typing, fold
from bot.matching.matcher import Matcher
from tests.benchmarks.content import catalogue, golden, settings
from tests.benchmarks.noise import CLASSES, noisy

Ranker = Callable[[str], list[str]]  # the best guides, best first


def plain(text: str) -> str:
    return fold(decode_typing(text))


def rows(guides: Catalogue) -> tuple[list[str], list[str]]:
    pairs = [(plain(line), e.id) for e in guides for line in (e.guide.title, *e.guide.asked_as)]
    return [line for line, _ in pairs], [guide for _, guide in pairs]


def _first_four(owners: list[str], order: list[int]) -> list[str]:
    return list(dict.fromkeys(owners[i] for i in order))[:4]


def rapid(guides: Catalogue, scorer: Callable[..., float]) -> Ranker:
    lines, owners = rows(guides)
    return lambda q: _first_four(owners, [i for _, _, i in process.extract(plain(q), lines, scorer=scorer, limit=60)])


def bm25(guides: Catalogue) -> Ranker:
    lines, owners = rows(guides)
    index = bm25s.BM25()
    index.index([line.split() for line in lines], show_progress=False)

    def rank(question: str) -> list[str]:
        scores = index.get_scores(plain(question).split() or ["?"])
        return _first_four(owners, np.argsort(-scores, kind="stable")[:200].tolist())

    return rank


def logistic(guides: Catalogue) -> Ranker:
    lines, owners = rows(guides)
    words = TfidfVectorizer(token_pattern=r"\S+", ngram_range=(1, 2), sublinear_tf=True)
    pieces = TfidfVectorizer(analyzer="char_wb", ngram_range=(2, 5), sublinear_tf=True)
    model = make_pipeline(make_union(words, pieces), LogisticRegression(C=30, max_iter=200)).fit(lines, owners)
    return lambda q: model.classes_[np.argsort(-model.predict_proba([plain(q)])[0])[:4]].tolist()


def ours(guides: Catalogue) -> Ranker:
    matcher = Matcher(guides, settings())
    return lambda q: [c.guide for c in matcher.match(q).candidates[:4]]


PEERS: dict[str, Callable[[Catalogue], Ranker]] = {
    "this matcher": ours,
    "rapidfuzz WRatio": lambda guides: rapid(guides, fuzz.WRatio),
    "rapidfuzz token_set_ratio": lambda guides: rapid(guides, fuzz.token_set_ratio),
    "BM25 (bm25s)": bm25,
    "tf-idf + logistic regression": logistic,
}


def questions() -> dict[str, list[tuple[str, frozenset[str]]]]:
    rng = random.Random(11)
    clean = golden()
    return {"clean": clean, "noisy": [(noisy(q, rng.choice(list(CLASSES))), gold) for q, gold in clean]}


def main() -> None:
    guides = catalogue()
    asked = questions()
    print("| method | index s | clean top-1 | clean top-4 | noisy top-1 | noisy top-4 | p50 ms | p99 ms |")
    print("|---|---|---|---|---|---|---|---|")
    for name, build in PEERS.items():
        before = time.process_time()
        rank = build(guides)
        cells = [f"{time.process_time() - before:.1f}"]
        spent = []
        for kind in ("clean", "noisy"):
            ranked = []
            for question, _ in asked[kind]:
                start = time.process_time()
                ranked.append(rank(question))
                spent.append((time.process_time() - start) * 1000)
            pairs = list(zip(ranked, asked[kind], strict=True))
            cells.append(f"{sum(bool(r) and r[0] in gold for r, (_, gold) in pairs) / len(pairs):.3f}")
            cells.append(f"{sum(bool(gold & set(r)) for r, (_, gold) in pairs) / len(pairs):.3f}")
        cells += [f"{np.percentile(spent, p):.1f}" for p in (50, 99)]
        print(f"| {name} | {' | '.join(cells)} |", flush=True)


if __name__ == "__main__":
    main()
