"""What would change for citizens: questions already asked, through the matcher in force and through a new one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import Any

from bot.guides.questions import Question
from bot.matching.matcher import Matcher
from bot.matching.result import Match


@dataclass(frozen=True)
class Change:
    """A question that would be answered differently.

    Attributes:
        before: the guides shown now; ``after``: those shown then.
        lost: it led somewhere and would not any more.
        broken: its right guide is known, was shown, and would not be any more.
    """

    question: Question
    before: tuple[str, ...]
    after: tuple[str, ...]
    lost: bool
    broken: bool


@dataclass(frozen=True)
class Replay:
    """The outcome.

    Attributes:
        collisions: how often two guides come to stand in each other's way: where the first alone answered, now both
            are offered, or the second answers.
    """

    logged: int
    golden: int
    changes: tuple[Change, ...]
    collisions: tuple[tuple[str, str, int], ...]

    @property
    def lost(self) -> tuple[Change, ...]:
        """Questions that would lead nowhere."""
        return tuple(change for change in self.changes if change.lost)

    @property
    def broken(self) -> tuple[Change, ...]:
        """Golden questions whose right guide would not be shown any more."""
        return tuple(change for change in self.changes if change.broken)

    def summary(self) -> dict[str, Any]:
        """The figures alone, to be kept; nobody's words."""
        return asdict(
            Figures(
                self.logged,
                self.golden,
                sum(not change.question.gold for change in self.changes),
                sum(bool(change.question.gold) for change in self.changes),
                len(self.lost),
                len(self.broken),
                self.collisions[:5],
            )
        )


@dataclass(frozen=True)
class Figures:
    """A replay in numbers."""

    logged: int
    golden: int
    logged_changed: int
    golden_changed: int
    lost: int
    broken: int
    collisions: tuple[tuple[str, str, int], ...] = ()


def compare(questions: Iterable[Question], old: Matcher, new: Matcher) -> Replay:
    """Put every question to both. Takes milliseconds a question: never on the event loop.

    Args:
        questions: with their right answers where they are known.
        old: as it answers now; ``new``: as it would.
        new: see old.
    """
    changes: list[Change] = []
    collisions: Counter[tuple[str, str]] = Counter()
    logged = golden = 0
    for question in questions:
        logged += not question.gold
        golden += bool(question.gold)
        if old is new:
            continue
        before, after = old.match(question.text), new.match(question.text)
        if before.shown == after.shown:
            continue
        changes.append(_change(question, before, after))
        if before.guide:
            collisions.update((before.guide, other) for other in after.shown if other != before.guide)
    pairs = tuple((one, other, number) for (one, other), number in collisions.most_common())
    return Replay(logged, golden, tuple(changes), pairs)


def _change(question: Question, before: Match, after: Match) -> Change:
    right = set(question.gold)
    return Change(
        question,
        before.shown,
        after.shown,
        lost=bool(before.shown) and not after.shown,
        broken=bool(right & set(before.shown)) and not right & set(after.shown),
    )
