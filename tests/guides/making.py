"""The smallest knowledge folder, and guides to put into it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml

SECTOR = "giay-to"


def guide(**changes: Any) -> dict[str, Any]:
    """A right guide; ``changes`` replace fields, None takes one away."""
    title = changes.get("title", "Làm thẻ mới")
    told: dict[str, Any] = {
        "title": title,
        "kind": "procedure",
        "audience": "Ai chưa có thẻ",
        "asked_as": [
            f"{title} hoàn cảnh thứ {number} khác hẳn {'xyztuv'[number % 6] * number}" for number in range(20)
        ],
        "summary": "Ra Trung tâm phục vụ hành chính công.\nKhông mất tiền.",
        "online": {"level": "truc-tiep"},
        "steps": [{"do": "Ra xã."}, {"do": "Nhận thẻ."}],
        "time": "3 ngày",
        "result": "Thẻ mới",
        "agency": "Bộ Công an",
        "review": {
            "checked_on": "2026-07-18",
            "review_by": "2027-07-18",
            "owner": "Tổ nội dung",
            "confidence": "high",
            "sources": [{"url": "https://dichvucong.gov.vn", "date": "2026-07-18", "what": "thủ tục"}],
        },
    }
    told.update(changes)
    return {key: value for key, value in told.items() if value is not None}


def as_yaml(data: object) -> str:
    return yaml.safe_dump(data, allow_unicode=True, sort_keys=False, width=1000)


def knowledge(root: Path, **guides: dict[str, Any] | str) -> Path:
    """A folder of guides by id (``_`` stands for ``-``); a text is written as it is."""
    folder = root / "knowledge"
    (folder / SECTOR).mkdir(parents=True)
    fixed = {
        "_sectors.yaml": {SECTOR: "Giấy tờ"},
        "_platforms.yaml": {
            "dvcqg": {"name": "Cổng Dịch vụ công", "serves": "Nộp hồ sơ", "url": "https://dichvucong.gov.vn"},
            "cong-cu": {"name": "Cổng cũ", "serves": "Trước đây", "status": "merged", "merged_into": "dvcqg"},
        },
        "_smalltalk.yaml": {"greeting": {"asked_as": ["xin chào"]}},
        "_official_hosts.yaml": {"*.gov.vn": "Nhà nước", "www.evn.com.vn": "Điện lực"},
        "_territories.yaml": _TERRITORIES,
    }
    for name, data in fixed.items():
        (folder / name).write_text(as_yaml(data), encoding="utf-8")
    for name, data in guides.items():
        text = data if isinstance(data, str) else as_yaml(data)
        (folder / SECTOR / f"{name.replace('_', '-')}.yaml").write_text(text, encoding="utf-8")
    return folder


_TERRITORIES = {
    "as_of": "2025-07-01",
    "counts": {"xa": 1, "phuong": 0, "dac-khu": 0},
    "provinces": {
        "79": {
            "name": "Thành phố Hồ Chí Minh",
            "short_name": "Hồ Chí Minh",
            "kind": "thanh-pho",
            "former": {"Hồ Chí Minh": {"districts": {"huyện Cần Giờ": "27676"}}},
            "communes": {"27676": "xã An Thới Đông"},
        }
    },
    "places": {},
    "abbreviations": {},
}
