"""The way to a client's risk entries and safety plan from anywhere in the window, and back to the note that led there."""

from collections.abc import Callable
from dataclasses import dataclass

from ipt_desktop.domain.session_records import RiskKind
from ui.page import Frame


@dataclass(frozen=True, slots=True)
class WayBack:
    """Back to the note of a session, to where one was in it."""

    session_id: str
    go: Callable[[], None]


def open_risk(frame: Frame, entry_id: str | None = None, way_back: WayBack | None = None) -> bool:
    """Go to the risk entries of the client chosen, at one of them or at the latest; False where text could not be kept.

    With a way back, what is done with there leads back to the note it was come from.
    """
    from ui.clients.page import ClientsPage

    page = frame.page("clients")
    return isinstance(page, ClientsPage) and page.risk.open_risk(entry_id, way_back)


def record_risk(frame: Frame, kind: RiskKind, why: str) -> bool:
    """Begin a risk entry of a kind for the client chosen; `why` says what it follows. False where text could not be kept."""
    from ui.clients.page import ClientsPage

    page = frame.page("clients")
    return isinstance(page, ClientsPage) and page.risk.begin_entry(kind, why)


def open_plan(frame: Frame) -> bool:
    """Go to the safety plan of the client chosen; False where text could not be kept."""
    from ui.clients.page import ClientsPage

    page = frame.page("clients")
    return isinstance(page, ClientsPage) and page.plan.open_plan()
