"""YAML as people write it: nothing guessed, every mistake with its line, nothing that brings the program down."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import BaseModel, ConfigDict, Field

from bot.errors import ContentError
from bot.yaml_source import MAX_DEPTH, parse, read


def findings(text: str) -> list[str]:
    with pytest.raises(ContentError) as caught:
        parse(text, "f.yaml")
    return [str(finding) for finding in caught.value.findings]


@pytest.mark.parametrize(
    "written",
    ["no", "yes", "on", "off", "1.011607", "2026-07-18", "0x1F", "010", "1_000", "12:30", "1e3", "true", "NaN"],
)
def test_what_is_written_stays_as_it_is_written(written: str) -> None:
    assert parse(f"a: {written}", "f").data == {"a": written}
    assert parse(f"- {written}", "f").data == [written]


@pytest.mark.parametrize("nothing", ["", "~", "null", "Null", "NULL"])
def test_only_these_mean_nothing(nothing: str) -> None:
    assert parse(f"a: {nothing}", "f").data == {"a": None}
    assert parse(f"a: '{nothing}'", "f").data == {"a": nothing}


def test_an_empty_file_is_nothing() -> None:
    assert parse("", "f").data is None
    assert parse("# chỉ có ghi chú\n", "f").data is None


def test_vietnamese_and_blocks_of_text() -> None:
    source = parse("tên: |\n  dòng một\n  dòng hai\nkhác: >-\n  một\n  hai\n", "f")
    assert source.data == {"tên": "dòng một\ndòng hai\n", "khác": "một hai"}


def test_every_value_knows_its_line() -> None:
    source = parse("a: 1\nb:\n  - x\n  - c: 2\n    d: [u,\n      v]\n", "f.yaml")
    where = {
        (): 1, ("a",): 1, ("b",): 2, ("b", 0): 3, ("b", 1): 4, ("b", 1, "c"): 4, ("b", 1, "d"): 5, ("b", 1, "d", 1): 6,
        ("b", 1, "missing"): 4, ("b", 7): 2, ("nowhere", "at", "all"): 1,
    }  # fmt: skip
    for location, line in where.items():
        assert source.where(location) == f"f.yaml:{line}"


def test_a_key_given_twice_is_refused_with_its_line() -> None:
    assert findings("a: 1\nb: 2\na: 3\nc:\n  d: 1\n  d: {e: 1}\n") == [
        "f.yaml:3: mục «a» đã viết ở trên rồi; chỉ giữ một",
        "f.yaml:6: mục «d» đã viết ở trên rồi; chỉ giữ một",
    ]


def test_a_key_that_is_no_text_is_refused() -> None:
    assert findings("? [a, b]\n: c\nd: 1\nd: 2") == [
        "f.yaml:1: tên mục phải là chữ", "f.yaml:4: mục «d» đã viết ở trên rồi; chỉ giữ một",
    ]  # fmt: skip
    assert findings("{}: x") == ["f.yaml:1: tên mục phải là chữ"]


@pytest.mark.parametrize(
    ("text", "line"), [("a:\n\tb: 1", 2), ("a: 1\n b: 2", 2), ("a: 'x", 1), ("a: b: c", 1), ("[1, 2", 1), ("a: @x", 1)]
)
def test_what_is_not_yaml_says_where(text: str, line: int) -> None:
    [finding] = findings(text)
    # Where the parser gives up may be the line after.
    assert finding.startswith((f"f.yaml:{line}: viết sai dạng YAML", f"f.yaml:{line + 1}: viết sai dạng YAML"))


def test_one_document_a_file() -> None:
    assert parse("---\na: 1\n", "f").data == {"a": "1"}
    assert findings("a: 1\n---\nb: 2\n") == ["f.yaml:2: chỉ được một tài liệu; bỏ dòng --- này"]


def test_aliases_are_refused() -> None:
    assert findings("a: &x 1\nb: *x\nc:\n  - *x\n") == [
        "f.yaml:2: không dùng dấu * (nhắc lại): hãy chép ra «x»",
        "f.yaml:4: không dùng dấu * (nhắc lại): hãy chép ra «x»",
    ]
    assert findings("a: &x {b: *x}") == ["f.yaml:1: không dùng dấu * (nhắc lại): hãy chép ra «x»"]


def test_a_billion_laughs_are_not_laughed() -> None:
    lines = ["a0: &a0 [lol]"] + [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]" for n in range(1, 10)]
    start = time.perf_counter()
    assert len(findings("\n".join(lines))) == 90
    assert time.perf_counter() - start < 1


@pytest.mark.parametrize(
    "text", ["[" * 200_000, "- " * 5_000, "{a: " * 100_000, "\n".join(" " * n + "a:" for n in range(3000))]
)
def test_depth_ends_in_an_error_and_not_in_a_crash(text: str) -> None:
    [finding] = findings(text)
    assert finding.endswith("lồng nhau quá sâu")


def test_what_is_deep_enough_for_a_guide_passes() -> None:
    text = "[" * MAX_DEPTH + "x" + "]" * MAX_DEPTH
    assert str(parse(text, "f").data).count("[") == MAX_DEPTH


def test_tags_make_nothing() -> None:
    assert parse("a: !!python/object/apply:os.system ['true']\nb: !!int x", "f").data == {"a": ["true"], "b": "x"}


@given(st.text())
def test_whatever_is_written_gives_data_or_a_finding(text: str) -> None:
    try:
        parse(text, "f")
    except ContentError as error:
        assert error.findings


@given(st.text(alphabet="ab:-[]{}&*!|>'\"#%@`,?~ \n\t\ud800\ufeff\x00é", max_size=60))
def test_whatever_looks_like_yaml_gives_data_or_a_finding(text: str) -> None:
    try:
        parse(text, "f")
    except ContentError as error:
        assert all(finding.where.startswith("f:") for finding in error.findings)


_plain = st.text(alphabet="abcđê0:# '\"-{}[]", min_size=1, max_size=12)
_data = st.recursive(
    _plain, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(_plain, inner, max_size=3), max_leaves=8
)


@given(_data)
def test_what_is_dumped_comes_back(data: Any) -> None:
    import yaml

    assert parse(yaml.safe_dump(data, allow_unicode=True, default_style='"'), "f").data == data


class Item(BaseModel):
    model_config = ConfigDict(extra="forbid")
    name: str = Field(min_length=2)
    count: int = Field(ge=1)
    kind: str = Field("a", pattern="^[a-z]$")


class File(BaseModel):
    model_config = ConfigDict(extra="forbid")
    items: list[Item]
    on: bool


def test_a_model_gets_all_its_mistakes_at_once_each_with_its_line() -> None:
    text = "items:\n  - name: x\n    count: 0\n  - count: hai\n    nmae: đúng\n    kind: AB\n  - just text\non: có\n"
    with pytest.raises(ContentError) as caught:
        parse(text, "f.yaml").parse(File)
    assert [str(finding) for finding in caught.value.findings] == [
        "f.yaml:2: items.1.name: đang để trống hoặc quá ngắn",
        "f.yaml:3: items.1.count: phải từ 1 trở lên",
        "f.yaml:4: items.2.name: thiếu mục này",
        "f.yaml:4: items.2.count: phải là số, đang là «hai»",
        "f.yaml:6: items.2.kind: «AB» viết không đúng mẫu ^[a-z]$",
        "f.yaml:5: items.2.nmae: không có mục tên này; xem lại chính tả, hoặc xóa đi",
        "f.yaml:7: items.3: phải gồm các mục con (tên: giá trị)",
        "f.yaml:8: on: phải là true hoặc false, đang là «có»",
    ]


def test_a_file_that_cannot_be_read_says_so(tmp_path: Path) -> None:
    (tmp_path / "old.yaml").write_bytes("tên: Đỗ".encode("cp1258", errors="replace") + b"\xff")
    for name, what in (("old.yaml", "UTF-8"), ("none.yaml", "không đọc được"), (".", "không đọc được")):
        with pytest.raises(ContentError, match=what):
            read(tmp_path / name)


def test_a_file_is_called_by_its_place_below_the_root(tmp_path: Path) -> None:
    root = tmp_path / "knowledge"
    (root / "sector").mkdir(parents=True)
    (root / "sector" / "g.yaml").write_text("a: 1\na: 2", encoding="utf-8")
    with pytest.raises(ContentError, match=r"^knowledge/sector/g\.yaml:2: "):
        read(root / "sector" / "g.yaml", root)
