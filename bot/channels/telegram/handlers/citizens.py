"""What citizens command and press."""

from __future__ import annotations

from telegram import Update
from telegram.ext import BaseHandler, CommandHandler, filters

from bot.channels.telegram.context import Context, pressed_message
from bot.channels.telegram.handlers.messages import only_in_private
from bot.channels.telegram.handlers.presses import PressHandler
from bot.channels.telegram.keyboards import citizens, members
from bot.helpdesk import cancel, cards, consent, hear, place, relay, resolve, steps, trust
from bot.helpdesk.ask import open_guide
from bot.helpdesk.delivered import send_again
from bot.helpdesk.invites import join
from bot.helpdesk.staff import tell_commands
from bot.model.ids import MessageId, TicketId
from bot.model.notices import Say
from bot.model.notices.citizens import MyRequests

_PRIVATE = filters.ChatType.PRIVATE
_GUIDE, _INVITE = "g_", "moi_"


def commands() -> list[BaseHandler[Update, Context, None]]:
    """The commands everybody may give, in a private chat."""
    table = {
        ("start",): start,
        ("huongdan", "help"): show_help,
        ("gap",): call_person,
        ("yeucau",): show_requests,
        ("huy",): cancel_request,
        ("noio",): ask_place,
        ("muc",): browse,
        ("trang",): show_platforms,
        ("dulieu",): tell_data,
        ("xoadulieu",): ask_erase,
        ("rutdongy",): withdraw,
    }
    private = [name for names in table for name in names]
    return [
        *(CommandHandler(list(names), handle, filters=_PRIVATE) for names, handle in table.items()),
        CommandHandler(private, only_in_private, filters=filters.ChatType.GROUPS),
    ]


def presses() -> list[BaseHandler[Update, Context, None]]:
    """The buttons of citizens."""
    table = {
        citizens.Agree: agree,
        citizens.ReadMore: read_more,
        citizens.SkipPlace: skip_place,
        citizens.KeepPlace: keep_place,
        citizens.OpenSection: open_section,
        citizens.StartSteps: start_steps,
        citizens.GoToStep: go_to_step,
        citizens.LeaveSteps: leave_steps,
        citizens.Stuck: stuck,
        citizens.SendAsIs: send_as_is,
        citizens.Rate: rate,
        citizens.Choose: choose,
        citizens.NoneOfThese: none_of_these,
        citizens.CallPerson: call_person_for,
        citizens.Browse: browse,
        citizens.SectorsAgain: sectors_again,
        citizens.OpenSector: open_sector,
        citizens.OpenGuide: open_one_guide,
        citizens.OpenPlatforms: show_platforms,
        citizens.OpenPlatform: show_platform,
        citizens.Resume: resume,
        citizens.NoResume: do_not_resume,
        citizens.OtherQuestion: other_question,
        citizens.CheckHelper: check_helper,
        citizens.DoubtHelper: doubt_helper,
        citizens.PassFile: pass_file,
        citizens.Confirm: confirm,
        citizens.CancelTicket: cancel_ticket,
        citizens.AskErase: ask_erase,
        citizens.Erase: erase,
        members.SendAgain: repeat_sending,
    }
    return [PressHandler(kind, handle) for kind, handle in table.items()]


async def start(update: Update, context: Context) -> None:
    """``/start``, alone or with what a link carries."""
    payload = context.words
    if payload.startswith(_INVITE):
        await join(context.work, context.desk, context.person, payload.removeprefix(_INVITE), context.turn.name)
    elif payload.startswith(_GUIDE):
        await open_guide(context.work, context.desk, context.person, payload.removeprefix(_GUIDE))
    elif context.member:
        await tell_commands(context.work, context.person, context.member)
    else:
        await consent.start(context.work, context.person)


async def show_help(update: Update, context: Context) -> None:
    """``/huongdan``."""
    if context.member:
        await tell_commands(context.work, context.person, context.member)
        return
    await context.work.outbox.post(context.person.chat, Say("help", menu="browse_person"))


async def call_person(update: Update, context: Context) -> None:
    """``/gap``."""
    await cards.call_person(context.work, context.desk, context.person)


async def call_person_for(update: Update, context: Context) -> None:
    """«Gặp tình nguyện viên» below something."""
    wanted: citizens.CallPerson = context.press
    await cards.call_person(context.work, context.desk, context.person, wanted.request or None, wanted.guide or None)


async def show_requests(update: Update, context: Context) -> None:
    """``/yeucau``."""
    await context.work.outbox.post(context.person.chat, MyRequests(context.person.id))


async def cancel_request(update: Update, context: Context) -> None:
    """``/huy``."""
    await cancel.cancel(context.work, context.person)


async def cancel_ticket(update: Update, context: Context) -> None:
    """One of several."""
    await cancel.cancel_one(context.work, TicketId(context.press.ticket), context.person)


async def ask_place(update: Update, context: Context) -> None:
    """``/noio``, alone or with the place."""
    await place.ask_place(context.work, context.desk, context.person, context.words)


async def skip_place(update: Update, context: Context) -> None:
    """«Bỏ qua»."""
    await place.skip_place(context.work, context.person, pressed_message(update))


async def keep_place(update: Update, context: Context) -> None:
    """One of the places offered."""
    chosen: citizens.KeepPlace = context.press
    await place.keep_place(context.work, context.desk, context.person, chosen.place, message=pressed_message(update))


async def agree(update: Update, context: Context) -> None:
    """«Đồng ý»."""
    await consent.agree(context.work, context.desk, context.person, pressed_message(update))


