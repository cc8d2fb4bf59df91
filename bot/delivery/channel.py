"""What a channel must be able to do. Telegram is one; another can stand beside it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Protocol

from bot.helpdesk.desk import Desk
from bot.model.briefs import Brief
from bot.model.delivery import Arrival, Departure
from bot.model.people import Chat
from bot.storage.work import Work

AfterCommit = Callable[[], Awaitable[None]]
"""What is done once the database has kept the outcome, such as answering a button's press."""


class Channel(Protocol):
    """A way to talk with people.

    Attributes:
        bot: channel and own id there, e.g. ``telegram:7001``; every row naming a chat carries it.
    """

    bot: str

    async def handle(self, arrival: Arrival, work: Work, desk: Desk) -> AfterCommit | None:
        """Read one update and call one use case.

        Raises:
            Exception: the update cannot be handled; the work is rolled back.
        """
        ...

    async def failed(self, arrival: Arrival, work: Work, desk: Desk) -> AfterCommit | None:
        """An update was put aside: say so, where somebody waits for an answer."""
        ...

    async def send(self, departure: Departure, brief: Brief) -> tuple[str, ...]:
        """Show a notice; the ids of the messages, in the order of the departure's slots.

        Raises:
            DeliveryError: it did not get through, or it is not known whether it did.
        """
        ...

    async def fetch(self, file: str) -> bytes:
        """Get a file that somebody sent.

        Raises:
            CannotFetch: the channel will never give it.
        """
        ...

    def is_group(self, chat: Chat) -> bool:
        """Whether a group's stricter limits hold for the chat."""
        ...


class DeliveryError(Exception):
    """Base of what can become of a message; carries a short code for the log, never words."""

    def __init__(self, code: str = "") -> None:
        super().__init__(code)
        self.code = code


class Refused(DeliveryError):
    """The channel will never take this message."""


class Unreachable(DeliveryError):
    """The chat cannot be written to: blocked, deactivated, gone."""


class TooFast(DeliveryError):
    """The channel asks to wait. It did not take the message."""

    def __init__(self, seconds: float) -> None:
        super().__init__("429")
        self.seconds = seconds


class NotSent(DeliveryError):
    """It surely did not leave; try again later."""


class Doubtful(DeliveryError):
    """It may have arrived: the answer was lost on the way."""


class Moved(DeliveryError):
    """The group has another id now."""

    def __init__(self, chat: str) -> None:
        super().__init__("moved")
        self.chat = chat
