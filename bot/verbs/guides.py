"""``guides``: check, measure and compare the handbook; write and publish its files."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from bot import config
from bot.clock import SystemClock
from bot.errors import Finding, UsageError
from bot.guides import schema
from bot.guides.catalogue import Catalogue, Entry
from bot.guides.check import check_folder
from bot.guides.guide import GUIDE_ID
from bot.guides.load import load
from bot.guides.template import new_guide
from bot.verbs.guides_measure import evaluate, replay
from bot.verbs.guides_published import export

app = typer.Typer(help="Sổ tay: kiểm tra, đo, so bản, xem, viết bài mới, xuất bản đã đăng.", no_args_is_help=True)
app.command()(evaluate)
app.command()(replay)
app.command()(export)

_FAILED = 1


@app.command()
def check(
    today: Annotated[
        datetime | None, typer.Option(formats=["%Y-%m-%d"], help="Coi như hôm nay là ngày này (2026-11-22).")
    ] = None,
) -> None:
    """Kiểm tra cả sổ tay: mọi chỗ sai cùng lúc, kèm dòng và cách sửa. Chỗ chỉ cần nhắc thì không làm hỏng."""
    settings = config.load()
    root = settings.environment.knowledge
    day = (today or SystemClock().now().astimezone(settings.config.hours.zone)).date()
    findings = check_folder(root, day)
    if _outdated_schema(root):
        findings.append(Finding(f"{root / schema.FILE}:1", "đã cũ so với chương trình; chạy: guides schema --write"))
    wrong = [finding for finding in findings if not finding.warning]
    for finding in findings:
        typer.echo(f"{finding.where}: nhắc: {finding.what}" if finding.warning else str(finding))
    typer.echo(f"{len(wrong)} chỗ sai, {len(findings) - len(wrong)} chỗ nhắc.", err=True)
    if wrong:
        raise typer.Exit(_FAILED)


@app.command("schema")
def print_schema(
    write: Annotated[bool, typer.Option("--write", help="Ghi vào knowledge/guide.schema.json.")] = False,
) -> None:
    """In ra khuôn của một bài (JSON Schema) để trình soạn thảo gợi ý khi viết."""
    if write:
        (_root() / schema.FILE).write_text(schema.as_text(), encoding="utf-8")
    else:
        typer.echo(schema.as_text(), nl=False)


@app.command("list")
def list_guides() -> None:
    """Liệt kê các bài, mỗi dòng: mã, lĩnh vực, độ chắc, hạn xem lại, tên; cách nhau bằng dấu Tab."""
    for entry in load(_root()):
        review = entry.guide.review
        typer.echo("\t".join([entry.id, entry.sector, review.confidence, str(review.review_by), entry.guide.title]))


@app.command()
def show(guide: Annotated[str, typer.Argument(help="Mã bài.")]) -> None:
    """Xem một bài như bà con đọc, kèm các cách hỏi."""
    catalogue = load(_root())
    entry = catalogue.get(guide)
    if entry is None:
        raise UsageError(f"không có bài mã «{guide}»; xem danh sách: guides list")
    for line in _read_aloud(entry, catalogue):
        typer.echo(line)


@app.command()
def new(
    guide: Annotated[str, typer.Argument(help="Mã bài mới: chữ thường không dấu, số, gạch ngang.")],
    sector: Annotated[
        str | None, typer.Option(help="Lĩnh vực (tên thư mục); có thì ghi tệp, không thì chỉ in ra.")
    ] = None,
) -> None:
    """Soạn bài mới từ mẫu có lời giải thích."""
    root = _root()
    catalogue = load(root)
    if not GUIDE_ID.fullmatch(guide) or len(guide) > 40:
        raise UsageError("mã bài gồm chữ thường không dấu, số, gạch ngang, nhiều nhất 40 chữ cái, ví dụ: cap-the-moi")
    if catalogue.get(guide):
        raise UsageError(f"đã có bài mã «{guide}»; xem: guides show {guide}")
    text = new_guide(guide, datetime.now(UTC).date())
    if sector is None:
        typer.echo(text, nl=False)
        return
    if sector not in catalogue.sectors:
        raise UsageError(f"không có lĩnh vực «{sector}»; chọn một trong: {', '.join(catalogue.sectors)}")
    path = root / sector / f"{guide}.yaml"
    path.parent.mkdir(exist_ok=True)
    path.write_text(text, encoding="utf-8")
    typer.echo(f"Đã ghi {path}. Điền xong thì chạy: guides check")


def _root() -> Path:
    return config.load().environment.knowledge


def _outdated_schema(root: Path) -> bool:
    path = root / schema.FILE
    return not path.exists() or path.read_text(encoding="utf-8") != schema.as_text()


def _read_aloud(entry: Entry, catalogue: Catalogue) -> list[str]:
    guide = entry.guide
    lines = [f"{guide.title}  ({entry.id}, {catalogue.sectors[entry.sector]})", "", *guide.summary.splitlines(), ""]
    lines += [f"Bước {number}. {step.do}" for number, step in enumerate(guide.steps, 1)]
    lines += ["", "Hồ sơ:", *(f"- {line}" for line in guide.documents), "", "Lệ phí:"]
    for fee in guide.fees:
        amount = "chưa rõ" if fee.amount_vnd is None else f"{fee.amount_vnd:,} đ".replace(",", ".")
        end = f" (đến hết {fee.until})" if fee.until else ""
        lines.append(f"- {fee.what}: {amount}{end}{f' – {fee.note}' if fee.note else ''}")
    lines += [f"Thời hạn: {guide.time}", f"Nhận được: {guide.result}"]
    lines += ["", "Lưu ý:", *(f"- {line}" for line in guide.warnings)]
    lines += ["", f"Bài liên quan: {', '.join(catalogue.related(entry.id)) or '-'}"]
    return [*lines, "", "Bà con hỏi:", *(f"- {line}" for line in guide.asked_as)]
