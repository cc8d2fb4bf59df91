"""Which place a person means by a line he types: read to the letter first, guessed where that fails."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Literal

from rapidfuzz import fuzz, process

from bot.guides.place_index import SHORTEST_FUZZY, Hit, PlaceIndex
from bot.guides.place_words import (
    COMMUNE_STARTS,
    HOUSE,
    LEADING,
    TRAILING,
    Words,
    begins_with,
    without_kind,
    without_talk,
    words_of,
)
from bot.guides.places import Place, PlaceMatch

# Indel similarity of the compact names, 0-100. Two letters swapped in «An Thới Đông» give 90, one letter missing in
# «Bình Dương» 94, one letter changed in «Đồng Nai» 86; different names of eight letters that share six give 75.
_CLOSE = 80.0
_SURE = 85.0
_AHEAD = 5.0


class PlaceSearch:
    """The search among all places; of several of one name it never picks one."""

    def __init__(self, index: PlaceIndex, label: Callable[[str], str]) -> None:
        """Search an index.

        Args:
            index: the names.
            label: how the place of a code is shown.
        """
        self._index = index
        self._label = label

    def search(self, text: str, limit: int = 6) -> PlaceMatch:
        """Which place a typed line means.

        Understands missing accents, kinds and spaces, usual abbreviations, former provinces and districts, words around
        the place («tôi ở ấp 3, xã …»), and slips of the finger. Of several places of one name it never picks one.

        Args:
            text: whatever a person typed.
            limit: how many choices at most.
        """
        words = words_of(text)
        hits = self._read(words)
        if hits:
            return self._match(hits, "exact" if all(hit.as_accented for hit in hits) else "choices", limit)
        guesses, sure = self._guess(words)
        return self._match(guesses, "exact" if sure else "choices", limit)

    def _read(self, words: Words) -> list[Hit]:
        """The line read as names known to the letter (accents aside), from its first word or a later fitting one."""
        end = len(words)
        ends = [end]
        while end > 1 and words.plain[end - 1] in TRAILING:
            end -= 1
            ends.append(end)
        for start in range(len(words)):
            if not self._may_start(words, start):
                continue
            for end in ends:
                if end > start and (hits := self._read_all(words.part(start, end))):
                    return [hit for hit in hits if hit.of_kind] or hits
        return []

    def _may_start(self, words: Words, start: int) -> bool:
        """Whether what stands before may be left out: nothing, a hamlet or street, «tôi ở»."""
        before, here = words.part(0, start), words.part(start)
        while before.plain and before.plain[0] in LEADING:
            before = before.part(1)
        if not before.plain:
            return True
        named = begins_with(here, ("commune",)) and here.plain[0] in COMMUNE_STARTS and before.plain[-1] != "thi"
        if named:
            return True
        # An unknown commune is not dropped for the province or district behind it; a house or a hamlet is.
        house = before.plain[0] in HOUSE or before.plain[0].isdigit()
        if not house or any(begins_with(before.part(i), ("commune",)) for i in range(len(before))):
            return False
        return start in words.after_break or bool(begins_with(here, ("district", "city", "province")))

    def _read_all(self, words: Words) -> list[Hit]:
        """All the words as one place: alone, below a province, below an abolished district."""
        if hits := self._read_alone(words):
            return hits
        for region, rest in self._regions(words):
            if hits := self._read_below(rest, region):
                return hits
        for cut in range(1, len(words)):
            for district in self._index.districts(words.part(cut)):
                inside = [h for h in self._index.communes(words.part(0, cut)) if h.code in district.within]
                if inside:
                    return [hit._replace(via=district.via) for hit in inside]
        return []

    def _read_alone(self, words: Words) -> list[Hit]:
        if region := self._index.region(words):
            return region
        communes = self._index.communes(words)
        codes = {hit.code for hit in communes}
        # A district that became the one commune of its name (Côn Đảo) is not a second meaning.
        return [*communes, *(d for d in self._index.districts(words) if not d.within or not codes.issuperset(d.within))]

    def _regions(self, words: Words) -> Iterator[tuple[list[Hit], Words]]:
        """Each way to see a province at the end of the line, or at its beginning, and what is left; longest first."""
        for cut in range(1, len(words)):
            if region := self._index.region(words.part(cut)):
                yield region, words.part(0, cut)
        for cut in range(len(words) - 1, 0, -1):
            if region := self._index.region(words.part(0, cut)):
                yield region, words.part(cut)

    def _read_below(self, words: Words, region: Sequence[Hit]) -> list[Hit]:
        if hits := self._index.below(self._index.communes(words), region):
            return hits
        for cut in range(len(words)):
            districts = self._index.in_region(self._index.districts(words.part(cut)), region)
            if not districts:
                continue
            if cut == 0:
                return districts
            communes = self._index.communes(words.part(0, cut))
            inside = [hit for hit in communes if any(hit.code in district.within for district in districts)]
            if inside:
                return [hit._replace(via=districts[0].via) for hit in inside]
        return []

    # -- guessing ------------------------------------------------------------------------------------------------

    def _guess(self, words: Words) -> tuple[list[Hit], bool]:
        """The nearest names, and whether the first is near enough, and alone enough, to be taken for what was meant.

        Only a province's is taken so: a commune's name with another letter is often that of one abolished in 2025.
        """
        words = without_talk(words)
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
        of_key = self._index.communes_of_key if begins_with(words, ("commune",)) else self._index.of_key
        near = [(hit, score) for key, score in self._nearest(words, self._index.keys) for hit in of_key(key)]
        rivals = [hit for hit, score in near if score > near[0][1] - _AHEAD]
        if rivals and len(rivals[0].code) == 2 and near[0][1] >= _SURE and len({(h.code, h.via) for h in rivals}) == 1:
            return rivals[:1], True
        return [hit for hit, _ in near], False

    def _guess_below(self, words: Words, region: Sequence[Hit]) -> list[Hit]:
        if hits := self._guess_in_district(words, region):
            return hits
        near = self._nearest(words, self._index.commune_keys_in(region))
        return [hit for key, _ in near for hit in self._index.below(self._index.communes_of_key(key), region)]

    def _guess_in_district(self, words: Words, region: Sequence[Hit] = ()) -> list[Hit]:
        """Behind an unknown commune, an abolished district: the communes it became, those of a like name if any."""
        for cut in range(1, len(words)):
            named = self._index.districts(words.part(cut))
            if districts := self._index.in_region(named, region) if region else named:
                inside = {code: hit.via for hit in districts for code in hit.within}
                keys = {self._index.commune_key(code): code for code in inside}
                near = [keys[key] for key, _ in self._nearest(words.part(0, cut), list(keys))]
                found = [Hit(code, "", via=inside[code]) for code in near or inside]
                return found if near else [*districts, *found]
        return []

    def _misspelled_regions(self, words: Words) -> Iterator[tuple[list[Hit], Words]]:
        for cut in range(max(1, len(words) - 5), len(words)):
            end = without_kind(words.part(cut), ("province", "city"))
            if len(end.key) >= SHORTEST_FUZZY:
                nearest = process.extractOne(end.key, self._index.province_keys, scorer=fuzz.ratio, score_cutoff=_SURE)
                if nearest:
                    yield self._index.provinces_of_key(nearest[0]), words.part(0, cut)

    def _nearest(self, words: Words, keys: Sequence[str]) -> list[tuple[str, float]]:
        typed = without_kind(words, ("commune", "province", "city", "district")).key
        if len(typed) < SHORTEST_FUZZY:
            return []
        found = process.extract(typed, keys, scorer=fuzz.ratio, score_cutoff=_CLOSE, limit=8)
        return [(key, score) for key, score, _ in found]

    def _match(self, hits: Sequence[Hit], outcome: Literal["exact", "choices"], limit: int) -> PlaceMatch:
        places = {(hit.code, hit.via): Place(hit.code, self._label(hit.code), hit.via, hit.within) for hit in hits}
        if not places:
            return PlaceMatch("none")
        kept = tuple(places.values())[: max(1, limit)]
        return PlaceMatch(outcome if len(places) == 1 else "choices", kept, len(places))
