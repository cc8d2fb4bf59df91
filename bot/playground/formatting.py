"""Message text as Telegram reads it: lengths in UTF-16, strict HTML, trimming, entities found by themselves."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

from bot.playground.refusals import bad_request, unreadable_text

Entity = dict[str, Any]

_TAGS = {
    "b": "bold",
    "strong": "bold",
    "i": "italic",
    "em": "italic",
    "u": "underline",
    "ins": "underline",
    "s": "strikethrough",
    "strike": "strikethrough",
    "del": "strikethrough",
    "tg-spoiler": "spoiler",
    "span": "spoiler",
    "tg-emoji": "custom_emoji",
    "tg-time": "date_time",
    "code": "code",
    "pre": "pre",
    "a": "text_link",
    "blockquote": "blockquote",
}
_NAMED = {b"lt": "<", b"gt": ">", b"amp": "&", b"quot": '"'}
_SPACE = b" \t\r\n\x0b\x0c\x00"
_REFERENCE = re.compile(rb"&(?:#x([0-9a-fA-F]{1,6})|#([0-9]{1,7})|([a-zA-Z]+));?")
# Telegram marks these by itself; inside code and links it finds nothing.
_FOUND = re.compile(
    r"(?P<url>https?://[^\s<>«»\"]+[^\s<>«»\".,;:!?)\]}'…])"
    r"|(?P<bot_command>(?<![\w/@<>])/[A-Za-z0-9_]{1,64}(?:@[A-Za-z0-9_]{3,32})?(?![\w/]))"
    r"|(?P<mention>(?<![\w@/])@[A-Za-z][A-Za-z0-9_]{3,31}\b)"
)


def utf16_length(text: str) -> int:
    """Length as the Bot API counts it, in UTF-16 code units."""
    return len(text) + sum(char > "\uffff" for char in text)


@dataclass
class _Open:
    tag: str
    offset: int
    start: int
    attributes: dict[str, str] = field(default_factory=dict)


class _HtmlReader:
    """One pass over the UTF-8 bytes: Telegram's errors name byte offsets."""

    def __init__(self, text: str) -> None:
        self._data = text.encode() + b"\0"
        self._size = len(self._data) - 1
        self._at = 0
        self._plain = bytearray()
        self._units = 0
        self._open: list[_Open] = []
        self._entities: list[Entity] = []

    def read(self) -> tuple[str, list[Entity]]:
        while self._at < self._size:
            byte = self._data[self._at]
            if byte == ord("<"):
                self._tag()
            elif byte == ord("&"):
                self._add(self._reference() or self._ampersand())
            else:
                self._plain.append(byte)
                if byte & 0xC0 != 0x80:
                    self._units += 2 if byte >= 0xF0 else 1
                self._at += 1
        if self._open:
            raise unreadable_text(f'Can\'t find end tag corresponding to start tag "{self._open[-1].tag}"')
        return self._plain.decode(), self._entities

    def _add(self, text: str) -> None:
        self._plain += text.encode()
        self._units += utf16_length(text)

    def _ampersand(self) -> str:
        self._at += 1
        return "&"

    def _reference(self) -> str:
        """Decode ``&lt;`` and the like and step over it; empty where Telegram leaves the ampersand alone."""
        match = _REFERENCE.match(self._data, self._at, self._size)
        if not match:
            return ""
        hexadecimal, decimal, name = match.groups()
        if name is not None:
            char = _NAMED.get(name, "")
        else:
            code = int(hexadecimal, 16) if hexadecimal else int(decimal)
            char = chr(code) if 0 < code < 0x10FFFF and not 0xD800 <= code <= 0xDFFF else ""
        if char:
            self._at = match.end()
        return char

    def _skip_space(self) -> None:
        while self._at < self._size and self._data[self._at] in _SPACE:
            self._at += 1

    def _until(self, *stops: bytes) -> bytes:
        start = self._at
        while (
            self._at < self._size
            and self._data[self._at] not in _SPACE
            and self._data[self._at : self._at + 1] not in stops
        ):
            self._at += 1
        return self._data[start : self._at]

    def _tag(self) -> None:
        begin = self._at
        self._at += 1
        if self._data[self._at] == ord("/"):
            self._at += 1
            self._end_tag(begin)
        else:
            self._start_tag(begin)

    def _start_tag(self, begin: int) -> None:
        tag = self._until(b">").decode(errors="replace").lower()
        if self._at >= self._size:
            raise unreadable_text(f"Unclosed start tag at byte offset {begin}")
        if tag not in _TAGS:
            raise unreadable_text(f'Unsupported start tag "{tag}" at byte offset {begin}')
        attributes: dict[str, str] = {}
        while True:
            self._skip_space()
            if self._at >= self._size:
                raise unreadable_text(f"Unclosed start tag at byte offset {begin}")
            if self._data[self._at] == ord(">"):
                self._at += 1
                break
            name, value = self._attribute(tag, begin)
            attributes[name] = value
        if tag == "span" and attributes.get("class") != "tg-spoiler":
            raise unreadable_text(f'Tag "span" must have class "tg-spoiler" at byte offset {begin}')
        self._open.append(_Open(tag, self._units, len(self._plain), attributes))

    def _attribute(self, tag: str, begin: int) -> tuple[str, str]:
        name = self._until(b"=", b">").decode(errors="replace").lower()
        if not name:
            raise unreadable_text(f'Empty attribute name in the tag "{tag}" at byte offset {begin}')
        self._skip_space()
        if self._data[self._at] != ord("="):
            if tag == "blockquote" and name == "expandable":
                return name, ""
            raise unreadable_text(
                f'Expected equal sign in declaration of an attribute of the tag "{tag}" at byte offset {begin}'
            )
        self._at += 1
        self._skip_space()
        quote = self._data[self._at : self._at + 1]
        if quote not in (b'"', b"'"):
            start = self._at
            value = self._until(b">").decode(errors="replace").lower()
            if not re.fullmatch(r"[a-z0-9.\-]*", value):
                raise unreadable_text(f"Unexpected end of name token at byte offset {start}")
            return name, value
        self._at += 1
        out = bytearray()
        while self._at < self._size and self._data[self._at : self._at + 1] != quote:
            char = self._reference() if self._data[self._at] == ord("&") else ""
            if char:
                out += char.encode()
            else:
                out.append(self._data[self._at])
                self._at += 1
        if self._at >= self._size:
            raise unreadable_text(f"Unclosed start tag at byte offset {begin}")
        self._at += 1
        return name, out.decode()

    def _end_tag(self, begin: int) -> None:
        if not self._open:
            raise unreadable_text(f"Unexpected end tag at byte offset {begin}")
        found = self._until(b">").decode(errors="replace").lower()
        self._skip_space()
        if self._at >= self._size or self._data[self._at] != ord(">"):
            raise unreadable_text(f"Unclosed end tag at byte offset {begin}")
        self._at += 1
        opened = self._open[-1]
        if found and found != opened.tag:
            raise unreadable_text(
                f'Unmatched end tag at byte offset {begin}, expected "</{opened.tag}>", found "</{found}>"'
            )
        self._open.pop()
        if self._units > opened.offset:
            self._close(opened)

    def _close(self, opened: _Open) -> None:
        entity: Entity = {
            "type": _TAGS[opened.tag],
            "offset": opened.offset,
            "length": self._units - opened.offset,
        }
        if opened.tag == "a":
            inside = self._plain[opened.start :].decode()
            url = opened.attributes.get("href") or inside
            if url.startswith("tg://user?id=") and url[13:].isdigit():
                entity.update(type="text_mention", user={"id": int(url[13:])})
            elif re.match(r"(?i)(https?|tg|ton|tonsite)://", url):
                entity["url"] = url
            elif re.fullmatch(r"[^\s:]+\.[^\s:]{2,}", url):
                entity["url"] = f"http://{url}"
            else:
                return  # Telegram drops a link it cannot make sense of and keeps the words.
        elif opened.tag == "tg-emoji":
            if not opened.attributes.get("emoji-id", "").isdigit():
                raise unreadable_text("Invalid custom emoji identifier specified")
            entity["custom_emoji_id"] = opened.attributes["emoji-id"]
        elif opened.tag == "tg-time":
            if not opened.attributes.get("unix", "").isdigit():
                raise unreadable_text("Invalid date specified")
            entity["unix_time"] = int(opened.attributes["unix"])
        elif opened.tag == "blockquote" and "expandable" in opened.attributes:
            entity["type"] = "expandable_blockquote"
        elif opened.tag == "pre" and self._entities and self._same_place("code", entity):
            language = self._entities.pop().get("language")
            if language:
                entity["language"] = language
        elif opened.tag == "code" and opened.attributes.get("class", "").startswith("language-"):
            entity["language"] = opened.attributes["class"][9:]
        self._entities.append(entity)

    def _same_place(self, kind: str, entity: Entity) -> bool:
        last = self._entities[-1]
        return (last["type"], last["offset"], last["length"]) == (kind, entity["offset"], entity["length"])


