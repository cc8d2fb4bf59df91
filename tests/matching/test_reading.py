"""From what was typed to the words that were meant."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as examined
from hypothesis import strategies as st

from bot.language import fold
from bot.matching.denial import without_denied
from bot.matching.lexicon import split, split_clauses
from bot.matching.reading import MOST_WORDS, Reader


def read(reader: Reader, text: str) -> str:
    return " ".join(w.folded for w in reader.read(text).words)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("lafm laij cawn cuwowcs", "lam lai can cuoc"),
        ("lam2 lai5 ca8n cuo7c1", "lam lai can cuoc"),
        ("lam lai cccd", "lam lai can cuoc cong dan"),
        ("gplx het han", "giay phep lai xe het han"),
        ("lamlaicancuoc", "lam lai can cuoc"),
        ("mần răng chừ", "lam sao gio"),  # Central words, with accents
        ("so hong", "so do"),  # not «sổ không», and the common word for it
        ("bi hong", "bi hong"),
        ("căn cướccc công dân", "can cuoc cong dan"),
        ("giấy khai xinh", "giay khai sinh"),
    ],
)
def test_what_was_meant(reader: Reader, typed: str, meant: str) -> None:
    assert read(reader, typed) == meant


def test_an_abbreviation_means_what_its_neighbours_ask_for(reader: Reader) -> None:
    assert "dang ky" in read(reader, "đk kết hôn")
    assert "duoc" in read(reader, "nộp hộ dc không")


def test_an_accented_word_is_not_taken_for_another(reader: Reader) -> None:
    assert "khuyet-tat" not in {name for _, _, name in reader.read("mua lại mũ").meanings}


@pytest.mark.parametrize(
    ("question", "age"), [("con 8 tuổi", "tuoi-6"), ("bà 76 tuoi", "tuoi-75"), ("bé 3 tuổi", "tuoi-0")]
)
def test_ages_are_understood(reader: Reader, question: str, age: str) -> None:
    assert age in {name for _, _, name in reader.read(question).meanings}


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ("không phải cấp lại mà là đổi bằng", "ma la doi bang"),
        ("tôi muốn đổi bằng chứ không phải thi mới", "toi muon doi bang"),
        ("không phải cúp điện, tôi muốn xem hóa đơn", "toi muon xem hoa don"),
        ("làm căn cước có phải về quê không", "lam can cuoc co phai ve que khong"),
        ("không có sổ thì làm sao", "khong co so thi lam sao"),
        ("nó đòi xác thực trên máy cũ mà máy hỏng rồi", "no doi xac thuc tren may cu ma may hong roi"),
    ],
)
def test_denied_words_are_left_out(said: str, kept: str) -> None:
    words, _ = without_denied(*split_clauses(said))
    assert " ".join(w.folded for w in words) == kept


@examined(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(max_size=200))
def test_any_text_can_be_read(reader: Reader, text: str) -> None:
    reading = reader.read(text)
    assert len(reading.words) <= 4 * MOST_WORDS
    assert all(w.folded and fold(w.folded) == w.folded for w in reading.words)
    assert all(0 <= a < b <= len(reading.words) for a, b, _ in reading.meanings)


@examined(max_examples=150, deadline=None)
@given(st.text(max_size=200))
def test_splitting_is_idempotent(text: str) -> None:
    words = split(text)
    assert split(" ".join(w.toned or w.folded for w in words)) == words
