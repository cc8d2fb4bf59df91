"""Provinces and communes, and what a typed line may mean by them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

ProvinceKind = Literal["thanh-pho", "tinh"]
CommuneKind = Literal["xa", "phuong", "dac-khu"]


@dataclass(frozen=True)
class Province:
    """One of the 34 provincial units.

    Attributes:
        code: two digits, as since 1/7/2025; never to be joined with data from before.
        name: in full, «Thành phố Hồ Chí Minh».
        short_name: «Hồ Chí Minh».
        kind: centrally-run city or province.
        aliases: what else people call it.
        former_names: the provinces of before 1/7/2025 it was formed from, its own name among them if it had one.
    """

    code: str
    name: str
    short_name: str
    kind: ProvinceKind
    aliases: tuple[str, ...]
    former_names: tuple[str, ...]

    @property
    def label(self) -> str:
        """«TP Hồ Chí Minh», «tỉnh Cao Bằng»."""
        return f"{'TP' if self.kind == 'thanh-pho' else 'tỉnh'} {self.short_name}"


@dataclass(frozen=True)
class Commune:
    """One of the 3,321 communes.

    Attributes:
        code: five digits, unique in the country.
        kind: xã, phường or đặc khu.
        name: without its kind, «An Thới Đông».
        province: the province's code.
    """

    code: str
    kind: CommuneKind
    name: str
    province: str


@dataclass(frozen=True)
class Place:
    """A place somebody may mean.

    Attributes:
        code: of a province or a commune.
        label: how to show it, province included.
        via: the abolished province or district he named, as it was called; None where he used today's names.
        within: codes of the communes an abolished district became, for asking on; empty otherwise.
    """

    code: str
    label: str
    via: str | None = None
    within: tuple[str, ...] = ()


@dataclass(frozen=True)
class PlaceMatch:
    """What a typed line means.

    Attributes:
        outcome: ``exact``: one place; ``choices``: to be picked from, even if only one stands there (a guess).
        places: one for ``exact``, none for ``none``.
        total: how many there are; more than ``places`` where the limit cut them off (then ask for the province).
    """

    outcome: Literal["exact", "choices", "none"]
    places: tuple[Place, ...] = ()
    total: int = 0
