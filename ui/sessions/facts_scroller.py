"""Room for the fields of a session: as high as they are where the window has it, else they scroll."""

from PySide6.QtCore import QEvent, QObject, QSize, Qt
from PySide6.QtWidgets import QScrollArea, QSizePolicy, QWidget

from ipt_desktop.domain.text import _
from ui import theme

LEAST = 120


class FactsScroller(QScrollArea):
    """Asks for the height of what it holds, and makes do with less."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("session_facts_scroll")
        self.setAccessibleName(_("Date, times and attendance"))
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)

    def hold(self, facts: QWidget) -> None:
        """Hold these fields in place of those before."""
        facts.installEventFilter(self)
        facts.setProperty("role", "clear")
        self.setWidget(facts)

    def sizeHint(self) -> QSize:
        """Return the height of the fields."""
        facts = self.widget()
        if facts is None:
            return QSize(0, 0)
        return facts.sizeHint().expandedTo(facts.minimumSizeHint())

    def minimumSizeHint(self) -> QSize:
        """Make do with little."""
        return QSize(0, min(self.sizeHint().height(), theme.current().px(LEAST)))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Ask again when the fields have grown."""
        if watched is self.widget() and event.type() is QEvent.Type.LayoutRequest:
            self.updateGeometry()
        return super().eventFilter(watched, event)
