"""What the library cannot read is read as far as the helpdesk needs it."""

from __future__ import annotations

from typing import Any

import pytest
from telegram import Bot

from bot.channels.telegram.reading import read_update

BOT = Bot("1:x")
USER: dict[str, Any] = {"id": 7, "is_bot": False, "first_name": "Lan"}
CHAT: dict[str, Any] = {"id": 7, "type": "private"}
NEW: dict[str, Any] = {"poll": {"id": "1", "question": "?"}, "giveaway": {"prize": 1}}
"""Content that lacks what the library wants to see."""


def a_message(**more: Any) -> dict[str, Any]:
    return {"message_id": 5, "date": 1795000000, "chat": CHAT, "from": USER, **more}


@pytest.mark.parametrize("kind", ["message", "edited_message"])
def test_words_beside_something_new_are_read(kind: str) -> None:
    update = read_update({"update_id": 1, kind: a_message(text="hỏi", **NEW)}, BOT)
    assert update.effective_message and update.effective_message.text == "hỏi"
    assert update.effective_user and update.effective_user.id == 7


def test_words_that_answer_something_new_are_read() -> None:
    told = a_message(text="hỏi", reply_to_message=a_message(message_id=4, **NEW))
    message = read_update({"update_id": 1, "message": told}, BOT).message
    assert message and message.text == "hỏi"
    assert message.reply_to_message and message.reply_to_message.message_id == 4


def test_a_picture_is_still_a_picture() -> None:
    photo = [{"file_id": "f", "file_unique_id": "u", "width": 1, "height": 1}]
    message = read_update({"update_id": 1, "message": a_message(photo=photo, caption="đây", **NEW)}, BOT).message
    assert message and message.photo[-1].file_id == "f"
    assert message.caption == "đây"


def test_a_press_below_something_new_is_read() -> None:
    press = {"id": "9", "from": USER, "chat_instance": "1", "data": "x", "message": a_message(**NEW)}
    query = read_update({"update_id": 1, "callback_query": press}, BOT).callback_query
    assert query and query.data == "x"
    assert query.message and query.message.message_id == 5


@pytest.mark.parametrize(("status", "read"), [("administrator", "member"), ("kicked", "kicked"), ("left", "left")])
def test_a_standing_with_unknown_rights_is_read(status: str, read: str) -> None:
    member = {"user": USER, "status": status}
    change = {"chat": CHAT, "from": USER, "date": 1, "old_chat_member": member | {"status": "restricted"}}
    update = read_update({"update_id": 1, "my_chat_member": change | {"new_chat_member": member}}, BOT)
    assert update.my_chat_member and update.my_chat_member.new_chat_member.status == read
