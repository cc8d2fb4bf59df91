"""How long a thing takes, as people write it: «7 ngày», «vài phút»."""

from __future__ import annotations

import re

_SPAN = re.compile(r"(?:\d+|vài|nửa|trong) (?:phút|giờ|ngày|tuần|tháng|năm)")


def spans_in(text: str) -> list[str]:
    """The spans of time a text names, in order."""
    return _SPAN.findall(text.casefold())
