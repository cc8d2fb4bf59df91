"""Matchers that were built, kept for as long as the guides read the same to them."""

from __future__ import annotations

import hashlib
from collections import OrderedDict

from bot.config import Matching
from bot.guides.catalogue import Catalogue
from bot.matching.matcher import Matcher

# What no matcher reads: a new fee, a notice or a later review leaves every question where it was. Building a matcher
# takes seconds, so these changes need none.
_NOT_READ = {"review", "legal", "online", "platforms", "procedure_codes", "related", "notice", "agency", "fees"}
# The one in force, and the one a change was just tried with, which is often in force next.
_KEPT = 2


class Indexes:
    """Gives the matcher of a catalogue. Call it off the event loop."""

    def __init__(self, settings: Matching) -> None:
        self._settings = settings
        self._kept: OrderedDict[str, Matcher] = OrderedDict()

    def keep(self, catalogue: Catalogue, matcher: Matcher) -> None:
        """This matcher was built of this catalogue."""
        self._kept[_read_by_matchers(catalogue)] = matcher
        while len(self._kept) > _KEPT:
            self._kept.popitem(last=False)

    def of(self, catalogue: Catalogue) -> Matcher:
        """The catalogue's matcher; built if there is none."""
        key = _read_by_matchers(catalogue)
        matcher = self._kept.pop(key, None) or Matcher(catalogue, self._settings)
        self.keep(catalogue, matcher)
        return matcher


def _read_by_matchers(catalogue: Catalogue) -> str:
    digest = hashlib.sha256(catalogue.vocabulary.model_dump_json().encode())
    for kind in sorted(catalogue.smalltalk):
        digest.update(f"{kind}{catalogue.smalltalk[kind].model_dump_json()}".encode())
    for entry in sorted(catalogue, key=lambda entry: entry.id):
        charged_for = sorted({fee.what for fee in entry.guide.fees})
        digest.update(f"{entry.id}{entry.guide.model_dump_json(exclude=_NOT_READ)}{charged_for}".encode())
    return digest.hexdigest()
