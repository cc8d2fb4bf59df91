"""Methods that change or remove what was sent, and answers to buttons and inline queries."""

from __future__ import annotations

from typing import Any

from bot.playground.access import check_deletable, check_present, check_right, find_message
from bot.playground.methods.context import Context, read_caption
from bot.playground.methods.sending import read_body
from bot.playground.refusals import NOT_MODIFIED, QUERY_TOO_OLD, bad_request, forbidden
from bot.playground.rendering import message_json
from bot.playground.world import PRIVATE, Chat, Message

Json = dict[str, Any]

# Measured on Telegram: a press waits some fifteen seconds for its answer, then the query is "too old".
CALLBACK_SECONDS = 15.0
MAX_TOAST = 200


def _editable(ctx: Context) -> tuple[Chat, Message]:
    if not ctx.args.has("chat_id") and not ctx.args.has("message_id"):
        if ctx.args.has("inline_message_id"):
            raise bad_request("MESSAGE_ID_INVALID")
        raise bad_request("message identifier is not specified")
    chat = ctx.chat()
    check_present(ctx.world, ctx.bot, chat)
    if chat.type == PRIVATE and ctx.world.users[chat.id].deactivated:
        raise forbidden("user is deactivated")
    message = find_message(chat, ctx.args.integer("message_id"), "edit")
    if message.sender_id != ctx.bot.id or message.service or message.forward_origin:
        raise bad_request("message can't be edited")
    if message.markup and "inline_keyboard" not in message.markup:
        # Telegram never edits a message that carries a reply keyboard.
        raise bad_request("message can't be edited")
    return chat, message


def _apply(ctx: Context, chat: Chat, message: Message, content: Json, markup: Json | None) -> Json:
    if markup is not None and "inline_keyboard" not in markup:
        raise bad_request("inline keyboard expected")
    if content == message.content and markup == message.markup:
        raise bad_request(NOT_MODIFIED)
    if content != message.content:
        message.edit_date = int(ctx.world.now())
    message.content, message.markup = content, markup
    ctx.world.touch(chat, message)
    return ctx.show(chat, message)


async def edit_message_text(ctx: Context) -> Any:
    """EditMessageText; without ``reply_markup`` the keyboard goes, as on Telegram."""
    content, markup = read_body(ctx), ctx.markup()
    chat, message = _editable(ctx)
    if "text" not in message.content:
        raise bad_request("there is no text in the message to edit")
    return _apply(ctx, chat, message, content, markup)


async def edit_message_caption(ctx: Context) -> Any:
    """EditMessageCaption."""
    caption, markup = read_caption(ctx.args.values), ctx.markup()
    chat, message = _editable(ctx)
    if not any(kind in message.content for kind in ("photo", "document", "voice", "video")):
        raise bad_request("there is no caption in the message to edit")
    rest = {name: value for name, value in message.content.items() if name not in ("caption", "caption_entities")}
    return _apply(ctx, chat, message, {**rest, **caption}, markup)


async def edit_message_reply_markup(ctx: Context) -> Any:
    """EditMessageReplyMarkup."""
    markup = ctx.markup()
    chat, message = _editable(ctx)
    return _apply(ctx, chat, message, message.content, markup)


async def delete_message(ctx: Context) -> Any:
    """DeleteMessage."""
    chat = ctx.chat()
    check_present(ctx.world, ctx.bot, chat)
    message = find_message(chat, ctx.args.integer("message_id"), "delete")
    check_deletable(ctx.world, ctx.bot, chat, message)
    ctx.world.remove_message(chat, message.id)
    return True


async def delete_messages(ctx: Context) -> Any:
    """DeleteMessages; those that are not there are passed over."""
    chat = ctx.chat()
    check_present(ctx.world, ctx.bot, chat)
    ids = ctx.args.values.get("message_ids")
    if not isinstance(ids, list) or not all(isinstance(item, int) for item in ids):
        raise bad_request("can't parse message identifiers JSON object")
    if not ids:
        raise bad_request("message identifiers are not specified")
    if len(ids) > 100:
        raise bad_request("too many message identifiers specified")
    found = [chat.messages[item] for item in ids if item in chat.messages]
    for message in found:
        check_deletable(ctx.world, ctx.bot, chat, message)
    for message in found:
        ctx.world.remove_message(chat, message.id)
    return True


async def pin_chat_message(ctx: Context) -> Any:
    """PinChatMessage."""
    chat = ctx.chat()
    check_present(ctx.world, ctx.bot, chat)
    message = find_message(chat, ctx.args.integer("message_id"), "pin")
    check_right(chat, ctx.bot, "can_pin_messages", "manage pinned messages in the chat")
    if message.id in chat.pinned:
        chat.pinned.remove(message.id)
    chat.pinned.append(message.id)
    if chat.type != PRIVATE:
        pinned = {"pinned_message": message_json(ctx.world, chat, message, nested=True)}
        now = int(ctx.world.now())
        ctx.world.put_message(chat, Message(0, chat.id, ctx.bot.id, now, pinned, service=True))
    return True


async def unpin_chat_message(ctx: Context) -> Any:
    """UnpinChatMessage."""
    chat = ctx.chat()
    check_present(ctx.world, ctx.bot, chat)
    check_right(chat, ctx.bot, "can_pin_messages", "manage pinned messages in the chat")
    message_id = ctx.args.integer("message_id") or (chat.pinned[-1] if chat.pinned else 0)
    if message_id not in chat.pinned:
        raise bad_request("message to unpin not found")
    chat.pinned.remove(message_id)
    return True


async def answer_callback_query(ctx: Context) -> Any:
    """AnswerCallbackQuery: the first answer counts, a later one changes nothing."""
    press = ctx.world.presses.get(ctx.args.text("callback_query_id"))
    if press is None or press.bot_id != ctx.bot.id or ctx.world.now() - press.at > CALLBACK_SECONDS:
        raise bad_request(QUERY_TOO_OLD)
    text = ctx.args.text("text")
    if len(text) > MAX_TOAST:
        raise bad_request("MESSAGE_TOO_LONG")
    if not press.answered:
        press.answered = True
        press.text, press.alert, press.url = text, ctx.args.flag("show_alert"), ctx.args.text("url")
        ctx.world.changes.tell(
            "answered",
            bot=ctx.bot.id,
            press=press.id,
            user=press.user_id,
            chat=press.chat_id,
            message=press.message_id,
            text=press.text,
            alert=press.alert,
        )
    return True


async def answer_inline_query(ctx: Context) -> Any:
    """AnswerInlineQuery."""
    query_id = ctx.args.text("inline_query_id")
    if query_id not in ctx.world.inline_answers:
        raise bad_request(QUERY_TOO_OLD)
    results = ctx.args.values.get("results")
    if not isinstance(results, list):
        raise bad_request("can't parse JSON encoded inline query results")
    if len(results) > 50:
        raise bad_request("RESULTS_TOO_MUCH")
    for result in results:
        if not isinstance(result, dict) or not result.get("id") or not result.get("type"):
            raise bad_request("can't parse inline query result: Can't find field \"id\"")
    ctx.world.inline_answers[query_id] = {"results": results, "button": ctx.args.values.get("button")}
    ctx.world.changes.tell("inline", query=query_id)
    return True
