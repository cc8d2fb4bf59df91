from __future__ import annotations

import sys
import time
import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.language import clean, clean_lines, fold, normalise_tone, sound_key, split_joined, tokens
from bot.language.characters import plain

ANY_TEXT = st.one_of(
    st.text(max_size=300),
    st.text(alphabet=st.characters(), max_size=300),
    st.text(alphabet="aăâeêoôơuưyđ \u0300\u0301\u0303\u0309\u0323\u0302\u031b\u200b\u202e\n\ud83dhtng", max_size=120),
)
MANY = settings(max_examples=500, deadline=None)


@pytest.mark.parametrize(
    ("raw", "cleaned"),
    [
        ("  làm   lại\n\tcăn cước ", "làm lại căn cước"),
        (unicodedata.normalize("NFD", "tiếng Việt"), "tiếng Việt"),
        ("căn\u200b cước\ufeff", "căn cước"),
        ("\u202ecăn cước\u202c", "căn cước"),
        ("a\u0301\u0301\u0301\u0301\u0301", "á\u0301\u0301"),
        ("xin \ud83d chào", "xin chào"),
        ("\x00\x07abc\x1b[0m", "abc[0m"),
        ("ㅤ⠀", ""),
        ("", ""),
    ],
)
def test_clean(raw: str, cleaned: str) -> None:
    assert clean(raw) == cleaned


@pytest.mark.parametrize(
    ("raw", "placed"),
    [
        ("hoà hòa", "hòa hòa"),
        ("thuý khoẻ uỷ", "thúy khỏe ủy"),
        ("Uỷ ban nhân dân", "Ủy ban nhân dân"),
        ("HOÀ BÌNH", "HÒA BÌNH"),
        ("tóan gìa qúy", "toán già quý"),
        ("hoàn, thuở, của, giữa, quỷ, khuỷu", "hoàn, thuở, của, giữa, quỷ, khuỷu"),
        ("kĩ kỹ lí lý", "kĩ kỹ lí lý"),
        ("xoá toạ loè", "xóa tọa lòe"),
        ("naïve café", "naïve café"),
    ],
)
def test_tone_placement(raw: str, placed: str) -> None:
    assert normalise_tone(raw) == placed


@pytest.mark.parametrize(
    ("raw", "folded"),
    [
        ("Đăng ký Khai-Sinh", "dang ky khai sinh"),
        ("Hồ sơ, CCCD: số 12?", "ho so cccd so 12"),
        ("ＣＣＣＤ ０１", "cccd 01"),
        ("٣٤", "34"),
        (unicodedata.normalize("NFD", "Nghị định"), "nghi dinh"),
        ("Ðăng", "dang"),
        ("«VNeID» mức 2…", "vneid muc 2"),
        ("120/2025/NĐ-CP", "120 2025 nd cp"),
    ],
)
def test_fold(raw: str, folded: str) -> None:
    assert fold(raw) == folded
    assert tokens(raw) == folded.split()


@pytest.mark.parametrize(
    ("joined", "apart"),
    [
        ("lamlaicancuoc", "lam lai can cuoc"),
        ("dangkykhaisinh", "dang ky khai sinh"),
        ("hosogiayto", "ho so giay to"),
        ("quenmatkhau", "quen mat khau"),
        ("sodienthoai", "so dien thoai"),
        ("doibanglaixe", "doi bang lai xe"),
        ("nguoicaotuoi", "nguoi cao tuoi"),
        ("lyhon", "ly hon"),
        ("tamtru", "tam tru"),
        ("làmlạicăncước", "làm lại căn cước"),
        ("LAMLAI", "lam lai"),
        ("lam", None),
        ("nghieng", None),
        ("facebook", None),
        ("online", None),
        ("vneid", None),
        ("abc123", None),
        ("xyzt", None),
        ("a" * 60, None),
        ("", None),
    ],
)
def test_split_joined(joined: str, apart: str | None) -> None:
    assert split_joined(joined) == (apart.split() if apart else None)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("trợ", "chợ"),
        ("xã", "sã"),
        ("lúa", "núa"),
        ("giấy", "dấy"),
        ("vợ", "dợ"),
        ("rồi", "dồi"),
        ("tất", "tấc"),
        ("lan", "lang"),
        ("kỹ", "kĩ"),
        ("nghĩ", "nghỉ"),
        ("gì", "dì"),
        ("cá", "ká"),
        ("hưu", "hiu"),
    ],
)
def test_heard_alike(one: str, other: str) -> None:
    assert sound_key(one) == sound_key(other) != ""


@pytest.mark.parametrize(("one", "other"), [("cha", "ca"), ("tha", "ta"), ("ma", "ba"), ("lam", "lan"), ("tap", "tat")])
def test_heard_apart(one: str, other: str) -> None:
    assert sound_key(one) != sound_key(other)


@MANY
@given(ANY_TEXT)
def test_steps_are_stable_and_bounded(text: str) -> None:
    for step in (clean, fold, normalise_tone):
        once = step(text)
        assert step(once) == once
    assert len(clean(text, limit=50)) <= 50
    assert len(fold(text, limit=50)) <= 50
    assert unicodedata.is_normalized("NFC", clean(text))
    assert fold(clean(text)) == fold(text) or any(unicodedata.category(ch) == "Cc" for ch in text)
    assert split_joined(text) is None or "".join(split_joined(text) or []) == unicodedata.normalize("NFC", text).lower()
    sound_key(text)


@MANY
@given(st.text(alphabet="aăâbcdđeêghiklmnoôơpqrstuưvxyáàảãạấầẩẫậ", min_size=1, max_size=12))
def test_folding_forgets_form(text: str) -> None:
    assert fold(unicodedata.normalize("NFD", text)) == fold(text) == fold(text.upper())


def test_every_character_is_its_own_plain_form_after_one_step() -> None:
    for code in range(sys.maxunicode + 1):
        once = plain.__wrapped__(chr(code))
        assert all(plain(part) == part for part in once), hex(code)


@pytest.mark.parametrize("step", [clean, fold, normalise_tone, split_joined, sound_key, tokens])
@pytest.mark.parametrize(
    "hostile",
    [
        "a" + "\u0301\u0323" * 5_000,
        "a" * 4_000,
        "á" * 4_096,
        "ế " * 2_048,
        "\ufdfa" * 4_096,
        "la" * 2_000,
        "\u200b" * 20_000,
    ],
    ids=["marks", "one word", "accents", "words", "expanding", "joined", "invisible"],
)
def test_hostile_text_takes_linear_time(step: object, hostile: str) -> None:
    assert callable(step)
    step(hostile)
    started = time.perf_counter()
    step(hostile)
    assert time.perf_counter() - started < 1.0


def test_words_for_a_person_keep_their_lines() -> None:
    assert clean_lines(" 1. Mở   VNeID \r\n2. Bấm\u200b Giấy tờ\n\n\n\nXong ") == "1. Mở VNeID\n2. Bấm Giấy tờ\n\nXong"
    assert clean_lines("một dòng") == "một dòng"
    assert len(clean_lines("a\n" * 9000)) <= 4096
