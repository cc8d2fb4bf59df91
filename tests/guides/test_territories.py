"""The map of the country as it is kept, and the forms in which people type a place."""

from __future__ import annotations

import time
from collections import Counter
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.errors import ContentError
from bot.guides.territories import Commune, PlaceMatch, Territories

FILE = Path(__file__).parents[2] / "knowledge" / "_territories.yaml"

# As of the day the file declares: centrally-run cities, xã, phường, đặc khu. A new state needs a line here.
COUNTS = {date(2026, 4, 30): (7, 2611, 697, 13), date(2026, 9, 20): (9, 2599, 709, 13)}

# The table of the 2025 merger, written down apart from the file: former province -> today's.
MERGED = {
    "Tuyên Quang": "Hà Giang",
    "Lào Cai": "Yên Bái",
    "Thái Nguyên": "Bắc Kạn",
    "Phú Thọ": "Hòa Bình, Vĩnh Phúc",
    "Bắc Ninh": "Bắc Giang",
    "Hưng Yên": "Thái Bình",
    "Hải Phòng": "Hải Dương",
    "Ninh Bình": "Hà Nam, Nam Định",
    "Quảng Trị": "Quảng Bình",
    "Đà Nẵng": "Quảng Nam",
    "Quảng Ngãi": "Kon Tum",
    "Gia Lai": "Bình Định",
    "Khánh Hòa": "Ninh Thuận",
    "Lâm Đồng": "Bình Thuận, Đắk Nông",
    "Đắk Lắk": "Phú Yên",
    "Hồ Chí Minh": "Bình Dương, Bà Rịa - Vũng Tàu",
    "Đồng Nai": "Bình Phước",
    "Tây Ninh": "Long An",
    "Cần Thơ": "Hậu Giang, Sóc Trăng",
    "Vĩnh Long": "Bến Tre, Trà Vinh",
    "Đồng Tháp": "Tiền Giang",
    "Cà Mau": "Bạc Liêu",
    "An Giang": "Kiên Giang",
}


@pytest.fixture(scope="module")
def territories() -> Territories:
    return Territories.load(FILE)


def shown(match: PlaceMatch) -> list[str]:
    return [place.label for place in match.places]


# -- the map ---------------------------------------------------------------------------------------------------------


def test_the_country_has_its_34_provinces_and_3321_communes(territories: Territories) -> None:
    cities, communes, wards, zones = COUNTS[territories.as_of]
    assert len(territories.provinces) == 34
    assert sum(province.kind == "thanh-pho" for province in territories.provinces) == cities
    assert len(territories.communes) == len({commune.code for commune in territories.communes}) == 3321
    assert Counter(c.kind for c in territories.communes) == {"xa": communes, "phuong": wards, "dac-khu": zones}


def test_dong_nai_is_a_city_and_ten_of_its_communes_are_wards(territories: Territories) -> None:
    assert territories.label("75") == "TP Đồng Nai"
    names = ["Dầu Giây", "Đồng Phú", "Long Thành", "Lộc Ninh", "Nhơn Trạch"]
    names += ["Tân Khai", "Tân Phú", "Trảng Bom", "Trị An", "Xuân Lộc"]
    for name in names:
        assert shown(territories.search(f"phường {name}, Đồng Nai")) == [f"phường {name}, TP Đồng Nai"]


def test_every_province_of_before_the_merger_is_found_and_said_to_be_old(territories: Territories) -> None:
    former = [name for province in territories.provinces for name in province.former_names]
    assert len(former) == len(set(former)) == 63
    old = {name: today for today, names in MERGED.items() for name in names.split(", ")}
    today_names = {province.short_name for province in territories.provinces}
    assert set(former) == today_names | set(old)
    for name in former:
        match = territories.search(name)
        assert match.outcome == "exact", name
        [place] = match.places
        province = territories.province(place.code)
        assert province and province.short_name == old.get(name, name)
        assert place.via == (name if name in old else None)


def test_labels_name_the_province(territories: Territories) -> None:
    [commune] = [c for c in territories.communes if c.name == "An Thới Đông"]
    assert commune == Commune(commune.code, "xa", "An Thới Đông", "79")
    assert territories.label(commune.code) == "xã An Thới Đông, TP Hồ Chí Minh"
    assert territories.province(commune.code) == territories.province("79")
    assert [territories.label(code) for code in ("01", "04", "75", "79")] == [
        "TP Hà Nội",
        "tỉnh Cao Bằng",
        "TP Đồng Nai",
        "TP Hồ Chí Minh",
    ]
    with pytest.raises(KeyError):
        territories.label("99999")


