from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from bot.errors import Finding
from bot.guides.check import check_folder, check_page
from bot.guides.load import load, read_guide
from bot.guides.official import OfficialHosts
from tests.guides.making import SECTOR, as_yaml, guide, knowledge

TODAY = date(2026, 11, 22)
FILE = f"knowledge/{SECTOR}/the-moi.yaml"


def found(root: Path, **guides: object) -> list[Finding]:
    return check_folder(knowledge(root, **guides), TODAY)  # type: ignore[arg-type]


def test_a_right_folder_has_no_findings(tmp_path: Path) -> None:
    assert found(tmp_path, the_moi=guide()) == []


def test_everything_wrong_is_told_at_once_with_its_line(tmp_path: Path) -> None:
    broken = as_yaml(guide(agency=None, fees=[{"what": "Cấp thẻ", "amount_vnd": "bảy mươi nghìn"}]))
    long_step = {"do": " ".join(["chữ"] * 31)}
    findings = found(
        tmp_path,
        khong_phai="title: [dở dang",
        the_moi=broken,
        the_khac=guide(title="Việc khác", steps=[long_step, {"do": "Xong."}], related=["khong-co"]),
    )
    assert str(findings[0]).startswith(f"knowledge/{SECTOR}/khong-phai.yaml:")
    assert "viết sai dạng YAML" in findings[0].what
    assert [str(finding) for finding in findings[1:]] == [
        f"knowledge/{SECTOR}/the-khac.yaml:{_line(tmp_path, 'the-khac', 'do: chữ')}: "
        "bước 1 dài 31 chữ, nhiều nhất 30; tách làm hai bước",
        f"knowledge/{SECTOR}/the-khac.yaml:{_line(tmp_path, 'the-khac', '- khong-co')}: "
        "không có bài mã «khong-co»; xem lại chính tả của mã",
        f"{FILE}:1: agency: thiếu mục này",
        f"{FILE}:{_line(tmp_path, 'the-moi', 'bảy mươi')}: fees.1.amount_vnd: phải là số, đang là «bảy mươi nghìn»",
    ]


def _line(root: Path, name: str, text: str) -> int:
    lines = (root / "knowledge" / SECTOR / f"{name}.yaml").read_text(encoding="utf-8").splitlines()
    return next(number for number, line in enumerate(lines, 1) if text in line)


CASES = {
    "not_this": ({"not_this": [{"when": "khác", "guide": "nope"}]}, "không có bài mã «nope»"),
    "if_stuck": ({"steps": [{"do": "Một.", "if_stuck": "nope"}, {"do": "Hai."}]}, "không có bài mã «nope»"),
    "itself": ({"related": ["the-moi"]}, "là chính bài này"),
    "platform": ({"platforms": ["nope"]}, "không có nền tảng mã «nope»"),
    "merged platform": ({"platforms": ["cong-cu"]}, "đã nhập vào nơi khác; dùng «dvcqg»"),
    "link": (
        {"online": {"level": "truc-tiep", "where": [{"name": "Trang", "url": "https://vneid-gov.vn.com/a"}]}},
        "vneid-gov.vn.com không có trong danh sách trang chính thức",
    ),
    "summary lines": ({"summary": "Một dòng.\nHai dòng.\nBa dòng.\nBốn dòng."}, "tóm tắt có 4 dòng"),
    "you": ({"time": "Khi nào bạn nhận được giấy hẹn"}, "không viết «bạn»"),
    "dear customer": ({"warnings": ["Quý khách mang theo căn cước"]}, "không viết «Quý khách»"),
    "secret": ({"documents": ["Ảnh căn cước", "Gửi mã OTP cho cán bộ để tra cứu"]}, "nghe như bảo đưa mã OTP"),
    "secret by phone": ({"steps": [{"do": "Gọi tổng đài rồi đọc mật khẩu."}, {"do": "Chờ."}]}, "nghe như bảo đưa"),
    "template": ({"time": "…"}, "chỗ này chưa điền"),
    "too few lines": ({"asked_as": ["câu hỏi"] * 3}, "cần ít nhất 20 dòng, đang có 3"),
}


@pytest.mark.parametrize(("changes", "said"), CASES.values(), ids=CASES)
def test_a_rule_broken_is_an_error(tmp_path: Path, changes: dict[str, object], said: str) -> None:
    findings = found(tmp_path, the_moi=guide(**changes))
    assert [said in finding.what for finding in findings] == [True], findings
    assert findings[0].where.startswith(FILE)
    assert not findings[0].warning


FINE = {
    "friends": {"warnings": ["Bạn bè nhắn vay tiền thì gọi lại hỏi."]},
    "own button": {"steps": [{"do": "Bấm «Tài khoản của bạn»."}, {"do": "Xong."}]},
    "typing a code": {"steps": [{"do": "Gõ mã OTP gửi về điện thoại."}, {"do": "Đặt mật khẩu mới."}]},
    "warning of a swindle": {"warnings": ["Không đọc mã OTP cho ai.", "Ai bảo gửi mật khẩu là lừa đảo."]},
    "subdomain": {"online": {"level": "mot-phan", "where": [{"name": "T", "url": "https://a.b.gov.vn/x"}]}},
    "named host": {"online": {"level": "mot-phan", "where": [{"name": "T", "url": "https://www.evn.com.vn"}]}},
}


@pytest.mark.parametrize("changes", FINE.values(), ids=FINE)
def test_what_only_looks_wrong_is_let_through(tmp_path: Path, changes: dict[str, object]) -> None:
    assert found(tmp_path, the_moi=guide(**changes)) == []