def parse_html(text: str) -> tuple[str, list[Entity]]:
    """Read Telegram's HTML.

    Raises:
        Refusal: anything Telegram refuses, in its words.
    """
    plain, entities = _HtmlReader(text).read()
    for entity in entities:
        if entity["type"] == "code":
            entity.pop("language", None)
    return plain, sorted(entities, key=lambda entity: (entity["offset"], -entity["length"]))


def _trimmed(text: str, entities: list[Entity]) -> tuple[str, list[Entity]]:
    """Telegram cuts white space at both ends and moves the entities along."""
    left = utf16_length(text) - utf16_length(text.lstrip())
    text = text.strip()
    end = utf16_length(text)
    kept = []
    for entity in entities:
        start = max(entity["offset"] - left, 0)
        stop = min(entity["offset"] + entity["length"] - left, end)
        if stop > start:
            kept.append({**entity, "offset": start, "length": stop - start})
    return text, kept


def found_entities(text: str, known: list[Entity]) -> list[Entity]:
    """Commands, links and mentions Telegram marks without being asked, outside ``known`` code and links."""
    closed = [
        (entity["offset"], entity["offset"] + entity["length"])
        for entity in known
        if entity["type"] in ("code", "pre", "text_link", "text_mention")
    ]
    found = []
    for match in _FOUND.finditer(text):
        offset = utf16_length(text[: match.start()])
        length = utf16_length(match.group())
        if not any(start < offset + length and offset < stop for start, stop in closed):
            found.append({"type": match.lastgroup, "offset": offset, "length": length})
    return found


