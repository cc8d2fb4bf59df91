"""A commune's list of teams and members, as a CSV file from Excel, read: pure, with every mistake by its line."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from bot.guides.catalogue import Catalogue
from bot.helpdesk.typed import read_day, read_spans
from bot.language import clean, fold, mask
from bot.model.states import Role

COLUMNS: Mapping[str, tuple[str, ...]] = {
    "team": ("doi", "tendoi", "to", "tento", "tocongnghesocongdong", "tocnscd"),
    "hamlet": ("thonap", "apthon", "thon", "ap", "khupho", "todanpho", "thonaptodanpho", "thonapkhupho"),
    "commune": ("xa", "xaphuong", "phuong", "phuongxa", "xaphuongdackhu"),
    "province": ("tinh", "tinhthanhpho", "tinhthanh", "thanhpho"),
    "sectors": ("linhvuc", "cuclinhvuc", "linhvucgioi"),
    "team_duty": ("giotruccuadoi", "giotrucdoi", "giotruccuato"),
    "office_address": ("diachi", "noitiepdan", "diachitiepdan", "truso"),
    "office_hours": ("giolamviec", "giotiepdan"),
    "office_phone": ("dienthoai", "sodienthoai", "dienthoaitiepdan"),
    "name": ("hoten", "hovaten", "ten", "thanhvien"),
    "role": ("vai", "vaitro", "chucdanh", "nhiemvu"),
    "starts": ("tungay", "ngaybatdau", "batdau"),
    "ends": ("denngay", "ngayketthuc", "ketthuc", "hethan"),
    "duty": ("giotruc", "giotruccuanguoi", "giotrucrieng"),
    "most_open": ("nhieunhat", "giunhieunhat", "sophieunhieunhat", "giutoida"),
}
"""Our name of a column, and how its header may be written: folded, letters and figures alone."""

_PASSED_OVER = frozenset({"stt", "tt", "linkmoi", "link", "ghichu", "trangthai", ""})
_NAMES = {alias: name for name, aliases in COLUMNS.items() for alias in aliases}
_ROLES = {
    Role.VOLUNTEER: ("tinh nguyen vien", "tnv", "to vien", "thanh vien", "doi vien", "thanh vien to"),
    Role.LEADER: ("to truong", "doi truong", "truong nhom", "to truong to cong nghe so cong dong"),
    Role.ADMIN: ("quan tri", "quan tri vien", "can bo quan tri"),
}
_ROLE = {name: role for role, names in _ROLES.items() for name in names}
_EVERYWHERE = frozenset({"tat ca", "ca nuoc", "toan quoc"})
_CLEAR = "-"

MOST_LINES = 2000
_LONGEST_NAME = 60
_LONGEST = {"office_address": 200, "office_hours": 100, "office_phone": 40, "hamlet": 60}
_MOST_OPEN = 50
# A cell that begins so is a formula to a spreadsheet; an apostrophe before it says that it is text.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True)
class Wrong:
    """A mistake: the line, the name of its sentence, what fills it."""

    line: int
    key: str
    figures: Mapping[str, str | int] = field(default_factory=dict)


@dataclass
class ListedPerson:
    """Somebody whom the list names; ``values`` hold only what the list says."""

    line: int
    name: str
    role: Role | None
    values: dict[str, Any]


@dataclass
class ListedTeam:
    """A team that the list names; ``values`` hold only what the list says."""

    line: int
    name: str
    values: dict[str, Any]
    lines: dict[str, int]
    people: list[ListedPerson] = field(default_factory=list)


def decoded(content: bytes) -> str | None:
    """The file's text as Excel or others wrote it; None where it is no text in Unicode."""
    wide = content.startswith((b"\xff\xfe", b"\xfe\xff"))  # Excel's «Unicode text»
    try:
        text = content.decode("utf-16" if wide else "utf-8-sig")
    except UnicodeDecodeError:
        return None
    return None if "\x00" in text else text


