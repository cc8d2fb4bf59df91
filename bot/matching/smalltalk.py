"""Small talk: words that ask for nothing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from bot.guides.catalogue import SmallTalk
from bot.language.characters import words as words_of
from bot.matching.lexicon import Word, split

_MOST_WORDS = 9
# Words of politeness and address that add nothing to a greeting.
_AROUND = frozenset(
    words_of(
        "a ah ak oi nhe nha nhi ha hen nghen voi di the vay day roi lam qua ghe that rat nhieu ban em anh chi co chu "
        "bac chau con ong ba cac moi nguoi ca admin ad bot tro ly to minh toi tui cho xin da vang u uh ma la thi "
        "thoi cai nay cong nghe so dong buoi sang trua chieu hom mot chut xiu ti"
    )
)


class SmallTalkFinder:
    """Recognises small talk by its words; a word of anything else makes it a question."""

    def __init__(self, kinds: Mapping[str, SmallTalk]) -> None:
        """Compile the lists."""
        self._exact: dict[str, str] = {}
        self._core: dict[frozenset[str], str] = {}
        for kind, talk in kinds.items():
            for line in talk.asked_as:
                words = [w.folded for w in split(line)]
                self._exact.setdefault(" ".join(words), kind)
                if core := frozenset(words) - _AROUND:
                    self._core.setdefault(core, kind)

    def kind(self, typed: Sequence[Word], read: Sequence[Word]) -> str | None:
        """The kind of small talk, as typed or as read («ok» is «ok», «hong» may be «không»)."""
        for words in (typed, read):
            folded = [w.folded for w in words]
            if not folded or len(folded) > _MOST_WORDS:
                continue
            if kind := self._exact.get(" ".join(folded)):
                return kind
            core = frozenset(folded) - _AROUND
            if kind := self._core.get(core):
                return kind
            if not core and len(folded) <= 4:
                return "greeting"
        return None
