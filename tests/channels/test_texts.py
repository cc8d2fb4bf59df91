"""Every sentence is used, every sentence that is used exists, and its placeholders are filled."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass

import pytest

from bot.texts import Texts
from tests.e2e.house import ROOT

TEXTS = Texts.load()


@dataclass(frozen=True)
class Use:
    """A place in the code that names a sentence, or several by a pattern.

    Attributes:
        figures: names of what it fills in; None where that cannot be read off.
    """

    where: str
    pattern: str
    figures: frozenset[str] | None

    @property
    def keys(self) -> list[str]:
        return [key for key in TEXTS if re.fullmatch(self.pattern, key)]


def _pattern(node: ast.expr) -> str | None:
    """A regular expression for a literal or an f-string."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return re.escape(node.value)
    if isinstance(node, ast.JoinedStr):
        return "".join(re.escape(part.value) if isinstance(part, ast.Constant) else r"[\w-]+" for part in node.values)
    return None


def _alternatives(node: ast.expr) -> Iterator[ast.expr]:
    """Both sides of ``a if c else b``."""
    if isinstance(node, ast.IfExp):
        yield from _alternatives(node.body)
        yield from _alternatives(node.orelse)
    else:
        yield node


def _keywords(call: ast.Call, *not_figures: str) -> frozenset[str] | None:
    if any(keyword.arg is None for keyword in call.keywords):
        return None
    return frozenset(str(k.arg) for k in call.keywords) - set(not_figures)


def _say_figures(call: ast.Call) -> frozenset[str] | None:
    """The keys of the second argument, where it is written out."""
    given = call.args[1] if len(call.args) > 1 else next((k.value for k in call.keywords if k.arg == "values"), None)
    if given is None:
        return frozenset()
    if isinstance(given, ast.Dict) and all(isinstance(key, ast.Constant) for key in given.keys):
        return frozenset(str(key.value) for key in given.keys if isinstance(key, ast.Constant))
    return None


def _uses() -> Iterator[Use]:
    for path in sorted((ROOT / "bot").rglob("*.py")):
        for call in ast.walk(ast.parse(path.read_text())):
            if not isinstance(call, ast.Call) or not call.args:
                continue
            name = call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
            where = f"{path.relative_to(ROOT)}:{call.lineno}"
            prefix, figures = "", None
            if name in ("texts", "plain", "_texts"):
                figures = _keywords(call)
            elif name == "Say":
                figures = _say_figures(call)
            elif name == "HelpdeskError":
                figures = _keywords(call)
            elif name == "toast":
                figures = _keywords(call, "alert")
            elif name in ("button", "link") and isinstance(call.func, ast.Attribute):
                prefix, figures = r"button\.", _keywords(call)
            else:
                continue
            for node in _alternatives(call.args[0]):
                pattern = _pattern(node)
                if pattern:
                    yield Use(where, prefix + pattern, figures)


USES = list(_uses())


def test_the_scan_sees_the_code() -> None:
    assert len(USES) > 150
    assert {"claim\\.taken", "ticket\\.opened", "button\\.agree"} <= {use.pattern for use in USES}


@pytest.mark.parametrize("use", USES, ids=lambda use: f"{use.where} {use.pattern}")
def test_what_the_code_says_exists_with_its_placeholders(use: Use) -> None:
    assert use.keys, f"{use.where}: no sentence {use.pattern}"
    if use.figures is not None:
        # A pattern stands for some of the sentences that fit it, a literal for its one.
        right = [TEXTS.placeholders(key) <= use.figures for key in use.keys]
        assert any(right), f"{use.where}: {use.keys} lack a figure; given {set(use.figures)}"


def test_every_sentence_is_used() -> None:
    """By a call above, or by its name standing somewhere in the code, as a literal or as part of a pattern."""
    named: set[str] = {key for use in USES for key in use.keys}
    for path in sorted((ROOT / "bot").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text())):
            pattern = _pattern(node) if isinstance(node, ast.expr) else None
            if pattern and r"\." in pattern and not pattern.startswith("["):
                named |= {key for key in TEXTS if re.fullmatch(pattern, key)}
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "startswith":
                named |= _starting_with(node)
    section_buttons = {f"button.{name}" for name in _literals("guide_cards.py")}
    list_titles = {f"card.{name}" for name in _literals("guide_cards.py")}
    unused = (
        set(TEXTS) - named - section_buttons - list_titles - {f"command.{name}" for name in _literals("commands.py")}
    )
    assert unused == set()


def _starting_with(call: ast.Call) -> set[str]:
    value = call.args[0].value if call.args and isinstance(call.args[0], ast.Constant) else None
    return {key for key in TEXTS if isinstance(value, str) and "." in value and key.startswith(value)}


def _literals(file: str) -> set[str]:
    """All short strings of a module that puts keys together from them."""
    [path] = (ROOT / "bot/channels/telegram").rglob(file)
    return {
        n.value
        for n in ast.walk(ast.parse(path.read_text()))
        if isinstance(n, ast.Constant) and isinstance(n.value, str)
    }


def test_nobody_is_spoken_to_as_a_stranger() -> None:
    """«Cô bác, anh chị»; never «bạn», never «quý khách»."""
    wrong = [key for key in TEXTS if re.search(r"\b(bạn|quý khách)\b", TEXTS.plain(key, **_any(key)), re.IGNORECASE)]
    assert wrong == []


def _any(key: str) -> dict[str, str]:
    return dict.fromkeys(TEXTS.placeholders(key), "x")


@pytest.mark.parametrize("key", sorted(key for key in TEXTS if key.startswith(("claim.", "button."))))
def test_alerts_and_labels_are_short_enough(key: str) -> None:
    longest = 200 if key.startswith("claim.") else 60
    filled = TEXTS.plain(key, **dict.fromkeys(TEXTS.placeholders(key), "x" * 12))
    assert len(filled) <= longest


def test_the_file_is_where_sentences_stand() -> None:
    """No handler, view or use case holds a sentence of its own; what is said to whoever starts it is not meant."""
    vietnamese = re.compile("[ăâđêôơưạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹ]", re.IGNORECASE)
    found = []
    for folder in ("bot/helpdesk", "bot/channels", "bot/delivery"):
        for path in sorted((ROOT / folder).rglob("*.py")):
            if path.name == "trial.py":
                continue  # what it finds wrong in a guide is worded where it is found, as in guides/
            tree = ast.parse(path.read_text())
            passed_over = _docstrings(tree) | _said_at_start(tree)
            for node in ast.walk(tree):
                text = node.value if isinstance(node, ast.Constant) and id(node) not in passed_over else None
                if isinstance(text, str) and vietnamese.search(text) and len(text.split()) > 3 and "|" not in text:
                    found.append(f"{path.relative_to(ROOT)}:{node.lineno}: {text[:60]}")
    assert found == []


def _docstrings(tree: ast.AST) -> set[int]:
    return {id(n.value) for n in ast.walk(tree) if isinstance(n, ast.Expr) and isinstance(n.value, ast.Constant)}


def _said_at_start(tree: ast.AST) -> set[int]:
    calls = [n for n in ast.walk(tree) if isinstance(n, ast.Call) and getattr(n.func, "id", "") == "UsageError"]
    return {id(node) for call in calls for node in ast.walk(call)}
