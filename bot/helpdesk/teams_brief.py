"""What notices about teams show, read at the moment they are sent."""

from __future__ import annotations

from bot.helpdesk.desk import Desk
from bot.helpdesk.scope import may_manage
from bot.helpdesk.teams import next_wider
from bot.model.briefs import Brief, MemberBrief, TeamBrief, TeamFileBrief, TeamItem, TeamListBrief, TeamsBrief
from bot.model.ids import MemberId, TeamId, TeamListId
from bot.model.notices import Notice
from bot.model.notices.teams import (
    InviteTeams,
    MemberScreen,
    MovePick,
    TeamFile,
    TeamList,
    TeamListReport,
    TeamMembers,
    TeamScreen,
)
from bot.model.people import Member, Team
from bot.model.states import Role
from bot.storage.work import Work

_A_PAGE = 8


async def teams_brief(work: Work, desk: Desk, notice: Notice) -> Brief:
    """What the notice shows; None where it is not about teams, or needs nothing."""
    if isinstance(notice, TeamList | MovePick | InviteTeams):
        return await _teams(work, desk, MemberId(notice.viewer), notice.page)
    if isinstance(notice, TeamScreen):
        return await _team(work, desk, TeamId(notice.team), MemberId(notice.viewer), None)
    if isinstance(notice, TeamMembers):
        return await _team(work, desk, TeamId(notice.team), MemberId(notice.viewer), notice.page)
    if isinstance(notice, MemberScreen):
        return await _member(work, desk, MemberId(notice.member), MemberId(notice.viewer))
    if isinstance(notice, TeamFile):
        return await _file(work, desk, notice)
    if isinstance(notice, TeamListReport):
        found = await work.team_lists.find(TeamListId(notice.number))
        assert found is not None
        return TeamListBrief(found.state, found.report)
    return None


async def _in_scope(work: Work, desk: Desk, viewer: Member) -> list[Team]:
    return [team for team in await work.teams.all() if may_manage(desk, viewer, team)]


async def _teams(work: Work, desk: Desk, viewer_id: MemberId, page: int) -> TeamsBrief:
    viewer = await work.members.get(viewer_id)
    teams, counts = await _in_scope(work, desk, viewer), await work.teams.counts()
    pages = max(1, -(-len(teams) // _A_PAGE))
    page = min(page, pages - 1)
    items = [TeamItem(team, *counts.get(team.id, (0, 0))) for team in teams[page * _A_PAGE : (page + 1) * _A_PAGE]]
    return TeamsBrief(tuple(items), page, pages)


async def _team(work: Work, desk: Desk, team_id: TeamId, viewer_id: MemberId, page: int | None) -> TeamBrief:
    team, viewer = await work.teams.get(team_id), await work.members.get(viewer_id)
    members = sorted(await work.members.all_of_team(team.id), key=lambda m: (-list(Role).index(m.role), m.id))
    pages = max(1, -(-len(members) // _A_PAGE))
    at = min(page or 0, pages - 1)
    shown = members if page is None else members[at * _A_PAGE : (at + 1) * _A_PAGE]
    _, tickets = (await work.teams.counts()).get(team.id, (0, 0))
    await work.teams.default(desk.config.helpdesk.default_team)
    heir = "" if team.is_default else next_wider(team, await work.teams.all(), desk.catalogue.territories).name
    return TeamBrief(
        team,
        tuple(shown),
        len(members),
        tickets,
        may_manage(desk, viewer, team),
        heir,
        work.today,
        at,
        pages,
    )


async def _member(work: Work, desk: Desk, member_id: MemberId, viewer_id: MemberId) -> MemberBrief:
    member, viewer = await work.members.get(member_id), await work.members.get(viewer_id)
    team = await work.teams.get(member.team)
    return MemberBrief(
        member,
        team,
        len(await work.tickets.held_by(member.id)),
        tuple(role for role in Role if viewer.may(role) and role != member.role),
        viewer.id == member.id,
        may_manage(desk, viewer, team),
        work.today,
    )


async def _file(work: Work, desk: Desk, notice: TeamFile) -> TeamFileBrief:
    viewer = await work.members.get(MemberId(notice.viewer))
    teams = [team for team in await _in_scope(work, desk, viewer) if not notice.teams or team.id in notice.teams]
    now = work.clock.now()
    return TeamFileBrief(
        tuple(
            [
                (
                    team,
                    tuple(await work.members.all_of_team(team.id)),
                    tuple([i for i in await work.invites.named(team.id) if i.expires_at > now]),
                )
                for team in teams
            ]
        ),
        now,
    )
