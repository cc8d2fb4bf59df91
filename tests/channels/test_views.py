"""Every notice becomes a message Telegram takes, whatever people wrote and whatever is missing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from bot import config
from bot.channels.telegram.keyboards import LIMIT_BYTES
from bot.channels.telegram.views import VIEWS, render
from bot.channels.telegram.views.frame import Frame, fit, shown_length
from bot.channels.telegram.views.tickets import relayed_caption
from bot.guides.load import load
from bot.helpdesk.teams import MEMBER_FIELDS, TEAM_FIELDS
from bot.model import briefs as b
from bot.model.ids import MemberId, PersonId, RequestId, TeamId, TicketId, VersionId
from bot.model.notices import Notice, Say
from bot.model.notices.citizens import (
    CancelWhich,
    ConsentOffer,
    FileCheck,
    GuideCard,
    GuideChoices,
    HelperCheck,
    MyRequests,
    News,
    NotCovered,
    PlaceChoices,
    PlaceKept,
    PlatformCard,
    PlatformList,
    Received,
    ResumeOffer,
    SecondDoubt,
    SectorGuides,
    SectorList,
    StepScreen,
    StuckQuestion,
    TicketNews,
    TicketOpened,
    Welcome,
)
from bot.model.notices.editing import (
    FeesToEdit,
    GuideChange,
    GuideFile,
    GuideHistory,
    GuidesToEdit,
    GuideTemplate,
    SectorPick,
)
from bot.model.notices.members import (
    GuidePick,
    HolderPanel,
    InviteLink,
    MemberWelcome,
    MyTickets,
    OfficePick,
    PoisonReport,
    QueueList,
    StaffHelp,
    Statistics,
    TicketCard,
    WhichTicket,
)
from bot.model.notices.talk import DeliveryDoubt, DeliveryFailed, RelayedAlbum, RelayedCopy, RelayedText
from bot.model.notices.teams import (
    InviteTeams,
    MemberScreen,
    MovePick,
    TeamFile,
    TeamList,
    TeamListReport,
    TeamMembers,
    TeamPlaces,
    TeamQuestion,
    TeamScreen,
)
from bot.model.people import Invite, Member, Office, Team
from bot.model.requests import Request, Ticket
from bot.model.states import Delivered, Kind, Outcome, Role, Section, Side, TicketState
from bot.model.team_lists import ListState
from bot.model.versions import ChangeKind, GuideVersion, VersionState
from bot.playground.formatting import parse_html
from bot.texts import Texts
from tests.clock import START
from tests.e2e.house import ROOT

SETTINGS = config.load(ROOT / "config.yaml").config
TEXTS = Texts.load()
CATALOGUE = load(ROOT / "knowledge")
FRAME = Frame(TEXTS, SETTINGS, CATALOGUE, "tro_ly_bot", START)
NUMBER = 2**31 - 1
GONE = "bai-khong-con"
HOSTILE = (
    "",
    "<b>không đóng <i>gì &amp; & < > {ten} {0} %s",
    "‮ngược‬ \u0300\u0301 \x00",
    "😀" * 2048,
    "&" * 4096,
    "dòng\n" * 800,
)
LONGEST_GUIDES = sorted(CATALOGUE.entries, key=lambda g: -len(CATALOGUE.entries[g].guide.model_dump_json()))[:3]
URGENT = [entry.id for entry in CATALOGUE if entry.guide.urgent]


def ticket(words: str, state: TicketState, guide: str | None, **more: Any) -> b.TicketBrief:
    claimed = START if state != TicketState.OPEN else None
    values = {"step": 3, "urgent": True, "front": True, "territory": "khong-co", **more}
    made = Ticket(
        TicketId(NUMBER), RequestId(NUMBER), PersonId(1), TeamId(1), state, MemberId(1) if claimed else None, guide,
        values["step"], words, values["urgent"], values["front"], values["territory"],
        START - timedelta(days=400), claimed, None,
    )  # fmt: skip
    return b.TicketBrief(made, words[:64] or None, words[:80], (guide or GONE,) * 4, START)


def tickets(words: str) -> Iterator[b.TicketBrief]:
    for state in TicketState:
        for guide in (None, GONE, LONGEST_GUIDES[0]):
            yield ticket(words, state, guide)


def many(words: str) -> b.TicketsBrief:
    return b.TicketsBrief(tuple(ticket(words, TicketState.OPEN, None) for _ in range(10)), NUMBER, START)


def requests(words: str) -> b.RequestsBrief:
    asked = [
        Request(RequestId(1), PersonId(1), START, START, words, outcome, guide, (), 0, False)
        for outcome in Outcome
        for guide in (None, GONE)
    ]
    return b.RequestsBrief(tuple(asked), tuple(brief.ticket for brief in tickets(words)), START)


def figures() -> b.StatisticsBrief:
    period = b.Period(NUMBER, {}, NUMBER, 1e9, NUMBER, tuple((g, NUMBER) for g in (GONE, *LONGEST_GUIDES)), NUMBER)
    none = b.Period(0, {}, 0, None, 0, (), 0)
    return b.StatisticsBrief(period, none, {}, START)


def version(state: VersionState, words: str, text: str) -> GuideVersion:
    report = {"findings": [(n, words[:200]) for n in range(20)]} if state == VersionState.DROPPED else {
        "fields": ["title"], "warnings": [words[:200]] * 5, "logged": 1, "logged_changed": 0, "golden": 1,
        "golden_changed": 0, "broken": 0, "lost": 1, "collisions": [(GONE, LONGEST_GUIDES[0], 3)],
    }  # fmt: skip
    return GuideVersion(
        VersionId(1), LONGEST_GUIDES[0], "ho-tich", text, None, state, ChangeKind.FILE, MemberId(1), None, "telegram:1",
        None, report, 0, START, START if state == VersionState.PUBLISHED else None,
    )  # fmt: skip


def about_tickets(words: str) -> Iterator[tuple[Notice, b.Brief]]:
    for brief in tickets(words):
        yield TicketCard(NUMBER), brief
        yield HolderPanel(NUMBER), brief
        yield HelperCheck(NUMBER), brief
        yield FileCheck(NUMBER, NUMBER), brief
        yield OfficePick(NUMBER), brief
        for purpose in ("send", "close"):
            yield GuidePick(NUMBER, purpose, (GONE, *LONGEST_GUIDES)), brief
        for news in News:
            yield TicketNews(NUMBER, news, "cong-an"), brief
    for flags in range(8):
        opened = TicketOpened(NUMBER, NUMBER * (flags & 1), bool(flags & 2), bool(flags & 4), bool(flags & 1))
        office = Office(words[:200] or "x", words[:100], words[:40])
        yield opened, replace(ticket(words, TicketState.OPEN, None), office=office)


def between_people(words: str) -> Iterator[tuple[Notice, b.Brief]]:
    for side in Side:
        part = words[:1900] or "…"
        yield RelayedText(NUMBER, NUMBER, side, part, edited=True, forwarded=True), None
        for reason in (Delivered.BLOCKED, Delivered.REFUSED):
            yield DeliveryFailed(NUMBER, reason, side), None
    yield DeliveryDoubt(NUMBER, NUMBER), None
    for claimed in (True, False):
        yield Received(NUMBER, claimed), None


def about_guides(words: str) -> Iterator[tuple[Notice, b.Brief]]:
    brief = b.CardBrief({"vneid": words[:300], "dvcqg": words[:300]}, nobody_on_duty=True,
                        office=Office(words[:200] or "x", words[:100], words[:40]))  # fmt: skip
    for guide in (GONE, *URGENT, *LONGEST_GUIDES):
        for section in Section:
            for rated in ("", "helped"):
                yield GuideCard(guide, NUMBER, section, 99, rated=rated), brief
            yield GuideCard(guide, 0, section, from_helper=True), brief
        yield StepScreen(guide, 1, NUMBER), brief
        yield StepScreen(guide, 99, NUMBER), brief
        yield ResumeOffer(guide, 99), None
        yield StuckQuestion(guide, 15, NUMBER), None
    yield GuideChoices(NUMBER, (GONE, *LONGEST_GUIDES)), None
    for sector in (*CATALOGUE.sectors, "khong-co", ""):
        yield SecondDoubt(NUMBER, sector), None
        for page in (0, 1, 99):
            yield SectorGuides(sector, page), None


def to_citizens(words: str) -> Iterator[tuple[Notice, b.Brief]]:
    for flag in (True, False):
        yield Welcome(flag), None
        yield ConsentOffer(flag), None
    codes = tuple(code for code, *_ in list(CATALOGUE.territories.rows())[:6])
    yield PlaceChoices(codes, more=True), None
    yield PlaceKept(codes[0], words[:80]), None
    yield NotCovered(NUMBER), None
    yield SectorList(), None
    for page in (0, 1, 99):
        yield PlatformList(page), None
    for platform in (*CATALOGUE.platforms, "khong-co"):
        yield PlatformCard(platform), None
    for brief in (requests(words), b.RequestsBrief((), (), START)):
        yield MyRequests(1), brief
        yield CancelWhich(1), brief


def to_members(words: str) -> Iterator[tuple[Notice, b.Brief]]:
    for brief in (many(words), b.TicketsBrief((), None, START)):
        yield QueueList(1), brief
        yield MyTickets(1), brief
        yield WhichTicket(1), brief
    for role in Role:
        yield InviteLink("x" * 12, role, words[:80], 7), None
        yield MemberWelcome(words[:80], role), None
        yield MemberWelcome(words[:80], role, ends=START.date()), None
        yield MemberWelcome(words[:80], role, START.date(), START.date()), None
        yield StaffHelp(words[:80], role), None
    yield Statistics(), figures()
    yield PoisonReport(tuple(range(NUMBER - 20, NUMBER))), None


def to_editors(words: str) -> Iterator[tuple[Notice, b.Brief]]:
    text = CATALOGUE.entries[LONGEST_GUIDES[0]].text
    for guide in (GONE, *LONGEST_GUIDES):
        yield GuideFile(guide), b.GuideFileBrief(text, words[:64], START)
        yield GuideFile(guide), b.GuideFileBrief()
        yield FeesToEdit(guide), b.GuideFileBrief()
        yield GuideHistory(guide), b.GuideHistoryBrief(())
    yield GuideTemplate("bai-moi"), None
    yield GuidesToEdit((GONE, *LONGEST_GUIDES)), None
    yield SectorPick(NUMBER), None
    for state in VersionState:
        made = version(state, words, text)
        yield GuideHistory(made.guide), b.GuideHistoryBrief(((made, words[:64]),) * 9)
        for part in (*Section, "steps"):
            yield GuideChange(1, part), b.GuideChangeBrief(made, words[:64], words[:64], 90)


def sentences(words: str) -> Iterator[tuple[Notice, b.Brief]]:
    for key in TEXTS:
        yield Say(key, dict.fromkeys(TEXTS.placeholders(key), words[:80] or "x")), None
    for menu in ("browse", "person", "browse_person", "agree", "skip", "ticket", "erase", "erase_sure", "duty_on",
                 "duty_off", "official"):  # fmt: skip
        yield Say("trouble", menu=menu), None


def team(words: str) -> Team:
    return Team(
        TeamId(NUMBER), words[:60] or "Tổ", "27673", None, words[:60], tuple(CATALOGUE.sectors), SETTINGS.hours.duty,
        Office(words[:200] or "x", words[:100], words[:40]),
    )  # fmt: skip


def helper(words: str, role: Role) -> Member:
    day = START.date()
    return Member(
        MemberId(NUMBER), PersonId(1), TeamId(NUMBER), role, "27673", words[:60], False, None, SETTINGS.hours.duty,
        None, 50, day + timedelta(days=1), day + timedelta(days=400),
    )  # fmt: skip


def to_leaders(words: str) -> Iterator[tuple[Notice, b.Brief]]:
    made, members = team(words), tuple(helper(words, role) for role in Role) * 20
    listed = b.TeamsBrief((b.TeamItem(made, NUMBER, NUMBER),) * 8, 1, 5)
    for brief in (listed, b.TeamsBrief((), 0, 1)):
        yield TeamList(NUMBER, 1), brief
        yield MovePick(NUMBER, NUMBER, 1), brief
        yield InviteTeams("x" * 16, NUMBER, 1), brief
    bare = replace(made, territory=None, hamlet="", sectors=(), duty=None, office=Office())
    for shown in (made, bare):
        for manages in (True, False):
            about = b.TeamBrief(shown, members[:8], 60, NUMBER, manages, words[:60], START.date(), 1, 8)
            for part in ("main", "sectors", "office", "close"):
                yield TeamScreen(NUMBER, NUMBER, part, "saved"), about
            yield TeamMembers(NUMBER, NUMBER, 1), about
    for one in members[:3]:
        for part in ("main", "end"):
            brief = b.MemberBrief(one, made, NUMBER, tuple(Role), False, True, START.date())
            yield MemberScreen(NUMBER, NUMBER, part, "saved"), brief
            yield MemberScreen(NUMBER, NUMBER, part), replace(brief, himself=True, manages=False)
    yield TeamPlaces(NUMBER, ("27673", "04"), more=True), None
    for what in (*TEAM_FIELDS, "new", "new_place", "list"):
        yield TeamQuestion(NUMBER, what, 0, "bad_name"), None
    for what in MEMBER_FIELDS:
        yield TeamQuestion(NUMBER, what, NUMBER), None
    invite = Invite("x" * 16, TeamId(1), Role.LEADER, "all", START, words[:60])
    yield TeamFile(NUMBER), b.TeamFileBrief(((made, members, (invite,)), (bare, (), ())), START)
    errors = [[NUMBER, "which_place", {"place": words[:60], "places": words[:60]}]] * 200
    for report in ({"errors": errors, "count": NUMBER}, {"problem": "excel"}, {"teams_new": NUMBER}):
        for state in ListState:
            yield TeamListReport(NUMBER), b.TeamListBrief(state, report)


GROUPS = (about_tickets, between_people, about_guides, to_citizens, to_members, to_editors, to_leaders, sentences)


@pytest.mark.parametrize("words", HOSTILE, ids=["none", "markup", "marks", "emojis", "ampersands", "lines"])
@pytest.mark.parametrize("group", GROUPS, ids=lambda group: group.__name__)
def test_every_notice_becomes_a_message_telegram_takes(group: Any, words: str) -> None:
    for notice, brief in group(words):
        screen = render(notice, brief, FRAME)
        text, _ = parse_html(screen.text)
        longest = 1024 if screen.document else 4096
        assert text.strip(), notice
        assert len(text.encode("utf-16-le")) // 2 <= longest, notice
        buttons = [button for row in screen.rows for button in row]
        assert len(buttons) <= 100, notice
        for button in buttons:
            assert button.text.strip(), notice
            assert len(button.text) <= 64, (notice, button.text)
            if button.url:
                assert button.url.startswith("https://"), notice
            else:
                assert 0 < len(str(button.callback_data).encode()) <= LIMIT_BYTES, notice


def test_captions_of_relayed_files_fit() -> None:
    for side in Side:
        for words in (*HOSTILE[:3], "😀" * 512, "&" * 1024, "x" * 1024):
            copy = RelayedCopy(NUMBER, NUMBER, side, Kind.PHOTO, "1", "1", words)
            text, _ = parse_html(relayed_caption(copy, words, FRAME).text)
            assert len(text.encode("utf-16-le")) // 2 <= 1024


def test_every_notice_has_a_view_or_is_a_copy() -> None:
    assert set(Notice.kinds().values()) - set(VIEWS) == {RelayedCopy, RelayedAlbum}


def test_every_view_is_shown_here() -> None:
    shown = {type(notice) for group in GROUPS for notice, _ in group("x")}
    assert set(VIEWS) - shown == set()


def test_notices_are_stored_and_read_back() -> None:
    for group in GROUPS[:-1]:
        for notice, _ in group("lời & <b>"):
            assert Notice.read(notice.kind, notice.figures()) == notice


def test_a_message_is_measured_as_telegram_does() -> None:
    assert shown_length("<b>ab</b> &amp;😀") == 6
    assert fit(["a" * 90, "b" * 20], longest=100) == "a" * 90 + "\n…"
    assert fit(["&amp;" * 90], longest=100) == "&amp;" * 90


def test_nobody_reads_a_date_of_another_zone() -> None:
    late = datetime(2026, 11, 22, 17, 30, tzinfo=UTC)  # half past midnight in Vietnam
    frame = Frame(TEXTS, SETTINGS, CATALOGUE, "bot", late)
    assert frame.today.isoformat() == "2026-11-23"
