"""The queue of updates of one bot: real ``offset`` semantics, long poll, who may hear what."""

# ruff: noqa: ASYNC109 -- waiting for a given time at most is what these are for

from __future__ import annotations

import asyncio
import random
from dataclasses import dataclass, field
from typing import Any

from bot.playground.refusals import ENDED_BY_WEBHOOK, OTHER_POLLER, POLLING_WHILE_WEBHOOK, Refusal, conflict

Json = dict[str, Any]

KINDS = (
    "message",
    "edited_message",
    "channel_post",
    "edited_channel_post",
    "business_connection",
    "business_message",
    "edited_business_message",
    "deleted_business_messages",
    "message_reaction",
    "message_reaction_count",
    "inline_query",
    "chosen_inline_result",
    "callback_query",
    "shipping_query",
    "pre_checkout_query",
    "purchased_paid_media",
    "poll",
    "poll_answer",
    "my_chat_member",
    "chat_member",
    "chat_join_request",
    "chat_boost",
    "removed_chat_boost",
    "managed_bot",
    "guest_message",
)
# Telegram sends these three only to a bot that asked for them.
ONLY_IF_ASKED = ("chat_member", "message_reaction", "message_reaction_count")
# Confirmed ids a late poll may still name.
REMEMBERED = 10_000


@dataclass
class Webhook:
    """What setWebhook was told, and how delivery goes."""

    url: str = ""
    secret_token: str = ""
    max_connections: int = 40
    ip_address: str = ""
    last_error_date: int | None = None
    last_error_message: str = ""


@dataclass
class UpdateQueue:
    """Updates a bot has not confirmed yet, in the order they happened.

    Attributes:
        next_id: id of the coming update.
        jump: chance (0-1) that ids jump anywhere, downwards too, as Telegram's do after a quiet week.
    """

    next_id: int
    jump: float = 0.0
    pending: list[tuple[int, Json]] = field(default_factory=list)
    allowed: tuple[str, ...] | None = None
    webhook: Webhook = field(default_factory=Webhook)
    rng: random.Random = field(default_factory=random.Random, repr=False)
    arrived: asyncio.Event = field(default_factory=asyncio.Event, repr=False)
    _issued: dict[int, int] = field(default_factory=dict, repr=False)
    _count: int = 0
    _poller: asyncio.Future[Refusal] | None = field(default=None, repr=False)

    def hears(self, kind: str) -> bool:
        """Whether this bot is told of such updates."""
        return kind in self.allowed if self.allowed is not None else kind not in ONLY_IF_ASKED

    def allow(self, kinds: Any) -> None:
        """Remember ``allowed_updates``; an empty list brings the default back."""
        if isinstance(kinds, list):
            known = tuple(kind for kind in KINDS if kind in kinds)
            self.allowed = known or None

    def push(self, kind: str, payload: Json, *, copies: int = 1) -> int | None:
        """Queue an update; None when the bot does not want this kind.

        Args:
            kind: its field in ``Update``.
            payload: the object, rendered as of now.
            copies: more than one delivers the same update again.
        """
        if not self.hears(kind):
            return None
        if self.jump and self.rng.random() < self.jump:
            self.next_id = self.rng.randrange(1_000_000, 900_000_000)
        update_id, self.next_id = self.next_id, self.next_id + 1
        self._remember(update_id)
        for _ in range(copies):
            self.pending.append((update_id, {"update_id": update_id, kind: payload}))
        self.arrived.set()
        return update_id

    def restore(self, update_id: int, update: Json) -> None:
        """Put back an update kept from an earlier run."""
        self._remember(update_id)
        self.pending.append((update_id, update))
        self.arrived.set()

    def _remember(self, update_id: int) -> None:
        self._count += 1
        self._issued.pop(update_id, None)
        self._issued[update_id] = self._count
        if len(self._issued) > REMEMBERED:
            del self._issued[next(iter(self._issued))]

    def confirm(self, offset: int) -> None:
        """Forget what comes before ``offset`` (negative: all but the last so many)."""
        if offset < 0:
            self.pending = self.pending[offset:]
        elif offset > 0:
            upto = self._issued.get(offset - 1)
            if upto is not None:
                # By place, not by size: after a jump a smaller id may be the newer one.
                self.pending = [(i, update) for i, update in self.pending if self._issued.get(i, 0) > upto]
            elif offset <= self.next_id:
                self.pending = [(i, update) for i, update in self.pending if i >= offset]
            # An offset from the future confirms nothing: Telegram starts over at the oldest.

    async def get(self, offset: int, limit: int, timeout: float) -> list[Json]:
        """What getUpdates gives.

        Raises:
            Refusal: a webhook is set, or another getUpdates came meanwhile.
        """
        if self.webhook.url:
            raise conflict(POLLING_WHILE_WEBHOOK)
        self.interrupt(conflict(OTHER_POLLER))
        self.confirm(offset)
        if not self.pending and timeout > 0:
            await self._wait(timeout)
        return [update for _, update in self.pending[:limit]]

    async def _wait(self, timeout: float) -> None:
        poller: asyncio.Future[Refusal] = asyncio.get_running_loop().create_future()
        self._poller = poller
        self.arrived.clear()
        arrival = asyncio.ensure_future(self.arrived.wait())
        either: set[asyncio.Future[Any]] = {poller, arrival}
        try:
            await asyncio.wait(either, timeout=timeout, return_when=asyncio.FIRST_COMPLETED)
            if poller.done():
                raise poller.result()
        finally:
            arrival.cancel()
            if self._poller is poller:
                self._poller = None

    def interrupt(self, refusal: Refusal | None = None) -> None:
        """End a waiting getUpdates with ``refusal`` (the default: a webhook was set)."""
        if self._poller and not self._poller.done():
            self._poller.set_result(refusal or conflict(ENDED_BY_WEBHOOK))

    def shuffle(self) -> None:
        """Put the waiting updates out of order."""
        self.pending.reverse()

    def clear(self) -> None:
        """Forget everything that waits."""
        self.pending.clear()
