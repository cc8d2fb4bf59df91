"""From a notice to a message: text with markup, and buttons. Views await nothing."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from bot.channels.telegram.views import editing, guide_cards, staff, talk, tickets
from bot.channels.telegram.views.frame import Frame, Screen
from bot.model import notices as n
from bot.model.briefs import Brief

VIEWS: Mapping[type[n.Notice], Callable[[Any, Any, Frame], Screen]] = {
    n.CancelWhich: talk.cancel_which,
    n.ConsentOffer: talk.consent_offer,
    n.DeliveryDoubt: tickets.delivery_doubt,
    n.DeliveryFailed: tickets.delivery_failed,
    n.FileCheck: tickets.file_check,
    n.FeesToEdit: editing.fees_to_edit,
    n.GuideCard: guide_cards.guide_card,
    n.GuideChange: editing.guide_change,
    n.GuideChoices: guide_cards.guide_choices,
    n.GuideFile: editing.guide_file,
    n.GuideHistory: editing.guide_history,
    n.GuidePick: staff.guide_pick,
    n.GuideTemplate: editing.guide_template,
    n.GuidesToEdit: editing.guides_to_edit,
    n.HelperCheck: tickets.helper_check,
    n.HolderPanel: staff.holder_panel,
    n.InviteLink: staff.invite_link,
    n.MemberWelcome: staff.member_welcome,
    n.MyRequests: talk.my_requests,
    n.MyTickets: staff.my_tickets,
    n.NotCovered: talk.not_covered,
    n.OfficePick: staff.office_pick,
    n.PlaceChoices: talk.place_choices,
    n.PlaceKept: talk.place_kept,
    n.PlatformCard: talk.platform_card,
    n.PlatformList: talk.platform_list,
    n.PoisonReport: staff.poison_report,
    n.QueueList: staff.queue_list,
    n.Received: tickets.received,
    n.RelayedText: tickets.relayed_text,
    n.ResumeOffer: guide_cards.resume_offer,
    n.Say: talk.say,
    n.SecondDoubt: guide_cards.second_doubt,
    n.SectorGuides: talk.sector_guides,
    n.SectorPick: editing.sector_pick,
    n.SectorList: talk.sector_list,
    n.StaffHelp: staff.staff_help,
    n.Statistics: staff.statistics,
    n.StepScreen: guide_cards.step_screen,
    n.StuckQuestion: guide_cards.stuck_question,
    n.TicketCard: staff.ticket_card,
    n.TicketNews: tickets.ticket_news,
    n.TicketOpened: tickets.ticket_opened,
    n.Welcome: talk.welcome,
    n.WhichTicket: staff.which_ticket,
}
"""All but the copies of pictures and files, which are more than a text (``sending.py``)."""


def render(notice: n.Notice, brief: Brief, frame: Frame) -> Screen:
    """The message that shows a notice."""
    return VIEWS[type(notice)](notice, brief, frame)
