"""«Không phải cấp lại mà là đổi»: words that are denied must not count for what they name."""

from __future__ import annotations

from collections.abc import Sequence

from bot.matching.lexicon import Word

_NO = frozenset({"khong", "k", "ko", "kg", "hok", "hong", "hem", "chang", "dau"})
# After «không»: what makes it a denial and not the end of a question («được không», «có không»).
_DENIED = frozenset({"phai", "can", "muon", "hoi", "mat", "co", "lam", "xin", "doi", "bi", "tim", "dinh", "dk"})
# «Không phải cúp điện, tôi muốn …»: these deny without a word of contrast.
_PLAIN = frozenset({"phai", "xin", "hoi", "tim"})
# What opens the other half, where the true request stands.
_CONTRAST = frozenset({"ma", "chi", "nhung", "chu", "cho"})
_FEWEST_LEFT = 3  # words; with fewer the denied half is all there is to go by
_LONGEST = 12  # words; a longer denial is a story


def without_denied(words: Sequence[Word], ends: frozenset[int]) -> tuple[list[Word], list[Word]]:
    """Take out what a message denies, where it goes on to say what it wants instead.

    Args:
        words: the words.
        ends: places after which a clause ends.

    Returns:
        The words kept and the words denied.
    """
    folded = [w.folded for w in words]
    for at in range(len(words) - 2):
        if folded[at] not in _NO or folded[at + 1] not in _DENIED:
            continue
        if folded[at + 1] == "co" and folded[at] != "dau":
            continue
        end = next((i for i in range(at + 1, len(words)) if i in ends), len(words) - 1) + 1
        turn = next((i for i in range(at + 2, end) if folded[i] in ("ma", "nhung", "chi")), None)
        backwards = at > 0 and folded[at - 1] in ("chu", "cho")
        follows = end < len(words) and bool(
            _CONTRAST.intersection(folded[end : end + 3]) or "hoi" in folded[end : end + 4]
        )
        if turn is not None:
            end = turn
        elif not backwards and not follows and not (folded[at + 1] in _PLAIN and end < len(words)):
            continue
        start = at - 1 if backwards else at
        kept = [*words[:start], *words[end:]]
        if end - start <= _LONGEST and len(kept) >= _FEWEST_LEFT:
            return kept, list(words[start:end])
    return list(words), []
