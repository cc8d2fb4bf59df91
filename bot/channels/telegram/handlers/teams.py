"""What leaders and admins press to set up teams."""

from __future__ import annotations

from telegram import Update
from telegram.ext import BaseHandler, CallbackQueryHandler, CommandHandler, MessageHandler, filters

from bot.channels.telegram.context import Context, pressed_message
from bot.channels.telegram.handlers.messages import only_in_private
from bot.channels.telegram.handlers.presses import Handle, PressHandler
from bot.channels.telegram.keyboards import Press, unpack
from bot.channels.telegram.keyboards import teams as press
from bot.helpdesk import invites, team_lists, team_typing, teams


def commands() -> list[BaseHandler[Update, Context, None]]:
    """``/to``."""
    return [
        CommandHandler("to", open_teams, filters=filters.ChatType.PRIVATE),
        CommandHandler("to", only_in_private, filters=filters.ChatType.GROUPS),
    ]


def elsewhere() -> list[BaseHandler[Update, Context, None]]:
    """Whatever shows that somebody turned to something else: what was asked about a team is not asked any more.

    Or the next words for a citizen would become a team's name.
    """
    return [
        MessageHandler(filters.ChatType.PRIVATE & filters.COMMAND, forget_question),
        _OtherPress(forget_question),
    ]


class _OtherPress(CallbackQueryHandler[Context, None]):
    """Presses of buttons that are not about teams."""

    def check_update(self, update: object) -> bool:
        query = update.callback_query if isinstance(update, Update) else None
        return bool(query and query.data and type(unpack(query.data)) not in _PRESSES)


def presses() -> list[BaseHandler[Update, Context, None]]:
    """The buttons of those who set up teams."""
    return [PressHandler(kind, handle) for kind, handle in _PRESSES.items()]


async def forget_question(update: Update, context: Context) -> None:
    """Something else is wanted."""
    await teams.forget_question(context.work, context.person)


async def open_teams(update: Update, context: Context) -> None:
    """``/to``; `context.words` is where further words, such as «thu …», are told apart."""
    await teams.open_teams(context.work, context.desk, context.person, context.member)


async def turn_page(update: Update, context: Context) -> None:
    """Another page, or back to the list."""
    page, message = context.press.page, pressed_message(update)
    await teams.open_teams(context.work, context.desk, context.person, context.member, page, message)


async def open_team(update: Update, context: Context) -> None:
    """A team, or a part of it."""
    wanted: press.OpenTeam = context.press
    message = pressed_message(update)
    await teams.open_team(context.work, context.desk, context.person, context.member, wanted.team, wanted.part, message)


async def ask(update: Update, context: Context) -> None:
    """Something is to be typed."""
    wanted: press.AskTeam = context.press
    message = pressed_message(update)
    await teams.ask(context.work, context.desk, context.person, context.member, wanted.team, wanted.what, message)


async def stop_asking(update: Update, context: Context) -> None:
    """«Thôi»."""
    left: press.StopAsking = context.press
    message = pressed_message(update)
    await teams.stop_asking(context.work, context.desk, context.person, context.member, left.team, left.member, message)


async def pick_place(update: Update, context: Context) -> None:
    """One of the places."""
    picked: press.PickPlace = context.press
    message = pressed_message(update)
    await team_typing.place_chosen(
        context.work, context.desk, context.person, context.member, picked.team, picked.place, message
    )


async def toggle_sector(update: Update, context: Context) -> None:
    """A sector, on or off."""
    wanted: press.ToggleSector = context.press
    message = pressed_message(update)
    await teams.toggle_sector(
        context.work, context.desk, context.person, context.member, wanted.team, wanted.sector, message
    )


async def close_team(update: Update, context: Context) -> None:
    """«Đóng đội»."""
    message = pressed_message(update)
    await teams.close_team(context.work, context.desk, context.person, context.member, context.press.team, message)
    context.toast("team.closed")


async def invite_to(update: Update, context: Context) -> None:
    """«Mời người»."""
    await invites.invite_to(context.work, context.desk, context.person, context.member, context.press.team)


async def open_members(update: Update, context: Context) -> None:
    """A page of members."""
    wanted: press.OpenMembers = context.press
    message = pressed_message(update)
    await teams.open_members(
        context.work, context.desk, context.person, context.member, wanted.team, wanted.page, message
    )


async def open_member(update: Update, context: Context) -> None:
    """A member."""
    wanted: press.OpenMember = context.press
    message = pressed_message(update)
    await teams.open_member(
        context.work, context.desk, context.person, context.member, wanted.member, wanted.part, message
    )


async def ask_about_member(update: Update, context: Context) -> None:
    """Something about a member is to be typed."""
    wanted: press.AskMember = context.press
    message = pressed_message(update)
    await teams.ask_about_member(
        context.work, context.desk, context.person, context.member, wanted.member, wanted.what, message
    )


async def set_role(update: Update, context: Context) -> None:
    """Another role."""
    wanted: press.SetRole = context.press
    message = pressed_message(update)
    await teams.change_role(
        context.work, context.desk, context.person, context.member, wanted.member, wanted.role, message
    )


async def offer_move(update: Update, context: Context) -> None:
    """«Chuyển đội»."""
    wanted: press.OfferMove = context.press
    message = pressed_message(update)
    await teams.offer_move(
        context.work, context.desk, context.person, context.member, wanted.member, wanted.page, message
    )


async def move_to(update: Update, context: Context) -> None:
    """The team."""
    wanted: press.MoveTo = context.press
    message = pressed_message(update)
    await teams.move_member(
        context.work, context.desk, context.person, context.member, wanted.member, wanted.team, message
    )


async def end_member(update: Update, context: Context) -> None:
    """«Kết thúc»."""
    message = pressed_message(update)
    await teams.end_member(context.work, context.desk, context.person, context.member, context.press.member, message)


async def offer_teams(update: Update, context: Context) -> None:
    """«Đội khác…»."""
    wanted: press.OfferTeams = context.press
    await invites.offer_teams(context.work, context.desk, context.person, context.member, wanted.invite, wanted.page)


async def change_team_of_invite(update: Update, context: Context) -> None:
    """The invite is for another team."""
    wanted: press.InviteTeam = context.press
    await invites.change_invite(
        context.work, context.desk, context.person, context.member, wanted.invite, team_id=wanted.team
    )


async def send_file(update: Update, context: Context) -> None:
    """«Xuất danh sách»."""
    await teams.send_file(context.work, context.person, context.member)


async def take_list(update: Update, context: Context) -> None:
    """«Nhập», «Bỏ»."""
    said: press.TakeList = context.press
    await team_lists.decide(context.work, context.desk, context.person, context.member, said.number, yes=said.yes)


_PRESSES: dict[type[Press], Handle] = {
    press.OpenTeams: turn_page,
    press.OpenTeam: open_team,
    press.AskTeam: ask,
    press.StopAsking: stop_asking,
    press.PickPlace: pick_place,
    press.ToggleSector: toggle_sector,
    press.CloseTeam: close_team,
    press.InviteTo: invite_to,
    press.OpenMembers: open_members,
    press.OpenMember: open_member,
    press.AskMember: ask_about_member,
    press.SetRole: set_role,
    press.OfferMove: offer_move,
    press.MoveTo: move_to,
    press.EndMember: end_member,
    press.OfferTeams: offer_teams,
    press.InviteTeam: change_team_of_invite,
    press.SendTeams: send_file,
    press.TakeList: take_list,
}
