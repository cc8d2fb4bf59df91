"""What a member has at hand while replying, and what he writes down; and the question about a citizen's number."""

from __future__ import annotations

from datetime import date

from bot.channels.telegram.keyboards import Rows, members, replying
from bot.channels.telegram.views.frame import Frame, Screen, Views, clock, day, fit, shorten
from bot.helpdesk import assist
from bot.helpdesk.proposals import READY, SIMILAR
from bot.helpdesk.resolve import SEND
from bot.model.briefs import AssistBrief, NotesBrief, PanelBrief, ProposalBrief, ReadyBrief, SimilarBrief
from bot.model.notices.replying import (
    AssistScreen,
    NoteList,
    PhoneOffer,
    ProposalLook,
    ReadyCategories,
    ReadyList,
    ReadyNew,
    SimilarList,
)
from bot.model.replying import CATEGORIES
from bot.model.states import Help

_NOTE_ON_PANEL = 100
_GUIDE_BUTTON = 34
_MOST_NOTES = 8


def panel_lines(brief: PanelBrief, frame: Frame) -> list[str]:
    """What the panel says beside the question."""
    texts = frame.texts
    lines: list[str] = []
    if brief.ticket.phone:
        lines.append(texts("work.phone", phone=brief.ticket.phone))
    if brief.notes:
        lines.append(texts("work.latest_note", count=brief.notes, note=shorten(brief.latest_note, _NOTE_ON_PANEL)))
    if brief.failures:
        why = texts.plain(f"work.failed_{brief.failures[-1].state}")
        lines.append(texts("work.failed", count=len(brief.failures), why=why))
    return lines


def panel_rows(brief: PanelBrief, frame: Frame) -> Rows:
    """What the panel proposes: the best guide by one press, everything else behind a button."""
    number = brief.ticket.id
    more = [frame.button("ticket_notes", replying.ShowNotes(number))]
    if brief.similar:
        more.insert(0, frame.button("similar", replying.ShowSimilar(number)))
    rows: Rows = [[frame.button("ready", replying.OpenReady(number)), *more]]
    if brief.best:
        title = shorten(frame.short_title(brief.best), _GUIDE_BUTTON)
        rows.insert(0, [frame.button("send_best", members.GuidePicked(number, SEND, brief.best), guide=title)])
    return rows


def phone_offer(notice: PhoneOffer, _: None, frame: Frame) -> Screen:
    """May the helper see the number?"""
    rows: Rows = [
        [
            frame.button("phone_yes", replying.SharePhone(notice.ticket, True)),
            frame.button("phone_no", replying.SharePhone(notice.ticket, False)),
        ]
    ]
    return Screen(frame.texts("phone.ask", ticket=notice.ticket, shown=notice.shown[:40]), rows)


def note_list(notice: NoteList, brief: NotesBrief, frame: Frame) -> Screen:
    """What colleagues wrote."""
    texts, add = frame.texts, [frame.button("add_note", replying.AddNote(notice.ticket))]
    if not brief.notes:
        return Screen(texts("notes.none", ticket=notice.ticket), [add])
    lines: list[str] = [texts("notes.title", ticket=notice.ticket)]
    for note, name in reversed(brief.notes[-_MOST_NOTES:]):  # the newest first: a long list is cut at its end
        when = f"{clock(note.written_at, frame.zone)} {day(note.written_at, frame.zone)}"
        lines.append(texts("notes.line", name=name or "?", when=when, note=note.text))
    return Screen(fit(lines), [add])


def similar_list(notice: SimilarList, brief: SimilarBrief, frame: Frame) -> Screen:
    """What answered tickets like this one."""
    texts, ticket = frame.texts, notice.ticket
    if not brief.similar:
        return Screen(texts("similar.none"))
    lines: list[str] = [texts("similar.title", ticket=ticket)]
    rows: Rows = []
    for number, item in enumerate(brief.similar, 1):
        what = frame.title(item.guide) or texts.plain("requests.unnamed")
        lines.append(texts("similar.line", number=number, guide=what))
        row = []
        if item.guide:
            row.append(frame.button("similar_guide", members.GuidePicked(ticket, SEND, item.guide), number=number))
        if item.reply:
            row.append(frame.button("similar_reply", replying.Look(ticket, SIMILAR, item.ticket), number=number))
        rows.append(row)
    return Screen(fit(lines), rows)


def ready_categories(notice: ReadyCategories, brief: ReadyBrief, frame: Frame) -> Screen:
    """The kinds, each with how many there are."""
    texts = frame.texts
    counts = {kind: sum(reply.category == kind for reply in brief.replies) for kind in CATEGORIES}
    buttons = [
        frame.labelled(
            f"{texts.plain(f'ready.category.{kind}')} ({count})", replying.OpenReadyKind(notice.ticket, kind)
        )
        for kind, count in counts.items()
        if count
    ]
    rows: Rows = [buttons[at : at + 2] for at in range(0, len(buttons), 2)]
    text = texts("ready.title", ticket=notice.ticket) if notice.ticket else texts("ready.title_no_ticket")
    return Screen(text, [*rows, [frame.button("new_ready", replying.NewReady())]])


