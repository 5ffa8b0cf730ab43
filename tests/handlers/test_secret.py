"""The key that signs cookies: given, or made once and kept where nobody else can read it."""

from __future__ import annotations

import fcntl
import secrets
import threading
from pathlib import Path

import pytest

from bot.settings import Settings, SettingsError, read_settings
from handlers.secret import FILE_NAME, signing_key


@pytest.fixture(autouse=True)
def _no_key_around(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SECRET_KEY", raising=False)


def beside(folder: Path) -> Settings:
    return read_settings(None, database_url=f"sqlite:///{folder}/network.db")


def test_a_given_key_is_used_and_nothing_is_written(tmp_path: Path) -> None:
    given = read_settings(
        None, database_url=f"sqlite:///{tmp_path}/network.db", secret_key="k" * 32
    )
    assert signing_key(given) == "k" * 32
    assert list(tmp_path.iterdir()) == []


def test_a_key_is_made_once_for_the_owner_alone_and_kept(tmp_path: Path) -> None:
    key = signing_key(beside(tmp_path))
    assert len(key) >= 32
    assert signing_key(beside(tmp_path)) == key
    file = tmp_path / FILE_NAME
    assert file.stat().st_mode & 0o777 == 0o600
    assert file.read_text() == key


def test_two_networks_have_two_keys(tmp_path: Path) -> None:
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
    assert signing_key(beside(tmp_path / "one")) != signing_key(beside(tmp_path / "two"))


def test_processes_that_start_together_share_one_key(tmp_path: Path) -> None:
    start = threading.Barrier(8)
    keys: list[str] = []

    def make() -> None:
        start.wait()
        keys.append(signing_key(beside(tmp_path)))

    threads = [threading.Thread(target=make) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(keys) == 8
    assert len(set(keys)) == 1
    assert len(keys[0]) >= 32


def test_whoever_makes_the_key_keeps_the_others_waiting(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def token(length: int) -> str:
        with (tmp_path / FILE_NAME).open() as other, pytest.raises(BlockingIOError):
            fcntl.flock(other, fcntl.LOCK_EX | fcntl.LOCK_NB)
        return "k" * length

    monkeypatch.setattr(secrets, "token_urlsafe", token)
    assert signing_key(beside(tmp_path)) == "k" * 32


def test_a_file_that_a_crash_left_empty_is_no_key(tmp_path: Path) -> None:
    (tmp_path / FILE_NAME).touch()
    key = signing_key(beside(tmp_path))
    assert len(key) >= 32
    assert signing_key(beside(tmp_path)) == key


@pytest.mark.parametrize("content", [b"\xff\xfe\x00", b"short"])
def test_a_file_that_holds_no_key_is_refused(tmp_path: Path, content: bytes) -> None:
    (tmp_path / FILE_NAME).write_bytes(content)
    with pytest.raises(SettingsError, match="SECRET_KEY is missing"):
        signing_key(beside(tmp_path))


def test_a_folder_in_the_way_of_the_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / FILE_NAME).mkdir()
    with pytest.raises(SettingsError, match="SECRET_KEY is missing"):
        signing_key(beside(tmp_path))


def test_a_database_server_needs_a_given_key() -> None:
    shared = read_settings(None, database_url="postgresql://user@host/name")
    with pytest.raises(SettingsError, match="SECRET_KEY is missing: with PostgreSQL"):
        signing_key(shared)
