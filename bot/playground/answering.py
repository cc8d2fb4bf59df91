"""Calls of a bot, from HTTP to a method and back: tokens, parameters, faults, the record."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Mapping
from typing import Any

from aiohttp import web

from bot.playground.calls import Call, Violation
from bot.playground.faults import Fault, Faults
from bot.playground.methods import BY_LOWER_NAME, HANDLERS, Context
from bot.playground.pacing import Pacing
from bot.playground.parameters import Arguments, read_arguments
from bot.playground.people import People
from bot.playground.refusals import QUERY_TOO_OLD, Refusal, bad_request, conflict, forbidden, too_many_requests
from bot.playground.specification import check_call
from bot.playground.updates import UpdateQueue
from bot.playground.world import BotAccount

Json = dict[str, Any]

# A playground may run for days; a test never makes so many calls.
MAX_CALLS = 20_000

_log = logging.getLogger(__name__)


class Answering:
    """Answers what bots ask.

    Attributes:
        calls: what they asked, in order (the oldest fall out after ``MAX_CALLS``).
        violations: what they asked wrongly.
    """

    def __init__(self, people: People, queues: Mapping[int, UpdateQueue], faults: Faults, pacing: Pacing) -> None:
        self.calls: list[Call] = []
        self.violations: list[Violation] = []
        self._people = people
        self._world = people.world
        self._queues = queues
        self._faults = faults
        self._pacing = pacing

    def violate(self, method: str, what: str) -> None:
        """Record what Telegram would pass over in silence."""
        self.violations.append(Violation(method, what, self._world.now()))
        self._world.changes.tell("violation", method=method, what=what)

    async def file(self, request: web.Request) -> web.StreamResponse:
        """``/file/bot<token>/<path>``."""
        bot = self._world.bot_by_token(request.match_info["token"])
        if bot is None:
            return web.json_response(Refusal(401, "Unauthorized").body(), status=401)
        file = self._world.file_by_path(request.match_info["path"])
        if file is None:
            return web.json_response(Refusal(404, "Not Found").body(), status=404)
        return web.Response(body=file.data, content_type="application/octet-stream")

    async def method(self, request: web.Request) -> web.StreamResponse:
        """``/bot<token>/<method>``."""
        bot = self._world.bot_by_token(request.match_info["token"])
        if bot is None:
            return _json(Refusal(401, "Unauthorized").body(), 401)
        asked = request.match_info["method"]
        name = BY_LOWER_NAME.get(asked.lower())
        if name is None:
            self.violate(asked, "no such method (or one the playground does not imitate)")
            return _json(Refusal(404, "Not Found").body(), 404)
        try:
            args = await read_arguments(request, name)
        except Refusal as refusal:
            self.violate(name, refusal.description)
            return _json(refusal.body(), refusal.code)
        except web.HTTPRequestEntityTooLarge:
            return _json(Refusal(413, "Request Entity Too Large").body(), 413)
        call = self._record(bot, name, args)
        for what in check_call(name, args.values, set(args.files)):
            self.violate(name, what)
        fault = self._faults.strike_call(call)
        call.fault = fault.kind if fault else ""
        answer = await self._carry_out(call, bot, args, fault)
        if answer is None:
            if request.transport:
                request.transport.abort()
            self._world.changes.tell("called", method=name, number=call.number)
            return web.Response()
        call.answer, call.status = answer, 200 if answer["ok"] else answer["error_code"]
        self._world.changes.tell("called", method=name, number=call.number)
        if fault and fault.kind in ("502", "503", "504"):
            # What stands before Telegram's servers answers in HTML, not in JSON.
            return web.Response(status=int(fault.kind), text="<html>Bad Gateway</html>", content_type="text/html")
        return _json(answer, call.status)

    def _record(self, bot: BotAccount, name: str, args: Arguments) -> Call:
        number = self.calls[-1].number + 1 if self.calls else 1
        call = Call(number, bot.id, name, args.values, args.files, self._world.now())
        self.calls.append(call)
        if len(self.calls) > MAX_CALLS:
            del self.calls[: MAX_CALLS // 2]
        self._world.changes.tell("calling", method=name, number=call.number)
        return call

    async def _carry_out(self, call: Call, bot: BotAccount, args: Arguments, fault: Fault | None) -> Json | None:
        """The answer's body; None to drop the connection."""
        kind = fault.kind if fault else ""
        if fault and kind == "slow":
            await asyncio.sleep(fault.seconds)
        if fault and kind == "hold_before":
            await fault.held()
        if kind == "drop_before":
            return None
        try:
            if fault:
                _refuse(fault)
            answer = {"ok": True, "result": await self._call(call.method, bot, args)}
        except Refusal as refusal:
            answer = refusal.body()
        except Exception as error:  # a broken playground must not look like a broken bot
            _log.exception("playground failed in %s", call.method)
            self.violate(call.method, f"the playground itself failed: {type(error).__name__}")
            answer = Refusal(500, "Internal Server Error").body()
        if fault and kind == "slow_after":
            await asyncio.sleep(fault.seconds)
        if fault and kind == "hold_after":
            await fault.held()
        return None if kind == "drop_after" else answer

    async def _call(self, method: str, bot: BotAccount, args: Arguments) -> Any:
        context = Context(
            world=self._world,
            bot=bot,
            args=args,
            queue=self._queues[bot.id],
            announcements=self._people.tell,
            violate=lambda what: self.violate(method, what),
            pace=lambda chat_id: self._pacing.check(self._world.now, bot.id, chat_id),
        )
        return await HANDLERS[method](context)


def _refuse(fault: Fault) -> None:
    match fault.kind:
        case "429":
            raise too_many_requests(fault.retry_after)
        case "400":
            raise bad_request(fault.description or "made up for a test")
        case "403":
            raise forbidden(fault.description or "bot was blocked by the user")
        case "409":
            raise conflict(fault.description)
        case "500" | "502" | "503" | "504":
            names = {"500": "Internal Server Error", "502": "Bad Gateway", "503": "Service Unavailable"}
            raise Refusal(int(fault.kind), names.get(fault.kind, "Gateway Timeout"))
        case "stale_callback":
            raise bad_request(QUERY_TOO_OLD)


def _json(body: Json, status: int) -> web.Response:
    return web.json_response(body, status=status)
