"""Every sentence a person reads, by key, from ``texts.vi.yaml``.

Sentences may hold ``<b>`` and ``<i>`` and placeholders in braces. What fills a placeholder is escaped, so nothing a
person wrote can break a message.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from string import Formatter

from bot.errors import ContentError, Finding
from bot.yaml_source import Source, read

Figure = str | int

_ALLOWED_TAG = re.compile(r"</?[bi]>")
_FILE = Path(__file__).with_name("texts.vi.yaml")


class Markup(str):
    """A text whose markup is meant: it is put in as it stands."""

    __slots__ = ()


class Texts:
    """The sentences in force."""

    def __init__(self, sentences: Mapping[str, str]) -> None:
        self._sentences = dict(sentences)

    @classmethod
    def load(cls, path: Path = _FILE) -> Texts:
        """Read and check the file.

        Raises:
            ContentError: a sentence is missing its text, has a broken placeholder or an unknown tag.
        """
        source = read(path)
        sentences: dict[str, str] = {}
        findings: list[Finding] = []
        _flatten(source, (), source.data, sentences, findings)
        if findings:
            raise ContentError(findings)
        return cls(sentences)

    def __call__(self, key: str, /, **figures: Figure) -> Markup:
        """The sentence ``key`` with its placeholders filled and escaped.

        Raises:
            KeyError: no such sentence, or a placeholder has no figure.
        """
        safe = {k: v if isinstance(v, Markup) else html.escape(str(v), quote=False) for k, v in figures.items()}
        return Markup(self._sentences[key].format_map(safe))

    def plain(self, key: str, /, **figures: Figure) -> str:
        """The sentence without markup, for buttons and alerts."""
        text = _ALLOWED_TAG.sub("", self._sentences[key])
        return text.format_map(figures)

    def __contains__(self, key: str) -> bool:
        return key in self._sentences

    def __iter__(self) -> Iterator[str]:
        return iter(self._sentences)

    def keys(self) -> frozenset[str]:
        """All keys."""
        return frozenset(self._sentences)

    def placeholders(self, key: str) -> frozenset[str]:
        """Names of the placeholders of a sentence."""
        return frozenset(name for _, name, _, _ in Formatter().parse(self._sentences[key]) if name)


def _flatten(source: Source, at: tuple[str, ...], data: object, out: dict[str, str], findings: list[Finding]) -> None:
    if isinstance(data, dict):
        for key, value in data.items():
            _flatten(source, (*at, key), value, out, findings)
        return
    if not isinstance(data, str) or not data.strip():
        findings.append(Finding(source.where(at), f"câu «{'.'.join(at)}» chưa có chữ"))
        return
    try:
        names = [name for _, name, spec, _ in Formatter().parse(data) if name is not None]
    except ValueError:
        names = [""]
    if any(not name.isidentifier() for name in names):
        findings.append(Finding(source.where(at), "chỗ trống phải viết dạng {ten}, không bỏ dở dấu ngoặc"))
    if "<" in _ALLOWED_TAG.sub("", data):
        findings.append(Finding(source.where(at), "chỉ dùng được thẻ <b> và <i>"))
    elif not _balanced(data):
        findings.append(Finding(source.where(at), "thẻ <b>, <i> phải mở rồi đóng, không lồng chéo"))
    out[".".join(at)] = data.rstrip("\n")


def _balanced(text: str) -> bool:
    """Whether every tag is closed, in order: Telegram refuses a message where one is not."""
    opened: list[str] = []
    for tag in _ALLOWED_TAG.findall(text):
        if not tag.startswith("</"):
            opened.append(tag)
        elif not opened or opened.pop() != tag.replace("/", ""):
            return False
    return not opened
