"""What travels: updates coming in, notices going out."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from bot.model.notices import Notice
from bot.model.people import Chat


class Mode(StrEnum):
    """How a notice is shown.

    ``new``: a new message; its slot points there from now on. ``edit``: the slot's message is changed, or a new one
    sent where there is none. ``edit_only``: changed if it is there, else nothing. ``replace``: the slot's message is
    deleted and a new one sent. ``delete``: the slot's message is deleted.
    """

    NEW = "new"
    EDIT = "edit"
    EDIT_ONLY = "edit_only"
    REPLACE = "replace"
    DELETE = "delete"


@dataclass(frozen=True)
class Arrival:
    """An update that waits to be handled.

    Attributes:
        attempts: this one included.
        suspect: the process that handled it last died, perhaps of it.
    """

    row: int
    bot: str
    chat: str
    raw: str
    attempts: int
    suspect: bool = False


@dataclass(frozen=True)
class Departure:
    """A notice that is about to be sent.

    Attributes:
        doubts: how often it was sent without knowing whether it arrived.
        messages: where the slots point now, in the order of ``slots``; None: nowhere, or the mode does not ask.
    """

    row: int
    chat: Chat
    notice: Notice
    mode: Mode
    slots: tuple[str, ...]
    messages: tuple[str | None, ...]
    silent: bool
    attempts: int
    doubts: int
