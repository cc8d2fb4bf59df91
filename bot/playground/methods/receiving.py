"""Methods by which the bot gets its updates."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import urlsplit

from bot.playground.methods.context import Context
from bot.playground.refusals import bad_request
from bot.playground.updates import Webhook

MAX_TIMEOUT = 50


async def get_updates(ctx: Context) -> Any:
    """GetUpdates."""
    ctx.queue.allow(ctx.args.values.get("allowed_updates"))
    return await ctx.queue.get(
        offset=ctx.args.integer("offset"),
        limit=ctx.args.integer("limit", 100, 1, 100),
        timeout=ctx.args.integer("timeout", 0, 0, MAX_TIMEOUT),
    )


async def set_webhook(ctx: Context) -> Any:
    """SetWebhook; plain http is taken for this machine only, as a local Bot API server does."""
    url = ctx.args.text("url").strip()
    if not url:
        return await delete_webhook(ctx)
    secret = ctx.args.text("secret_token")
    if len(secret) > 256:
        raise bad_request("secret token is too long")
    if not re.fullmatch(r"[A-Za-z0-9_-]*", secret):
        raise bad_request("secret token contains unallowed characters")
    try:
        parts = urlsplit(url)
        host = parts.hostname or ""
        _ = parts.port
    except ValueError:
        raise bad_request("bad webhook: invalid URL specified") from None
    local = host in ("127.0.0.1", "localhost", "::1")
    if parts.scheme != "https" and not (parts.scheme == "http" and local):
        raise bad_request("bad webhook: An HTTPS URL must be provided for webhook")
    if not host:
        raise bad_request("bad webhook: invalid URL specified")
    if ctx.args.flag("drop_pending_updates"):
        ctx.queue.clear()
    ctx.queue.allow(ctx.args.values.get("allowed_updates"))
    ctx.queue.webhook = Webhook(
        url, secret, ctx.args.integer("max_connections", 40, 1, 100), ctx.args.text("ip_address")
    )
    ctx.queue.interrupt()
    ctx.queue.arrived.set()
    ctx.world.changes.tell("webhook", bot=ctx.bot.id, url=url)
    return True


async def delete_webhook(ctx: Context) -> Any:
    """DeleteWebhook."""
    if ctx.args.flag("drop_pending_updates"):
        ctx.queue.clear()
    ctx.queue.webhook = Webhook()
    ctx.queue.arrived.set()
    ctx.world.changes.tell("webhook", bot=ctx.bot.id, url="")
    return True


async def get_webhook_info(ctx: Context) -> Any:
    """GetWebhookInfo."""
    hook = ctx.queue.webhook
    answer: dict[str, Any] = {
        "url": hook.url,
        "has_custom_certificate": False,
        "pending_update_count": len(ctx.queue.pending),
    }
    if hook.url:
        answer["max_connections"] = hook.max_connections
        if hook.ip_address:
            answer["ip_address"] = hook.ip_address
    if hook.last_error_date:
        answer.update(last_error_date=hook.last_error_date, last_error_message=hook.last_error_message)
    if ctx.queue.allowed is not None:
        answer["allowed_updates"] = list(ctx.queue.allowed)
    return answer
