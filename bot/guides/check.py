"""The rules a guide keeps to beyond its shape; all findings at once."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from types import MappingProxyType

from bot.errors import ContentError, Finding
from bot.guides.catalogue import Catalogue
from bot.guides.guide import GUIDE_ID
from bot.guides.load import Folder, Page, Published, read_folder
from bot.guides.official import OfficialHosts
from bot.guides.rules import links, ready, references, utterances, wording
from bot.guides.rules.freshness import freshness
from bot.guides.rules.shelf import Shelf
from bot.guides.rules.shelf import utterances as said_by

Rule = Callable[[Page, Shelf], Iterator[Finding]]

RULES: tuple[Rule, ...] = (
    references.references,
    utterances.own_utterances,
    utterances.shared_utterances,
    wording.unfilled,
    wording.steps,
    wording.summary,
    wording.address,
    wording.secrets,
    links.links,
    freshness,
)


def check_folder(root: Path, today: date, published: Published = MappingProxyType({})) -> list[Finding]:
    """Everything wrong with ``knowledge/``, in the order of files and lines; warnings are marked."""
    folder = read_folder(root, published)
    findings = [*folder.findings, *_stray_files(root)]
    try:
        hosts = OfficialHosts.load(root)
    except ContentError as error:
        findings += error.findings
        hosts = OfficialHosts({})
    findings += _platforms(folder, hosts)
    for kind, (replies, source) in folder.ready.items():
        findings += ready.check(kind, replies, source)
    # A guide is compared with those before it only, so that two alike make one finding.
    shelf = Shelf(_ids(root, folder), folder.platforms, hosts, today)
    for page in folder.pages:
        findings += apply(page, shelf)
        shelf = replace(shelf, said=(*shelf.said, *said_by([page.entry])))
    return sorted(findings, key=_place)


def check_page(page: Page, catalogue: Catalogue, hosts: OfficialHosts, today: date) -> list[Finding]:
    """Everything wrong with one guide that is to join a catalogue, in the order of its lines."""
    return sorted(apply(page, Shelf.beside(page.entry.id, catalogue, hosts, today)), key=_place)


def apply(page: Page, shelf: Shelf) -> list[Finding]:
    """All rules, over one guide."""
    return [finding for rule in RULES for finding in rule(page, shelf)]


def _ids(root: Path, folder: Folder) -> set[str]:
    """All guides there are, those that could not be read included: one mistake must not make ten."""
    files = {path.stem for path in root.glob("*/*.yaml")}
    return files | {page.entry.id for page in folder.pages}


def _platforms(folder: Folder, hosts: OfficialHosts) -> Iterator[Finding]:
    for name, platform in folder.platforms.items():
        yield from links.platform(name, platform, folder.platforms, hosts, folder.platform_sources[name])


def _stray_files(root: Path) -> Iterator[Finding]:
    """Files that look like guides and are none."""
    for path in sorted(root.glob("*/*")):
        if path.parent.name.startswith("_") or not path.is_file():
            continue
        name = f"{path.relative_to(root.parent)}:1"
        if path.suffix != ".yaml":
            yield Finding(name, "tệp bài phải có đuôi .yaml; đổi tên hoặc chuyển đi nơi khác")
        elif not GUIDE_ID.fullmatch(path.stem) or len(path.stem) > 40:
            yield Finding(name, "tên tệp là mã bài: chữ thường không dấu, số, gạch ngang, nhiều nhất 40 chữ cái")


def _place(finding: Finding) -> tuple[str, int]:
    path, _, line = finding.where.rpartition(":")
    return path or finding.where, int(line) if line.isdigit() else 0
