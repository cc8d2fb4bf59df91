from __future__ import annotations

from typing import cast

from bot.guides.questions import Question
from bot.helpdesk.replay import Replay, compare
from bot.matching.matcher import Matcher
from bot.matching.result import Match


class Answers:
    """A matcher that knows its answers by heart."""

    def __init__(self, **shown: str) -> None:
        self._shown = {question: tuple(guides.split()) for question, guides in shown.items()}

    def match(self, text: str) -> Match:
        shown = self._shown.get(text, ())
        outcome = ("none", "answer", "choices")[min(len(shown), 2)]
        return Match(outcome, shown=shown)  # type: ignore[arg-type]


def replayed(questions: list[Question], old: Answers, new: Answers) -> Replay:
    return compare(questions, cast(Matcher, old), cast(Matcher, new))


def test_what_stays_is_not_told() -> None:
    outcome = replayed([Question("q"), Question("g", ("a",))], Answers(q="a", g="a"), Answers(q="a", g="a"))
    assert (outcome.logged, outcome.golden, outcome.changes, outcome.collisions) == (1, 1, (), ())


def test_another_answer_is_a_collision() -> None:
    outcome = replayed([Question("one"), Question("two")], Answers(one="a", two="a"), Answers(one="b", two="a b"))
    assert [(change.before, change.after) for change in outcome.changes] == [(("a",), ("b",)), (("a",), ("a", "b"))]
    assert outcome.collisions == (("a", "b", 2),)
    assert outcome.lost == outcome.broken == ()


def test_a_choice_that_becomes_sure_is_a_change_and_no_collision() -> None:
    outcome = replayed([Question("q")], Answers(q="a b"), Answers(q="b"))
    assert len(outcome.changes) == 1
    assert outcome.collisions == ()


def test_a_question_that_leads_nowhere_any_more_is_lost() -> None:
    outcome = replayed([Question("q")], Answers(q="a"), Answers())
    assert [change.question.text for change in outcome.lost] == ["q"]


def test_a_golden_question_breaks_when_its_guide_is_not_shown_any_more() -> None:
    questions = [Question("still", ("a",)), Question("gone", ("a",)), Question("never", ("c",))]
    before = Answers(still="a", gone="a b", never="a")
    outcome = replayed(questions, before, Answers(still="b a", gone="b", never="b"))
    assert [change.question.text for change in outcome.broken] == ["gone"]
    assert outcome.summary() == {
        "logged": 0,
        "golden": 3,
        "logged_changed": 0,
        "golden_changed": 3,
        "lost": 0,
        "broken": 1,
        "collisions": (("a", "b", 2),),
    }


def test_the_same_matcher_is_asked_nothing() -> None:
    class Silent(Answers):
        def match(self, text: str) -> Match:
            raise AssertionError("asked")

    same = Silent()
    assert replayed([Question("q")], same, same).logged == 1
