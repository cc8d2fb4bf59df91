"""Hosts that a button may open: ``knowledge/_official_hosts.yaml``."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from bot.errors import ContentError, Finding
from bot.yaml_source import read

FILE = "_official_hosts.yaml"


@dataclass(frozen=True)
class OfficialHosts:
    """Hosts and whose they are; ``*.gov.vn`` stands for every host below it, and for itself."""

    owners: Mapping[str, str]

    @classmethod
    def load(cls, root: Path) -> OfficialHosts:
        """Read the list.

        Raises:
            ContentError: the file is missing or not a list of hosts.
        """
        source = read(root / FILE, root)
        if not isinstance(source.data, dict) or not all(isinstance(v, str) for v in source.data.values()):
            raise ContentError([Finding(source.where(()), "phải gồm các dòng «tên máy chủ: của ai»")])
        return cls(dict(source.data))

    def allows(self, url: str) -> bool:
        """Whether the address is a page of one of them."""
        host = (urlsplit(url).hostname or "").lower()
        parents = (host.split(".", n)[-1] for n in range(host.count(".") + 1))
        return host in self.owners or any(f"*.{parent}" in self.owners for parent in parents)
