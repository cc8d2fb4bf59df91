"""Requests and tickets."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from bot.model.ids import MemberId, MessageId, PersonId, RequestId, TeamId, TicketId
from bot.model.states import Kind, Outcome, Side, TicketState


@dataclass(frozen=True)
class Request:
    """A question, or several short messages that make one.

    Attributes:
        text: the words, masked; None before consent and after their time.
        shown: ids of the guides the citizen saw.
        doubts: how often the bot asked back.
    """

    id: RequestId
    person: PersonId | None
    asked_at: datetime
    last_message_at: datetime
    text: str | None
    outcome: Outcome
    guide: str | None
    shown: tuple[str, ...]
    doubts: int
    urgent: bool


@dataclass(frozen=True)
class Ticket:
    """A request that people must resolve.

    Attributes:
        id: the number people see.
        question: the citizen's words, masked; empty where none were given yet.
        step: the step of ``guide`` where the citizen is stuck, from 1.
        urgent: goes before the others.
        front: came back; goes before the others of its kind.
        climb_at: unclaimed until then, it goes to the next wider team.
        first_reply_due_at: when a person should have answered.
        end_due_at: when it should be at an end.
        paused_at: the clocks stand still since then, while the citizen is waited for.
        leased_until: the holder's until then; any message of his renews it.
        phone: the citizen's number, where he shared it on purpose.
    """

    id: TicketId
    request: RequestId | None
    person: PersonId
    team: TeamId
    state: TicketState
    holder: MemberId | None
    guide: str | None
    step: int | None
    question: str
    urgent: bool
    front: bool
    territory: str | None
    opened_at: datetime
    claimed_at: datetime | None
    closed_at: datetime | None
    first_reply_at: datetime | None = None
    climb_at: datetime | None = None
    first_reply_due_at: datetime | None = None
    end_due_at: datetime | None = None
    paused_at: datetime | None = None
    leased_until: datetime | None = None
    lease_reminded_at: datetime | None = None
    late_told_at: datetime | None = None
    phone: str = ""


@dataclass(frozen=True)
class Place:
    """A message in a channel, found again by ids alone."""

    bot: str
    chat: str
    message: str


@dataclass(frozen=True)
class TicketMessage:
    """One message of a ticket's conversation.

    Attributes:
        source: where its author wrote it.
        text: masked words or caption; None once their time is over.
        reply_to: the message of this ticket that it answers.
        album: messages with the same one belong together.
        file: the channel's handle of the file, for albums.
    """

    id: MessageId
    ticket: TicketId
    side: Side
    kind: Kind
    source: Place
    text: str | None
    reply_to: MessageId | None
    album: str | None
    file: str | None


@dataclass(frozen=True)
class Incoming:
    """A message somebody sent to the bot, in no channel's words.

    Attributes:
        text: words or caption, as sent (unmasked: never keep this).
        reply_to: the channel's id of the message it answers.
        forwarded: written by somebody else.
        edited: a new version of a message sent before.
        file: the channel's handle of the file.
        file_name: what its author called it.
    """

    place: Place
    kind: Kind
    text: str
    reply_to: str | None = None
    album: str | None = None
    file: str | None = None
    file_name: str = ""
    forwarded: bool = False
    edited: bool = False
