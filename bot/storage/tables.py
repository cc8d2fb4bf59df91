"""The tables. Whatever names a chat or message carries its bot; whatever names a person, channel and channel id."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, Column, Index, MetaData, Text, UniqueConstraint
from sqlmodel import Field, SQLModel

from bot.storage.columns import identity, index_where, json_column, moment, moment_or_none, words

# Names of constraints must not depend on the database, or migrations cannot address them.
SQLModel.metadata.naming_convention = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s",
    "pk": "pk_%(table_name)s",
}


def metadata() -> MetaData:
    """All tables, for migrations."""
    return SQLModel.metadata


class PersonRow(SQLModel, table=True):
    """Somebody who wrote to the bot."""

    __tablename__ = "people"
    __table_args__ = (UniqueConstraint("channel", "channel_id"), Index("ix_people_chat", "bot", "chat"))
    id: int | None = identity()
    channel: str
    channel_id: str
    bot: str
    chat: str
    consented_at: datetime | None = moment_or_none()
    territory: str | None = None
    place_asked: bool = False
    greeted: bool = False
    reachable: bool = True
    dialog: dict[str, Any] | None = json_column()
    last_request: int | None = None
    created_at: datetime = moment()
    erased_at: datetime | None = moment_or_none()


class ConsentRow(SQLModel, table=True):
    """A person agreed, or withdrew: provable, with the version of the words shown."""

    __tablename__ = "consents"
    id: int | None = identity()
    person_id: int = Field(foreign_key="people.id", index=True)
    wording: str
    given_at: datetime = moment()
    withdrawn_at: datetime | None = moment_or_none()


class TerritoryRow(SQLModel, table=True):
    """A commune or province, copied from ``knowledge/_territories.yaml`` so that figures can be joined with names."""

    __tablename__ = "territories"
    code: str = Field(primary_key=True)
    name: str
    kind: str
    province: str | None = Field(default=None, index=True)


class TeamRow(SQLModel, table=True):
    """A team: whom it serves, what it is good at, when it works, where people can come in person."""

    __tablename__ = "teams"
    __table_args__ = (index_where("is_default", "uq_teams_default", "is_default", unique=True),)
    id: int | None = identity()
    name: str
    territory: str | None = None
    is_default: bool = False
    hamlet: str | None = None
    sectors: list[str] | None = json_column()
    duty: list[str] | None = json_column()
    office_address: str | None = None
    office_hours: str | None = None
    office_phone: str | None = None
    group_bot: str | None = None
    group_chat: str | None = None
    created_at: datetime = moment()
    closed_at: datetime | None = moment_or_none()


class MemberRow(SQLModel, table=True):
    """A person's place in a team."""

    __tablename__ = "members"
    __table_args__ = (index_where("ended_at IS NULL", "uq_members_active", "person_id", unique=True),)
    id: int | None = identity()
    person_id: int = Field(foreign_key="people.id", index=True)
    team_id: int = Field(foreign_key="teams.id", index=True)
    role: str
    scope: str = "all"
    name: str
    on_duty: bool = True
    duty: list[str] | None = json_column()
    away_until: datetime | None = moment_or_none()
    on_until: datetime | None = moment_or_none()
    most_open: int | None = None
    starts_on: date | None = None
    ends_on: date | None = Field(default=None, index=True)
    current_ticket: int | None = None
    joined_at: datetime = moment()
    ended_at: datetime | None = moment_or_none()


class InviteRow(SQLModel, table=True):
    """A link that makes one person a member, once."""

    __tablename__ = "invites"
    id: int | None = identity()
    code: str = Field(unique=True)
    team_id: int = Field(foreign_key="teams.id")
    role: str
    scope: str = "all"
    name: str | None = words()
    duty: list[str] | None = json_column()
    most_open: int | None = None
    starts_on: date | None = None
    ends_on: date | None = None
    created_by: int | None = Field(default=None, foreign_key="members.id")
    created_at: datetime = moment()
    expires_at: datetime = moment()
    used_at: datetime | None = moment_or_none()


class RequestRow(SQLModel, table=True):
    """A question."""

    __tablename__ = "requests"
    id: int | None = identity()
    person_id: int | None = Field(default=None, foreign_key="people.id", index=True)
    bot: str
    asked_at: datetime = moment(index=True)
    last_message_at: datetime = moment()
    text: str | None = words()
    outcome: str
    guide: str | None = None
    guide_hash: str | None = None
    shown: list[str] = Field(default_factory=list, sa_column=Column(JSON, nullable=False))
    doubts: int = 0
    urgent: bool = False
    territory: str | None = None
    assisted_by: int | None = Field(default=None, foreign_key="members.id", index=True)


