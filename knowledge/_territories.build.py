"""Writes ``knowledge/_territories.yaml``: provinces, former provinces and districts, communes. A maintainer's tool.

Run by hand, in a throwaway virtual environment, when the map of the country changes; nothing needs it (or what it
reads) at run time::

    python3.11 -m venv /tmp/territories && /tmp/territories/bin/pip install vietnamadminunits==1.0.4 pyyaml
    /tmp/territories/bin/python knowledge/_territories.build.py --brief PATH/TO/provinces.yaml

Sources:

* the brief's ``provinces.yaml``: the 34 provincial units, the 63 former ones, what people call them, abbreviations;
* the PyPI package ``vietnamadminunits`` 1.0.4 (MIT; state of 8/2025): communes with the codes of Quyết định
  19/2025/QĐ-TTg, the districts abolished on 1/7/2025 and the communes each of them became;
* ``AMENDMENTS`` below: what the National Assembly and its Standing Committee changed since.

The country's units are never joined by province code across 1/7/2025: seven codes were given to other provinces then.
Old and new meet by name only.
"""

from __future__ import annotations

import argparse
import json
import sqlite3
import sys
import unicodedata
from collections import Counter, defaultdict
from dataclasses import dataclass
from importlib import metadata, util
from pathlib import Path
from typing import Any

import yaml

TARGET = Path(__file__).with_name("_territories.yaml")
KINDS = {"Xã": "xa", "Phường": "phuong", "Đặc khu": "dac-khu"}


@dataclass(frozen=True)
class Amendment:
    """A change in force from ``since``; ``wards`` are communes (xã) of ``province`` that became wards (phường)."""

    since: str
    province: str
    city: bool
    wards: tuple[str, ...]
    source: str


AMENDMENTS = (
    Amendment(
        since="2026-04-30",
        province="75",
        city=True,
        wards=(
            "Dầu Giây", "Đồng Phú", "Long Thành", "Lộc Ninh", "Nhơn Trạch",
            "Tân Khai", "Tân Phú", "Trảng Bom", "Trị An", "Xuân Lộc",
        ),
        # Names read on 2026-11-22 in two repositories that agree: a survey citing baochinhphu.vn of 2026-04-20
        # (102260420092248619) and the address list of a Đồng Nai ward application; the count (697) is the brief's.
        source="Nghị quyết 30/2026/QH16 (TP Đồng Nai); Nghị quyết 237/NQ-UBTVQH16 ngày 14/4/2026 (10 phường)",
    ),
    # The two below are later than the state the brief counted (30/4/2026), so they are applied only with --as-of.
    # Read on 2026-11-22 in github.com/thanglequoc/vietnamese-provinces-database, docs/release_notes/v5.1.0.md
    # (2026-09-12) and v5.2.0.md (2026-09-20).
    Amendment(
        since="2026-09-01",
        province="22",
        city=True,
        wards=(),
        source="Nghị quyết 36/2026/QH16 (TP Quảng Ninh)",
    ),
    Amendment(
        since="2026-09-20",
        province="24",
        city=True,
        wards=(
            "Bố Hạ", "Lạng Giang", "Kép", "Lục Nam", "Hiệp Hòa", "Yên Phong",
            "Phù Lãng", "Chi Lăng", "Tiên Du", "Gia Bình", "Nhân Thắng", "Lương Tài",
        ),
        source="Nghị quyết 39/2026/QH16 (TP Bắc Ninh); Nghị quyết 388/NQ-UBTVQH16 (12 phường)",
    ),
)  # fmt: skip

# What older people still say: provinces of before 1991-2008 that lie in one province of today, and districts gone
# before 2025 (the package keeps those without accents only).
GONE_EARLIER = {
    "Hà Tây": "01", "Hà Bắc": "24", "Vĩnh Phú": "25", "Hà Nam Ninh": "37", "Hoàng Liên Sơn": "15", "Cửu Long": "86",
    "Minh Hải": "96", "quận 2": "79", "quận 9": "79", "Cửa Lò": "40", "Hoành Bồ": "22", "Tĩnh Gia": "38",
    "Yên Dũng": "24",
}  # fmt: skip

# The brief lists «HN» both as an alias of Hà Nội («the usual meaning») and as ambiguous with Hà Nam; asking everybody
# in Hà Nội would be a nuisance, and the place is shown to the person before it is kept anyway. «TP» says nothing.
NOT_AMBIGUOUS = ("HN", "TP")