def test_a_step_a_little_too_long_is_a_warning(tmp_path: Path) -> None:
    (finding,) = found(tmp_path, the_moi=guide(steps=[{"do": " ".join(["chữ"] * 26)}, {"do": "Xong."}]))
    assert finding.warning
    assert "bước 1 dài 26 chữ" in finding.what


def test_the_same_words_in_two_guides_even_without_accents(tmp_path: Path) -> None:
    one, other = guide(), guide(title="Việc khác")
    other["asked_as"][3] = one["asked_as"][5].upper()
    findings = found(tmp_path, the_cu=one, the_moi=other)
    assert [finding.where for finding in findings] == [f"{FILE}:{_line(tmp_path, 'the-moi', 'HOÀN CẢNH')}"]
    assert "đã có ở bài the-cu" in findings[0].what


def test_nearly_the_same_words_in_two_guides(tmp_path: Path) -> None:
    one, other = guide(), guide(title="Việc khác")
    one["asked_as"][0] = "mất thẻ căn cước ở chợ giờ phải làm sao đây"
    other["asked_as"][0] = "mất thẻ căn cước ở chợ giờ phải làm sao"
    findings = found(tmp_path, the_cu=one, the_moi=other)
    assert ["gần giống «mất thẻ căn cước ở chợ giờ phải làm sao đây» ở bài the-cu" in f.what for f in findings] == [
        True
    ]


def test_the_same_words_twice_in_one_guide(tmp_path: Path) -> None:
    told = guide()
    told["asked_as"][7] = told["asked_as"][0]
    (finding,) = found(tmp_path, the_moi=told)
    assert "đã có ở dòng 5" in finding.what


def test_what_depends_on_the_date_is_a_warning_only(tmp_path: Path) -> None:
    told = guide(fees=[{"what": "Cấp thẻ", "amount_vnd": 35000, "until": "2026-12-31"}])
    told["review"] = {**told["review"], "review_by": "2026-12-31"}
    folder = knowledge(tmp_path, the_moi=told)
    assert check_folder(folder, date(2026, 12, 31)) == []
    findings = check_folder(folder, date(2027, 1, 1))
    assert [finding.warning for finding in findings] == [True, True]
    assert "quá hạn xem lại từ 31/12/2026" in findings[0].what
    assert "hết áp dụng từ 31/12/2026" in findings[1].what


def test_files_that_would_be_passed_over_in_silence_are_named(tmp_path: Path) -> None:
    folder = knowledge(tmp_path, the_moi=guide(), Thẻ_Khác=guide(title="Việc khác"))
    (folder / SECTOR / "thieu.yml").write_text("title: x", encoding="utf-8")
    assert [(f.where, f.what.split(";")[0].split(":")[0]) for f in check_folder(folder, TODAY)] == [
        (f"knowledge/{SECTOR}/Thẻ-Khác.yaml:1", "tên tệp là mã bài"),
        (f"knowledge/{SECTOR}/thieu.yml:1", "tệp bài phải có đuôi .yaml"),
    ]


def test_a_platform_leads_to_official_pages_too(tmp_path: Path) -> None:
    folder = knowledge(tmp_path, the_moi=guide())
    platforms = folder / "_platforms.yaml"
    platforms.write_text(as_yaml({"x": {"name": "X", "serves": "Y", "url": "https://x.com"}}), encoding="utf-8")
    assert [f.where for f in check_folder(folder, TODAY)] == ["knowledge/_platforms.yaml:4"]


def test_one_guide_against_those_in_force(tmp_path: Path) -> None:
    folder = knowledge(tmp_path, the_cu=guide())
    other = guide(title="Việc khác", related=["the-cu"])
    other["asked_as"][0] = guide()["asked_as"][0]
    page = read_guide(as_yaml(other), "the-moi.yaml", "the-moi", SECTOR)
    findings = check_page(page, load(folder), OfficialHosts.load(folder), TODAY)
    assert ["đã có ở bài the-cu" in finding.what for finding in findings] == [True]


def test_a_published_text_wins_until_the_file_is_changed(tmp_path: Path) -> None:
    file_text, chat_text = as_yaml(guide()), as_yaml(guide(title="Sửa từ chat"))
    folder = knowledge(tmp_path, the_moi=file_text)
    published = {f"{SECTOR}/the-moi": (file_text, chat_text)}
    assert load(folder, published).entries["the-moi"].guide.title == "Sửa từ chat"
    path = folder / SECTOR / "the-moi.yaml"
    path.write_text(chat_text, encoding="utf-8")
    assert load(folder, published).entries["the-moi"].guide.title == "Sửa từ chat"
    path.write_text(as_yaml(guide(title="Sửa tệp sau đó")), encoding="utf-8")
    assert load(folder, published).entries["the-moi"].guide.title == "Sửa tệp sau đó"
    assert load(folder, {f"{SECTOR}/bai-moi": (as_yaml(guide()),)}).entries["bai-moi"].sector == SECTOR


def test_a_guide_that_was_taken_away_again_is_gone(tmp_path: Path) -> None:
    folder = knowledge(tmp_path, the_moi=guide())
    text = as_yaml(guide(title="Việc khác"))
    published = {f"{SECTOR}/bai-moi": (text, "")}
    assert "bai-moi" not in load(folder, published).entries
    (folder / SECTOR / "bai-moi.yaml").write_text(text, encoding="utf-8")
    assert "bai-moi" not in load(folder, published).entries
