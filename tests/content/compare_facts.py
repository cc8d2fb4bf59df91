"""Run by hand: every amount, number and date of a guide against its facts file; prints what the facts do not hold.

    python tests/content/compare_facts.py ../shared/knowledge-brief/facts

The facts are not part of this repository, so this is no test. A line printed is not always a mistake: some numbers are
ours (a count of steps, «1 phút»); each must be looked at. Exit code 1 while any is printed.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

from bot.guides.load import guide_files
from bot.yaml_source import Location, read

_ROOT = Path(__file__).resolve().parents[2] / "knowledge"

# A date of three parts, an amount with points, a law's number, a code, any other number.
_FIGURE = re.compile(
    r"\d{4}-\d{2}(?:-\d{2})?|\d+(?:/\d+)*/[A-ZĐ][\w-]*|\d{1,2}/\d{1,2}/\d{4}|\d{1,2}/\d{4}|\d+(?:[.,/]\d+)*"
)
_URL = re.compile(r"https?://\S+")
# Not in the facts of the guide itself, but looked up; each with what confirms it.
_CONFIRMED = {
    ("so-do-cap-doi-cap-lai", "117/2026"): "Thông tư 117/2026/TT-BTC, vanban.chinhphu.vn docid 219230",
    ("so-do-cap-doi-cap-lai", "14/8/2026"): "its date",
    ("so-do-sang-ten", "117/2026"): "as above",
    ("so-do-sang-ten", "14/8/2026"): "its date",
    ("thue-dat-phi-nong-nghiep", "117/2026"): "as above",
    ("thue-dat-phi-nong-nghiep", "14/8/2026"): "its date",
    ("thue-dat-phi-nong-nghiep", "15/8/2026"): "in force from; so also xaydungchinhsach.chinhphu.vn, 28/8/2026",
    ("thue-dat-phi-nong-nghiep", "28/2/2027"): "in force until; the facts of so-do-sang-ten say the same",
    ("chan-cuoc-goi-rac", "13/3/2026"): "date of vietnamnet.vn 2496804, which tells DK DNC, 5656",
    ("dien-bao-su-co", "17/9/2025"): "date in the address of cafef.vn 188250917141649475",
    ("dien-bao-su-co", "8/2022"): "date of thanhnien.vn post1493462; the number itself is in the facts",
    ("dien-thoai-co-ban", "0"): "our own helpers take no money",
}
# Ours: people's words, and when we look again.
_OURS = {"asked_as", "review_by", "not_this"}


def figures(text: str) -> Iterator[str]:
    """Every figure of a text, in one spelling."""
    for found in _FIGURE.findall(_URL.sub(" ", text)):
        yield _plain(found)


def _plain(figure: str) -> str:
    if match := re.fullmatch(r"(\d{4})-(\d{2})(?:-(\d{2}))?", figure):
        year, month, day = match.groups()
        return f"{int(day)}/{int(month)}/{year}" if day else f"{int(month)}/{year}"
    if match := re.fullmatch(r"(\d{1,2})/(\d{1,2})/(\d{4})", figure):
        return f"{int(match[1])}/{int(match[2])}/{match[3]}"
    if match := re.fullmatch(r"(\d{1,2})/(\d{4})", figure):
        return f"{int(match[1])}/{match[2]}"
    if re.fullmatch(r"\d{1,3}(?:\.\d{3})+", figure):
        return figure.replace(".", "")
    # «Nghị định 158/2025, 159/2025/NĐ-CP»: a law is known by its number and year.
    return re.sub(r"(?<=/\d{4})/[A-ZĐ].*", "", figure).rstrip(".,/")


def strings(at: Location, data: Any) -> Iterator[tuple[Location, str]]:
    """All texts below a place, but ours."""
    if isinstance(data, dict):
        for key, value in data.items():
            if key not in _OURS:
                yield from strings((*at, key), value)
    elif isinstance(data, list):
        for index, value in enumerate(data):
            yield from strings((*at, index), value)
    elif data is not None:
        yield at, str(data)


def known_figures(facts: Any) -> set[str]:
    """Every figure of a facts entry, and what follows from it: the parts of a date, an amount in words."""
    known: set[str] = set()
    for _, text in strings((), facts):
        for figure in figures(text):
            known.add(figure)
            known.update(part.lstrip("0") or "0" for part in figure.split("/"))
            if figure.count("/") == 2:
                known.add(figure.partition("/")[2])
                known.add("/".join(figure.split("/")[:2]))
        if re.search(r"\bmiễn\b|không (?:thu|mất|tốn|tính) (?:tiền|phí|lệ phí)|không có phí", text, re.IGNORECASE):
            known.add("0")
        for amount, unit in re.findall(r"(\d+(?:[.,]\d+)?)\s*(nghìn|ngàn|triệu|tỷ|k\b)", text):
            size = {"nghìn": 1e3, "ngàn": 1e3, "k": 1e3, "triệu": 1e6, "tỷ": 1e9}[unit]
            known.add(str(int(float(amount.replace(",", ".")) * size)))
    return known


def _told_of_the_law(guide: Any, at: Location, date: str, facts: dict[str, Any]) -> bool:
    """Whether the facts of any guide say in one breath that this law is in force from that day."""
    number = _plain(str(guide["legal"][at[1]].get("number", "")))
    every = (text for entries in facts.values() for _, text in strings((), entries))
    return any(number and {number, date} <= set(figures(text)) for text in every)


def main(folder: Path) -> int:
    """Print the exceptions of every guide; how many there were."""
    exceptions = 0
    # The facts use aliases, which our own reader refuses; plain scalars stay text here too.
    facts = {path.stem: yaml.load(path.read_text("utf-8"), yaml.BaseLoader) for path in sorted(folder.glob("*.yaml"))}
    for path in guide_files(_ROOT):
        source = read(path, _ROOT)
        guide = path.stem
        entry = facts.get(path.parent.name, {}).get(path.stem)
        if entry is None:
            print(f"{source.name}:1: no facts")
            exceptions += 1
            continue
        known = known_figures(entry)
        for at, text in strings((), source.data):
            missing = [figure for figure in figures(text) if figure not in known]
            if at == ("review", "checked_on"):
                # Where a source tells its month only, the first day stands for it.
                missing = [figure for figure in missing if not figure.startswith("1/") or figure[2:] not in known]
            if at[0] == "legal" and at[-1] == "in_force":
                missing = [figure for figure in missing if not _told_of_the_law(source.data, at, figure, facts)]
            missing = [figure for figure in missing if (guide, figure) not in _CONFIRMED]
            if missing:
                print(f"{source.where(at)}: {', '.join(missing)} — {text[:120]}")
                exceptions += len(missing)
    print(f"{exceptions} exceptions", file=sys.stderr)
    return exceptions


if __name__ == "__main__":
    sys.exit(1 if main(Path(sys.argv[1])) else 0)
