"""Two hundred messages in every shape: each is answered, none fails, each stands in exactly one request or ticket."""

from __future__ import annotations

from typing import Any

import yaml

from bot.playground import Person
from tests.e2e.house import ROOT, House

Kept = tuple[int, int, Any]
CITIZENS: dict[str, dict[str, Any]] = yaml.safe_load((ROOT / "tests/e2e/messages.yaml").read_text())


def test_there_are_two_hundred() -> None:
    assert sum(len(citizen["says"]) for citizen in CITIZENS.values()) >= 200


async def test_every_message_is_answered_and_kept_once(desk: House) -> None:
    """All citizens write at once, line after line, as on a busy evening."""
    people = {name: desk.newcomer(name) for name in CITIZENS}
    for name, citizen in CITIZENS.items():
        if citizen["agreed"]:
            await desk.agreed(people[name])
    for line in range(max(len(citizen["says"]) for citizen in CITIZENS.values())):
        await desk.quiet()
        desk.clock.tick(10)  # beyond a burst
        now = [(people[n], c["says"][line]) for n, c in CITIZENS.items() if line < len(c["says"])]
        before = [await kept(desk, person) for person, _ in now]
        sent = [await send(person, said) for person, said in now]
        for person, _ in now:
            await person.wait_for(lambda message: bool(message.text), timeout=30)
        await desk.quiet()
        for (person, said), then, count in zip(now, before, sent, strict=True):
            if not str(said).startswith("/"):
                assert_kept_once(then, await kept(desk, person), count, f"{person.name}: {said!r}")


def assert_kept_once(before: Kept, after: Kept, count: int, what: str) -> None:
    """Either one request is new or written to once more, or the ticket has as many messages more."""
    requests, words = after[0] - before[0], after[1] - before[1]
    touched = requests == 0 and after[2] != before[2]
    assert (requests + touched, words) in ((1, 0), (0, count)), f"{what}: {requests}, {touched}, {words}"


async def send(person: Person, said: Any) -> int:
    """Send it; how many messages it is."""
    if isinstance(said, str):
        await person.say(said)
        return 1
    [(kind, words)] = said.items()
    if kind == "album":
        await person.send_album(words)
        return int(words)
    if kind == "forward":
        await person.forward_from("Người lạ", words)
    elif kind in ("photo", "document", "video"):
        await getattr(person, f"send_{kind}")(caption=words)
    else:
        await getattr(person, f"send_{kind}")()
    return 1


async def kept(desk: House, person: Person) -> Kept:
    """How many requests and ticket messages of the person are kept, and when the last request was written to."""
    query = """
        SELECT (SELECT count(*) FROM requests r WHERE r.person_id = p.id),
               (SELECT count(*) FROM ticket_messages m JOIN tickets t ON t.id = m.ticket_id
                WHERE t.person_id = p.id AND m.side = 'citizen'),
               (SELECT max(r.last_message_at) FROM requests r WHERE r.person_id = p.id)
        FROM people p WHERE p.channel_id = :id
    """
    rows = await desk.rows(query, id=str(person.id))
    return tuple(rows[0]) if rows else (0, 0, None)
