"""The verbs as somebody types them, in a folder of their own."""

from __future__ import annotations

import asyncio
import json
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from bot.clock import SystemClock
from bot.errors import ContentError, UsageError
from bot.guides import schema
from bot.model.states import Role
from bot.model.versions import ChangeKind, VersionState
from bot.storage.database import Database
from bot.verbs.guides import app
from tests.guides.making import SECTOR, as_yaml, guide, knowledge

Run = Callable[..., Result]


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = knowledge(tmp_path, the_moi=guide())
    (folder / schema.FILE).write_text(schema.as_text(), encoding="utf-8")
    shutil.copy("config.yaml", tmp_path / "config.yaml")
    for name in ("TELEGRAM_BOT_TOKEN", "HELPDESK_KNOWLEDGE", "HELPDESK_DATABASE_URL", "HELPDESK_ADMINS"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def run(place: Path) -> Run:
    return lambda *words: CliRunner().invoke(app, words)


def test_check_is_content(run: Run) -> None:
    done = run("check", "--today", "2026-11-22")
    assert (done.exit_code, done.stdout) == (0, "")


def test_check_names_every_mistake_and_fails(run: Run, place: Path) -> None:
    (place / "knowledge" / SECTOR / "sai.yaml").write_text(as_yaml(guide(agency=None)), encoding="utf-8")
    done = run("check", "--today", "2026-11-22")
    assert done.exit_code == 1
    assert f"knowledge/{SECTOR}/sai.yaml:1: agency: thiếu mục này" in done.stdout


def test_check_fails_on_an_old_schema(run: Run, place: Path) -> None:
    (place / "knowledge" / schema.FILE).write_text("{}", encoding="utf-8")
    done = run("check", "--today", "2026-11-22")
    assert done.exit_code == 1
    assert "guides schema --write" in done.stdout
    assert run("schema", "--write").exit_code == 0
    assert run("check", "--today", "2026-11-22").exit_code == 0


def test_what_the_calendar_brings_does_not_fail(run: Run) -> None:
    done = run("check", "--today", "2030-01-01")
    assert done.exit_code == 0
    assert "nhắc: quá hạn xem lại" in done.stdout


def test_list_and_show(run: Run) -> None:
    assert run("list").stdout == f"the-moi\t{SECTOR}\thigh\t2027-07-18\tLàm thẻ mới\n"
    shown = run("show", "the-moi").stdout
    assert "Bước 1. Ra xã." in shown
    assert "Thời hạn: 3 ngày" in shown
    assert isinstance(run("show", "khong-co").exception, UsageError)


def test_new(run: Run, place: Path) -> None:
    assert "# Bài mới: the-khac" in run("new", "the-khac").stdout
    assert run("new", "the-khac", "--sector", SECTOR).exit_code == 0
    assert (place / "knowledge" / SECTOR / "the-khac.yaml").exists()
    for words in (("new", "Thẻ"), ("new", "the-moi"), ("new", "a-b", "--sector", "khong-co")):
        (place / "knowledge" / SECTOR / "the-khac.yaml").unlink(missing_ok=True)
        assert isinstance(run(*words).exception, UsageError)


def test_evaluate(run: Run, place: Path) -> None:
    line = guide()["asked_as"][3]
    questions = [{"q": line, "gold": ["the-moi"], "who": "x"}, {"q": "xem tử vi tuổi Tý", "gold": ["none"]}]
    file = place / "q.jsonl"
    file.write_text("".join(json.dumps(question) + "\n" for question in questions), encoding="utf-8")
    done = run("evaluate", str(file), "--json", "--details", "out.jsonl")
    figures = json.loads(done.stdout)
    assert figures["in_scope"]["n"] == figures["none"]["n"] == 1
    assert figures["in_scope"]["top1"] == 1.0
    shares = [figures["in_scope"][key] for key in ("answered_right", "answered_wrong", "asked_back", "handed_over")]
    assert sum(shares) == 1
    assert set(figures["ms"]) == {"p50", "p95", "p99"}
    assert figures["by"]["who"]["x"]["in_scope"]["n"] == 1
    details = [json.loads(line) for line in (place / "out.jsonl").read_text(encoding="utf-8").splitlines()]
    assert [detail["q"] for detail in details] == [question["q"] for question in questions]
    assert set(details[0]) == {"q", "outcome", "guide", "shown", "candidates"}
    windows = '{"q": "xem tử vi\u2028tuổi Tý", "gold": ["none"]}\r\n'
    file.write_text(windows, encoding="utf-8-sig", newline="")
    assert json.loads(run("evaluate", str(file), "--json").stdout)["none"]["n"] == 1
    assert isinstance(run("evaluate", str(file), "--details", "khong-co/out.jsonl").exception, UsageError)
    file.write_text("không phải JSON\n", encoding="utf-8")
    assert isinstance(run("evaluate", str(file)).exception, ContentError)
    assert isinstance(run("evaluate", "khong-co.jsonl").exception, ContentError)


def test_replay_against_the_last_commit(run: Run, place: Path) -> None:
    line = guide()["asked_as"][3]
    (place / "q.yaml").write_text(as_yaml({"the-moi": [line]}), encoding="utf-8")
    assert isinstance(run("replay", "--file", "q.yaml").exception, UsageError)  # no git yet
    for words in (
        ["init", "-q"],
        ["add", "knowledge"],
        ["-c", "user.name=x", "-c", "user.email=x", "commit", "-qm", "x"],
    ):
        subprocess.run(["git", *words], check=True)
    same = run("replay", "--file", "q.yaml")
    assert same.exit_code == 0
    assert "1 câu mẫu, 0 câu đã hỏi: 0 câu đổi, 0 câu mất bài." in same.stdout
    moved = place / "knowledge" / SECTOR
    (moved / "the-moi.yaml").rename(moved / "the-doi-ma.yaml")
    broken = run("replay", "--file", "q.yaml", "--json")
    assert broken.exit_code == 1
    told = json.loads(broken.stdout)
    assert (told["broken"], told["changes"][0]["after"]) == (1, ["the-doi-ma"])
    assert isinstance(run("replay").exception, UsageError)  # nothing to ask


def test_replay_of_what_was_asked_and_export_of_what_was_published(
    run: Run, place: Path, migrated_sqlite: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert isinstance(run("export").exception, UsageError)  # no tables yet
    shutil.copy(migrated_sqlite, place / "h.db")
    url = f"sqlite+aiosqlite:///{place / 'h.db'}"
    monkeypatch.setenv("HELPDESK_DATABASE_URL", url)
    asyncio.run(_live_a_little(url))
    shutil.copytree("knowledge", "old")
    done = run("replay", "--since", "30", "--old", "old")
    assert "0 câu mẫu, 1 câu đã hỏi" in done.stdout
    assert run("export").exit_code == 0
    assert "Chín ngày" in (place / "knowledge" / SECTOR / "the-moi.yaml").read_text(encoding="utf-8")
    assert (place / "knowledge" / SECTOR / "bai-moi.yaml").exists()
    assert run("export").stdout == ""


async def _live_a_little(url: str) -> None:
    """Two citizens ask the same; an admin changes a guide and writes another."""
    database = Database(url, SystemClock())
    async with database.work() as work:
        from bot.model.people import Chat
        from bot.model.states import Outcome

        person = await work.people.meet("1", Chat("telegram:7", "1"), private=True)
        team = await work.teams.default("Tổ")
        member = await work.members.join(person.id, team.id, Role.ADMIN, "Lan")
        for _ in range(2):
            await work.requests.add(person.id, "telegram:7", Outcome.ANSWERED, text="làm thẻ ở đâu")
        for name, text, former in (
            ("the-moi", as_yaml(guide(time="Chín ngày")), as_yaml(guide())),
            ("bai-moi", as_yaml(guide(title="Bài mới")), None),
        ):
            version = await work.guide_versions.add(
                name, SECTOR, member.id, "telegram:7", ChangeKind.FILE, text=text, former_text=former
            )
            await work.guide_versions.examined(version.id, VersionState.DRAFT, {})
            await work.guide_versions.publish(version.id, member.id)
    await database.close()
