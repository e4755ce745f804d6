"""The fields of one event: what happened, when, of what kind, with whom, and whether it comes back every year."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from PySide6.QtCore import QLocale, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QCheckBox, QFrame, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from ipt_desktop.domain.dates import month_names, short_date
from ipt_desktop.domain.errors import Refused
from ipt_desktop.domain.event_words import event_kind_words
from ipt_desktop.domain.form import Field, FieldKind
from ipt_desktop.domain.session_records import Event, EventKind
from ipt_desktop.domain.text import _
from ipt_desktop.domain.typed_when import read_when, when_words
from ui import theme
from ui.forms.choices import PersonsEditor
from ui.forms.editor import Setting
from ui.widgets.buttons import link, outlined
from ui.widgets.chips import ChipRow
from ui.widgets.choice_field import ChoiceField
from ui.widgets.labels import FieldError, label
from ui.widgets.naming import named


class EventPanel(QFrame):
    """`kept` carries the event as it stands in the fields; `left`: the fields are done with. Enter keeps, Esc keeps, too."""

    kept = Signal(object)
    left = Signal()

    def __init__(self, parent: QWidget, setting: Setting, *, name: str) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setProperty("role", "dashed_card")
        self._name = name
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
        self._recurs = named(QCheckBox(_("Comes back every year"), self), f"{name}_recurs", _("Comes back every year"))
        column.addWidget(self._recurs, 0, Qt.AlignmentFlag.AlignLeft)
        column.addLayout(self._make_buttons())

    def _line(self, key: str, spoken: str) -> QLineEdit:
        line = named(QLineEdit(self), f"{self._name}_{key}", spoken)
        line.returnPressed.connect(self._on_keep)
        return line

    def _make_when(self) -> QWidget:
        row = ChipRow(self, name=f"{self._name}_row", spoken=_("When and what kind"))
        self._when = self._line("when", _("When: a day, a month or a year"))
        self._when.setParent(row)
        today = date.today()
        example = f"{month_names()[today.month - 1]} {today.year}"
        self._when.setPlaceholderText(
            _("{day}, {month} or {year}").format(day=short_date(today), month=example, year=today.year - 7)
        )
        self._when.setFixedWidth(theme.current().px(210))
        self._kind = ChoiceField(row, name=f"{self._name}_kind", spoken=_("Kind of event"))
        for kind, words in event_kind_words().items():
            self._kind.addItem(words, str(kind))
        row.add(self._when)
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

    def show_event(self, event: Event, *, is_new: bool) -> None:
        """Show an event in the fields and go to the first."""
        self._event = event
        self._title.setText(event.title)
        self._when.setText(when_words(event.on))
        self._kind.setCurrentIndex(self._kind.findData(str(event.kind)))
        self._people.show_answer(event.person_ids)
        self._recurs.setChecked(event.recurs)
        self._keep.setText(_("Add to the timeline") if is_new else _("Keep the change"))
        self._error.show_error("")
        self.show()
        self._title.setFocus(Qt.FocusReason.OtherFocusReason)

    def keep_anyway(self) -> None:
        """Keep what has words though it is being left; a date that can't be read stays in the event's note."""
        if self._event is None or not self._title.text().strip():
            self.left.emit()
            return
        try:
            self.kept.emit(self._read(self._event))
        except Refused:
            typed = self._when.text().strip()
            self._when.setText(when_words(self._event.on))
            event = self._read(self._event)
            self.kept.emit(replace(event, note=" ".join(each for each in (event.note, typed) if each)))

    def forget(self) -> None:
        """Let go of every word."""
        self._event = None
        for line in (self._title, self._when):
            line.clear()
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
        try:
            event = self._read(self._event)
            if event.recurs and len(event.on) == len("2019"):
                raise Refused(reason=_("To come back every year it needs a day or a month, like 2 December or December 2019."))
        except Refused as refused:
            self._error.show_error(str(refused), self._when)
            self._when.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        for line in (self._title, self._when):
            self._error.show_error("", line)
        self.kept.emit(event)

    def _read(self, event: Event) -> Event:
        """Return the event as the fields have it; raises Refused for a date that can't be read."""
        is_month_first = self.locale().dateFormat(QLocale.FormatType.ShortFormat).startswith("M")
        try:
            on = read_when(self._when.text(), date.today(), is_month_first=is_month_first)
        except Refused as refused:
            hint = _("A month (12/2019) or a year (2019) will do.")
            raise Refused(reason=_("{problem} {hint}").format(problem=refused, hint=hint)) from None
        if not on:
            raise Refused(reason=_("Type when it was: a day, a month or a year."))
        return replace(
            event,
            note="" if self._when.isModified() else event.note,
            title=self._title.text(),
            on=on,
            kind=EventKind(str(self._kind.currentData())),
            person_ids=self._people.answer(),
            recurs=self._recurs.isChecked(),
        )
