from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.language import decode_telex, decode_typing, decode_vni, looks_like_telex, looks_like_vni
from bot.language.characters import words
from bot.language.foreign import FOREIGN, LABELS
from bot.language.syllables import bases, is_syllable, tone_fits, with_tone

TELEX = {
    # whole messages
    "lafm laij cawn cuwowcs": "làm lại căn cước",
    "ddawng kys khai sinh cho con": "đăng ký khai sinh cho con",
    "tooi muoons hoir cachs lamf cccd": "tôi muốn hỏi cách làm cccd",
    "cos maats giaays tow xe": "có mất giấy tơ xe",
    "xin hoir thur tucj ly hoon": "xin hỏi thủ tục ly hôn",
    "huwowngs daanx nguwowif giaf": "hướng dẫn người già",
    "hoir veef thuees": "hỏi về thuế",
    "LAFM LAIJ CAWN CUWOWCS": "LÀM LẠI CĂN CƯỚC",
    "Lafm laij the cawn cuwowcs cho mej": "Làm lại the căn cước cho mẹ",
    "mej tooi bij maats ther bhyt": "mẹ tôi bị mất thẻ bhyt",
    "queen maatj khaaur vneid": "quên mật khẩu vneid",
    "noopj hoof sow owr ddaau": "nộp hồ sơ ở đâu",
    "leej phis bao nhieeu tieenf": "lệ phí bao nhiêu tiền",
    "thuowngf trus tamj trus": "thường trú tạm trú",
    "trowj caaps nguwowif cao tuooir": "trợ cấp người cao tuổi",
    "xe mays bij mar": "xe máy bị mả",
    "cos is mar ddaay laf sao": "có í mả đây là sao",
    "dangw kyf": "dăng kỳ",
    "ddieenj thoaij bij khoas": "điện thoại bị khóa",
    "suwax loix": "sữa lõi",
    "hocj phis ddaij hocj": "học phí đại học",
    "giaays chuwngs nhaanj": "giấy chứng nhận",
    "quyeets ddinhj": "quyết định",
    "tieengs vieetj": "tiếng việt",
    "khuyur tay bij ddau": "khuỷu tay bị đau",
    "nguwowif khuyeets taatj": "người khuyết tật",
    # marks after the vowel or at the end, hats typed late
    "lafm": "làm",
    "laij": "lại",
    "laji": "lại",
    "cuwowcs": "cước",
    "cuwowsc": "cước",
    "cuocws": "cước",
    "cuowcs": "cước",
    "ddaij": "đại",
    "daijd": "đại",
    "dangdf": "đàng",
    "nguwowif": "người",
    "nguowif": "người",
    "nguoiwf": "người",
    "tieenf": "tiền",
    "tieefn": "tiền",
    "tienef": "tiền",
    "hooj": "hộ",
    "hojo": "hộ",
    "ddaats": "đất",
    "daatsd": "đất",
    "nhaf": "nhà",
    "nghieengs": "nghiếng",
    "thuowngf": "thường",
    "truwowngf": "trường",
    "huyeenj": "huyện",
    "huyenej": "huyện",
    "phuwowngf": "phường",
    "khoong bieets": "không biết",
    "khoong": "không",
    "xoong": "xoong",
    "hoawcj": "hoặc",
    "hoacwj": "hoặc",
    "muaw": "mưa",
    "thuowr": "thuở",
    "quowr": "quở",
    "rwowuj": "rượu",
    "ruwowuj": "rượu",
    "uwngs": "ứng",
    "uwowcs": "ước",
    "tw van": "tư van",
    "tuw vaans": "tư vấn",
    "vieen chuwcs": "viên chức",
    "gioiwf": "giời",
    "gif": "gì",
    "giuwx": "giữ",
    "quys": "quys",
    "quyf": "quỳ",
    "hoaf": "hòa",
    "thuyr lowij": "thủy lợi",
    "ngoaif": "ngoài",
    "khoer maxnh": "khỏe mãnh",
    "Nguyeenx": "Nguyễn",
    "NGUYEENX": "NGUYỄN",
    "Ddawng": "Đăng",
    "laij,laij": "lại,lại",
    "(laij)": "(lại)",
    "dduwowngf": "đường",
    "dduwocwj": "được",
    "dduowcj": "được",
    "duocwjd": "được",
    "vowis": "với",
    "voiws": "với",
    "maays": "mấy",
    "sowr": "sở",
    "ruoongj": "ruộng",
    "ruongoj": "ruộng",
    "buwowcs": "bước",
    "hoaxn": "hoaxn",
    "mowis": "mới",
    "luwowng": "lương",
    "huwu tris": "hưu trí",
    "taif khoanr": "tài khoản",
    "baor hieemr": "bảo hiểm",
    "ngaan hangf": "ngân hàng",
    "chuyeenr": "chuyển",
}
VNI = {
    "lam2 lai5 can9 cuo7c1": "làm lại can cước",
    "lam2 lai5 ca8n cuo7c1": "làm lại căn cước",
    "d9a8ng ky1 xet1 tuye6n3 d9ai5 hoc5": "đăng ký xét tuyển đại học",
    "toi6 muon61 hoi3 thu3 tuc5": "tôi muốn hỏi thủ tục",
    "toi6 muo6n1 ho3i": "tôi muốn hỏi",
    "ho6 ngheo2 ca6n2 gia6y1 gi2": "hô nghèo cần giấy gì",
    "nguoi72 cao tuoi63": "người cao tuổi",
    "ngu7o7i2 gia2": "người già",
    "ngu7oi2 gia2": "người già",
    "mat61 the3 bao3 hiem63": "mất thẻ bảo hiểm",
    "que6n ma6t5 kha6u3 vneid": "quên mật khẩu vneid",
    "dang9 ky1 ket61 hon6": "đang ký kết hôn",
    "d9a8ng1 ky1": "đắng ký",
    "d9ie65n thoai5": "điện thoại",
    "LAM2 LAI5 CAN8 CUOC71": "LÀM LẠI CĂN CƯỚC",
    "Lam2 lai5 can8 cuoc71": "Làm lại căn cước",
    "tro75 cap61 xa4 hoi65": "trợ cấp xã hội",
    "nop65 o73 d9a6u": "nộp ở đâu",
    "le65 phi1 bao nhieu6": "lệ phí bao nhiêu",
    "thuong72 tru1 tam5 tru1": "thường trú tạm trú",
    "giay61 chung71 nhan65": "giấy chứng nhận",
    "tuyen63 sinh d9ai5 hoc5": "tuyển sinh đại học",
    "d9a6t1": "đất",
    "cuo7c1": "cước",
    "cuoc71": "cước",
    "tuye6n3": "tuyển",
    "tuyen63": "tuyển",
    "d9ai5": "đại",
    "dai59": "đại",
    "d9uong72": "đường",
    "d9u7o7ng2": "đường",
    "duong729": "đường",
    "hoa85c": "hoặc",
    "thuo73": "thuở",
    "ruo7u5": "rượu",
    "ngu7o7i2": "người",
    "quye6t1 d9inh5": "quyết định",
    "quyet61 dinh59": "quyết định",
    "u7ng1": "ứng",
    "ba3o": "bảo",
    "hie6m3": "hiểm",
    "ta2i khoa3n": "tài khoản",
    "Nguye6n4": "Nguyễn",
    "to5 xa4 nao2 d9o1": "tọ xã nào đó",
}
STAY = [
    "",
    "2345",
    "vneid",
    "VNeID",
    "gplx",
    "A1",
    "a1",
    "B2",
    "hạng A1, B2",
    "covid19",
    "facebook",
    "as",
    "ok",
    "cos",
    "mar",
    "is",
    "new",
    "toi muon lam lai cccd",
    "toi muon hoi cach lam the bhyt",
    "Tôi muốn hỏi cách làm căn cước as ok",
    "lam CCCD 2345 vneid gplx A1 covid19 facebook as ok",
    "cách đăng nhập VNeID mức 2 on new iphone",
    "the is new pass of my account",
    "how to see my new card",
    "to5 thon2",
    "lop1 truong tieu hoc",
    "quan1 tp hcm",
    "muc2 vneid",
    "cap2",
    "lam cccd o to5",
    "win10 mp3 4g",
    "iphone15 pro max",
    "mat khau la abc123",
    "0912345678",
    "120m2",
    "CT01",
    "NĐ-CP 120/2025",
    "H29.12-251122-0012",
    "online visa email logo test",
    "sms otp fax",
    "toj muon lam laj the",
    "rượu bia",
    "xoong nồi",
    "as@is.vn",
    "https://dichvucong.gov.vn/new/as",
    "box, taxi, bus",
    "yes",
    "class a",
    "con bị down mới mấy tháng tuổi",
    "xã Chiềng Khoong",
    "how low can you go",
    "nguyen van a",
    "hello shop oi",
    "u60 u70",
    "tp.hcm q1 p5",
    "1022",
    "zalo fb tiktok",
    "mình xin hỏi",
    "thu tuc ly hon don phuong can giay to gi",
    "dang ky tam tru online",
    "moon",
    "see you soon",
    "pass",
    "door",
]

