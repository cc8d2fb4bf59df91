"""``guides evaluate`` and ``guides replay``: how well questions are matched, and what a change would do to them."""

from __future__ import annotations

import asyncio
import io
import json
import subprocess
import tarfile
import tempfile
from pathlib import Path
from typing import Annotated

import typer

from bot import config
from bot.app import open_database
from bot.clock import SystemClock
from bot.errors import UsageError
from bot.guides.load import load
from bot.guides.questions import Question, golden_folder, read_questions
from bot.helpdesk.logged_questions import logged_questions
from bot.helpdesk.replay import Change, Replay, compare
from bot.matching.evaluate import evaluate as measure
from bot.matching.matcher import Matcher
from bot.storage import migrating
from bot.yaml_source import read_text

_FAILED = 1
_SHOWN = 20


def evaluate(
    file: Annotated[Path, typer.Argument(help='Tệp .jsonl, mỗi dòng {"q": "câu hỏi", "gold": ["mã-bài"]}.')],
    as_json: Annotated[bool, typer.Option("--json", help="In ra JSON cho máy đọc.")] = False,
    details: Annotated[Path | None, typer.Option(help="Ghi từng câu vào tệp .jsonl này.")] = None,
) -> None:
    """Đo: bao nhiêu câu hỏi được trả lời đúng bài."""
    settings = config.load()
    lines = read_text(file, str(file)).split("\n")
    report = measure(Matcher(load(settings.environment.knowledge), settings.config.matching), lines, str(file))
    if details:
        told = (json.dumps(line, ensure_ascii=False) for line in report.details())
        try:
            details.write_text("".join(f"{line}\n" for line in told), encoding="utf-8")
        except OSError as error:
            raise UsageError(f"{details}: không ghi được tệp ({error.strerror})") from None
    typer.echo(json.dumps(report.as_json(), ensure_ascii=False) if as_json else "\n".join(report.lines()))


def replay(
    since: Annotated[int | None, typer.Option(help="Thêm câu bà con đã hỏi trong bấy nhiêu ngày (đã che).")] = None,
    file: Annotated[
        Path | None, typer.Option(help="Bộ câu hỏi .jsonl hoặc .yaml, thay cho tests/content/golden.")
    ] = None,
    old: Annotated[
        Path | None, typer.Option(help="Thư mục sổ tay cũ để so; không có thì lấy bản git gần nhất.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="In ra JSON cho máy đọc.")] = False,
) -> None:
    """So sổ tay đang sửa với bản cũ: câu nào đổi bài, bài nào lẫn nhau, câu nào mất. Hỏng câu mẫu thì báo 1."""
    settings = config.load()
    root = settings.environment.knowledge
    questions = read_questions(file or golden_folder(root)) if file or golden_folder(root).is_dir() else []
    if since is not None:
        questions += asyncio.run(_logged(settings, since))
    if not questions:
        raise UsageError("không có câu hỏi nào để so: thêm --file hoặc --since")
    now = Matcher(load(root), settings.config.matching)
    outcome = compare(questions, _former(root, old, settings), now)
    typer.echo(json.dumps(_as_json(outcome), ensure_ascii=False) if as_json else "\n".join(_told(outcome)))
    if outcome.broken:
        raise typer.Exit(_FAILED)


async def _logged(settings: config.Settings, days: int) -> list[Question]:
    database = open_database(settings, SystemClock())
    try:
        if not await migrating.is_current(database):
            raise UsageError("cơ sở dữ liệu chưa có hoặc chưa đúng bản: chạy database upgrade, hoặc bỏ --since")
        async with database.reading() as work:
            return await logged_questions(work, days)
    finally:
        await database.close()


def _former(root: Path, folder: Path | None, settings: config.Settings) -> Matcher:
    if folder:
        return Matcher(load(folder), settings.config.matching)
    with tempfile.TemporaryDirectory() as place:
        return Matcher(load(_last_commit(root, Path(place))), settings.config.matching)


def _last_commit(root: Path, place: Path) -> Path:
    """The folder as it was at the last commit."""
    where = root.resolve()
    command = ["git", "-C", str(where.parent), "archive", "--format=tar", "HEAD", "--", where.name]
    try:
        archive = subprocess.run(command, check=True, capture_output=True).stdout
    except (OSError, subprocess.CalledProcessError):
        raise UsageError("không lấy được bản cũ từ git: chỉ thư mục sổ tay cũ bằng --old") from None
    with tarfile.open(fileobj=io.BytesIO(archive)) as tar:
        tar.extractall(place, filter="data")
    return place / where.name


def _told(outcome: Replay) -> list[str]:
    changed = len(outcome.changes)
    lines = [
        f"{outcome.golden} câu mẫu, {outcome.logged} câu đã hỏi: {changed} câu đổi, {len(outcome.lost)} câu mất bài."
    ]
    lines += [f"Lẫn nhau: {one} và {other}, {number} câu" for one, other, number in outcome.collisions[:_SHOWN]]
    lines += [_line("Hỏng câu mẫu", change) for change in outcome.broken]
    others = [change for change in outcome.changes if not change.broken]
    lines += [_line("Mất bài" if change.lost else "Đổi", change) for change in others[:_SHOWN]]
    if len(others) > _SHOWN:
        lines.append(f"… và {len(others) - _SHOWN} câu nữa (--json để xem hết)")
    return lines


def _line(what: str, change: Change) -> str:
    before, after = (", ".join(shown) or "không bài nào" for shown in (change.before, change.after))
    where = f"{change.question.where}: " if change.question.where else ""
    return f"{where}{what}: «{change.question.text}»: {before} -> {after}"


def _as_json(outcome: Replay) -> dict[str, object]:
    return {
        **outcome.summary(),
        "changes": [
            {
                "q": change.question.text,
                "gold": list(change.question.gold),
                "before": list(change.before),
                "after": list(change.after),
                "lost": change.lost,
                "broken": change.broken,
            }
            for change in outcome.changes
        ],
    }
