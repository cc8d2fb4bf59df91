"""The talk with a citizen around the guides: welcome, consent, place, lists."""

from __future__ import annotations

from typing import TypeVar

from telegram import InlineKeyboardButton

from bot.channels.telegram.keyboards import Rows, citizens, members
from bot.channels.telegram.views.frame import Frame, Screen, Views, day, fit
from bot.guides.catalogue import Platform
from bot.model.briefs import RequestsBrief
from bot.model.notices import Say
from bot.model.notices.citizens import (
    CancelWhich,
    ConsentOffer,
    MyRequests,
    NotCovered,
    PlaceChoices,
    PlaceKept,
    PlatformCard,
    PlatformList,
    SectorGuides,
    SectorList,
    Welcome,
)

_A_PAGE = 8
T = TypeVar("T")


def say(notice: Say, _: None, frame: Frame) -> Screen:
    """A sentence, with one of the usual rows of buttons."""
    return Screen(frame.texts(notice.key, **notice.values), _menu(notice.menu, frame))


def _menu(name: str, frame: Frame) -> Rows:
    browse = frame.button("browse", citizens.Browse())
    person = frame.button("person", citizens.CallPerson(0, ""))
    menus: dict[str, Rows] = {
        "": [],
        "browse": [[browse]],
        "person": [[person]],
        "browse_person": [[browse], [person]],
        "agree": [[frame.button("agree", citizens.Agree())]],
        "skip": [[frame.button("skip", citizens.SkipPlace())]],
        "ticket": [[frame.button("other_question", citizens.OtherQuestion())]],
        "erase": [[frame.button("erase", citizens.AskErase())]],
        "erase_sure": [
            [frame.button("erase_yes", citizens.Erase(True)), frame.button("erase_no", citizens.Erase(False))]
        ],
        "duty_on": [[frame.button("duty_on", members.Duty(True))]],
        "duty_off": [[frame.button("duty_off", members.Duty(False))]],
        "official": _official(frame),
    }
    return menus[name]


def _official(frame: Frame) -> Rows:
    """The two doors that are always there: the portal and VNeID."""
    platforms = [frame.catalogue.platforms.get(name) for name in ("dvcqg", "vneid")]
    return [[frame.link("open_site_named", p.url, name=p.name)] for p in platforms if p and p.url]


def welcome(notice: Welcome, _: None, frame: Frame) -> Screen:
    """The one plain screen."""
    browse = [frame.button("browse", citizens.Browse())]
    if notice.consented:
        return Screen(frame.texts("welcome.again"), [browse, [frame.button("person", citizens.CallPerson(0, ""))]])
    desk = frame.config.helpdesk
    text = frame.texts(
        "welcome.text", name=desk.name, controller=desk.controller, days=frame.config.retention.request_text
    )
    agree = [frame.button("agree", citizens.Agree()), frame.button("read_more", citizens.ReadMore())]
    return Screen(text, [agree, browse])


def consent_offer(notice: ConsentOffer, _: None, frame: Frame) -> Screen:
    """Agreeing, below an answer or before a person is called."""
    key = "consent.wanted" if notice.wanted else "consent.offer"
    text = frame.texts(key, name=frame.config.helpdesk.name, days=frame.config.retention.request_text)
    return Screen(text, [[frame.button("agree", citizens.Agree()), frame.button("read_more", citizens.ReadMore())]])


def not_covered(_: object, __: None, frame: Frame) -> Screen:
    """A procedure that is not in the handbook."""
    portal = frame.catalogue.platforms.get("dvcqg")
    rows: Rows = [[frame.link("open_portal", portal.url)]] if portal and portal.url else []
    return Screen(frame.texts("ask.not_covered"), [*rows, [frame.button("person", citizens.CallPerson(0, ""))]])


def place_choices(notice: PlaceChoices, _: None, frame: Frame) -> Screen:
    """Which of these places?"""
    rows: Rows = [[frame.labelled(frame.place(code), citizens.KeepPlace(code))] for code in notice.codes]
    text = frame.texts("place.choose_more" if notice.more else "place.choose")
    return Screen(text, [*rows, [frame.button("skip", citizens.SkipPlace())]])


def place_kept(notice: PlaceKept, _: None, frame: Frame) -> Screen:
    """The place is known now."""
    place = frame.place(notice.code)
    if notice.via:
        return Screen(frame.texts("place.kept_via", via=notice.via, place=place))
    return Screen(frame.texts("place.kept", place=place))


def sector_list(_: SectorList, __: None, frame: Frame) -> Screen:
    """All sectors."""
    rows: Rows = [
        [frame.labelled(title, citizens.OpenSector(sector, 0))]
        for sector, title in frame.catalogue.sectors.items()
        if frame.catalogue.in_sector(sector)
    ]
    return Screen(frame.texts("browse.title"), rows)


