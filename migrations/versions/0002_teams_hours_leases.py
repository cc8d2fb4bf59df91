"""teams, hours, leases."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from bot.storage.types import UtcDateTime

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "ready_replies",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("team_id", sa.Integer(), nullable=False),
        sa.Column("category", sa.String(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=True),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("removed_at", UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(["member_id"], ["members.id"], name=op.f("fk_ready_replies_member_id")),
        sa.ForeignKeyConstraint(["team_id"], ["teams.id"], name=op.f("fk_ready_replies_team_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ready_replies")),
    )
    with op.batch_alter_table("ready_replies", schema=None) as batch_op:
        batch_op.create_index("ix_ready_replies_team", ["team_id", "category"], unique=False)

    op.create_table(
        "team_lists",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("bot", sa.String(), nullable=False),
        sa.Column("file", sa.String(), nullable=True),
        sa.Column("text", sa.Text(), nullable=True),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("report", sa.JSON(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("leased_until", UtcDateTime(), nullable=True),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["member_id"], ["members.id"], name=op.f("fk_team_lists_member_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_team_lists")),
    )
    with op.batch_alter_table("team_lists", schema=None) as batch_op:
        batch_op.create_index(
            "ix_team_lists_received",
            ["bot", "id"],
            unique=False,
            sqlite_where=sa.text("state = 'received'"),
            postgresql_where=sa.text("state = 'received'"),
        )

    op.create_table(
        "ticket_notes",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("ticket_id", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=True),
        sa.Column("written_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["member_id"], ["members.id"], name=op.f("fk_ticket_notes_member_id")),
        sa.ForeignKeyConstraint(["ticket_id"], ["tickets.id"], name=op.f("fk_ticket_notes_ticket_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ticket_notes")),
    )
    with op.batch_alter_table("ticket_notes", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_ticket_notes_ticket_id"), ["ticket_id"], unique=False)

    with op.batch_alter_table("invites", schema=None) as batch_op:
        batch_op.add_column(sa.Column("name", sa.Text(), nullable=True))
        batch_op.add_column(sa.Column("duty", sa.JSON(none_as_null=True), nullable=True))
        batch_op.add_column(sa.Column("most_open", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("starts_on", sa.Date(), nullable=True))
        batch_op.add_column(sa.Column("ends_on", sa.Date(), nullable=True))

    with op.batch_alter_table("members", schema=None) as batch_op:
        batch_op.add_column(sa.Column("duty", sa.JSON(none_as_null=True), nullable=True))
        batch_op.add_column(sa.Column("away_until", UtcDateTime(), nullable=True))
        batch_op.add_column(sa.Column("most_open", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("starts_on", sa.Date(), nullable=True))
        batch_op.add_column(sa.Column("ends_on", sa.Date(), nullable=True))
        batch_op.create_index(batch_op.f("ix_members_ends_on"), ["ends_on"], unique=False)

    with op.batch_alter_table("requests", schema=None) as batch_op:
        batch_op.add_column(sa.Column("assisted_by", sa.Integer(), nullable=True))
        batch_op.create_index(batch_op.f("ix_requests_assisted_by"), ["assisted_by"], unique=False)
        batch_op.create_foreign_key(batch_op.f("fk_requests_assisted_by"), "members", ["assisted_by"], ["id"])

    with op.batch_alter_table("teams", schema=None) as batch_op:
        batch_op.add_column(sa.Column("hamlet", sa.String(), nullable=True))
        batch_op.add_column(sa.Column("sectors", sa.JSON(none_as_null=True), nullable=True))
        batch_op.add_column(sa.Column("duty", sa.JSON(none_as_null=True), nullable=True))
        batch_op.add_column(sa.Column("office_address", sa.String(), nullable=True))
        batch_op.add_column(sa.Column("office_hours", sa.String(), nullable=True))
        batch_op.add_column(sa.Column("office_phone", sa.String(), nullable=True))
        batch_op.add_column(sa.Column("closed_at", UtcDateTime(), nullable=True))

    with op.batch_alter_table("tickets", schema=None) as batch_op:
        batch_op.add_column(sa.Column("climb_at", UtcDateTime(), nullable=True))
        batch_op.add_column(sa.Column("first_reply_due_at", UtcDateTime(), nullable=True))
        batch_op.add_column(sa.Column("end_due_at", UtcDateTime(), nullable=True))
        batch_op.add_column(sa.Column("paused_at", UtcDateTime(), nullable=True))
        batch_op.add_column(sa.Column("leased_until", UtcDateTime(), nullable=True))
        batch_op.add_column(sa.Column("lease_reminded_at", UtcDateTime(), nullable=True))
        batch_op.add_column(sa.Column("late_told_at", UtcDateTime(), nullable=True))
        batch_op.add_column(sa.Column("phone", sa.Text(), nullable=True))
        batch_op.create_index(
            "ix_tickets_climbing",
            ["climb_at"],
            unique=False,
            sqlite_where=sa.text("climb_at IS NOT NULL"),
            postgresql_where=sa.text("climb_at IS NOT NULL"),
        )
        batch_op.create_index(
            "ix_tickets_end_due",
            ["end_due_at"],
            unique=False,
            sqlite_where=sa.text("closed_at IS NULL"),
            postgresql_where=sa.text("closed_at IS NULL"),
        )
        batch_op.create_index(
            "ix_tickets_first_reply_due",
            ["first_reply_due_at"],
            unique=False,
            sqlite_where=sa.text("closed_at IS NULL"),
            postgresql_where=sa.text("closed_at IS NULL"),
        )
        batch_op.create_index(
            "ix_tickets_leased",
            ["leased_until"],
            unique=False,
            sqlite_where=sa.text("leased_until IS NOT NULL"),
            postgresql_where=sa.text("leased_until IS NOT NULL"),
        )


def downgrade() -> None:
    with op.batch_alter_table("tickets", schema=None) as batch_op:
        batch_op.drop_index(
            "ix_tickets_leased",
            sqlite_where=sa.text("leased_until IS NOT NULL"),
            postgresql_where=sa.text("leased_until IS NOT NULL"),
        )
        batch_op.drop_index(
            "ix_tickets_first_reply_due",
            sqlite_where=sa.text("closed_at IS NULL"),
            postgresql_where=sa.text("closed_at IS NULL"),
        )
        batch_op.drop_index(
            "ix_tickets_end_due",
            sqlite_where=sa.text("closed_at IS NULL"),
            postgresql_where=sa.text("closed_at IS NULL"),
        )
        batch_op.drop_index(
            "ix_tickets_climbing",
            sqlite_where=sa.text("climb_at IS NOT NULL"),
            postgresql_where=sa.text("climb_at IS NOT NULL"),
        )
        batch_op.drop_column("phone")
        batch_op.drop_column("late_told_at")
        batch_op.drop_column("lease_reminded_at")
        batch_op.drop_column("leased_until")
        batch_op.drop_column("paused_at")
        batch_op.drop_column("end_due_at")
        batch_op.drop_column("first_reply_due_at")
        batch_op.drop_column("climb_at")

    with op.batch_alter_table("teams", schema=None) as batch_op:
        batch_op.drop_column("closed_at")
        batch_op.drop_column("office_phone")
        batch_op.drop_column("office_hours")
        batch_op.drop_column("office_address")
        batch_op.drop_column("duty")
        batch_op.drop_column("sectors")
        batch_op.drop_column("hamlet")

    with op.batch_alter_table("requests", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_requests_assisted_by"), type_="foreignkey")
        batch_op.drop_index(batch_op.f("ix_requests_assisted_by"))
        batch_op.drop_column("assisted_by")

    with op.batch_alter_table("members", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_members_ends_on"))
        batch_op.drop_column("ends_on")
        batch_op.drop_column("starts_on")
        batch_op.drop_column("most_open")
        batch_op.drop_column("away_until")
        batch_op.drop_column("duty")

    with op.batch_alter_table("invites", schema=None) as batch_op:
        batch_op.drop_column("ends_on")
        batch_op.drop_column("starts_on")
        batch_op.drop_column("most_open")
        batch_op.drop_column("duty")
        batch_op.drop_column("name")

    with op.batch_alter_table("ticket_notes", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_ticket_notes_ticket_id"))

    op.drop_table("ticket_notes")
    with op.batch_alter_table("ready_replies", schema=None) as batch_op:
        batch_op.drop_index("ix_ready_replies_team")

    op.drop_table("ready_replies")
    with op.batch_alter_table("team_lists", schema=None) as batch_op:
        batch_op.drop_index(
            "ix_team_lists_received",
            sqlite_where=sa.text("state = 'received'"),
            postgresql_where=sa.text("state = 'received'"),
        )

    op.drop_table("team_lists")
