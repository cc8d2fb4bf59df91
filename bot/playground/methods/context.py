"""What a method works with."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

from bot.playground.access import check_thread, check_write, find_chat
from bot.playground.announcements import Announcements
from bot.playground.formatting import Entity, read_text, utf16_length
from bot.playground.keyboards import read_markup
from bot.playground.parameters import Arguments
from bot.playground.refusals import CAPTION_TOO_LONG, bad_request
from bot.playground.rendering import message_json
from bot.playground.updates import UpdateQueue
from bot.playground.world import BotAccount, Chat, Message, World

Json = dict[str, Any]

MAX_TEXT = 4096
MAX_CAPTION = 1024


@dataclass(frozen=True)
class Context:
    """One call of one bot.

    Attributes:
        violate: records what Telegram would pass over in silence.
        pace: raises 429 when this chat gets messages too fast.
    """

    world: World
    bot: BotAccount
    args: Arguments
    queue: UpdateQueue
    announcements: Announcements
    violate: Callable[[str], None]
    pace: Callable[[int], None]

    def chat(self, name: str = "chat_id") -> Chat:
        """The chat the call names, readable or not."""
        return find_chat(self.world, self.bot, self.args.values.get(name))

    def markup(self) -> Json | None:
        """The reply markup given."""
        return read_markup(self.args.values.get("reply_markup"))

    def show(self, chat: Chat, message: Message) -> Json:
        """A message as the answer."""
        return message_json(self.world, chat, message)


Handler = Callable[[Context], Awaitable[Any]]


def read_caption(values: Json) -> Json:
    """Caption and its entities as message content; empty without one.

    Raises:
        Refusal: unreadable or too long.
    """
    caption = values.get("caption")
    if not isinstance(caption, str) or not caption:
        return {}
    text, entities = read_text(caption, str(values.get("parse_mode") or ""), values.get("caption_entities"))
    if utf16_length(text) > MAX_CAPTION:
        raise bad_request(CAPTION_TOO_LONG)
    content: Json = {"caption": text} if text else {}
    if entities and text:
        content["caption_entities"] = entities
    return content


def text_content(text: str, entities: list[Entity]) -> Json:
    """Message content of a text."""
    return {"text": text, "entities": entities} if entities else {"text": text}


def send(
    ctx: Context,
    content: Json,
    markup: Json | None = None,
    what: str = "text messages",
    *,
    paced: bool = True,
    media_group_id: str | None = None,
    forward_origin: Json | None = None,
) -> Message:
    """Put a message of the bot into the chat the call names.

    Args:
        ctx: the call.
        content: in the Bot API's spelling.
        markup: its keyboard.
        what: named when the bot may not send such here.
        paced: whether it counts for the sending limits; an album counts once.
        media_group_id: the album it is part of.
        forward_origin: where it was forwarded from.

    Raises:
        Refusal: the bot may not, or the message replied to is not there.
    """
    chat = ctx.chat()
    check_write(ctx.world, ctx.bot, chat, what)
    thread_id = check_thread(ctx.bot, chat, ctx.args.integer("message_thread_id"))
    reply_to, quote = _reply(ctx, chat)
    if thread_id is None and reply_to is not None and chat.is_forum:
        thread_id = chat.messages[reply_to].thread_id
    if paced:
        ctx.pace(chat.id)
    if ctx.args.flag("protect_content"):
        content = {**content, "has_protected_content": True}
    message = Message(
        id=0,
        chat_id=chat.id,
        sender_id=ctx.bot.id,
        date=int(ctx.world.now()),
        content=content,
        markup=markup,
        reply_to=reply_to,
        quote=quote,
        thread_id=thread_id,
        silent=ctx.args.flag("disable_notification"),
        media_group_id=media_group_id,
        forward_origin=forward_origin,
    )
    return ctx.world.put_message(chat, message)


def _reply(ctx: Context, chat: Chat) -> tuple[int | None, Json | None]:
    given = ctx.args.values.get("reply_parameters")
    if given in (None, ""):
        return None, None
    if not isinstance(given, dict) or not isinstance(given.get("message_id"), int):
        raise bad_request("can't parse reply parameters JSON object")
    if given.get("chat_id") not in (None, chat.id, str(chat.id)):
        other = find_chat(ctx.world, ctx.bot, given["chat_id"])
        if given["message_id"] not in other.messages and not given.get("allow_sending_without_reply"):
            raise bad_request("message to be replied not found")
        return None, None
    if given["message_id"] not in chat.messages:
        if given.get("allow_sending_without_reply"):
            return None, None
        raise bad_request("message to be replied not found")
    words = given.get("quote")
    if not words:
        return given["message_id"], None
    content = chat.messages[given["message_id"]].content
    source = str(content.get("text") or content.get("caption") or "")
    if str(words) not in source:
        raise bad_request("QUOTE_TEXT_INVALID")
    position = utf16_length(source[: source.index(str(words))])
    return given["message_id"], {"text": str(words), "position": position, "is_manual": True}
