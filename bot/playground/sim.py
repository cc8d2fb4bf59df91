"""The person's side over HTTP: ``/sim/<verb>`` with a JSON object, for the page and for tests in other processes.

Every answer is ``{"ok": true, "result": …}`` or, with status 400, ``{"ok": false, "description": …}``. ``user`` names
who acts, ``chat`` a group (absent: the private chat with the bot), ``message`` a message id; bytes travel as base64 in
``data``. Only this machine's own pages may call: a foreign site in the same browser must not.
"""

from __future__ import annotations

import asyncio
import base64
import binascii
import json
from collections.abc import Awaitable, Callable
from dataclasses import asdict
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from aiohttp import web

from bot.playground.faults import Fault
from bot.playground.methods.account import commands_for
from bot.playground.people import CannotDo
from bot.playground.person import Person
from bot.playground.refusals import Refusal
from bot.playground.rendering import chat_json, user_json
from bot.playground.seen import SeenMessage
from bot.playground.world import PRIVATE, Chat

if TYPE_CHECKING:
    from bot.playground.server import BotApiServer

Json = dict[str, Any]
Act = Callable[[Person, Json], Awaitable[Any]]

LOOPBACK = ("127.0.0.1", "localhost", "::1")
STREAM_PAUSE_SECONDS = 15.0
# What a page fetches of one chat; nobody scrolls further back in a trial.
SHOWN_MESSAGES = 300


def seen_json(message: SeenMessage) -> Json:
    """A message for the page."""
    return {
        "id": message.id,
        "chat": message.chat_id,
        "kind": message.kind,
        "text": message.text,
        "entities": message.entities,
        "sender": message.sender,
        "sender_id": message.sender_id,
        "by_bot": message.by_bot,
        "date": message.date,
        "edited": message.edited,
        "buttons": [[asdict(button) for button in row] for row in message.buttons],
        "reply_keys": message.reply_keys,
        "reply_to": message.reply_to,
        "thread": message.thread_id,
        "album": message.media_group_id,
        "file": message.file_id,
        "changed": message.changed,
        "raw": message.raw,
    }


def _result(value: Any) -> Any:
    if isinstance(value, SeenMessage):
        return seen_json(value)
    if isinstance(value, list):
        return [_result(item) for item in value]
    if isinstance(value, Chat):
        return {"id": value.id, "type": value.type, "title": value.title}
    return asdict(value) if hasattr(value, "__dataclass_fields__") else value


def _bytes(value: Any) -> bytes:
    try:
        return base64.b64decode(value, validate=True)
    except (binascii.Error, ValueError, TypeError):
        raise CannotDo("data is not base64") from None


def _data(body: Json) -> bytes | None:
    return _bytes(body["data"]) if body.get("data") else None


def _pictures(body: Json) -> list[bytes]:
    return [_bytes(picture) for picture in body.get("pictures") or []]


def _where(body: Json) -> Json:
    return {"chat": body.get("chat")}


def _place(body: Json) -> Json:
    return {"chat": body.get("chat"), "reply_to": body.get("reply_to")}


async def _forward(person: Person, body: Json) -> Any:
    if body.get("from_name"):
        return await person.forward_from(str(body["from_name"]), str(body.get("text", "")), **_where(body))
    found = [m for m in person.messages(body.get("from_chat")) if m.id == body.get("message")]
    if not found:
        raise CannotDo(f"no message {body.get('message')}")
    return await person.forward(found[0], **_where(body))


async def _tap(person: Person, body: Json) -> Any:
    return await person.tap(
        str(body.get("label", "")),
        on=body.get("message"),
        data=body.get("data"),
        chat=body.get("chat"),
        wait=bool(body.get("wait", True)),
        age=float(body.get("age", 0)),
        timeout=float(body.get("timeout", 30)),
    )


async def _messages(person: Person, body: Json) -> Any:
    return person.messages(body.get("chat"))


async def _transcript(person: Person, body: Json) -> Any:
    return person.transcript(body.get("chat"))


async def _wait_for(person: Person, body: Json) -> Any:
    return await person.wait_for(
        str(body.get("text", "")),
        chat=body.get("chat"),
        since=body.get("since", 0),
        timeout=float(body.get("timeout", 10)),
    )


async def _commands(person: Person, body: Json) -> Any:
    return person.commands(body.get("chat"))


async def _dialog(person: Person, body: Json) -> Any:
    await person.dialog([(said, answered) for said, answered in body.get("lines", [])], **_where(body))


