"""YAML as people write it: every value keeps its line, nothing is guessed.

YAML 1.1 turns ``no`` into false, ``1.011607`` into a number and ``2026-07-18`` into a date. Here every plain
scalar stays the text it is (only ``null``, ``~`` and nothing at all mean "no value"); the pydantic model behind
the file decides what a number is.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

import yaml
from pydantic import BaseModel, ValidationError

from bot.errors import ContentError, Finding

Location = tuple[str | int, ...]
M = TypeVar("M", bound=BaseModel)

# What a person may nest; a guide needs five. Deeper input is an attack or a slip.
MAX_DEPTH = 12

_PROBLEMS = {
    "missing": "thiếu mục này",
    "extra_forbidden": "không có mục tên này; xem lại chính tả, hoặc xóa đi",
    "int_parsing": "phải là số, đang là «{input}»",
    "int_from_float": "phải là số nguyên, đang là «{input}»",
    "int_type": "phải là số",
    "float_parsing": "phải là số, đang là «{input}»",
    "bool_parsing": "phải là true hoặc false, đang là «{input}»",
    "string_type": "phải là một dòng chữ",
    "string_too_short": "đang để trống hoặc quá ngắn",
    "string_too_long": "dài quá {max_length} chữ cái",
    "string_pattern_mismatch": "«{input}» viết không đúng mẫu {pattern}",
    "list_type": "phải là một danh sách (mỗi dòng mở đầu bằng dấu gạch ngang)",
    "tuple_type": "phải là một danh sách (mỗi dòng mở đầu bằng dấu gạch ngang)",
    "too_short": "cần ít nhất {min_length} dòng, đang có {actual_length}",
    "too_long": "nhiều nhất {max_length} dòng, đang có {actual_length}",
    "model_type": "phải gồm các mục con (tên: giá trị)",
    "dict_type": "phải gồm các mục con (tên: giá trị)",
    "literal_error": "«{input}» không dùng được; chọn một trong: {expected}",
    "enum": "«{input}» không dùng được; chọn một trong: {expected}",
    "date_from_datetime_parsing": "phải là ngày dạng 2026-07-18, đang là «{input}»",
    "date_parsing": "phải là ngày dạng 2026-07-18, đang là «{input}»",
    "greater_than_equal": "phải từ {ge} trở lên",
    "less_than_equal": "phải từ {le} trở xuống",
    "greater_than": "phải lớn hơn {gt}",
    "less_than": "phải nhỏ hơn {lt}",
}


@dataclass(frozen=True)
class Source:
    """A parsed YAML text.

    Attributes:
        name: how the file is called in messages.
        data: dicts, lists and strings.
        lines: line (from 1) of every key and item, by its path in ``data``.
    """

    name: str
    data: Any
    lines: dict[Location, int] = field(default_factory=dict, repr=False)

    def where(self, location: Location) -> str:
        """``path:line`` of the nearest known place at or above ``location``."""
        while location and location not in self.lines:
            location = location[:-1]
        return f"{self.name}:{self.lines.get(location, 1)}"

    def parse(self, model: type[M]) -> M:
        """Read the data as ``model``.

        Raises:
            ContentError: every mistake at once, each with its line.
        """
        try:
            return model.model_validate(self.data)
        except ValidationError as error:
            raise ContentError([self._finding(dict(e)) for e in error.errors(include_url=False)]) from None

    def _finding(self, error: dict[str, Any]) -> Finding:
        location: Location = tuple(error["loc"])
        context = {"input": str(error.get("input"))[:60], **error.get("ctx", {})}
        sentence = _PROBLEMS.get(error["type"])
        what = sentence.format_map(context) if sentence else str(context.get("error", error["msg"]))
        name = ".".join(str(part + 1) if isinstance(part, int) else part for part in location)
        return Finding(self.where(location), f"{name}: {what}" if name else what)


def read(path: Path, root: Path | None = None) -> Source:
    """Read a file; its name in messages is relative to ``root``'s parent where given.

    Raises:
        ContentError: the file cannot be read or is not YAML.
    """
    name = str(path.relative_to(root.parent)) if root and path.is_relative_to(root.parent) else str(path)
    return parse(read_text(path, name), name)


def read_text(path: Path, name: str) -> str:
    """A file's text.

    Raises:
        ContentError: the file cannot be read.
    """
    try:
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        raise ContentError([Finding(f"{name}:1", "tệp phải lưu bằng bảng mã UTF-8")]) from None
    except OSError as error:
        raise ContentError([Finding(f"{name}:1", f"không đọc được tệp ({error.strerror})")]) from None


def parse(text: str, name: str) -> Source:
    """Parse YAML text.

    Raises:
        ContentError: not YAML, a key given twice, an alias, or nested too deep.
    """
    try:
        root = yaml.compose(text, Loader=yaml.CBaseLoader)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = mark.line + 1 if mark else 1
        what = "viết sai dạng YAML (thường là thiếu dấu cách sau dấu hai chấm, thụt dòng lệch, hay thiếu dấu nháy)"
        raise ContentError([Finding(f"{name}:{line}", what)]) from None
    lines: dict[Location, int] = {}
    findings: list[Finding] = []
    data = _construct(root, (), lines, findings, name) if root is not None else None
    if findings:
        raise ContentError(findings)
    return Source(name, data, lines)


def _construct(node: yaml.Node, at: Location, lines: dict[Location, int], findings: list[Finding], name: str) -> Any:
    lines.setdefault(at, node.start_mark.line + 1)
    if len(at) > MAX_DEPTH:
        findings.append(Finding(f"{name}:{node.start_mark.line + 1}", "lồng nhau quá sâu"))
        return None
    if isinstance(node, yaml.MappingNode):
        mapping: dict[str, Any] = {}
        for key_node, value_node in node.value:
            line = key_node.start_mark.line + 1
            if not isinstance(key_node, yaml.ScalarNode):
                findings.append(Finding(f"{name}:{line}", "tên mục phải là chữ"))
                continue
            key = key_node.value
            if key in mapping:
                findings.append(Finding(f"{name}:{line}", f"mục «{key}» đã viết ở trên rồi; chỉ giữ một"))
                continue
            lines[(*at, key)] = line
            mapping[key] = _construct(value_node, (*at, key), lines, findings, name)
        return mapping
    if isinstance(node, yaml.SequenceNode):
        return [_construct(item, (*at, i), lines, findings, name) for i, item in enumerate(node.value)]
    assert isinstance(node, yaml.ScalarNode)
    if node.style is None and node.value in ("", "~", "null", "Null", "NULL"):
        return None
    return node.value
