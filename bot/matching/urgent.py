"""Whether somebody is losing money, or is threatened, right now; not: wants to know about such things."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from bot.matching.lexicon import Word, word

# Signs by kind. Between blanks stand the words, «/» between words of which one is said, «_» inside one expression,
# «..3» for up to three other words. Accents must agree where the citizen typed some.
_SIGNS: dict[str, tuple[str, ...]] = {
    # enough by itself
    "harm": (
        "bị/vừa/mới/đang ..2 lừa ..3 chuyển/mất/tiền/hết/nạp/cọc/đầu_tư/triệu/rồi/sạch",
        "lừa ..2 mất/lấy/hết ..3 tiền/triệu/tr", "bị/mới/vừa/đang ..2 chiếm_đoạt",
        "mất/trừ/bay ..1 sạch ..2 tiền/tài_khoản", "bị ..1 trừ/rút ..1 hết/sạch",
        "tiền/tài_khoản ..4 sạch_bách/trống_trơn/bốc_hơi",
        "hack ..2 ngân_hàng", "tài_khoản_ngân_hàng ..2 hack", "tống_tiền", "tiền_chuộc", "bắt_cóc",
        "dọa/đòi/hăm ..2 giết/chém/đánh/đâm", "dọa/hăm ..2 tung/đăng/phát_tán/gửi ..3 ảnh/hình/clip/video",
        "ghép ..2 nóng", "điều_khiển ..3 điện_thoại/máy ..1 tôi/em/mình/cháu/con/mẹ/bố/má/ba",
        "điện_thoại/máy ..3 bị ..1 điều_khiển/chiếm_quyền", "chiếm_quyền", "tự_chuyển_khoản", "tự_chuyển_tiền",
        "tiền/tài_khoản ..3 đang ..1 trừ/rút", "có_đứa_đang_rút/đang_rút_tiền_của",
    ),
    "villain": (
        "lừa", "kẻ_gian/kẻ_xấu/tụi_nó/chúng_nó/bọn_nó/bọn_họ/nó", "giả_danh/giả_mạo/giả_làm/mạo_danh/tự_xưng/xưng",
        "người_lạ/app_lạ/ứng_dụng_lạ/link_lạ/đường_dẫn_lạ/file_lạ/số_lạ",
        "trang/web/app/phần_mềm/vneid/shipper/công_an giả",
        "app/link/file/cái ..1 nó/họ gửi", "chặn ..2 số/zalo/facebook/mình/tôi/em/luôn/máy", "biến_mất",
        "không ..1 liên_lạc_được/nghe_máy", "gọi ..2 không_được", "viện_kiểm_sát", "nhiệm_vụ/giật_đơn/tiền_ảo/án_phí",
        "phí_giải_ngân", "đòi_nợ ..1 thuê", "tụi/bọn/thằng cho_vay/lừa/kia", "bên_kia",
        "mới_biết", "bên_điện_lực",
    ),
    "paid": (
        "chuyển/nạp/cọc/ck/bắn/gửi/đưa/đóng/nộp ..4 tiền/khoản/triệu/tr/chục/cọc/củ/nghìn/ngàn",
        "chuyển/nạp/ck/cọc ..2 cho",
        "mất ..2 tiền/triệu/tr/chục/củ", "đã/vừa/mới/lỡ chuyển/nạp/ck/cọc",
    ),
    "gave": (

        "đọc/đưa/gửi/cho/nhập/cung_cấp/khai/điền/bấm ..5 otp/số_thẻ/số_pin/mã_pin/cvv",
        "đọc/đưa/gửi/cho/nhập/cung_cấp/khai/điền/bấm ..5 mã_xác_nhận/mã_xác_thực/mã_bảo_mật",
        "đọc/đưa/gửi/cung_cấp ..2 mã", "lộ_mã/lộ_otp/lộ_mật_khẩu/lộ_thông_tin_thẻ", "đọc ..2 số ..2 tin_nhắn",
        "đưa/gửi/đọc/cung_cấp ..2 mật_khẩu", "nhập ..2 mật_khẩu_ngân_hàng",
        "quét/quay/chụp ..3 mặt ..3 cho/theo/gửi/nó/họ", "chia_sẻ ..1 màn_hình", "cấp_quyền_trợ_năng",
    ),
    "clicked": (
        "bấm/ấn/nhấn/mở/vào ..3 link/đường_dẫn/đường_link", "cài/tải ..3 app/ứng_dụng/phần_mềm/file/tệp",
        "quét ..2 mã/qr",
    ),
    "taken": (
        "trừ/rút/mất/bay ..4 tiền/triệu/tr", "tiền/tài_khoản/lương/thẻ ..6 trừ/rút/bay/mất/đi_đâu/biến_đâu/hết",
        "đăng_nhập ..2 nơi_khác/lạ", "mất_sóng", "màn_hình đen/tự", "máy_tự/tự_nhảy/tự_mở", "không ..1 tắt_được",
        "không ..1 thoát ..1 được", "báo ..4 nợ", "otp ..4 liên_tục", "máy/điện_thoại ..2 đơ", "đen_màn_hình",
        "máy ..4 cập_nhật_hoài",
    ),
    "sudden": (
        "tự_nhiên/tự_dưng/bỗng_dưng/khi_không/liên_tục/vô_cớ", "không ..3 mua/làm/chuyển ..2 gì/đâu/hết",
        "mà tôi/em/con/tui ..1 không ..1 mua",
        "có ..2 làm/mua/chuyển ..4 đâu", "không_hiểu_sao", "mà tôi/em/con/tui ..2 không", "ngay_lập_tức/kìa",
    ),
    "forced": (
        "bắt/ép/kêu/đòi/buộc ..3 chuyển/nạp/nộp ..2 tiền/khoản/thêm/gấp/ngay", "bắt_giữ ..1 máy",
        "không ..1 cho ..1 cúp",
        "không ..2 nói_với_ai", "đòi ..2 tiền/triệu", "đe_dọa/hăm_dọa/khủng_bố/bị_dọa", "dọa ..4 nếu/không",
        "chuẩn_bị/sắp/định chuyển ..3", "trong_sạch", "lệnh_bắt", "giữ_bí_mật", "không ..2 là_bắt",
        "đòi_nợ ..6 đập/chém/đánh/tạt", "nói_chuyện_điện_thoại_với", "đang ..3 gọi_video",
    ),
    "done": (
        "vừa/lỡ/trót/mới/rồi/xong/đã/giờ/nãy/đang/hôm_qua/sáng_nay/chiều_nay/tối_nay/trưa/phút_trước/huhu/hồi_sáng",
    ),
    "help": (
        "cứu", "giúp_với/làm_sao_giờ/khẩn_cấp/khẩn/gấp/hoảng/run_quá/sợ_quá/huhu", "còn/có ..2 kịp",
        "lấy_lại/đòi_lại",
        "khóa/chặn/phong_tỏa ..2 thẻ/tài_khoản",
    ),
}  # fmt: skip
_CALM = (
    "nhận_biết/phòng_tránh/phòng_chống/phòng_ngừa/cảnh_giác/đề_phòng/tuyên_truyền/chiêu/thủ_đoạn/chiêu_trò",
    "có_phải ..3 lừa", "hay ..2 lừa", "có ..3 bị ..1 lừa ..1 không", "nếu ..1 bị_lừa", "lừa_đảo_là_gì",
    "chưa chuyển/mất/gửi/đưa/bấm/cài/nạp/đọc/làm", "có_nên", "có ..1 tin_được", "thật_hay_giả", "có_thật_không",
    "lớp",
    "dặn", "thế_nào_khi", "đúng_không", "có_đúng", "có_sao_không", "để_hướng_dẫn",
)  # fmt: skip
# Kinds that must all be told; the first row is enough whatever else is said.
_URGENT = (
    ("harm",),
    ("paid", "villain", "done"),
    ("gave", "done"),
    ("gave", "villain"),
    ("clicked", "villain", "done"),
    ("clicked", "taken", "done"),
    ("taken", "sudden"),
    ("taken", "villain", "done"),
    ("taken", "help"),
    ("forced", "villain"),
    ("forced", "paid", "villain"),
    ("paid", "villain", "help"),
)
# In a message typed with accents a bare word is meant bare: «lo ma chay» gave away no code («lộ mã»). Of properly
# written words 0.7 carry a mark.
_BARE, _ACCENTED = "°", 0.55
_MOST_WORDS = 200  # an emergency is told at the beginning or in a short message


def _pattern(sign: str) -> str:
    parts: list[str] = []
    for token in sign.split():
        if token.startswith(".."):
            parts.append(rf"(?: \S+){{0,{int(token[2:])}}}")
        else:
            ways = [" ".join(_either(w) for w in way.split("_")) for way in token.split("/")]
            parts.append(f" (?:{'|'.join(ways)})(?= )")
    return "".join(parts)


def _either(written: str) -> str:
    meant = word(written)
    return f"(?:{meant.toned}|{meant.folded})" if meant.toned else f"{meant.folded}{_BARE}?"


@dataclass(frozen=True)
class Alarm:
    """What was heard.

    Attributes:
        signs: the telling words, as written; empty where nothing is urgent.
        doubtful: only one weak rule speaks: a guide that fits the words plainly wins over it.
        bare: no accent was typed, and «no» may be «nó», «nợ» or «nộp»: the guides must find it likely too.
    """

    signs: tuple[str, ...] = ()
    doubtful: bool = False
    bare: bool = False


class Urgency:
    """Finds the signs."""

    def __init__(self) -> None:
        """Compile the lists."""
        self._signs = {kind: [re.compile(_pattern(sign)) for sign in signs] for kind, signs in _SIGNS.items()}
        self._calm = [re.compile(_pattern(sign)) for sign in _CALM]

    def hear(self, words: Sequence[Word]) -> Alarm:
        """What makes the words urgent."""
        row = words[:_MOST_WORDS]
        bare = _BARE if sum(bool(w.toned) for w in row) >= _ACCENTED * len(row) else ""
        said = f" {' '.join(w.toned or w.folded + bare for w in row)} "
        found = {
            kind: hits
            for kind, patterns in self._signs.items()
            if (hits := [m.group().strip() for p in patterns if (m := p.search(said))])
        }
        met = [rule for rule in _URGENT if found.keys() >= set(rule)]
        if not met or any(p.search(said) for p in self._calm):
            return Alarm()
        telling = {kind for rule in met for kind in rule}
        signs = (hit.replace(_BARE, "") for kind in found if kind in telling for hit in found[kind])
        doubtful = len(met) == 1 and met[0] != ("harm",)
        return Alarm(tuple(dict.fromkeys(signs)), doubtful, not any(w.toned for w in row))
