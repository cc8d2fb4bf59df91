"""Telegram as a channel: from an update to a use case, from a notice to a message."""

from __future__ import annotations

import asyncio
import json
from datetime import timedelta
from typing import Any

from pydantic import SecretStr
from telegram import Bot, Update, User
from telegram.constants import ChatType
from telegram.error import BadRequest, InvalidToken, NetworkError, RetryAfter, TelegramError
from telegram.ext import Application, ApplicationBuilder, ContextTypes, ExtBot

from bot import log
from bot.channels.telegram.commands import publish_commands
from bot.channels.telegram.context import Context, Turn, current
from bot.channels.telegram.errors import pause_after
from bot.channels.telegram.handlers import register
from bot.channels.telegram.incoming import chat_of
from bot.channels.telegram.reading import read_update
from bot.channels.telegram.request import AiohttpRequest
from bot.channels.telegram.sending import Sender
from bot.channels.telegram.views.frame import Frame
from bot.clock import Clock
from bot.config import Config
from bot.delivery.channel import AfterCommit
from bot.errors import HelpdeskError, UsageError
from bot.helpdesk.desk import Desk
from bot.helpdesk.examine import LARGEST_FILE, CannotFetch
from bot.helpdesk.staff import recognise
from bot.model.briefs import Brief
from bot.model.delivery import Arrival, Departure
from bot.model.notices import Say
from bot.model.people import Chat, Member
from bot.storage.work import Work
from bot.texts import Texts

ALLOWED = ("message", "edited_message", "callback_query", "my_chat_member")
"""The kinds of updates the bot asks for."""

# A press is forgotten by Telegram, and by who pressed, after some seconds.
_PRESS_PAUSES = (0.3, 1.0)
_LONGEST_PRESS_PAUSE = 4.0

_log = log.get(__name__)


