"""Methods about chats, their members, topics, and files."""

from __future__ import annotations

from typing import Any

from bot.playground.access import check_present, check_right
from bot.playground.media import MAX_DOWNLOAD_BYTES
from bot.playground.methods.context import Context
from bot.playground.refusals import bad_request
from bot.playground.rendering import full_chat_json, member_json, someone_json
from bot.playground.world import PRIVATE, Chat, Message, Topic

Json = dict[str, Any]


async def get_chat(ctx: Context) -> Any:
    """GetChat."""
    chat = ctx.chat()
    check_present(ctx.world, ctx.bot, chat)
    return full_chat_json(ctx.world, chat)


async def get_chat_member(ctx: Context) -> Any:
    """GetChatMember."""
    chat = ctx.chat()
    check_present(ctx.world, ctx.bot, chat)
    user_id = ctx.args.integer("user_id")
    if not user_id:
        raise bad_request("invalid user_id specified")
    if ctx.world.user_or_bot(user_id) is None:
        raise bad_request("user not found")
    if chat.type == PRIVATE:
        if user_id not in (chat.id, ctx.bot.id):
            raise bad_request("user not found")
        return {"user": someone_json(ctx.world, user_id), "status": "member"}
    return member_json(ctx.world, chat, user_id)


async def get_chat_administrators(ctx: Context) -> Any:
    """GetChatAdministrators; other bots are left out."""
    chat = ctx.chat()
    check_present(ctx.world, ctx.bot, chat)
    if chat.type == PRIVATE:
        raise bad_request("there are no administrators in the private chat")
    return [
        member_json(ctx.world, chat, user_id)
        for user_id in chat.members
        if chat.administers(user_id) and (user_id == ctx.bot.id or user_id not in ctx.world.bots)
    ]


async def get_chat_member_count(ctx: Context) -> Any:
    """GetChatMemberCount."""
    chat = ctx.chat()
    check_present(ctx.world, ctx.bot, chat)
    return 2 if chat.type == PRIVATE else sum(chat.active(user_id) for user_id in chat.members)


async def leave_chat(ctx: Context) -> Any:
    """LeaveChat."""
    chat = ctx.chat()
    if chat.type == PRIVATE:
        raise bad_request("chat member status can't be changed in private chats")
    check_present(ctx.world, ctx.bot, chat)
    before = member_json(ctx.world, chat, ctx.bot.id)
    chat.members[ctx.bot.id].status = "left"
    _service(ctx, chat, {"left_chat_member": someone_json(ctx.world, ctx.bot.id)})
    ctx.announcements.membership(chat, ctx.bot.id, ctx.bot.id, before)
    return True


def _service(ctx: Context, chat: Chat, content: Json, thread_id: int | None = None) -> Message:
    message = Message(0, chat.id, ctx.bot.id, int(ctx.world.now()), content, thread_id=thread_id, service=True)
    return ctx.world.put_message(chat, message)


def _forum(ctx: Context) -> Chat:
    chat = ctx.chat()
    check_present(ctx.world, ctx.bot, chat)
    if not chat.is_forum:
        raise bad_request("the chat is not a forum")
    check_right(chat, ctx.bot, "can_manage_topics", "manage topics")
    return chat


async def create_forum_topic(ctx: Context) -> Any:
    """CreateForumTopic."""
    chat = _forum(ctx)
    name = ctx.args.text("name").strip()
    if not name or len(name) > 128:
        raise bad_request("topic name must be non-empty" if not name else "TOPIC_TITLE_TOO_LONG")
    color = ctx.args.integer("icon_color", 7322096)
    about = {"name": name, "icon_color": color}
    message = _service(ctx, chat, {"forum_topic_created": about})
    message.thread_id = message.id
    chat.topics[message.id] = Topic(message.id, name, color)
    return {"message_thread_id": message.id, **about}


async def _set_closed(ctx: Context, closed: bool) -> Any:
    chat = _forum(ctx)
    topic = chat.topics.get(ctx.args.integer("message_thread_id"))
    if topic is None:
        raise bad_request("message thread not found")
    if topic.closed == closed:
        raise bad_request("TOPIC_NOT_MODIFIED")
    topic.closed = closed
    _service(ctx, chat, {"forum_topic_closed" if closed else "forum_topic_reopened": {}}, topic.id)
    return True


async def close_forum_topic(ctx: Context) -> Any:
    """CloseForumTopic."""
    return await _set_closed(ctx, True)


async def reopen_forum_topic(ctx: Context) -> Any:
    """ReopenForumTopic."""
    return await _set_closed(ctx, False)


async def get_file(ctx: Context) -> Any:
    """GetFile; the bytes are then under ``/file/bot<token>/<file_path>``."""
    file_id = ctx.args.text("file_id")
    if not file_id:
        raise bad_request("file_id not specified")
    file = ctx.world.files.get(file_id)
    if file is None:
        raise bad_request("wrong file_id or the file is temporarily unavailable")
    if len(file.data) > MAX_DOWNLOAD_BYTES:
        raise bad_request("file is too big")
    return {
        "file_id": file.id,
        "file_unique_id": file.unique_id,
        "file_size": len(file.data),
        "file_path": file.path,
    }
