"""From the files of ``knowledge/`` to a catalogue; every mistake is told at once."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from types import MappingProxyType
from typing import TypeVar

from pydantic import BaseModel, ValidationError

from bot.errors import ContentError, Finding
from bot.guides.catalogue import Catalogue, Entry, Platform, SmallTalk, Vocabulary
from bot.guides.guide import Guide
from bot.guides.ready_replies import StartingReplies
from bot.guides.territories import Territories
from bot.model.replying import CATEGORIES
from bot.yaml_source import Source, parse, read, read_text

T = TypeVar("T")
M = TypeVar("M", bound=BaseModel)
Published = Mapping[str, tuple[str, ...]]
"""Guides published from the chat, by ``<sector>/<guide-id>``: every text each of them had since, oldest first."""

VOCABULARY_FILES = ("abbreviations", "teencode", "regional", "old_names", "concepts", "elsewhere")


@dataclass(frozen=True)
class Page:
    """A guide with the text it was read from, which knows its lines."""

    entry: Entry
    source: Source


@dataclass(frozen=True)
class Folder:
    """All of ``knowledge/`` as far as it could be read.

    Attributes:
        pages: the guides that have the right shape.
        platform_sources: the text of each platform.
        ready: what a new team begins with, by kind; the file may be missing.
        findings: everything that is wrong.
    """

    pages: tuple[Page, ...]
    sectors: Mapping[str, str]
    platforms: Mapping[str, Platform]
    platform_sources: Mapping[str, Source]
    vocabulary: Vocabulary | None
    smalltalk: Mapping[str, SmallTalk]
    territories: Territories | None
    findings: tuple[Finding, ...]
    ready: Mapping[str, tuple[StartingReplies, Source]] = field(default_factory=dict)


def load(root: Path, published: Published = MappingProxyType({})) -> Catalogue:
    """Read all of ``knowledge/``.

    Args:
        root: the folder.
        published: guides published from the chat; they win over the files, but for files changed since.

    Raises:
        ContentError: everything that is wrong, each with ``path:line``.
    """
    folder = read_folder(root, published)
    if folder.findings or folder.vocabulary is None or folder.territories is None:
        raise ContentError(list(folder.findings))
    return Catalogue.of(
        [page.entry for page in folder.pages],
        sectors=folder.sectors,
        platforms=folder.platforms,
        vocabulary=folder.vocabulary,
        smalltalk=folder.smalltalk,
        territories=folder.territories,
        ready_replies={kind: replies for kind, (replies, _) in folder.ready.items()},
    )


def read_folder(root: Path, published: Published = MappingProxyType({})) -> Folder:
    """Read what can be read, and say what cannot."""
    findings: list[Finding] = []
    if not root.is_dir():
        missing = Finding(str(root), "không có thư mục này (xem HELPDESK_KNOWLEDGE)")
        return Folder((), {}, {}, {}, None, {}, None, (missing,))
    sectors = _mapping(root / "_sectors.yaml", root, findings)
    platform_sources = dict(_items(root / "_platforms.yaml", root, findings))
    platforms = _models(platform_sources.items(), Platform, findings)
    smalltalk = _models(_items(root / "_smalltalk.yaml", root, findings), SmallTalk, findings)
    vocabulary = _vocabulary(root, findings)
    territories = _attempt(lambda: Territories.load(root / "_territories.yaml"), findings)
    ready = _ready(root, findings)
    pages = tuple(_pages(root, newest(root, published), sectors, findings))
    return Folder(
        pages, sectors, platforms, platform_sources, vocabulary, smalltalk, territories, tuple(findings), ready
    )


def _ready(root: Path, findings: list[Finding]) -> dict[str, tuple[StartingReplies, Source]]:
    path = root / "_ready_replies.yaml"
    sources = dict(_items(path, root, findings)) if path.exists() else {}
    for kind, source in sources.items():
        if kind not in CATEGORIES:
            findings.append(Finding(source.where(()), f"không có nhóm mẫu «{kind}»; chỉ dùng {', '.join(CATEGORIES)}"))
    return {
        kind: (replies, sources[kind]) for kind, replies in _models(sources.items(), StartingReplies, findings).items()
    }


def read_guide(text: str, name: str, guide_id: str, sector: str) -> Page:
    """One guide from its YAML text.

    Raises:
        ContentError: the text is not a right guide.
    """
    return _page(parse(text, name), text, guide_id, sector)


def newest(root: Path, published: Published) -> dict[str, str]:
    """The text in force of every guide that was published from the chat; empty where it was taken away again.

    A file that holds none of the texts the guide had since was changed after them: then the file wins.
    """
    return {
        key: texts[-1]
        for key, texts in published.items()
        if not (path := root / f"{key}.yaml").exists() or path.read_text(encoding="utf-8", errors="replace") in texts
    }


def guide_files(root: Path) -> list[Path]:
    """The guides' files, in order."""
    return sorted(p for p in root.glob("*/*.yaml") if not p.name.startswith("_") and not p.parent.name.startswith("_"))


def _pages(
    root: Path, published: Mapping[str, str], sectors: Mapping[str, str], findings: list[Finding]
) -> Iterable[Page]:
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
        if published.get(key) == "":
            continue
        try:
            text = published[key] if key in published else read_text(sources[key], name)
            yield _page(parse(text, name), text, guide_id, sector)
        except ContentError as error:
            findings += error.findings


def _page(source: Source, text: str, guide_id: str, sector: str) -> Page:
    guide = source.parse(Guide)
    digest = hashlib.sha256(guide.model_dump_json().encode()).hexdigest()[:16]
    return Page(Entry(guide_id, sector, guide, digest, source.name, text), source)


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


def _items(path: Path, root: Path, findings: list[Finding]) -> Iterable[tuple[str, Source]]:
    """The entries of a file of ``key: …``, each with its own lines."""
    source = _attempt(lambda: read(path, root), findings)
    if source is None:
        return
    if not isinstance(source.data, dict):
        findings.append(Finding(source.where(()), "phải gồm các mục «mã: …»"))
        return
    for key, value in source.data.items():
        lines = {at[1:]: line for at, line in source.lines.items() if at and at[0] == key}
        yield key, Source(source.name, value, lines)


def _models(items: Iterable[tuple[str, Source]], model: type[M], findings: list[Finding]) -> dict[str, M]:
    """Those entries that are right, read as ``model``."""
    read_items = ((key, _attempt(partial(source.parse, model), findings)) for key, source in items)
    return {key: item for key, item in read_items if item is not None}


def _attempt(make: Callable[[], T], findings: list[Finding]) -> T | None:
    try:
        return make()
    except ContentError as error:
        findings += error.findings
        return None
