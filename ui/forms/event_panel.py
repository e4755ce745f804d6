"""The fields of one event: what happened, when, of what kind, with whom, and whether it comes back every year."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QCheckBox, QFrame, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from ipt_desktop.domain.errors import Refused
from ipt_desktop.domain.event_words import event_kind_words
from ipt_desktop.domain.form import Field, FieldKind
from ipt_desktop.domain.session_records import Event, EventKind
from ipt_desktop.domain.text import _
from ipt_desktop.domain.told_when import Told
from ipt_desktop.domain.typed_when import is_earlier
from ui import theme
from ui.forms.choices import PersonsEditor
from ui.forms.editor import Setting
from ui.widgets.buttons import link, outlined
from ui.widgets.chips import ChipRow
from ui.widgets.choice_field import ChoiceField
from ui.widgets.labels import FieldError, label
from ui.widgets.mood_row import MoodRow
from ui.widgets.naming import named
from ui.widgets.told_field import ToldField
from ui.widgets.when_field import WhenField


class EventPanel(QFrame):
    """`kept` carries the event as it stands in the fields; `left`: the fields are done with. Enter keeps, Esc keeps, too.

    Where it `is_whole`, it asks for the end of the event, the mood then and a note, too.
    """

    kept = Signal(object)
    left = Signal()

    def __init__(self, parent: QWidget, setting: Setting, *, name: str, is_whole: bool = False) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setProperty("role", "dashed_card")
        self._name = name
        self._is_whole = is_whole
        self._event: Event | None = None
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 10, 12, 10)
        column.setSpacing(theme.current().space("s"))
        self._title = self._line("title", _("What happened"))
        self._title.setPlaceholderText(_("What happened, in a few words"))
        self._title.setMaxLength(200)
        column.addWidget(self._title)
        column.addWidget(self._make_when())
        self._error = FieldError(self, name=f"{name}_error")
        column.addWidget(self._error)
        whom = Field(key=f"{name}_whom", label=_("With whom"), kind=FieldKind.PERSONS)
        self._people = PersonsEditor(whom, self, Setting(people=setting.people))
        column.addWidget(self._people)
        self._mood = MoodRow(
            self, name=f"{name}_mood", spoken=_("Mood then"), ends=_("Mood then, 0 to 10, as the client says it")
        )
        self._mood.setVisible(is_whole)
        column.addWidget(self._mood)
        self._note = self._line("note", _("Note"))
        self._note.setPlaceholderText(_("A note, where one is needed"))
        self._note.setVisible(is_whole)
        column.addWidget(self._note)
        self._recurs = named(QCheckBox(_("Comes back every year"), self), f"{name}_recurs", _("Comes back every year"))
        column.addWidget(self._recurs, 0, Qt.AlignmentFlag.AlignLeft)
        column.addLayout(self._make_buttons())

    def _line(self, key: str, spoken: str) -> QLineEdit:
        line = named(QLineEdit(self), f"{self._name}_{key}", spoken)
        line.returnPressed.connect(self._on_keep)
        return line

    def _make_when(self) -> QWidget:
        row = ChipRow(self, name=f"{self._name}_row", spoken=_("When and what kind"))
        self._when = ToldField(row, name=f"{self._name}_when", spoken=_("When: a day, a month, a year, or as it is told"))
        self._when.returnPressed.connect(self._on_keep)
        self._when.setFixedWidth(theme.current().px(210))
        self._until = WhenField(row, name=f"{self._name}_until", spoken=_("Until: a day, a month or a year"))
        self._until.setPlaceholderText(_("until, where it lasted"))
        self._until.returnPressed.connect(self._on_keep)
        self._until.setFixedWidth(theme.current().px(170))
        self._kind = ChoiceField(row, name=f"{self._name}_kind", spoken=_("Kind of event"))
        for kind, words in event_kind_words().items():
            self._kind.addItem(words, str(kind))
        row.add(self._when)
        if self._is_whole:
            row.add(self._until)
        else:
            self._until.hide()
        row.add(self._kind)
        return row

    def _make_buttons(self) -> QHBoxLayout:
        row = QHBoxLayout()
        self._keep = outlined(_("Add to the timeline"), self, name=f"{self._name}_keep")
        self._keep.clicked.connect(self._on_keep)
        leave = link(_("Leave out"), self, name=f"{self._name}_leave", spoken=_("Leave out what is typed here"))
        leave.clicked.connect(self.left)
        row.addWidget(self._keep)
        row.addWidget(leave)
        row.addWidget(label(_("Enter keeps it"), self, kind="caption", tone="text_soft", name=f"{self._name}_hint"))
        row.addStretch(1)
        return row

    @property
    def event_id(self) -> str:
        """The id of the event in the fields, or ""."""
        return self._event.id if self._event else ""

    def has_focus(self) -> bool:
        """Whether the keyboard is in one of the fields."""
        focused = QApplication.focusWidget()
        return focused is not None and self.isAncestorOf(focused)

    def show_event(self, event: Event, born_on: date | None = None, *, is_new: bool) -> None:
        """Show an event in the fields and go to the first; `born_on` is the client's date of birth, which ages count from."""
        self._event = event
        self._when.born_on = born_on
        self._note.setText(event.note)
        self._title.setText(event.title)
        self._when.show_told(event.on, event.told)
        self._until.show_when(event.until)
        self._mood.set_value(event.mood)
        self._kind.setCurrentIndex(self._kind.findData(str(event.kind)))
        self._people.show_answer(event.person_ids)
        self._recurs.setChecked(event.recurs)
        self._keep.setText(_("Add to the timeline") if is_new else _("Keep the change"))
        self._error.show_error("")
        self.show()
        self._title.setFocus(Qt.FocusReason.OtherFocusReason)

    def keep_anyway(self) -> None:
        """Keep what has words though it is being left; dates that can't be read stay in the event's note.

        One without any date has today's.
        """
        if self._event is None or not self._title.text().strip():
            self.left.emit()
            return
        on, until, typed = Told(self._event.on or date.today().isoformat()), "", []
        try:
            on = self._day()
        except Refused:
            typed.append(self._when.text().strip())
        try:
            until = self._end(on.on)
        except Refused:
            typed.append(self._until.text().strip())
        event = self._told(self._event, on, until)
        if any(typed):
            event = replace(event, note=" ".join(each for each in (event.note or self._event.note, *typed) if each))
        self.kept.emit(event)

    def forget(self) -> None:
        """Let go of every word."""
        self._event = None
        for line in (self._title, self._when, self._until, self._note):
            line.clear()
        self._when.born_on = None
        self._mood.set_value(None)
        self._people.forget()
        self._recurs.setChecked(False)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leave the fields with Esc, keeping what has words."""
        if event.key() == Qt.Key.Key_Escape:
            self.keep_anyway()
        else:
            super().keyPressEvent(event)

    def _on_keep(self) -> None:
        if self._event is None:
            return
        if not self._title.text().strip():
            self._error.show_error(_("An event needs words: what happened?"), self._title)
            self._title.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        field: WhenField = self._when
        try:
            on = self._day()
            if self._recurs.isChecked() and len(on.on) <= len("2019"):
                raise Refused(reason=_("To come back every year it needs a day or a month, like 2 December or December 2019."))
            field = self._until
            until = self._end(on.on)
        except Refused as refused:
            self._error.show_error(str(refused), field)
            field.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        for line in (self._title, self._when, self._until):
            self._error.show_error("", line)
        self.kept.emit(self._told(self._event, on, until))

    def _day(self) -> Told:
        """Return when it was; raises Refused for nothing, and for what can't be read."""
        told = self._when.told()
        if not told.on and not told.words:
            raise Refused(reason=_("Type when it was: a day, a month or a year, or as it is told: summer 2019, age 14."))
        return told

    def _end(self, on: str) -> str:
        """Return until when it lasted, "" for no end; raises Refused for what can't be read, or lies before it began."""
        until = self._until.when()
        if until and on and is_earlier(until, on):
            raise Refused(reason=_("It can’t end before it begins."))
        return until

    def _told(self, event: Event, on: Told, until: str) -> Event:
        """Return the event as the fields have it."""
        unasked = "" if self._when.isModified() else event.note  # a day that could not be read before, and was mended now
        return replace(
            event,
            note=self._note.text().strip() if self._is_whole else unasked,
            title=self._title.text(),
            on=on.on,
            told=on.words,
            until=until,
            mood=self._mood.value(),
            kind=EventKind(str(self._kind.currentData())),
            person_ids=self._people.answer(),
            recurs=self._recurs.isChecked(),
        )
