"""What one guide holds: the shape of ``knowledge/<sector>/<guide-id>.yaml``."""

from __future__ import annotations

import re
from datetime import date
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

Line = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=400)]
ShortLine = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=160)]
GUIDE_ID = re.compile(r"^[a-z0-9]+(-[a-z0-9]+)*$")
GuideId = Annotated[str, StringConstraints(pattern=GUIDE_ID.pattern, max_length=40)]
Utterance = Annotated[str, StringConstraints(strip_whitespace=True, min_length=2, max_length=300)]
Url = Annotated[str, StringConstraints(pattern=r"^https://[^\s]+$", max_length=300)]

OnlineLevel = Literal["toan-trinh", "mot-phan", "ung-dung", "truc-tiep"]


class Part(BaseModel):
    """Base of every part: frozen, unknown keys refused."""

    model_config = ConfigDict(frozen=True, extra="forbid", validate_default=True)


class NotThis(Part):
    """What people confuse this guide with."""

    when: Line = Field(description="Khi nào thì đúng ra là bài kia (viết tiếp sau chữ «Nếu»)")
    guide: GuideId = Field(description="Mã của bài kia")


class Place(Part):
    """An official place on the net."""

    name: ShortLine = Field(description="Tên nơi đó, như bà con nhìn thấy trên nút bấm")
    url: Url = Field(description="Địa chỉ https của trang chính thức; ưu tiên trang riêng của thủ tục")


class Online(Part):
    """How far it can be done online."""

    level: OnlineLevel = Field(
        description="toan-trinh: làm trọn trên mạng; mot-phan: nộp trên mạng, còn phải đến một lần; "
        "ung-dung: làm trong ứng dụng hoặc trang không phải dịch vụ công; truc-tiep: phải đến nơi"
    )
    account: ShortLine | None = Field(None, description="Cần tài khoản nào (ví dụ VNeID mức 2 của người nộp)")
    where: tuple[Place, ...] = Field((), max_length=4, description="Nộp, làm ở trang nào; dòng đầu thành nút bấm")


class Step(Part):
    """One step: one screen of the companion."""

    do: Line = Field(description="Một việc, khoảng 25 chữ, tên nút viết trong «…» đúng như trên màn hình")
    tip: Line | None = Field(None, description="Mẹo, hoặc điều cần để ý ở bước này")
    if_stuck: GuideId | None = Field(None, description="Mã bài giúp gỡ khi kẹt ở bước này")


class Fee(Part):
    """One line of what it costs."""

    what: ShortLine = Field(description="Thu cho việc gì")
    amount_vnd: int | None = Field(None, ge=0, description="Số tiền, đồng; 0 là không mất tiền; không rõ thì bỏ trống")
    note: Line | None = Field(None, description="Nói thêm (ví dụ: mỗi tỉnh một mức, hỏi lại khi nộp)")
    until: date | None = Field(None, description="Mức này áp dụng đến hết ngày nào")


class Law(Part):
    """A legal basis."""

    name: ShortLine = Field(description="Tên văn bản")
    number: ShortLine | None = Field(None, description="Số hiệu")
    in_force: date | None = Field(None, description="Có hiệu lực từ ngày")


class Reference(Part):
    """Where a fact comes from."""

    url: ShortLine | Url = Field(description="Địa chỉ trang")
    date: ShortLine = Field(description="Ngày của trang: 2026-07-18, 2026-07, hoặc undated nếu trang không ghi ngày")
    what: Line = Field(description="Lấy điều gì ở đó")


class Review(Part):
    """How fresh the guide is and who answers for it."""

    checked_on: date | None = Field(None, description="Ngày của nguồn mới nhất; không có nguồn ghi ngày thì bỏ trống")
    review_by: date = Field(description="Phải xem lại trước ngày này")
    owner: ShortLine = Field(description="Ai chịu trách nhiệm xem lại")
    confidence: Literal["high", "medium", "low"] = Field(description="Chắc tới đâu; low thì thẻ trả lời nói rõ")
    sources: tuple[Reference, ...] = Field(min_length=1, description="Các nguồn")


class Guide(Part):
    """A public procedure or a digital skill, told so that a person can do it.

    The id is the file's name and the sector the folder's; neither stands in the file.
    """

    title: ShortLine = Field(description="Tên bài, như người dân gọi")
    kind: Literal["procedure", "skill"] = Field(description="procedure: thủ tục; skill: kỹ năng số")
    audience: Line = Field(description="Bài này cho ai")
    asked_as: tuple[Utterance, ...] = Field(
        min_length=20, description="Ít nhất 20 cách hỏi, trong đó ít nhất 12 câu kể hoàn cảnh mà không gọi tên thủ tục"
    )
    not_this: tuple[NotThis, ...] = Field((), description="Việc dễ nhầm với bài này")
    summary: Annotated[str, StringConstraints(strip_whitespace=True, min_length=20, max_length=480)] = Field(
        description="Tóm tắt, nhiều nhất 3 dòng ngắn"
    )
    online: Online = Field(description="Làm trên mạng tới đâu")
    in_person: Line | None = Field(None, description="Làm trực tiếp thì đến đâu")
    documents: tuple[Line, ...] = Field((), description="Hồ sơ, giấy tờ cần có")
    steps: tuple[Step, ...] = Field(min_length=2, max_length=15, description="Từng bước")
    fees: tuple[Fee, ...] = Field((), description="Lệ phí")
    time: Line = Field(description="Bao lâu xong")
    result: Line = Field(description="Xong thì được gì")
    warnings: tuple[Line, ...] = Field((), description="Lưu ý, cảnh báo lừa đảo")
    legal: tuple[Law, ...] = Field((), description="Căn cứ pháp lý")
    agency: ShortLine = Field(description="Bộ, ngành phụ trách (báo cáo gộp theo đây)")
    platforms: tuple[GuideId, ...] = Field((), description="Nền tảng dùng đến, mã trong _platforms.yaml")
    procedure_codes: tuple[ShortLine, ...] = Field((), description="Mã thủ tục, bà con gõ vào ô tìm kiếm của Cổng")
    related: tuple[GuideId, ...] = Field((), description="Bài liên quan")
    urgent: bool = Field(
        False, description="true: việc khẩn (mất tiền, bị đe dọa); các bước hiện ngay trong câu trả lời"
    )
    notice: Line | None = Field(None, description="Thông báo tạm thời hiện trên thẻ")
    review: Review
