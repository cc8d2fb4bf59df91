"""A request's parameters, however they came: query, form, JSON or multipart; typed as Telegram types them."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Any

from aiohttp import BodyPartReader, web

from bot.playground.refusals import Refusal, bad_request
from bot.playground.specification import METHODS, decoded, parameters_of

Json = dict[str, Any]

MAX_INT = 2**63 - 1


@dataclass(frozen=True)
class FilePart:
    """An uploaded file."""

    name: str
    content_type: str
    data: bytes = field(repr=False)

    @property
    def size(self) -> int:
        """Bytes."""
        return len(self.data)


@dataclass(frozen=True)
class Arguments:
    """The parameters of one call; ``values`` in the types of the documentation wherever they could be read so."""

    values: Json
    files: dict[str, FilePart]

    def has(self, name: str) -> bool:
        """Whether the parameter came and is not empty."""
        return name in self.values and self.values[name] not in (None, "")

    def text(self, name: str, default: str = "") -> str:
        """Text; Telegram takes a number or an object for its JSON spelling."""
        value = self.values.get(name, default)
        if value is None:
            return default
        return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)

    def required(self, name: str) -> str:
        """Text that must be there.

        Raises:
            Refusal: it is not.
        """
        value = self.text(name)
        if not value:
            raise bad_request(f'parameter "{name}" is required')
        return value

    def integer(self, name: str, default: int = 0, low: int = -MAX_INT, high: int = MAX_INT) -> int:
        """A whole number, forced into bounds; Telegram reads nonsense as the default."""
        value = self.values.get(name, default)
        if isinstance(value, bool) or not isinstance(value, int | str):
            return default
        try:
            return max(low, min(int(value), high))
        except ValueError:
            return default

    def number(self, name: str) -> float:
        """A number that must be there.

        Raises:
            Refusal: it is not, or is none.
        """
        if not self.has(name):
            raise bad_request(f"{name} is empty")
        value = self.values[name]
        try:
            number = float(value) if isinstance(value, int | float | str) else float("nan")
        except (ValueError, OverflowError):
            number = float("nan")
        if not abs(number) <= 1e9:
            raise bad_request(f"{name} is invalid")
        return number

    def flag(self, name: str) -> bool:
        """True or false; anything else is false."""
        value = self.values.get(name)
        return value if isinstance(value, bool) else str(value).lower() in ("true", "yes", "1")


async def read_arguments(request: web.Request, method: str) -> Arguments:
    """Read a call's parameters.

    Raises:
        Refusal: a body Telegram could not read.
    """
    values: Json = dict(request.query)
    files: dict[str, FilePart] = {}
    try:
        if request.content_type == "application/json":
            values.update(_json_object(await request.text()))
        elif request.content_type == "multipart/form-data":
            await _multipart(request, values, files)
        elif request.can_read_body:
            values.update({name: value for name, value in (await request.post()).items() if isinstance(value, str)})
    except (UnicodeDecodeError, LookupError):
        raise bad_request("strings must be encoded in UTF-8") from None
    except (ValueError, AssertionError, RuntimeError):
        raise bad_request("can't parse the request body") from None
    _check_unicode(values)
    table = parameters_of(METHODS.get(method, ""))
    return Arguments(
        {name: decoded(value, table[name].type) if name in table else value for name, value in values.items()}, files
    )


def _json_object(text: str) -> Json:
    if not text.strip():
        return {}
    try:
        value = json.loads(text)
    except RecursionError:
        raise ValueError from None
    if not isinstance(value, dict):
        raise bad_request("can't parse JSON object: expected an Object")
    return {name: item for name, item in value.items() if item is not None}


async def _multipart(request: web.Request, values: Json, files: dict[str, FilePart]) -> None:
    async for part in await request.multipart():
        if not isinstance(part, BodyPartReader) or part.name is None:
            continue
        data = bytes(await part.read(decode=True))
        if part.filename is not None:
            files[part.name] = FilePart(part.filename, part.headers.get("Content-Type", ""), data)
        else:
            values[part.name] = data.decode()


def _check_unicode(values: Json) -> None:
    """JSON can spell half a surrogate pair; Telegram refuses such text."""
    try:
        json.dumps(values, ensure_ascii=False).encode()
    except UnicodeEncodeError:
        raise bad_request("strings must be encoded in UTF-8") from None
    except RecursionError:
        raise bad_request("can't parse the request body") from None


__all__ = ["Arguments", "FilePart", "Refusal", "read_arguments"]
