"""Trouble on demand: refusals, lost connections, slow answers, updates twice or in the wrong order."""

# ruff: noqa: ASYNC109 -- waiting for a given time at most is what these are for

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from bot.playground.calls import Call
from bot.playground.changes import Changes

Json = dict[str, Any]

# Before the effect / after it: the second kind makes a sender that repeats send twice.
CALL_KINDS = (
    "429",
    "400",
    "403",
    "409",
    "500",
    "502",
    "503",
    "504",
    "drop_before",
    "drop_after",
    "slow",
    "slow_after",
    "hold_before",
    "hold_after",
    "stale_callback",
)
UPDATE_KINDS = ("duplicate_update", "shuffle_updates", "lose_update")


@dataclass(eq=False)
class Fault:
    """One kind of trouble and when it strikes.

    Attributes:
        kind: one of ``CALL_KINDS`` or ``UPDATE_KINDS``. ``400``, ``403``, ``409`` answer with ``description``;
            ``hold_*`` wait for ``release()``; ``stale_callback`` is answerCallbackQuery's "query is too old"; the
            update kinds strike the next update (``method`` is then its field, e.g. ``message``, or ``*``).
        method: Bot API method, ``*`` for any but getUpdates.
        times: how often it strikes; -1 for ever.
        when: text that must occur in the call's parameters (as JSON, letters unescaped), or a predicate on the call
            (for update kinds: on the update's payload).
        retry_after: seconds named by 429.
        seconds: length of ``slow`` and ``slow_after``.
        description: words of ``400``, ``403``.
        hits: how often it struck.
    """

    kind: str
    method: str = "*"
    times: int = 1
    when: str | Callable[[Any], bool] | None = None
    retry_after: int = 2
    seconds: float = 1.0
    description: str = ""
    hits: int = 0
    _released: asyncio.Event = field(default_factory=asyncio.Event, repr=False)

    def __post_init__(self) -> None:
        if self.kind not in CALL_KINDS + UPDATE_KINDS:
            raise ValueError(f"no fault of kind {self.kind!r}; one of {', '.join(CALL_KINDS + UPDATE_KINDS)}")

    def release(self) -> None:
        """Let the held calls go on."""
        self._released.set()

    async def held(self) -> None:
        """Wait for ``release``."""
        await self._released.wait()

    def matches(self, name: str, values: Json, subject: Any) -> bool:
        """Whether it strikes here."""
        if self.times == 0 or (self.method == "*" and name == "getUpdates"):
            return False
        if self.method != "*" and self.method.lower() != name.lower():
            return False
        if self.when is None:
            return True
        if isinstance(self.when, str):
            return self.when in json.dumps(values, ensure_ascii=False, default=str)
        return bool(self.when(subject))

    def to_json(self) -> Json:
        """For ``/sim/faults``."""
        return {
            "kind": self.kind,
            "method": self.method,
            "times": self.times,
            "when": self.when if isinstance(self.when, str) else None,
            "retry_after": self.retry_after,
            "seconds": self.seconds,
            "hits": self.hits,
        }


class Faults:
    """The faults in force; the first that matches strikes."""

    def __init__(self, changes: Changes) -> None:
        self._changes = changes
        self.active: list[Fault] = []

    def add(self, fault: Fault) -> Fault:
        """Put a fault in force; keep the answer to look at ``hits`` or to ``release``."""
        self.active.append(fault)
        return fault

    def clear(self) -> None:
        """Lift every fault; held calls go on."""
        for fault in self.active:
            fault.times = 0
            fault.release()
        self.active.clear()

    def strike_call(self, call: Call) -> Fault | None:
        """The fault that befalls this call."""
        return self._strike(CALL_KINDS, call.method, call.params, call)

    def strike_update(self, kind: str, payload: Json) -> Fault | None:
        """The fault that befalls this update."""
        return self._strike(UPDATE_KINDS, kind, payload, payload)

    def _strike(self, kinds: tuple[str, ...], name: str, values: Json, subject: Any) -> Fault | None:
        for fault in self.active:
            if fault.kind in kinds and fault.matches(name, values, subject):
                fault.hits += 1
                if fault.times > 0:
                    fault.times -= 1
                self._changes.tell("fault", fault=fault.kind, method=name)
                return fault
        return None

    async def wait_hit(self, fault: Fault, hits: int = 1, timeout: float = 10.0) -> None:
        """Wait until the fault has struck so often.

        Raises:
            TimeoutError: it did not.
        """
        await self._changes.until(
            lambda: True if fault.hits >= hits else None,
            timeout,
            lambda: f"fault {fault.kind} on {fault.method} struck {fault.hits} times, not {hits}",
        )
