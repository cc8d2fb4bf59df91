"""A second channel: plain text in memory, as a text-message service would carry it. No Telegram anywhere.

A line in brackets is a command with its words, such as ``[nhận 1]``; one that begins with ``ảnh:`` is a picture.
"""

from __future__ import annotations

import asyncio
import itertools
import json
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from bot.delivery.bell import Bell
from bot.delivery.channel import AfterCommit
from bot.errors import HelpdeskError
from bot.helpdesk import cards, claim, consent, groups, hear, invites, place, relay, resolve, staff
from bot.helpdesk.desk import Desk
from bot.model.briefs import Brief, TicketBrief
from bot.model.delivery import Arrival, Departure, Mode
from bot.model.ids import MessageId, TicketId
from bot.model.notices import Notice, Say, citizens, talk
from bot.model.people import Chat, Member, Person
from bot.model.requests import Incoming, Place
from bot.model.states import Kind
from bot.storage.database import Database
from bot.storage.work import Work
from bot.texts import Texts

BOT = "text:1"


@dataclass
class Act:  # a command on its way to its use case
    work: Work
    desk: Desk
    person: Person
    member: Member | None
    chat: Chat
    words: str

    @property
    def ticket(self) -> TicketId:
        return TicketId(int(self.words))


async def _rate(act: Act) -> None:
    last = await act.work.requests.get(act.person.last_request) if act.person.last_request else None
    assert last and last.guide
    await cards.rate(act.work, act.desk, act.person, last.guide, last.id, "", helped=False)


COMMANDS: dict[str, Callable[[Act], Awaitable[object]]] = {
    "đồng ý": lambda a: consent.agree(a.work, a.desk, a.person, ""),
    "bỏ qua": lambda a: place.skip_place(a.work, a.person),
    "chưa đúng": _rate,
    "gặp người": lambda a: cards.call_person(a.work, a.desk, a.person),
    "gửi ảnh": lambda a: relay.let_through(a.work, a.desk, a.person, MessageId(int(a.words)), yes=True),
    "xong rồi": lambda a: resolve.confirm(a.work, a.desk, a.ticket, a.person, done=True),
    "chưa xong": lambda a: resolve.confirm(a.work, a.desk, a.ticket, a.person, done=False),
    "mời": lambda a: invites.invite(a.work, a.desk, a.person, a.member),
    "vào tổ": lambda a: invites.join(a.work, a.desk, a.person, a.words, f"Người {a.person.channel_id}"),
    "kết nối": lambda a: groups.bind_group(a.work, a.desk, a.person, a.member, a.chat, ""),
    "nhận": lambda a: claim.claim(a.work, a.ticket, a.person, a.member),
    "đã giải quyết": lambda a: resolve.resolve(a.work, a.desk, a.ticket, a.person, a.member),
}


class TextChannel:
    """Lines in, lines out. ``chats`` is what everybody reads: by chat, the lines by their numbers."""

    bot = BOT

    def __init__(self, database: Database, bell: Bell, texts: Texts) -> None:
        self._database, self._bell, self._texts = database, bell, texts
        self._numbers = itertools.count(1)
        self._changed = asyncio.Condition()
        self.chats: dict[str, dict[str, str]] = {}

    async def type(self, person: str, line: str, chat: str = "") -> None:
        """Somebody types a line, in his own chat or a group's."""
        number = str(next(self._numbers))
        raw = json.dumps({"from": person, "chat": chat or person, "line": line, "number": number})
        async with self._database.work() as work:
            await work.inbox.store(BOT, number, chat or person, raw)
        self._bell.ring()

    async def reads(self, chat: str, words: str) -> str:
        """Wait until a line of the chat says this; the newest such line."""
        async with asyncio.timeout(10), self._changed:
            while not (found := [line for line in self.chats.get(chat, {}).values() if words in line]):
                await self._changed.wait()
        return found[-1]

    async def handle(self, arrival: Arrival, work: Work, desk: Desk) -> AfterCommit | None:
        said = json.loads(arrival.raw)
        chat, own = Chat(BOT, said["chat"]), Chat(BOT, said["from"])
        person = await work.people.meet(said["from"], own, private=chat == own)
        member = await staff.recognise(work, desk, person, f"Người {said['from']}")
        line: str = said["line"]
        try:
            if line.startswith("["):
                name = next(name for name in COMMANDS if line[1:-1].startswith(name))
                act = Act(work, desk, person, member, chat, line[1:-1].removeprefix(name).strip())
                outcome = await COMMANDS[name](act)
                return lambda: self._show(own.id, f"({outcome})")
            kind = Kind.PHOTO if line.startswith("ảnh:") else Kind.TEXT
            words = Incoming(Place(BOT, chat.id, said["number"]), kind, line.removeprefix("ảnh:").strip())
            await hear.hear(work, desk, person, member, words)
        except HelpdeskError as error:
            await work.outbox.post(chat, Say(error.key, error.figures))
        return None

    async def failed(self, arrival: Arrival, work: Work, desk: Desk) -> AfterCommit | None:
        return None

    async def send(self, departure: Departure, brief: Brief) -> tuple[str, ...]:
        lines = self.chats.setdefault(departure.chat.id, {})
        former = departure.messages[0] if departure.messages else None
        if departure.mode in (Mode.REPLACE, Mode.DELETE) and former:
            lines.pop(former, None)
        if departure.mode == Mode.DELETE or (departure.mode == Mode.EDIT_ONLY and former not in lines):
            return ()
        return (await self._show(departure.chat.id, self._line(departure.notice, brief), former),)

    async def _show(self, chat: str, line: str, former: str | None = None) -> str:
        lines = self.chats.setdefault(chat, {})
        number = former if former in lines else str(next(self._numbers))
        lines[number] = line
        async with self._changed:
            self._changed.notify_all()
        return number

    def _line(self, notice: Notice, brief: Brief) -> str:
        if isinstance(notice, Say):
            return self._texts.plain(notice.key, **notice.values)
        if isinstance(notice, talk.RelayedText):
            return f"{notice.author}: {notice.text}"
        if isinstance(notice, talk.RelayedCopy):
            return f"{notice.author}: ảnh {notice.from_message} {notice.caption}"
        if isinstance(notice, citizens.GuideCard):
            return f"bài {notice.guide}"
        state = brief.ticket.state if isinstance(brief, TicketBrief) else ""
        return f"{notice.kind} {notice.figures()} {state}"

    async def fetch(self, file: str) -> bytes:
        raise NotImplementedError

    def is_group(self, chat: Chat) -> bool:
        return chat.id == "nhóm"
