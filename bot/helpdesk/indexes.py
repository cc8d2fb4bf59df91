"""Matchers that were built, kept for as long as the guides read the same to them."""

from __future__ import annotations

import hashlib
from collections import OrderedDict

from bot.guides.catalogue import Catalogue
from bot.matching.matcher import Matcher

# What no matcher reads: a new fee, a notice or a later review leaves every question where it was. Building a matcher
# takes seconds, so these changes need none.
_NOT_READ = {"review", "legal", "online", "platforms", "procedure_codes", "related", "notice", "agency", "fees"}
# The one in force, and the one a change was just tried with, which is often in force next.
_KEPT = 2


class Indexes:
    """The matchers at hand."""

    def __init__(self) -> None:
        self._kept: OrderedDict[str, Matcher] = OrderedDict()

    def keep(self, catalogue: Catalogue, matcher: Matcher) -> None:
        """This matcher was built of this catalogue."""
        key = what_matchers_read(catalogue)
        self._kept[key] = matcher
        self._kept.move_to_end(key)
        while len(self._kept) > _KEPT:
            self._kept.popitem(last=False)

    def of(self, catalogue: Catalogue) -> Matcher | None:
        """The catalogue's matcher, if it was built."""
        key = what_matchers_read(catalogue)
        if key in self._kept:
            self._kept.move_to_end(key)
        return self._kept.get(key)


def what_matchers_read(catalogue: Catalogue) -> str:
    """The same for two catalogues exactly where one matcher serves both."""
    digest = hashlib.sha256(catalogue.vocabulary.model_dump_json().encode())
    for kind in sorted(catalogue.smalltalk):
        digest.update(f"{kind}{catalogue.smalltalk[kind].model_dump_json()}".encode())
    for entry in sorted(catalogue, key=lambda entry: entry.id):
        charged_for = sorted({fee.what for fee in entry.guide.fees})
        digest.update(f"{entry.id}{entry.guide.model_dump_json(exclude=_NOT_READ)}{charged_for}".encode())
    return digest.hexdigest()
