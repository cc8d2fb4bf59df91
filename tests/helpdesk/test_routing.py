"""Where a ticket goes and why: a table over territories, sectors and who is on duty."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.helpdesk.routing import Need, Reason, Rung, Staffed, climb, route, rung_of
from bot.model.ids import TeamId
from bot.model.people import Team

COMMUNE, PROVINCE = "27673", "79"
DEFAULT, HAMLET_3, HAMLET_4, XA, LAND, TINH, OTHER_XA = (TeamId(n) for n in range(1, 8))
HOME = Need(COMMUNE, PROVINCE)


def team(number: TeamId, territory: str | None = None, hamlet: str = "", *sectors: str, closed: bool = False) -> Team:
    ended = datetime(2026, 1, 1, tzinfo=UTC) if closed else None
    name = f"Đội {number}"
    return Team(number, name, territory, None, hamlet, sectors, is_default=number == DEFAULT, closed_at=ended)


TEAMS = {
    DEFAULT: team(DEFAULT),
    HAMLET_3: team(HAMLET_3, COMMUNE, "ấp 3"),
    HAMLET_4: team(HAMLET_4, COMMUNE, "ấp Trần Hưng Đạo"),
    XA: team(XA, COMMUNE),
    LAND: team(LAND, COMMUNE, "", "dat-dai"),
    TINH: team(TINH, PROVINCE),
    OTHER_XA: team(OTHER_XA, "27676"),
}


def staffed(ready: dict[TeamId, int], *without: TeamId, waiting: dict[TeamId, int] | None = None) -> list[Staffed]:
    """All teams but some, each with two members, of whom so many are on duty."""
    return [
        Staffed(t, 2, ready.get(number, 0), (waiting or {}).get(number, 0))
        for number, t in TEAMS.items()
        if number not in without
    ]


ALL_ON = dict.fromkeys(TEAMS, 1)


@pytest.mark.parametrize(
    ("need", "teams", "goes_to", "rung", "silent"),
    [
        (HOME, staffed(ALL_ON), XA, Rung.COMMUNE, False),
        (Need(COMMUNE, PROVINCE, "dat-dai"), staffed(ALL_ON), LAND, Rung.COMMUNE, False),
        (Need(COMMUNE, PROVINCE, "ho-tich"), staffed(ALL_ON), XA, Rung.COMMUNE, False),
        (Need(COMMUNE, PROVINCE, "ho-tich"), staffed(ALL_ON, XA, HAMLET_3, HAMLET_4), TINH, Rung.PROVINCE, False),
        (Need(COMMUNE, PROVINCE, words="toi o ap 3 ạ"), staffed(ALL_ON), HAMLET_3, Rung.HAMLET, False),
        (Need(COMMUNE, PROVINCE, words="ấp Trần Hưng Đạo"), staffed(ALL_ON), HAMLET_4, Rung.HAMLET, False),
        (Need(COMMUNE, PROVINCE, words="ấp 31"), staffed(ALL_ON), XA, Rung.COMMUNE, False),
        (Need(COMMUNE, PROVINCE, words="ap 3"), staffed({**ALL_ON, HAMLET_3: 0}), XA, Rung.COMMUNE, False),
        # no team for the commune: one of its hamlets', the one with the shorter queue
        (HOME, staffed(ALL_ON, XA, LAND, waiting={HAMLET_3: 2}), HAMLET_4, Rung.COMMUNE, False),
        # a specialised team takes what nobody has named a matter for, where there is no other
        (HOME, staffed(ALL_ON, XA, HAMLET_3, HAMLET_4), LAND, Rung.COMMUNE, False),
        (HOME, staffed({TINH: 1, DEFAULT: 1}), TINH, Rung.PROVINCE, False),
        (HOME, staffed({DEFAULT: 1}), DEFAULT, Rung.EVERYWHERE, False),
        (HOME, staffed({}), XA, Rung.COMMUNE, True),
        (Need(COMMUNE, PROVINCE, words="ấp 3"), staffed({}), HAMLET_3, Rung.HAMLET, True),
        (Need(None, PROVINCE), staffed(ALL_ON), TINH, Rung.PROVINCE, False),
        (Need(None, "01"), staffed(ALL_ON), DEFAULT, Rung.EVERYWHERE, False),
        (Need(), staffed(ALL_ON), DEFAULT, Rung.EVERYWHERE, False),
        (Need(), staffed({}), DEFAULT, Rung.EVERYWHERE, True),
        (Need("27676", PROVINCE), staffed(ALL_ON), OTHER_XA, Rung.COMMUNE, False),
        (Need("00001", "02"), staffed(ALL_ON), DEFAULT, Rung.EVERYWHERE, False),
    ],
)
def test_where_a_ticket_goes(need: Need, teams: list[Staffed], goes_to: TeamId, rung: Rung, silent: bool) -> None:
    found = route(need, teams)
    assert (found.team, found.rung, found.silent) == (goes_to, rung, silent)


@pytest.mark.parametrize(
    ("need", "teams", "reasons"),
    [
        (HOME, staffed(ALL_ON), ["hamlet_unknown", "on_duty", "not_needed", "not_needed", "last"]),
        (HOME, staffed({TINH: 1}), ["hamlet_unknown", "nobody_on_duty", "on_duty", "not_needed", "last"]),
        (HOME, staffed({}), ["hamlet_unknown", "nobody_anywhere", "not_needed", "not_needed", "last"]),
        (Need(), staffed(ALL_ON), ["place_unknown", "place_unknown", "place_unknown", "on_duty", "last"]),
        (
            Need(COMMUNE, PROVINCE, "ho-tich"),
            staffed(ALL_ON, XA, HAMLET_3, HAMLET_4, TINH),
            ["no_team", "other_sector", "no_team", "on_duty", "last"],
        ),
    ],
)
def test_every_rung_has_its_reason(need: Need, teams: list[Staffed], reasons: list[str]) -> None:
    assert [step.reason for step in route(need, teams).steps] == reasons


def test_a_team_of_nobody_and_a_closed_one_are_passed_by() -> None:
    empty = [Staffed(TEAMS[XA], 0, 0), Staffed(TEAMS[DEFAULT], 0, 0)]
    found = route(HOME, empty)
    assert found.team == DEFAULT
    assert found.steps[1].reason == Reason.NO_MEMBERS
    closed = [Staffed(team(XA, COMMUNE, closed=True), 3, 3), Staffed(TEAMS[DEFAULT], 1, 1)]
    assert route(HOME, closed).team == DEFAULT


@pytest.mark.parametrize(
    ("now_at", "teams", "next_"),
    [
        (HAMLET_3, staffed(ALL_ON), (Rung.COMMUNE, XA)),
        (XA, staffed(ALL_ON), (Rung.PROVINCE, TINH)),
        (XA, staffed(ALL_ON, TINH), (Rung.EVERYWHERE, DEFAULT)),
        (TINH, staffed(ALL_ON), (Rung.EVERYWHERE, DEFAULT)),
        (DEFAULT, staffed(ALL_ON), (Rung.ADMINS, None)),
        (XA, staffed({}), (Rung.PROVINCE, TINH)),
        (OTHER_XA, staffed(ALL_ON), (Rung.PROVINCE, TINH)),
    ],
)
def test_an_unclaimed_ticket_climbs(now_at: TeamId, teams: list[Staffed], next_: tuple[Rung, TeamId | None]) -> None:
    step = climb(HOME, teams, now_at)
    assert (step.rung, step.team) == next_


@given(
    st.sampled_from([HOME, Need(), Need(None, PROVINCE), Need(COMMUNE, PROVINCE, "ho-tich", "ấp 3")]),
    st.lists(st.integers(0, 2), min_size=7, max_size=7),
    st.sets(st.sampled_from([t for t in TEAMS if t != DEFAULT])),
)
def test_whoever_is_there_a_ticket_arrives_and_climbs_to_the_top(
    need: Need, ready: list[int], without: set[TeamId]
) -> None:
    teams = staffed(dict(zip(TEAMS, ready, strict=True)), *without)
    found = route(need, teams)
    assert sum(s.reason in (Reason.ON_DUTY, Reason.NOBODY_ANYWHERE) for s in found.steps) == 1
    assert found.silent == (not any(t.ready for t in teams if t.team.id == found.team))
    at, seen = found.team, [found.team]
    while step := climb(need, teams, at):
        if step.team is None:
            break
        assert step.team not in seen
        assert list(Rung).index(rung_of(TEAMS[step.team])) > list(Rung).index(rung_of(TEAMS[at]))
        at = step.team
        seen.append(at)


@pytest.mark.parametrize("need", [Need(), Need("00001", "02", "ho-tich"), HOME], ids=["nowhere", "elsewhere", "here"])
def test_the_default_team_is_the_last_resort_whatever_it_was_given(need: Need) -> None:
    own = Team(DEFAULT, "Đội 1", COMMUNE, None, "", ("dat-dai",), is_default=True)
    found = route(need, [Staffed(own, 0, 0)])
    assert (found.team, found.silent) == (DEFAULT, True)
    assert climb(need, [Staffed(own, 0, 0)], DEFAULT).rung == Rung.ADMINS
