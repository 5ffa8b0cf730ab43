"""The key that signs the web chat's cookies."""

from __future__ import annotations

import os
import secrets
from pathlib import Path

from sqlalchemy import make_url

from bot.settings import Settings, SettingsError

FILE_NAME = "secret.key"


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
        descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return file.read_text().strip()
    with os.fdopen(descriptor, "w") as opened:
        opened.write(secrets.token_urlsafe(32))
    return file.read_text().strip()
