"""What citizens asked, to be asked again."""

from __future__ import annotations

from datetime import timedelta

from bot.guides.questions import Question
from bot.storage.work import Work

MOST_LOGGED = 3000
"""Newest logged questions that are replayed; more would keep an admin waiting without telling him more."""


async def logged_questions(work: Work, days: int) -> list[Question]:
    """What citizens asked in the last days, masked; the same words once."""
    since = work.clock.now() - timedelta(days=days)
    texts = await work.requests.texts_since(since, MOST_LOGGED)
    return [Question(text) for text in dict.fromkeys(texts)]
