"""When people of the team are at work."""

from __future__ import annotations

from datetime import datetime, timedelta

from bot.config import Hours


def is_duty(hours: Hours, moment: datetime) -> bool:
    """Whether the moment falls into duty hours."""
    local = moment.astimezone(hours.zone).time()
    return any(span.start <= local < span.end for span in hours.duty)


def is_night(hours: Hours, moment: datetime) -> bool:
    """Whether nobody is to be woken now. The night may span midnight."""
    local = moment.astimezone(hours.zone).time()
    start, end = hours.night.start, hours.night.end
    return local >= start or local < end if start > end else start <= local < end


def next_duty(hours: Hours, moment: datetime) -> datetime:
    """When duty begins next; the moment itself while on duty."""
    if is_duty(hours, moment):
        return moment
    local = moment.astimezone(hours.zone)
    for day in range(2):
        date = local.date() + timedelta(days=day)
        for span in sorted(hours.duty, key=lambda s: s.start):
            start = datetime.combine(date, span.start, hours.zone)
            if start > local:
                return start.astimezone(moment.tzinfo)
    return moment  # duty around the clock never gets here


def next_waking(hours: Hours, moment: datetime) -> datetime:
    """The moment, or the end of the night it falls into."""
    if not is_night(hours, moment):
        return moment
    local = moment.astimezone(hours.zone)
    end = datetime.combine(local.date(), hours.night.end, hours.zone)
    return (end if end > local else end + timedelta(days=1)).astimezone(moment.tzinfo)
