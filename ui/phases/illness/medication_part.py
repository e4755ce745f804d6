"""The medication of a client: what is taken in sight, what was taken folded below it."""

from collections.abc import Callable, Sequence
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ipt_desktop.domain.illness_words import course_words, has_ended, medicine_words
from ipt_desktop.domain.text import _
from ipt_desktop.domain.treatment_records import Medication
from ui.phases.fold import Fold
from ui.phases.illness.medication_editor import MedicationEditor
from ui.phases.parting import let_go
from ui.widgets.buttons import icon_button, link
from ui.widgets.labels import label
from ui.widgets.tab_order import focused_in


class MedicationView(QWidget):
    """One medicine. It says what is wished (`edit_asked`, `end_asked`, `removed`) and changes nothing itself."""

    edit_asked = Signal(object)
    end_asked = Signal(object)
    removed = Signal(object)

    def __init__(self, medication: Medication, today: date, parent: QWidget) -> None:
        super().__init__(parent)
        self._medication = medication
        name, spoken = f"medication_{medication.id}", medicine_words(medication)
        self.setObjectName(name)
        self.setAccessibleName(spoken)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 2)
        column.setSpacing(1)
        row = QHBoxLayout()
        row.setSpacing(2)
        words = label(spoken, self, name=f"{name}_words", wraps=True)
        words.setMinimumWidth(1)
        row.addWidget(words, 1)
        verbs: list[tuple[str, str, str, Callable[[], None]]] = [
            ("pencil", "edit", _("Change “{medicine}”…").format(medicine=spoken), self._on_edit),
            ("trash-2", "remove", _("Remove “{medicine}”").format(medicine=spoken), self._on_remove),
        ]
        if not medication.ended:
            verbs.insert(0, ("calendar-x", "end", _("“{medicine}” ended…").format(medicine=spoken), self._on_end))
        for drawn, verb, said, act in verbs:
            button = icon_button(drawn, self, name=f"medication_{verb}_{medication.id}", spoken=said)
            button.clicked.connect(act)
            row.addWidget(button, 0, Qt.AlignmentFlag.AlignTop)
        column.addLayout(row)
        note = _("“{words}”").format(words=medication.note) if medication.note else ""
        if told := " · ".join(each for each in (course_words(medication, today), note) if each):
            caption = label(told, self, kind="caption", tone="text_soft", name=f"{name}_told", wraps=True)
            caption.setMinimumWidth(1)
            column.addWidget(caption)

    def _on_edit(self) -> None:
        self.edit_asked.emit(self._medication)

    def _on_end(self) -> None:
        self.end_asked.emit(self._medication)

    def _on_remove(self) -> None:
        self.removed.emit(self._medication)


class MedicationPart(QWidget):
    """What is taken, and was. `kept` and `removed` carry a medicine."""

    kept = Signal(object)
    removed = Signal(object)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("medication_part")
        self.setAccessibleName(_("Medication"))
        self._client_id = ""
        self._letting_go: list[QWidget] = []
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        head = QHBoxLayout()
        head.addWidget(label(_("Medication"), self, kind="label_strong", tone="text_soft", name="medication_title"))
        head.addStretch(1)
        self.more = link(_("Medicine…"), self, name="medication_add", icon="plus", spoken=_("Add a medicine…"), is_flush=True)
        self.more.clicked.connect(self._on_more)
        head.addWidget(self.more)
        column.addLayout(head)
        self._none = label("", self, tone="text_soft", name="medication_none", wraps=True)
        column.addWidget(self._none)
        holder = QWidget(self)
        self._views = QVBoxLayout(holder)
        self._views.setContentsMargins(0, 0, 0, 0)
        self._views.setSpacing(4)
        column.addWidget(holder)
        self._earlier = Fold(_("Earlier"), self, name="medication_earlier")
        column.addWidget(self._earlier)
        self.editor = MedicationEditor(self, self.more)
        self.editor.medication_kept.connect(self.kept)
        column.addWidget(self.editor)

    def show_medications(self, client_id: str, medications: Sequence[Medication], today: date) -> None:
        """Show the medication of a client, that of another one in place of what is being typed."""
        if client_id != self._client_id:
            self.editor.forget()
        self._client_id = client_id
        name = focused_in(self)
        taken = [each for each in medications if not has_ended(each, today)]
        ended = [each for each in medications if has_ended(each, today)]
        self._none.setText(_("None at present.") if ended else _("None known."))
        self._none.setVisible(not taken)
        self._letting_go = let_go(self._views)
        self._earlier.clear()
        for each in taken:
            view = self._view(each, today)
            self._views.addWidget(view)
            view.show()  # now, and not when the layout comes to it: the keyboard goes on in it
        for each in ended:
            view = self._view(each, today)
            self._earlier.add(view)
            view.show()
        self._earlier.set_words(_("Earlier ({count})").format(count=len(ended)))
        self._earlier.setVisible(bool(ended))
        if name and (again := self.findChild(QWidget, name)) is not None:
            again.setFocus()

    def _view(self, medication: Medication, today: date) -> MedicationView:
        view = MedicationView(medication, today, self)
        view.edit_asked.connect(self._on_edit)
        view.end_asked.connect(self._on_end)
        view.removed.connect(self._on_removed)
        return view

    def forget(self) -> None:
        """Let go of every word."""
        self.editor.forget()
        self._client_id = ""
        self._letting_go = let_go(self._views)
        self._earlier.clear()

    def _on_more(self) -> None:
        self.editor.give_back_to(self.more)
        self.editor.open(Medication(client_id=self._client_id, name=""), is_new=True)

    def _on_edit(self, medication: Medication) -> None:
        self._open(medication, "edit")

    def _on_end(self, medication: Medication) -> None:
        self._open(medication, "end")

    def _open(self, medication: Medication, verb: str) -> None:
        opener = self.findChild(QWidget, f"medication_{verb}_{medication.id}")
        self.editor.give_back_to(opener or self.more)
        self.editor.open(medication, is_end=verb == "end")

    def _on_removed(self, medication: Medication) -> None:
        self.more.setFocus(Qt.FocusReason.OtherFocusReason)  # what had the keyboard goes
        self.removed.emit(medication)