def test_every_place_is_found_by_its_own_label(territories: Territories) -> None:
    missed = []
    for place in (*territories.provinces, *territories.communes):
        match = territories.search(territories.label(place.code))
        if match.outcome != "exact" or match.places[0].code != place.code:
            missed.append(territories.label(place.code))
    # «Thanh An» without a mark may be «Thạnh An» typed without accents, which lies in the same city.
    assert missed == ["xã Thanh An, TP Hồ Chí Minh"]


def test_a_name_in_several_provinces_is_never_taken_without_one(territories: Territories) -> None:
    kinds = {"xa": "xã", "phuong": "phường", "dac-khu": "đặc khu"}
    repeated = Counter((commune.kind, commune.name) for commune in territories.communes)
    for (kind, name), times in repeated.items():
        if times < 2:
            continue
        match = territories.search(f"{kinds[kind]} {name}", limit=50)
        assert match.outcome == "choices", name
        labels = shown(match)
        assert len(labels) == len(set(labels)) >= times
        bare = territories.search(name)
        assert bare.outcome == "choices" or len(bare.places[0].code) == 2, name  # a province, or his choice


# -- as people type --------------------------------------------------------------------------------------------------

EXACT = {
    # provinces: abbreviations, spellings, no accents, no spaces
    "HCM": "TP Hồ Chí Minh",
    "sg": "TP Hồ Chí Minh",
    "tp.hcm": "TP Hồ Chí Minh",
    "TP. Hồ Chí Minh": "TP Hồ Chí Minh",
    "thanh pho ho chi minh": "TP Hồ Chí Minh",
    "hochiminh": "TP Hồ Chí Minh",
    "Sài Gòn": "TP Hồ Chí Minh",
    "HN": "TP Hà Nội",
    "hanoi": "TP Hà Nội",
    "thủ đô": "TP Hà Nội",
    "tt hue": "TP Huế",
    "DakLak": "tỉnh Đắk Lắk",
    "Đắc Lắc": "tỉnh Đắk Lắk",
    "thanh hoá": "tỉnh Thanh Hóa",
    "TINH CAO BANG": "tỉnh Cao Bằng",
    "tôi ở Hà Nội nhé": "TP Hà Nội",
    # communes
    "An Thới Đông": "xã An Thới Đông, TP Hồ Chí Minh",
    "an thoi dong": "xã An Thới Đông, TP Hồ Chí Minh",
    "x. an thới đông": "xã An Thới Đông, TP Hồ Chí Minh",
    "AN THOI DONG hcm": "xã An Thới Đông, TP Hồ Chí Minh",
    "TP Hồ Chí Minh, xã An Thới Đông": "xã An Thới Đông, TP Hồ Chí Minh",
    "Tân Thành, Cà Mau": "phường Tân Thành, tỉnh Cà Mau",
    "tan thanh ca mau": "phường Tân Thành, tỉnh Cà Mau",
    "xã Tân Thành tỉnh Cà Mau": "phường Tân Thành, tỉnh Cà Mau",
    "xã Dầu Giây": "phường Dầu Giây, TP Đồng Nai",
    "xã Củ Chi": "xã Củ Chi, TP Hồ Chí Minh",
    "cu chi tphcm": "xã Củ Chi, TP Hồ Chí Minh",
    "p. sài gòn": "phường Sài Gòn, TP Hồ Chí Minh",
    "phuong cua nam hn": "phường Cửa Nam, TP Hà Nội",
    "phuong liet": "phường Phương Liệt, TP Hà Nội",
    "xã Xa Dung": "xã Xa Dung, tỉnh Điện Biên",
    "phường Xuân Hương": "phường Xuân Hương - Đà Lạt, tỉnh Lâm Đồng",
    "dac khu con dao": "đặc khu Côn Đảo, TP Hồ Chí Minh",
    "xã Ea H’Leo": "xã Ea H'Leo, tỉnh Đắk Lắk",
    "Thạnh An, TPHCM": "xã Thạnh An, TP Hồ Chí Minh",
    # with what stands around it
    "tôi ở xã Củ Chi": "xã Củ Chi, TP Hồ Chí Minh",
    "nhà tôi ở ấp 3, xã Ea Kao, Đắk Lắk": "phường Ea Kao, tỉnh Đắk Lắk",
    "số 12 Nguyễn Trãi, phường Thanh Xuân, Hà Nội": "phường Thanh Xuân, TP Hà Nội",
    "số 5 đường Lê Lợi, TP Huế": "TP Huế",
    # a slip in a province's name
    "Binh Duongg": "TP Hồ Chí Minh",
    "Qảng Ninh": "tỉnh Quảng Ninh",
}


