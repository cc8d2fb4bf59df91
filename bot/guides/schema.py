"""The shape of a guide as a JSON Schema, so that an editor completes and explains while one writes."""

from __future__ import annotations

import json
from typing import Any

from bot.guides.guide import Guide

FILE = "guide.schema.json"

# Editors' YAML support reads draft 7 best: there a $ref hides what stands beside it, so references are resolved here.
_DIALECT = "http://json-schema.org/draft-07/schema#"
# Docstrings and generated titles are for programmers.
_NOT_FOR_WRITERS = ("title", "default", "$defs")


def guide_schema() -> dict[str, Any]:
    """The schema of ``knowledge/<sector>/<guide-id>.yaml``."""
    raw = Guide.model_json_schema()
    schema = _resolved(raw, raw["$defs"], top=True)
    return {
        "$schema": _DIALECT,
        "title": "Một bài trong sổ tay",
        "description": "Mã bài là tên tệp, lĩnh vực là tên thư mục; không ghi lại trong tệp. Xem knowledge/README.md.",
        **schema,
    }


def as_text() -> str:
    """The schema as it stands in ``knowledge/guide.schema.json``."""
    return json.dumps(guide_schema(), ensure_ascii=False, indent=2) + "\n"


def _resolved(node: Any, definitions: dict[str, Any], *, top: bool = False) -> Any:
    if isinstance(node, list):
        return [_resolved(item, definitions) for item in node]
    if not isinstance(node, dict):
        return node
    if "$ref" in node:
        target = _resolved(definitions[node["$ref"].rpartition("/")[2]], definitions, top=True)
        return {**target, **{key: value for key, value in node.items() if key != "$ref"}}
    kept = {key: value for key, value in node.items() if key not in _NOT_FOR_WRITERS}
    if top:
        kept.pop("description", None)
    if "properties" in kept:
        # Names of properties are not keywords: «title» is one of them.
        properties = kept.pop("properties")
        resolved = {name: _resolved(value, definitions) for name, value in properties.items()}
        return {**{key: _resolved(value, definitions) for key, value in kept.items()}, "properties": resolved}
    return {key: _resolved(value, definitions) for key, value in kept.items()}