ACTS: dict[str, Act] = {
    "start": lambda p, b: p.start(str(b.get("payload", ""))),
    "say": lambda p, b: p.say(str(b.get("text", "")), thread=b.get("thread"), **_place(b)),
    "edit": lambda p, b: p.edit(int(b["message"]), str(b.get("text", "")), **_where(b)),
    "delete": lambda p, b: p.delete(int(b["message"]), **_where(b)),
    "photo": lambda p, b: p.send_photo(_data(b), str(b.get("caption", "")), **_place(b)),
    "album": lambda p, b: p.send_album(
        min(int(b.get("count", 2)), 10), str(b.get("caption", "")), pictures=_pictures(b), **_where(b)
    ),
    "document": lambda p, b: p.send_document(
        _data(b), str(b.get("name", "don.pdf")), mime=str(b.get("mime", "application/pdf")), **_place(b)
    ),
    "voice": lambda p, b: p.send_voice(_data(b), int(b.get("duration", 3)), **_place(b)),
    "video": lambda p, b: p.send_video(_data(b), **_where(b)),
    "video_note": lambda p, b: p.send_video_note(_data(b), **_where(b)),
    "sticker": lambda p, b: p.send_sticker(_data(b), **_where(b)),
    "location": lambda p, b: p.send_location(
        float(b.get("latitude", 10.48)), float(b.get("longitude", 106.89)), **_where(b)
    ),
    "contact": lambda p, b: p.send_contact(str(b.get("phone", "0900000000")), **_where(b)),
    "forward": _forward,
    "tap": _tap,
    "block": lambda p, b: p.block(),
    "unblock": lambda p, b: p.unblock(),
    "deactivate": lambda p, b: p.deactivate(),
    "join": lambda p, b: p.join(b.get("chat")),
    "leave": lambda p, b: p.leave(b.get("chat")),
    "create_group": lambda p, b: p.create_group(
        str(b.get("title", "Nhóm")), kind=str(b.get("kind", "group")), forum=bool(b.get("forum"))
    ),
    "add_bot": lambda p, b: p.add_bot(b.get("chat"), admin=bool(b.get("admin"))),
    "kick_bot": lambda p, b: p.kick_bot(b.get("chat")),
    "upgrade": lambda p, b: p.upgrade(b.get("chat")),
    "open_topic": lambda p, b: p.open_topic(b.get("chat"), str(b.get("name", ""))),
    "close_topic": lambda p, b: p.close_topic(b.get("chat"), int(b["topic"])),
    "delete_topic": lambda p, b: p.delete_topic(b.get("chat"), int(b["topic"])),
    "delete_group": lambda p, b: p.delete_group(b.get("chat")),
    "silence_bot": lambda p, b: p.silence_bot(b.get("chat")),
    "messages": _messages,
    "transcript": _transcript,
    "wait_for": _wait_for,
    "commands": _commands,
    "dialog": _dialog,
}


class Sim:
    """The routes under ``/sim``."""

    def __init__(self, server: BotApiServer) -> None:
        self._server = server

    async def act(self, request: web.Request) -> web.StreamResponse:
        """One person does one thing."""
        verb = request.match_info["verb"]
        try:
            body = json.loads(await request.text() or "{}")
            if not isinstance(body, dict):
                raise CannotDo("a JSON object is wanted")
            if verb == "create_user":
                person = self._server.person(str(body.get("name", "")), body.get("id"), str(body.get("username", "")))
                return _fine({"id": person.id, "name": person.name})
            if verb not in ACTS:
                return _refused(f"no such act {verb!r}; there are: {', '.join(sorted(ACTS))}", 404)
            person = Person(self._server.people, self._server.groups, int(body["user"]))
            self._server.people.user(person.id)
            return _fine(_result(await ACTS[verb](person, body)))
        except Refusal as refusal:
            return _refused(refusal.description)
        except TimeoutError as error:
            return _refused(str(error), 408)
        except CannotDo as error:
            return _refused(str(error))
        except (KeyError, TypeError, ValueError, AttributeError, RecursionError) as error:
            return _refused(f"{type(error).__name__}: {error}")

    async def state(self, request: web.Request) -> web.StreamResponse:
        """All of one person's chats, for a page that has just opened."""
        try:
            user = self._server.people.user(int(request.query.get("user", "")))
            person = Person(self._server.people, self._server.groups, user.id)
            private = self._server.people.chat(user.id)
        except (CannotDo, ValueError) as error:
            return _refused(str(error))
        world = self._server.world
        bot = self._server.people.bot()
        chats = [private, *(chat for chat in world.groups() if chat.active(user.id) and chat.migrated_to is None)]
        return _fine(
            {
                "me": user_json(user),
                "bot": user_json(bot),
                "changes": world.changes.count,
                "chats": [
                    {
                        **chat_json(world, chat),
                        "started": chat.started,
                        "blocked": chat.blocked,
                        "title": bot.first_name if chat.type == PRIVATE else chat.title,
                        "members": sum(chat.active(member) for member in chat.members),
                        "pinned": chat.pinned,
                        "commands": commands_for(bot, chat, user.id),
                        "reply_keys": _reply_keys(chat),
                        "messages": [seen_json(message) for message in person.messages(chat)[-SHOWN_MESSAGES:]],
                    }
                    for chat in chats
                ],
            }
        )

    async def phones(self, request: web.Request) -> web.StreamResponse:
        """The phones the page shows, with the names of those who may hold them."""
        users = self._server.world.users
        return _fine(
            [
                {
                    "label": phone.label,
                    "chat": phone.chat_id,
                    "samples": phone.samples,
                    "users": [{"id": user_id, "name": users[user_id].name} for user_id in phone.user_ids],
                }
                for phone in self._server.world.phones
            ]
        )

    async def users(self, request: web.Request) -> web.StreamResponse:
        """Who there is."""
        world = self._server.world
        groups = [{**chat_json(world, chat), "members": list(chat.members)} for chat in world.groups()]
        return _fine({"users": [user_json(user) for user in world.users.values()], "groups": groups})

    async def calls(self, request: web.Request) -> web.StreamResponse:
        """What the bot asked for."""
        method = request.query.get("method")
        return _fine([call.to_json() for call in self._server.calls if method in (None, call.method)])

    async def violations(self, request: web.Request) -> web.StreamResponse:
        """What it asked wrongly."""
        return _fine([asdict(violation) for violation in self._server.violations])

    async def faults(self, request: web.Request) -> web.StreamResponse:
        """GET lists, POST adds, DELETE lifts all, PUT lets held calls go on."""
        faults = self._server.faults
        if request.method == "DELETE":
            faults.clear()
        if request.method == "PUT":
            for fault in faults.active:
                fault.release()
        if request.method == "POST":
            try:
                faults.add(Fault(**json.loads(await request.text())))
            except (TypeError, ValueError) as error:
                return _refused(str(error))
        return _fine([fault.to_json() for fault in faults.active])

    async def reset(self, request: web.Request) -> web.StreamResponse:
        """Start anew."""
        await self._server.reset()
        return _fine(True)

    async def file(self, request: web.Request) -> web.StreamResponse:
        """Bytes of a picture or file, for the page."""
        file = self._server.world.files.get(request.match_info["id"])
        if file is None:
            return _refused("no such file", 404)
        safe = file.mime if file.kind in ("photo", "sticker") and file.mime != "image/svg+xml" else ""
        headers = {"X-Content-Type-Options": "nosniff", "Cache-Control": "private, max-age=86400"}
        if not safe:
            # Never let an uploaded page run beside ours.
            headers["Content-Disposition"] = "attachment"
        return web.Response(body=file.data, content_type=safe or "application/octet-stream", headers=headers)

    async def events(self, request: web.Request) -> web.StreamResponse:
        """Server-sent events: every change as it happens; the page then fetches what it needs."""
        answer = web.StreamResponse(
            headers={"Content-Type": "text/event-stream", "Cache-Control": "no-store", "X-Accel-Buffering": "no"}
        )
        await answer.prepare(request)
        changes = self._server.world.changes
        stream = changes.listen()
        try:
            await answer.write(b"retry: 1000\n\n")
            while not self._server.closing.is_set():
                await answer.write(await _next_events(stream))
        except ConnectionError:
            pass
        finally:
            changes.ignore(stream)
        return answer


