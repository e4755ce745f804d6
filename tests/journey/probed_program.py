"""The program as anyone starts it, with a probe that answers where things are on the screen. The probe never acts.

Questions come as JSON lines on standard input and are answered on standard output. Run by the journey's test alone.
"""

import json
import sys
from typing import Any

from PySide6.QtCore import QAbstractListModel, QObject, QPoint, QRect, QSocketNotifier, Qt
from PySide6.QtWidgets import QAbstractItemView, QAbstractScrollArea, QApplication, QWidget

from ipt_desktop.bootstrap import run
from ui import app as start
from ui.circle.canvas import CircleCanvas


def widgets() -> list[QWidget]:
    """Return everything in sight, the newest window first."""
    tops = [each for each in QApplication.topLevelWidgets() if each.isVisible()]
    found = [each for top in reversed(tops) for each in (top, *top.findChildren(QWidget))]
    return [each for each in found if each.isVisible()]


def place(widget: QWidget, rect: QRect) -> list[int]:
    """Return a rectangle of a widget on the screen, cut to what can be seen of it."""
    seen = rect.intersected(widget.visibleRegion().boundingRect())
    at = widget.mapToGlobal(seen.topLeft())
    return [at.x(), at.y(), seen.width(), seen.height()]


def words_of(widget: QWidget) -> str:
    """Return what a widget says."""
    for name in ("toPlainText", "text", "currentText", "title"):
        told = getattr(widget, name, None)
        if callable(told):
            return str(told())
    return ""


def widget_named(name: str) -> dict[str, Any]:
    """Describe the widget in sight with this objectName."""
    for each in widgets():
        if each.objectName() == name:
            port = each.viewport() if isinstance(each, QAbstractScrollArea) else each  # what lies over it hides the rest
            return {
                "place": place(port, port.rect()),
                "words": words_of(each),
                "is_enabled": each.isEnabled(),
            }
    return {}


def row_of(name: str, words: str) -> dict[str, Any]:
    """Describe the first cell of a view that contains these words."""
    for view in widgets():
        if not isinstance(view, QAbstractItemView) or view.objectName() != name:
            continue
        model = view.model()
        columns = 1 if isinstance(model, QAbstractListModel) else model.columnCount()  # a list keeps its number to itself
        for row in range(model.rowCount()):
            for column in range(columns):
                index = model.index(row, column)
                if words in str(index.data(Qt.ItemDataRole.DisplayRole)):
                    return {"place": place(view.viewport(), view.visualRect(index)), "words": str(index.data())}
    return {}


def token_of(name: str) -> dict[str, Any]:
    """Describe someone's token on the circle, and how close they stand."""
    for canvas in widgets():
        if isinstance(canvas, CircleCanvas):
            for each in canvas._shown():
                if each.person.name == name:
                    port, at = canvas.viewport(), canvas.place_of(each.person.id)
                    return {"place": place(port, QRect(at - QPoint(2, 2), at + QPoint(1, 1))), "felt": each.felt}
    return {}


def answer(asked: dict[str, Any]) -> dict[str, Any]:
    """Answer one question."""
    if asked["ask"] == "widget":
        return widget_named(asked["name"])
    if asked["ask"] == "row":
        return row_of(asked["name"], asked["words"])
    if asked["ask"] == "token":
        return token_of(asked["name"])
    window = QApplication.activeWindow()
    focus = QApplication.focusWidget()
    return {
        "names": sorted({each.objectName() for each in widgets() if each.objectName()}),
        "words": [words_of(each) for each in widgets() if words_of(each)],
        "title": window.windowTitle() if window else "",
        "focus": focus.objectName() if focus else "",
    }


class Probe(QObject):
    """Listens for questions."""

    def __init__(self, app: QApplication) -> None:
        super().__init__(app)
        self._notifier = QSocketNotifier(sys.stdin.fileno(), QSocketNotifier.Type.Read, self)
        self._notifier.activated.connect(self._on_asked)

    def _on_asked(self) -> None:
        line = sys.stdin.readline()
        if line:
            sys.stdout.write(json.dumps(answer(json.loads(line))) + "\n")
            sys.stdout.flush()
        else:
            self._notifier.setEnabled(False)


def make_probed_app() -> QApplication:
    """Return the application, and let it be asked."""
    app = make_app()
    app.setProperty("probe", Probe(app))
    return app


make_app = start.make_app
start.make_app = make_probed_app

if __name__ == "__main__":
    sys.exit(run(sys.argv[1:]))
