"""The states things are in and the kinds of things that happen."""

from __future__ import annotations

from enum import StrEnum


class Outcome(StrEnum):
    """How a request ended so far; the last one wins."""

    ANSWERED = "answered"
    ASKED_BACK = "asked_back"
    HANDED_OVER = "handed_over"
    DECLINED = "declined"
    BROWSED = "browsed"


class TicketState(StrEnum):
    """Where a ticket is in its life."""

    OPEN = "open"
    CLAIMED = "claimed"
    WAITING_CITIZEN = "waiting_citizen"
    RESOLVED = "resolved"
    REFERRED = "referred"
    CANCELLED = "cancelled"


HELD = (TicketState.CLAIMED, TicketState.WAITING_CITIZEN)
LIVE = (TicketState.OPEN, *HELD)
ENDED = (TicketState.RESOLVED, TicketState.REFERRED, TicketState.CANCELLED)


class Role(StrEnum):
    """What a member may do; each includes the ones before."""

    VOLUNTEER = "volunteer"
    LEADER = "leader"
    ADMIN = "admin"


class Side(StrEnum):
    """Who speaks in a ticket."""

    CITIZEN = "citizen"
    HELPER = "helper"


class EventKind(StrEnum):
    """What is recorded, for ever, without anybody's words."""

    ASKED = "asked"
    OUTCOME = "outcome"
    HELPED = "helped"
    NOT_HELPED = "not_helped"
    OPENED = "opened"
    CLAIMED = "claimed"
    RELEASED = "released"
    FIRST_REPLY = "first_reply"
    WAITING = "waiting"
    CONTINUED = "continued"
    RESOLVED = "resolved"
    REFERRED = "referred"
    CANCELLED = "cancelled"
    REOPENED = "reopened"
    CONFIRMED = "confirmed"
    CONSENTED = "consented"
    WITHDRAWN = "withdrawn"
    JOINED = "joined"
    LEFT = "left"
    MOVED = "moved"
    TEAM = "team"
    MEMBER = "member"
    DUTY = "duty"
    MAINTENANCE = "maintenance"
    RELOADED = "reloaded"
    NOTICE = "notice"
    PUBLISHED = "published"


class Delivered(StrEnum):
    """What became of something sent."""

    PENDING = "pending"
    SENT = "sent"
    REFUSED = "refused"
    BLOCKED = "blocked"
    UNKNOWN = "unknown"


class Kind(StrEnum):
    """What a message is made of."""

    TEXT = "text"
    PHOTO = "photo"
    VIDEO = "video"
    VOICE = "voice"
    VIDEO_NOTE = "video_note"
    AUDIO = "audio"
    DOCUMENT = "document"
    LOCATION = "location"
    CONTACT = "contact"
    STICKER = "sticker"
    OTHER = "other"


class Section(StrEnum):
    """The parts of a guide's card that can be opened."""

    MAIN = "main"
    DOCUMENTS = "documents"
    COST = "cost"
    NOTES = "notes"
    PLACE = "place"
