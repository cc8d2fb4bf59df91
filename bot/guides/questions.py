"""Questions with their right answers, kept beside the content: ``tests/content/golden/*.yaml``, or a file of lines."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bot.errors import ContentError, Finding
from bot.yaml_source import Source, read

NONE = "none"
"""The right answer of a question that no guide covers."""


@dataclass(frozen=True)
class Question:
    """What somebody may ask.

    Attributes:
        gold: ids of the guides that are right, or ``none``; empty where nobody said.
        where: ``path:line`` it stands at.
    """

    text: str
    gold: tuple[str, ...] = ()
    where: str = ""


def golden_folder(knowledge: Path) -> Path:
    """Where the golden questions of a knowledge folder stand."""
    return knowledge.parent / "tests" / "content" / "golden"


def read_questions(path: Path) -> list[Question]:
    """All questions of a file, or of a folder of YAML files.

    YAML is ``guide-id: [question, …]``; in ``.jsonl`` each line is ``{"q": …, "gold": [ids] | ["none"]}``.

    Raises:
        ContentError: it cannot be read, with every mistake.
    """
    files = sorted(path.glob("*.yaml")) if path.is_dir() else [path]
    findings: list[Finding] = []
    questions: list[Question] = []
    for file in files:
        try:
            questions += _lines(file) if file.suffix == ".jsonl" else _mapping(read(file))
        except ContentError as error:
            findings += error.findings
    if findings:
        raise ContentError(findings)
    return questions


def _mapping(source: Source) -> Iterator[Question]:
    if not isinstance(source.data, dict):
        raise ContentError([Finding(source.where(()), "phải gồm các mục «mã bài: danh sách câu hỏi»")])
    wrong: list[Finding] = []
    for guide, asked in source.data.items():
        if not isinstance(asked, list) or not all(isinstance(text, str) for text in asked):
            wrong.append(Finding(source.where((guide,)), f"«{guide}» phải là một danh sách câu hỏi"))
            continue
        for index, text in enumerate(asked):
            yield Question(text, (guide,), source.where((guide, index)))
    if wrong:
        raise ContentError(wrong)


def _lines(path: Path) -> list[Question]:
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise ContentError([Finding(f"{path}:1", f"không đọc được tệp ({error})")]) from None
    questions: list[Question] = []
    findings: list[Finding] = []
    for number, line in enumerate(lines, 1):
        if line.strip():
            question = _line(line, f"{path}:{number}")
            if question is None:
                findings.append(Finding(f"{path}:{number}", 'phải viết dạng {"q": "câu hỏi", "gold": ["mã-bài"]}'))
            else:
                questions.append(question)
    if findings:
        raise ContentError(findings)
    return questions


def _line(line: str, where: str) -> Question | None:
    try:
        told: Any = json.loads(line)
    except ValueError:
        return None
    if not isinstance(told, dict) or not isinstance(told.get("q"), str):
        return None
    gold = told.get("gold", [])
    if not isinstance(gold, list) or not all(isinstance(guide, str) for guide in gold):
        return None
    return Question(told["q"], tuple(gold), where)
