"""What the bot asked for and what it asked wrongly: the outbox a test looks into."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from bot.playground.parameters import FilePart

Json = dict[str, Any]


@dataclass
class Call:
    """One request of a bot.

    Attributes:
        params: values in the documentation's types (keyboards as objects, not as text).
        answer: the body sent back; None while it is being carried out or when the connection was dropped.
        status: HTTP status of the answer; 0 likewise.
        at: seconds since 1970, when it came.
        fault: kind of the fault that befell it.
    """

    number: int
    bot_id: int
    method: str
    params: Json
    files: dict[str, FilePart]
    at: float
    answer: Json | None = None
    status: int = 0
    fault: str = ""

    @property
    def ok(self) -> bool:
        """Telegram carried it out and said so."""
        return bool(self.answer and self.answer.get("ok"))

    @property
    def result(self) -> Any:
        """What the answer holds."""
        return self.answer.get("result") if self.answer else None

    @property
    def text(self) -> str:
        """The words sent, caption included; empty for a call that sends none."""
        return str(self.params.get("text") or self.params.get("caption") or "")

    @property
    def chat_id(self) -> int | None:
        """The chat named by number."""
        value = self.params.get("chat_id")
        return value if isinstance(value, int) else None

    def to_json(self) -> Json:
        """For ``/sim/calls``."""
        return {
            "number": self.number,
            "bot_id": self.bot_id,
            "method": self.method,
            "params": self.params,
            "files": {name: {"name": part.name, "size": part.size} for name, part in self.files.items()},
            "answer": self.answer,
            "status": self.status,
            "at": self.at,
            "fault": self.fault,
        }


@dataclass(frozen=True)
class Violation:
    """Something real Telegram ignores or we do not imitate, and a test should not let pass."""

    method: str
    what: str
    at: float = field(default=0.0, compare=False)

    def __str__(self) -> str:
        return f"{self.method}: {self.what}"
