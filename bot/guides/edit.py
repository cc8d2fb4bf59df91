"""Small changes to a guide's YAML: what is not changed stays as it was written, comments and all."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import yaml

from bot.guides.guide import Guide

_ORDER = tuple(Guide.model_fields)


class _Dumper(yaml.SafeDumper):
    """Writes lists as the guides do: indented below their key."""

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:
        super().increase_indent(flow, False)


def set_field(text: str, name: str, value: Any) -> str:
    """Give a field another value; None takes the field away.

    Args:
        text: YAML of a right guide.
        name: one of the guide's own fields.
        value: strings, numbers, lists and dicts of them.
    """
    lines = text.splitlines(keepends=True)
    blocks = _blocks(text, lines)
    block = "" if value is None else _dump({name: value})
    if name in blocks:
        start, end = blocks[name]
        return "".join([*lines[:start], block, *lines[end:]])
    before = [end for field, (_, end) in blocks.items() if _rank(field) < _rank(name)]
    at = max(before, default=len(lines))
    return "".join([*_ended(lines[:at]), block, *lines[at:]])


def add_lines(text: str, name: str, added: Sequence[str]) -> str:
    """Put lines at the end of a list of plain lines, such as ``asked_as``."""
    lines = text.splitlines(keepends=True)
    start, end = _blocks(text, lines)[name]
    items = [line for line in lines[start + 1 : end] if line.lstrip().startswith("- ")]
    if not items:  # [written, in, one, line]
        former = yaml.load("".join(lines[start:end]), yaml.BaseLoader)[name]
        return set_field(text, name, [*former, *added])
    indent = items[0][: len(items[0]) - len(items[0].lstrip())]
    new = [f"{indent}- {_scalar(line)}\n" for line in added]
    return "".join([*_ended(lines[:end]), *new, *lines[end:]])


def value_of(text: str, name: str) -> Any:
    """A field as it is written: strings, lists and dicts."""
    return yaml.load(text, yaml.BaseLoader).get(name)


def _blocks(text: str, lines: Sequence[str]) -> dict[str, tuple[int, int]]:
    """From which line to before which line each field stands; comments between fields belong to the next."""
    root = yaml.compose(text, yaml.BaseLoader)
    assert isinstance(root, yaml.MappingNode)
    starts = [(key.value, key.start_mark.line) for key, _ in root.value]
    ends = [line for _, line in starts[1:]] + [len(lines)]
    blocks: dict[str, tuple[int, int]] = {}
    for (name, start), next_start in zip(starts, ends, strict=True):
        end = next_start
        while end > start + 1 and lines[end - 1].lstrip()[:1] in ("", "#"):
            end -= 1
        blocks[name] = start, end
    return blocks


def _rank(name: str) -> int:
    return _ORDER.index(name) if name in _ORDER else len(_ORDER)


def _dump(data: Any) -> str:
    dumped: str = yaml.dump(
        data, Dumper=_Dumper, allow_unicode=True, sort_keys=False, default_flow_style=False, width=100_000
    )
    return dumped


def _scalar(text: str) -> str:
    return _dump([text]).strip().removeprefix("- ")


def _ended(lines: list[str]) -> list[str]:
    """The lines, the last of them ended."""
    if lines and not lines[-1].endswith("\n"):
        return [*lines[:-1], lines[-1] + "\n"]
    return lines
