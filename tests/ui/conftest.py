"""A screen's tests start in the light theme at 100 %, and leave no work behind for the next test."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QThreadPool
from PySide6.QtWidgets import QApplication

from ui import theme


@pytest.fixture(autouse=True)
def _light(qapp: QApplication) -> None:
    if theme.current().name != "light" or theme.current().scale != 1.0 or not qapp.styleSheet():
        theme.apply(qapp, theme.Theme())


@pytest.fixture(autouse=True)
def _pool_at_rest() -> Iterator[None]:
    """Wait for what a screen has set going: PDFium, for one, ends the process when two threads are in it."""
    yield
    assert QThreadPool.globalInstance().waitForDone(20_000)