def sector_guides(notice: SectorGuides, _: None, frame: Frame) -> Screen:
    """The guides of a sector."""
    entries = frame.catalogue.in_sector(notice.sector)
    page = _page(list(entries), notice.page)
    rows: Rows = [[frame.labelled(e.guide.title, citizens.OpenGuide(e.id))] for e in page]
    end = [frame.button("sectors", citizens.SectorsAgain())]
    if (notice.page + 1) * _A_PAGE < len(entries):
        end.append(frame.button("more", citizens.OpenSector(notice.sector, notice.page + 1)))
    title = frame.texts("browse.sector", sector=frame.catalogue.sectors.get(notice.sector, notice.sector))
    return Screen(title if entries else frame.texts("browse.empty"), [*rows, end])


def platform_list(notice: PlatformList, _: None, frame: Frame) -> Screen:
    """The official apps and sites."""
    platforms = list(frame.catalogue.platforms.items())
    rows: Rows = [
        [frame.labelled(platform.name, citizens.OpenPlatform(name))] for name, platform in _page(platforms, notice.page)
    ]
    if (notice.page + 1) * _A_PAGE < len(platforms):
        rows.append([frame.button("more", citizens.OpenPlatforms(notice.page + 1))])
    return Screen(frame.texts("browse.platforms"), rows)


def platform_card(notice: PlatformCard, _: None, frame: Frame) -> Screen:
    """One official app or site."""
    platform = frame.catalogue.platforms.get(notice.platform)
    if platform is None:
        return Screen(frame.texts("guide.gone"))
    texts = frame.texts
    lines: list[str] = [texts("browse.platform", name=platform.name, serves=platform.serves)]
    if platform.status == "closed":
        lines.append(texts("browse.platform_closed"))
    if platform.status == "merged":
        lines.append(texts("browse.platform_merged", name=_name(frame, platform)))
    if platform.note:
        lines.append(texts("card.plain", text=platform.note))
    if platform.checked_on:
        lines.append(texts("browse.platform_checked", date=day(platform.checked_on)))
    # What is gone opens nothing; what moved opens where it moved to.
    goes_to = frame.catalogue.platforms.get(platform.merged_into or "", platform)
    if platform.status == "closed" and goes_to is platform:
        return Screen(fit(lines))
    places = (("", goes_to.url), ("Google Play", goes_to.android), ("App Store", goes_to.ios))
    links: list[InlineKeyboardButton] = [
        frame.link("open_site_named", url, name=store) if store else frame.link("open_site", url)
        for store, url in places
        if url
    ]
    return Screen(fit(lines), [[link] for link in links])


def _name(frame: Frame, platform: Platform) -> str:
    other = frame.catalogue.platforms.get(platform.merged_into or "")
    return other.name if other else platform.merged_into or ""


def _page(items: list[T], number: int) -> list[T]:
    return items[number * _A_PAGE : (number + 1) * _A_PAGE]


def my_requests(_: MyRequests, brief: RequestsBrief, frame: Frame) -> Screen:
    """The citizen's own requests and tickets."""
    if not brief.requests and not brief.tickets:
        return Screen(frame.texts("requests.none"), [[frame.button("browse", citizens.Browse())]])
    texts = frame.texts
    lines: list[str] = []
    if brief.tickets:
        lines.append(texts("requests.tickets"))
        for ticket in brief.tickets:
            what = frame.title(ticket.guide) or ticket.question[:60] or texts.plain("requests.unnamed")
            state = texts.plain(f"requests.ticket_state.{ticket.state}")
            lines.append(texts("requests.ticket", ticket=ticket.id, what=what, state=state))
        lines.append("")
    lines.append(texts("requests.title"))
    for request in brief.requests:
        what = frame.title(request.guide) or (request.text or "")[:60] or texts.plain("requests.unnamed")
        state = texts.plain(f"requests.state.{request.outcome}")
        lines.append(texts("requests.line", date=day(request.asked_at, frame.zone), what=what, state=state))
    return Screen(fit(lines))


def cancel_which(_: CancelWhich, brief: RequestsBrief, frame: Frame) -> Screen:
    """Which ticket is to be cancelled?"""
    rows: Rows = [
        [frame.button("cancel_ticket", citizens.CancelTicket(ticket.id), ticket=ticket.id)] for ticket in brief.tickets
    ]
    return Screen(frame.texts("cancel.which"), rows)


VIEWS: Views = {
    CancelWhich: cancel_which,
    ConsentOffer: consent_offer,
    MyRequests: my_requests,
    NotCovered: not_covered,
    PlaceChoices: place_choices,
    PlaceKept: place_kept,
    PlatformCard: platform_card,
    PlatformList: platform_list,
    Say: say,
    SectorGuides: sector_guides,
    SectorList: sector_list,
    Welcome: welcome,
}
