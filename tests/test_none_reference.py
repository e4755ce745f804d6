"""The fault that keeps PySide6 below 6.12 (docs/adr/0002-pyside6-below-6.12.md)."""

import sys

from PySide6.QtGui import QColor, QImage, QPainter

CALLS = 500


def test_a_call_that_returns_none_keeps_its_reference():
    image = QImage(8, 8, QImage.Format.Format_ARGB32)
    pen = QColor("black")
    painter = QPainter(image)
    before = sys.getrefcount(None)
    for _ in range(CALLS):
        painter.setPen(pen)
    lost = before - sys.getrefcount(None)
    painter.end()
    assert lost < CALLS // 10  # where the fault is, each call loses one, and the process soon aborts
