"""A fold whose title has a link beside it, which is there also while it is folded."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ui.phases.fold import Fold
from ui.widgets.buttons import Button, link


class HeadedFold(Fold):
    """Lines under a title, and a link to one more (`more`)."""

    def __init__(self, words: str, parent: QWidget, *, name: str, more: str, spoken: str) -> None:
        super().__init__(words, parent, name=name)
        self.more: Button = link(more, self, name=f"{name}_add", icon="plus", spoken=spoken, is_flush=True)
        column = self.layout()
        assert isinstance(column, QVBoxLayout)  # noqa: S101 - as `Fold` has made it
        column.removeWidget(self.button)
        row = QHBoxLayout()
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.button, 0, Qt.AlignmentFlag.AlignLeft)
        row.addStretch(1)
        row.addWidget(self.more)
        column.insertLayout(0, row)

    def fold(self) -> None:
        """Show the title alone."""
        self._show(is_folded=True)
