"""The helpdesk's own HTTP: the webhook's door, whether it lives, whether it is ready, what it counts."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from aiohttp import web
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, generate_latest

from bot.errors import UsageError

Webhook = Callable[[str, str, bytes], Awaitable[int]]
"""Bot id, secret and body in; HTTP status out."""
Ready = Callable[[], Awaitable[dict[str, bool]]]
"""What must hold to be ready, by name."""
Refresh = Callable[[], Awaitable[None]]
"""Brings gauges up to date before they are shown."""

_SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"
_WEBHOOK: web.AppKey[Webhook] = web.AppKey("webhook")
_READY: web.AppKey[Ready] = web.AppKey("ready")
_REGISTRY: web.AppKey[CollectorRegistry] = web.AppKey("registry")
_REFRESH: web.AppKey[Refresh] = web.AppKey("refresh")

# Telegram's updates are a few kilobytes.
_LARGEST_BODY = 1024 * 1024


class WebServer:
    """Serves until closed."""

    def __init__(
        self,
        address: str,
        *,
        ready: Ready,
        registry: CollectorRegistry,
        refresh: Refresh,
        webhook: Webhook | None = None,
    ) -> None:
        host, _, port = address.rpartition(":")
        self._host, self._port = host, int(port)
        app = web.Application(client_max_size=_LARGEST_BODY)
        app[_READY], app[_REGISTRY], app[_REFRESH] = ready, registry, refresh
        app.router.add_get("/healthz", _healthz)
        app.router.add_get("/readyz", _readyz)
        app.router.add_get("/metrics", _metrics)
        if webhook:
            app[_WEBHOOK] = webhook
            app.router.add_route("*", "/telegram/{bot_id}", _webhook)
        self._runner = web.AppRunner(app, access_log=None)

    async def open(self) -> None:
        """Start to listen.

        Raises:
            UsageError: the address is taken, or not ours.
        """
        await self._runner.setup()
        try:
            await web.TCPSite(self._runner, self._host, self._port).start()
        except OSError:
            raise UsageError(
                f"Không mở được {self._host}:{self._port}: cổng đang có chương trình khác dùng, hoặc địa chỉ không "
                "phải của máy này. Đặt HELPDESK_WEB sang địa chỉ khác."
            ) from None

    @property
    def port(self) -> int:
        """The port that was opened."""
        return int(self._runner.addresses[0][1])

    async def close(self) -> None:
        """Stop; what is being answered is finished."""
        await self._runner.cleanup()


async def _healthz(_: web.Request) -> web.Response:
    return web.json_response({"ok": True})


async def _readyz(request: web.Request) -> web.Response:
    conditions = await request.app[_READY]()
    return web.json_response(conditions, status=200 if all(conditions.values()) else 503)


async def _metrics(request: web.Request) -> web.Response:
    await request.app[_REFRESH]()
    return web.Response(body=generate_latest(request.app[_REGISTRY]), headers={"Content-Type": CONTENT_TYPE_LATEST})


async def _webhook(request: web.Request) -> web.Response:
    if request.method != "POST":
        return web.Response(status=404)  # or the answer would say that there is a door
    secret = request.headers.get(_SECRET_HEADER, "")
    status = await request.app[_WEBHOOK](request.match_info["bot_id"], secret, await request.read())
    return web.Response(status=status)
