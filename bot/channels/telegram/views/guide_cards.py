"""Guides: the card, its parts, its steps, the choices."""

from __future__ import annotations

import re

from telegram import InlineKeyboardButton

from bot.channels.telegram.keyboards import Rows
from bot.channels.telegram.keyboards import citizens as press
from bot.channels.telegram.views.frame import Frame, Screen, Views, day, fit, money, office_lines
from bot.guides.catalogue import Entry
from bot.guides.guide import Fee, Guide
from bot.language import spans_in
from bot.model.briefs import CardBrief
from bot.model.notices.citizens import GuideCard, GuideChoices, ResumeOffer, SecondDoubt, StepScreen, StuckQuestion
from bot.model.states import Section
from bot.texts import Markup

_URGENT_STEPS = 4

# How guides are written: the usual time first, what differs behind it; the law first, how it was changed behind it.
_CLAUSE = re.compile(r"[;.(](?:\s|$)|\(")
_AMENDED = re.compile(r" \(|, (?:đã )?(?:được )?sửa")
_NO_TIME = "Không áp dụng"
_FREE = re.compile(r"miễn (?:lệ )?phí|không mất|không thu")
_PAID = re.compile(r"phí|thuế|tiền|cước")


def guide_card(notice: GuideCard, brief: CardBrief, frame: Frame) -> Screen:
    """A guide, or one of its parts."""
    entry = frame.entry(notice.guide)
    if entry is None:
        return Screen(frame.texts("guide.gone"), [[frame.button("browse", press.Browse())]])
    head = [frame.texts("card.from_helper")] if notice.from_helper else []
    parts = {
        Section.MAIN: _urgent if entry.guide.urgent else _main,
        Section.DOCUMENTS: _documents,
        Section.COST: _cost,
        Section.NOTES: _notes,
        Section.PLACE: _place,
    }
    lines = [*head, f"<b>{_safe(frame, entry.guide.title)}</b>", *parts[notice.section](entry, brief, frame)]
    if notice.rated == "helped":
        lines += ["", frame.texts("card.helped")]
    return Screen(fit(lines, frame.texts("card.cut")), _buttons(notice, entry, frame))


def _main(entry: Entry, brief: CardBrief, frame: Frame) -> list[str]:
    guide, texts = entry.guide, frame.texts
    time, fee = _time_in_short(guide), _fee_in_short(guide, frame)
    facts = [texts("card.time_short", time=time)] if time else []
    facts += [texts("card.fee_short", fee=fee)] if fee else []
    return [
        *_announcements(guide, brief, frame),
        *(_safe(frame, line) for line in guide.summary.splitlines()),
        *([" · ".join(facts)] if facts else []),
        texts(f"card.level.{guide.online.level}"),
        "",
        *_footer(guide, frame),
    ]


def _urgent(entry: Entry, brief: CardBrief, frame: Frame) -> list[str]:
    """What to do at once comes first; nobody in need reads a summary."""
    steps = entry.guide.steps[:_URGENT_STEPS]
    return [
        *_announcements(entry.guide, brief, frame),
        frame.texts("card.urgent"),
        *(f"{number}. {_safe(frame, step.do)}" for number, step in enumerate(steps, 1)),
        *([frame.texts("card.urgent_nobody")] if brief.nobody_on_duty else []),
        "",
        *_footer(entry.guide, frame),
    ]


def _announcements(guide: Guide, brief: CardBrief, frame: Frame) -> list[str]:
    lines: list[str] = [frame.texts("card.notice", text=guide.notice)] if guide.notice else []
    for platform in guide.platforms:
        if text := brief.platform_notices.get(platform):
            name = frame.catalogue.platforms[platform].name if platform in frame.catalogue.platforms else platform
            lines.append(frame.texts("card.platform_notice", platform=name, text=text))
    return lines


def _footer(guide: Guide, frame: Frame) -> list[str]:
    """When it was checked, on what it rests, and what is doubtful about it."""
    texts, review = frame.texts, guide.review
    checked = texts("card.checked", date=day(review.checked_on)) if review.checked_on else texts("card.unchecked")
    law = f" · {_safe(frame, _AMENDED.split(guide.legal[0].name)[0])}" if guide.legal else ""
    lines: list[str] = []
    if review.review_by < frame.today:
        lines.append(texts("card.overdue", date=day(review.review_by)))
    if review.confidence == "low":
        lines.append(texts("card.low"))
    return [*lines, f"<i>{checked}{law}</i>"]


def _fees(guide: Guide, frame: Frame) -> list[Fee]:
    """The fees in force: what ended is left out."""
    return [fee for fee in guide.fees if fee.until is None or fee.until >= frame.today]


def _time_in_short(guide: Guide) -> str:
    """The usual time, unless the summary names it: nothing is to be read twice."""
    time = _CLAUSE.split(guide.time)[0].strip().rstrip(".")
    summary = guide.summary.casefold()
    named = spans_in(time)
    said = all(span in summary for span in named) if named else time.casefold() in summary
    return "" if said or guide.time == _NO_TIME else time


