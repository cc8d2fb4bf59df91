"""From the files of ``knowledge/`` to a catalogue; every mistake is told at once."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Mapping
from functools import partial
from pathlib import Path
from types import MappingProxyType
from typing import TypeVar

from pydantic import BaseModel, ValidationError

from bot.errors import ContentError, Finding
from bot.guides.catalogue import Catalogue, Entry, Platform, SmallTalk, Vocabulary
from bot.guides.guide import Guide
from bot.guides.territories import Territories
from bot.yaml_source import Source, parse, read

T = TypeVar("T")
M = TypeVar("M", bound=BaseModel)
VOCABULARY_FILES = ("abbreviations", "teencode", "regional", "old_names", "concepts")


def load(root: Path, published: Mapping[str, str] = MappingProxyType({})) -> Catalogue:
    """Read all of ``knowledge/``.

    Args:
        root: the folder.
        published: texts of guides published from the chat by ``<sector>/<guide-id>``; they win over the files.

    Raises:
        ContentError: everything that is wrong, each with ``path:line``.
    """
    findings: list[Finding] = []
    if not root.is_dir():
        raise ContentError([Finding(str(root), "không có thư mục này (xem HELPDESK_KNOWLEDGE)")])
    sectors = _mapping(root / "_sectors.yaml", root, findings)
    platforms = _models(root / "_platforms.yaml", root, Platform, findings)
    smalltalk = _models(root / "_smalltalk.yaml", root, SmallTalk, findings)
    vocabulary = _vocabulary(root, findings)
    territories = _attempt(lambda: Territories.load(root / "_territories.yaml"), findings)
    entries = list(_entries(root, published, sectors, findings))
    if findings or vocabulary is None or territories is None:
        raise ContentError(findings)
    return Catalogue.of(
        entries,
        sectors=sectors,
        platforms=platforms,
        vocabulary=vocabulary,
        smalltalk=smalltalk,
        territories=territories,
    )


def read_guide(text: str, name: str, guide_id: str, sector: str) -> Entry:
    """One guide from its YAML text.

    Raises:
        ContentError: the text is not a right guide.
    """
    return _entry(parse(text, name), guide_id, sector)


def guide_files(root: Path) -> list[Path]:
    """The guides' files, in order."""
    return sorted(p for p in root.glob("*/*.yaml") if not p.name.startswith("_") and not p.parent.name.startswith("_"))


def _entries(
    root: Path, published: Mapping[str, str], sectors: Mapping[str, str], findings: list[Finding]
) -> Iterable[Entry]:
    seen: dict[str, str] = {}
    sources = {f"{p.parent.name}/{p.stem}": p for p in guide_files(root)}
    for key in sorted(sources.keys() | published.keys()):
        sector, guide_id = key.split("/", 1)
        name = f"{root.name}/{key}.yaml"
        if sector not in sectors:
            findings.append(Finding(f"{name}:1", f"chưa có lĩnh vực «{sector}» trong _sectors.yaml"))
        if guide_id in seen:
            findings.append(Finding(f"{name}:1", f"mã bài này đã dùng ở {seen[guide_id]}"))
            continue
        seen[guide_id] = name
        try:
            source = parse(published[key], name) if key in published else read(sources[key], root)
            yield _entry(source, guide_id, sector)
        except ContentError as error:
            findings += error.findings


def _entry(source: Source, guide_id: str, sector: str) -> Entry:
    guide = source.parse(Guide)
    digest = hashlib.sha256(guide.model_dump_json().encode()).hexdigest()[:16]
    return Entry(guide_id, sector, guide, digest, source.name)


def _vocabulary(root: Path, findings: list[Finding]) -> Vocabulary | None:
    parts: dict[str, object] = {}
    for name in VOCABULARY_FILES:
        path = root / "_vocabulary" / f"{name}.yaml"
        if path.exists():
            try:
                source = read(path, root)
                Source(source.name, {name: source.data}, {(name, *k): v for k, v in source.lines.items()}).parse(
                    Vocabulary
                )
                parts[name] = source.data
            except ContentError as error:
                findings += error.findings
    try:
        return Vocabulary.model_validate(parts)
    except ValidationError:
        return None


def _mapping(path: Path, root: Path, findings: list[Finding]) -> dict[str, str]:
    source = _attempt(lambda: read(path, root), findings)
    if source is None:
        return {}
    if not isinstance(source.data, dict) or not all(isinstance(v, str) for v in source.data.values()):
        findings.append(Finding(source.where(()), "phải gồm các dòng «mã: tên»"))
        return {}
    return dict(source.data)


def _models(path: Path, root: Path, model: type[M], findings: list[Finding]) -> dict[str, M]:
    """A file of ``key: …`` entries, each read as ``model``."""
    source = _attempt(lambda: read(path, root), findings)
    if source is None:
        return {}
    if not isinstance(source.data, dict):
        findings.append(Finding(source.where(()), "phải gồm các mục «mã: …»"))
        return {}
    found: dict[str, M] = {}
    for key, value in source.data.items():
        lines = {at[1:]: line for at, line in source.lines.items() if at and at[0] == key}
        parsed = _attempt(partial(Source(source.name, value, lines).parse, model), findings)
        if parsed is not None:
            found[key] = parsed
    return found


def _attempt(make: Callable[[], T], findings: list[Finding]) -> T | None:
    try:
        return make()
    except ContentError as error:
        findings += error.findings
        return None
