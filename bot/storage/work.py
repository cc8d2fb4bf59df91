"""The unit of work: all repositories over one transaction."""

from __future__ import annotations

from datetime import date
from zoneinfo import ZoneInfo

from sqlalchemy.ext.asyncio import AsyncSession, AsyncSessionTransaction

from bot.clock import Clock
from bot.storage.events import Events
from bot.storage.figures import Figures
from bot.storage.guide_versions import GuideVersions
from bot.storage.inbox import Inbox
from bot.storage.invites import Invites
from bot.storage.members import Members
from bot.storage.messages import Messages
from bot.storage.notes import FollowUps, Preferences, Suggestions
from bot.storage.outbox import Outbox
from bot.storage.people import People
from bot.storage.ready_replies import ReadyReplies
from bot.storage.requests import Requests
from bot.storage.slots import Slots
from bot.storage.sweeping import Sweeping
from bot.storage.team_lists import TeamLists
from bot.storage.teams import Teams
from bot.storage.territories import TerritoryCopy
from bot.storage.ticket_clocks import TicketClocks
from bot.storage.ticket_notes import TicketNotes
from bot.storage.tickets import Tickets

VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")


class Work:
    """One transaction and what can be done in it."""

    def __init__(self, session: AsyncSession, clock: Clock, zone: ZoneInfo = VIETNAM) -> None:
        self._session = session
        self.clock = clock
        self._zone = zone
        self.slots = Slots(session, clock)
        self.outbox = Outbox(session, clock)
        self.inbox = Inbox(session, clock)
        self.events = Events(session, clock)
        self.people = People(session, clock)
        self.members = Members(session, clock, zone)
        self.teams = Teams(session, clock)
        self.invites = Invites(session, clock)
        self.team_lists = TeamLists(session, clock)
        self.requests = Requests(session, clock)
        self.territories = TerritoryCopy(session, clock)
        self.tickets = Tickets(session, clock)
        self.ticket_clocks = TicketClocks(session, clock)
        self.messages = Messages(session, clock)
        self.ticket_notes = TicketNotes(session, clock)
        self.ready_replies = ReadyReplies(session, clock)
        self.follow_ups = FollowUps(session, clock)
        self.suggestions = Suggestions(session, clock)
        self.guide_versions = GuideVersions(session, clock)
        self.preferences = Preferences(session, clock)
        self.figures = Figures(session, clock)
        self.sweeping = Sweeping(session, clock)

    @property
    def today(self) -> date:
        """Today, where the team is."""
        return self.clock.now().astimezone(self._zone).date()

    def attempt(self) -> AsyncSessionTransaction:
        """A part that can be taken back without losing the rest, as ``async with work.attempt() as attempt``."""
        return self._session.begin_nested()
