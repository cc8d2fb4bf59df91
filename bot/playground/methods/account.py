"""Methods about the bot itself: who it is, its commands and descriptions, its end."""

from __future__ import annotations

import re
from typing import Any

from bot.playground.access import find_chat
from bot.playground.methods.context import Context
from bot.playground.refusals import bad_request
from bot.playground.rendering import user_json
from bot.playground.world import BotAccount, Chat

Json = dict[str, Any]

_SCOPES: dict[str, tuple[str, ...]] = {
    "default": (),
    "all_private_chats": (),
    "all_group_chats": (),
    "all_chat_administrators": (),
    "chat": ("chat_id",),
    "chat_administrators": ("chat_id",),
    "chat_member": ("chat_id", "user_id"),
}


async def get_me(ctx: Context) -> Any:
    """GetMe."""
    return {
        **user_json(ctx.bot),
        "can_join_groups": ctx.bot.can_join_groups,
        "can_read_all_group_messages": ctx.bot.can_read_all_group_messages,
        "supports_inline_queries": ctx.bot.supports_inline_queries,
        "can_connect_to_business": False,
        "has_main_web_app": False,
        "has_topics_enabled": False,
        "allows_users_to_create_topics": False,
        "can_manage_bots": False,
    }


async def do_nothing(ctx: Context) -> Any:
    """Close and logOut: the playground stays where it is."""
    return True


def _scope_key(ctx: Context) -> str:
    scope = ctx.args.values.get("scope") or {"type": "default"}
    if not isinstance(scope, dict) or scope.get("type") not in _SCOPES:
        raise bad_request("can't parse BotCommandScope: unsupported type specified")
    ids = []
    for name in _SCOPES[scope["type"]]:
        if name not in scope:
            raise bad_request(f"can't parse BotCommandScope: Can't find field \"{name}\"")
        if name == "chat_id":
            ids.append(str(find_chat(ctx.world, ctx.bot, scope[name]).id))
        elif ctx.world.user_or_bot(_number(scope[name])) is None:
            raise bad_request("user not found")
        else:
            ids.append(str(_number(scope[name])))
    return "/".join([scope["type"], *ids, ctx.args.text("language_code")])


def _number(value: Any) -> int:
    return value if isinstance(value, int) else int(value) if isinstance(value, str) and value.isdecimal() else 0


async def set_my_commands(ctx: Context) -> Any:
    """SetMyCommands."""
    commands = ctx.args.values.get("commands")
    if not isinstance(commands, list):
        raise bad_request("can't parse commands JSON object")
    if len(commands) > 100:
        raise bad_request("BOT_COMMANDS_TOO_MUCH")
    kept = []
    for command in commands:
        if not isinstance(command, dict):
            raise bad_request("can't parse BotCommand: expected an Object")
        name = str(command.get("command") or "").removeprefix("/")
        description = str(command.get("description") or "").strip()
        if not re.fullmatch(r"[a-z0-9_]{1,32}", name):
            raise bad_request("BOT_COMMAND_INVALID")
        if not 1 <= len(description) <= 256:
            raise bad_request("BOT_COMMAND_DESCRIPTION_INVALID")
        kept.append({"command": name, "description": description})
    key = _scope_key(ctx)
    ctx.bot.commands[key] = kept
    ctx.world.changes.tell("commands", bot=ctx.bot.id)
    return True


async def get_my_commands(ctx: Context) -> Any:
    """GetMyCommands."""
    return ctx.bot.commands.get(_scope_key(ctx), [])


async def delete_my_commands(ctx: Context) -> Any:
    """DeleteMyCommands."""
    ctx.bot.commands.pop(_scope_key(ctx), None)
    ctx.world.changes.tell("commands", bot=ctx.bot.id)
    return True


def commands_for(bot: BotAccount, chat: Chat, user_id: int, language: str = "vi") -> list[Json]:
    """The commands a person is offered in a chat: the narrowest scope that has any, as Telegram clients choose."""
    if chat.type == "private":
        scopes = [f"chat/{chat.id}", "all_private_chats", "default"]
    else:
        admin = chat.administers(user_id)
        scopes = [f"chat_member/{chat.id}/{user_id}"]
        scopes += [f"chat_administrators/{chat.id}"] if admin else []
        scopes += [f"chat/{chat.id}"]
        scopes += ["all_chat_administrators"] if admin else []
        scopes += ["all_group_chats", "default"]
    for scope in scopes:
        for key in (f"{scope}/{language}", f"{scope}/"):
            if bot.commands.get(key):
                return bot.commands[key]
    return []


async def _set_text(ctx: Context, name: str, limit: int, refusal: str) -> Any:
    text = ctx.args.text(name)
    if len(text) > limit:
        raise bad_request(refusal)
    ctx.bot.texts[f"{name}/{ctx.args.text('language_code')}"] = text
    return True


async def set_my_description(ctx: Context) -> Any:
    """SetMyDescription."""
    return await _set_text(ctx, "description", 512, "BOT_DESCRIPTION_TOO_LONG")


async def set_my_short_description(ctx: Context) -> Any:
    """SetMyShortDescription."""
    return await _set_text(ctx, "short_description", 120, "BOT_SHORT_DESCRIPTION_TOO_LONG")


async def set_my_name(ctx: Context) -> Any:
    """SetMyName."""
    return await _set_text(ctx, "name", 64, "BOT_TITLE_INVALID")


async def get_my_description(ctx: Context) -> Any:
    """GetMyDescription."""
    return {"description": ctx.bot.texts.get(f"description/{ctx.args.text('language_code')}", "")}


async def get_my_short_description(ctx: Context) -> Any:
    """GetMyShortDescription."""
    return {"short_description": ctx.bot.texts.get(f"short_description/{ctx.args.text('language_code')}", "")}


async def set_chat_menu_button(ctx: Context) -> Any:
    """SetChatMenuButton."""
    button = ctx.args.values.get("menu_button") or {"type": "default"}
    if not isinstance(button, dict) or button.get("type") not in ("commands", "web_app", "default"):
        raise bad_request("can't parse menu button: unsupported type specified")
    chat_id = find_chat(ctx.world, ctx.bot, ctx.args.integer("chat_id")).id if ctx.args.has("chat_id") else 0
    ctx.bot.menu_buttons[chat_id] = button
    return True


async def get_chat_menu_button(ctx: Context) -> Any:
    """GetChatMenuButton."""
    buttons = ctx.bot.menu_buttons
    return buttons.get(ctx.args.integer("chat_id")) or buttons.get(0) or {"type": "commands"}