HEADER = """\
# Địa giới: 34 tỉnh, thành phố; 63 tỉnh cũ; {districts} quận, huyện cũ; {communes} xã, phường, đặc khu.
# Tình trạng từ {as_of}.
#
# TỆP NÀY DO MÁY SINH RA (ngày {today}), đừng sửa tay: sửa knowledge/_territories.build.py rồi chạy lại; cách chạy ghi
# ở đầu tệp đó.
#
# Nguồn:
#   - tỉnh, tên cũ, tên gọi khác, viết tắt: provinces.yaml của bản mô tả dự án (ngày {brief});
#   - xã, phường, đặc khu và quận, huyện cũ: gói PyPI vietnamadminunits {version} (dữ liệu 8/2025, mã theo Quyết định
#     19/2025/QĐ-TTg), https://github.com/tranngocminhhieu/vietnamadminunits, giấy phép MIT (in ở cuối phần này);
#   - thay đổi sau đó:
{amendments}
# Quận, huyện cũ: mỗi dòng là các xã, phường nay có phần đất của nơi đó.
# Mã tỉnh từ 1/7/2025 KHÔNG nối được với mã tỉnh trước đó (7 mã đã trao cho tỉnh khác): chỉ nối theo tên.
#
# Giấy phép: phần chọn lọc, sắp xếp của dự án theo CC BY 4.0 như cả thư mục knowledge/; dữ liệu từ vietnamadminunits:
#
{licence}
"""


def main() -> int:
    """Reads the sources, checks them against each other, writes the file."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--brief", type=Path, required=True, help="provinces.yaml of the brief")
    parser.add_argument("--as-of", default="2026-04-30", help="apply the amendments in force on this day")
    parser.add_argument("--today", required=True, help="the day written into the header, 2026-11-22")
    arguments = parser.parse_args()
    brief = yaml.load(arguments.brief.read_text(encoding="utf-8"), yaml.BaseLoader)
    package = Path(str(util.find_spec("vietnamadminunits").origin)).parent  # type: ignore[union-attr]
    database = sqlite3.connect(package / "data" / "dataset.db")
    in_force = [amendment for amendment in AMENDMENTS if amendment.since <= arguments.as_of]
    communes = read_communes(database, in_force)
    check_counts(brief, communes, in_force)
    districts = read_districts(database, package)
    text = render(brief, communes, districts, in_force, arguments.today)
    TARGET.write_text(text, encoding="utf-8")
    sys.stdout.write(f"{TARGET}: {len(text.encode())} bytes\n")
    return 0


def read_communes(database: sqlite3.Connection, in_force: list[Amendment]) -> dict[str, dict[str, str]]:
    """Province code -> commune code -> "xã An Thới Đông"."""
    communes: dict[str, dict[str, str]] = defaultdict(dict)
    for province, code, full_name in database.execute("SELECT provinceCode, wardCode, ward FROM admin_units"):
        # The kind is taken from the full name: the package's own column is wrong for four communes
        # (10543 and 31213 are phường, 11848 and 31299 are xã).
        kind = next(kind for kind in KINDS if full_name.startswith(kind + " "))
        communes[province][code] = f"{kind.lower()} {tidy(full_name.removeprefix(kind))}"
    for amendment in in_force:
        by_name = {name: code for code, name in communes[amendment.province].items()}
        for ward in amendment.wards:
            communes[amendment.province][by_name[f"xã {ward}"]] = f"phường {ward}"
    return communes


def check_counts(brief: dict[str, Any], communes: dict[str, dict[str, str]], in_force: list[Amendment]) -> None:
    """Stops where the two sources disagree about any province's number of xã, phường and đặc khu."""
    later = {a.province: len(a.wards) for a in in_force if a.since > "2026-04-30"}
    for province in brief["provinces"]:
        wanted = Counter({key: int(number) for key, number in province["commune_units"].items() if key != "total"})
        wanted["xa"] -= later.get(province["code"], 0)
        wanted["phuong"] += later.get(province["code"], 0)
        found = count(communes[province["code"]])
        if +wanted != found:
            raise SystemExit(f"{province['name']}: the brief says {dict(wanted)}, the communes are {dict(found)}")


def count(communes: dict[str, str]) -> Counter[str]:
    """How many of each kind."""
    kinds = {"xã": "xa", "phường": "phuong", "đặc": "dac_khu"}
    return Counter(kinds[name.split()[0]] for name in communes.values())


def read_districts(database: sqlite3.Connection, package: Path) -> dict[str, dict[str, str]]:
    """Former province (``plain``) -> "quận Ninh Kiều" -> codes of the communes that now hold a part of it."""
    new_code = {
        (province, ward): (province_code, code)
        for province, ward, province_code, code in database.execute(
            "SELECT provinceKey, wardKey, provinceCode, wardCode FROM admin_units"
        )
    }
    names = {
        f"{province}_{district}": (short, name)
        for province, district, short, name in database.execute(
            "SELECT DISTINCT provinceKey, districtKey, provinceShort, district FROM admin_units_legacy"
        )
    }
    converter = json.loads((package / "data" / "converter_2025.json").read_text(encoding="utf-8"))
    became: dict[tuple[str, str], set[str]] = defaultdict(set)
    for province, wards in converter["DICT_PROVINCE_WARD_NO_DIVIDED"].items():
        for ward, old_wards in wards.items():
            for old in old_wards:
                if (old_district := old.rsplit("_", 1)[0]) in names:
                    became[names[old_district]].add(new_code[province, ward][1])
    for province, old_wards in converter["DICT_PROVINCE_WARD_DIVIDED"].items():
        for old, parts in old_wards.items():
            if (old_district := old.rsplit("_", 1)[0]) in names:
                became[names[old_district]].update(new_code[province, part["newWardKey"]][1] for part in parts)
    districts: dict[str, dict[str, str]] = defaultdict(dict)
    for (former_province, name), codes in sorted(became.items()):
        kind = next(k for k in ("thành phố", "thị xã", "quận", "huyện") if name.lower().startswith(k + " "))
        districts[plain(former_province)][f"{kind} {tidy(name[len(kind) :])}"] = " ".join(sorted(codes))
    return districts


