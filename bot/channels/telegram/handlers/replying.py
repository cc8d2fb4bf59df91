"""What members command and press while they reply, note, or write down help; and the number a citizen shares."""

from __future__ import annotations

from telegram import Message, Update
from telegram.ext import BaseHandler, CommandHandler, filters

from bot.channels.telegram.context import Context, pressed_message
from bot.channels.telegram.handlers.messages import only_in_private
from bot.channels.telegram.handlers.presses import PressHandler
from bot.channels.telegram.incoming import incoming
from bot.channels.telegram.keyboards import replying as press
from bot.helpdesk import assist, notes, phone, proposals, ready_replies
from bot.model.ids import ReplyId, TicketId


def commands() -> list[BaseHandler[Update, Context, None]]:
    """The commands, in a private chat: what they show is not for everybody's eyes."""
    private = filters.ChatType.PRIVATE
    new = private & filters.UpdateType.MESSAGE
    return [
        CommandHandler("ghichu", write_note, filters=private),
        CommandHandler("mau", show_ready, filters=new),
        CommandHandler("nhapho", begin_assist, filters=new),
        CommandHandler(["ghichu", "mau", "nhapho"], only_in_private, filters=filters.ChatType.GROUPS),
    ]


def presses() -> list[BaseHandler[Update, Context, None]]:
    """The buttons."""
    table = {
        press.SharePhone: share_phone,
        press.ShowNotes: show_notes,
        press.AddNote: add_note,
        press.ShowSimilar: show_similar,
        press.OpenReady: open_ready,
        press.OpenReadyKind: open_ready_kind,
        press.Look: look,
        press.SendProposal: send_proposal,
        press.ChangeFirst: change_first,
        press.NewReady: new_ready,
        press.NewReadyIn: new_ready_in,
        press.RewordReady: reword_ready,
        press.RemoveReady: remove_ready,
        press.Assist: press_assist,
    }
    return [PressHandler(kind, handle) for kind, handle in table.items()]


async def write_note(update: Update, context: Context) -> None:
    """``/ghichu``."""
    message = update.effective_message
    assert message is not None
    _, _, words = (message.text or "").partition(" ")
    said = incoming(message, context.person.chat.bot, edited=update.edited_message is not None)
    await notes.take_command(context.work, context.person, context.member, words, said)


async def show_notes(update: Update, context: Context) -> None:
    """«Ghi chú»."""
    await notes.show_notes(context.work, context.person, context.member, TicketId(context.press.ticket))


async def add_note(update: Update, context: Context) -> None:
    """«Thêm ghi chú»."""
    await notes.ask_note(context.work, context.person, context.member, TicketId(context.press.ticket))


async def share_phone(update: Update, context: Context) -> None:
    """«Cho xem», «Không»: the number stands in the citizen's own message, which the question answers."""
    said: press.SharePhone = context.press
    query = update.callback_query
    shown = query.message if query else None
    asked_of = shown.reply_to_message if isinstance(shown, Message) else None
    contact = asked_of.contact if asked_of else None
    await phone.answer(
        context.work,
        context.desk,
        TicketId(said.ticket),
        context.person,
        contact.phone_number if contact else None,
        pressed_message(update),
        yes=said.yes,
    )


async def show_similar(update: Update, context: Context) -> None:
    """«Phiếu tương tự»."""
    number = TicketId(context.press.ticket)
    await proposals.show_similar(context.work, context.desk, number, context.person, context.member)


async def show_ready(update: Update, context: Context) -> None:
    """``/mau``."""
    message = update.effective_message
    assert message is not None
    said = incoming(message, context.person.chat.bot)
    await ready_replies.open_list(context.work, context.desk, context.person, context.member, incoming=said)


async def open_ready(update: Update, context: Context) -> None:
    """«Mẫu trả lời»."""
    number = TicketId(context.press.ticket)
    await ready_replies.open_list(context.work, context.desk, context.person, context.member, number)


async def open_ready_kind(update: Update, context: Context) -> None:
    """A kind, or back to all."""
    opened: press.OpenReadyKind = context.press
    message = pressed_message(update)
    await ready_replies.open_kind(context.work, context.person, context.member, opened.ticket, opened.category, message)


async def look(update: Update, context: Context) -> None:
    """Words to be looked at."""
    at: press.Look = context.press
    number = TicketId(at.ticket) if at.ticket else None
    await proposals.look(context.work, context.desk, context.person, context.member, number, at.source, at.number)


async def send_proposal(update: Update, context: Context) -> None:
    """«Gửi»."""
    sent: press.SendProposal = context.press
    await proposals.send(
        context.work,
        context.desk,
        context.person,
        context.member,
        TicketId(sent.ticket),
        sent.source,
        sent.number,
        sent.digest,
        pressed_message(update),
    )


async def change_first(update: Update, context: Context) -> None:
    """«Sửa trước khi gửi»."""
    at: press.ChangeFirst = context.press
    await proposals.change_first(
        context.work, context.desk, context.person, context.member, TicketId(at.ticket), at.source, at.number
    )


async def new_ready(update: Update, context: Context) -> None:
    """«Thêm mẫu»."""
    await ready_replies.begin(context.work, context.person, context.member)


async def new_ready_in(update: Update, context: Context) -> None:
    """Its kind."""
    await ready_replies.begin_in(context.work, context.person, context.member, context.press.category)


async def reword_ready(update: Update, context: Context) -> None:
    """«Sửa mẫu»."""
    await ready_replies.begin_rewording(context.work, context.person, context.member, ReplyId(context.press.number))


async def remove_ready(update: Update, context: Context) -> None:
    """«Xóa mẫu»."""
    await ready_replies.remove(context.work, context.person, context.member, ReplyId(context.press.number))


async def begin_assist(update: Update, context: Context) -> None:
    """``/nhapho``."""
    await assist.begin(context.work, context.person, context.member)


async def press_assist(update: Update, context: Context) -> None:
    """An answer in that conversation."""
    said: press.Assist = context.press
    message = pressed_message(update)
    await assist.press(context.work, context.desk, context.person, context.member, said.asked, said.value, message)
