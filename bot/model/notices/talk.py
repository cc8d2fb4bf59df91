"""Between a citizen and a volunteer."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from bot.model.notices.notice import Notice, Repeat
from bot.model.states import Kind, Side


@dataclass(frozen=True)
class RelayedText(Notice):
    """Words of one side, to the other.

    Attributes:
        author: the side that wrote.
        caption: the new words below a picture passed on before, which ``reply_to`` is.
    """

    repeat: ClassVar[Repeat] = Repeat.NEVER
    ticket: int
    message: int
    author: Side
    text: str
    reply_to: str = ""
    edited: bool = False
    forwarded: bool = False
    caption: bool = False


@dataclass(frozen=True)
class RelayedCopy(Notice):
    """A picture, voice, file or place of one side, copied to the other."""

    repeat: ClassVar[Repeat] = Repeat.NEVER
    ticket: int
    message: int
    author: Side
    what: Kind
    from_chat: str
    from_message: str
    caption: str = ""
    reply_to: str = ""


@dataclass(frozen=True)
class AlbumItem:
    """One picture or file of an album, and where it stands at its author's."""

    what: Kind
    file: str
    from_chat: str
    from_message: str
    caption: str = ""


@dataclass(frozen=True)
class RelayedAlbum(Notice):
    """Pictures or files sent together."""

    repeat: ClassVar[Repeat] = Repeat.NEVER
    ticket: int
    message: int
    author: Side
    items: tuple[AlbumItem, ...]
    reply_to: str = ""


@dataclass(frozen=True)
class DeliveryDoubt(Notice):
    """To an author: it is not clear whether this arrived. ``row`` is the outbox row."""

    ticket: int
    row: int
    edited: bool = False
    reply_to: str = ""


@dataclass(frozen=True)
class DeliveryFailed(Notice):
    """To an author: the other side cannot be reached, or the message was refused.

    Attributes:
        code: why it was refused, as the channel says.
        guide: it was no message but a guide.
        reply_to: the author's own message.
    """

    ticket: int
    reason: str
    author: Side
    code: str = ""
    guide: bool = False
    reply_to: str = ""
