"""What Telegram's errors mean for a message. Wording as in telegram-bot-api's ``Client.cpp`` (Bot API 10)."""

from __future__ import annotations

from datetime import timedelta

from telegram.error import BadRequest, ChatMigrated, Forbidden, NetworkError, RetryAfter, TelegramError, TimedOut

from bot.channels.telegram.request import AnswerLost, GatewayFailed, NeverLeft
from bot.delivery.channel import DeliveryError, Doubtful, Moved, NotSent, Refused, TooFast, Unreachable
from bot.model.notices import Repeat

_UNCHANGED = ("message is not modified",)
_GONE = ("message to edit not found", "message can't be edited", "message_id_invalid", "message to delete not found",
         "message can't be deleted")  # fmt: skip
_UNREACHABLE = {
    "chat not found": "chat_not_found",
    "user not found": "user_not_found",
    "peer_id_invalid": "peer_invalid",
    "user is deactivated": "deactivated",
    "group chat was deleted": "group_deleted",
    "message thread not found": "topic_gone",
    "topic_deleted": "topic_gone",
    "topic_id_invalid": "topic_gone",
    "topic_closed": "topic_closed",
    "bot was kicked": "kicked",
    "not enough rights": "no_rights",
    "have no rights": "no_rights",
    "need administrator rights": "no_rights",
    "chat_write_forbidden": "no_rights",
}
# A code for the log and the database; Telegram's own sentence may quote what was sent.
_REFUSED = {
    "message to copy not found": "source_gone",
    "message is too long": "too_long",
    "caption is too long": "too_long",
    "text is empty": "empty",
    "can't parse entities": "markup",
    "button_data_invalid": "button",
    "file": "file",
}


def is_unchanged(error: TelegramError) -> bool:
    """The message already looks like that."""
    return isinstance(error, BadRequest) and _has(error, _UNCHANGED)


def is_gone(error: TelegramError) -> bool:
    """The message that was to be changed is not there (any more)."""
    return isinstance(error, BadRequest) and _has(error, _GONE)


def meaning(error: TelegramError, repeat: Repeat) -> DeliveryError:
    """What became of a message.

    Args:
        error: what the call raised.
        repeat: whether the message may be repeated; decides what a gateway's failure means.
    """
    if isinstance(error, RetryAfter):
        wait = error.retry_after
        return TooFast(wait.total_seconds() if isinstance(wait, timedelta) else float(wait))
    if isinstance(error, ChatMigrated):
        return Moved(str(error.new_chat_id))
    if isinstance(error, Forbidden):
        return Unreachable("forbidden")
    if isinstance(error, BadRequest):
        said = str(error).lower()
        for words, code in _UNREACHABLE.items():
            if words in said:
                return Unreachable(code)
        return Refused(next((code for words, code in _REFUSED.items() if words in said), "bad_request"))
    if isinstance(error, NeverLeft):
        return NotSent("not_sent")
    if isinstance(error, GatewayFailed):
        return Doubtful("gateway") if repeat == Repeat.NEVER else NotSent("gateway")
    if isinstance(error, TimedOut | AnswerLost | NetworkError) or type(error) is TelegramError:
        return Doubtful("answer_lost")  # the last: an answer that is no JSON
    return NotSent(type(error).__name__)


def _has(error: TelegramError, sentences: tuple[str, ...]) -> bool:
    said = str(error).lower()
    return any(sentence in said for sentence in sentences)


def pause_after(failures: int) -> float:
    """Seconds until Telegram is asked again, after so many failures in a row: 1, 2, 4, then always 5."""
    return min(5.0, 0.5 * 2.0 ** min(failures, 8))
