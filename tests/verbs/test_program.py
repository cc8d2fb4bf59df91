"""The program as a process: what it prints, how it ends."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import sqlite3
import subprocess
import sys
from collections.abc import AsyncIterator
from pathlib import Path

import aiohttp
import pytest

from bot.playground import BotApiServer, Fault, SeededWorld, seed_world
from tests.processes import READY, ROOT, Bot, Program, free_port, small_knowledge, write_config

pytestmark = pytest.mark.timeout(300)  # a process needs seconds to start, many more on a busy machine


@pytest.fixture(scope="session")
def knowledge(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return small_knowledge(tmp_path_factory.mktemp("knowledge"))


@pytest.fixture
def program(tmp_path: Path, knowledge: Path) -> Program:
    """Nothing set but a handbook, and no token."""
    write_config(tmp_path)
    return Program(tmp_path, {"HELPDESK_KNOWLEDGE": str(knowledge), "HELPDESK_WEB": f"127.0.0.1:{free_port()}"})


@pytest.fixture
async def server() -> AsyncIterator[BotApiServer]:
    async with BotApiServer() as server:
        yield server


@pytest.fixture
async def people(server: BotApiServer) -> SeededWorld:
    return seed_world(server)


@pytest.fixture
async def bot(tmp_path: Path, server: BotApiServer, knowledge: Path) -> AsyncIterator[Bot]:
    bot = Bot(tmp_path, server.url, knowledge)
    yield bot
    if bot.alive:
        await bot.kill()


async def test_stops_when_told_and_lets_nobody_else_in(
    server: BotApiServer, people: SeededWorld, bot: Bot, tmp_path: Path
):
    await bot.run()
    second = Bot(tmp_path, server.url, Path(bot.environment["HELPDESK_KNOWLEDGE"]))
    code, _, errors = await second.call("run")
    assert code == 3 and "đang dùng cơ sở dữ liệu" in errors and "Traceback" not in errors
    code, _, errors = await second.call("database", "downgrade", "base")
    assert code == 3 and "đang dùng cơ sở dữ liệu" in errors

    held = server.faults.add(Fault("hold_before", "sendMessage"))
    await people.citizen.start()
    await server.faults.wait_hit(held)
    os.kill(bot.pid, signal.SIGTERM)
    async with aiohttp.ClientSession() as session:
        while True:  # it still answers while it finishes; then its door closes
            held.release()
            try:
                await session.get(f"http://127.0.0.1:{bot.port}/healthz")
            except aiohttp.ClientError:
                break
            await asyncio.sleep(0.01)
    assert await bot.ended() == 0
    assert len([m for m in people.citizen.messages() if m.by_bot]) == 1
    assert bot.rows("SELECT state FROM outbox") == [("sent",)]
    assert "Traceback" not in bot.log and "error" not in bot.log.lower()


@pytest.mark.parametrize(("verb", "code"), [("run", 0), ("guides", -signal.SIGTERM)])
def test_told_to_end_while_it_is_still_being_loaded(verb: str, code: int):
    loading = f"""