async def read_more(update: Update, context: Context) -> None:
    """«Đọc thêm»."""
    await consent.tell_terms(context.work, context.desk, context.person)


async def tell_data(update: Update, context: Context) -> None:
    """``/dulieu``."""
    await consent.tell_data(context.work, context.desk, context.person)


async def ask_erase(update: Update, context: Context) -> None:
    """``/xoadulieu``: asks once more."""
    await context.work.outbox.post(context.person.chat, Say("data.erase_sure", menu="erase_sure"))


async def erase(update: Update, context: Context) -> None:
    """Whether all is really to be erased."""
    await consent.erase(context.work, context.desk, context.person, sure=context.press.sure)


async def withdraw(update: Update, context: Context) -> None:
    """``/rutdongy``."""
    await consent.withdraw(context.work, context.person)


async def open_section(update: Update, context: Context) -> None:
    """A part of a card."""
    opened: citizens.OpenSection = context.press
    await cards.open_section(
        context.work, context.person, opened.guide, opened.request, opened.section, pressed_message(update)
    )


async def start_steps(update: Update, context: Context) -> None:
    """«Từng bước»."""
    at: citizens.StartSteps = context.press
    await steps.show_step(context.work, context.desk, context.person, at.guide, at.step, at.request)


async def go_to_step(update: Update, context: Context) -> None:
    """«Tiếp», «Lùi»."""
    at: citizens.GoToStep = context.press
    message = pressed_message(update)
    await steps.show_step(context.work, context.desk, context.person, at.guide, at.step, at.request, message)


async def leave_steps(update: Update, context: Context) -> None:
    """«Thoát», «Xong các bước»."""
    left: citizens.LeaveSteps = context.press
    await steps.leave(context.work, context.desk, context.person, left.guide, pressed_message(update), done=left.done)


async def stuck(update: Update, context: Context) -> None:
    """«Tôi bị kẹt ở bước này»."""
    at: citizens.Stuck = context.press
    await steps.stuck(context.work, context.person, at.guide, at.step, at.request)


async def send_as_is(update: Update, context: Context) -> None:
    """«Gửi luôn cho Tổ»."""
    at: citizens.SendAsIs = context.press
    await steps.send_as_is(context.work, context.desk, context.person, at.guide, at.step, at.request)


async def resume(update: Update, context: Context) -> None:
    """«Làm tiếp»."""
    await steps.resume(context.work, context.desk, context.person, context.press.guide, pressed_message(update))


async def do_not_resume(update: Update, context: Context) -> None:
    """«Thôi»."""
    await steps.do_not_resume(context.work, context.person, context.press.guide, pressed_message(update))


async def rate(update: Update, context: Context) -> None:
    """«Giúp được tôi», «Chưa đúng»."""
    said: citizens.Rate = context.press
    await cards.rate(
        context.work,
        context.desk,
        context.person,
        said.guide,
        said.request,
        pressed_message(update),
        helped=said.helped,
    )


async def choose(update: Update, context: Context) -> None:
    """One of the guides offered."""
    chosen: citizens.Choose = context.press
    await cards.choose(
        context.work, context.desk, context.person, chosen.guide, chosen.request, pressed_message(update)
    )


async def none_of_these(update: Update, context: Context) -> None:
    """«Không phải các mục này»."""
    none: citizens.NoneOfThese = context.press
    await cards.none_of_these(context.work, context.desk, context.person, none.request, pressed_message(update))


async def browse(update: Update, context: Context) -> None:
    """``/muc``, «Xem theo mục»."""
    await cards.show_sectors(context.work, context.person)


async def sectors_again(update: Update, context: Context) -> None:
    """Back to the list."""
    await cards.show_sectors_again(context.work, context.person, pressed_message(update))


async def open_sector(update: Update, context: Context) -> None:
    """A sector."""
    opened: citizens.OpenSector = context.press
    await cards.show_sector(context.work, context.person, opened.sector, opened.page, pressed_message(update))


async def open_one_guide(update: Update, context: Context) -> None:
    """A guide from a list."""
    await open_guide(context.work, context.desk, context.person, context.press.guide)


async def show_platforms(update: Update, context: Context) -> None:
    """``/trang``, and its further pages."""
    await cards.show_platforms(context.work, context.person, context.press.page if context.press else 0)


async def show_platform(update: Update, context: Context) -> None:
    """One official app or site."""
    await cards.show_platform(context.work, context.person, context.press.platform)


async def other_question(update: Update, context: Context) -> None:
    """«Hỏi việc khác»."""
    await hear.other_question(context.work, context.person)


async def check_helper(update: Update, context: Context) -> None:
    """«Kiểm tra người hỗ trợ»."""
    await trust.check_helper(context.work, TicketId(context.press.ticket), context.person)


async def doubt_helper(update: Update, context: Context) -> None:
    """«Không tin, báo Tổ»."""
    await trust.doubt_helper(context.work, TicketId(context.press.ticket), context.person)


async def pass_file(update: Update, context: Context) -> None:
    """Whether a picture may go."""
    said: citizens.PassFile = context.press
    await relay.let_through(context.work, context.desk, context.person, MessageId(said.message), yes=said.yes)


async def confirm(update: Update, context: Context) -> None:
    """«Xong rồi», «Chưa xong»."""
    said: citizens.Confirm = context.press
    await resolve.confirm(context.work, context.desk, TicketId(said.ticket), context.person, done=said.done)


async def repeat_sending(update: Update, context: Context) -> None:
    """«Gửi lại»."""
    await send_again(context.work, context.person, context.press.row)
