"""Every setting, read once at the start. `README.md` lists them; a test compares the two."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Annotated, Literal, Self
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import (
    AfterValidator,
    BeforeValidator,
    Field,
    SecretStr,
    ValidationError,
    model_validator,
)
from pydantic_settings import BaseSettings, SettingsConfigDict
from sqlalchemy import make_url
from sqlalchemy.exc import ArgumentError

DEFAULT_DATABASE = "sqlite:///var/network.db"
_DRIVERS = {"sqlite": "sqlite", "postgresql": "postgresql+psycopg"}


_SHAPES = {
    "PORT": "should be a whole number from 0 to 65535",
    "CHALLENGES_A_WEEK": "should be a whole number from 0 to 20",
    "LOG_FORMAT": "should be text or json",
    "LEARN_FROM_MEMBERS": "should be true or false",
    "SLACK_INVITE_ONLY": "should be true or false",
}
"""In our words, where the library's own sentence would puzzle people."""


class SettingsError(Exception):
    """A setting is wrong or missing; the message names it and says what it should look like."""


def _database(url: str) -> str:
    if url.startswith("postgres://"):  # as hosting platforms hand it out
        url = url.replace("postgres://", "postgresql://", 1)
    try:
        parsed = make_url(url)
        driver = _DRIVERS[parsed.get_backend_name()]
    except (ArgumentError, ValueError, KeyError) as error:
        raise ValueError(
            "should look like sqlite:///var/network.db or postgresql://user@host/name"
        ) from error
    return parsed.set(drivername=driver).render_as_string(hide_password=False)


def _zone(name: str) -> str:
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError) as error:
        raise ValueError("should be a zone such as Europe/London") from error
    return name


def _web_address(url: str | None) -> str | None:
    if url is None:
        return None
    try:
        parsed = urlsplit(url)
        sound = parsed.scheme in {"http", "https"} and bool(parsed.hostname) and not parsed.query
    except ValueError:
        sound = False
    if not sound:
        raise ValueError("should be a web address such as https://bot.example.org")
    return url.rstrip("/")


def _starting(prefix: str) -> AfterValidator:
    def check(value: SecretStr | str | None) -> SecretStr | str | None:
        plain = value.get_secret_value() if isinstance(value, SecretStr) else value
        if plain is not None and not plain.startswith(prefix):
            raise ValueError(f"should start with {prefix}")
        return value

    return AfterValidator(check)


def _phone(number: str | None) -> str | None:
    if number is None:
        return None
    plain = re.sub(r"[\s().-]", "", number.removeprefix("whatsapp:"))
    if not re.fullmatch(r"\+[0-9]{7,15}", plain):
        raise ValueError("should look like +447700900123")
    return plain


def _channel(place: str | None) -> str | None:
    if place is not None and not re.fullmatch(r"[CG][A-Z0-9]+", place):
        raise ValueError("should be a channel's id such as C0123456789, not its name")
    return place


def _long(value: SecretStr | None) -> SecretStr | None:
    if value is not None and len(value.get_secret_value()) < 32:
        raise ValueError("should be at least 32 random characters")
    return value


def _blank_is_absent(value: object) -> object:
    return None if isinstance(value, str) and not value.strip() else value


_absent = BeforeValidator(_blank_is_absent)
Url = Annotated[str | None, AfterValidator(_web_address), _absent]
Secret = Annotated[SecretStr | None, _absent]


