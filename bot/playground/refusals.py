"""Telegram's own words when it refuses: one exception and the sentences of tdlib/telegram-bot-api."""

from __future__ import annotations

from typing import Any


class Refusal(Exception):
    """A call the Bot API would not carry out.

    Attributes:
        code: HTTP status and ``error_code``.
        description: Telegram's sentence, prefix included.
        parameters: ``retry_after`` or ``migrate_to_chat_id`` where Telegram gives them.
    """

    def __init__(self, code: int, description: str, **parameters: int) -> None:
        super().__init__(description)
        self.code = code
        self.description = description
        self.parameters = parameters

    def body(self) -> dict[str, Any]:
        """The JSON answer."""
        answer: dict[str, Any] = {"ok": False, "error_code": self.code, "description": self.description}
        if self.parameters:
            answer["parameters"] = self.parameters
        return answer


def bad_request(what: str, **parameters: int) -> Refusal:
    """400, the caller's mistake."""
    return Refusal(400, f"Bad Request: {what}", **parameters)


def forbidden(what: str) -> Refusal:
    """403, the person or the group does not want this bot."""
    return Refusal(403, f"Forbidden: {what}")


def conflict(what: str) -> Refusal:
    """409, polling and webhook, or two pollers."""
    return Refusal(409, f"Conflict: {what}")


def too_many_requests(seconds: int) -> Refusal:
    """429 with its ``retry_after``."""
    return Refusal(429, f"Too Many Requests: retry after {seconds}", retry_after=seconds)


def unreadable_text(why: str) -> Refusal:
    """The HTML could not be parsed."""
    return bad_request(f"can't parse entities: {why}")


CHAT_NOT_FOUND = "chat not found"
TEXT_EMPTY = "message text is empty"
TEXT_TOO_LONG = "message is too long"
CAPTION_TOO_LONG = "message caption is too long"
NOT_MODIFIED = (
    "message is not modified: specified new message content and reply markup are exactly the same as a current "
    "content and reply markup of the message"
)
QUERY_TOO_OLD = "query is too old and response timeout expired or query ID is invalid"
POLLING_WHILE_WEBHOOK = (
    "can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first"
)
OTHER_POLLER = "terminated by other getUpdates request; make sure that only one bot instance is running"
ENDED_BY_WEBHOOK = "terminated by setWebhook request"