def written(columns: list[str], rows: list[list[str]]) -> str:
    """A file that Excel opens as a table, whatever people called themselves."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerow(columns)
    writer.writerows([_as_text(cell) for cell in row] for row in rows)
    return "\ufeff" + out.getvalue()


def _as_text(cell: str) -> str:
    cell = " ".join(cell.replace("\x00", "").split())
    return f"'{cell}" if cell.startswith(_FORMULA) else cell


def read(text: str, catalogue: Catalogue, today: date) -> tuple[list[ListedTeam], list[Wrong]]:
    """The teams of a list with their people, and all that is wrong with it."""
    return _Reading(catalogue, today).read(text)


class _Reading:
    def __init__(self, catalogue: Catalogue, today: date) -> None:
        self._catalogue = catalogue
        self._today = today
        self._wrong: list[Wrong] = []
        self._teams: dict[str, ListedTeam] = {}
        self._sectors = {fold(name): code for code, name in catalogue.sectors.items()}
        self._sectors.update({fold(code): code for code in catalogue.sectors})

    def read(self, text: str) -> tuple[list[ListedTeam], list[Wrong]]:
        rows = self._rows(text)
        line, header = next(rows, (1, []))
        columns = self._columns(line, header)
        if columns:
            count = 0
            for line, cells in rows:
                count += 1
                if count > MOST_LINES:
                    self._say(line, "too_many_lines", most=MOST_LINES)
                    break
                self._row(line, self._named(line, columns, cells))
            if not count and not self._wrong:
                self._say(line, "empty")
        return list(self._teams.values()), self._wrong

    def _say(self, line: int, key: str, **figures: str | int) -> None:
        self._wrong.append(Wrong(line, key, {k: v[:60] if isinstance(v, str) else v for k, v in figures.items()}))

    def _rows(self, text: str) -> Iterator[tuple[int, list[str]]]:
        """Rows that hold anything, with the line where each begins."""
        lines = text.removeprefix("\ufeff").splitlines(keepends=True)
        skipped = 0
        while skipped < len(lines) and not lines[skipped].strip(" \t\r\n;,"):
            skipped += 1
        delimiter = ""
        if skipped < len(lines) and lines[skipped].lower().startswith("sep=") and len(lines[skipped].strip()) == 5:
            delimiter = lines[skipped].strip()[4]
            skipped += 1
        if skipped >= len(lines):
            return
        delimiter = delimiter or max(";,\t", key=lines[skipped].count)
        reader = csv.reader(lines[skipped:], delimiter=delimiter, strict=True)
        begins = skipped + 1
        try:
            for row in reader:
                cells = [_cell(cell) for cell in row]
                if any(cells):
                    yield begins, cells
                begins = skipped + reader.line_num + 1
        except csv.Error:
            self._say(begins, "quotes")

    def _columns(self, line: int, header: list[str]) -> list[str] | None:
        names: list[str] = []
        before = len(self._wrong)
        for title in header:
            key = "".join(c for c in fold(title) if c.isalnum())
            name = "" if key in _PASSED_OVER else _NAMES.get(key)
            if name is None:
                self._say(line, "unknown_column", column=title)
            elif name and name in names:
                self._say(line, "column_twice", column=title)
            names.append(name or "")
        if "team" not in names and len(self._wrong) == before:
            self._say(line, "no_team_column")
        return names if len(self._wrong) == before else None

    def _named(self, line: int, columns: list[str], cells: list[str]) -> dict[str, str]:
        if any(cells[len(columns) :]):
            self._say(line, "too_many_cells")
        return {name: cell for name, cell in zip(columns, cells, strict=False) if name and cell}

    def _row(self, line: int, cells: dict[str, str]) -> None:
        name = cells.get("team", "")
        if not name:
            self._say(line, "no_team")
            return
        if not 3 <= len(name) <= _LONGEST_NAME:
            self._say(line, "bad_team_name", team=name)
            return
        team = self._teams.setdefault(fold(name), ListedTeam(line, name, {}, {}))
        for key, value in self._team_values(line, cells).items():
            if key in team.values and team.values[key] != value:
                self._say(line, f"differs_{'place' if key in ('territory', 'hamlet') else key}", team=name,
                          first=team.lines[key])  # fmt: skip
            team.values.setdefault(key, value)
            team.lines.setdefault(key, line)
        person = {key for key in ("role", "starts", "ends", "duty", "most_open") if key in cells}
        if "name" in cells:
            self._person(line, team, cells)
        elif person:
            self._say(line, "no_name")

    def _team_values(self, line: int, cells: dict[str, str]) -> dict[str, Any]:
        values = self._place(line, cells)
        if "sectors" in cells:
            values["sectors"] = self._sector_codes(line, cells["sectors"])
        if "team_duty" in cells:
            values["duty"] = self._hours(line, cells["team_duty"])
        for key in ("office_address", "office_hours", "office_phone"):
            if key in cells:
                if len(cells[key]) > _LONGEST[key]:
                    self._say(line, "too_long", words=cells[key], most=_LONGEST[key])
                values[key] = None if cells[key] == _CLEAR else cells[key]
        return values

    def _place(self, line: int, cells: dict[str, str]) -> dict[str, Any]:
        hamlet, commune, province = (cells.get(key, "") for key in ("hamlet", "commune", "province"))
        if not (commune or province):
            if hamlet:
                self._say(line, "hamlet_without_commune", hamlet=hamlet)
            return {}
        if not commune and fold(province) in _EVERYWHERE and not hamlet:
            return {"territory": None, "hamlet": None}
        if hamlet and not commune:
            self._say(line, "hamlet_without_commune", hamlet=hamlet)
            return {}
        if len(hamlet) > _LONGEST["hamlet"]:
            self._say(line, "too_long", words=hamlet, most=_LONGEST["hamlet"])
        words = ", ".join(part for part in (commune, province) if part)
        found = self._catalogue.territories.search(words, limit=4)
        if commune:  # a commune's column never means a province of that name
            places = [p for p in found.places if self._catalogue.territories.commune(p.code)]
        else:
            places = [p for p in found.places if len(p.code) == 2]
        if not places:
            self._say(line, "unknown_place", place=words)
        elif found.outcome != "exact":
            self._say(line, "which_place", place=words, places="; ".join(p.label for p in places))
        else:
            return {"territory": places[0].code, "hamlet": hamlet or None}
        return {}

    def _sector_codes(self, line: int, words: str) -> list[str]:
        if words == _CLEAR:
            return []
        found = set()
        for part in words.replace(";", "|").replace("\n", "|").split("|"):
            wanted = fold(part)
            if not wanted:
                continue
            near = {code for name, code in self._sectors.items() if name.startswith(wanted)}
            code = self._sectors.get(wanted) or (near.pop() if len(near) == 1 else None)
            if code is None:
                self._say(line, "unknown_sector", sector=part.strip())
            else:
                found.add(code)
        return [code for code in self._catalogue.sectors if code in found]

    def _hours(self, line: int, words: str) -> list[str] | None:
        if words == _CLEAR:
            return None
        spans = read_spans(words)
        if spans is None:
            self._say(line, "bad_hours", words=words)
        return [str(span) for span in spans or ()]

    def _person(self, line: int, team: ListedTeam, cells: dict[str, str]) -> None:
        name = mask(cells["name"])
        if not 2 <= len(name) <= _LONGEST_NAME or not any(c.isalpha() for c in name):
            self._say(line, "bad_name", name=name)
            return
        twin = next((p for p in team.people if fold(p.name) == fold(name)), None)
        if twin:
            self._say(line, "person_twice", name=name, first=twin.line)
            return
        role = _ROLE.get(fold(cells["role"])) if "role" in cells else None
        if "role" in cells and role is None:
            self._say(line, "unknown_role", role=cells["role"])
        values: dict[str, Any] = {}
        for column, key in (("starts", "starts_on"), ("ends", "ends_on")):
            if column in cells:
                values[key] = self._day(line, cells[column])
        first, last = values.get("starts_on"), values.get("ends_on")
        if first and last and last < first:
            self._say(line, "dates_turned_round")
        elif last and last < self._today:
            self._say(line, "date_past", date=cells["ends"])
        if "duty" in cells:
            values["duty"] = self._hours(line, cells["duty"])
        if "most_open" in cells:
            values["most_open"] = self._number(line, cells["most_open"])
        team.people.append(ListedPerson(line, name, role, values))

    def _day(self, line: int, words: str) -> date | None:
        found = None if words == _CLEAR else read_day(words)
        if found is None and words != _CLEAR:
            self._say(line, "bad_date", words=words)
        return found

    def _number(self, line: int, words: str) -> int | None:
        if words == _CLEAR:
            return None
        if not (words.isdecimal() and 1 <= int(words) <= _MOST_OPEN):
            self._say(line, "bad_most", words=words, most=_MOST_OPEN)
            return None
        return int(words)


def _cell(words: str) -> str:
    cell = " ".join(clean(words).split())
    return cell[1:] if cell.startswith("'") and cell[1:].startswith(_FORMULA) else cell
