"""Where people can come in person: the office of the team nearest to where they live."""

from __future__ import annotations

from collections.abc import Sequence

from bot.guides.territories import Territories
from bot.helpdesk.desk import Desk
from bot.model.people import Office, Team
from bot.storage.work import Work


async def office_for(work: Work, desk: Desk, territory: str | None) -> Office:
    """The office to send somebody to who lives there; None: it is not known where."""
    found = nearest_office(await work.teams.all(), territory, desk.catalogue.territories)
    return found or Office(desk.config.helpdesk.address)


def nearest_office(teams: Sequence[Team], territory: str | None, territories: Territories) -> Office | None:
    """The office of a team of the place, of its province, of the whole country; never one of another commune."""
    province = territories.province(territory) if territory else None
    wanted = dict.fromkeys((territory, province.code if province else None, None))
    for code in wanted:
        # A team of the whole commune knows its service centre; one of a hamlet only a house of culture.
        here = sorted((t for t in teams if t.territory == code and t.office.address), key=lambda t: bool(t.hamlet))
        if here:
            return here[0].office
    return None
