"""What the bot waits to hear from a person; kept with the person, so that it survives a restart."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from bot.model.people import Person
from bot.storage.work import Work

PLACE = "place"
"""The commune or province."""
STUCK = "stuck"
"""What does not work at a step: ``guide``, ``step``, ``request``."""
ASKING = "asking"
"""The next words are a question although a ticket is open."""
WANTED = "wanted"
"""A person was called for before agreeing: ``request``, ``guide``, ``step``, ``question``."""
FIND_GUIDE = "find_guide"
"""A member types which guide he means: ``ticket``, ``purpose``."""
WHICH = "which"
"""A member's words wait for the ticket they are for: ``kind``, ``place``, ``text`` (masked) …"""

TEAM = "team"
"""A leader types something about a team: ``asks``, ``team`` (0: a new one), ``member`` (0: none), ``name``, ``hamlet``.
"""

EDIT = "edit"
"""An admin types the new wording of a part of a guide: ``guide``, ``part``, and for a fee its ``index``."""


# Whoever comes back after longer means something else; only these wait as long as it takes.
_PATIENCE = timedelta(hours=1)
_PATIENT = (PLACE, WANTED)


async def expect(work: Work, person: Person, what: str, **details: Any) -> None:
    """From now on wait for this."""
    since = work.clock.now().isoformat()
    await work.people.change(person.id, dialog={"expects": what, "since": since, **details})


async def without_stale(work: Work, person: Person) -> Person:
    """The person, no longer waited for where that was too long ago."""
    if person.dialog is None or expects(person) in _PATIENT:
        return person
    if work.clock.now() - datetime.fromisoformat(person.dialog["since"]) <= _PATIENCE:
        return person
    await expect_nothing(work, person)
    return replace(person, dialog=None)


async def expect_nothing(work: Work, person: Person) -> None:
    """Stop waiting."""
    if person.dialog is not None:
        await work.people.change(person.id, dialog=None)


def expects(person: Person) -> str | None:
    """What is waited for."""
    return str(person.dialog["expects"]) if person.dialog else None
