"""What the benchmarks ask: the golden questions, the questions no guide answers, and the catalogue."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from bot import config
from bot.guides.catalogue import Catalogue
from bot.guides.load import load
from bot.yaml_source import read

ROOT = Path(__file__).parents[2]
CONTENT = ROOT / "tests" / "content"


def catalogue() -> Catalogue:
    return load(ROOT / "knowledge")


def settings() -> config.Matching:
    return config.load(ROOT / "config.yaml").config.matching


def golden() -> list[tuple[str, frozenset[str]]]:
    """Questions written by people who had not seen the guides, with the guide they mean."""
    rows = []
    for path in sorted((CONTENT / "golden").glob("*.yaml")):
        for guide, questions in _data(path).items():
            rows += [(q, frozenset({guide})) for q in questions]
    return rows


def out_of_scope() -> list[str]:
    return list(_leaves(_data(CONTENT / "out_of_scope.yaml")))


def listed(name: str) -> Any:
    """Another file of tests/content."""
    return _data(CONTENT / f"{name}.yaml")


def _data(path: Path) -> Any:
    return read(path, ROOT).data


def _leaves(data: Any) -> Iterator[str]:
    if isinstance(data, str):
        yield data
    else:
        for part in data.values() if isinstance(data, dict) else data:
            yield from _leaves(part)
