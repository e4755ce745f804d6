"""A screen's tests start in the light theme at 100 %."""

import pytest
from PySide6.QtWidgets import QApplication

from ui import theme


@pytest.fixture(autouse=True)
def _light(qapp: QApplication) -> None:
    if theme.current().name != "light" or theme.current().scale != 1.0 or not qapp.styleSheet():
        theme.apply(qapp, theme.Theme())