def _fee_in_short(guide: Guide, frame: Frame) -> str:
    """The first fee, which is the usual one, unless the summary names it.

    A waiver that few get must not look like the rule.
    """
    fees, summary = _fees(guide, frame), guide.summary.casefold()
    if not fees:
        return ""
    if fees[0].amount_vnd == 0 and _FREE.search(summary):
        return ""
    if all(fee.amount_vnd == 0 for fee in fees):
        return frame.texts.plain("card.free")
    if fees[0].amount_vnd is None:
        return "" if _PAID.search(summary) else frame.texts.plain("card.fee_see")
    if fees[0].amount_vnd and money(fees[0].amount_vnd) in summary:
        return ""
    if len(fees) == 1:
        return _amount(fees[0], frame)
    return frame.texts.plain("card.fee_line", what=fees[0].what, amount=_amount(fees[0], frame))


def _amount(fee: Fee, frame: Frame, note: str | None = None) -> str:
    """What it costs, with how long that holds and what else is to be said about it."""
    texts = frame.texts
    until = day(fee.until) if fee.until else ""
    if fee.amount_vnd is None:  # then the note says all there is
        text = _inside(fee.note) if fee.note else texts.plain("card.fee_unknown")
        return f"{text}. {texts.plain('card.fee_applies_until', date=until)}" if until else text
    if fee.amount_vnd == 0:
        text = texts.plain("card.free").lower()
    else:
        text = texts.plain("card.fee", amount=money(fee.amount_vnd))
    if until:
        text += f" ({texts.plain('card.fee_until', date=until)})"
    # A sentence of its own: notes begin with a capital and may be several sentences.
    return f"{text}. {note}" if note else text


def _inside(note: str) -> str:
    """A note behind a colon begins small, unless with a name: «VNeID», «Sở Tư pháp»."""
    first, _, rest = note.partition(" ")
    named = first[1:] != first[1:].lower() or rest[:1].isupper()
    return note if named else note[:1].lower() + note[1:]


def _documents(entry: Entry, _: CardBrief, frame: Frame) -> list[str]:
    return _list(frame, "documents", list(entry.guide.documents), "no_documents")


def _notes(entry: Entry, _: CardBrief, frame: Frame) -> list[str]:
    elsewhere = [
        frame.texts.plain("card.not_this", when=other.when.rstrip("."), guide=frame.short_title(other.guide))
        for other in entry.guide.not_this
    ]
    return _list(frame, "notes", [*entry.guide.warnings, *elsewhere], "no_notes")


def _cost(entry: Entry, _: CardBrief, frame: Frame) -> list[str]:
    guide, texts = entry.guide, frame.texts
    lines = [
        f"<b>{texts('card.cost')}</b>",
        *(
            "• " + texts("card.fee_line", what=fee.what, amount=_amount(fee, frame, fee.note))
            for fee in _fees(guide, frame)
        ),
    ]
    if not guide.fees and guide.kind == "procedure":
        lines.append("• " + texts("card.no_fee"))
    return [
        *lines,
        "• " + texts("card.time", time=guide.time),
        "• " + texts("card.result", result=guide.result),
        "",
        *_footer(guide, frame),
    ]


def _place(entry: Entry, brief: CardBrief, frame: Frame) -> list[str]:
    guide, texts = entry.guide, frame.texts
    lines = [f"<b>{texts('card.place')}</b>"]
    if guide.online.where:
        lines.append("• " + texts("card.online_at", places="; ".join(place.name for place in guide.online.where)))
    if guide.online.account:
        lines.append("• " + texts("card.account", account=guide.online.account))
    if guide.in_person:
        lines.append("• " + texts("card.in_person", place=guide.in_person))
    if brief.office:
        lines += office_lines(brief.office, frame)
    if guide.procedure_codes:
        lines.append("• " + texts("card.codes", codes=", ".join(guide.procedure_codes)))
    return lines


def _list(frame: Frame, title: str, items: list[str], none: str) -> list[str]:
    lines = [f"<b>{frame.texts(f'card.{title}')}</b>"]
    return lines + ([f"• {_safe(frame, item)}" for item in items] or [frame.texts(f"card.{none}")])


