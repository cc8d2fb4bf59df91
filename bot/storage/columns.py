"""The kinds of columns the tables are made of."""

from __future__ import annotations

from typing import Any

from sqlalchemy import JSON, Column, Index, Text, text
from sqlmodel import Field

from bot.storage.types import UtcDateTime


def identity() -> Any:
    """The row's number."""
    return Field(default=None, primary_key=True)


def moment(**options: Any) -> Any:
    """A moment that every row has."""
    return Field(sa_type=UtcDateTime, **options)


def moment_or_none(**options: Any) -> Any:
    """A moment that may not have come."""
    return Field(default=None, sa_type=UtcDateTime, nullable=True, **options)


def json_column(nullable: bool = True) -> Any:
    """Lists and figures."""
    return Field(default=None, sa_column=Column(JSON(none_as_null=True), nullable=nullable))


def words() -> Any:
    """Masked words of a person; blanked when their time is over."""
    return Field(default=None, sa_column=Column(Text, nullable=True))


def index_where(condition: str, name: str, *columns: str, unique: bool = False) -> Index:
    """An index of some rows only."""
    return Index(name, *columns, unique=unique, sqlite_where=text(condition), postgresql_where=text(condition))
