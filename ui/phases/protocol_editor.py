"""Going on with the course under another protocol: which, from when, why, and what would no longer have a place in it."""

from collections.abc import Collection, Sequence
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from ipt_desktop.domain.protocol import Protocol
from ipt_desktop.domain.protocol_fit import Misfit, counted
from ipt_desktop.domain.text import _
from ui.clients.words import about_words
from ui.phases.phase_editor import InlineEditor, captioned
from ui.phases.reading import CourseReading
from ui.widgets.choice_field import ChoiceField
from ui.widgets.date_field import DateField, asked_day
from ui.widgets.labels import FieldError, label
from ui.widgets.naming import named


class ProtocolEditor(InlineEditor):
    """`chosen` carries the protocol that is looked at, to be answered with `show_fit`; `changed` (protocol, date, reason)."""

    chosen = Signal(object)
    changed = Signal(object, object, str)

    def __init__(self, parent: QWidget, opener: QWidget) -> None:
        super().__init__(parent, opener, name="protocol_editor", spoken=_("Change the protocol"))
        self._course_id = ""
        self._protocols: Sequence[Protocol] = ()
        row = QHBoxLayout()
        row.setSpacing(12)
        self._replacing: frozenset[str] = frozenset()
        self._choice = ChoiceField(self, name="protocol_choice", spoken=_("Go on under"))
        self._choice.setSizeAdjustPolicy(ChoiceField.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self._choice.activated.connect(self._on_chosen)
        self._date = DateField(self, name="protocol_date", spoken=_("From"))
        self._date.editingFinished.connect(self._day)
        row.addWidget(captioned(_("Go on under"), self._choice, self), 3)
        row.addWidget(captioned(_("From"), self._date, self))
        row.addStretch(2)
        self.column.addLayout(row)
        self._about = label("", self, kind="caption", tone="text_soft", name="protocol_about", wraps=True)
        self._stays = label("", self, kind="label", name="protocol_stays", wraps=True)
        self._fit = label("", self, kind="label", tone="text_soft", name="protocol_fit", wraps=True)
        for words in (self._about, self._stays, self._fit):
            self.column.addWidget(words)
        self._reason = named(QLineEdit(self), "protocol_reason", _("Reason"))
        self._reason.setPlaceholderText(_("a few words, if you wish"))
        line = QHBoxLayout()
        line.setSpacing(8)
        caption = label(_("Reason"), self, kind="label", tone="text_soft")
        caption.setBuddy(self._reason)
        line.addWidget(caption)
        line.addWidget(self._reason, 1)
        line.addLayout(self.add_buttons(_("Change protocol"), self))
        self.column.addLayout(line)
        self._error = FieldError(self, name="protocol_error")
        self.column.addWidget(self._error)

    def offer(self, protocols: Sequence[Protocol], reading: CourseReading, replacing: Collection[str] = ()) -> None:
        """Show the fields with these protocols, none of them chosen; what was set before Esc is still there.

        `replacing` are the keys of those that stand for one that came with the program.
        """
        self._replacing = frozenset(replacing)
        others = [each for each in protocols if each != reading.protocol]
        if self._course_id != reading.course.id or list(self._protocols) != others:
            self._course_id, self._protocols = reading.course.id, others
            self._choice.clear()
            self._choice.addItem(_("Choose a protocol"))
            for each in others:
                self._choice.addItem(_(each.name))
            self._date.show_day(reading.today)
            self._reason.clear()
            self._show_nothing()
        self._date.latest = reading.today
        self._error.show_error("")
        self.show()
        self._choice.setFocus()

    def protocol(self) -> Protocol | None:
        """Return the protocol chosen."""
        place = self._choice.currentIndex() - 1
        return self._protocols[place] if 0 <= place < len(self._protocols) else None

    def show_fit(self, phases: str, known: Sequence[Misfit]) -> None:
        """Say what the phases would be, that all stays, and what of it the protocol chosen has no place for."""
        protocol = self.protocol()
        if protocol is None:
            return
        self._about.setText(about_words(protocol, self._replacing))
        self._about.setVisible(bool(self._about.text()))
        self._stays.setText(_("The sessions agreed stay: {phases}. All that was recorded stays, too.").format(phases=phases))
        lines = [_("It has a place for all of it.")]
        if known:
            lines = [
                _("It has no place for what follows; that can still be read under “Recorded under another protocol”:"),
                *(f"· {each}" for each in counted(known)),
            ]
        self._fit.setText("\n".join(lines))
        for words in (self._stays, self._fit):
            words.show()

    def _show_nothing(self) -> None:
        for words in (self._about, self._stays, self._fit):
            words.clear()
            words.hide()

    def _on_chosen(self) -> None:
        self._error.show_error("")
        protocol = self.protocol()
        if protocol is None:
            self._show_nothing()
        else:
            self.chosen.emit(protocol)

    def _day(self) -> date | None:
        return asked_day(self._date, self._error, _("Say from when."))

    def on_keep(self) -> None:
        """Change to the protocol chosen."""
        protocol, day = self.protocol(), self._day()
        if day is None:
            return
        if protocol is None:
            self._error.show_error(_("Choose the protocol."))
            return
        reason = self._reason.text().strip()
        self.forget()
        self.changed.emit(protocol, day, reason)

    def forget(self) -> None:
        """Close, and be empty the next time."""
        self.close_editor()
        self._course_id, self._protocols = "", ()
        self._choice.clear()
        self._reason.clear()
        self._error.show_error("", self._date)
        self._show_nothing()
