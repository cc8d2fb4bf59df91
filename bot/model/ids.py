"""Ids have their own types, so that a ticket's number is never taken for a person's."""

from __future__ import annotations

from typing import NewType

PersonId = NewType("PersonId", int)
MemberId = NewType("MemberId", int)
TeamId = NewType("TeamId", int)
RequestId = NewType("RequestId", int)
TicketId = NewType("TicketId", int)
MessageId = NewType("MessageId", int)
"""Of our own row in ``ticket_messages``, not a channel's."""
VersionId = NewType("VersionId", int)
"""Of a change to a guide."""
TeamListId = NewType("TeamListId", int)
"""Of a file that names teams and members."""
