"""All handlers, in the order that matters: commands, presses, then whatever else is said."""

from __future__ import annotations

from typing import Any

from telegram.ext import Application

from bot.channels.telegram.handlers import admins, citizens, members, messages, presses, teams, volunteers


def register(application: Application[Any, Any, Any, Any, Any, Any]) -> None:
    """Put all handlers into the application."""
    application.add_handlers(teams.elsewhere(), group=-1)  # beside whatever takes the update
    for group in (citizens.commands(), volunteers.commands(), admins.commands(), teams.commands()):
        application.add_handlers(group)
    application.add_handlers(citizens.presses())
    application.add_handlers(volunteers.presses())
    application.add_handlers(admins.presses())
    application.add_handlers(teams.presses())
    application.add_handler(presses.unknown())
    application.add_handlers(members.handlers())
    application.add_handlers(messages.handlers())  # last: takes what nobody took
