"""Adding a client: a name is enough, the rest unfolds."""

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ipt_desktop.domain.errors import Refused
from ipt_desktop.domain.records import Client
from ipt_desktop.domain.text import _
from ui.clients.file_field import CONTACT, DETAILS, REFERRAL, FieldRow
from ui.clients.side_panel import SidePanel
from ui.clients.words import folded
from ui.widgets.buttons import link

_MORE = (*DETAILS[1:], *CONTACT, *REFERRAL)


class AddPanel(SidePanel):
    """`added` carries the new `Client`, not stored yet. `known_names` is asked then: a second one is pointed out."""

    added = Signal(object)

    def __init__(self, parent: QWidget, known_names: Callable[[], Sequence[str]]) -> None:
        super().__init__(parent, name="add_panel", title=_("Add client"))
        self._known_names = known_names
        self._pointed_out = ""
        self.say_under(_("A name is enough. Everything else can follow when you know it."))
        self.name = FieldRow(DETAILS[0], self.sheet, prefix="new")
        self.body.addWidget(self.name)
        self._more_link = link(_("More"), self.sheet, name="new_more", icon="chevron-down", spoken=_("More about the client"))
        self._more_link.clicked.connect(self._on_more)
        row = QHBoxLayout()
        row.addWidget(self._more_link)
        row.addStretch(1)
        self.body.addLayout(row)
        self._more = QWidget(self.sheet)
        self._more.hide()
        self.body.addWidget(self._more)
        self._rows: dict[str, FieldRow] = {}
        self._finish = self.add_actions(_("Add client"), name="new_add")
        self._finish.clicked.connect(self._on_added)
        self.name.edited.connect(self._on_name_edited)

    def ask(self) -> None:
        """Go to the name."""
        self.show_top()
        self.name.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_more(self) -> None:
        column = QVBoxLayout(self._more)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        for asked in _MORE:
            self._rows[asked.key] = row = FieldRow(asked, self._more, prefix="new")
            row.left.connect(self._on_left)
            column.addWidget(row)
        self._show_defaults()
        self._more_link.hide()
        self._more.show()
        self._rows[_MORE[0].key].setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_defaults(self) -> None:
        """Show what a new record begins with."""
        fresh = Client(name="")
        for key, row in self._rows.items():
            row.show_value(getattr(fresh, key))

    def _on_left(self) -> None:
        self._values()

    def _on_name_edited(self) -> None:
        self._warn("")

    def _values(self) -> dict[str, Any] | None:
        """Return what is typed, or None where something is wrong, which is said beside it."""
        values, is_sound = {}, True
        for key, row in self._rows.items():
            try:
                values[key] = row.value()
                row.show_error("")
            except Refused as wrong:
                row.show_error(str(wrong))
                is_sound = False
        return values if is_sound else None

    def _on_added(self) -> None:
        try:
            name = self.name.value()
        except Refused as wrong:
            self.name.error.show_error(str(wrong), self.name.editor)
            self.ask()
            return
        values = self._values()
        if values is None or not self._is_meant(name):
            return
        self.added.emit(Client(name=name, **values))

    def _is_meant(self, name: str) -> bool:
        """Point out a client of the same name once; whoever adds them again means it."""
        if name == self._pointed_out or folded(name) not in {folded(each) for each in self._known_names()}:
            return True
        self._warn(name)
        return False

    def _warn(self, name: str) -> None:
        self._pointed_out = name
        words = _("There is already a client called {name}. If this is someone else, press Enter or “Add anyway”.")
        self.name.error.show_error(words.format(name=name) if name else "", self.name.editor)
        self._finish.setText(_("Add anyway") if name else _("Add client"))
        self._finish.setAccessibleName(self._finish.text())
        if name:
            self.ask()

    def clear(self) -> None:
        """Begin afresh."""
        self.name.forget()
        for row in self._rows.values():
            row.forget()
        self._show_defaults()
        self._warn("")
