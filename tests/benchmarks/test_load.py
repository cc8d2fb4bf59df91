"""Start, memory, and the way from a question to its card at ten a second; figures, not limits."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

import pytest

from tests.benchmarks.load import Load, Reload, measure, measure_reload


@pytest.mark.timeout(600)
def test_ten_questions_a_second(benchmark: Any, tmp_path: Path) -> None:
    def run() -> Load:
        return asyncio.run(measure(tmp_path, per_second=10, seconds=30))

    load: Load = benchmark.pedantic(run, rounds=1, iterations=1)
    benchmark.extra_info.update(
        ready=load.start, rss=load.rss, p50=load.quantile(0.5), p95=load.quantile(0.95), cpu=load.cpu
    )
    print(f"\n{load}")


@pytest.mark.timeout(600)
def test_questions_while_the_handbook_is_read_again(benchmark: Any, tmp_path: Path) -> None:
    def run() -> Reload:
        return asyncio.run(measure_reload(tmp_path, per_second=5))

    reload: Reload = benchmark.pedantic(run, rounds=1, iterations=1)
    benchmark.extra_info.update(before=max(reload.before), during=max(reload.during), seconds=reload.seconds)
    print(f"\n{reload}")
