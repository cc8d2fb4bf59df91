"""Who takes over from a team, whose office is the nearest, how far rights reach."""

from __future__ import annotations

from types import SimpleNamespace
from typing import cast

import pytest

from bot.guides.territories import Territories
from bot.helpdesk.desk import Desk
from bot.helpdesk.offices import nearest_office
from bot.helpdesk.scope import may_change, may_lead, may_manage, reaches
from bot.helpdesk.teams import next_wider
from bot.model.ids import MemberId, PersonId, TeamId
from bot.model.people import Member, Office, Team
from bot.model.states import Role
from tests.e2e.house import ROOT

COMMUNE, NEIGHBOUR, PROVINCE, OTHER = "27673", "27664", "79", "04"


@pytest.fixture(scope="module")
def territories() -> Territories:
    return Territories.load(ROOT / "knowledge" / "_territories.yaml")


def team(number: int, territory: str | None, hamlet: str = "", address: str = "") -> Team:
    office = Office(address)
    return Team(TeamId(number), f"Tổ {number}", territory, None, hamlet, (), None, office, is_default=number == 0)


TEAMS = [
    team(0, None, address="mọi nơi"),
    team(1, COMMUNE, "ấp 3", "ấp 3"),
    team(2, COMMUNE, "ấp 5"),
    team(3, COMMUNE, address="xã"),
    team(4, PROVINCE, address="tỉnh"),
    team(5, NEIGHBOUR),
]


@pytest.mark.parametrize(
    ("closed", "without", "heir"),
    [(1, (), 3), (1, (3,), 4), (1, (3, 4), 0), (3, (), 4), (5, (), 4), (4, (), 0)],
)
def test_the_next_wider_team_takes_over(
    territories: Territories, closed: int, without: tuple[int, ...], heir: int
) -> None:
    teams = [t for t in TEAMS if t.id not in without]
    assert next_wider(TEAMS[closed], teams, territories).id == heir


@pytest.mark.parametrize(
    ("lives_in", "without", "office"),
    [
        (COMMUNE, (), "xã"),
        (COMMUNE, (3,), "ấp 3"),
        (NEIGHBOUR, (), "tỉnh"),
        (PROVINCE, (), "tỉnh"),
        (OTHER, (), "mọi nơi"),
        (None, (), "mọi nơi"),
        (OTHER, (0,), None),
    ],
)
def test_the_nearest_office_is_never_another_communes(
    territories: Territories, lives_in: str | None, without: tuple[int, ...], office: str | None
) -> None:
    found = nearest_office([t for t in TEAMS if t.id not in without], lives_in, territories)
    assert (found.address if found else None) == office


def member(role: Role, scope: str = "all", team: int = 1, number: int = 1) -> Member:
    return Member(MemberId(number), PersonId(number), TeamId(team), role, scope, "Lan", True, None)


def test_rights_reach_as_far_as_their_territory(territories: Territories) -> None:
    desk = cast(Desk, SimpleNamespace(catalogue=SimpleNamespace(territories=territories)))
    reached = {
        scope: [place for place in (None, PROVINCE, COMMUNE, NEIGHBOUR, OTHER) if reaches(desk, m, place)]
        for scope in ("all", PROVINCE, COMMUNE)
        for m in [member(Role.ADMIN, scope)]
    }
    assert reached == {
        "all": [None, PROVINCE, COMMUNE, NEIGHBOUR, OTHER],
        PROVINCE: [PROVINCE, COMMUNE, NEIGHBOUR],
        COMMUNE: [COMMUNE],
    }
    leader, volunteer = member(Role.LEADER), member(Role.VOLUNTEER)
    assert [t.id for t in TEAMS if may_lead(desk, leader, t)] == [1]
    assert not any(may_manage(desk, leader, t) for t in TEAMS)
    assert not any(may_lead(desk, volunteer, t) for t in TEAMS)
    assert [t.id for t in TEAMS if may_manage(desk, member(Role.ADMIN, COMMUNE), t)] == [1, 2, 3]


def test_nobody_changes_who_stands_above_him(territories: Territories) -> None:
    desk = cast(Desk, SimpleNamespace(catalogue=SimpleNamespace(territories=territories)))
    everywhere, communes = member(Role.ADMIN), member(Role.ADMIN, COMMUNE)
    leader, volunteer = member(Role.LEADER), member(Role.VOLUNTEER)
    assert may_change(desk, leader, volunteer)
    assert may_change(desk, leader, leader)
    assert may_change(desk, everywhere, communes)
    assert not may_change(desk, communes, everywhere)
    assert not may_change(desk, leader, communes)
