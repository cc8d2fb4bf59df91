"""Small real files to send: a picture, a voice, a paper."""

from __future__ import annotations

import struct
import zlib
from functools import lru_cache


@lru_cache(maxsize=32)
def picture(width: int = 320, height: int = 240, tone: int = 0) -> bytes:
    """A real PNG: a soft slope of colour; ``tone`` (0-255) makes another one."""
    rows = bytearray()
    for y in range(height):
        rows.append(0)
        shade = 255 * y // max(height - 1, 1)
        for x in range(width):
            rows += bytes(((60 + tone + x // 4) % 256, (120 + shade // 3) % 256, (200 - shade // 4 + tone) % 256))
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        _chunk(kind, data)
        for kind, data in ((b"IHDR", header), (b"IDAT", zlib.compress(bytes(rows), 9)), (b"IEND", b""))
    )


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def voice() -> bytes:
    """The first page of an Ogg Opus stream: enough to be taken for a voice message."""
    head = b"OpusHead" + struct.pack("<BBHIhB", 1, 1, 312, 48_000, 0, 0)
    return b"OggS" + struct.pack("<BBqIIIBB", 0, 2, 0, 1, 0, 0, 1, len(head)) + head


def video() -> bytes:
    """The opening box of an MP4."""
    return struct.pack(">I", 24) + b"ftypisom" + struct.pack(">I", 512) + b"isommp42"


def paper() -> bytes:
    """A one-page PDF with nothing on it."""
    return (
        b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
        b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 300 400]>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
    )
