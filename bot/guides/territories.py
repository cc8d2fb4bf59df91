"""Places in Vietnam: what stands in ``knowledge/_territories.yaml``, and which place a person means by a line he types.

Since 1/7/2025 a place is a province and, below it, a commune. People go on typing the provinces and districts that
were abolished, leave out accents and «xã», «phường», and shorten names; 300-odd commune names occur in several
provinces. The search therefore answers one place, several to choose from (each with its province), or nothing; it
never picks one of several.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Annotated, Literal, NamedTuple

from pydantic import StringConstraints
from rapidfuzz import fuzz, process

from bot import yaml_source
from bot.errors import ContentError, Finding
from bot.guides.guide import Part, ShortLine
from bot.language import fold
from bot.yaml_source import Source

ProvinceKind = Literal["thanh-pho", "tinh"]
CommuneKind = Literal["xa", "phuong", "dac-khu"]

_COMMUNE_WORDS: dict[str, CommuneKind] = {"xã": "xa", "phường": "phuong", "đặc khu": "dac-khu"}
_KIND_WORDS = {kind: word for word, kind in _COMMUNE_WORDS.items()}
_DISTRICT_WORDS = ("quận", "huyện", "thị xã", "thành phố")

# What may stand before a name, folded -> what the name then is. A commune's or district's own kind only narrows
# several of one name: half the people still say «xã» where it became a phường.
_PREFIXES: tuple[tuple[tuple[str, ...], str, str], ...] = (
    (("xa",), "commune", "xa"),
    (("x",), "commune", "xa"),
    (("phuong",), "commune", "phuong"),
    (("p",), "commune", "phuong"),
    (("f",), "commune", "phuong"),
    (("dac", "khu"), "commune", "dac-khu"),
    (("thi", "tran"), "commune", ""),
    (("tt",), "commune", ""),
    (("tinh",), "province", ""),
    (("thanh", "pho"), "city", "thành phố"),
    (("tp",), "city", "thành phố"),
    (("quan",), "district", "quận"),
    (("q",), "district", "quận"),
    (("huyen",), "district", "huyện"),
    (("h",), "district", "huyện"),
    (("thi", "xa"), "district", "thị xã"),
    (("tx",), "district", "thị xã"),
)
_COMMUNE_STARTS = ("xa", "phuong", "dac", "thi")
_KIND_SYLLABLES = frozenset(["xã", "phường", "đặc", "thị", "trấn", "tỉnh", "thành", "phố", "quận", "huyện"])
_LEADING = frozenset(re.findall(r"\w+", "toi tui em chau minh bac co chu anh chi nha gia dinh o dang hien song que"))
_HOUSE = frozenset(
    re.findall(r"\w+", "so duong pho ngo ngach hem kiet thon ap to khu kp xom buon ban lang doi toa chung can")
)
_TRAILING = frozenset(re.findall(r"\w+", "a nhe nha ne do cu moi day roi vn viet nam"))

# An address has fewer words; the place stands at its end.
_MOST_WORDS = 16
# Shorter names differ by a letter too often («Tân An», «Tân Ân», «Tân Hà»): a typo in them is not repaired.
_SHORTEST_FUZZY = 5
# Indel similarity of the compact names, 0-100. Two letters swapped in «An Thới Đông» give 90, one letter missing in
# «Bình Dương» 94, one letter changed in «Đồng Nai» 86; different names of eight letters that share six give 75.
_CLOSE = 80.0
_SURE = 85.0
_AHEAD = 5.0

_TONES = frozenset("\u0300\u0301\u0303\u0309\u0323")
_TOKEN = re.compile(r"[^\W_]+|[,;/\n(-]")
_GLUED_NUMBER = re.compile(r"\b([pqf])\.?\s*(\d{1,2})\b", re.IGNORECASE)


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


class _Hit(NamedTuple):
    """A province, or a commune, or an abolished district standing for its province."""

    code: str
    spelled: str
    kind: str = ""
    via: str | None = None
    within: tuple[str, ...] = ()
    former: str = ""
    of_kind: bool = True
    as_accented: bool = True


@dataclass(frozen=True)
class _Words:
    """A typed line, cut into words; ``plain`` is ``typed`` folded, word by word."""

    typed: tuple[str, ...]
    plain: tuple[str, ...]
    after_break: frozenset[int] = frozenset()

    def __len__(self) -> int:
        return len(self.plain)

    def part(self, start: int, end: int | None = None) -> _Words:
        return _Words(self.typed[start:end], self.plain[start:end])

    @property
    def key(self) -> str:
        return "".join(self.plain)

    @property
    def accented(self) -> bool:
        return self.typed != self.plain


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
        self._of_former: dict[str, set[str]] = defaultdict(set)
        self._index_provinces(former_aliases)
        self._index_districts(districts, places)
        self._communes_by_key: dict[str, list[_Hit]] = defaultdict(list)
        self._fuzzy_in: dict[str, list[str]] = defaultdict(list)
        for commune in self.communes:
            # «Văn Miếu - Quốc Tử Giám», «Xuân Hương - Đà Lạt» are called by their first half.
            for spelled in dict.fromkeys((commune.name, commune.name.split(" - ")[0])):
                key = _key(spelled)
                self._communes_by_key[key].append(_Hit(commune.code, spelled, commune.kind))
                self._fuzzy_in[commune.province].append(key)
        self._fuzzy_provinces = [key for key in self._provinces_by_key if len(key) >= _SHORTEST_FUZZY]
        self._fuzzy_all = list({*self._fuzzy_provinces, *self._districts_by_key, *self._communes_by_key})
        self._abbreviations = {_key(letters): tuple(self._meanings(names)) for letters, names in abbreviations}

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
        words = _cut(text)
        hits = self._read(words)
        if hits:
            return self._match(hits, "exact" if all(hit.as_accented for hit in hits) else "choices", limit)
        guesses, sure = self._guess(words)
        return self._match(guesses, "exact" if sure else "choices", limit)

    # -- index ---------------------------------------------------------------------------------------------------

    def _index_provinces(self, former_aliases: Iterable[tuple[str, str, str]]) -> None:
        self._provinces_by_key: dict[str, list[_Hit]] = defaultdict(list)
        for province in self.provinces:
            for spelled in (province.short_name, *province.aliases):
                self._provinces_by_key[_key(spelled)].append(_Hit(province.code, spelled))
        for spelled, former, code in former_aliases:
            if former != self._province[code].short_name:
                hit = _Hit(code, spelled, via=former, former=former)
                self._provinces_by_key[_key(spelled)].append(hit)

    def _index_districts(
        self,
        districts: Iterable[tuple[str, str, str, tuple[str, ...]]],
        places: Iterable[tuple[str, str]],
    ) -> None:
        self._districts_by_key: dict[str, list[_Hit]] = defaultdict(list)
        for full_name, former, code, communes in districts:
            name = _bare(full_name)
            kind = full_name.removesuffix(name).strip()
            via = full_name if former == self._province[code].short_name else f"{full_name}, {former}"
            self._districts_by_key[_key(name)].append(_Hit(code, name, kind, via, communes, former))
            self._of_former[former].update(communes)
        for name, code in places:
            hit = _Hit(code, _bare(name), via=name)
            self._districts_by_key[_key(hit.spelled)].append(hit)

    def _meanings(self, names: Iterable[str]) -> Iterator[_Hit]:
        for name in names:
            yield from self._provinces_by_key.get(_key(name)) or self._districts_by_key.get(_key(name)) or ()

    # -- exact reading -------------------------------------------------------------------------------------------

    def _read(self, words: _Words) -> list[_Hit]:
        """The line read as names known to the letter (accents aside), from its first word or a later fitting one."""
        end = len(words)
        ends = [end]
        while end > 1 and words.plain[end - 1] in _TRAILING:
            end -= 1
            ends.append(end)
        for start in range(len(words)):
            if not self._may_start(words, start):
                continue
            for end in ends:
                if end > start and (hits := self._read_all(words.part(start, end))):
                    return [hit for hit in hits if hit.of_kind] or hits
        return []

    def _may_start(self, words: _Words, start: int) -> bool:
        """Whether what stands before may be left out: nothing, a hamlet or street, «tôi ở»."""
        before, here = words.part(0, start), words.part(start)
        while before.plain and before.plain[0] in _LEADING:
            before = before.part(1)
        if not before.plain:
            return True
        named = _begins_with(here, ("commune",)) and here.plain[0] in _COMMUNE_STARTS and before.plain[-1] != "thi"
        if named:
            return True
        # An unknown commune is not dropped for the province or district behind it; a house or a hamlet is.
        house = before.plain[0] in _HOUSE or before.plain[0].isdigit()
        if not house or any(_begins_with(before.part(i), ("commune",)) for i in range(len(before))):
            return False
        return start in words.after_break or bool(_begins_with(here, ("district", "city", "province")))

    def _read_all(self, words: _Words) -> list[_Hit]:
        """All the words as one place: alone, below a province, below an abolished district."""
        if hits := self._read_alone(words):
            return hits
        for region, rest in self._regions(words):
            if hits := self._read_below(rest, region):
                return hits
        for cut in range(1, len(words)):
            for district in self._districts(words.part(cut)):
                inside = [h for h in self._communes(words.part(0, cut)) if h.code in district.within]
                if inside:
                    return [hit._replace(via=district.via) for hit in inside]
        return []

    def _read_alone(self, words: _Words) -> list[_Hit]:
        if provinces := self._named(words, self._provinces_by_key, ("province", "city")):
            return provinces
        if len(words) == 1 and (meanings := self._abbreviations.get(words.plain[0])):
            return list(meanings)
        communes = self._communes(words)
        codes = {hit.code for hit in communes}
        # A district that became the one commune of its name (Côn Đảo) is not a second meaning.
        return [*communes, *(d for d in self._districts(words) if not d.within or not codes.issuperset(d.within))]

    def _regions(self, words: _Words) -> Iterator[tuple[list[_Hit], _Words]]:
        """Each way to see a province at the end of the line, or at its beginning, and what is left; longest first."""
        for cut in range(1, len(words)):
            if region := self._region(words.part(cut)):
                yield region, words.part(0, cut)
        for cut in range(len(words) - 1, 0, -1):
            if region := self._region(words.part(0, cut)):
                yield region, words.part(cut)

    def _region(self, words: _Words) -> list[_Hit]:
        found = self._named(words, self._provinces_by_key, ("province", "city"))
        if not found and len(words) == 1:
            found = list(self._abbreviations.get(words.plain[0], ()))
        return found

    def _read_below(self, words: _Words, region: Sequence[_Hit]) -> list[_Hit]:
        if hits := self._below(self._communes(words), region):
            return hits
        for cut in range(len(words)):
            districts = self._in_region(self._districts(words.part(cut)), region)
            if not districts:
                continue
            if cut == 0:
                return districts
            communes = self._communes(words.part(0, cut))
            inside = [hit for hit in communes if any(hit.code in district.within for district in districts)]
            if inside:
                return [hit._replace(via=districts[0].via) for hit in inside]
        return []

    def _below(self, communes: Iterable[_Hit], region: Sequence[_Hit]) -> list[_Hit]:
        """Those of the communes that lie in the region; in the former province, where one was named."""
        vias = {province.code: province.via for province in region}
        inside = [hit for hit in communes if self._commune[hit.code].province in vias]
        formers = {province.former for province in region if province.former}
        if formers:
            inside = [hit for hit in inside if any(hit.code in self._of_former[former] for former in formers)]
        return [hit._replace(via=vias[self._commune[hit.code].province]) for hit in inside]

    def _in_region(self, districts: Iterable[_Hit], region: Sequence[_Hit]) -> list[_Hit]:
        codes = {province.code for province in region}
        formers = {province.former for province in region if province.former}
        inside = [hit for hit in districts if hit.code in codes]
        return [hit for hit in inside if hit.former in formers] or inside

    def _communes(self, words: _Words) -> list[_Hit]:
        return self._named(words, self._communes_by_key, ("commune",))

    def _districts(self, words: _Words) -> list[_Hit]:
        return self._named(words, self._districts_by_key, ("district", "city"))

    def _named(self, words: _Words, index: dict[str, list[_Hit]], wanted: tuple[str, ...]) -> list[_Hit]:
        """What the index holds under these words, with or without a fitting kind in front.

        The words as they stand go first: «Xa Dung», «Quan Sơn», «Phương Liệt» begin with what looks like a kind.
        """
        if hits := index.get(words.key):
            return _as_accented(hits, words)
        prefix, kind = _begins_with(words, wanted) or (0, "")
        rest = words.part(prefix)
        if prefix and (hits := index.get(rest.key)):
            return [hit._replace(of_kind=kind in ("", hit.kind)) for hit in _as_accented(hits, rest)]
        return []

    # -- guessing ------------------------------------------------------------------------------------------------

    def _guess(self, words: _Words) -> tuple[list[_Hit], bool]:
        """The nearest names, and whether the first is near enough, and alone enough, to be taken for what was meant.

        Only a province's is taken so: a commune's name with another letter is often that of one abolished in 2025.
        """
        words = _without_talk(words)
        for region, rest in self._regions(words):
            if hits := self._guess_below(rest, region):
                return hits, False
            if len(region) == 1 and region[0].spelled.upper() != region[0].spelled:  # not by letters like «LA»
                return list(region), False
        for region, rest in self._misspelled_regions(words):
            if hits := self._read_below(rest, region) or self._guess_below(rest, region):
                return hits, False
        if hits := self._guess_in_district(words):
            return hits, False
        near = [
            (hit, score) for key, score in self._nearest(words, self._fuzzy_all) for hit in self._of_key(key, words)
        ]
        rivals = [hit for hit, score in near if score > near[0][1] - _AHEAD]
        if rivals and len(rivals[0].code) == 2 and near[0][1] >= _SURE and len({(h.code, h.via) for h in rivals}) == 1:
            return rivals[:1], True
        return [hit for hit, _ in near], False

    def _guess_below(self, words: _Words, region: Sequence[_Hit]) -> list[_Hit]:
        if hits := self._guess_in_district(words, region):
            return hits
        codes = dict.fromkeys(province.code for province in region)
        keys = dict.fromkeys(key for code in codes for key in self._fuzzy_in.get(code, ()))
        near = self._nearest(words, list(keys))
        return [hit for key, _ in near for hit in self._below(self._communes_by_key[key], region)]

    def _guess_in_district(self, words: _Words, region: Sequence[_Hit] = ()) -> list[_Hit]:
        """Behind an unknown commune, an abolished district: the communes it became, those of a like name if any."""
        for cut in range(1, len(words)):
            named = self._districts(words.part(cut))
            if districts := self._in_region(named, region) if region else named:
                inside = {code: hit.via for hit in districts for code in hit.within}
                keys = {_key(self._commune[code].name): code for code in inside}
                near = [keys[key] for key, _ in self._nearest(words.part(0, cut), list(keys))]
                found = [_Hit(code, "", via=inside[code]) for code in near or inside]
                return found if near else [*districts, *found]
        return []

    def _of_key(self, key: str, words: _Words) -> list[_Hit]:
        """What a name found by likeness stands for: as in exact reading, a province before what is called like it."""
        communes = self._communes_by_key.get(key, [])
        if _begins_with(words, ("commune",)):
            return communes
        return self._provinces_by_key.get(key) or [*communes, *self._districts_by_key.get(key, ())]

    def _misspelled_regions(self, words: _Words) -> Iterator[tuple[list[_Hit], _Words]]:
        for cut in range(max(1, len(words) - 5), len(words)):
            end = _without_kind(words.part(cut), ("province", "city"))
            if len(end.key) >= _SHORTEST_FUZZY:
                nearest = process.extractOne(end.key, self._fuzzy_provinces, scorer=fuzz.ratio, score_cutoff=_SURE)
                if nearest:
                    yield self._provinces_by_key[nearest[0]], words.part(0, cut)

    def _nearest(self, words: _Words, keys: Sequence[str]) -> list[tuple[str, float]]:
        typed = _without_kind(words, ("commune", "province", "city", "district")).key
        if len(typed) < _SHORTEST_FUZZY:
            return []
        found = process.extract(typed, keys, scorer=fuzz.ratio, score_cutoff=_CLOSE, limit=8)
        return [(key, score) for key, score, _ in found]

    def _match(self, hits: Sequence[_Hit], outcome: Literal["exact", "choices"], limit: int) -> PlaceMatch:
        places = {(hit.code, hit.via): Place(hit.code, self.label(hit.code), hit.via, hit.within) for hit in hits}
        if not places:
            return PlaceMatch("none")
        kept = tuple(places.values())[: max(1, limit)]
        return PlaceMatch(outcome if len(places) == 1 else "choices", kept, len(places))


def _as_accented(hits: list[_Hit], words: _Words) -> list[_Hit]:
    """Those spelled with the accents typed; where none is, all, marked so. A syllable typed without accents is any.

    «Nậm Càn» is not «Nậm Cắn», but it may be meant. Provinces are too few to be mistaken.
    """
    if not words.accented or not hits:
        return hits
    typed = [_toned(word) for word in words.typed]
    fitting = []
    for hit in hits:
        spelled = [_toned(word) for word in _cut(hit.spelled).typed]
        if spelled == typed:
            return [h for h in hits if [_toned(word) for word in _cut(h.spelled).typed] == typed]
        pairs = zip(typed, words.plain, spelled, strict=False)
        if len(spelled) != len(typed) or all(t in (plain, name) for t, plain, name in pairs):
            fitting.append(hit)
    return fitting or [hit._replace(as_accented=len(hit.code) == 2) for hit in hits]


def _toned(word: str) -> str:
    """A syllable with its tone moved to the end, so that «hoà» and «hòa» are one."""
    letters = unicodedata.normalize("NFD", word)
    tones = "".join(letter for letter in letters if letter in _TONES)
    return "".join(letter for letter in letters if letter not in _TONES) + tones


def _begins_with(words: _Words, wanted: tuple[str, ...]) -> tuple[int, str] | None:
    """How many words in front say what kind of place it is, and which kind of commune or district."""
    for prefix, names, kind in _PREFIXES:
        if names in wanted and len(words) > len(prefix) and words.plain[: len(prefix)] == prefix:
            typed = words.typed[: len(prefix)]
            if typed == prefix or all(t == p or t in _KIND_SYLLABLES for t, p in zip(typed, prefix, strict=True)):
                return len(prefix), kind
    return None


def _without_kind(words: _Words, wanted: tuple[str, ...]) -> _Words:
    prefix, _ = _begins_with(words, wanted) or (0, "")
    return words.part(prefix)


def _without_talk(words: _Words) -> _Words:
    """Without «tôi ở …» in front, house and hamlet before «xã», «nhé» behind."""
    start, end = 0, len(words)
    while end > 1 and words.plain[end - 1] in _TRAILING:
        end -= 1
    while start < end - 1 and words.plain[start] in _LEADING:
        start += 1
    for position in range(start, end - 1):
        if words.typed[position] in ("xa", "xã", "phuong", "phường") and words.plain[max(0, position - 1)] != "thi":
            start = position
            break
    return words.part(start, end)


def _cut(text: str) -> _Words:
    text = _GLUED_NUMBER.sub(r"\1 \2", unicodedata.normalize("NFC", text[:500]).lower())
    typed: list[str] = []
    plain: list[str] = []
    breaks: set[int] = set()
    for token in _TOKEN.findall(text):
        if not token[0].isalnum():
            breaks.add(len(typed))
        elif folded := fold(token).replace(" ", ""):
            typed.append(token)
            plain.append(folded)
    dropped = max(0, len(typed) - _MOST_WORDS)
    after_break = frozenset(position - dropped for position in breaks if position >= dropped)
    return _Words(tuple(typed[dropped:]), tuple(plain[dropped:]), after_break)


def _key(name: str) -> str:
    return _cut(name).key


def _bare(district: str) -> str:
    """Its name without «quận», «huyện»."""
    kind = next((word for word in _DISTRICT_WORDS if district.startswith(word + " ")), "")
    return district.removeprefix(kind).strip()


# -- the file ----------------------------------------------------------------------------------------------------------

_ProvinceCode = Annotated[str, StringConstraints(pattern=r"^\d{2}$")]
_CommuneCode = Annotated[str, StringConstraints(pattern=r"^\d{5}$")]
_DistrictName = Annotated[str, StringConstraints(pattern=rf"^({'|'.join(_DISTRICT_WORDS)}) \S.*$")]
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
        names.update(map(_key, (province.short_name, *province.former)))
        for former, part in province.former.items():
            for district, codes in part.districts.items():
                names.add(_key(_bare(district)))
                if unknown := [number for number in codes.split() if number not in province.communes]:
                    where = source.where(("provinces", code, "former", former, "districts", district))
                    findings.append(Finding(where, f"{province.short_name} không có xã mang mã {', '.join(unknown)}"))
    for name, code in file.places.items():
        if code not in file.provinces:
            findings.append(Finding(source.where(("places", name)), f"không có tỉnh mang mã {code}"))
    for letters, meanings in file.abbreviations.items():
        for index, meaning in enumerate(meanings):
            if _key(meaning) not in names:
                where = source.where(("abbreviations", letters, index))
                findings.append(Finding(where, f"«{meaning}» không phải tên tỉnh, tỉnh cũ hay quận, huyện cũ"))
    return findings
