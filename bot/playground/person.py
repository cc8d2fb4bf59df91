"""A person with a phone, for tests: says, taps, sends, joins, blocks, and reads what came. Nothing here sleeps."""

# ruff: noqa: ASYNC109 -- waiting for a given time at most is what these are for

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from bot.playground import samples
from bot.playground.groups import Groups
from bot.playground.looking import PATIENCE_SECONDS, Looking, Where, Which, id_of, place_of
from bot.playground.media import content_of, store
from bot.playground.people import People, captioned, typed
from bot.playground.seen import SeenMessage, see
from bot.playground.world import Chat, Message, Press

Json = dict[str, Any]


@dataclass(frozen=True)
class Toast:
    """What a tap brought: the little text over the chat, or the alert to be closed.

    Attributes:
        text: empty when the bot only ended the spinner.
        alert: shown as a window.
        url: the address a url button opens.
        answered: false only when one did not wait.
        press_id: id of the callback query; empty for a url button.
    """

    text: str = ""
    alert: bool = False
    url: str = ""
    answered: bool = True
    press_id: str = ""


class Person(Looking):
    """One account. Every act is a coroutine; reading (see `Looking`) is not."""

    def __init__(self, people: People, groups: Groups, user_id: int) -> None:
        super().__init__(people, user_id)
        self._groups = groups

    # -- writing ------------------------------------------------------------------------------------------------

    async def start(self, payload: str = "") -> SeenMessage:
        """Press START, or open the deep link ``?start=<payload>``."""
        chat = self._act(None)
        return see(self._world, chat, self._people.start(self.id, payload=payload))

    async def say(
        self, text: str, *, chat: Where = None, reply_to: Which = None, thread: int | None = None
    ) -> SeenMessage:
        """Write a message."""
        return self._send(typed(text), chat, reply_to, thread)

    async def edit(self, message: SeenMessage | int, text: str, *, chat: Where = None) -> SeenMessage:
        """Give an own message other words."""
        place = self._act(place_of(chat, message))
        return see(self._world, place, self._people.edit(self.id, place, id_of(message) or 0, text))

    async def delete(self, message: SeenMessage | int, *, chat: Where = None) -> None:
        """Delete a message for everyone."""
        place = self._act(place_of(chat, message))
        self._people.delete(self.id, place, id_of(message) or 0)

    async def send_photo(
        self, data: bytes | None = None, caption: str = "", *, chat: Where = None, reply_to: Which = None
    ) -> SeenMessage:
        """Send a picture; a small real one by default."""
        return self._send_file("photo", data or samples.picture(), caption, chat, reply_to)

    async def send_album(
        self, count: int = 2, caption: str = "", *, pictures: Sequence[bytes] = (), chat: Where = None
    ) -> list[SeenMessage]:
        """Send several pictures at once: as many updates, one ``media_group_id``; the caption is on the first."""
        group = str(self._world.next("album", 13_000_000_000_000_001))
        pictures = pictures or [samples.picture(tone=40 * number) for number in range(count)]
        place = self._act(chat)
        sent = []
        for number, data in enumerate(pictures):
            content = {**content_of(store(self._world, "photo", data)), **captioned(caption if number == 0 else "")}
            message = self._people.send(self.id, place, content, media_group_id=group)
            sent.append(see(self._world, place, message))
        return sent

    async def send_document(
        self, data: bytes | None = None, name: str = "don.pdf", caption: str = "", *, mime: str = "application/pdf",
        chat: Where = None, reply_to: Which = None,
    ) -> SeenMessage:  # fmt: skip
        """Send a file."""
        return self._send_file("document", data or samples.paper(), caption, chat, reply_to, name=name, mime=mime)

    async def send_voice(
        self, data: bytes | None = None, duration: int = 3, *, chat: Where = None, reply_to: Which = None
    ) -> SeenMessage:
        """Send a voice message."""
        return self._send_file("voice", data or samples.voice(), "", chat, reply_to, duration=duration)

    async def send_video(self, data: bytes | None = None, caption: str = "", *, chat: Where = None) -> SeenMessage:
        """Send a video."""
        return self._send_file("video", data or samples.video(), caption, chat, None)

    async def send_video_note(self, data: bytes | None = None, *, chat: Where = None) -> SeenMessage:
        """Send a round video."""
        return self._send_file("video_note", data or samples.video(), "", chat, None)

    async def send_sticker(self, data: bytes | None = None, emoji: str = "🙂", *, chat: Where = None) -> SeenMessage:
        """Send a sticker."""
        return self._send_file("sticker", data or samples.picture(64, 64), "", chat, None, emoji=emoji)

    async def send_location(
        self, latitude: float = 10.48, longitude: float = 106.89, *, chat: Where = None
    ) -> SeenMessage:
        """Send a place."""
        return self._send({"location": {"latitude": latitude, "longitude": longitude}}, chat)

    async def send_contact(self, phone: str = "0900000000", name: str = "", *, chat: Where = None) -> SeenMessage:
        """Share a contact; one's own by default."""
        contact: Json = {"phone_number": phone, "first_name": name or self.name}
        if not name:
            contact["user_id"] = self.id
        return self._send({"contact": contact}, chat)

    async def forward(self, message: SeenMessage, *, chat: Where = None) -> SeenMessage:
        """Forward a message from anywhere the person sees it."""
        source = self._chat(message.chat_id)
        original = source.messages[message.id]
        return self._send(dict(original.content), chat, origin=self._people.origin(original))

    async def forward_from(self, sender: str, text: str, *, chat: Where = None) -> SeenMessage:
        """Forward words of someone outside who hides his account."""
        origin = {"type": "hidden_user", "date": int(self._world.now()), "sender_user_name": sender}
        return self._send(typed(text), chat, origin=origin)

    async def tap(
        self,
        label: str,
        *,
        on: Which = None,
        data: str | None = None,
        chat: Where = None,
        wait: bool = True,
        age: float = 0.0,
        timeout: float = PATIENCE_SECONDS,
    ) -> Toast:
        """Tap the inline button whose label is or contains ``label`` and wait for the bot's answer.

        Args:
            label: an exact label wins over a part of one.
            on: the message; by default the newest that has such a button.
            data: the button's ``callback_data``, where labels alone would not tell two buttons apart.
            chat: where; taken from ``on`` when that is a seen message.
            wait: false returns at once.
            age: seconds the press is old already (over 15: the bot's answer will be refused as too old).
            timeout: seconds to wait for the answer.

        Raises:
            CannotDo: no such button.
            TimeoutError: the bot did not answer.
        """
        where = place_of(chat, on)
        message, button = self.find_button(label, on=on, chat=where, data=data)
        place = self._act(where)
        if button.url:
            return Toast(url=button.url)
        press = self._people.press(self.id, place, message.id, button.data, age)
        if not wait:
            return Toast(answered=False, press_id=press.id)
        return await self.wait_answer(press.id, timeout)

    async def wait_answer(self, press_id: str, timeout: float = PATIENCE_SECONDS) -> Toast:
        """The answer to a tap that was not waited for."""
        press: Press = self._world.presses[press_id]
        await self._world.changes.until(
            lambda: press if press.answered else None, timeout, lambda: f"the press {press.data!r} got no answer"
        )
        return Toast(press.text, press.alert, press.url, True, press.id)

    async def ask_inline(self, text: str, timeout: float = PATIENCE_SECONDS) -> list[Json]:
        """Type ``@bot text`` and wait for the results."""
        query = self._people.ask_inline(self.id, text)
        answer = await self._world.changes.until(
            lambda: self._world.inline_answers[query], timeout, lambda: f"no answer to the inline query {text!r}"
        )
        return list(answer["results"])

    # -- membership ---------------------------------------------------------------------------------------------

    async def block(self) -> None:
        """Block the bot."""
        self._people.block(self.id)

    async def unblock(self) -> None:
        """Let the bot write again."""
        self._people.unblock(self.id)

    async def deactivate(self) -> None:
        """Delete one's account."""
        self._people.deactivate(self.id)

    async def join(self, group: Where) -> None:
        """Come into a group."""
        self._groups.join(self._chat(group), self.id)

    async def leave(self, group: Where) -> None:
        """Leave a group."""
        self._groups.leave(self._chat(group), self.id)

    async def create_group(self, title: str, *, kind: str = "group", forum: bool = False) -> Chat:
        """Make a group of one's own."""
        return self._groups.create(title, self.id, kind=kind, forum=forum)

    async def add_bot(self, group: Where, *, admin: bool = False, bot_id: int | None = None) -> None:
        """Bring the bot into a group."""
        status = "administrator" if admin else "member"
        self._groups.set_status(self._chat(group), self._people.bot(bot_id).id, status, actor_id=self.id)

    async def kick_bot(self, group: Where, bot_id: int | None = None) -> None:
        """Throw the bot out."""
        self._groups.kick(self._chat(group), self._people.bot(bot_id).id, self.id)

    async def promote(self, other: Person, group: Where, **rights: bool) -> None:
        """Make someone an administrator."""
        self._groups.promote(self._chat(group), other.id, self.id, **rights)

    async def upgrade(self, group: Where) -> Chat:
        """Turn a small group into a supergroup; returns the new one."""
        return self._groups.upgrade(self._chat(group))

    async def delete_group(self, group: Where) -> None:
        """Delete a group of one's own."""
        self._groups.delete(self._chat(group))

    async def silence_bot(self, group: Where, bot_id: int | None = None) -> None:
        """Take the bot's right to write."""
        self._groups.silence(self._chat(group), self._people.bot(bot_id).id, self.id)

    async def open_topic(self, group: Where, name: str) -> int:
        """Open a forum topic; returns its thread id."""
        return self._groups.open_topic(self._chat(group), self.id, name)

    async def close_topic(self, group: Where, topic: int) -> None:
        """Close a forum topic."""
        self._groups.close_topic(self._chat(group), self.id, topic)

    async def delete_topic(self, group: Where, topic: int) -> None:
        """Delete a forum topic with all that was said in it."""
        self._groups.delete_topic(self._chat(group), topic)

    # -- a whole conversation -----------------------------------------------------------------------------------

    async def dialog(
        self,
        lines: Iterable[tuple[str, str | Sequence[str] | None]],
        *,
        chat: Where = None,
        timeout: float = PATIENCE_SECONDS,
    ) -> None:
        """Play a conversation, written as it reads.

        Args:
            lines: pairs (said, answered). Said: words; ``[label]`` taps that button; ``/start x`` opens the deep link
                when it is the first line of a fresh chat. Answered: a part of one bot's message sent or edited since,
                or several such parts (perhaps of several messages), ``(toast) words`` for the answer to the tap; None
                to go on at once.
            chat: where.
            timeout: seconds for each answer.

        Raises:
            TimeoutError: an answer did not come; the message holds the transcript.
        """
        for said, answered in lines:
            toast = Toast()
            wanted = [answered] if isinstance(answered, str) else list(answered or ())
            if said.startswith("[") and said.endswith("]"):
                toast = await self.tap(said[1:-1], chat=chat, timeout=timeout)
            elif said:
                await self.say(said, chat=chat)
            for part in wanted:
                if part.startswith("(toast) "):
                    if part[8:] not in toast.text:
                        raise TimeoutError(f"toast {toast.text!r} instead of {part[8:]!r}")
                else:
                    await self.wait_for(part, chat=chat, timeout=timeout)

    # -- inside -------------------------------------------------------------------------------------------------

    def _act(self, chat: Where) -> Chat:
        place = self._chat(chat)
        self._marks[place.id] = self._world.changes.count
        return place

    def _send(
        self, content: Json, chat: Where, reply_to: Which = None, thread: int | None = None, origin: Json | None = None
    ) -> SeenMessage:
        place = self._act(place_of(chat, reply_to))
        message: Message = self._people.send(
            self.id, place, content, reply_to=id_of(reply_to), thread_id=thread, forward_origin=origin
        )
        return see(self._world, place, message)

    def _send_file(
        self, kind: str, data: bytes, caption: str, chat: Where, reply_to: Which, **about: Any
    ) -> SeenMessage:
        content = {**content_of(store(self._world, kind, data, **about)), **captioned(caption)}
        return self._send(content, chat, reply_to)
