"""What a handler gets: who acts, what was pressed, the unit of work, and a place for the toast."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Any

from telegram import Update
from telegram.ext import Application, CallbackContext, ExtBot

from bot.helpdesk.desk import Desk
from bot.model.people import Member, Person
from bot.storage.work import Work
from bot.texts import Figure


@dataclass
class Turn:
    """One update on its way through the handlers.

    Attributes:
        toast: what the pressed button answers; ``alert``: in a box that must be closed.
        failure: what a handler raised; the library swallows it, so it is kept here.
        later: calls to make once the database has kept everything.
    """

    work: Work
    desk: Desk
    person: Person
    member: Member | None
    name: str
    toast: tuple[str, dict[str, Figure]] | None = None
    alert: bool = False
    failure: Exception | None = None
    later: list[Callable[[], Awaitable[Any]]] = field(default_factory=list)


current: ContextVar[Turn] = ContextVar("turn")
"""The turn of the update being handled; the library makes its context itself and asks nobody."""


class Context(CallbackContext[ExtBot[None], dict[Any, Any], dict[Any, Any], dict[Any, Any]]):
    """The context of a handler."""

    def __init__(
        self,
        application: Application[Any, Any, Any, Any, Any, Any],
        chat_id: int | None = None,
        user_id: int | None = None,
    ) -> None:
        super().__init__(application, chat_id, user_id)
        self.turn = current.get()
        self.press: Any = None

    @property
    def work(self) -> Work:
        """The unit of work; committed when the handler is through."""
        return self.turn.work

    @property
    def desk(self) -> Desk:
        """What use cases work with."""
        return self.turn.desk

    @property
    def person(self) -> Person:
        """Who acts."""
        return self.turn.person

    @property
    def member(self) -> Member | None:
        """The membership of who acts."""
        return self.turn.member

    @property
    def words(self) -> str:
        """What stands behind a command."""
        return " ".join(self.args or [])

    def toast(self, key: str, *, alert: bool = False, **figures: Figure) -> None:
        """What the pressed button answers."""
        self.turn.toast, self.turn.alert = (key, figures), alert


def pressed_message(update: Update) -> str:
    """The id of the message whose button was pressed."""
    query = update.callback_query
    return str(query.message.message_id) if query and query.message else ""
