"""One notice, sent: the only place that shows messages on Telegram."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress

from telegram import (
    Bot,
    InputMediaAudio,
    InputMediaDocument,
    InputMediaPhoto,
    InputMediaVideo,
    LinkPreviewOptions,
    ReplyParameters,
)
from telegram.constants import ChatAction, ParseMode
from telegram.error import BadRequest, TelegramError

from bot.channels.telegram.errors import is_gone, is_unchanged, meaning
from bot.channels.telegram.incoming import numbers_of
from bot.channels.telegram.keyboards import markup
from bot.channels.telegram.views import render
from bot.channels.telegram.views.frame import Document, Frame, Screen, clipped
from bot.channels.telegram.views.tickets import LONGEST_CAPTION, relayed_caption
from bot.delivery.channel import Doubtful, NotSent, Refused, TooFast
from bot.model.briefs import Brief
from bot.model.delivery import Departure, Mode
from bot.model.notices import Repeat
from bot.model.notices.talk import AlbumItem, RelayedAlbum, RelayedCopy
from bot.model.states import Kind

_NO_PREVIEW = LinkPreviewOptions(is_disabled=True)
_WITH_CAPTION = (Kind.PHOTO, Kind.VIDEO, Kind.VOICE, Kind.AUDIO, Kind.DOCUMENT)


class Sender:
    """Shows notices."""

    def __init__(self, bot: Bot, frame: Callable[[], Frame]) -> None:
        self._bot = bot
        self._frame = frame

    async def send(self, departure: Departure, brief: Brief) -> tuple[str, ...]:
        """Show it; the ids of its messages.

        Raises:
            DeliveryError: what became of it, where it did not simply arrive.
        """
        if departure.doubts and departure.notice.repeat == Repeat.ONCE:
            await self._reach(departure)
        try:
            return await self._show(departure, brief)
        except TelegramError as error:
            raise meaning(error, departure.notice.repeat) from None

    async def _reach(self, departure: Departure) -> None:
        """Make sure that Telegram answers again: the one repeat is not to be lost on a line that is still broken."""
        chat, topic = numbers_of(departure.chat.id)
        try:
            await self._bot.send_chat_action(chat, ChatAction.TYPING, message_thread_id=topic)
        except TelegramError as error:
            became = meaning(error, Repeat.ONCE)
            if isinstance(became, Doubtful | NotSent):
                raise NotSent(became.code) from None
            if isinstance(became, TooFast):
                raise became from None

    async def _show(self, departure: Departure, brief: Brief) -> tuple[str, ...]:
        notice = departure.notice
        former = departure.messages[0] if departure.messages else None
        if departure.mode in (Mode.REPLACE, Mode.DELETE) and former:
            with suppress(BadRequest):  # gone, or too old to be deleted: then it just stays
                await self._bot.delete_message(numbers_of(departure.chat.id)[0], int(former))
        if departure.mode == Mode.DELETE:
            return ()
        if isinstance(notice, RelayedCopy):
            return (await self._copy(departure, notice),)
        if isinstance(notice, RelayedAlbum):
            return await self._album(departure, notice)
        screen = render(notice, brief, self._frame())
        if screen.document:
            return (await self._document(departure, screen, screen.document),)
        to_change = departure.mode in (Mode.EDIT, Mode.EDIT_ONLY)
        if to_change and former and await self._edited(departure, former, screen):
            return (former,)
        if departure.mode == Mode.EDIT_ONLY:
            return ()
        if to_change and former and departure.doubts > (notice.repeat == Repeat.ONCE):
            raise Refused("gone")  # a new one in its place may have been sent already
        reply_to = str(getattr(notice, "reply_to", ""))
        return (await self._new(departure, screen, reply_to),)

    async def _new(self, departure: Departure, screen: Screen, reply_to: str) -> str:
        chat, topic = numbers_of(departure.chat.id)
        message = await self._bot.send_message(
            chat,
            screen.text,
            message_thread_id=topic,
            parse_mode=ParseMode.HTML,
            reply_markup=markup(screen.rows),
            link_preview_options=_NO_PREVIEW,
            disable_notification=departure.silent,
            reply_parameters=_reply(reply_to),
        )
        return str(message.message_id)

    async def _document(self, departure: Departure, screen: Screen, document: Document) -> str:
        chat, topic = numbers_of(departure.chat.id)
        message = await self._bot.send_document(
            chat,
            document.content.encode(),
            message_thread_id=topic,
            filename=document.name,
            caption=screen.text,
            parse_mode=ParseMode.HTML,
            reply_markup=markup(screen.rows),
            disable_notification=departure.silent,
        )
        return str(message.message_id)

    async def _edited(self, departure: Departure, message: str, screen: Screen) -> bool:
        """Change a message; false where it is gone."""
        try:
            await self._bot.edit_message_text(
                screen.text,
                chat_id=numbers_of(departure.chat.id)[0],
                message_id=int(message),
                parse_mode=ParseMode.HTML,
                reply_markup=markup(screen.rows),
                link_preview_options=_NO_PREVIEW,
            )
        except BadRequest as error:
            if is_gone(error):
                return False
            if not is_unchanged(error):
                raise
        return True

    async def _copy(self, departure: Departure, notice: RelayedCopy) -> str:
        caption = relayed_caption(notice, notice.caption, self._frame()).text
        chat, topic = numbers_of(departure.chat.id)
        copied = await self._bot.copy_message(
            chat,
            numbers_of(notice.from_chat)[0],
            int(notice.from_message),
            message_thread_id=topic,
            caption=caption if notice.what in _WITH_CAPTION else None,
            parse_mode=ParseMode.HTML,
            disable_notification=departure.silent,
            reply_parameters=_reply(notice.reply_to),
        )
        return str(copied.message_id)

    async def _album(self, departure: Departure, notice: RelayedAlbum) -> tuple[str, ...]:
        first = relayed_caption(notice, notice.items[0].caption, self._frame()).text
        if len(notice.items) == 1:
            return (await self._single(departure, notice.items[0], first, notice.reply_to),)
        media = [
            _MEDIA[item.what](
                item.file,
                caption=first if number == 0 else clipped(item.caption, LONGEST_CAPTION) or None,
                parse_mode=ParseMode.HTML if number == 0 else None,
            )
            for number, item in enumerate(notice.items[:10])
        ]
        chat, topic = numbers_of(departure.chat.id)
        messages = await self._bot.send_media_group(
            chat,
            media,
            message_thread_id=topic,
            disable_notification=departure.silent,
            reply_parameters=_reply(notice.reply_to),
        )
        return tuple(str(message.message_id) for message in messages)

    async def _single(self, departure: Departure, item: AlbumItem, caption: str, reply_to: str) -> str:
        """An album of which only one picture came: Telegram wants at least two in a group."""
        chat, topic = numbers_of(departure.chat.id)
        copied = await self._bot.copy_message(
            chat,
            numbers_of(item.from_chat)[0],
            int(item.from_message),
            message_thread_id=topic,
            caption=caption,
            parse_mode=ParseMode.HTML,
            disable_notification=departure.silent,
            reply_parameters=_reply(reply_to),
        )
        return str(copied.message_id)


_MEDIA = {
    Kind.PHOTO: InputMediaPhoto,
    Kind.VIDEO: InputMediaVideo,
    Kind.DOCUMENT: InputMediaDocument,
    Kind.AUDIO: InputMediaAudio,
}


def _reply(message: str) -> ReplyParameters | None:
    return ReplyParameters(int(message), allow_sending_without_reply=True) if message else None
