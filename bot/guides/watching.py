"""Tells when files of ``knowledge/`` change."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

from watchfiles import awatch


async def changes(root: Path) -> AsyncIterator[None]:
    """Yields after each burst of changes to YAML files, until cancelled."""
    async for changed in awatch(root):
        if any(path.endswith((".yaml", ".yml")) for _, path in changed):
            yield None
