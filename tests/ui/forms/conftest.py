"""The program's look on every form under test."""

import pytest
from PySide6.QtWidgets import QApplication

from ui import theme as look
from ui.theme import Theme


@pytest.fixture
def themed(qapp: QApplication) -> Theme:
    """Make the light theme the program's."""
    theme = Theme("light")
    look.apply(qapp, theme)
    return theme
