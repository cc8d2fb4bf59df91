"""What a notice is; the plainest of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, ClassVar

from pydantic import TypeAdapter


class Repeat(StrEnum):
    """What to do when it is unknown whether a message reached its chat."""

    ALWAYS = "always"
    """Harmless to repeat: an edit, a deletion."""
    ONCE = "once"
    """An answer: better twice than never."""
    NEVER = "never"
    """A person's words: the author is asked."""


@dataclass(frozen=True)
class Notice:
    """Base of all notices; subclasses are known by their names."""

    repeat: ClassVar[Repeat] = Repeat.ONCE
    _kinds: ClassVar[dict[str, type[Notice]]] = {}

    def __init_subclass__(cls) -> None:
        Notice._kinds[cls.__name__] = cls

    @property
    def kind(self) -> str:
        """The notice's name, as stored."""
        return type(self).__name__

    def figures(self) -> dict[str, Any]:
        """The fields as JSON values."""
        dumped: dict[str, Any] = _adapter(type(self)).dump_python(self, mode="json")
        return dumped

    @staticmethod
    def read(kind: str, figures: Mapping[str, Any]) -> Notice:
        """The notice that was stored."""
        notice: Notice = _adapter(Notice._kinds[kind]).validate_python(figures)
        return notice

    @staticmethod
    def kinds() -> dict[str, type[Notice]]:
        """All notices by name."""
        return dict(Notice._kinds)


_adapters: dict[str, TypeAdapter[Any]] = {}


def _adapter(cls: type[Notice]) -> TypeAdapter[Any]:
    # Building one takes a millisecond, and a notice is read and written for every message.
    if cls.__name__ not in _adapters:
        _adapters[cls.__name__] = TypeAdapter(cls)
    return _adapters[cls.__name__]


@dataclass(frozen=True)
class Say(Notice):
    """A sentence of ``texts.vi.yaml``.

    Attributes:
        values: for the sentence's placeholders; ids, numbers, names of teams, never a citizen's words.
        menu: name of a row of buttons below it.
    """

    key: str
    values: Mapping[str, str | int] = field(default_factory=dict)
    menu: str = ""
