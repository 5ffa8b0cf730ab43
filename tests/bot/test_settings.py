"""A wrong setting stops the start with one line that names it and says what it should look like."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.settings import Settings, SettingsError, read_settings

DATABASES = "DATABASE_URL should look like sqlite:///var/network.db or postgresql://user@host/name."
ADDRESS = "should be a web address such as https://bot.example.org."
WHATSAPP = {
    "twilio_account_sid": "AC1",
    "twilio_auth_token": "quiet-token",
    "twilio_whatsapp_from": "+447700900123",
    "public_url": "https://bot.example.org",
}


@pytest.fixture(autouse=True)
def _bare_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in Settings.model_fields:
        monkeypatch.delenv(name.upper(), raising=False)


def refusal(**given: object) -> str:
    with pytest.raises(SettingsError) as refused:
        read_settings(None, **given)
    return str(refused.value)


@pytest.mark.parametrize(
    ("name", "value", "sentence"),
    [
        ("database_url", "nonsense", DATABASES),
        ("database_url", "mysql://host/name", DATABASES),
        ("database_url", "postgresql://user@host:port/name", DATABASES),
        ("secret_key", "short", "SECRET_KEY should be at least 32 random characters."),
        ("public_url", "bot.example.org", f"PUBLIC_URL {ADDRESS}"),
        ("public_url", "ftp://bot.example.org", f"PUBLIC_URL {ADDRESS}"),
        ("public_url", "https://", f"PUBLIC_URL {ADDRESS}"),
        ("public_url", "https://[bot", f"PUBLIC_URL {ADDRESS}"),
        ("port", "eighty", "PORT should be a whole number from 0 to 65535."),
        ("port", "65536", "PORT should be a whole number from 0 to 65535."),
        ("port", "-1", "PORT should be a whole number from 0 to 65535."),
        ("timezone", "Europe/Camelot", "TIMEZONE should be a zone such as Europe/London."),
        ("timezone", "/etc/passwd", "TIMEZONE should be a zone such as Europe/London."),
        ("log_format", "xml", "LOG_FORMAT should be text or json."),
        ("slack_bot_token", "xoxp-1", "SLACK_BOT_TOKEN should start with xoxb-."),
        ("slack_app_token", "xoxb-1", "SLACK_APP_TOKEN should start with xapp-."),
        ("slack_invite_only", "maybe", "SLACK_INVITE_ONLY should be true or false."),
        ("slack_api_url", "localhost", f"SLACK_API_URL {ADDRESS}"),
        ("twilio_account_sid", "SK1", "TWILIO_ACCOUNT_SID should start with AC."),
        ("twilio_whatsapp_from", "07700", "TWILIO_WHATSAPP_FROM should look like +447700900123."),
        ("twilio_api_url", "localhost", f"TWILIO_API_URL {ADDRESS}"),
    ],
)
def test_a_wrong_setting_is_named_with_its_shape(name: str, value: str, sentence: str) -> None:
    assert refusal(**{name: value}) == sentence


@pytest.mark.parametrize(
    ("given", "names"),
    [
        ({"slack_bot_token": "xoxb-1"}, ["SLACK_SIGNING_SECRET", "SLACK_APP_TOKEN"]),
        ({"slack_signing_secret": "s"}, ["SLACK_BOT_TOKEN", "xoxb-"]),
        ({"slack_app_token": "xapp-1"}, ["SLACK_BOT_TOKEN", "xoxb-"]),
        ({"slack_client_id": "1.2"}, ["SLACK_CLIENT_SECRET"]),
        ({"slack_client_secret": "s"}, ["SLACK_CLIENT_ID"]),
        (WHATSAPP | {"twilio_account_sid": ""}, ["TWILIO_ACCOUNT_SID should start with AC"]),
        (WHATSAPP | {"twilio_auth_token": ""}, ["TWILIO_AUTH_TOKEN"]),
        (WHATSAPP | {"twilio_whatsapp_from": " "}, ["TWILIO_WHATSAPP_FROM", "+447700900123"]),
        (WHATSAPP | {"public_url": ""}, ["PUBLIC_URL", "https://bot.example.org"]),
    ],
)
def test_a_half_given_channel_names_what_is_missing(
    given: dict[str, object], names: list[str]
) -> None:
    sentence = refusal(**given)
    assert all(name in sentence for name in names)
    assert "\n" not in sentence


def test_several_wrong_settings_are_told_on_one_line() -> None:
    sentence = refusal(port="x", timezone="x")
    assert "PORT should" in sentence
    assert "TIMEZONE should" in sentence
    assert "\n" not in sentence


def test_a_refusal_quotes_no_secret() -> None:
    key, token = "my-short-key", "xoxp-very-secret"
    sentence = refusal(secret_key=key, slack_bot_token=token)
    assert key not in sentence
    assert token not in sentence


def test_secrets_are_masked_when_printed() -> None:
    secret = "s3cret" * 6
    read = read_settings(
        None,
        database_url=f"postgresql://user:{secret}@host/name",
        secret_key=secret,
        slack_bot_token=f"xoxb-{secret}",
        slack_signing_secret=secret,
        slack_app_token=f"xapp-{secret}",
        slack_client_id="1.2",
        slack_client_secret=secret,
        **WHATSAPP | {"twilio_auth_token": secret},
    )
    assert "s3cret" not in repr(read)
    assert "s3cret" not in str(read)
    assert read.secret_key is not None
    assert read.secret_key.get_secret_value() == secret


def test_nothing_given_is_a_bot_on_this_machine_with_no_channel() -> None:
    read = read_settings(None)
    assert (read.database_url, read.address) == (
        "sqlite:///var/network.db",
        "http://127.0.0.1:8000",
    )
    assert (read.slack_on, read.whatsapp_on, read.on_loopback) == (False, False, True)


def test_a_blank_setting_is_one_not_given(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in Settings.model_fields:
        monkeypatch.setenv(name.upper(), "")
    assert read_settings(None) == Settings.model_construct()


@pytest.mark.parametrize(
    ("given", "understood"),
    [
        ("postgres://u:p@host/name", "postgresql+psycopg://u:p@host/name"),
        ("postgresql://u:p%40x@host:5433/name", "postgresql+psycopg://u:p%40x@host:5433/name"),
        ("postgresql+psycopg2://host/name", "postgresql+psycopg://host/name"),
        ("sqlite+aiosqlite:///here.db", "sqlite:///here.db"),
        ("sqlite:////srv/als/network.db", "sqlite:////srv/als/network.db"),
    ],
)
def test_a_database_address_gets_the_driver_that_is_there(given: str, understood: str) -> None:
    assert read_settings(None, database_url=given).database_url == understood


@pytest.mark.parametrize(
    ("host", "address", "on_loopback"),
    [
        ("127.0.0.1", "http://127.0.0.1:8000", True),
        ("localhost", "http://localhost:8000", True),
        ("::1", "http://[::1]:8000", True),
        ("0.0.0.0", "http://0.0.0.0:8000", False),  # noqa: S104
    ],
)
def test_the_address_is_where_browsers_find_the_bot(
    host: str, address: str, on_loopback: bool
) -> None:
    read = read_settings(None, host=host)
    assert (read.address, read.on_loopback) == (address, on_loopback)


def test_a_public_address_is_used_without_its_last_stroke() -> None:
    assert read_settings(None, public_url="https://bot.example.org/").address == (
        "https://bot.example.org"
    )


@pytest.mark.parametrize("typed", ["+447700900123", "whatsapp:+447700900123", "+44 7700 900-123"])
def test_the_whatsapp_number_may_be_copied_as_twilio_shows_it(typed: str) -> None:
    read = read_settings(None, **WHATSAPP | {"twilio_whatsapp_from": typed})
    assert read.twilio_whatsapp_from == "+447700900123"


def test_the_environment_comes_before_the_file_and_the_file_before_defaults(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / ".env"
    file.write_text("PORT=8001\nTIMEZONE=Europe/Dublin\nSOMETHING_ELSE=1\n")
    monkeypatch.setenv("PORT", "8002")
    read = read_settings(file)
    assert (read.port, read.timezone, read.log_format) == (8002, "Europe/Dublin", "text")


def test_a_settings_file_that_is_no_text_is_refused(tmp_path: Path) -> None:
    file = tmp_path / ".env"
    file.write_bytes(b"PORT=8001\n\xff\xfe\x00")
    with pytest.raises(SettingsError, match="should be a text file"):
        read_settings(file)
