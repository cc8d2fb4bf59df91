"""Files of guides change under a running playground, also while they are being read."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest

from bot import app


async def test_a_file_that_vanishes_while_it_is_read_ends_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    reads: list[int] = []

    async def two_bursts(_: Path) -> AsyncIterator[None]:
        yield
        yield

    async def reload(*_: object) -> int:
        reads.append(len(reads))
        if len(reads) == 1:
            raise FileNotFoundError("gplx-doi.yaml")
        return 1

    async def nothing() -> dict[str, str]:
        return {}

    @asynccontextmanager
    async def reading() -> AsyncIterator[Any]:
        yield SimpleNamespace(guide_versions=SimpleNamespace(in_force=nothing))

    monkeypatch.setattr(app, "changes", two_bursts)
    knowledge = SimpleNamespace(root=Path(), version=(0, 0), reload=reload)
    parts = SimpleNamespace(desk=SimpleNamespace(knowledge=knowledge), database=SimpleNamespace(reading=reading))
    await app._watch(cast(app.Parts, parts))
    assert reads == [0, 1]