@pytest.mark.parametrize(("typed", "label"), EXACT.items())
def test_one_place_is_meant(territories: Territories, typed: str, label: str) -> None:
    match = territories.search(typed)
    # The province may be amended to a city; what is tested here is which place is found.
    assert (match.outcome, [_without_kind(found) for found in shown(match)]) == ("exact", [_without_kind(label)])


def _without_kind(label: str) -> str:
    return label.replace("tỉnh ", "").replace("TP ", "")


@pytest.mark.parametrize(
    ("typed", "label", "via"),
    [
        ("Bình Dương", "TP Hồ Chí Minh", "Bình Dương"),
        ("tỉnh binh duong cũ", "TP Hồ Chí Minh", "Bình Dương"),
        ("BRVT", "TP Hồ Chí Minh", "Bà Rịa - Vũng Tàu"),
        ("Thuận An, Bình Dương", "phường Thuận An, TP Hồ Chí Minh", "Bình Dương"),
        ("sơn động bắc giang", "xã Sơn Động, tỉnh Bắc Ninh", "Bắc Giang"),
        ("q7", "TP Hồ Chí Minh", "quận 7"),
        ("Q.7 TPHCM", "TP Hồ Chí Minh", "quận 7"),
        ("quận 9", "TP Hồ Chí Minh", "quận 9"),
        ("huyen cu chi", "TP Hồ Chí Minh", "huyện Củ Chi"),
        ("tp thủ đức", "TP Hồ Chí Minh", "thành phố Thủ Đức"),
        ("TP Vinh", "tỉnh Nghệ An", "thành phố Vinh"),
        ("Đà Lạt", "tỉnh Lâm Đồng", "thành phố Đà Lạt"),
        ("Buôn Mê Thuột", "tỉnh Đắk Lắk", "Buôn Mê Thuột"),
        ("phường Tân Định quận 1 HCM", "phường Tân Định, TP Hồ Chí Minh", "quận 1"),
        ("Châu Thành, Bến Tre", "tỉnh Vĩnh Long", "huyện Châu Thành, Bến Tre"),
    ],
)
def test_an_old_name_is_understood_and_named(territories: Territories, typed: str, label: str, via: str) -> None:
    match = territories.search(typed)
    assert match.outcome == "exact"
    assert _without_kind(match.places[0].label) == _without_kind(label)
    assert match.places[0].via == via


def test_an_old_district_says_which_communes_it_became(territories: Territories) -> None:
    [place] = territories.search("huyện Củ Chi").places
    assert "xã Củ Chi, TP Hồ Chí Minh" in [territories.label(code) for code in place.within]


@pytest.mark.parametrize(
    ("typed", "among"),
    [
        ("ĐN", ["TP Đà Nẵng", "TP Đồng Nai"]),
        ("dn", ["TP Đà Nẵng", "TP Đồng Nai"]),
        ("BD", ["TP Hồ Chí Minh", "tỉnh Gia Lai"]),
        ("HG", ["tỉnh Tuyên Quang", "TP Cần Thơ"]),
        ("Tân Uyên", ["xã Tân Uyên, tỉnh Lai Châu", "phường Tân Uyên, TP Hồ Chí Minh"]),
        ("Thủ Đức", ["phường Thủ Đức, TP Hồ Chí Minh", "TP Hồ Chí Minh"]),
        ("huyện Châu Thành", ["tỉnh Tây Ninh", "tỉnh Đồng Tháp", "tỉnh Vĩnh Long"]),
        ("thanh an hcm", ["xã Thanh An, TP Hồ Chí Minh", "xã Thạnh An, TP Hồ Chí Minh"]),
        # guesses: asked, never taken
        ("an thoi dogn", ["xã An Thới Đông, TP Hồ Chí Minh"]),
        ("xã An Thới Đôngg, ho chi min", ["xã An Thới Đông, TP Hồ Chí Minh"]),
        ("Xã Nậm Càn, Nghệ An", ["xã Nậm Cắn, tỉnh Nghệ An"]),
        ("phường 5 quận 3", ["TP Hồ Chí Minh", "phường Bàn Cờ, TP Hồ Chí Minh"]),
        ("Xã Mỹ Thọ, Bình Định", ["tỉnh Gia Lai"]),
    ],
)
def test_several_or_a_guess_are_asked_back(territories: Territories, typed: str, among: list[str]) -> None:
    match = territories.search(typed)
    assert match.outcome == "choices"
    assert set(among) <= set(shown(match))


