"""What the client strip says, put in words from what is stored."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from ui.client_strip import StripFacts

if TYPE_CHECKING:
    from ipt_desktop.domain.records import Client
    from ipt_desktop.services.desk import Desk


def initials_of(client: Client) -> str:
    """Return the client's initials: their own field, else the first letters of the name."""
    return client.initials or "".join(f"{word[0]}." for word in client.name.split())


def latest_course_id(desk: Desk, client_id: str | None) -> str | None:
    """Return the client's latest course, or None where there is no client or no course."""
    return None


def strip_facts(
    desk: Desk, client_id: str | None, course_id: str | None, name_of: Callable[[Client], str]
) -> StripFacts | None:
    """Return what the strip says of this client and course, or None without a client."""
    return None
