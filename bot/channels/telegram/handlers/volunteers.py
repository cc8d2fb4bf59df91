"""What volunteers command and press."""

from __future__ import annotations

from telegram import Update
from telegram.ext import BaseHandler, CommandHandler

from bot.channels.telegram.context import Context
from bot.channels.telegram.handlers.presses import PressHandler
from bot.channels.telegram.incoming import chat_of
from bot.channels.telegram.keyboards import members as press
from bot.helpdesk import going_on_duty, hear, resolve, staff, transfer
from bot.helpdesk.claim import AlreadyHeld, Claimed, claim
from bot.model.ids import MemberId, TeamId, TicketId


def commands() -> list[BaseHandler[Update, Context, None]]:
    """The commands of members; also in their group."""
    table = {"viec": show_my_tickets, "hangcho": show_queue, "truc": show_duty, "hoi": ask_himself}
    return [CommandHandler(name, handle) for name, handle in table.items()]


def presses() -> list[BaseHandler[Update, Context, None]]:
    """The buttons of members."""
    table = {
        press.Claim: claim_ticket,
        press.Release: release,
        press.WaitForCitizen: wait_for_citizen,
        press.Resolve: resolve_ticket,
        press.PickOffice: pick_office,
        press.Refer: refer,
        press.PutAway: put_away,
        press.PickGuide: pick_guide,
        press.GuidePicked: guide_picked,
        press.TypeGuide: type_guide,
        press.MakeCurrent: make_current,
        press.ForTicket: for_ticket,
        press.ShowHistory: show_history,
        press.Duty: set_duty,
        press.ReturnReason: say_why,
        press.PickReceiver: pick_receiver,
        press.ReceiverPage: turn_page,
        press.GiveToMember: give_to_member,
        press.GiveToTeam: give_to_team,
        press.TakeBack: take_back,
        press.ShowTeam: show_team,
    }
    return [PressHandler(kind, handle) for kind, handle in table.items()]


async def claim_ticket(update: Update, context: Context) -> None:
    """«Nhận»."""
    outcome = await claim(context.work, context.desk, TicketId(context.press.ticket), context.person, context.member)
    match outcome:
        case Claimed(ticket):
            context.toast("claim.done", ticket=ticket)
        case AlreadyHeld(mine=True):
            context.toast("claim.mine", ticket=context.press.ticket)
        case AlreadyHeld(by=None):
            context.toast("claim.ended", alert=True)
        case AlreadyHeld(by=name):
            context.toast("claim.taken", alert=True, name=name or "")


async def release(update: Update, context: Context) -> None:
    """«Trả lại»."""
    number = TicketId(context.press.ticket)
    await resolve.give_back(context.work, context.desk, number, context.person, context.member)


async def say_why(update: Update, context: Context) -> None:
    """Why it was given back."""
    number = TicketId(context.press.ticket)
    await resolve.say_why(context.work, number, context.person, context.member, context.press.reason)


async def pick_receiver(update: Update, context: Context) -> None:
    """«Chuyển»."""
    number = TicketId(context.press.ticket)
    await transfer.pick_receiver(context.work, context.desk, number, context.person, context.member)


async def turn_page(update: Update, context: Context) -> None:
    """Further people and teams."""
    number, page = TicketId(context.press.ticket), context.press.page
    await transfer.turn_page(context.work, context.desk, number, context.person, context.member, page)


async def give_to_member(update: Update, context: Context) -> None:
    """The person it goes to."""
    number, to = TicketId(context.press.ticket), MemberId(context.press.member)
    await transfer.give_to_member(context.work, context.desk, number, context.person, context.member, to)


async def give_to_team(update: Update, context: Context) -> None:
    """The team it goes to."""
    number, to = TicketId(context.press.ticket), TeamId(context.press.team)
    await transfer.give_to_team(context.work, context.desk, number, context.person, context.member, to)


async def take_back(update: Update, context: Context) -> None:
    """«Thu hồi»."""
    number = TicketId(context.press.ticket)
    await transfer.take_back(context.work, context.desk, number, context.person, context.member)


async def show_team(update: Update, context: Context) -> None:
    """«Phiếu của đội»."""
    await transfer.show_team(context.work, context.person, context.member)


async def wait_for_citizen(update: Update, context: Context) -> None:
    """«Chờ dân»."""
    await resolve.wait_for_citizen(context.work, TicketId(context.press.ticket), context.member)


async def resolve_ticket(update: Update, context: Context) -> None:
    """«Đã giải quyết»."""
    number = TicketId(context.press.ticket)
    await resolve.resolve(context.work, context.desk, number, context.person, context.member)


async def pick_office(update: Update, context: Context) -> None:
    """«Chuyển cơ quan»."""
    await resolve.pick_office(context.work, TicketId(context.press.ticket), context.person, context.member)


async def refer(update: Update, context: Context) -> None:
    """The office."""
    await resolve.refer(context.work, TicketId(context.press.ticket), context.member, context.press.office)


async def put_away(update: Update, context: Context) -> None:
    """«Thôi» under a list."""
    number = TicketId(context.press.ticket)
    await resolve.put_away(context.work, number, context.person, offices=context.press.offices)


async def pick_guide(update: Update, context: Context) -> None:
    """«Gửi hướng dẫn»."""
    number = TicketId(context.press.ticket)
    await resolve.pick_guide(context.work, context.desk, number, context.person, context.member)


async def guide_picked(update: Update, context: Context) -> None:
    """The guide."""
    picked: press.GuidePicked = context.press
    await resolve.guide_chosen(
        context.work,
        context.desk,
        TicketId(picked.ticket),
        context.person,
        context.member,
        picked.purpose,
        picked.guide or None,
    )
    if picked.guide and picked.purpose == resolve.SEND:
        context.toast("pick.sent_toast")


async def type_guide(update: Update, context: Context) -> None:
    """«Bài khác…»."""
    await resolve.type_guide(
        context.work, TicketId(context.press.ticket), context.person, context.member, context.press.purpose
    )


async def make_current(update: Update, context: Context) -> None:
    """Words go to this ticket from now on."""
    number = TicketId(context.press.ticket)
    await resolve.make_current(context.work, context.desk, number, context.person, context.member)


async def for_ticket(update: Update, context: Context) -> None:
    """The words just written are for this ticket."""
    number = TicketId(context.press.ticket)
    await hear.which_chosen(context.work, context.desk, context.person, context.member, number)


async def show_history(update: Update, context: Context) -> None:
    """«Xem lại trao đổi»."""
    await resolve.show_history(context.work, TicketId(context.press.ticket), context.person, context.member)


async def set_duty(update: Update, context: Context) -> None:
    """On duty or not."""
    await going_on_duty.set_duty(context.work, context.desk, context.person, context.member, context.press.on)


async def show_duty(update: Update, context: Context) -> None:
    """``/truc``."""
    await going_on_duty.tell_duty(context.work, context.desk, context.person, context.member, context.words)


async def show_my_tickets(update: Update, context: Context) -> None:
    """``/viec``."""
    await staff.show_my_tickets(context.work, context.person, context.member)


async def show_queue(update: Update, context: Context) -> None:
    """``/hangcho``; where it is asked."""
    chat = chat_of(update, context.person.chat.bot)
    await staff.show_queue(context.work, context.person, context.member, chat)


async def ask_himself(update: Update, context: Context) -> None:
    """``/hoi``."""
    await staff.ask_himself(context.work, context.desk, context.person, context.member, context.words)
