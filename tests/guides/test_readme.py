"""What knowledge/README.md tells admins must be there."""

from __future__ import annotations

import re
from pathlib import Path

from bot.texts import Texts
from bot.verbs.guides import app

README = Path("knowledge/README.md").read_text(encoding="utf-8")


def test_every_button_it_names_has_that_label() -> None:
    texts = Texts.load()
    keys = [key for key in sorted(texts.keys()) if key.startswith("button.")]
    labels = [texts.plain(key, **dict.fromkeys(texts.placeholders(key), "")) for key in keys]
    shown = " | ".join(labels)
    named = set(re.findall(r"(?:bấm |\*\*|^\| )«([^»]+)»", README, re.MULTILINE))
    assert len(named) >= 9
    assert [name for name in named if name not in shown] == []


def test_every_verb_it_names_exists() -> None:
    verbs = {command.name or getattr(command.callback, "__name__", "") for command in app.registered_commands}
    named = set(re.findall(r"bot guides (\w+)", README))
    assert named <= verbs
    assert verbs - named <= {"show"}


def test_every_file_it_names_exists() -> None:
    for name in re.findall(r"`(_[\w./]+|guide\.schema\.json)`", README):
        assert (Path("knowledge") / name).exists(), name


def test_every_picture_it_shows_exists() -> None:
    shown = re.findall(r'src="([^"]+)"', README)
    assert len(shown) >= 3
    assert [name for name in shown if not (Path("knowledge") / name).exists()] == []
