"""The diagnoses of a course in two groups, at its start and at its end; the main one first."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QVBoxLayout, QWidget

from ipt_desktop.domain.illness_words import diagnosis_words, system_words
from ipt_desktop.domain.records import new_id, now
from ipt_desktop.domain.step_words import near_day
from ipt_desktop.domain.text import _
from ipt_desktop.domain.treatment_records import Diagnosis, DiagnosisAt
from ui import theme
from ui.phases.illness.diagnosis_editor import CodeSystem, DiagnosisEditor, fresh
from ui.phases.parting import let_go
from ui.widgets.buttons import icon_button, link
from ui.widgets.labels import label
from ui.widgets.tab_order import focused_in

NARROW = 640  # pixels at 100 % text, below which the groups stand one below the other


class DiagnosisView(QWidget):
    """One diagnosis. It says what is wished (`edit_asked`, `raised`, `removed`) and changes nothing itself."""

    edit_asked = Signal(object)
    raised = Signal(object)
    removed = Signal(object)

    def __init__(self, diagnosis: Diagnosis, today: date, parent: QWidget, *, is_one_of_several: bool) -> None:
        super().__init__(parent)
        self._diagnosis = diagnosis
        name, spoken = f"diagnosis_{diagnosis.id}", diagnosis_words(diagnosis)
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
            ("pencil", "edit", _("Change “{words}”…").format(words=spoken), self._on_edit),
            ("trash-2", "remove", _("Remove “{words}”").format(words=spoken), self._on_remove),
        ]
        if diagnosis.rank > 1:
            verbs.insert(0, ("arrow-up", "raise", _("Put “{words}” further up").format(words=spoken), self._on_raise))
        for drawn, verb, said, act in verbs:
            button = icon_button(drawn, self, name=f"diagnosis_{verb}_{diagnosis.id}", spoken=said)
            button.clicked.connect(act)
            row.addWidget(button, 0, Qt.AlignmentFlag.AlignTop)
        column.addLayout(row)
        main = _("main diagnosis") if is_one_of_several and diagnosis.rank == 1 else ""
        made = _("made {day}").format(day=near_day(diagnosis.made_on, today))
        told = " · ".join(each for each in (main, system_words(diagnosis.system), made) if each)
        caption = label(told, self, kind="caption", tone="text_soft", name=f"{name}_told", wraps=True)
        caption.setMinimumWidth(1)
        column.addWidget(caption)

    def _on_edit(self) -> None:
        self.edit_asked.emit(self._diagnosis)

    def _on_raise(self) -> None:
        self.raised.emit(self._diagnosis)

    def _on_remove(self) -> None:
        self.removed.emit(self._diagnosis)


class DiagnosisGroup(QWidget):
    """The diagnoses at one end of the course. It says what is wished and changes nothing itself.

    `edit_asked`, `raised` and `removed` carry a diagnosis.
    """

    add_asked = Signal()
    edit_asked = Signal(object)
    raised = Signal(object)
    removed = Signal(object)
    copy_asked = Signal()

    def __init__(self, at: DiagnosisAt, title: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.at = at
        self._letting_go: list[QWidget] = []
        self.setObjectName(f"diagnoses_{at}")
        self.setAccessibleName(_("Diagnosis: {when}").format(when=title))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        head = QHBoxLayout()
        head.setSpacing(12)
        head.addWidget(label(title, self, kind="label_strong", tone="text_soft", name=f"diagnoses_{at}_title"))
        head.addStretch(1)
        self.copy = link(_("As at the start"), self, name=f"diagnoses_{at}_copy", icon="copy", is_flush=True)
        self.copy.setVisible(False)
        self.copy.clicked.connect(self._on_copy)
        spoken = _("Add a diagnosis: {when}").format(when=title)
        self.more = link(_("Diagnosis…"), self, name=f"diagnoses_{at}_add", icon="plus", spoken=spoken, is_flush=True)
        self.more.clicked.connect(self.add_asked)
        head.addWidget(self.copy)
        head.addWidget(self.more)
        column.addLayout(head)
        self._none = label(_("None yet."), self, tone="text_soft", name=f"diagnoses_{at}_none", wraps=True)
        column.addWidget(self._none)
        holder = QWidget(self)
        self._views = QVBoxLayout(holder)
        self._views.setContentsMargins(0, 0, 0, 0)
        self._views.setSpacing(4)
        column.addWidget(holder)
        column.addStretch(1)

    def show_diagnoses(self, diagnoses: Sequence[Diagnosis], today: date) -> None:
        """Show the diagnoses there are."""
        name = focused_in(self)
        self._none.setVisible(not diagnoses)
        self._letting_go = let_go(self._views)
        for each in diagnoses:
            view = DiagnosisView(each, today, self, is_one_of_several=len(diagnoses) > 1)
            view.edit_asked.connect(self.edit_asked)
            view.raised.connect(self.raised)
            view.removed.connect(self._on_removed)
            self._views.addWidget(view)
            view.show()  # now, and not when the layout comes to it: the keyboard goes on in it
        beside = name.replace("_raise_", "_edit_")  # the first one can't be raised any more
        again = (self.findChild(QWidget, name) or self.findChild(QWidget, beside)) if name else None
        if again is not None:
            again.setFocus()

    def _on_removed(self, diagnosis: Diagnosis) -> None:
        self.more.setFocus(Qt.FocusReason.OtherFocusReason)  # what had the keyboard goes
        self.removed.emit(diagnosis)

    def _on_copy(self) -> None:
        self.more.setFocus(Qt.FocusReason.OtherFocusReason)  # the link goes
        self.copy_asked.emit()


class DiagnosesPart(QWidget):
    """Both groups, side by side where there is room. `kept` and `removed` carry a diagnosis, `copied` several for the end."""

    kept = Signal(object)
    removed = Signal(object)
    copied = Signal(object)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("diagnoses_part")
        self._course_id = ""
        self._diagnoses: Sequence[Diagnosis] = ()
        self._system = CodeSystem("")
        self._today = date.today()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(32)
        column.addLayout(self._row)
        self.start = DiagnosisGroup(DiagnosisAt.START, _("At the start"), self)
        self.end = DiagnosisGroup(DiagnosisAt.END, _("At the end"), self)
        for group in (self.start, self.end):
            group.add_asked.connect(self._on_add)
            group.edit_asked.connect(self._on_edit)
            group.raised.connect(self._on_raised)
            group.removed.connect(self.removed)
            self._row.addWidget(group, 1)
        self.end.copy_asked.connect(self._on_copy)
        self.editor = DiagnosisEditor(self, self.start.more)
        self.editor.diagnosis_kept.connect(self.kept)
        column.addWidget(self.editor)

    def show_diagnoses(self, course_id: str, diagnoses: Sequence[Diagnosis], system: CodeSystem, today: date) -> None:
        """Show the diagnoses of a course; what is being typed of another one is let go of."""
        if course_id != self._course_id:
            self.editor.forget()
        self._course_id, self._diagnoses, self._system, self._today = course_id, diagnoses, system, today
        for group in (self.start, self.end):
            group.show_diagnoses(self._of(group), today)
        self.end.copy.setVisible(bool(self._of(self.start)) and not self._of(self.end))

    def _of(self, group: DiagnosisGroup) -> list[Diagnosis]:
        return [each for each in self._diagnoses if each.at is group.at]

    def forget(self) -> None:
        """Let go of every word."""
        self.show_diagnoses("", (), CodeSystem(""), self._today)

    def _on_add(self) -> None:
        group = self.sender()
        if isinstance(group, DiagnosisGroup):
            self.editor.give_back_to(group.more)
            new = fresh(self._course_id, group.at, len(self._of(group)) + 1, self._today)
            self.editor.open(new, self._system, is_new=True)

    def _on_edit(self, diagnosis: Diagnosis) -> None:
        opener = self.findChild(QWidget, f"diagnosis_edit_{diagnosis.id}")
        self.editor.give_back_to(opener or self.start.more)
        self.editor.open(diagnosis, self._system)

    def _on_raised(self, diagnosis: Diagnosis) -> None:
        self.kept.emit(replace(diagnosis, rank=diagnosis.rank - 1))

    def _on_copy(self) -> None:
        again = [
            replace(each, id=new_id(), at=DiagnosisAt.END, made_on=self._today, created_at=now())
            for each in self._of(self.start)
        ]
        self.copied.emit(again)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Stand as the width asks for."""
        super().resizeEvent(event)
        self._stand()

    def changeEvent(self, event: QEvent) -> None:
        """Stand anew when the text size changes."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.StyleChange and hasattr(self, "_row"):
            self._stand()

    def _stand(self) -> None:
        """Put one group below the other where there is no room for both."""
        is_narrow = self.width() < theme.current().px(NARROW)
        down, beside = QBoxLayout.Direction.TopToBottom, QBoxLayout.Direction.LeftToRight
        self._row.setDirection(down if is_narrow else beside)
        self._row.setSpacing(12 if is_narrow else 32)
