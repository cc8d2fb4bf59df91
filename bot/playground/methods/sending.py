"""Methods that put a new message into a chat."""

from __future__ import annotations

from typing import Any

from bot.playground.access import check_present, check_write, find_chat, find_message
from bot.playground.formatting import read_text, utf16_length
from bot.playground.media import content_of, read_file_argument
from bot.playground.methods.context import MAX_TEXT, Context, read_caption, send, text_content
from bot.playground.refusals import TEXT_EMPTY, TEXT_TOO_LONG, bad_request
from bot.playground.rendering import someone_json
from bot.playground.world import Message

Json = dict[str, Any]

MAX_ALBUM = 10
ACTIONS = (
    "typing",
    "upload_photo",
    "record_video",
    "upload_video",
    "record_voice",
    "upload_voice",
    "upload_document",
    "choose_sticker",
    "find_location",
    "record_video_note",
    "upload_video_note",
)


def read_body(ctx: Context) -> Json:
    """The text of sendMessage or editMessageText as message content.

    Raises:
        Refusal: empty, unreadable or too long.
    """
    args = ctx.args
    text = args.text("text")
    if not text.strip():
        raise bad_request(TEXT_EMPTY)
    plain, entities = read_text(text, args.text("parse_mode"), args.values.get("entities"))
    if not plain:
        raise bad_request(TEXT_EMPTY)
    if utf16_length(plain) > MAX_TEXT:
        raise bad_request(TEXT_TOO_LONG)
    content = text_content(plain, entities)
    preview = args.values.get("link_preview_options")
    if isinstance(preview, dict) and preview:
        content["link_preview_options"] = preview
    return content


async def send_message(ctx: Context) -> Any:
    """SendMessage."""
    content, markup = read_body(ctx), ctx.markup()
    return ctx.show(ctx.chat(), send(ctx, content, markup))


async def _send_file(ctx: Context, kind: str, **about: Any) -> Any:
    caption, markup = ({} if kind in ("video_note", "sticker") else read_caption(ctx.args.values)), ctx.markup()
    # Rights come first, or a refused upload would leave its file behind.
    check_write(ctx.world, ctx.bot, ctx.chat(), f"{kind.replace('_', ' ')}s")
    file = read_file_argument(ctx.world, ctx.args, kind, ctx.args.values.get(kind), **about)
    return ctx.show(ctx.chat(), send(ctx, {**content_of(file), **caption}, markup, f"{kind.replace('_', ' ')}s"))


async def send_photo(ctx: Context) -> Any:
    """SendPhoto."""
    return await _send_file(ctx, "photo")


async def send_document(ctx: Context) -> Any:
    """SendDocument."""
    return await _send_file(ctx, "document")


async def send_voice(ctx: Context) -> Any:
    """SendVoice."""
    return await _send_file(ctx, "voice", duration=ctx.args.integer("duration", 1, 0))


async def send_video(ctx: Context) -> Any:
    """SendVideo."""
    args = ctx.args
    about = {name: args.integer(name, 0, 0) for name in ("width", "height")}
    return await _send_file(ctx, "video", duration=args.integer("duration", 1, 0), **about)


async def send_video_note(ctx: Context) -> Any:
    """SendVideoNote."""
    return await _send_file(
        ctx, "video_note", duration=ctx.args.integer("duration", 1, 0), length=ctx.args.integer("length", 240, 1)
    )


async def send_sticker(ctx: Context) -> Any:
    """SendSticker."""
    return await _send_file(ctx, "sticker", emoji=ctx.args.text("emoji"))


async def send_location(ctx: Context) -> Any:
    """SendLocation."""
    location = {"latitude": ctx.args.number("latitude"), "longitude": ctx.args.number("longitude")}
    if abs(location["latitude"]) > 90 or abs(location["longitude"]) > 180:
        raise bad_request("wrong location specified")
    markup = ctx.markup()
    return ctx.show(ctx.chat(), send(ctx, {"location": location}, markup))


async def send_contact(ctx: Context) -> Any:
    """SendContact."""
    args = ctx.args
    contact = {"phone_number": args.required("phone_number"), "first_name": args.required("first_name")}
    if args.has("last_name"):
        contact["last_name"] = args.text("last_name")
    markup = ctx.markup()
    return ctx.show(ctx.chat(), send(ctx, {"contact": contact}, markup))


async def send_media_group(ctx: Context) -> Any:
    """SendMediaGroup."""
    media = ctx.args.values.get("media")
    if not isinstance(media, list):
        raise bad_request("can't parse media JSON object")
    if not media:
        raise bad_request("there are no messages to send")
    if len(media) > MAX_ALBUM:
        raise bad_request("too many messages to send as an album")
    if len(media) == 1:
        ctx.violate("an album of one; the documentation wants 2-10")
    for item in media:
        if not isinstance(item, dict) or not isinstance(item.get("type"), str):
            raise bad_request("can't parse InputMedia: expected an Object")
        if item["type"] not in ("photo", "video", "document"):
            raise bad_request(f"can't parse InputMedia: type {item['type']} is unsupported")
    if "document" in {item["type"] for item in media} and len({item["type"] for item in media}) > 1:
        raise bad_request("document can't be mixed with other media types")
    captions = [read_caption(item) for item in media]
    chat = ctx.chat()
    check_write(ctx.world, ctx.bot, chat, "photos")
    files = [read_file_argument(ctx.world, ctx.args, item["type"], item.get("media")) for item in media]
    group = str(ctx.world.next("album", 13_000_000_000_000_001))
    sent = [
        send(ctx, {**content_of(file), **caption}, media_group_id=group, paced=number == 0)
        for number, (file, caption) in enumerate(zip(files, captions, strict=True))
    ]
    return [ctx.show(chat, message) for message in sent]


async def send_chat_action(ctx: Context) -> Any:
    """SendChatAction."""
    action = ctx.args.text("action")
    if action not in ACTIONS:
        raise bad_request("wrong parameter action in request")
    chat = ctx.chat()
    check_write(ctx.world, ctx.bot, chat)
    ctx.world.changes.tell("action", bot=chat.bot_id, chat=chat.id, action=action, who=ctx.bot.id)
    return True


def _source(ctx: Context, purpose: str) -> Message:
    """The message to copy or forward, read before anything is sent.

    Raises:
        Refusal: not there, not readable, or not to be copied.
    """
    source = find_chat(ctx.world, ctx.bot, ctx.args.required("from_chat_id"))
    check_present(ctx.world, ctx.bot, source)
    message = find_message(source, ctx.args.integer("message_id"), purpose)
    if message.service:
        raise bad_request(f"message can't be {'copied' if purpose == 'copy' else 'forwarded'}")
    return message


async def copy_message(ctx: Context) -> Any:
    """CopyMessage: the answer is a bare ``MessageId``."""
    message, markup = _source(ctx, "copy"), ctx.markup()
    content = {name: value for name, value in message.content.items() if name != "has_protected_content"}
    if ctx.args.has("caption") and "text" not in content:
        content = {name: value for name, value in content.items() if name not in ("caption", "caption_entities")}
        content.update(read_caption(ctx.args.values))
    return {"message_id": send(ctx, content, markup).id}


async def forward_message(ctx: Context) -> Any:
    """ForwardMessage."""
    message = _source(ctx, "forward")
    origin = message.forward_origin or {
        "type": "user",
        "date": message.date,
        "sender_user": someone_json(ctx.world, message.sender_id),
    }
    return ctx.show(ctx.chat(), send(ctx, message.content, forward_origin=origin))
