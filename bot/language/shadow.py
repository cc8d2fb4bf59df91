"""A plain reading of a text that remembers where each character came from."""

from __future__ import annotations

import re
from dataclasses import dataclass

from bot.language.characters import plain

_LETTER_O = re.compile(r"(?<![a-z0-9])o(?=[35789][0-9 .-])|(?<=[0-9])o(?=[0-9])")


@dataclass(frozen=True)
class Shadow:
    """The plain text and, for each of its characters, the index in the original.

    Masking looks for patterns here, where «０９１２…», «0️⃣9️⃣…» and zero-width characters make no difference,
    and cuts in the original, so that what is not masked keeps every accent and line end.
    """

    text: str
    origin: list[int]
    original: str

    def cut(self, start: int, end: int) -> tuple[int, int]:
        """The original's span for a span here, with the marks that hang on its last character."""
        stop = self.origin[end] if end < len(self.origin) else len(self.original)
        return self.origin[start], max(stop, self.origin[end - 1] + 1)


def cast(original: str) -> Shadow:
    """Read a text plainly; linear in its length."""
    chars: list[str] = []
    origin: list[int] = []
    for index, ch in enumerate(original):
        for part in plain(ch):
            chars.append(part)
            origin.append(index)
    text = "".join(chars)
    # «o912 345 678»: the letter typed for nought. Only a bare o, never «ở» («ở 12 Lê Lợi»).
    for found in _LETTER_O.finditer(text):
        if original[origin[found.start()]] in "oO":
            chars[found.start()] = "0"
    return Shadow("".join(chars), origin, original)