_TELEX_KEYS = {"\u0300": "f", "\u0301": "s", "\u0303": "x", "\u0309": "r", "\u0323": "j"}
_VNI_KEYS = {"\u0300": "2", "\u0301": "1", "\u0303": "4", "\u0309": "3", "\u0323": "5"}
_TELEX_LETTERS = {"ă": "aw", "â": "aa", "đ": "dd", "ê": "ee", "ô": "oo", "ơ": "ow", "ư": "uw"}
_VNI_LETTERS = {"ă": "a8", "â": "a6", "đ": "d9", "ê": "e6", "ô": "o6", "ơ": "o7", "ư": "u7"}


@pytest.mark.parametrize(("raw", "read"), TELEX.items())
def test_telex(raw: str, read: str) -> None:
    assert decode_typing(raw) == read


@pytest.mark.parametrize(("raw", "read"), VNI.items())
def test_vni(raw: str, read: str) -> None:
    assert decode_typing(raw) == read


@pytest.mark.parametrize("text", STAY)
def test_stays(text: str) -> None:
    assert decode_typing(text) == text
    assert decode_telex(text) == text
    assert decode_vni(text) == text


def _words() -> list[tuple[str, str]]:
    return [
        (base, tone) for base in sorted(bases()) for tone in ("", *_TELEX_KEYS) if tone_fits(base, tone) or not tone
    ]


