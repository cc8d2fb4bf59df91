"""``ask``: what the matcher makes of a question; needs no database."""

from __future__ import annotations

import json
import time
from typing import Annotated

import typer
from rich.console import Console

from bot import config
from bot.guides.load import load
from bot.matching.matcher import Matcher


def ask(
    question: Annotated[str, typer.Argument(help="Câu hỏi, viết kiểu gì cũng được.")],
    as_json: Annotated[bool, typer.Option("--json", help="In ra JSON cho máy đọc.")] = False,
) -> None:
    """Hỏi thử sổ tay: bài nào hợp, chắc tới đâu, vì sao."""
    settings = config.load()
    catalogue = load(settings.environment.knowledge)
    matcher = Matcher(catalogue, settings.config.matching)
    before = time.perf_counter()
    match = matcher.match(question)
    spent = (time.perf_counter() - before) * 1000
    if as_json:
        answer = {
            "outcome": match.outcome,
            "guide": match.guide,
            "candidates": [{"guide": c.guide, "confidence": round(c.confidence, 4)} for c in match.candidates],
            "shown": list(match.shown),
            "urgent": match.urgent,
            "explanation": dict(match.explanation),
            "ms": round(spent, 3),
        }
        typer.echo(json.dumps(answer, ensure_ascii=False))
        return
    console = Console(highlight=False, soft_wrap=True)
    console.print({"answer": "Trả lời", "choices": "Hỏi lại", "none": "Không có bài"}[match.outcome], style="bold")
    for candidate in match.candidates:
        mark = "→" if candidate.guide in match.shown else " "
        title = catalogue.entries[candidate.guide].guide.title
        console.print(f"{mark} {candidate.confidence:.2f}  {candidate.guide}  {title}", markup=False)
    if match.urgent:
        console.print("Việc khẩn", style="red")
    for name, value in match.explanation.items():
        console.print(f"{name}: {value}", markup=False)
    console.print(f"{spent:.1f} ms")