def ready_list(notice: ReadyList, brief: ReadyBrief, frame: Frame) -> Screen:
    """The replies of a kind."""
    rows: Rows = [
        [frame.labelled(reply.title, replying.Look(notice.ticket, READY, reply.id))] for reply in brief.replies[:40]
    ]
    back = frame.button("ready_kinds", replying.OpenReadyKind(notice.ticket, ""))
    return Screen(frame.texts("ready.kind", kind=_kind(notice.category, frame)), [*rows, [back]])


def ready_new(_: ReadyNew, __: None, frame: Frame) -> Screen:
    """Of which kind?"""
    buttons = [frame.labelled(_kind(kind, frame), replying.NewReadyIn(kind)) for kind in CATEGORIES]
    return Screen(frame.texts("ready.which_kind"), [buttons[at : at + 2] for at in range(0, len(buttons), 2)])


def _kind(category: str, frame: Frame) -> str:
    key = f"ready.category.{category}"
    return frame.texts.plain(key) if key in frame.texts else category


def proposal_look(notice: ProposalLook, brief: ProposalBrief, frame: Frame) -> Screen:
    """The words as the citizen would read them."""
    texts, words = frame.texts, brief.proposal
    if words is None:
        return Screen(texts("ready.gone"))
    text = words.text[:1500] or "…"
    if notice.stage == "copy":
        return Screen(texts("card.plain", text=text))
    if notice.stage == "sent":
        return Screen(texts("ready.sent", ticket=notice.ticket, text=text))
    looked = texts("ready.look", title=words.title[:80], text=text)
    if notice.source == SIMILAR:
        looked = texts("similar.look", text=text)
    lines: list[str] = [looked]
    if words.missing and notice.ticket:
        lines.append(texts("ready.missing", names=", ".join(words.missing)))
    target = (notice.ticket, notice.source, notice.number)
    rows: Rows = []
    if notice.ticket and brief.held:
        change = frame.button("change_first", replying.ChangeFirst(*target))
        send = frame.button("send_ready", replying.SendProposal(*target, brief.digest))
        rows.append([change] if words.missing else [send, change])
    keep = []
    if brief.may_change:
        keep.append(frame.button("reword_ready", replying.RewordReady(notice.number)))
    if brief.may_remove:
        keep.append(frame.button("remove_ready", replying.RemoveReady(notice.number)))
    return Screen("\n".join(lines), [*rows, keep])


def assist_screen(_: AssistScreen, brief: AssistBrief, frame: Frame) -> Screen:
    """What was told so far, and what is asked next."""
    texts = frame.texts
    if not brief.step:
        return Screen(texts("assist.over"))
    lines: list[str] = [texts("assist.title"), *_told(brief, frame)]
    lines.append(texts(f"assist.ask_{brief.step}"))
    drop = frame.button("assist_drop", replying.Assist(assist.DROP, ""))
    return Screen(fit(lines), [*_choices(brief, frame), [drop]])


def _told(brief: AssistBrief, frame: Frame) -> list[str]:
    texts = frame.texts
    lines: list[str] = []
    if brief.step not in (assist.CONSENT, assist.PLACE):
        lines.append(texts("assist.place", place=frame.place(brief.place)))
    if brief.question:
        lines.append(texts("assist.question", question=shorten(brief.question, 200)))
    if brief.guide:
        lines.append(texts("assist.guide", guide=frame.title(brief.guide)))
    if brief.outcome:
        lines.append(texts("assist.outcome", outcome=texts.plain(f"assist.help.{brief.outcome}")))
    if brief.on:
        lines.append(texts("assist.on", day=day(date.fromisoformat(brief.on))))
    return lines


def _choices(brief: AssistBrief, frame: Frame) -> Rows:
    def answer(key: str, value: str) -> Rows:
        return [[frame.button(f"assist_{key}", replying.Assist(brief.step, value))]]

    if brief.step == assist.CONSENT:
        return answer("consent", "yes")
    if brief.step == assist.PLACE:
        places = brief.places or ((brief.home,) if brief.home else ())
        rows: Rows = [[frame.labelled(frame.place(code), replying.Assist(assist.PLACE, code))] for code in places]
        return [*rows, *answer("no_place", "")]
    if brief.step == assist.GUIDE:
        rows = [[frame.labelled(frame.title(g), replying.Assist(assist.GUIDE, g))] for g in brief.guides]
        return [*rows, *answer("no_guide", "")]
    if brief.step == assist.OUTCOME:
        return [
            [frame.labelled(frame.texts.plain(f"assist.help.{help_}"), replying.Assist(assist.OUTCOME, help_))]
            for help_ in Help
        ]
    if brief.step == assist.DAY:
        return [[*answer("today", "0")[0], *answer("yesterday", "1")[0]]]
    if brief.step == assist.LAST:
        return [[frame.button("assist_keep", replying.Assist(assist.KEEP, ""))]]
    return []


VIEWS: Views = {
    AssistScreen: assist_screen,
    NoteList: note_list,
    PhoneOffer: phone_offer,
    ProposalLook: proposal_look,
    ReadyCategories: ready_categories,
    ReadyList: ready_list,
    ReadyNew: ready_new,
    SimilarList: similar_list,
}
