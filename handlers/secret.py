"""The key that signs the web chat's cookies."""

from __future__ import annotations

import fcntl
import os
import secrets
from pathlib import Path

from sqlalchemy import make_url

from bot.settings import Settings, SettingsError

FILE_NAME = "secret.key"
SHORTEST = 32


def signing_key(settings: Settings) -> str:
    """SECRET_KEY, or one made on the first start and kept beside the SQLite file.

    Raises SettingsError where several machines could need the same key.
    """
    if settings.secret_key is not None:
        return settings.secret_key.get_secret_value()
    url = make_url(settings.database_url)
    if url.get_backend_name() != "sqlite":
        raise SettingsError(
            "SECRET_KEY is missing: with PostgreSQL it should be at least 32 random characters."
        )
    if url.database in (None, "", ":memory:"):
        return secrets.token_urlsafe(32)
    file = Path(str(url.database)).parent / FILE_NAME
    try:
        key = _kept(file)
    except (OSError, UnicodeDecodeError):
        key = ""
    if len(key) < SHORTEST:
        raise SettingsError(
            f"SECRET_KEY is missing and {file} cannot be used instead. Set SECRET_KEY to at least "
            f"{SHORTEST} random characters, or remove that file."
        )
    return key


def _kept(file: Path) -> str:
    """The key in that file, made by whichever process comes first."""
    descriptor = os.open(file, os.O_RDWR | os.O_CREAT, 0o600)
    with os.fdopen(descriptor, "r+") as opened:
        fcntl.flock(opened, fcntl.LOCK_EX)
        key = opened.read().strip()
        if not key:
            key = secrets.token_urlsafe(32)
            opened.write(key)
        return key
