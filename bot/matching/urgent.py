"""Whether somebody is losing money, or is threatened, right now: told apart from wanting to know about such things."""

from __future__ import annotations

from collections.abc import Sequence

from bot.matching.lexicon import Phrases, Word

# Signs by kind. What makes it urgent are kinds that come together, below.
_SIGNS: dict[str, tuple[str, ...]] = {
    "harm": (
        "bị lừa chuyển", "bị lừa mất", "bị lừa tiền", "bị lừa hết", "bị lừa đảo mất", "bị lừa đảo chuyển",
        "bị lừa nạp", "bị lừa đầu tư", "bị lừa cọc", "bị lừa mua", "vừa bị lừa", "mới bị lừa", "đang bị lừa",
        "bị lừa rồi", "bị lừa đảo rồi", "dính lừa đảo rồi", "dính bẫy rồi", "bị chiếm đoạt", "mất sạch tiền",
        "bị rút sạch", "bị rút hết", "bị trừ sạch", "bị trừ hết", "mất hết tiền", "bay hết tiền", "bay sạch",
        "bốc hơi", "hết sạch tiền", "trống trơn", "sạch bách", "tài khoản bị hack", "hack tài khoản ngân hàng",
        "bị hack ngân hàng", "tống tiền", "tiền chuộc", "bắt cóc", "ép chuyển tiền", "ép chuyển khoản", "dọa giết",
        "đòi giết", "đòi chém", "dọa chém", "dọa tung ảnh", "dọa tung clip", "dọa đăng ảnh", "dọa gửi ảnh",
        "dọa phát tán", "cắt ghép ảnh nóng", "điều khiển điện thoại của", "điều khiển máy của",
        "chiếm quyền điện thoại", "chiếm quyền điều khiển", "đang điều khiển điện thoại", "đang bị điều khiển",
        "tự chuyển khoản", "tự chuyển tiền", "đang bị hack", "đang bị trừ tiền", "đang bị trừ", "đang bị rút",
        "có đứa đang rút", "đang rút tiền của",
    ),
    "villain": (
        "lừa", "lừa đảo", "kẻ gian", "kẻ xấu", "kẻ lừa", "tụi lừa", "bọn lừa", "giả danh", "giả mạo", "giả làm",
        "xưng là", "xưng công an", "tự xưng", "mạo danh", "người lạ", "app lạ", "ứng dụng lạ", "link lạ",
        "đường link lạ", "trang giả", "web giả", "app giả", "phần mềm giả", "app nó gửi", "link nó gửi",
        "app họ gửi", "link họ gửi", "chặn luôn", "chặn số", "chặn zalo", "chặn facebook", "nó chặn", "họ chặn",
        "bị chặn", "biến mất", "không liên lạc được", "gọi lại không được", "gọi không được", "shipper giả",
        "công an giả", "ngân hàng giả", "viện kiểm sát", "nó", "tụi nó", "chúng nó", "bọn nó", "làm nhiệm vụ",
        "giật đơn", "tiền ảo", "tiền án phí", "phí giải ngân",
    ),
    "paid": (
        "chuyển tiền", "chuyển khoản", "chuyển cọc", "đặt cọc", "nạp tiền", "nạp vô", "chuyển cho", "đưa tiền",
        "gửi tiền", "bắn tiền", "đóng phí", "nộp tiền", "chuyển thêm", "đã chuyển", "chuyển triệu", "chuyển xong",
        "chuyển rồi", "mất triệu", "mất chục triệu", "mất tiền",
    ),
    "gave": (
        "đọc mã", "đọc otp", "đọc cái mã", "đưa mã", "đưa otp", "gửi mã", "gửi otp", "cho mã", "cung cấp mã",
        "cung cấp otp", "nhập mã", "nhập otp", "đọc mấy số", "đọc dãy số", "đọc số thẻ", "đưa số thẻ",
        "nhập số thẻ", "gửi số thẻ", "cho số thẻ", "đưa mật khẩu", "cho mật khẩu", "gửi mật khẩu", "đọc mật khẩu",
        "nhập mật khẩu ngân hàng", "nhập tài khoản ngân hàng", "lộ mã", "lộ otp", "lộ mật khẩu", "lộ thông tin thẻ",
        "quét mặt cho", "quay mặt cho", "quét khuôn mặt cho", "quét mặt theo", "chia sẻ màn hình",
        "cấp quyền trợ năng", "cho quyền truy cập",
    ),
    "clicked": (
        "bấm link", "bấm vào link", "bấm vô link", "ấn link", "ấn vào link", "nhấn link", "nhấn vào link",
        "bấm đường link", "bấm vào đường dẫn", "mở link", "cài app", "cài cái app", "cài ứng dụng", "cài phần mềm",
        "tải app", "tải file", "cài file", "quét mã", "quét qr",
    ),
    "taken": (
        "trừ tiền", "bị trừ", "mất tiền", "rút tiền", "bị rút", "hết tiền", "tiền đi đâu", "tiền biến đâu",
        "tiền mất", "tiền bị", "mất triệu", "tiền bay", "bay mất tiền", "mất sóng", "đăng nhập ở nơi khác",
        "đăng nhập nơi khác", "đăng nhập lạ", "nhắn trừ", "báo trừ", "bị chiếm", "màn hình đen", "màn hình tự",
        "máy tự", "tự nhảy", "không tắt được", "không thoát ra được", "báo nợ",
    ),
    "sudden": (
        "tự nhiên", "tự dưng", "bỗng dưng", "khi không", "liên tục", "không mua gì", "không làm gì",
        "có làm gì đâu", "có mua gì đâu", "có chuyển cho ai đâu", "không hiểu sao", "mà tôi không", "ngay lập tức",
        "đang", "kìa",
    ),
    "forced": (
        "bắt chuyển tiền", "bắt chuyển khoản", "bắt tôi chuyển", "bắt em chuyển", "bắt con chuyển",
        "kêu chuyển tiền", "bắt nộp tiền", "bắt nạp", "bắt giữ máy", "không cho cúp", "không được nói với ai",
        "không cho nói với ai", "đòi tiền", "đòi triệu", "đe dọa", "hăm dọa", "dọa", "khủng bố", "đòi nợ",
        "chuẩn bị chuyển", "sắp chuyển", "định chuyển", "chứng minh trong sạch", "lệnh bắt", "giữ bí mật",
        "không chuyển là", "không gửi tiền", "nếu không chuyển", "nếu không gửi", "ra quầy gửi tiền",
        "ra ngân hàng chuyển", "đang nói chuyện điện thoại với",
    ),
    "done": (
        "vừa", "vừa mới", "lỡ", "trót", "mới", "rồi", "xong", "đã", "giờ", "bây giờ", "hồi nãy", "nãy", "lúc nãy",
        "ban nãy", "phút trước", "hồi sáng", "lúc trưa", "tối nay", "hôm qua", "sáng nay", "chiều nay", "đang",
    ),
    "help": (
        "cứu", "cứu với", "cứu tôi", "giúp với", "làm sao giờ", "khẩn cấp", "khẩn", "gấp", "hoảng", "run quá",
        "sợ quá", "chặn lại kịp", "còn kịp", "lấy lại được", "đòi lại", "khóa thẻ gấp", "khóa tài khoản",
        "phong tỏa", "huhu",
    ),
}  # fmt: skip
_CALM = (
    "nhận biết", "phòng tránh", "phòng chống", "phòng ngừa", "cảnh giác", "đề phòng", "tuyên truyền", "có phải lừa",
    "có lừa không", "hay là lừa", "hay lừa", "có bị lừa không", "bị lừa thì sao", "lỡ bị lừa thì", "nếu bị lừa",
    "lừa đảo là gì", "chiêu lừa", "chiêu trò", "thủ đoạn", "chưa chuyển", "chưa mất", "chưa gửi", "chưa đưa",
    "chưa bấm", "chưa cài", "có nên bấm", "có nên cài", "có nên chuyển", "có nên tin", "có tin được",
    "thật hay giả", "lớp học", "lớp dạy", "là gì", "kể cho",
)  # fmt: skip
# Kinds that must all be told. The first row: enough by itself.
_URGENT = (
    ("harm",),
    ("paid", "villain", "done"),
    ("gave", "done"),
    ("gave", "villain"),
    ("clicked", "villain", "done"),
    ("clicked", "taken"),
    ("taken", "sudden", "done"),
    ("taken", "villain"),
    ("taken", "help"),
    ("forced", "villain"),
    ("forced", "paid"),
    ("paid", "villain", "help"),
)


class Urgency:
    """Finds the signs."""

    def __init__(self) -> None:
        """Compile the lists."""
        self._signs = Phrases((phrase, kind) for kind, phrases in _SIGNS.items() for phrase in phrases)
        self._calm = Phrases((phrase, "calm") for phrase in _CALM)

    def signs(self, words: Sequence[Word]) -> tuple[str, ...]:
        """What makes the words urgent, as written; empty where they are not."""
        row = [w for w in words if not w.folded.isdigit()]
        found = self._signs.find(row)
        kinds = {kind for _, _, kind in found}
        met = [rule for rule in _URGENT if kinds.issuperset(rule)]
        if not met or (self._calm.find(row) and ("harm",) not in met):
            return ()
        telling = {kind for rule in met for kind in rule}
        said = [" ".join(w.toned or w.folded for w in row[a:b]) for a, b, kind in found if kind in telling]
        return tuple(dict.fromkeys(said))
