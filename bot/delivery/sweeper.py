"""Does from time to time what nobody asks for: reports, offers, blanking; takes over guides published elsewhere."""

from __future__ import annotations

import asyncio

from bot import log
from bot.delivery.bell import Bell
from bot.errors import ContentError
from bot.helpdesk.desk import Desk
from bot.helpdesk.publish import refresh
from bot.helpdesk.sweep import list_overdue, sweep_daily, sweep_often
from bot.storage.database import Database

_OFTEN_SECONDS = 2.0
_TIDY_EVERY = 60 / _OFTEN_SECONDS
_DAILY_EVERY = 6 * 3600 / _OFTEN_SECONDS

_log = log.get(__name__)


class Sweeper:
    """Ticks; what is due stands in the database."""

    def __init__(self, database: Database, desk: Desk, outgoing: Bell) -> None:
        self._database = database
        self._desk = desk
        self._outgoing = outgoing

    async def run(self) -> None:
        """Until cancelled."""
        tick = 0
        while True:
            try:
                async with self._database.work() as work:
                    await sweep_often(work, self._desk)
                    if tick % _DAILY_EVERY == 0:
                        await sweep_daily(work, self._desk)
                if tick % _TIDY_EVERY == 0:
                    await self._database.tidy()
                await refresh(self._database, self._desk)
                if tick % _DAILY_EVERY == 0:
                    async with self._database.work() as work:
                        await list_overdue(work, self._desk)
            except ContentError as error:
                _log.error("published guides cannot be used", findings=len(error.findings))
            except Exception:
                _log.exception("sweep failed")
            self._outgoing.ring()
            tick += 1
            await asyncio.sleep(_OFTEN_SECONDS)
