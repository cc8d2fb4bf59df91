"""Things to tell a person, in no channel's words.

A notice names what it is about by ids and figures; a channel's view turns it into a message at the moment it is sent,
so a card always shows the present state. Only what one person wrote to another (``Relayed*``) carries words, masked,
and its outbox row is blanked once delivered.
"""

from bot.model.notices import citizens, editing, members, talk, teams
from bot.model.notices.notice import Notice, Repeat, Say

__all__ = ["Notice", "Repeat", "Say", "citizens", "editing", "members", "talk", "teams"]
