"""Places in Vietnam: what stands in ``knowledge/_territories.yaml``, and which place a person means by a line he types.

Since 1/7/2025 a place is a province and, below it, a commune. People go on typing the provinces and districts that
were abolished, leave out accents and «xã», «phường», and shorten names; 300-odd commune names occur in several
provinces. The search therefore answers one place, several to choose from (each with its province), or nothing; it
never picks one of several.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Annotated

from pydantic import StringConstraints

from bot import yaml_source
from bot.errors import ContentError, Finding
from bot.guides.guide import Part, ShortLine
from bot.guides.place_index import PlaceIndex
from bot.guides.place_search import PlaceSearch
from bot.guides.place_words import DISTRICT_WORDS, bare, key_of
from bot.guides.places import Commune, CommuneKind, Place, PlaceMatch, Province, ProvinceKind
from bot.yaml_source import Source

__all__ = ["Commune", "Place", "PlaceMatch", "Province", "Territories"]

_COMMUNE_WORDS: dict[str, CommuneKind] = {"xã": "xa", "phường": "phuong", "đặc khu": "dac-khu"}
_KIND_WORDS = {kind: word for word, kind in _COMMUNE_WORDS.items()}


class Territories:
    """Every province and commune, and the search among them; immutable once loaded."""

    def __init__(
        self,
        as_of: date,
        provinces: Iterable[Province],
        communes: Iterable[Commune],
        *,
        former_aliases: Iterable[tuple[str, str, str]] = (),
        districts: Iterable[tuple[str, str, str, tuple[str, ...]]] = (),
        places: Iterable[tuple[str, str]] = (),
        abbreviations: Iterable[tuple[str, tuple[str, ...]]] = (),
    ) -> None:
        """Index them; ``load`` reads and checks a file first.

        Args:
            as_of: the day since which the country is divided so.
            provinces: all.
            communes: all.
            former_aliases: (spelling, former province, code of today's province).
            districts: (name with its kind, former province, code of today's province, codes of communes).
            places: (name, code of the province).
            abbreviations: (letters, names of provinces, former provinces or districts they may stand for).
        """
        self.as_of = as_of
        self.provinces = tuple(provinces)
        self.communes = tuple(communes)
        self._province = {province.code: province for province in self.provinces}
        self._commune = {commune.code: commune for commune in self.communes}
        index = PlaceIndex(
            self.provinces,
            self.communes,
            former_aliases=former_aliases,
            districts=districts,
            places=places,
            abbreviations=abbreviations,
        )
        self._search = PlaceSearch(index, self.label)

    @classmethod
    def load(cls, path: Path) -> Territories:
        """Read ``_territories.yaml``.

        Raises:
            ContentError: everything wrong with the file, each with its line.
        """
        source = yaml_source.read(path)
        file = source.parse(_File)
        communes = tuple(_communes(file.provinces))
        if findings := _check(source, file, communes):
            raise ContentError(findings)
        former = [(code, name, part) for code, p in file.provinces.items() for name, part in p.former.items()]
        return cls(
            file.as_of,
            [
                Province(code, part.name, part.short_name, part.kind, part.aliases, tuple(part.former))
                for code, part in file.provinces.items()
            ],
            communes,
            former_aliases=[(alias, name, code) for code, name, part in former for alias in (name, *part.aliases)],
            districts=[
                (district, name, code, tuple(codes.split()))
                for code, name, part in former
                for district, codes in part.districts.items()
            ],
            places=file.places.items(),
            abbreviations=file.abbreviations.items(),
        )

    def province(self, code: str) -> Province | None:
        """The province of that code, or the one a commune of that code lies in."""
        if code in self._commune:
            code = self._commune[code].province
        return self._province.get(code)

    def commune(self, code: str) -> Commune | None:
        """The commune of that code."""
        return self._commune.get(code)

    @property
    def version(self) -> str:
        """Tells one state of the country from another."""
        return f"{self.as_of}/{len(self.provinces)}/{len(self.communes)}"

    def rows(self) -> Iterator[tuple[str, str, str, str | None]]:
        """Code, name, kind and the province's code of every unit; provinces first, without one."""
        for province in self.provinces:
            yield province.code, province.name, province.kind, None
        for commune in self.communes:
            yield commune.code, commune.name, commune.kind, commune.province

    def knows(self, code: str) -> bool:
        """Whether a place has that code."""
        return code in self._commune or code in self._province

    def label(self, code: str) -> str:
        """How to show a place: «xã An Thới Đông, TP Hồ Chí Minh», «TP Đồng Nai».

        Raises:
            KeyError: no place has that code.
        """
        if commune := self._commune.get(code):
            return f"{_KIND_WORDS[commune.kind]} {commune.name}, {self._province[commune.province].label}"
        return self._province[code].label

    def search(self, text: str, limit: int = 6) -> PlaceMatch:
        """Which place a typed line means.

        Understands missing accents, kinds and spaces, usual abbreviations, former provinces and districts, words around
        the place («tôi ở ấp 3, xã …»), and slips of the finger. Of several places of one name it never picks one.

        Args:
            text: whatever a person typed.
            limit: how many choices at most.
        """
        return self._search.search(text, limit)


# -- the file ----------------------------------------------------------------------------------------------------------

_ProvinceCode = Annotated[str, StringConstraints(pattern=r"^\d{2}$")]
_CommuneCode = Annotated[str, StringConstraints(pattern=r"^\d{5}$")]
_DistrictName = Annotated[str, StringConstraints(pattern=rf"^({'|'.join(DISTRICT_WORDS)}) \S.*$")]
_CommuneName = Annotated[str, StringConstraints(pattern=rf"^({'|'.join(_COMMUNE_WORDS)}) \S.*$")]
_CommuneCodes = Annotated[str, StringConstraints(pattern=r"^\d{5}( \d{5})*$")]


class _FormerPart(Part):
    aliases: tuple[ShortLine, ...] = ()
    districts: dict[_DistrictName, _CommuneCodes]


class _ProvincePart(Part):
    name: ShortLine
    short_name: ShortLine
    kind: ProvinceKind
    aliases: tuple[ShortLine, ...] = ()
    former: dict[ShortLine, _FormerPart]
    communes: dict[_CommuneCode, _CommuneName]


class _File(Part):
    as_of: date
    counts: dict[CommuneKind, int]
    provinces: dict[_ProvinceCode, _ProvincePart]
    places: dict[ShortLine, _ProvinceCode]
    abbreviations: dict[ShortLine, tuple[ShortLine, ...]]


def _communes(provinces: dict[str, _ProvincePart]) -> Iterator[Commune]:
    for province_code, province in provinces.items():
        for code, full_name in province.communes.items():
            word = next(word for word in _COMMUNE_WORDS if full_name.startswith(word + " "))
            yield Commune(code, _COMMUNE_WORDS[word], full_name.removeprefix(word + " "), province_code)


def _check(source: Source, file: _File, communes: Sequence[Commune]) -> list[Finding]:
    """What the shape alone does not say: codes unique and known, names known, counts as declared."""
    findings: list[Finding] = []
    seen: dict[str, str] = {}
    for commune in communes:
        if first := seen.setdefault(commune.code, commune.province) != commune.province and seen[commune.code]:
            where = source.where(("provinces", commune.province, "communes", commune.code))
            findings.append(Finding(where, f"mã xã {commune.code} đã có ở tỉnh {first}"))
    counted = Counter(commune.kind for commune in communes)
    for kind, number in file.counts.items():
        if counted[kind] != number:
            where = source.where(("counts", kind))
            findings.append(Finding(where, f"ghi {number} {_KIND_WORDS[kind]} nhưng danh sách có {counted[kind]}"))
    names: set[str] = set()
    for code, province in file.provinces.items():
        names.update(map(key_of, (province.short_name, *province.former)))
        for former, part in province.former.items():
            for district, codes in part.districts.items():
                names.add(key_of(bare(district)))
                if unknown := [number for number in codes.split() if number not in province.communes]:
                    where = source.where(("provinces", code, "former", former, "districts", district))
                    findings.append(Finding(where, f"{province.short_name} không có xã mang mã {', '.join(unknown)}"))
    for name, code in file.places.items():
        if code not in file.provinces:
            findings.append(Finding(source.where(("places", name)), f"không có tỉnh mang mã {code}"))
    for letters, meanings in file.abbreviations.items():
        for index, meaning in enumerate(meanings):
            if key_of(meaning) not in names:
                where = source.where(("abbreviations", letters, index))
                findings.append(Finding(where, f"«{meaning}» không phải tên tỉnh, tỉnh cũ hay quận, huyện cũ"))
    return findings
