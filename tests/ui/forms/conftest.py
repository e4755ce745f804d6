"""The program's look on every form under test."""

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication

from ui import theme as look
from ui.theme import Theme


@pytest.fixture(autouse=True)
def _without_the_windows_before(qapp: QApplication) -> None:
    """Let go of what earlier tests closed, or every change of theme would restyle that too."""
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


@pytest.fixture
def themed(qapp: QApplication) -> Theme:
    """Make the light theme the program's."""
    theme = Theme("light")
    look.apply(qapp, theme)
    return theme
