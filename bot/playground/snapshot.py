"""The world as one JSON file, so that the same chats stand there after a restart."""

from __future__ import annotations

import asyncio
import base64
import json
import os
from dataclasses import asdict
from pathlib import Path
from typing import Any

from bot.playground.updates import UpdateQueue
from bot.playground.world import BotAccount, Chat, Member, Message, StoredFile, Topic, User, World

Json = dict[str, Any]

VERSION = 1
# Long enough that a burst of changes is one write, short enough that Ctrl-C loses nothing a person noticed.
DELAY_SECONDS = 0.5
# Nothing of these is kept; a poll every few seconds should not rewrite the file.
PASSING = ("calling", "called", "action", "fault", "violation", "pressed", "answered", "inline")


def to_json(world: World, queues: dict[int, UpdateQueue]) -> Json:
    """Everything but button presses on their way (they would be too old by then)."""
    return {
        "version": VERSION,
        "counters": world.counters,
        "changes": world.changes.count,
        "bots": [asdict(bot) for bot in world.bots.values()],
        "users": [asdict(user) for user in world.users.values()],
        "chats": [asdict(chat) for chat in world.chats.values()],
        "files": [{**asdict(file), "data": base64.b64encode(file.data).decode()} for file in world.files.values()],
        "queues": {
            str(bot_id): {"next_id": queue.next_id, "pending": queue.pending} for bot_id, queue in queues.items()
        },
    }


def load(data: Json, world: World) -> dict[int, Json]:
    """Fill an empty world; returns the queues' state by bot id.

    Raises:
        ValueError: written by another version.
    """
    if data.get("version") != VERSION:
        raise ValueError("snapshot of another version")
    world.counters.update(data["counters"])
    world.changes.count = data["changes"]
    for bot in data["bots"]:
        account = BotAccount(**bot)
        account.menu_buttons = {int(key): button for key, button in account.menu_buttons.items()}
        world.bots[account.id] = account
    for user in data["users"]:
        world.users[user["id"]] = User(**user)
    for stored in data["chats"]:
        chat = Chat(**{**stored, "members": {}, "messages": {}, "topics": {}})
        chat.members = {int(key): Member(**member) for key, member in stored["members"].items()}
        chat.messages = {int(key): Message(**message) for key, message in stored["messages"].items()}
        chat.topics = {int(key): Topic(**topic) for key, topic in stored["topics"].items()}
        world.chats[(chat.bot_id, chat.id)] = chat
    for file in data["files"]:
        world.files[file["id"]] = StoredFile(**{**file, "data": base64.b64decode(file["data"])})
    return {int(bot_id): queue for bot_id, queue in data["queues"].items()}


class SnapshotFile:
    """Reads the file at the start and writes it, whole, shortly after each change."""

    def __init__(self, path: Path, world: World, queues: dict[int, UpdateQueue]) -> None:
        self._path = path
        self._world = world
        self._queues = queues
        self._written = -1

    def read(self) -> dict[int, Json]:
        """Load what was kept; a file that cannot be read is set aside, never overwritten."""
        if not self._path.exists():
            return {}
        try:
            return load(json.loads(self._path.read_text(encoding="utf-8")), self._world)
        except (ValueError, KeyError, TypeError):
            self._path.replace(self._path.with_suffix(".unreadable"))
            return {}

    def write(self) -> None:
        """Write now, if anything changed."""
        if self._written == self._world.changes.count:
            return
        self._path.parent.mkdir(parents=True, exist_ok=True)
        new = self._path.with_suffix(".new")
        new.write_text(json.dumps(to_json(self._world, self._queues), ensure_ascii=False), encoding="utf-8")
        os.replace(new, self._path)  # noqa: PTH105 -- atomic, also over an existing file
        self._written = self._world.changes.count

    async def run(self) -> None:
        """Write after changes until cancelled."""
        stream = self._world.changes.listen()
        try:
            while True:
                if (await stream.get())["kind"] in PASSING:
                    continue
                await asyncio.sleep(DELAY_SECONDS)
                while not stream.empty():
                    stream.get_nowait()
                self.write()
        finally:
            self._world.changes.ignore(stream)