def given_entities(value: Any, text: str) -> list[Entity]:
    """Entities the bot passed itself.

    Raises:
        Refusal: not a list of entities.
    """
    if not isinstance(value, list):
        return []
    length = utf16_length(text)
    entities = []
    for entity in value:
        if not isinstance(entity, dict):
            raise bad_request("can't parse MessageEntity: expected an Object")
        for name in ("type", "offset", "length"):
            if name not in entity:
                raise bad_request(f"can't parse MessageEntity: Can't find field \"{name}\"")
        offset, size = entity["offset"], entity["length"]
        if not isinstance(offset, int) or not isinstance(size, int) or offset < 0 or size < 0 or offset + size > length:
            raise bad_request("can't parse MessageEntity: entity beyond the end of the text")
        if size:
            entities.append(dict(entity))
    return entities


def read_text(text: str, parse_mode: str, given: Any = None) -> tuple[str, list[Entity]]:
    """Text and entities as Telegram stores them.

    Raises:
        Refusal: unknown parse mode, or HTML Telegram refuses.
    """
    mode = parse_mode.lower()
    if mode == "html":
        text, entities = parse_html(text)
    elif mode in ("", "none"):
        entities = given_entities(given, text)
    elif mode in ("markdown", "markdownv2"):
        # This house writes HTML only; half a Markdown parser would let mistakes pass.
        raise bad_request("can't parse entities: the playground reads parse_mode HTML only")
    else:
        raise bad_request("unsupported parse_mode")
    text, entities = _trimmed(text, entities)
    entities = sorted(entities + found_entities(text, entities), key=lambda e: (e["offset"], -e["length"]))
    return text, entities
