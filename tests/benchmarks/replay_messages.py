"""Plays a file of messages to the bot, each from a citizen of its own, and counts what became of them.

Usage: python -m tests.benchmarks.replay_messages MESSAGES.jsonl [HOW_MANY]

Every line of the file is JSON with the words in ``q``. The bot runs as a process of its own against an embedded Bot API
server. Exit code 1 where anything failed, stayed unanswered, or is in none or several requests and tickets.
"""

from __future__ import annotations

import asyncio
import json
import sys
import tempfile
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from bot.playground import BotApiServer, Person, seed_world
from tests.processes import ROOT, Bot

_AT_ONCE = 20


async def replay(messages: Sequence[str], folder: Path) -> tuple[list[str], Counter[str]]:
    """What went wrong, by the numbers of the messages; and how the requests ended."""
    async with BotApiServer() as server:
        seed_world(server)
        bot = Bot(folder, server.url, ROOT / "knowledge", per_second="30")
        await bot.run()
        places = asyncio.Semaphore(_AT_ONCE)
        people = [server.person(f"Bác {number}", 50_000 + number) for number in range(len(messages))]
        unanswered = await asyncio.gather(*map(_say, people, messages, [places] * len(people)))
        await server.quiet()
        assert await bot.stop() == 0
        wrong = [f"message {number}: no answer" for number, missing in enumerate(unanswered, 1) if missing]
        wrong += [f"Telegram: {violation}" for violation in server.violations]
    wrong += [
        f"update {row}" for row in bot.rows("SELECT id, state, error FROM inbox WHERE state <> 'done' OR attempts > 1")
    ]
    wrong += [f"notice {row}" for row in bot.rows("SELECT id, kind, state, error FROM outbox WHERE state <> 'sent'")]
    if "Traceback" in bot.log or " error " in bot.log:
        wrong.append("the log speaks of errors")
    belongs = dict(
        bot.rows(
            "SELECT channel_id, (SELECT count(*) FROM requests WHERE person_id = people.id) + (SELECT count(*) FROM "
            "ticket_messages m JOIN tickets t ON m.ticket_id = t.id WHERE t.person_id = people.id) FROM people"
        )
    )
    wrong += [
        f"message {number}: in {count} requests and tickets"
        for number, person in enumerate(people, 1)
        if (count := belongs.get(str(person.id), 0)) != 1
    ]
    outcomes = Counter(
        {f"{outcome} ({reason})": count for outcome, reason, count in bot.rows(
            "SELECT json_extract(codes, '$.outcome'), json_extract(codes, '$.reason'), count(*) FROM events "
            "WHERE kind = 'asked' GROUP BY 1, 2")}
    )  # fmt: skip
    return wrong, outcomes


async def _say(person: Person, words: str, places: asyncio.Semaphore) -> bool:
    """Whether no answer came."""
    async with places:
        await person.say(words)
        try:
            await person.wait_for(lambda message: True, timeout=60)
        except TimeoutError:
            return True
    return False


def main(file: str, most: str = "500") -> int:
    """Run it; prints figures, never the words."""
    lines = Path(file).read_text(encoding="utf-8").splitlines()
    messages = [json.loads(line)["q"] for line in lines if line.strip()][: int(most)]
    with tempfile.TemporaryDirectory() as folder:
        wrong, outcomes = asyncio.run(replay(messages, Path(folder)))
    print(f"{len(messages)} messages, {len(wrong)} problems")
    for outcome, count in outcomes.most_common():
        print(f"  {count:5} {outcome}")
    for problem in wrong[:50]:
        print(problem)
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
