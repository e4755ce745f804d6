"""The Clients tab with its risk entries, on a real desk."""

from tests.ui.clients.conftest import room, tab_of

__all__ = ["room", "tab_of"]