def _buttons(notice: GuideCard, entry: Entry, frame: Frame) -> Rows:
    guide, request = entry.guide, notice.request

    def section_button(key: str, section: Section) -> InlineKeyboardButton:
        if notice.section == section:
            return frame.button("back_to_card", press.OpenSection(request, entry.id, Section.MAIN))
        return frame.button(key, press.OpenSection(request, entry.id, section))

    person = press.CallPerson(request, entry.id)
    steps = press.StartSteps(request, entry.id, 1)
    rows: Rows = []
    if guide.urgent:
        rows += [[frame.button("person_urgent", person)], [frame.button("all_steps", steps)]]
    elif notice.resume_step > 1:
        at = min(notice.resume_step, len(guide.steps))
        rows.append(
            [frame.button("resume", press.StartSteps(request, entry.id, at), step=at), frame.button("steps", steps)]
        )
    else:
        rows.append([frame.button("steps", steps)])
    rows.append([section_button("documents", Section.DOCUMENTS), section_button("cost", Section.COST)])
    rows.append([section_button("notes", Section.NOTES), section_button("place", Section.PLACE)])
    if guide.online.where:
        rows.append([frame.link("open_site", guide.online.where[0].url)])
    if notice.section == Section.PLACE:
        rows += [[frame.link("open_site_named", place.url, name=place.name)] for place in guide.online.where[1:]]
    if notice.from_helper:
        return rows
    if notice.rated != "helped" and request:
        rows.append(
            [
                frame.button("helped", press.Rate(request, entry.id, True)),
                frame.button("not_helped", press.Rate(request, entry.id, False)),
            ]
        )
    if not guide.urgent:
        rows.append([frame.button("person", person)])
    return rows


def guide_choices(notice: GuideChoices, _: None, frame: Frame) -> Screen:
    """Which of these is meant?"""
    rows: Rows = [
        [frame.labelled(frame.title(guide), press.Choose(notice.request, guide))]
        for guide in notice.guides
        if frame.entry(guide)
    ]
    rows.append([frame.button("none_of_these", press.NoneOfThese(notice.request))])
    return Screen(frame.texts("ask.which"), rows)


def second_doubt(notice: SecondDoubt, _: None, frame: Frame) -> Screen:
    """A person, or a list; no third round."""
    rows: Rows = [[frame.button("person", press.CallPerson(notice.request, ""))]]
    if notice.sector in frame.catalogue.sectors:
        title = frame.catalogue.sectors[notice.sector]
        rows.append([frame.button("see_sector", press.OpenSector(notice.sector, 0), sector=title)])
    else:
        rows.append([frame.button("browse", press.Browse())])
    return Screen(frame.texts("ask.doubt"), rows)


def step_screen(notice: StepScreen, brief: CardBrief, frame: Frame) -> Screen:
    """One step."""
    entry = frame.entry(notice.guide)
    if entry is None:
        return Screen(frame.texts("guide.gone"), [[frame.button("browse", press.Browse())]])
    guide, texts, request = entry.guide, frame.texts, notice.request
    last = len(guide.steps)
    number = min(max(notice.step, 1), last)
    step = guide.steps[number - 1]
    title = texts("steps.title", step=number, steps=last, guide=guide.title)
    lines = [title, *_announcements(guide, brief, frame), "", _safe(frame, step.do)]
    if step.tip:
        lines += ["", texts("steps.tip", tip=step.tip)]
    if number == last:
        lines += ["", texts("steps.last")]
    moves = []
    if number > 1:
        moves.append(frame.button("back", press.GoToStep(request, entry.id, number - 1)))
    if number < last:
        moves.append(frame.button("next", press.GoToStep(request, entry.id, number + 1)))
    else:
        moves.append(frame.button("finished", press.LeaveSteps(request, entry.id, True)))
    rows: Rows = [moves, [frame.button("stuck", press.Stuck(request, entry.id, number))]]
    if step.if_stuck and frame.entry(step.if_stuck):
        rows.append([frame.button("fix", press.OpenGuide(step.if_stuck), guide=frame.short_title(step.if_stuck))])
    end = [frame.button("leave", press.LeaveSteps(request, entry.id, False))]
    if guide.online.where:
        end.insert(0, frame.link("open_site", guide.online.where[0].url))
    return Screen(fit(lines), [*rows, end])


def resume_offer(notice: ResumeOffer, _: None, frame: Frame) -> Screen:
    """Days later: go on?"""
    entry = frame.entry(notice.guide)
    steps = len(entry.guide.steps) if entry else notice.step
    text = frame.texts("steps.resume", guide=frame.title(notice.guide), step=min(notice.step, steps), steps=steps)
    rows = [
        [
            frame.button("do_resume", press.Resume(notice.guide)),
            frame.button("no_resume", press.NoResume(notice.guide)),
        ]
    ]
    return Screen(text, rows)


def stuck_question(notice: StuckQuestion, _: None, frame: Frame) -> Screen:
    """What exactly does not work?"""
    text = frame.texts("steps.stuck", step=notice.step, guide=frame.title(notice.guide))
    return Screen(text, [[frame.button("send_as_is", press.SendAsIs(notice.request, notice.guide, notice.step))]])


def _safe(frame: Frame, text: str) -> Markup:
    return frame.texts("card.plain", text=text)


VIEWS: Views = {
    GuideCard: guide_card,
    GuideChoices: guide_choices,
    ResumeOffer: resume_offer,
    SecondDoubt: second_doubt,
    StepScreen: step_screen,
    StuckQuestion: stuck_question,
}
