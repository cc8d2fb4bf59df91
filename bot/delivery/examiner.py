"""Looks at files as they come in, changes to guides and lists of teams: one at a time, beside everything else."""

from __future__ import annotations

import asyncio

from bot import log
from bot.delivery.bell import Bell
from bot.delivery.channel import Channel
from bot.helpdesk.desk import Desk
from bot.helpdesk.examine import examine_next
from bot.helpdesk.team_lists import examine_next_list
from bot.storage.database import Database

_LOOK_EVERY_SECONDS = 1.0

_log = log.get(__name__)


class Examiner:
    """Takes what was received; what it finds goes to the authors."""

    def __init__(self, database: Database, channel: Channel, desk: Desk, outgoing: Bell) -> None:
        self._database = database
        self._channel = channel
        self._desk = desk
        self._outgoing = outgoing

    async def run(self) -> None:
        """Until cancelled. A change that was in hand then is taken up again after its lease."""
        while True:
            found = False
            try:
                for look in (examine_next, examine_next_list):
                    found |= await look(self._database, self._desk, self._channel.bot, self._channel.fetch)
            except Exception:
                _log.exception("a file could not be looked at")
            if found:
                self._outgoing.ring()
            else:
                await asyncio.sleep(_LOOK_EVERY_SECONDS)
