"""Telegram's HTTP, over aiohttp; it tells what surely never left from what may have arrived."""

from __future__ import annotations

import json
from typing import Any

import aiohttp
from telegram._utils.defaultvalue import DefaultValue
from telegram._utils.types import ODVInput
from telegram.error import NetworkError, TimedOut
from telegram.request import BaseRequest, RequestData


class NeverLeft(NetworkError):
    """No connection was made, or the server itself says that it failed: nothing happened."""


class AnswerLost(NetworkError):
    """The connection broke after the request: it may have been carried out."""


class GatewayFailed(NetworkError):
    """A gateway answered in the server's place: it may have been carried out, though seldom."""


class AiohttpRequest(BaseRequest):
    """Calls to the Bot API."""

    def __init__(self, *, connections: int = 64, read_timeout: float = 20.0) -> None:
        self._connections = connections
        self._read_timeout = read_timeout
        self._session: aiohttp.ClientSession | None = None

    async def initialize(self) -> None:
        """Open the pool of connections."""
        if self._session is None or self._session.closed:
            connector = aiohttp.TCPConnector(limit=self._connections)
            self._session = aiohttp.ClientSession(connector=connector)

    async def shutdown(self) -> None:
        """Close it."""
        if self._session:
            await self._session.close()

    @property
    def read_timeout(self) -> float | None:
        """Seconds to wait for an answer."""
        return self._read_timeout

    async def do_request(
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: ODVInput[float] = BaseRequest.DEFAULT_NONE,
        write_timeout: ODVInput[float] = BaseRequest.DEFAULT_NONE,
        connect_timeout: ODVInput[float] = BaseRequest.DEFAULT_NONE,
        pool_timeout: ODVInput[float] = BaseRequest.DEFAULT_NONE,
    ) -> tuple[int, bytes]:
        """Make a call.

        Raises:
            NeverLeft: it surely had no effect.
            AnswerLost: it may have had one.
            GatewayFailed: it may have had one, though seldom.
            TimedOut: no answer in time; it may have had one.
        """
        files = request_data.multipart_data if request_data else None
        parameters = request_data.json_parameters if request_data else {}
        body: Any = parameters
        if files:
            body = aiohttp.FormData()
            for name, value in parameters.items():
                body.add_field(name, value)
            for name, (file_name, content, mime) in files.items():
                body.add_field(name, content, filename=file_name, content_type=mime)
        return await self._send(method, url, body, _seconds(read_timeout, self._read_timeout))

    async def _send(self, method: str, url: str, body: Any, read_timeout: float) -> tuple[int, bytes]:
        assert self._session is not None, "initialize() comes first"
        timeout = aiohttp.ClientTimeout(total=None, sock_connect=10, sock_read=read_timeout)
        try:
            async with self._session.request(method, url, data=body, timeout=timeout) as answer:
                payload = await answer.read()
                code = answer.status
        except (aiohttp.ClientConnectorError, aiohttp.ConnectionTimeoutError) as error:
            raise NeverLeft(type(error).__name__) from None
        except TimeoutError:
            raise TimedOut from None
        except aiohttp.ClientError as error:
            raise AnswerLost(type(error).__name__) from None
        if code >= 500:
            raise NeverLeft(f"server: {code}") if _says_failed(payload) else GatewayFailed(f"gateway: {code}")
        return code, payload


def _says_failed(payload: bytes) -> bool:
    """Whether the Bot API itself, not a gateway before it, says that the call failed."""
    try:
        return bool(json.loads(payload)["ok"] is False)
    except (ValueError, KeyError, TypeError):
        return False


def _seconds(given: ODVInput[float], default: float) -> float:
    value = given.value if isinstance(given, DefaultValue) else given
    return default if value is None else float(value)
