"""Lines under a title that folds and unfolds them; folded at first."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ipt_desktop.domain.text import _
from ui.phases.parting import let_go
from ui.widgets.buttons import Button


class Fold(QWidget):
    """A title with its lines."""

    def __init__(self, words: str, parent: QWidget, *, name: str) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        self.button = Button(words, self, kind="quiet", name=f"{name}_fold", icon="chevron-right", role="text_soft")
        self.button.setProperty("is_section", True)
        self.button.clicked.connect(self._on_clicked)
        column.addWidget(self.button, 0, Qt.AlignmentFlag.AlignLeft)
        self._body = QWidget(self)
        self._lines = QVBoxLayout(self._body)
        self._lines.setContentsMargins(0, 0, 0, 4)
        self._lines.setSpacing(4)
        column.addWidget(self._body)
        self._parting: list[QWidget] = []
        self._show(is_folded=True)

    @property
    def is_folded(self) -> bool:
        """Whether only the title shows."""
        return not self._body.isVisibleTo(self)

    def set_words(self, words: str) -> None:
        """Show another title."""
        self.button.setText(words)
        self.button.setAccessibleName(words)

    def add(self, line: QWidget) -> None:
        """Put a line at the end."""
        self._lines.addWidget(line)

    def clear(self) -> None:
        """Let go of the lines; it stays as folded as it was."""
        self._parting = let_go(self._lines)

    def unfold(self) -> None:
        """Show the lines."""
        self._show(is_folded=False)

    def _show(self, *, is_folded: bool) -> None:
        self._body.setVisible(not is_folded)
        self.button.set_icon("chevron-right" if is_folded else "chevron-down")
        self.button.setAccessibleDescription(_("folded") if is_folded else _("unfolded"))

    def _on_clicked(self) -> None:
        self._show(is_folded=not self.is_folded)
