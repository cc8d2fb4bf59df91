"""Photos, documents and the like: bytes in, the Bot API's objects out."""

from __future__ import annotations

import mimetypes
import struct
from typing import Any

from bot.playground.parameters import Arguments, FilePart
from bot.playground.refusals import bad_request
from bot.playground.world import StoredFile, World

Json = dict[str, Any]

MAX_PHOTO_BYTES = 10 * 1024 * 1024
MAX_FILE_BYTES = 50 * 1024 * 1024
MAX_DOWNLOAD_BYTES = 20 * 1024 * 1024
_NAMES = {
    "photo": "Photo",
    "document": "Document",
    "voice": "Voice",
    "video": "Video",
    "video_note": "VideoNote",
    "sticker": "Sticker",
}
_DEFAULT_MIME = {"voice": "audio/ogg", "video": "video/mp4", "video_note": "video/mp4", "sticker": "image/webp"}
_SUFFIXES = {
    "image/jpeg": ".jpg",
    "image/png": ".png",
    "audio/ogg": ".oga",
    "video/mp4": ".mp4",
    "image/webp": ".webp",
    "application/pdf": ".pdf",
}


def image_size(data: bytes) -> tuple[int, int] | None:
    """Width and height of a PNG, JPEG, GIF or WebP; None when it is no picture."""
    try:
        if data[:8] == b"\x89PNG\r\n\x1a\n":
            width, height = struct.unpack(">II", data[16:24])
            return int(width), int(height)
        if data[:2] == b"\xff\xd8":
            return _jpeg_size(data)
        if data[:4] == b"GIF8":
            width, height = struct.unpack("<HH", data[6:10])
            return int(width), int(height)
        if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
            return 512, 512
    except (struct.error, IndexError):
        return None
    return None


def _jpeg_size(data: bytes) -> tuple[int, int] | None:
    at = 2
    while at + 9 < len(data):
        if data[at] != 0xFF:
            return None
        marker = data[at + 1]
        if 0xC0 <= marker <= 0xCF and marker not in (0xC4, 0xC8, 0xCC):
            height, width = struct.unpack(">HH", data[at + 5 : at + 9])
            return int(width), int(height)
        at += 2 + int(struct.unpack(">H", data[at + 2 : at + 4])[0])
    return None


def _base(file: StoredFile) -> Json:
    return {"file_id": file.id, "file_unique_id": file.unique_id, "file_size": len(file.data)}


def store(
    world: World, kind: str, data: bytes, *, name: str = "", mime: str = "", duration: int = 1, **more: Any
) -> StoredFile:
    """Keep uploaded bytes as a medium of this kind.

    Raises:
        Refusal: empty, too big, or no picture where one is wanted.
    """
    if not data:
        raise bad_request("file must be non-empty")
    if len(data) > MAX_FILE_BYTES:
        raise bad_request("file is too big")
    attributes: Json = {"duration": duration, **more}
    if kind == "photo":
        size = image_size(data)
        if size is None or not all(size) or len(data) > MAX_PHOTO_BYTES:
            raise bad_request("IMAGE_PROCESS_FAILED")
        attributes["width"], attributes["height"] = size
        mime = "image/png" if data[:4] == b"\x89PNG" else "image/jpeg"
    if mime in ("", "application/octet-stream"):
        # What a library sends when it does not know; Telegram looks for itself.
        mime = _DEFAULT_MIME.get(kind) or mimetypes.guess_type(name)[0] or "application/octet-stream"
    suffix = "." + name.rsplit(".", 1)[1] if kind == "document" and "." in name else _SUFFIXES.get(mime, "")
    # The name comes from outside and becomes part of a path.
    suffix = "".join(char for char in suffix if char.isascii() and (char.isalnum() or char == "."))[:12]
    return world.keep_file(kind, data, name=name, mime=mime, suffix=suffix, **attributes)


def content_of(file: StoredFile) -> Json:
    """The message content that shows a stored file."""
    base, about = _base(file), file.attributes
    match file.kind:
        case "photo":
            width, height = about["width"], about["height"]
            small = max(width, height) / 90
            thumbnail = {"width": max(1, round(width / small)), "height": max(1, round(height / small))}
            sizes = [{**base, **thumbnail, "file_unique_id": f"{file.unique_id}s"}] if small > 1 else []
            return {"photo": [*sizes, {**base, "width": width, "height": height}]}
        case "voice":
            return {"voice": {**base, "duration": about["duration"], "mime_type": file.mime}}
        case "video_note":
            return {"video_note": {**base, "duration": about["duration"], "length": about.get("length") or 240}}
        case "video":
            shape = {"width": about.get("width") or 320, "height": about.get("height") or 240}
            return {"video": {**base, **shape, "duration": about["duration"], "mime_type": file.mime}}
        case "sticker":
            shape = {"width": 512, "height": 512, "is_animated": False, "is_video": False, "type": "regular"}
            return {"sticker": {**base, **shape, "emoji": about.get("emoji") or "🙂"}}
    document: Json = {**base, "mime_type": file.mime}
    if file.name:
        document["file_name"] = file.name
    return {"document": document}


def file_of(content: Json) -> str | None:
    """File id of the largest version a message shows."""
    if content.get("photo"):
        return str(content["photo"][-1]["file_id"])
    for kind in ("document", "voice", "video_note", "video", "sticker"):
        if kind in content:
            return str(content[kind]["file_id"])
    return None


def read_file_argument(world: World, args: Arguments, kind: str, value: Any, **about: Any) -> StoredFile:
    """The file a parameter names: uploaded, attached or known by its id.

    Args:
        world: where files are kept.
        args: the call's parameters and uploads.
        kind: the medium wanted; also the name of the upload when no ``attach://`` is given.
        value: the parameter, empty when the file came under its own name.
        about: duration and the like, for an upload.

    Raises:
        Refusal: nothing there, unknown id, another kind of file, or an address (nothing is fetched from here).
    """
    reference = value if isinstance(value, str) else ""
    part: FilePart | None = args.files.get(reference[9:] if reference.startswith("attach://") else kind)
    if part is not None:
        return store(world, kind, part.data, name=part.name, mime=part.content_type, **about)
    if not reference or reference.startswith("attach://"):
        raise bad_request(f"there is no {kind.replace('_', ' ')} in the request")
    if reference.startswith(("http://", "https://")):
        raise bad_request("failed to get HTTP URL content")
    file = world.files.get(reference)
    if file is None:
        raise bad_request("wrong file identifier/HTTP URL specified")
    if file.kind != kind:
        raise bad_request(f"can't use file of type {_NAMES[file.kind]} as {_NAMES[kind]}")
    return file