def _reply_keys(chat: Chat) -> list[list[str]]:
    """The reply keyboard that stands open: the last one sent and not taken away since."""
    for message in reversed(chat.messages.values()):
        markup = message.markup or {}
        if markup.get("remove_keyboard"):
            return []
        if "keyboard" in markup:
            return [[str(key["text"]) for key in row] for row in markup["keyboard"]]
    return []


async def _next_events(stream: asyncio.Queue[Json]) -> bytes:
    try:
        event = await asyncio.wait_for(stream.get(), STREAM_PAUSE_SECONDS)
    except TimeoutError:
        return b": still here\n\n"
    return f"data: {json.dumps(event, ensure_ascii=False)}\n\n".encode()


def _fine(value: Any) -> web.Response:
    return web.json_response(
        {"ok": True, "result": value}, dumps=lambda v: json.dumps(v, ensure_ascii=False, default=str)
    )


def _refused(why: str, status: int = 400) -> web.Response:
    return web.json_response({"ok": False, "description": why}, status=status)


def guard(host: str) -> Any:
    """Middleware: pages of other sites are turned away, and names that merely point here too, but from the Bot API."""

    @web.middleware
    async def check(request: web.Request, handler: Any) -> web.StreamResponse:
        named = urlsplit(f"//{request.host}").hostname or ""
        # A bot may know this machine by another name. Listening on every address was the operator's choice: any name.
        anyone = request.path.startswith(("/bot", "/file/bot")) or host in ("", "0.0.0.0", "::")
        if not anyone and named not in (*LOOPBACK, host):
            return _refused("this playground answers on this machine only", 403)
        # Browsers name the page that asks; bots name none.
        if request.headers.get("Origin") not in (None, f"{request.scheme}://{request.host}"):
            return _refused("another site may not act here", 403)
        answer: web.StreamResponse = await handler(request)
        return answer

    return check


def add_sim(app: web.Application, server: BotApiServer) -> None:
    """Put the routes in place."""
    sim = Sim(server)
    app.router.add_get("/sim/state", sim.state)
    app.router.add_get("/sim/users", sim.users)
    app.router.add_get("/sim/phones", sim.phones)
    app.router.add_get("/sim/calls", sim.calls)
    app.router.add_get("/sim/violations", sim.violations)
    app.router.add_get("/sim/events", sim.events)
    app.router.add_get("/sim/file/{id}", sim.file)
    app.router.add_post("/sim/reset", sim.reset)
    app.router.add_route("*", "/sim/faults", sim.faults)
    app.router.add_post("/sim/{verb}", sim.act)