class TicketRow(SQLModel, table=True):
    """A request that people must resolve.

    ``*_due_at`` and ``leased_until`` are moments, reckoned in duty hours when they were set; ``paused_at`` says that
    the clocks stand still since then, while the citizen is waited for.
    """

    __tablename__ = "tickets"
    __table_args__ = (
        Index("ix_tickets_queue", "team_id", "state", "urgent", "front", "id"),
        index_where("leased_until IS NOT NULL", "ix_tickets_leased", "leased_until"),
        index_where("climb_at IS NOT NULL", "ix_tickets_climbing", "climb_at"),
        index_where("closed_at IS NULL", "ix_tickets_first_reply_due", "first_reply_due_at"),
        index_where("closed_at IS NULL", "ix_tickets_end_due", "end_due_at"),
    )
    id: int | None = identity()
    request_id: int | None = Field(default=None, foreign_key="requests.id", index=True)
    person_id: int = Field(foreign_key="people.id", index=True)
    team_id: int = Field(foreign_key="teams.id")
    state: str
    holder_id: int | None = Field(default=None, foreign_key="members.id", index=True)
    last_holder_id: int | None = Field(default=None, foreign_key="members.id")
    guide: str | None = None
    step: int | None = None
    question: str | None = words()
    urgent: bool = False
    front: bool = False
    territory: str | None = None
    opened_at: datetime = moment()
    claimed_at: datetime | None = moment_or_none()
    first_reply_at: datetime | None = moment_or_none()
    closed_at: datetime | None = moment_or_none(index=True)
    answered_by_guide: str | None = None
    climb_at: datetime | None = moment_or_none()
    first_reply_due_at: datetime | None = moment_or_none()
    end_due_at: datetime | None = moment_or_none()
    paused_at: datetime | None = moment_or_none()
    leased_until: datetime | None = moment_or_none()
    lease_reminded_at: datetime | None = moment_or_none()
    late_told_at: datetime | None = moment_or_none()
    phone: str | None = words()


class TicketNoteRow(SQLModel, table=True):
    """What a member wrote for colleagues about a ticket; masked, never shown to the citizen."""

    __tablename__ = "ticket_notes"
    id: int | None = identity()
    ticket_id: int = Field(foreign_key="tickets.id", index=True)
    member_id: int = Field(foreign_key="members.id")
    text: str | None = words()
    written_at: datetime = moment()


class ReadyReplyRow(SQLModel, table=True):
    """An answer a team keeps at hand, with placeholders."""

    __tablename__ = "ready_replies"
    __table_args__ = (Index("ix_ready_replies_team", "team_id", "category"),)
    id: int | None = identity()
    team_id: int = Field(foreign_key="teams.id")
    category: str
    title: str
    text: str = Field(default="", sa_column=Column(Text, nullable=False))
    member_id: int | None = Field(default=None, foreign_key="members.id")
    created_at: datetime = moment()
    removed_at: datetime | None = moment_or_none()


class EventRow(SQLModel, table=True):
    """Something that happened. Never changed, but for the person's id at erasure."""

    __tablename__ = "events"
    id: int | None = identity()
    at: datetime = moment(index=True)
    kind: str
    request_id: int | None = Field(default=None, index=True)
    ticket_id: int | None = Field(default=None, index=True)
    person_id: int | None = Field(default=None, index=True)
    member_id: int | None = None
    team_id: int | None = None
    guide: str | None = None
    territory: str | None = None
    codes: dict[str, Any] = Field(default_factory=dict, sa_column=Column(JSON, nullable=False))


class TicketMessageRow(SQLModel, table=True):
    """A message of a ticket's conversation: where it stands on its author's side; slots say where on the other's."""

    __tablename__ = "ticket_messages"
    __table_args__ = (UniqueConstraint("ticket_id", "bot", "chat", "message"),)
    id: int | None = identity()
    ticket_id: int = Field(foreign_key="tickets.id", index=True)
    side: str
    kind: str
    bot: str
    chat: str
    message: str
    text: str | None = words()
    reply_to: int | None = None
    album: str | None = None
    file: str | None = None
    held_back: bool = False
    written_at: datetime = moment()


class InboxRow(SQLModel, table=True):
    """An update as it came. ``raw`` is blanked in the transaction that handles it."""

    __tablename__ = "inbox"
    __table_args__ = (
        UniqueConstraint("bot", "update_key"),
        index_where("state = 'pending'", "ix_inbox_pending", "bot", "chat", "id"),
        index_where("state = 'pending'", "ix_inbox_waiting", "bot", "received_at", "id"),
        index_where("state = 'quarantined'", "ix_inbox_quarantined", "id"),
    )
    id: int | None = identity()
    bot: str
    update_key: str
    chat: str
    state: str = "pending"
    raw: str | None = words()
    attempts: int = 0
    leased_until: datetime | None = moment_or_none()
    received_at: datetime = moment()
    handled_at: datetime | None = moment_or_none()
    error: str | None = None
    reported: bool = False


