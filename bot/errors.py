"""The errors the rooms raise on purpose."""

from __future__ import annotations

from dataclasses import dataclass


class HelpdeskError(Exception):
    """Something a person did that cannot be done now; the channel answers with a sentence.

    Attributes:
        key: key of the sentence in ``texts.vi.yaml``.
        figures: values for the sentence's placeholders (ids and numbers, never a citizen's words).
    """

    def __init__(self, key: str, **figures: str | int) -> None:
        super().__init__(key)
        self.key = key
        self.figures = figures


@dataclass(frozen=True)
class Finding:
    """One thing wrong in a file a person wrote.

    Attributes:
        where: ``path:line``.
        what: what to do about it, in plain Vietnamese.
        warning: true where it depends on the date and must not stop anything.
    """

    where: str
    what: str
    warning: bool = False

    def __str__(self) -> str:
        return f"{self.where}: {self.what}"


class ContentError(Exception):
    """Files that cannot be used; carries every finding at once, not the first."""

    def __init__(self, findings: list[Finding]) -> None:
        super().__init__(findings)
        self.findings = findings

    def __str__(self) -> str:
        return "\n".join(map(str, self.findings))


class DatabaseInUse(Exception):
    """Another process holds the SQLite file."""


class UsageError(Exception):
    """The command cannot run as asked; the sentence says what to do."""
