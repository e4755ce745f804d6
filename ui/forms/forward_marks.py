"""The line below a field that was brought forward from the last note: it stays until the field is edited."""

from collections.abc import Mapping
from datetime import date

from PySide6.QtWidgets import QLabel

from ipt_desktop.domain.dates import day_words
from ipt_desktop.domain.text import _
from ui.forms.editor import Editor
from ui.widgets.labels import label


def show_forward_marks(editors: Mapping[str, Editor], marks: Mapping[str, date]) -> None:
    """Say below each field that has a mark which day it comes from, and below no other."""
    for key, editor in editors.items():
        name = editor.name("brought_forward")
        shown = editor.findChild(QLabel, name)
        if key in marks:
            if shown is None:
                shown = label("", editor, kind="caption", tone="caution", name=name, wraps=True)
                editor.column.insertWidget(1, shown)
            shown.setText(_("Brought forward from {day}, not edited yet").format(day=day_words(marks[key])))
            shown.setVisible(True)
        elif shown is not None:
            shown.setText("")
            shown.hide()
