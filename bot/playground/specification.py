"""The Bot API's own list of parameters, by hand, for the methods the playground answers.

One line a method: ``name:type``, ``!`` where required. Types: ``int``, ``float``, ``bool``, ``str``, ``chat``
(number or @name), ``file`` (upload, file id or address), ``any`` (an object the playground only passes on),
``[X]`` a list of X, or the name of an object below. Taken from the documentation of Bot API 10.0 and compared with
python-telegram-bot 22.8.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

Json = dict[str, Any]

_PLACE = (
    "chat_id:chat! message_thread_id:int direct_messages_topic_id:int disable_notification:bool protect_content:bool "
    "allow_paid_broadcast:bool message_effect_id:str reply_parameters:ReplyParameters"
)
_SEND = f"business_connection_id:str {_PLACE} suggested_post_parameters:any"
_MARKUP = "reply_markup:ReplyMarkup"
_CAPTION = "caption:str parse_mode:str caption_entities:[MessageEntity]"
_EDIT = "business_connection_id:str chat_id:chat message_id:int inline_message_id:str reply_markup:InlineKeyboardMarkup"

METHODS: dict[str, str] = {
    "getMe": "",
    "logOut": "",
    "close": "",
    "getUpdates": "offset:int limit:int timeout:int allowed_updates:[str]",
    "setWebhook": "url:str! certificate:file ip_address:str max_connections:int allowed_updates:[str] "
    "drop_pending_updates:bool secret_token:str",
    "deleteWebhook": "drop_pending_updates:bool",
    "getWebhookInfo": "",
    "sendMessage": f"{_SEND} {_MARKUP} text:str! parse_mode:str entities:[MessageEntity] "
    "link_preview_options:LinkPreviewOptions",
    "forwardMessage": "chat_id:chat! message_thread_id:int direct_messages_topic_id:int from_chat_id:chat! "
    "video_start_timestamp:int disable_notification:bool protect_content:bool message_effect_id:str "
    "suggested_post_parameters:any message_id:int!",
    "copyMessage": f"{_PLACE} {_MARKUP} {_CAPTION} suggested_post_parameters:any from_chat_id:chat! message_id:int! "
    "video_start_timestamp:int show_caption_above_media:bool",
    "sendPhoto": f"{_SEND} {_MARKUP} {_CAPTION} photo:file! show_caption_above_media:bool has_spoiler:bool",
    "sendDocument": f"{_SEND} {_MARKUP} {_CAPTION} document:file! thumbnail:file disable_content_type_detection:bool",
    "sendVoice": f"{_SEND} {_MARKUP} {_CAPTION} voice:file! duration:int",
    "sendVideo": f"{_SEND} {_MARKUP} {_CAPTION} video:file! duration:int width:int height:int thumbnail:file "
    "cover:file "
    "start_timestamp:int show_caption_above_media:bool has_spoiler:bool supports_streaming:bool",
    "sendVideoNote": f"{_SEND} {_MARKUP} video_note:file! duration:int length:int thumbnail:file",
    "sendSticker": f"{_SEND} {_MARKUP} sticker:file! emoji:str",
    "sendLocation": f"{_SEND} {_MARKUP} latitude:float! longitude:float! horizontal_accuracy:float live_period:int "
    "heading:int proximity_alert_radius:int",
    "sendContact": f"{_SEND} {_MARKUP} phone_number:str! first_name:str! last_name:str vcard:str",
    "sendMediaGroup": f"business_connection_id:str {_PLACE} media:[InputMedia]!",
    "sendChatAction": "business_connection_id:str chat_id:chat! message_thread_id:int action:str!",
    "editMessageText": f"{_EDIT} text:str! parse_mode:str entities:[MessageEntity] "
    "link_preview_options:LinkPreviewOptions",
    "editMessageCaption": f"{_EDIT} {_CAPTION} show_caption_above_media:bool",
    "editMessageReplyMarkup": _EDIT,
    "deleteMessage": "chat_id:chat! message_id:int!",
    "deleteMessages": "chat_id:chat! message_ids:[int]!",
    "pinChatMessage": "business_connection_id:str chat_id:chat! message_id:int! disable_notification:bool",
    "unpinChatMessage": "business_connection_id:str chat_id:chat! message_id:int",
    "answerCallbackQuery": "callback_query_id:str! text:str show_alert:bool url:str cache_time:int",
    "answerInlineQuery": "inline_query_id:str! results:[any]! cache_time:int is_personal:bool next_offset:str "
    "button:any",
    "getFile": "file_id:str!",
    "getChat": "chat_id:chat!",
    "getChatMember": "chat_id:chat! user_id:int!",
    "getChatAdministrators": "chat_id:chat! return_bots:bool",
    "getChatMemberCount": "chat_id:chat!",
    "leaveChat": "chat_id:chat!",
    "createForumTopic": "chat_id:chat! name:str! icon_color:int icon_custom_emoji_id:str",
    "closeForumTopic": "chat_id:chat! message_thread_id:int!",
    "reopenForumTopic": "chat_id:chat! message_thread_id:int!",
    "setMyCommands": "commands:[BotCommand]! scope:BotCommandScope language_code:str",
    "getMyCommands": "scope:BotCommandScope language_code:str",
    "deleteMyCommands": "scope:BotCommandScope language_code:str",
    "setMyDescription": "description:str language_code:str",
    "getMyDescription": "language_code:str",
    "setMyShortDescription": "short_description:str language_code:str",
    "getMyShortDescription": "language_code:str",
    "setMyName": "name:str language_code:str",
    "setChatMenuButton": "chat_id:int menu_button:MenuButton",
    "getChatMenuButton": "chat_id:int",
}

OBJECTS: dict[str, str] = {
    "ReplyParameters": "message_id:int! chat_id:chat allow_sending_without_reply:bool quote:str quote_parse_mode:str "
    "quote_entities:[MessageEntity] quote_position:int checklist_task_id:int poll_option_id:str",
    "LinkPreviewOptions": "is_disabled:bool url:str prefer_small_media:bool prefer_large_media:bool "
    "show_above_text:bool",
    "MessageEntity": "type:str! offset:int! length:int! url:str user:any language:str custom_emoji_id:str "
    "unix_time:int date_time_format:str",
    "InlineKeyboardMarkup": "inline_keyboard:[[InlineKeyboardButton]]!",
    "InlineKeyboardButton": "text:str! icon_custom_emoji_id:str style:str url:str callback_data:str web_app:any "
    "login_url:any "
    "switch_inline_query:str switch_inline_query_current_chat:str switch_inline_query_chosen_chat:any copy_text:any "
    "callback_game:any pay:bool",
    "ReplyKeyboardMarkup": "keyboard:[[KeyboardButton]]! is_persistent:bool resize_keyboard:bool "
    "one_time_keyboard:bool "
    "input_field_placeholder:str selective:bool",
    "KeyboardButton": "text:str! icon_custom_emoji_id:str style:str request_users:any request_chat:any "
    "request_managed_bot:any request_contact:bool request_location:bool request_poll:any web_app:any",
    "ReplyKeyboardRemove": "remove_keyboard:bool! selective:bool",
    "ForceReply": "force_reply:bool! input_field_placeholder:str selective:bool",
    "BotCommand": "command:str! description:str!",
    "BotCommandScope": "type:str! chat_id:chat user_id:int",
    "MenuButton": "type:str! text:str web_app:any",
    "InputMedia": "type:str! media:str! caption:str parse_mode:str caption_entities:[MessageEntity] "
    "show_caption_above_media:bool has_spoiler:bool thumbnail:str cover:str start_timestamp:int width:int height:int "
    "duration:int supports_streaming:bool performer:str title:str disable_content_type_detection:bool",
}
_UNIONS = {
    "ReplyMarkup": {
        "inline_keyboard": "InlineKeyboardMarkup",
        "keyboard": "ReplyKeyboardMarkup",
        "remove_keyboard": "ReplyKeyboardRemove",
        "force_reply": "ForceReply",
    }
}
# One of these, not several; a keyboard button with two actions shows only one of them.
_EXACTLY_ONE = {
    "InlineKeyboardButton": (
        "url", "callback_data", "web_app", "login_url", "switch_inline_query", "switch_inline_query_current_chat",
        "switch_inline_query_chosen_chat", "copy_text", "callback_game", "pay",
    )
}  # fmt: skip


@dataclass(frozen=True)
class Parameter:
    """A line of the documentation."""

    name: str
    type: str
    required: bool


@cache
def parameters_of(line: str) -> dict[str, Parameter]:
    """A table line, taken apart."""
    answer = {}
    for word in line.split():
        name, kind = word.split(":", 1)
        answer[name] = Parameter(name, kind.rstrip("!"), kind.endswith("!"))
    return answer


def decoded(value: Any, kind: str) -> Any:
    """A form value in the type the table names, or the value itself where it cannot be read so."""
    if not isinstance(value, str):
        return value
    try:
        if kind == "int" or (kind == "chat" and not value.startswith("@")):
            return int(value)
        if kind == "float":
            return float(value)
        if kind == "bool":
            return {"true": True, "false": False, "1": True, "0": False, "yes": True, "no": False}[value.lower()]
        if kind not in ("str", "file", "chat"):
            return json.loads(value)
    except (ValueError, KeyError, RecursionError):
        return value
    return value


def check_call(method: str, values: Json, files: set[str]) -> Iterator[str]:
    """What the documentation does not know of, lacks, or types otherwise."""
    known = parameters_of(METHODS[method])
    for name in values:
        if name not in known:
            yield f"unknown parameter {name!r}"
    for parameter in known.values():
        if parameter.name in values:
            yield from _check(values[parameter.name], parameter.type, parameter.name)
        elif parameter.required and parameter.name not in files:
            yield f"missing parameter {parameter.name!r}"
    for name in files:
        if name not in known and not any(f"attach://{name}" in str(value) for value in values.values()):
            yield f"unknown file {name!r}"


def _check(value: Any, kind: str, path: str, depth: int = 0) -> Iterator[str]:
    if kind.startswith("["):
        if not isinstance(value, list):
            yield f"{path} must be an array"
        elif depth < 8:
            for number, item in enumerate(value):
                yield from _check(item, kind[1:-1], f"{path}[{number}]", depth + 1)
    elif kind in _UNIONS:
        if not isinstance(value, dict):
            yield f"{path} must be an object"
            return
        chosen = next((of for key, of in _UNIONS[kind].items() if key in value), None)
        if chosen is None:
            yield f"{path} is none of {', '.join(_UNIONS[kind].values())}"
        else:
            yield from _check(value, chosen, path, depth + 1)
    elif kind in OBJECTS:
        yield from _check_object(value, kind, path, depth)
    elif not _plain(value, kind):
        yield f"{path} must be {kind}"


def _plain(value: Any, kind: str) -> bool:
    match kind:
        case "int":
            return isinstance(value, int) and not isinstance(value, bool)
        case "float":
            return isinstance(value, int | float) and not isinstance(value, bool)
        case "bool":
            return isinstance(value, bool)
        case "str" | "file":
            return isinstance(value, str)
        case "chat":
            return (isinstance(value, int) and not isinstance(value, bool)) or (
                isinstance(value, str) and value.startswith("@")
            )
    return True


def _check_object(value: Any, kind: str, path: str, depth: int) -> Iterator[str]:
    if not isinstance(value, dict):
        yield f"{path} must be an object ({kind})"
        return
    known = parameters_of(OBJECTS[kind])
    for name in value:
        if name not in known:
            yield f"{path}: unknown field {name!r} of {kind}"
    for field in known.values():
        if field.name in value:
            yield from _check(value[field.name], field.type, f"{path}.{field.name}", depth + 1)
        elif field.required:
            yield f"{path}: missing field {field.name!r} of {kind}"
    if kind in _EXACTLY_ONE:
        given = [name for name in _EXACTLY_ONE[kind] if name in value]
        if len(given) != 1:
            yield f"{path}: exactly one action wanted, not {given}"
