"""YAML as people write it: every value keeps its line, nothing is guessed.

YAML 1.1 turns ``no`` into false, ``1.011607`` into a number and ``2026-07-18`` into a date. Here every plain
scalar stays the text it is (only ``null``, ``~`` and nothing at all mean "no value"); the pydantic model behind
the file decides what a number is.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NoReturn, TypeVar

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
        return path.read_text(encoding="utf-8-sig")  # Windows' Notepad puts a mark at the beginning
    except UnicodeDecodeError:
        raise ContentError([Finding(f"{name}:1", "tệp phải lưu bằng bảng mã UTF-8")]) from None
    except OSError as error:
        raise ContentError([Finding(f"{name}:1", f"không đọc được tệp ({error.strerror})")]) from None


def parse(text: str, name: str) -> Source:
    """Parse YAML text.

    Raises:
        ContentError: not YAML, a key given twice, an alias, or nested too deep.
    """
    reader = _Reader(name)
    try:
        for event in yaml.parse(text, Loader=yaml.CBaseLoader):
            reader.take(event)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = mark.line + 1 if mark else 1
        what = "viết sai dạng YAML (thường là thiếu dấu cách sau dấu hai chấm, thụt dòng lệch, hay thiếu dấu nháy)"
        raise ContentError([Finding(f"{name}:{line}", what)]) from None
    except UnicodeError:
        raise ContentError([Finding(f"{name}:1", "có chữ không đọc được; hãy gõ lại bằng bảng mã UTF-8")]) from None
    if reader.findings:
        raise ContentError(reader.findings)
    return Source(name, reader.data, reader.lines)


_NO_KEY, _LOST_KEY = object(), object()
"""A mapping waits for a key; the value that follows belongs to a key that was refused."""


@dataclass
class _Level:
    """A mapping or list that is being read; what is ``lost`` is read past."""

    at: Location
    container: dict[str, Any] | list[Any]
    lost: bool
    key: Any = _NO_KEY


class _Reader:
    """Builds the data from the parser's events.

    Not from yaml's own tree: that is built by recursion in C, which dies of 50,000 brackets, and follows aliases, of
    which nine lines make a billion values.
    """

    def __init__(self, name: str) -> None:
        self._name = name
        self._levels: list[_Level] = []
        self._documents = 0
        self.data: Any = None
        self.lines: dict[Location, int] = {}
        self.findings: list[Finding] = []

    def take(self, event: yaml.Event) -> None:
        line = event.start_mark.line + 1 if event.start_mark else 1
        if isinstance(event, yaml.DocumentStartEvent):
            self._documents += 1
            if self._documents > 1:
                self._stop(line, "chỉ được một tài liệu; bỏ dòng --- này")
        elif isinstance(event, yaml.ScalarEvent):
            self._scalar(event, line)
        elif isinstance(event, yaml.AliasEvent):
            self._find(line, f"không dùng dấu * (nhắc lại): hãy chép ra «{event.anchor}»")
            self._place(None, line)
        elif isinstance(event, (yaml.MappingStartEvent, yaml.SequenceStartEvent)):
            if len(self._levels) > MAX_DEPTH:
                self._stop(line, "lồng nhau quá sâu")
            container: dict[str, Any] | list[Any] = {} if isinstance(event, yaml.MappingStartEvent) else []
            at, lost = self._place(container, line)
            self._levels.append(_Level(at, container, lost))
        elif isinstance(event, (yaml.MappingEndEvent, yaml.SequenceEndEvent)):
            self._levels.pop()

    def _scalar(self, event: yaml.ScalarEvent, line: int) -> None:
        level = self._levels[-1] if self._levels else None
        if level and isinstance(level.container, dict) and level.key is _NO_KEY:
            if event.value in level.container:
                self._find(line, f"mục «{event.value}» đã viết ở trên rồi; chỉ giữ một")
                level.key = _LOST_KEY
            else:
                level.key = event.value
                if not level.lost:
                    self.lines[(*level.at, event.value)] = line
            return
        nothing = not event.style and event.value in ("", "~", "null", "Null", "NULL")
        self._place(None if nothing else event.value, line)

    def _place(self, value: Any, line: int) -> tuple[Location, bool]:
        """Put a value where it belongs; its path, and whether it is lost."""
        if not self._levels:
            self.data = value
            self.lines.setdefault((), line)
            return (), False
        level = self._levels[-1]
        if isinstance(level.container, list):
            at: Location = (*level.at, len(level.container))
            level.container.append(value)
            if not level.lost:
                self.lines[at] = line
            return at, level.lost
        key, level.key = level.key, _NO_KEY
        if key is _NO_KEY:
            self._find(line, "tên mục phải là chữ")
            level.key = _LOST_KEY
            return level.at, True
        if key is _LOST_KEY:
            return level.at, True
        level.container[key] = value
        return (*level.at, key), level.lost

    def _find(self, line: int, what: str) -> None:
        self.findings.append(Finding(f"{self._name}:{line}", what))

    def _stop(self, line: int, what: str) -> NoReturn:
        """Reading on would help nobody."""
        self._find(line, what)
        raise ContentError(self.findings)