class OutboxRow(SQLModel, table=True):
    """A notice on its way. ``figures`` are blanked once it is delivered."""

    __tablename__ = "outbox"
    __table_args__ = (
        index_where("state = 'pending'", "ix_outbox_pending", "bot", "chat", "id"),
        index_where("state = 'pending'", "ix_outbox_due", "bot", "due_at", "id"),
        index_where("state = 'pending' AND leased_until IS NOT NULL", "ix_outbox_leased", "bot", "leased_until"),
        index_where("error IS NOT NULL", "ix_outbox_failed", "bot", "chat"),
        # «Gửi lại» names a row by its number: the number of a row long dropped must not come back.
        {"sqlite_autoincrement": True},
    )
    id: int | None = identity()
    bot: str
    chat: str
    kind: str
    mode: str
    figures: dict[str, Any] | None = json_column()
    slots: list[str] = Field(default_factory=list, sa_column=Column(JSON, nullable=False))
    silent: bool = False
    album: str | None = Field(default=None, index=True)
    state: str = "pending"
    attempts: int = 0
    doubts: int = 0
    due_at: datetime = moment()
    leased_until: datetime | None = moment_or_none()
    created_at: datetime = moment()
    done_at: datetime | None = moment_or_none()
    error: str | None = None


class SlotRow(SQLModel, table=True):
    """Where the message of a name stands, e.g. ``card:12`` in a group."""

    __tablename__ = "slots"
    __table_args__ = (UniqueConstraint("bot", "chat", "name"), Index("ix_slots_message", "bot", "chat", "message"))
    id: int | None = identity()
    bot: str
    chat: str
    name: str
    message: str
    updated_at: datetime = moment()


class GuideVersionRow(SQLModel, table=True):
    """A change to a guide made from the chat; of the published ones the newest is in force."""

    __tablename__ = "guide_versions"
    __table_args__ = (index_where("state = 'received'", "ix_guide_versions_received", "bot", "id"),)
    id: int | None = identity()
    guide: str = Field(index=True)
    sector: str
    text: str = Field(default="", sa_column=Column(Text, nullable=False))
    former_text: str | None = Field(default=None, sa_column=Column(Text, nullable=True))
    state: str
    change: str
    member_id: int = Field(foreign_key="members.id")
    confirmed_by: int | None = Field(default=None, foreign_key="members.id")
    bot: str
    file: str | None = None
    report: dict[str, Any] = Field(default_factory=dict, sa_column=Column(JSON, nullable=False))
    attempts: int = 0
    leased_until: datetime | None = moment_or_none()
    created_at: datetime = moment()
    published_at: datetime | None = moment_or_none()


class TeamListRow(SQLModel, table=True):
    """A file of teams and members on its way in; its words are blanked once it is decided."""

    __tablename__ = "team_lists"
    __table_args__ = (index_where("state = 'received'", "ix_team_lists_received", "bot", "id"),)
    id: int | None = identity()
    member_id: int = Field(foreign_key="members.id")
    bot: str
    file: str | None = None
    text: str | None = words()
    state: str
    report: dict[str, Any] = Field(default_factory=dict, sa_column=Column(JSON, nullable=False))
    attempts: int = 0
    leased_until: datetime | None = moment_or_none()
    created_at: datetime = moment()


class SuggestionRow(SQLModel, table=True):
    """What the bot missed: a way of asking for a guide, or a guide that is lacking. Words masked."""

    __tablename__ = "suggestions"
    id: int | None = identity()
    ticket_id: int | None = Field(default=None, foreign_key="tickets.id")
    guide: str | None = None
    text: str | None = words()
    state: str = "new"
    created_at: datetime = moment()


class FollowUpRow(SQLModel, table=True):
    """Something to come back to, such as a guide left open at a step."""

    __tablename__ = "follow_ups"
    __table_args__ = (UniqueConstraint("person_id", "kind", "guide"),)
    id: int | None = identity()
    person_id: int = Field(foreign_key="people.id")
    kind: str
    guide: str
    step: int
    due_at: datetime | None = moment_or_none(index=True)
    updated_at: datetime = moment()


class SettingRow(SQLModel, table=True):
    """What is set while running: maintenance, notices on platforms."""

    __tablename__ = "settings"
    key: str = Field(primary_key=True)
    value: dict[str, Any] = Field(sa_column=Column(JSON, nullable=False))
    updated_at: datetime = moment()
