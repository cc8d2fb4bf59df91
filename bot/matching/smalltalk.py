"""Small talk: words that ask for nothing."""

from __future__ import annotations

from collections.abc import Container, Mapping, Sequence
from itertools import pairwise

from bot.guides.catalogue import SmallTalk
from bot.language.characters import words as words_of
from bot.matching.lexicon import Word, split, word

_MOST_WORDS = 9
# Words of politeness and address that add nothing to a greeting.
_AROUND = frozenset(
    map(
        word,
        words_of(
            "ạ à ơi nhé nha nhỉ há hén nghen với đi thế vậy đấy rồi lắm quá ghê thật rất nhiều bạn em anh chị cô chú "
            "bác cháu con ông bà các mọi người cả ad admin bot mình tôi tui tớ cho xin dạ vâng ừ mà là thì thôi cái "
            "này một chút tí"
        ),
    )
)
_AROUND_BARE = frozenset(w.folded for w in _AROUND)


class SmallTalkFinder:
    """Recognises small talk by its words; a word of anything else makes it a question."""

    def __init__(self, kinds: Mapping[str, SmallTalk], together: Container[tuple[str, str]] = ()) -> None:
        """Compile the lists.

        Args:
            kinds: the kinds of small talk.
            together: pairs of words that guides say: typed without accents «ban sao» is no «bạn sao».
        """
        self._together = together
        self._exact: dict[str, list[tuple[list[Word], str]]] = {}
        self._core: dict[frozenset[str], list[tuple[list[Word], str]]] = {}
        for kind, talk in kinds.items():
            for line in talk.asked_as:
                said = split(line)
                self._exact.setdefault(_folded(said), []).append((said, kind))
                if core := [w for w in said if not _is_around(w)]:
                    self._core.setdefault(frozenset(w.folded for w in core), []).append((core, kind))

    def kind(self, typed: Sequence[Word], read: Sequence[Word]) -> str | None:
        """The kind of small talk, as typed or as read («ok» is «ok», «hong» may be «không»)."""
        for words in (typed, read):
            if 0 < len(words) <= _MOST_WORDS and (kind := self._kind(words)):
                return kind
        return None

    def _kind(self, words: Sequence[Word]) -> str | None:
        for said, kind in self._exact.get(_folded(words), ()):
            if all(a.says(b) for a, b in zip(words, said, strict=True)):
                return kind
        if not any(w.toned for w in words) and any(
            (a.folded, b.folded) in self._together and not (_is_around(a) and _is_around(b)) for a, b in pairwise(words)
        ):
            return None
        core = [w for w in words if not _is_around(w)]
        for said, kind in self._core.get(frozenset(w.folded for w in core), ()):
            if all(any(w.says(other) for other in said) for w in core):
                return kind
        return "greeting" if not core and len(words) <= 4 else None


def _folded(words: Sequence[Word]) -> str:
    return " ".join(w.folded for w in words)


def _is_around(w: Word) -> bool:
    return w in _AROUND if w.toned else w.folded in _AROUND_BARE
