"""What a person sees on his phone, and waiting for it. Nothing here sleeps."""

# ruff: noqa: ASYNC109 -- waiting for a given time at most is what these are for

from __future__ import annotations

from bot.playground.methods.account import commands_for
from bot.playground.people import CannotDo, People
from bot.playground.seen import Button, SeenMessage, Wanted, fits, see
from bot.playground.world import PRIVATE, Chat, Member

Where = Chat | int | None
Which = SeenMessage | int | None

PATIENCE_SECONDS = 10.0


class Looking:
    """The reading half of a `Person`.

    ``chat`` is None for the private chat with the bot, else a ``Chat`` or an id. ``wait_for`` looks at what was sent or
    edited since this person's last act in that chat, so an older message of the same words does not satisfy it.
    """

    def __init__(self, people: People, user_id: int) -> None:
        self._people = people
        self._world = people.world
        self.id = user_id
        self._marks: dict[int, int] = {}

    @property
    def name(self) -> str:
        """The name shown above messages."""
        return self._people.user(self.id).name

    def __repr__(self) -> str:
        return f"<{self.name} {self.id}>"

    def messages(self, chat: Where = None) -> list[SeenMessage]:
        """Everything on the screen of that chat, oldest first."""
        place = self._chat(chat)
        if place.type != PRIVATE and not place.active(self.id):
            return []
        return [see(self._world, place, message) for message in place.messages.values()]

    def last(self, chat: Where = None) -> SeenMessage:
        """The newest message a bot sent there.

        Raises:
            CannotDo: there is none.
        """
        found = [message for message in self.messages(chat) if message.by_bot and message.kind != "service"]
        if not found:
            raise CannotDo(f"{self.name} has no message from a bot")
        return found[-1]

    def mark(self) -> int:
        """Now, for ``since``."""
        return self._world.changes.count

    async def wait_for(
        self,
        wanted: Wanted,
        *,
        chat: Where = None,
        since: int | None = None,
        timeout: float = PATIENCE_SECONDS,
    ) -> SeenMessage:
        """The newest bot's message that fits, now or as soon as it comes.

        Args:
            wanted: part of the text, a compiled pattern, or a predicate on the message.
            chat: where to look.
            since: only what was sent or edited after this ``mark()``; by default after the last own act there,
                0 for everything.
            timeout: seconds.

        Raises:
            TimeoutError: with the transcript.
        """
        place = self._chat(chat)
        after = self._marks.get(place.id, 0) if since is None else since

        def look() -> SeenMessage | None:
            for message in reversed(self.messages(place)):
                if message.changed > after and message.by_bot and fits(message, wanted):
                    return message
            return None

        return await self._world.changes.until(
            look, timeout, lambda: f"{self.name} waited for {wanted!r} in vain. The chat:\n{self.transcript(place)}"
        )

    async def wait_gone(self, message: SeenMessage, timeout: float = PATIENCE_SECONDS) -> None:
        """Wait until a message was deleted."""
        place = self._chat(message.chat_id)
        await self._world.changes.until(
            lambda: True if message.id not in place.messages else None, timeout, lambda: f"still there: {message}"
        )

    def transcript(self, chat: Where = None) -> str:
        """The chat as text."""
        return "\n".join(map(str, self.messages(chat)))

    def commands(self, chat: Where = None) -> list[str]:
        """Commands the menu offers there."""
        bot = self._people.bot()
        return [command["command"] for command in commands_for(bot, self._chat(chat), self.id)]

    def file(self, message: SeenMessage) -> bytes:
        """Bytes of the picture or file a message shows."""
        return self._world.files[message.file_id or ""].data

    def member(self, group: Where) -> Member | None:
        """One's place in a group."""
        return self._chat(group).members.get(self.id)

    def find_button(
        self, label: str, *, on: Which = None, chat: Where = None, data: str | None = None
    ) -> tuple[SeenMessage, Button]:
        """The button one would tap.

        Raises:
            CannotDo: no such button.
        """
        candidates = [m for m in self.messages(place_of(chat, on)) if m.buttons and (on is None or m.id == id_of(on))]
        for message in reversed(candidates):
            keys = [button for row in message.buttons for button in row if data in (None, button.data)]
            for button in keys:
                if button.label == label:
                    return message, button
            for button in keys:
                if label.casefold() in button.label.casefold():
                    return message, button
        raise CannotDo(f"{self.name} sees no button {label!r}. The chat:\n{self.transcript(place_of(chat, on))}")

    def _chat(self, chat: Where) -> Chat:
        return chat if isinstance(chat, Chat) else self._people.chat(self.id, chat)


def id_of(message: Which) -> int | None:
    """The id of a message, or of none."""
    return message.id if isinstance(message, SeenMessage) else message


def place_of(chat: Where, message: Which) -> Where:
    """Where a seen message is, unless a chat was named."""
    return message.chat_id if chat is None and isinstance(message, SeenMessage) else chat
