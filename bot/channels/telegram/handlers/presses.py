"""From a button's press to its handler, by the type of its payload."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from typing import Any

from telegram import Update
from telegram.ext import BaseHandler, CallbackQueryHandler

from bot.channels.telegram.context import Context
from bot.channels.telegram.keyboards import Press, unpack

Handle = Callable[[Update, Context], Coroutine[Any, Any, None]]


class PressHandler(BaseHandler[Update, Context, None]):
    """Takes the presses of one kind of button; the payload stands in ``context.press``."""

    def __init__(self, kind: type[Press], callback: Handle) -> None:
        super().__init__(callback)
        self._kind = kind

    def check_update(self, update: object) -> Press | None:
        """The payload, if it is of this kind."""
        query = update.callback_query if isinstance(update, Update) else None
        press = unpack(query.data) if query and query.data else None
        return press if isinstance(press, self._kind) else None

    def collect_additional_context(self, context: Context, update: Update, application: Any, check_result: Any) -> None:
        """Hand the payload over."""
        context.press = check_result


def unknown() -> CallbackQueryHandler[Context, None]:
    """Buttons of a version that is gone: answered all the same."""
    return CallbackQueryHandler(_old_button)


async def _old_button(update: Update, context: Context) -> None:
    context.toast("old_button", alert=True)