@pytest.mark.parametrize("typed", ["", "   ", "TP", "a", "😀", "xin chào", "asdfgh qwerty", "?!,.", "xã", "0912345678"])
def test_no_place_is_none(territories: Territories, typed: str) -> None:
    assert territories.search(typed) == PlaceMatch("none")


def test_the_limit_is_kept_and_the_total_told(territories: Territories) -> None:
    match = territories.search("Tân Thành", limit=3)
    assert len(match.places) == 3
    assert match.total > 6


@given(st.text(max_size=300))
def test_search_survives_any_text(territories: Territories, text: str) -> None:
    match = territories.search(text)
    assert match.outcome in ("exact", "choices", "none")
    assert (match.outcome == "none") == (not match.places)


WORDS = ["xã", "phường", "tỉnh", "tp", "q7", "tân", "thành", ",", "hà", "nội", "quận", "châu", "đn", "p.5", "1", "cũ"]


@given(st.lists(st.sampled_from(WORDS), max_size=20))
def test_search_survives_any_pile_of_place_words(territories: Territories, words: list[str]) -> None:
    assert territories.search(" ".join(words)).total >= 0


def test_a_search_is_quick(territories: Territories) -> None:
    """Measured: 0.1 ms for a known name, 1-3 ms for a guess; the bound leaves room for a busy machine."""
    typed = [*EXACT, "phường 5 quận 3", "xa an thoi dogn huyen can gio tphcm", "asdfgh qwerty"]
    started = time.perf_counter()
    for text in typed:
        territories.search(text)
    assert (time.perf_counter() - started) / len(typed) < 0.005


# -- the file --------------------------------------------------------------------------------------------------------

SMALL = """
as_of: 2026-04-30
counts: {xa: 1, phuong: 1, dac-khu: 0}
provinces:
  "01":
    name: Thành phố Hà Nội
    short_name: Hà Nội
    kind: thanh-pho
    aliases: [HN]
    former:
      Hà Nội:
        aliases: []
        districts:
          quận Ba Đình: "00004"
    communes:
      "00004": phường Ba Đình
      "00376": xã Sóc Sơn
places:
  Hà Tây: "01"
abbreviations:
  HN: [Hà Nội]
"""


def test_a_small_file_loads(tmp_path: Path) -> None:
    (tmp_path / "t.yaml").write_text(SMALL, encoding="utf-8")
    assert Territories.load(tmp_path / "t.yaml").label("00376") == "xã Sóc Sơn, TP Hà Nội"


@pytest.mark.parametrize(
    ("right", "wrong", "line", "said"),
    [
        ("kind: thanh-pho", "kind: huyen", 8, "huyen"),
        ("phường Ba Đình", "quận Ba Đình", 16, "quận Ba Đình"),
        ('"00376"', '"376"', 17, "376"),
        ("xa: 1", "xa: 2", 3, "ghi 2 xã nhưng danh sách có 1"),
        ('quận Ba Đình: "00004"', 'quận Ba Đình: "00005"', 14, "00005"),
        ('Hà Tây: "01"', 'Hà Tây: "02"', 19, "02"),
        ("HN: [Hà Nội]", "HN: [Hà Nam]", 21, "Hà Nam"),
        ("short_name", "shortname", 5, "short_name"),
    ],
)
def test_a_wrong_file_is_refused_with_its_line(tmp_path: Path, right: str, wrong: str, line: int, said: str) -> None:
    path = tmp_path / "t.yaml"
    path.write_text(SMALL.replace(right, wrong), encoding="utf-8")
    with pytest.raises(ContentError) as refused:
        Territories.load(path)
    assert any(said in f.what and f.where == f"{path}:{line}" for f in refused.value.findings), refused.value
