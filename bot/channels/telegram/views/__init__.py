"""From a notice to a message: text with markup, and buttons. Views await nothing."""

from __future__ import annotations

from bot.channels.telegram.views import editing, guide_cards, staff, talk, team_lists, teams, tickets
from bot.channels.telegram.views.frame import Frame, Screen, Views
from bot.model.briefs import Brief
from bot.model.notices import Notice

VIEWS: Views = {
    **talk.VIEWS,
    **guide_cards.VIEWS,
    **tickets.VIEWS,
    **staff.VIEWS,
    **editing.VIEWS,
    **teams.VIEWS,
    **team_lists.VIEWS,
}
"""All but the copies of pictures and files, which are more than a text (``sending.py``)."""


def render(notice: Notice, brief: Brief, frame: Frame) -> Screen:
    """The message that shows a notice."""
    return VIEWS[type(notice)](notice, brief, frame)