class TelegramChannel:
    """Talks with people on Telegram. Open it before use, close it after.

    Attributes:
        bot: rows are keyed by the bot's number, which a new token does not change.
    """

    def __init__(self, token: str, api: str, texts: Texts, config: Config, desk: Desk, clock: Clock) -> None:
        self.bot = f"telegram:{token.partition(':')[0]}"
        self._texts = texts
        self._config = config
        self._desk = desk
        self._clock = clock
        self.request, self._polling = AiohttpRequest(), AiohttpRequest()
        self.updates_url = f"{api.rstrip('/')}/bot{token}/getUpdates"
        base = api.rstrip("/")
        bot: ExtBot[None] = ExtBot(
            token,
            base_url=f"{base}/bot",
            base_file_url=f"{base}/file/bot",
            request=self.request,
            get_updates_request=self._polling,
        )
        self._application: Application[Any, Any, Any, Any, Any, Any] = (
            ApplicationBuilder()
            .bot(bot)
            .updater(None)
            .job_queue(None)
            .context_types(ContextTypes(context=Context))
            .build()
        )
        register(self._application)
        self._application.add_error_handler(_note_failure)
        self._sender = Sender(bot, self._frame)
        self._with_commands: set[tuple[str, str]] = set()
        self._reached = False

    @property
    def telegram(self) -> Bot:
        """The library's bot, for set-up calls."""
        bot: Bot = self._application.bot
        return bot

    async def open(self, webhook_url: str | None = None, secret: SecretStr | None = None) -> None:
        """Reach Telegram and tell it where updates go; tries until it answers, since it may be out of reach for hours.

        Args:
            webhook_url: where Telegram is to call; None: it is asked.
            secret: what it must say then.

        Raises:
            UsageError: Telegram does not know the token, or does not take the webhook's address.
        """
        await self.request.initialize()
        failures = 0
        while not self._reached:
            try:
                await self._application.initialize()
                await self._direct_updates(webhook_url, secret)
                self._reached = True
            except InvalidToken:
                raise UsageError("Telegram không nhận TELEGRAM_BOT_TOKEN này: chép lại từ BotFather.") from None
            except BadRequest:
                raise UsageError(
                    "Telegram không nhận HELPDESK_WEBHOOK_URL này: phải là địa chỉ https bên ngoài."
                ) from None
            except TelegramError as error:
                failures += 1
                _log.warning("Telegram out of reach", error=type(error).__name__, failures=failures)
                await asyncio.sleep(pause_after(failures))
        await publish_commands(self.telegram, self._texts)

    async def _direct_updates(self, webhook_url: str | None, secret: SecretStr | None) -> None:
        if webhook_url is None or secret is None:
            await self.telegram.delete_webhook()
            return
        await self.telegram.set_webhook(
            f"{webhook_url.rstrip('/')}/telegram/{self.telegram.id}",
            allowed_updates=list(ALLOWED),
            secret_token=secret.get_secret_value(),
            # One after the other: that keeps the order of a chat's messages, and storing takes milliseconds.
            max_connections=1,
        )

    @property
    def reached(self) -> bool:
        """Telegram told who we are."""
        return self._reached

    async def close(self) -> None:
        """Let the connections go."""
        await self._application.shutdown()
        for request in (self.request, self._polling):  # the library leaves them open where it could not begin
            await request.shutdown()

    async def fetch(self, file: str) -> bytes:
        """Get a file that somebody sent.

        Raises:
            CannotFetch: Telegram does not give it, or it is far too large for a guide.
        """
        try:
            found = await self.telegram.get_file(file)
        except BadRequest:
            raise CannotFetch from None
        if (found.file_size or 0) > LARGEST_FILE:
            raise CannotFetch
        return bytes(await found.download_as_bytearray())

    def is_group(self, chat: Chat) -> bool:
        """Groups have negative ids."""
        return chat.id.startswith("-")

    async def handle(self, arrival: Arrival, work: Work, desk: Desk) -> AfterCommit | None:
        """Let the handlers take one update."""
        update = read_update(json.loads(arrival.raw), self.telegram)
        user = update.effective_user
        if user is None or user.is_bot:
            await self._nobody(work, update)
            return None
        if _peoples_own(update) or _corrected_command(update):
            return None
        turn = await self._turn(work, desk, update, user)
        token = current.set(turn)
        try:
            async with work.attempt() as attempt:
                await self._application.process_update(update)
                if turn.failure is not None:
                    await attempt.rollback()
        finally:
            current.reset(token)
        if isinstance(turn.failure, HelpdeskError):
            await self._objected(update, turn, turn.failure)
        elif turn.failure is not None:
            raise turn.failure
        await self._set_commands(turn)
        return self._after(update, turn)

    async def _nobody(self, work: Work, update: Update) -> None:
        """Whoever commands in a group as the group itself is told that the bot cannot know him."""
        message = update.message
        if message and message.sender_chat == message.chat and (message.text or "").startswith("/ketnoi"):
            group = Chat(self.bot, str(message.chat_id))
            await work.outbox.post(group, Say("group.anonymous"), silent=True)

    async def _turn(self, work: Work, desk: Desk, update: Update, user: User) -> Turn:
        private = update.effective_chat is None or update.effective_chat.id == user.id
        person = await work.people.meet(str(user.id), Chat(self.bot, str(user.id)), private=private)
        member = await recognise(work, desk, person, user.first_name)
        return Turn(work, desk, person, member, user.first_name)

    async def _objected(self, update: Update, turn: Turn, error: HelpdeskError) -> None:
        """What a person cannot do now is said where he did it: in the press's answer, or as a message."""
        if update.callback_query:
            turn.toast, turn.alert = (error.key, dict(error.figures)), True
        else:
            where = chat_of(update, self.bot) if update.effective_chat else turn.person.chat
            await turn.work.outbox.post(where, Say(error.key, error.figures))

    async def failed(self, arrival: Arrival, work: Work, desk: Desk) -> AfterCommit | None:
        """An update was put aside: its author is told, if it can be read at all."""
        try:
            update = read_update(json.loads(arrival.raw), self.telegram)
        except Exception:  # whatever made it unreadable; it is kept for the admins
            return None
        chat, user = update.effective_chat, update.effective_user
        if user and chat and chat.id == user.id:
            await work.outbox.post(Chat(self.bot, str(chat.id)), Say("trouble"))
        query = update.callback_query
        return (lambda: self._answer(query.id, self._texts.plain("trouble"), True)) if query else None

    def _after(self, update: Update, turn: Turn) -> AfterCommit | None:
        query = update.callback_query
        if query:
            toast = self._texts.plain(turn.toast[0], **turn.toast[1]) if turn.toast else None
            turn.later.insert(0, lambda: self._answer(query.id, toast, turn.alert))
        if not turn.later:
            return None

        async def after() -> None:
            for call in turn.later:
                await call()

        return after

    async def _answer(self, query: str, text: str | None, alert: bool) -> None:
        """Answer a press; tries again, for until then its button turns round and round."""
        for pause in _PRESS_PAUSES:
            try:
                await self._answer_once(query, text, alert)
            except RetryAfter as error:
                wait = error.retry_after
                asked = wait.total_seconds() if isinstance(wait, timedelta) else float(wait)
                if asked > _LONGEST_PRESS_PAUSE:
                    raise
                await asyncio.sleep(asked)
            except NetworkError:
                await asyncio.sleep(pause)
            else:
                return
        await self._answer_once(query, text, alert)

    async def _answer_once(self, query: str, text: str | None, alert: bool) -> None:
        try:
            await self.telegram.answer_callback_query(query, text[:200] if text else None, show_alert=alert)
        except BadRequest:
            _log.info("press answered too late")  # Telegram forgets presses after a while

    async def _set_commands(self, turn: Turn) -> None:
        """Each member's menu shows the commands of his role."""
        member: Member | None = await turn.work.members.of_person(turn.person.id)
        known = (turn.person.chat.id, member.role if member else "")
        if member and known not in self._with_commands:
            self._with_commands.add(known)
            turn.later.append(lambda: publish_commands(self.telegram, self._texts, known[0], member.role))
        former = {seen for seen in self._with_commands if member is None and seen[0] == known[0]}
        if former:
            self._with_commands -= former
            turn.later.append(lambda: publish_commands(self.telegram, self._texts, known[0]))

    async def send(self, departure: Departure, brief: Brief) -> tuple[str, ...]:
        """Show a notice."""
        return await self._sender.send(departure, brief)

    def _frame(self) -> Frame:
        return Frame(self._texts, self._config, self._desk.catalogue, self.telegram.username, self._clock.now())


def _peoples_own(update: Update) -> bool:
    """What people of a group say to one another: a bot with an admin's rights hears it, and forgets even who spoke."""
    message = update.message or update.edited_message
    if message is None or message.chat.type == ChatType.PRIVATE or message.migrate_to_chat_id:
        return False
    return message.reply_to_message is None and not (message.text or "").startswith("/")


def _corrected_command(update: Update) -> bool:
    """A command that was given, and is written otherwise now: it is not given once more."""
    return bool(update.edited_message and (update.edited_message.text or "").startswith("/"))


async def _note_failure(_: object, context: Context) -> None:
    """The library swallows what a handler raises; the inbox loop must know."""
    if isinstance(context.error, Exception):
        context.turn.failure = context.error