class Settings(BaseSettings):
    """One frozen object. Secrets are masked when printed."""

    model_config = SettingsConfigDict(
        env_file=".env",
        env_ignore_empty=True,
        extra="ignore",
        frozen=True,
        hide_input_in_errors=True,
    )

    database_url: Annotated[str, AfterValidator(_database), Field(repr=False)] = DEFAULT_DATABASE
    secret_key: Annotated[Secret, AfterValidator(_long)] = None
    public_url: Url = None
    host: str = "127.0.0.1"
    port: Annotated[int, Field(ge=0, le=65_535)] = 8000
    timezone: Annotated[str, AfterValidator(_zone)] = "Europe/London"
    log_format: Literal["text", "json"] = "text"
    semantic_model_dir: Annotated[Path | None, _absent] = None

    learn_from_members: bool = False
    challenges_a_week: Annotated[int, Field(ge=0, le=20)] = 3

    slack_bot_token: Annotated[Secret, _starting("xoxb-")] = None
    slack_signing_secret: Secret = None
    slack_app_token: Annotated[Secret, _starting("xapp-")] = None
    slack_client_id: Annotated[str | None, _absent] = None
    slack_client_secret: Secret = None
    slack_challenges_channel: Annotated[str | None, AfterValidator(_channel), _absent] = None
    slack_invite_only: bool = False
    slack_api_url: Url = None

    twilio_account_sid: Annotated[str | None, _starting("AC"), _absent] = None
    twilio_auth_token: Secret = None
    twilio_whatsapp_from: Annotated[str | None, AfterValidator(_phone), _absent] = None
    twilio_api_url: Url = None

    @model_validator(mode="after")
    def whole_channels(self) -> Self:
        if self.slack_bot_token and not (self.slack_signing_secret or self.slack_app_token):
            raise ValueError(
                "SLACK_SIGNING_SECRET is missing: SLACK_BOT_TOKEN needs it "
                "(or SLACK_APP_TOKEN for Socket Mode)"
            )
        if not self.slack_bot_token and (self.slack_signing_secret or self.slack_app_token):
            raise ValueError("SLACK_BOT_TOKEN is missing: it should start with xoxb-")
        if (self.slack_client_id is None) != (self.slack_client_secret is None):
            missing = "SECRET" if self.slack_client_secret is None else "ID"
            raise ValueError(
                f"SLACK_CLIENT_{missing} is missing: it is on your Slack app's page, under Basic "
                "Information"
            )
        self._check_whatsapp()
        return self

    def _check_whatsapp(self) -> None:
        twilio = {
            "TWILIO_ACCOUNT_SID": (self.twilio_account_sid, "should start with AC"),
            "TWILIO_AUTH_TOKEN": (self.twilio_auth_token, "is on your Twilio console"),
            "TWILIO_WHATSAPP_FROM": (self.twilio_whatsapp_from, "should look like +447700900123"),
        }
        missing = [f"{name} {shape}" for name, (value, shape) in twilio.items() if not value]
        if 0 < len(missing) < len(twilio):
            raise ValueError(f"WhatsApp is half set up. Missing: {'; '.join(missing)}")
        if not missing and self.public_url is None:
            raise ValueError(
                "PUBLIC_URL is missing: Twilio signs it, so WhatsApp needs the address that "
                "Twilio calls, such as https://bot.example.org"
            )

    @property
    def address(self) -> str:
        """Where browsers find the bot."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return self.public_url or f"http://{host}:{self.port}"

    @property
    def on_loopback(self) -> bool:
        return self.host in {"127.0.0.1", "localhost", "::1"}

    @property
    def slack_on(self) -> bool:
        return self.slack_bot_token is not None

    @property
    def whatsapp_on(self) -> bool:
        return self.twilio_account_sid is not None


def read_settings(env_file: Path | None = Path(".env"), **given: object) -> Settings:
    """Environment over `.env` over defaults; `given` over all. Raises SettingsError."""
    try:
        return Settings(_env_file=env_file, **given)  # type: ignore[arg-type, call-arg]
    except ValidationError as error:
        raise SettingsError(" ".join(_sentence(item) for item in error.errors())) from error
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsError(f"{env_file} cannot be read: it should be a text file.") from error


def _sentence(item: object) -> str:
    assert isinstance(item, dict)  # noqa: S101 - pydantic's documented shape
    where = ".".join(str(part) for part in item["loc"]).upper()
    message = _SHAPES.get(where) or str(item["msg"]).removeprefix("Value error, ")
    return f"{where} {message}." if where else f"{message}."
