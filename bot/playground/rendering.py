"""The world in the Bot API's JSON, as one bot may see it."""

from __future__ import annotations

from typing import Any

from bot.playground.world import PRIVATE, BotAccount, Chat, Member, Message, User, World

Json = dict[str, Any]

ADMIN_RIGHTS = (
    "can_manage_chat",
    "can_delete_messages",
    "can_manage_video_chats",
    "can_restrict_members",
    "can_promote_members",
    "can_change_info",
    "can_invite_users",
    "can_post_stories",
    "can_edit_stories",
    "can_delete_stories",
)
MEMBER_RIGHTS = (
    "can_send_messages",
    "can_send_audios",
    "can_send_documents",
    "can_send_photos",
    "can_send_videos",
    "can_send_video_notes",
    "can_send_voice_notes",
    "can_send_polls",
    "can_send_other_messages",
    "can_add_web_page_previews",
    "can_react_to_messages",
    "can_edit_tag",
    "can_change_info",
    "can_invite_users",
    "can_pin_messages",
    "can_manage_topics",
)


def user_json(who: User | BotAccount) -> Json:
    """A ``User``."""
    if isinstance(who, BotAccount):
        return {"id": who.id, "is_bot": True, "first_name": who.first_name, "username": who.username}
    answer: Json = {"id": who.id, "is_bot": False, "first_name": "" if who.deactivated else who.first_name}
    if not who.deactivated:
        if who.last_name:
            answer["last_name"] = who.last_name
        if who.username:
            answer["username"] = who.username
        if who.language_code:
            answer["language_code"] = who.language_code
    return answer


def someone_json(world: World, user_id: int) -> Json:
    """A ``User`` by id; Telegram shows an unknown account without a name."""
    who = world.user_or_bot(user_id)
    return user_json(who) if who else {"id": user_id, "is_bot": False, "first_name": ""}


def chat_json(world: World, chat: Chat) -> Json:
    """A ``Chat``."""
    if chat.type == PRIVATE:
        person = someone_json(world, chat.id)
        names = {name: person[name] for name in ("first_name", "last_name", "username") if person.get(name)}
        return {"id": chat.id, "type": PRIVATE, "first_name": "", **names}
    answer: Json = {"id": chat.id, "type": chat.type, "title": chat.title}
    if chat.is_forum:
        answer["is_forum"] = True
    return answer


def message_json(world: World, chat: Chat, message: Message, *, nested: bool = False) -> Json:
    """A ``Message``; one that is replied to carries no reply of its own."""
    answer: Json = {
        "message_id": message.id,
        "from": someone_json(world, message.sender_id),
        "chat": chat_json(world, chat),
        "date": message.date,
    }
    if message.edit_date:
        answer["edit_date"] = message.edit_date
    if message.thread_id:
        answer["message_thread_id"] = message.thread_id
        if chat.is_forum:
            answer["is_topic_message"] = True
    if message.media_group_id:
        answer["media_group_id"] = message.media_group_id
    if message.forward_origin:
        answer["forward_origin"] = message.forward_origin
    if message.reply_to and not nested:
        target = chat.messages.get(message.reply_to)
        if target:
            answer["reply_to_message"] = message_json(world, chat, target, nested=True)
    elif (root := _topic_root(chat, message)) and not nested:
        answer["reply_to_message"] = message_json(world, chat, root, nested=True)
    if message.quote and not nested:
        answer["quote"] = message.quote
    answer.update(message.content)
    for name in ("entities", "caption_entities"):
        if name in answer:
            answer[name] = [_entity_json(world, entity) for entity in answer[name]]
    # Telegram gives back inline keyboards only.
    if message.markup and "inline_keyboard" in message.markup:
        answer["reply_markup"] = message.markup
    return answer


def _topic_root(chat: Chat, message: Message) -> Message | None:
    """The message that opened the topic: what answers nothing is said to answer it, as on Telegram."""
    if not chat.is_forum or message.thread_id in (None, message.id):
        return None
    return chat.messages.get(message.thread_id or 0)


def _entity_json(world: World, entity: Json) -> Json:
    if entity["type"] != "text_mention" or not isinstance(entity.get("user"), dict):
        return entity
    # HTML names only the number.
    user_id = entity["user"].get("id")
    return {**entity, "user": someone_json(world, user_id if isinstance(user_id, int) else 0)}


def member_json(world: World, chat: Chat, user_id: int) -> Json:
    """A ``ChatMember``; one who never came is shown as having left."""
    member = chat.members.get(user_id) or Member(user_id, "left")
    answer: Json = {"user": someone_json(world, user_id), "status": member.status}
    if member.status == "creator":
        answer["is_anonymous"] = False
    elif member.status == "administrator":
        answer.update(can_be_edited=False, is_anonymous=False)
        answer.update({right: member.rights.get(right, True) for right in ADMIN_RIGHTS})
        answer["can_pin_messages"] = member.rights.get("can_pin_messages", True)
        if chat.is_forum:
            answer["can_manage_topics"] = member.rights.get("can_manage_topics", True)
    elif member.status == "restricted":
        answer.update(is_member=True, until_date=0)
        answer.update({right: member.rights.get(right, False) for right in MEMBER_RIGHTS})
    elif member.status == "kicked":
        answer["until_date"] = 0
    if member.title and member.status in ("creator", "administrator"):
        answer["custom_title"] = member.title
    return answer


def full_chat_json(world: World, chat: Chat) -> Json:
    """A ``ChatFullInfo``."""
    answer = chat_json(world, chat)
    answer.update(
        accent_color_id=1,
        max_reaction_count=11,
        accepted_gift_types={
            "unlimited_gifts": False,
            "limited_gifts": False,
            "unique_gifts": False,
            "premium_subscription": False,
            "gifts_from_channels": False,
        },
    )
    if chat.type != PRIVATE:
        answer["permissions"] = dict.fromkeys(MEMBER_RIGHTS, not chat.muted)
    if chat.pinned and chat.pinned[-1] in chat.messages:
        answer["pinned_message"] = message_json(world, chat, chat.messages[chat.pinned[-1]], nested=True)
    return answer