def test_every_syllable_typed_with_the_tone_at_the_end_is_read_back() -> None:
    missed = []
    for base, tone in _words():
        word = with_tone(base, tone)
        if word.isascii() or "oo" in base:  # «moocs» is rather «mốc» than «moóc»
            continue
        telex = "".join(_TELEX_LETTERS.get(ch, ch) for ch in base) + _TELEX_KEYS.get(tone, "")
        vni = "".join(_VNI_LETTERS.get(ch, ch) for ch in base) + _VNI_KEYS.get(tone, "")
        known = telex in FOREIGN or is_syllable(telex)
        if not known and decode_telex(f"laij ddaats nguwowif {telex}") != f"lại đất người {word}":
            missed.append(telex)
        known = vni in LABELS or vni[1:].isdigit()
        if not known and decode_vni(f"d9a6t1 ngu7o7i2 {vni}") != f"đất người {word}":
            missed.append(vni)
    assert missed == []


def test_no_plain_syllable_is_touched() -> None:
    for base, _ in _words():
        if base.isascii():
            assert decode_typing(base) == base


def test_message_level_evidence() -> None:
    assert looks_like_telex("cos maats giaays ddaau")
    assert not looks_like_telex("toi muon hoi ve the bao hiem")
    assert not looks_like_telex("I see how new it is")
    assert looks_like_vni("lam2 lai5 the3")
    assert not looks_like_vni("nha o to5 thon2 xa Tan Phu huyen nao do")
    assert not looks_like_vni("")


@settings(max_examples=500, deadline=None)
@given(
    st.one_of(
        st.text(max_size=200),
        st.text(alphabet="adeouwsfrxjzlmnh dcg0123456789 .", max_size=120),
        st.lists(st.sampled_from([*TELEX, *VNI, *STAY]), max_size=6).map(" ".join),
    )
)
def test_reading_twice_changes_nothing(text: str) -> None:
    read = decode_typing(text)
    assert decode_typing(read) == read
    assert len(read) <= 2 * len(text)


@pytest.mark.parametrize(
    "hostile", ["a" * 4_000, "w" * 4_096, "as " * 1_365, "a\u0301" * 5_000, "lam2 " * 819, "1a" * 2_048]
)
def test_hostile_text_takes_linear_time(hostile: str) -> None:
    decode_typing(hostile)
    started = time.perf_counter()
    decode_typing(hostile)
    assert time.perf_counter() - started < 1.0


def test_syllables() -> None:
    valid = "làm lại căn cước đường nghiêng giếng gì quyết quốc huyện hưu thuế yêu ủy uỷ hoà khoẻ lam cuoc"
    for word in words(valid):
        assert is_syllable(word), word
    for word in ["", *words("vneid facebook làmm cuocs x bcd cancuoc zalo cướ")]:
        assert not is_syllable(word), word
