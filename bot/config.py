"""What can be set: ``config.yaml`` for habits, the environment (or ``.env``) for secrets and places."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, time
from pathlib import Path
from typing import Annotated, Literal
from zoneinfo import ZoneInfo

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, SecretStr, ValidationError, field_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from bot.errors import ContentError, Finding
from bot.yaml_source import read

Share = Annotated[float, Field(ge=0, le=1)]
Days = Annotated[int, Field(ge=1, le=3650)]
Seconds = Annotated[float, Field(gt=0, le=3600)]
DutyHours = Annotated[float, Field(gt=0, le=400)]
Minutes = Annotated[int, Field(ge=1, le=1440)]

_HOME = Path(__file__).resolve().parents[1]

WEEKDAYS = {"thứ hai": 0, "thứ ba": 1, "thứ tư": 2, "thứ năm": 3, "thứ sáu": 4, "thứ bảy": 5, "chủ nhật": 6}
"""Names of the days of the week, as `date.weekday` counts them."""


def _zone(name: str) -> str:
    try:
        ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        raise ValueError(f"không có múi giờ «{name}»") from None
    return name


class Section(BaseModel):
    """Base of every section: frozen, unknown keys refused."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Helpdesk(Section):
    """Who runs this helpdesk: the data controller shown to citizens."""

    name: str = Field(min_length=3, max_length=80)
    controller: str = Field(min_length=3, max_length=160)
    address: str = Field(min_length=3, max_length=200)
    contact: str = Field(min_length=3, max_length=120)
    default_team: str = Field(min_length=3, max_length=80)


class Span(Section):
    """From an hour to a later one, within a day."""

    start: time
    end: time

    @classmethod
    def read(cls, text: str) -> Span:
        """Read «7:30-11:30».

        Raises:
            ValueError: it is written in another way.
        """
        found = re.fullmatch(r"(\d{1,2}:\d{2})\s*-\s*(\d{1,2}:\d{2})", text.strip())
        if not found:
            raise ValueError(f"phải viết dạng 7:30-11:30, đang là «{text}»")
        try:
            start, end = (time.fromisoformat(moment.zfill(5)) for moment in found.groups())
        except ValueError:
            raise ValueError(f"giờ phải từ 0:00 tới 23:59, đang là «{text}»") from None
        return cls(start=start, end=end)

    def __str__(self) -> str:
        return f"{self.start.hour}:{self.start.minute:02}-{self.end.hour}:{self.end.minute:02}"


class Hours(Section):
    """When people of the team work, and when nobody is to be woken."""

    timezone: Annotated[str, AfterValidator(_zone)]
    duty: tuple[Span, ...] = Field(min_length=1)
    days_off: tuple[str, ...] = Field(max_length=6)
    holidays: tuple[date, ...]
    workdays: tuple[date, ...]
    night: Span

    @field_validator("days_off")
    @classmethod
    def _days_off(cls, value: tuple[str, ...]) -> tuple[str, ...]:
        for name in value:
            if name not in WEEKDAYS:
                raise ValueError(f"viết một trong: {', '.join(WEEKDAYS)}; đang là «{name}»")
        return value

    @field_validator("duty", mode="before")
    @classmethod
    def _spans(cls, value: object) -> object:
        return [Span.read(str(v)) for v in value] if isinstance(value, list) else value

    @field_validator("night", mode="before")
    @classmethod
    def _night(cls, value: object) -> object:
        return Span.read(str(value))

    @property
    def zone(self) -> ZoneInfo:
        """The time zone of the team."""
        return ZoneInfo(self.timezone)


class Service(Section):
    """How soon people are helped, and how long a volunteer keeps a ticket; hours and minutes of duty.

    Attributes:
        first_reply_hours: a person should have answered by then.
        end_hours: a ticket should be at an end by then.
        climb_minutes: nobody claimed a ticket for so long: the next wider team is told.
        lease_hours: a holder who says nothing for so long loses the ticket.
        remind_minutes: before that he is reminded.
        most_open: tickets one member holds at once, where nothing else is said of him.
        at_least_cases: with fewer answers known, no usual wait is told.
    """

    first_reply_hours: DutyHours
    end_hours: DutyHours
    climb_minutes: Minutes
    lease_hours: DutyHours
    remind_minutes: Minutes
    most_open: int = Field(ge=1, le=100)
    at_least_cases: int = Field(ge=1, le=1000)


class Conversation(Section):
    """How the talk with a citizen goes."""

    burst_seconds: Seconds
    burst_words: int = Field(ge=1, le=30)
    reopen_days: Days
    resume_after_hours: int = Field(ge=1, le=240)
    invite_days: Days


class Matching(Section):
    """When the bot is sure. See bot/matching/README.md for how these were measured.

    Attributes:
        answer: from this confidence on one guide is the answer.
        offer: from this confidence of all guides together on, the best ones are offered.
        choices: how many at most.
    """

    answer: Share
    offer: Share
    choices: int = Field(ge=1, le=4)


