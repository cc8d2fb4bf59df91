"""Fifty personal numbers and secrets, as people write them. All made up."""

from __future__ import annotations

import re

# Sentence with a gap, and what stands in it.
PLANTED = (
    ("số căn cước của tôi {}", "079085001234"),
    ("cccd {}", "001 199 012 345"),
    ("CCCD: {}", "0790.8500.9876"),
    ("can cuoc cong dan so {} nhe", "038-092-004-567"),
    ("cccd cua vo toi {}", "079185123456"),
    ("cmnd {}", "023456789"),
    ("so chung minh cu {}", "241 567 890"),
    ("CMT: {}", "025.678.901"),
    ("giấy chứng minh nhân dân số {} cấp 2010", "312456789"),
    ("goi toi so {}", "0912345678"),
    ("sđt {}", "0987 654 321"),
    ("dien thoai {}", "0903.111.222"),
    ("lien he {} gap Nam", "+84 905 123 456"),
    ("zalo {}", "84938123456"),
    ("số máy bàn {}", "028 3822 1234"),
    ("phone: {}", "(0903) 555 666"),
    ("alo {} nha", "0-9-7-7-8-8-8-9-9-9"),
    ("sdt con toi {}", "0356789012"),
    ("so dt {}", "+84356111222"),
    ("đt cơ quan {}", "0254-3838-999"),
    ("stk {}", "19034567890123"),
    ("số tài khoản {} vcb", "0071001234567"),
    ("chuyen vao tk {} bidv", "31410001234567"),
    ("STK: {} agribank", "1902 2050 12345"),
    ("tai khoan ngan hang {}", "102870123456"),
    ("so tk {} mb bank", "9704221234567"),
    ("thẻ visa {}", "4111 1111 1111 1111"),
    ("the master {}", "5500005555555559"),
    ("the atm {}", "9704 0000 0000 0018"),
    ("amex {}", "378282246310005"),
    ("thẻ tín dụng {}", "4012-8888-8888-1881"),
    ("ma so bhxh {}", "7912345678"),
    ("số sổ BHXH: {}", "0123456789"),
    ("bảo hiểm xã hội số {}", "7908 123 456"),
    ("the bhyt {}", "DN4797912345678"),
    ("mã thẻ BHYT {}", "HT 3 79 79 123 45678"),
    ("mst {}", "8012345678"),
    ("ma so thue ca nhan {}", "8123 456 789"),
    ("hộ chiếu {}", "C1234567"),
    ("ho chieu so {}", "B7654321"),
    ("email {}", "nam.nguyen1960@gmail.com"),
    ("thư gửi {} ạ", "bac_nam60@yahoo.com.vn"),
    ("mail cua toi la {}", "HoaTran.81@outlook.com"),
    ("mật khẩu là {}", "Nam@1960xyz"),
    ("pass: {}", "hoahong9981"),
    ("mk vneid là {}", "Quynh2020a"),
    ("password = {}", "tuyetmai#77"),
    ("mã OTP là {}", "482913"),
    ("otp {}", "739204"),
    ("ma xac nhan la {}", "905521"),
)
SENTENCES = tuple(sentence.format(secret) for sentence, secret in PLANTED)
_SEPARATORS = re.compile(r"[\s.\-()+/,_]")


def lines(at: int, count: int) -> str:
    """Some of the sentences as one message; any number, round and round."""
    return "\n".join(SENTENCES[(at + number) % len(SENTENCES)] for number in range(count))


def found_in(text: str) -> list[str]:
    """The planted values that stand in a text, as written or with separators removed."""
    tight = _SEPARATORS.sub("", text)
    found = []
    for _, secret in PLANTED:
        bare = _SEPARATORS.sub("", secret)
        if secret in text or (len(bare) >= 8 and bare in tight):
            found.append(secret)
    return found
