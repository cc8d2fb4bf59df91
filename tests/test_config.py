"""Settings: all mistakes at once, nothing unknown, nothing that changes while running."""

from __future__ import annotations

import os
import re
from datetime import time
from pathlib import Path

import pytest
from pydantic import BaseModel, ValidationError

from bot import yaml_source
from bot.config import Config, Environment, load
from bot.errors import ContentError

ROOT = Path(__file__).parents[1]
FILE = ROOT / "config.yaml"


@pytest.fixture(autouse=True)
def bare_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Neither the machine's variables nor a developer's .env."""
    for name in os.environ:
        if name.startswith("HELPDESK_") or name == "TELEGRAM_BOT_TOKEN":
            monkeypatch.delenv(name)
    monkeypatch.chdir(tmp_path)


def changed(tmp_path: Path, *changes: tuple[str, str]) -> Path:
    """The shipped file with some lines changed."""
    text = FILE.read_text(encoding="utf-8")
    for pattern, replacement in changes:
        text, number = re.subn(pattern, replacement, text, count=1, flags=re.MULTILINE)
        assert number == 1, pattern
    file = tmp_path / "config.yaml"
    file.write_text(text, encoding="utf-8")
    return file


def complaints(file: Path) -> list[str]:
    with pytest.raises(ContentError) as caught:
        load(file)
    return [str(finding) for finding in caught.value.findings]


def line_of(file: Path, start: str) -> int:
    lines = file.read_text(encoding="utf-8").splitlines()
    return next(n for n, line in enumerate(lines, 1) if line.strip().startswith(start))


def test_what_is_shipped_is_right() -> None:
    settings = load(FILE)
    assert settings.config.hours.zone.key == "Asia/Ho_Chi_Minh"
    assert settings.config.hours.duty[0].start == time(7, 30)
    assert settings.config.hours.night.end == time(7, 0)
    environment = settings.environment
    assert (environment.token, environment.database_url, environment.webhook_url, environment.admins) == (
        None, None, None, (),
    )  # fmt: skip
    assert environment.telegram_api == "https://api.telegram.org"
    assert environment.knowledge == ROOT / "knowledge"
    assert environment.web == "127.0.0.1:8081"


def test_every_mistake_is_told_at_once_with_its_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = changed(
        tmp_path,
        (r"^  answer: .*", "  answer: 1.5"),
        (r"^  duty: .*", '  duty: ["sáng"]'),
        (r"^  night: .*", '  night: "21:00-25:00"'),
        (r"^  timezone: .*", "  timezone: Asia/Hanoi"),
        (r"^  burst_words: .*", "  burst_word: 8"),
        (r"^  level: .*", "  level: loud"),
    )
    monkeypatch.setenv("TELEGRAM_BOT_TOKEN", "secret")
    told = complaints(file)
    for start, what in (
        ("answer", "matching.answer: phải từ 1"),
        ("duty", "phải viết dạng 7:30-11:30, đang là «sáng»"),
        ("night", "giờ phải từ 0:00 tới 23:59, đang là «21:00-25:00»"),
        ("timezone", "không có múi giờ «Asia/Hanoi»"),
        ("burst_word:", "conversation.burst_word: không có mục tên này"),
        ("level", "log.level: «loud» không dùng được"),
    ):
        [one] = [line for line in told if what in line]
        assert one.startswith(f"{file}:{line_of(file, start)}: ")
    assert any("conversation.burst_words: thiếu mục này" in line for line in told)
    assert any(line.startswith("TELEGRAM_BOT_TOKEN: ") for line in told)
    assert len(told) == 8
    assert not any("secret" in line for line in told)


def test_a_section_too_many(tmp_path: Path) -> None:
    file = changed(tmp_path, (r"\Z", "extra:\n  a: 1\n"))
    assert complaints(file) == [
        f"{file}:{line_of(file, 'extra')}: extra: không có mục tên này; xem lại chính tả, hoặc xóa đi"
    ]


def test_started_in_a_folder_of_its_own(tmp_path: Path) -> None:
    away = load()  # an empty folder: what came with the program holds
    assert away.config == load(FILE).config
    assert away.environment.knowledge == ROOT / "knowledge"
    changed(tmp_path, ("level: info", "level: error"))
    (tmp_path / "knowledge").mkdir()
    own = load()
    assert own.config.log.level == "error"
    assert own.environment.knowledge == Path("knowledge")


def test_no_file(tmp_path: Path) -> None:
    assert complaints(tmp_path / "none.yaml") == [
        f"{tmp_path}/none.yaml:1: không đọc được tệp (No such file or directory)"
    ]


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("TELEGRAM_BOT_TOKEN", "not a token"),
        ("HELPDESK_TELEGRAM_API", "api.telegram.org"),
        ("HELPDESK_DATABASE_URL", "sqlite:///data/x.db"),
        ("HELPDESK_DATABASE_URL", "mysql://x"),
        ("HELPDESK_ADMINS", "12, lan"),
        ("HELPDESK_WEB", "8081"),
        ("HELPDESK_WEBHOOK_URL", "example.org"),
        ("HELPDESK_WEBHOOK_SECRET", "có dấu"),
    ],
)
def test_a_wrong_variable_is_named_and_not_repeated(monkeypatch: pytest.MonkeyPatch, name: str, value: str) -> None:
    monkeypatch.setenv(name, value)
    [told] = complaints(FILE)
    assert told.startswith(f"{name}: ")
    assert value not in told


def test_a_webhook_needs_its_secret(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HELPDESK_WEBHOOK_URL", "https://example.org")
    [told] = complaints(FILE)
    assert told.startswith("HELPDESK_WEBHOOK_SECRET: ")
    monkeypatch.setenv("HELPDESK_WEBHOOK_SECRET", "abc_DEF-123")
    assert load(FILE).environment.webhook_url == "https://example.org"


def test_variables(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in {
        "TELEGRAM_BOT_TOKEN": "123456:ABC-def_9",
        "HELPDESK_ADMINS": " 12, 345 ,",
        "HELPDESK_DATABASE_URL": "postgresql+psycopg://u:p@host/db",
        "HELPDESK_WEB": "0.0.0.0:80",
        "HELPDESK_KNOWLEDGE": "",
    }.items():
        monkeypatch.setenv(name, value)
    environment = load(FILE).environment
    assert environment.admins == ("12", "345")
    assert environment.knowledge == ROOT / "knowledge"
    assert environment.token is not None
    assert environment.token.get_secret_value() == "123456:ABC-def_9"
    assert "ABC-def_9" not in repr(environment)


def test_a_file_beside_is_read_and_the_environment_goes_before(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / ".env").write_text(
        "# ghi chú\nTELEGRAM_BOT_TOKEN=1:from-file\nHELPDESK_ADMINS=1,2\nSOMEBODY_ELSES=x\n", encoding="utf-8"
    )
    monkeypatch.setenv("HELPDESK_ADMINS", "3")
    environment = load(FILE).environment
    assert environment.admins == ("3",)
    assert environment.token is not None
    assert environment.token.get_secret_value() == "1:from-file"


def test_the_example_for_secrets_names_every_variable_and_sets_none(tmp_path: Path) -> None:
    text = (ROOT / ".env.example").read_text(encoding="utf-8")
    named = set(re.findall(r"^([A-Z_]+)=", text, flags=re.MULTILINE))
    assert named == {str(field.validation_alias) for field in Environment.model_fields.values()}
    (tmp_path / ".env").write_text(text, encoding="utf-8")
    assert load(FILE).environment == Environment.model_validate({})


def test_nothing_changes_while_running() -> None:
    settings = load(FILE)
    for model, field in ((settings.config, "log"), (settings.config.log, "level"), (settings.environment, "web")):
        with pytest.raises(ValidationError):
            setattr(model, field, "x")


def test_every_setting_has_a_word_of_explanation_above_it() -> None:
    lines = FILE.read_text(encoding="utf-8").splitlines()
    settings = [number for number, line in enumerate(lines) if re.match(r"^  \w+:", line)]
    assert settings
    for number in settings:
        assert re.match(r"^  # .*[à-ỹđ]", lines[number - 1]), f"config.yaml:{number + 1} is not explained in Vietnamese"


def test_the_file_holds_every_setting_and_no_secret() -> None:
    """A setting with a silent default would be one nobody knows of."""

    def required(model: type[BaseModel]) -> bool:
        return all(
            field.is_required()
            and (
                not isinstance(field.annotation, type)
                or not issubclass(field.annotation, BaseModel)
                or required(field.annotation)
            )
            for field in model.model_fields.values()
        )

    assert required(Config)
    data = yaml_source.read(FILE).data
    assert set(data) == set(Config.model_fields)
    assert not re.search(r"token|secret|password", " ".join(key for section in data.values() for key in section))