import os, signal, sys, types
verbs = sys.modules["bot.verbs"] = types.ModuleType("bot.verbs")
verbs.main = lambda: os.kill(os.getpid(), signal.SIGTERM)
sys.argv[1:] = ["{verb}"]
from bot.__main__ import main
main()
sys.exit(5)
"""
    assert subprocess.run([sys.executable, "-c", loading], check=False).returncode == code


async def test_a_database_out_of_reach(program: Program):
    program.environment["TELEGRAM_BOT_TOKEN"] = "123456:ABC"
    program.environment["HELPDESK_DATABASE_URL"] = f"postgresql+psycopg://a:secret@127.0.0.1:{free_port()}/b"
    code, _, errors = await program.call("run")
    assert code == 2
    assert "HELPDESK_DATABASE_URL" in errors
    assert "Traceback" not in errors
    assert "secret" not in errors


async def test_stops_while_telegram_is_out_of_reach(bot: Bot):
    bot.environment["HELPDESK_TELEGRAM_API"] = f"http://127.0.0.1:{free_port()}"
    await bot.start("run")
    async with aiohttp.ClientSession() as session, asyncio.timeout(60):
        while True:
            try:
                answer = await session.get(f"http://127.0.0.1:{bot.port}/readyz")
                break
            except aiohttp.ClientError:
                await asyncio.sleep(0.05)
        assert answer.status == 503 and await answer.json() == {"migrated": True, "guides": True, "bot": False}
    assert await bot.stop() == 0


async def test_a_wrong_token_is_told(server: BotApiServer, people: SeededWorld, bot: Bot):
    bot.environment["TELEGRAM_BOT_TOKEN"] = "7000000001:AAE_no_bot_has_this_one"
    code, _, errors = await bot.call("run")
    assert code == 2 and "BotFather" in errors and "Traceback" not in errors
    assert "AAE_no_bot_has_this_one" not in errors and "Unclosed" not in errors


async def test_all_mistakes_of_the_configuration_are_told_at_once(program: Program):
    config = program.folder / "config.yaml"
    text = config.read_text(encoding="utf-8").replace("per_chat_burst: 10", "per_chat_burst: nhieu")
    text = text.replace("burst_words: 8", "burst_word: 8").replace("level: info", "level: loud")
    config.write_text(text, encoding="utf-8")
    program.environment |= {"HELPDESK_ADMINS": "lan", "TELEGRAM_BOT_TOKEN": "khong-phai"}
    code, output, errors = await program.call("run")
    assert (code, output) == (2, "")
    places = dict(enumerate(text.splitlines(), 1))
    told = [line for line in errors.splitlines() if line.startswith("config.yaml:")]
    lines = {places[int(line.split(":")[1])].strip() for line in told}
    assert {"per_chat_burst: nhieu", "burst_word: 8", "level: loud"} <= lines, errors
    assert "HELPDESK_ADMINS: " in errors and "TELEGRAM_BOT_TOKEN: " in errors and "Traceback" not in errors
    assert "khong-phai" not in errors


async def test_real_refuses_without_a_token(program: Program):
    code, output, errors = await program.call("run", "--real")
    assert (code, output) == (2, "") and "TELEGRAM_BOT_TOKEN" in errors and "README" in errors


async def test_the_playground_opens_without_a_token(program: Program):
    port = free_port()
    await program.start("run", "--playground", f"127.0.0.1:{port}")
    await program.says("đang chạy thử")
    assert f"http://127.0.0.1:{port}" in "".join(program.output)
    async with aiohttp.ClientSession() as session:
        page = await session.get(f"http://127.0.0.1:{port}/")
        assert page.status == 200
        body = {"user": 1001, "text": "xin chào"}
        await session.post(f"http://127.0.0.1:{port}/sim/say", json=body)
        answer = await session.post(f"http://127.0.0.1:{port}/sim/wait_for", json={"user": 1001, "text": "cô bác"})
        assert answer.status == 200, await answer.text()
    another = Program(program.folder, program.environment | {"HELPDESK_WEB": f"127.0.0.1:{free_port()}"})
    code, _, errors = await another.call("run", "--playground", f"127.0.0.1:{free_port()}")
    assert code == 3 and "playground.db" in errors and "Traceback" not in errors, errors
    assert await program.stop() == 0
    assert (program.folder / "data" / "playground.db").exists()
    assert not (program.folder / "data" / "helpdesk.db").exists()
    assert "Traceback" not in program.log
    code, _, errors = await program.call("run", "--playground", "8080")
    assert code == 2 and "Traceback" not in errors, errors


async def test_a_taken_playground_port_is_told(program: Program, server: BotApiServer):
    port = server.url.rpartition(":")[2]
    code, _, errors = await program.call("run", "--playground", f"127.0.0.1:{port}")
    assert code == 2 and port in errors and "Traceback" not in errors, errors


async def test_a_taken_web_port_is_told(bot: Bot, server: BotApiServer, people: SeededWorld):
    bot.environment["HELPDESK_WEB"] = server.url.removeprefix("http://")
    code, _, errors = await bot.call("run")
    assert code == 2 and "HELPDESK_WEB" in errors and "Traceback" not in errors


async def test_ask_answers_in_json(program: Program):
    code, output, errors = await program.call("ask", "mất căn cước làm lại ở đâu", "--json")
    assert (code, errors) == (0, "")
    answer = json.loads(output)
    assert list(answer) == ["outcome", "guide", "candidates", "shown", "urgent", "explanation", "ms"]
    assert answer["outcome"] in ("answer", "choices", "none")
    assert (answer["guide"] is not None) == (answer["outcome"] == "answer")
    assert len(answer["shown"]) in {"answer": (1,), "choices": (1, 2, 3, 4), "none": (0,)}[answer["outcome"]]
    assert 1 <= len(answer["candidates"]) <= 5
    assert all(list(c) == ["guide", "confidence"] and 0 <= c["confidence"] <= 1 for c in answer["candidates"])
    confidences = [c["confidence"] for c in answer["candidates"]]
    assert confidences == sorted(confidences, reverse=True)
    assert answer["candidates"][0]["guide"] == "can-cuoc-cap-lai"
    assert answer["urgent"] is False and isinstance(answer["explanation"], dict) and answer["ms"] > 0
    assert not (program.folder / "data").exists(), "asking needs no database"


async def test_databases_are_kept_and_put_back(program: Program):
    file = program.folder / "data" / "helpdesk.db"
    assert (await program.call("database", "upgrade"))[0] == 0
    code, _, errors = await program.call("doctor")
    assert code == 0 and errors == ""
    doctor = "".join(program.output)
    assert (
        "✓ Cơ sở dữ liệu đúng bản" in doctor and "✓ Sổ tay: 12 bài" in doctor and "Chưa có TELEGRAM_BOT_TOKEN" in doctor
    )
    with sqlite3.connect(file) as connection:
        connection.execute("INSERT INTO settings VALUES ('mark', '{}', '2026-11-22 02:00:00')")
    kept, figures = program.folder / "kept.db", program.folder / "figures"
    assert (await program.call("database", "backup", str(kept)))[0] == 0
    code, _, errors = await program.call("database", "backup", str(kept))
    assert code == 2 and "Traceback" not in errors
    assert (await program.call("database", "downgrade", "base"))[0] == 0
    with sqlite3.connect(file) as connection:
        assert connection.execute("SELECT count(*) FROM sqlite_master WHERE name = 'settings'").fetchone() == (0,)
    assert (await program.call("database", "restore", str(kept)))[0] == 0
    with sqlite3.connect(file) as connection:
        assert connection.execute("SELECT count(*) FROM settings WHERE key = 'mark'").fetchone() == (1,)
    assert (await program.call("database", "export", str(figures)))[0] == 0
    assert (figures / "events.csv").exists()
    code, _, errors = await program.call("database", "upgrade", "no-such-revision")
    assert code == 2 and "Traceback" not in errors, errors


async def test_the_doctor_finds_what_is_wrong(bot: Bot, server: BotApiServer, people: SeededWorld, tmp_path: Path):
    code, output, _ = await bot.call("doctor")
    assert code == 0 and "✓ Telegram: @" in output and "Chưa có cơ sở dữ liệu" in output
    assert not bot.database.exists()
    broken = small_knowledge(tmp_path / "broken")
    guide = broken / "dinh-danh" / "can-cuoc-cap-lai.yaml"
    guide.write_text(guide.read_text(encoding="utf-8").replace("title:", "tilte:", 1), encoding="utf-8")
    bot.environment |= {"HELPDESK_KNOWLEDGE": str(broken), "TELEGRAM_BOT_TOKEN": "7000000001:AAE_no_such"}
    code, output, errors = await bot.call("doctor")
    assert code == 1 and "can-cuoc-cap-lai.yaml:" in output and "✗" in output and errors == ""
    code, _, errors = await bot.call("run")
    assert code == 2 and "can-cuoc-cap-lai.yaml:" in errors and "Traceback" not in errors


async def test_help_and_nonsense(program: Program):
    code, output, _ = await program.call("--help")
    assert code == 0 and all(verb in output for verb in ("run", "ask", "guides", "database", "doctor"))
    code, output, errors = await program.call("bay")
    assert code == 2 and "Traceback" not in errors


def test_the_example_names_every_variable():
    example = (ROOT / ".env.example").read_text(encoding="utf-8")
    from bot.config import Environment

    names = [str(field.validation_alias) for field in Environment.model_fields.values()]
    assert names and all(f"\n{name}=" in example for name in names)
    assert READY in (ROOT / "bot" / "verbs" / "run.py").read_text(encoding="utf-8")
