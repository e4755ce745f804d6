"""An editor in the page whose fields are made anew for each record."""

from PySide6.QtWidgets import QFormLayout, QVBoxLayout, QWidget

from ipt_desktop.domain.text import _
from ui.phases.parting import part_with
from ui.phases.phase_editor import InlineEditor
from ui.widgets.card import hairline
from ui.widgets.labels import FieldError, HintLabel, label


class RecordEditor(InlineEditor):
    """Has a `body` while it shows a record: what was typed before Esc is still there when that one is meant again."""

    def __init__(self, parent: QWidget, opener: QWidget, *, name: str, spoken: str) -> None:
        super().__init__(parent, opener, name=name, spoken=spoken)
        self.body: QWidget | None = None
        self._parting: QWidget | None = None

    def give_back_to(self, opener: QWidget) -> None:
        """Let the keyboard go there once it closes."""
        self._opener = opener

    def begin_body(self) -> tuple[QWidget, QVBoxLayout]:
        """Return a body and the column that the fields go into; `end_body` closes it."""
        self.body = QWidget(self)
        column = QVBoxLayout(self.body)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        return self.body, column

    def end_body(self, body: QWidget, column: QVBoxLayout, *, has_line: bool = True) -> FieldError:
        """Put the buttons below the fields, and a line where none is there; return where it is said what is wrong with them."""
        error = FieldError(body, name=f"{self.objectName().removesuffix('_editor')}_error")
        column.addWidget(error)
        line = self.add_buttons(_("Keep"), body)
        line.addStretch(1)
        column.addLayout(line)
        if has_line:
            column.addWidget(hairline(body))
        self.column.addWidget(body)
        return error

    def part_with_body(self) -> None:
        """Let the body go; whoever has fields in it has emptied them."""
        if self.body is not None:
            part_with(self.body)
            self._parting, self.body = self.body, None  # its button may be the sender of what led here

    def forget(self) -> None:
        """Close, and let go of what was typed."""
        self.close_editor()
        self.drop_body()

    def drop_body(self) -> None:
        """Empty the fields, and let go of the record."""
        raise NotImplementedError


def captions_above() -> QFormLayout:
    """Return rows with their captions above the fields."""
    form = QFormLayout()
    form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapAllRows)
    form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
    form.setVerticalSpacing(4)
    return form


def add_row(form: QFormLayout, words: str, field: QWidget, parent: QWidget) -> None:
    """Add a field with its caption."""
    form.addRow(label(words, parent, kind="label", tone="text_soft"), field)


def add_hint(form: QFormLayout, words: str, parent: QWidget, *, name: str) -> None:
    """Add a sentence below the field before."""
    form.addRow(HintLabel(words, parent, name=name))