def render(
    brief: dict[str, Any],
    communes: dict[str, dict[str, str]],
    districts: dict[str, dict[str, str]],
    in_force: list[Amendment],
    today: str,
) -> str:
    """The file's text: one line a commune, one a district."""
    as_of = max((amendment.since for amendment in in_force), default="2025-07-01")
    total: Counter[str] = sum((count(of_province) for of_province in communes.values()), Counter())
    distribution = metadata.distribution("vietnamadminunits")
    licence = next(path for path in distribution.files or () if path.name == "LICENSE")
    lines = HEADER.format(
        as_of=as_of,
        today=today,
        brief=brief["as_of"],
        version=distribution.version,
        districts=sum(map(len, districts.values())),
        communes=f"{total.total():,}".replace(",", "."),
        amendments="\n".join(f"#     {amendment.since}: {amendment.source}" for amendment in in_force),
        licence="\n".join(f"#   {line}".rstrip() for line in str(licence.locate().read_text("utf-8")).splitlines()),
    ).splitlines()
    counts = ", ".join(f"{kind}: {total[kind.replace('-', '_')]}" for kind in KINDS.values())
    lines += [f"as_of: {as_of}", f"counts: {{{counts}}}", "provinces:"]
    cities = {amendment.province for amendment in in_force if amendment.city}
    by_name = {province["short_name"]: province["code"] for province in brief["provinces"]}
    for province in brief["provinces"]:
        code, short = province["code"], province["short_name"]
        city = province["centrally_run_city"] == "true" or code in cities
        lines += [f'  "{code}":']
        lines += [f"    name: {'Thành phố' if city else 'Tỉnh'} {short}", f"    short_name: {short}"]
        lines += [f"    kind: {'thanh-pho' if city else 'tinh'}"]
        lines += [f"    aliases: {flow(spoken(province['aliases'], short))}"]
        lines += ["    former:"]
        for former in brief["former_63"]:
            if former["new_code"] == code:
                name = former["old_name"]
                lines += [f"      {quote(name)}:", f"        aliases: {flow(spoken(former.get('aliases', []), name))}"]
                lines += ["        districts:"]
                lines += [f"          {quote(d)}: {codes}" for d, codes in sorted(districts[plain(name)].items())]
        lines += ["    communes:"]
        lines += [f'      "{number}": {quote(name)}' for number, name in sorted(communes[code].items())]
    lines += ["# Tên nơi chốn quen gọi, không phải tên quận, huyện lúc bãi bỏ -> tỉnh", "places:"]
    named = [name.split(" ", 1)[1] for of_province in districts.values() for name in of_province]
    known = {plain(name.removeprefix("phố ").removeprefix("xã ")) for name in named}
    places = {name: by_name[province] for name, province in brief["place_aliases"]["map"].items()} | GONE_EARLIER
    lines += [f'  {quote(name)}: "{code}"' for name, code in places.items() if plain(name) not in known]
    lines += ["# Viết tắt: chỉ nhận khi đứng riêng thành một từ; nhiều nghĩa thì hỏi lại", "abbreviations:"]
    for written, meanings in brief["ambiguous_abbreviations"]["map"].items():
        if written in NOT_AMBIGUOUS or not written.isupper():  # the other entry, Tân Uyên, is two districts' name
            continue
        names = [meaning.split(" (")[0] for meaning in meanings]
        lines += [f"  {short}: {flow(names)}" for short in written.split(" / ")]
    return "\n".join(lines) + "\n"


def spoken(aliases: list[str], name: str) -> list[str]:
    """Aliases worth keeping: not the name itself with or without accents and spaces (folding finds those)."""
    kept: dict[str, str] = {}
    for alias in aliases:
        if plain(alias) not in (plain(name), plain(f"Thành phố {name}")):
            kept.setdefault(plain(alias), alias)
    return list(kept.values())


def tidy(name: str) -> str:
    """One spelling of what the sources write several ways: NFC, single spaces, straight apostrophe and dash."""
    name = unicodedata.normalize("NFC", name).replace("’", "'").replace("–", "-")
    return " ".join(name.split())


def plain(name: str) -> str:
    """Letters and digits only, without accents."""
    letters = unicodedata.normalize("NFD", name.lower().replace("đ", "d"))
    return "".join(letter for letter in letters if letter.isalnum())


def quote(name: str) -> str:
    """A YAML scalar."""
    return f'"{name}"' if "'" in name or name[0].isdigit() else name


def flow(names: list[str]) -> str:
    """A YAML list on one line."""
    return f"[{', '.join(map(quote, names))}]"


if __name__ == "__main__":
    sys.exit(main())