class Delivery(Section):
    """Telegram's limits and how long to try."""

    per_second: float = Field(gt=0, le=30)
    per_chat_burst: int = Field(ge=1, le=20)
    per_chat_per_second: float = Field(gt=0, le=5)
    per_group_per_minute: int = Field(ge=1, le=60)
    album_wait_seconds: Seconds
    poison_attempts: int = Field(ge=1, le=10)
    lease_seconds: Seconds


class Retention(Section):
    """How long words are kept; counts stay."""

    request_text: Days
    ticket_text: Days
    quarantined_update: Days
    delivered_row: Days


class Publishing(Section):
    """Who may put a guide changed in the chat before citizens."""

    second_admin: bool


class Log(Section):
    """How the log looks."""

    level: Literal["debug", "info", "warning", "error"]
    format: Literal["text", "json"]


class Config(Section):
    """All of ``config.yaml``."""

    helpdesk: Helpdesk
    hours: Hours
    service: Service
    conversation: Conversation
    matching: Matching
    delivery: Delivery
    retention: Retention
    publishing: Publishing
    log: Log


class Environment(BaseSettings):
    """Secrets and places, from the environment or ``.env``."""

    model_config = SettingsConfigDict(
        env_file=".env", env_file_encoding="utf-8", extra="ignore", frozen=True, env_ignore_empty=True
    )

    token: SecretStr | None = Field(None, validation_alias="TELEGRAM_BOT_TOKEN")
    telegram_api: str = Field(
        "https://api.telegram.org", validation_alias="HELPDESK_TELEGRAM_API", pattern=r"^https?://\S+$"
    )
    database_url: str | None = Field(
        None, validation_alias="HELPDESK_DATABASE_URL", pattern=r"^(sqlite\+aiosqlite|postgresql\+psycopg)://\S+$"
    )
    admins: Annotated[tuple[str, ...], NoDecode] = Field((), validation_alias="HELPDESK_ADMINS")
    knowledge: Path = Field(
        default_factory=lambda: _here_or_at_home("knowledge"), validation_alias="HELPDESK_KNOWLEDGE"
    )
    web: str = Field("127.0.0.1:8081", validation_alias="HELPDESK_WEB", pattern=r"^[^\s:]+:\d{1,5}$")
    webhook_url: str | None = Field(None, validation_alias="HELPDESK_WEBHOOK_URL", pattern=r"^https?://\S+$")
    webhook_secret: SecretStr | None = Field(None, validation_alias="HELPDESK_WEBHOOK_SECRET")

    @field_validator("token")
    @classmethod
    def _token(cls, value: SecretStr | None) -> SecretStr | None:
        if value and not re.fullmatch(r"\d+:[\w-]+", value.get_secret_value()):
            raise ValueError("không đúng dạng mã của BotFather (ví dụ 123456:ABC…)")
        return value

    @field_validator("admins", mode="before")
    @classmethod
    def _admins(cls, value: object) -> object:
        if not isinstance(value, str):
            return value
        ids = tuple(part.strip() for part in value.split(",") if part.strip())
        if not all(part.isdigit() for part in ids):
            raise ValueError("phải là các số (mã người dùng Telegram), cách nhau bằng dấu phẩy")
        return ids

    @field_validator("webhook_secret")
    @classmethod
    def _secret(cls, value: SecretStr | None) -> SecretStr | None:
        if value and not re.fullmatch(r"[A-Za-z0-9_-]{1,256}", value.get_secret_value()):
            raise ValueError("chỉ gồm chữ cái không dấu, số, gạch dưới, gạch ngang")
        return value


@dataclass(frozen=True)
class Settings:
    """Everything that was set."""

    config: Config
    environment: Environment


def load(path: Path | None = None) -> Settings:
    """Read ``config.yaml`` and the environment.

    Args:
        path: another file; None: the one in the current folder, or else the one the program came with.

    Raises:
        ContentError: every mistake of both at once.
    """
    findings: list[Finding] = []
    config: Config | None = None
    environment: Environment | None = None
    try:
        config = read(path or _here_or_at_home("config.yaml")).parse(Config)
    except ContentError as error:
        findings += error.findings
    try:
        environment = Environment()
    except ValidationError as error:
        findings += [
            Finding(str(e["loc"][0]), _say(e["type"], e.get("ctx", {}))) for e in error.errors(include_input=False)
        ]
    if environment and environment.webhook_url and not environment.webhook_secret:
        findings.append(Finding("HELPDESK_WEBHOOK_SECRET", "dùng webhook thì phải đặt mã bí mật này"))
    if findings or not config or not environment:
        raise ContentError(findings)
    return Settings(config, environment)


def _here_or_at_home(name: str) -> Path:
    """The program may be started in any folder, which then need not hold everything."""
    here, at_home = Path(name), _HOME / name
    return at_home if at_home.exists() and not here.exists() else here


def _say(kind: str, context: dict[str, object]) -> str:
    return str(context["error"]) if kind == "value_error" else "viết không đúng dạng; xem .env.example"
