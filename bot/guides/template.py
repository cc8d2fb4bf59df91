"""A new guide to fill in: every field, explained as it is meant."""

from __future__ import annotations

from datetime import date, timedelta

_REVIEWED_EVERY = timedelta(days=365)

TO_FILL = "…"
"""Stands wherever somebody must still write; a guide that holds it is not ready."""

_TEMPLATE = """\
# yaml-language-server: $schema=../guide.schema.json
# Bài mới: {guide}. Thay mọi chỗ có dấu … rồi gửi lại tệp này; dòng mở đầu bằng dấu # là lời giải thích, xóa được.
# Câu có dấu hai chấm thì đặt cả câu trong dấu nháy "…". Thụt dòng bằng dấu cách, không dùng phím Tab.

# Tên bài, ngắn, như bà con vẫn gọi
title: …
# procedure: thủ tục; skill: kỹ năng dùng điện thoại, mạng
kind: procedure
# Bài này cho ai
audience: …

# Ít nhất 20 cách hỏi, mỗi dòng một câu, đủ dấu. Ít nhất 12 câu kể hoàn cảnh mà không gọi tên thủ tục, ví dụ:
# «vợ em vừa sinh em bé được 3 ngày giờ phải làm giấy gì». Câu đã có ở bài khác thì không dùng lại.
asked_as:
{asked_as}

# Việc hay bị nhầm với bài này: viết tiếp sau chữ «Nếu», rồi mã bài đúng. Không có thì xóa cả mục.
# not_this:
#   - when: thẻ còn nguyên nhưng hết hạn
#     guide: can-cuoc-cap-doi

# Nhiều nhất 3 dòng ngắn: làm gì, ở đâu, hết bao nhiêu và bao lâu
summary: |
  …
  …

online:
  # toan-trinh: làm trọn trên mạng; mot-phan: nộp trên mạng, còn phải đến một lần;
  # ung-dung: làm trong ứng dụng, trang không phải dịch vụ công; truc-tiep: phải đến nơi
  level: truc-tiep
  # Cần tài khoản nào; không cần thì xóa dòng
  # account: VNeID mức 2
  # Trang chính thức; dòng đầu thành nút bấm. Chỉ nhận trang có trong _official_hosts.yaml
  # where:
  #   - name: Cổng Dịch vụ công quốc gia
  #     url: "https://dichvucong.gov.vn"

# Làm trực tiếp thì đến đâu
in_person: …

# Giấy tờ cần có, mỗi dòng một thứ
documents:
  - …

# Từng bước, mỗi bước một việc, khoảng 25 chữ; tên nút viết trong «…» đúng như trên màn hình.
# tip: mẹo ở bước đó; if_stuck: mã bài giúp gỡ. Hai dòng này có cũng được, không cũng được.
steps:
  - do: …
    # tip: Quên mật khẩu thì lấy lại trước.
    # if_stuck: vneid-quen-mat-khau
  - do: …

# Lệ phí. amount_vnd: số tiền (đồng), viết liền không dấu chấm; 0 là không mất tiền; không rõ thì xóa dòng đó, ghi note
fees:
  - what: …
    amount_vnd: 0
    # note: hỏi lại khi nộp
    # until: "2027-12-31"

# Bao lâu xong; xong thì được gì
time: …
result: …

# Lưu ý, cảnh báo lừa đảo
warnings:
  - …

# Căn cứ pháp lý; chưa rõ thì xóa
# legal:
#   - name: Luật Căn cước
#     number: 26/2023/QH15
#     in_force: "2024-07-01"

# Bộ, ngành phụ trách
agency: …
# Mã nền tảng dùng đến (xem _platforms.yaml), mã thủ tục, bài liên quan
platforms: []
procedure_codes: []
related: []

# true chỉ khi đang mất tiền, đang bị đe dọa
urgent: false
# Thông báo tạm thời hiện đầu thẻ
# notice: …

review:
  # Ngày của nguồn mới nhất; nguồn không ghi ngày thì xóa dòng này và để confidence: low
  checked_on: "{today}"
  # Phải xem lại trước ngày này
  review_by: "{review_by}"
  owner: Tổ nội dung
  # high: chắc; medium: khá chắc; low: chưa chắc, thẻ sẽ dặn bà con hỏi lại
  confidence: medium
  sources:
    - url: …
      date: "{today}"
      what: …
"""
_LINES = 20


def new_guide(guide: str, today: date) -> str:
    """The text of a guide that is still to be written."""
    asked_as = "\n".join([f"  - {TO_FILL}"] * _LINES)
    return _TEMPLATE.format(guide=guide, asked_as=asked_as, today=today, review_by=today + _REVIEWED_EVERY)
