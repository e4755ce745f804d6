"""Keychains as systems have them: one that works, and one for each way in which one can fail."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager

import keyring
from keyring.backend import KeyringBackend
from keyring.errors import KeyringLocked, PasswordDeleteError


class Working(KeyringBackend):
    """Keeps what it is given, as long as it lives."""

    priority = 1

    def __init__(self) -> None:
        super().__init__()
        self.kept: dict[tuple[str, str], str] = {}

    def get_password(self, service: str, username: str) -> str | None:
        return self.kept.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self.kept[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        if self.kept.pop((service, username), None) is None:
            raise PasswordDeleteError


class Windows(Working):
    """Roams with the account unless it is told not to."""

    persist = "enterprise"


class Locked(Working):
    """Nobody unlocks it."""

    def get_password(self, service: str, username: str, _password: str = "") -> str | None:
        raise KeyringLocked("Failed to unlock the collection!")

    set_password = delete_password = get_password  # type: ignore[assignment]


class Forgetful(Working):
    """Says that it has kept a thing, and has not."""

    def set_password(self, service: str, username: str, password: str) -> None: ...


class Broken(Working):
    """Its service is gone: raises what no keyring error is."""

    def get_password(self, service: str, username: str, _password: str = "") -> str | None:
        raise ConnectionRefusedError(username)

    set_password = delete_password = get_password  # type: ignore[assignment]


class Hanging(Working):
    """Waits at a prompt until it is let go."""

    def __init__(self) -> None:
        super().__init__()
        self.let_go = threading.Event()

    def get_password(self, service: str, username: str, _password: str = "") -> str | None:
        self.let_go.wait()
        return None

    set_password = delete_password = get_password  # type: ignore[assignment]


class InTheClear(Working):
    """Keeps secrets in a plain file."""

    __module__ = "keyrings.alt.file"


@contextmanager
def used(backend: KeyringBackend) -> Iterator[None]:
    """Make this the keychain of the computer for a while."""
    before = keyring.core._keyring_backend
    keyring.set_keyring(backend)
    try:
        yield
    finally:
        keyring.core._keyring_backend = before
