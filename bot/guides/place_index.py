"""Every name a place has or had, as it sounds without accents, and what it stands for."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from bot.guides.place_words import Words, bare, begins_with, key_of, toned, words_of
from bot.guides.places import Commune, Province

# Shorter names differ by a letter too often («Tân An», «Tân Ân», «Tân Hà»): a typo in them is not repaired.
SHORTEST_FUZZY = 5


class Hit(NamedTuple):
    """A province, or a commune, or an abolished district standing for its province."""

    code: str
    spelled: str
    kind: str = ""
    via: str | None = None
    within: tuple[str, ...] = ()
    former: str = ""
    of_kind: bool = True
    as_accented: bool = True


class PlaceIndex:
    """Names by their keys; answers what words name to the letter, accents aside.

    Attributes:
        province_keys: names of provinces, for guessing.
        keys: names of anything, for guessing.
    """

    def __init__(
        self,
        provinces: Iterable[Province],
        communes: Iterable[Commune],
        *,
        former_aliases: Iterable[tuple[str, str, str]],
        districts: Iterable[tuple[str, str, str, tuple[str, ...]]],
        places: Iterable[tuple[str, str]],
        abbreviations: Iterable[tuple[str, tuple[str, ...]]],
    ) -> None:
        """Index them; the arguments are those of `Territories`."""
        self._provinces = {province.code: province for province in provinces}
        self._communes = {commune.code: commune for commune in communes}
        self._of_former: dict[str, set[str]] = defaultdict(set)
        self._provinces_by_key: dict[str, list[Hit]] = defaultdict(list)
        self._districts_by_key: dict[str, list[Hit]] = defaultdict(list)
        self._communes_by_key: dict[str, list[Hit]] = defaultdict(list)
        self._commune_keys: dict[str, list[str]] = defaultdict(list)
        self._index_provinces(former_aliases)
        self._index_districts(districts, places)
        self._index_communes()
        self._abbreviations = {key_of(letters): tuple(self._meanings(names)) for letters, names in abbreviations}
        self.province_keys = [key for key in self._provinces_by_key if len(key) >= SHORTEST_FUZZY]
        # Not as a set: of names equally near the same one must come first in every process.
        self.keys = list(dict.fromkeys((*self.province_keys, *self._districts_by_key, *self._communes_by_key)))

    def _index_provinces(self, former_aliases: Iterable[tuple[str, str, str]]) -> None:
        for province in self._provinces.values():
            for spelled in (province.short_name, *province.aliases):
                self._provinces_by_key[key_of(spelled)].append(Hit(province.code, spelled))
        for spelled, former, code in former_aliases:
            if former != self._provinces[code].short_name:
                hit = Hit(code, spelled, via=former, former=former)
                self._provinces_by_key[key_of(spelled)].append(hit)

    def _index_districts(
        self,
        districts: Iterable[tuple[str, str, str, tuple[str, ...]]],
        places: Iterable[tuple[str, str]],
    ) -> None:
        for full_name, former, code, communes in districts:
            name = bare(full_name)
            kind = full_name.removesuffix(name).strip()
            via = full_name if former == self._provinces[code].short_name else f"{full_name}, {former}"
            self._districts_by_key[key_of(name)].append(Hit(code, name, kind, via, communes, former))
            self._of_former[former].update(communes)
        for name, code in places:
            hit = Hit(code, bare(name), via=name)
            self._districts_by_key[key_of(hit.spelled)].append(hit)

    def _index_communes(self) -> None:
        for commune in self._communes.values():
            # «Văn Miếu - Quốc Tử Giám», «Xuân Hương - Đà Lạt» are called by their first half.
            for spelled in dict.fromkeys((commune.name, commune.name.split(" - ")[0])):
                key = key_of(spelled)
                self._communes_by_key[key].append(Hit(commune.code, spelled, commune.kind))
                self._commune_keys[commune.province].append(key)

    def _meanings(self, names: Iterable[str]) -> Iterator[Hit]:
        for name in names:
            yield from self._provinces_by_key.get(key_of(name)) or self._districts_by_key.get(key_of(name)) or ()

    def provinces(self, words: Words) -> list[Hit]:
        """Provinces of this name, today's or former."""
        return self._named(words, self._provinces_by_key, ("province", "city"))

    def communes(self, words: Words) -> list[Hit]:
        """Communes of this name."""
        return self._named(words, self._communes_by_key, ("commune",))

    def districts(self, words: Words) -> list[Hit]:
        """Abolished districts of this name."""
        return self._named(words, self._districts_by_key, ("district", "city"))

    def abbreviated(self, words: Words) -> list[Hit]:
        """What the letters may stand for."""
        return list(self._abbreviations.get(words.plain[0], ())) if len(words) == 1 else []

    def region(self, words: Words) -> list[Hit]:
        """What a commune may be said to lie in: provinces of this name, or of these letters."""
        return self.provinces(words) or self.abbreviated(words)

    def below(self, communes: Iterable[Hit], region: Sequence[Hit]) -> list[Hit]:
        """Those of the communes that lie in the region; in the former province, where one was named."""
        vias = {province.code: province.via for province in region}
        inside = [hit for hit in communes if self._communes[hit.code].province in vias]
        formers = {province.former for province in region if province.former}
        if formers:
            inside = [hit for hit in inside if any(hit.code in self._of_former[former] for former in formers)]
        return [hit._replace(via=vias[self._communes[hit.code].province]) for hit in inside]

    def in_region(self, districts: Iterable[Hit], region: Sequence[Hit]) -> list[Hit]:
        """Those of the districts that lie in the region; in the former province, where that narrows them."""
        codes = {province.code for province in region}
        formers = {province.former for province in region if province.former}
        inside = [hit for hit in districts if hit.code in codes]
        return [hit for hit in inside if hit.former in formers] or inside

    def commune_keys_in(self, region: Sequence[Hit]) -> list[str]:
        """Names of the communes in the region, for guessing."""
        return list(dict.fromkeys(key for hit in region for key in self._commune_keys.get(hit.code, ())))

    def commune_key(self, code: str) -> str:
        """The name of the commune of a code, for guessing."""
        return key_of(self._communes[code].name)

    def communes_of_key(self, key: str) -> list[Hit]:
        """Communes of a guessed name."""
        return self._communes_by_key.get(key, [])

    def provinces_of_key(self, key: str) -> list[Hit]:
        """Provinces of a guessed name."""
        return self._provinces_by_key.get(key, [])

    def of_key(self, key: str) -> list[Hit]:
        """What a guessed name stands for: as in exact reading, a province before what is called like it."""
        return self.provinces_of_key(key) or [*self.communes_of_key(key), *self._districts_by_key.get(key, ())]

    def _named(self, words: Words, index: dict[str, list[Hit]], wanted: tuple[str, ...]) -> list[Hit]:
        """What the index holds under these words, with or without a fitting kind in front.

        The words as they stand go first: «Xa Dung», «Quan Sơn», «Phương Liệt» begin with what looks like a kind.
        """
        if hits := index.get(words.key):
            return _as_accented(hits, words)
        prefix, kind = begins_with(words, wanted) or (0, "")
        rest = words.part(prefix)
        if prefix and (hits := index.get(rest.key)):
            return [hit._replace(of_kind=kind in ("", hit.kind)) for hit in _as_accented(hits, rest)]
        return []


def _as_accented(hits: list[Hit], words: Words) -> list[Hit]:
    """Those spelled with the accents typed; where none is, all, marked so. A syllable typed without accents is any.

    «Nậm Càn» is not «Nậm Cắn», but it may be meant. Provinces are too few to be mistaken.
    """
    if not words.accented or not hits:
        return hits
    typed = [toned(word) for word in words.typed]
    fitting = []
    for hit in hits:
        spelled = [toned(word) for word in words_of(hit.spelled).typed]
        if spelled == typed:
            return [h for h in hits if [toned(word) for word in words_of(h.spelled).typed] == typed]
        pairs = zip(typed, words.plain, spelled, strict=False)
        if len(spelled) != len(typed) or all(t in (plain, name) for t, plain, name in pairs):
            fitting.append(hit)
    return fitting or [hit._replace(as_accented=len(hit.code) == 2) for hit in hits]
