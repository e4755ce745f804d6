"""The way to a client's risk entries from anywhere in the window."""

from ui.page import Frame


def open_risk(frame: Frame, entry_id: str | None = None) -> bool:
    """Go to the risk entries of the client chosen, at one of them or at the latest; False where text could not be kept."""
    from ui.clients.page import ClientsPage

    page = frame.page("clients")
    return isinstance(page, ClientsPage) and page.open_risk(entry_id)
