"""The head of a note: which session it is, when and how it was held, and the form the note takes."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeySequence, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ipt_desktop.domain.course import WITHOUT_CLIENT
from ipt_desktop.domain.form import Form
from ipt_desktop.domain.records import Session, SessionKind
from ipt_desktop.domain.session_words import attended_words, mode_words, time_words, times_words, title_of
from ipt_desktop.domain.text import _
from ui import theme
from ui.forms.form_view import LABEL_COLUMN, WIDEST_FIELD
from ui.sessions.facts_scroller import FactsScroller
from ui.sessions.session_facts import SessionFacts
from ui.sessions.session_words import day_of
from ui.widgets.buttons import Button, icon_button, link
from ui.widgets.choice_field import ChoiceField
from ui.widgets.labels import ElidedLabel, label

ROOM_FOR_KEY = 640
LEAST_FORM, WIDEST_FORM = 140, 220


class SessionHead(QWidget):
    """Title and one line of facts; *Change* unfolds their fields. `form_chosen` carries a form's key.

    `list_asked`, `last_time_asked`: the buttons that stand here while a column is folded. `private_asked`: the private page;
    its button is the same for every note, whether or not anything is written there. `focus_asked`: focus mode.
    `measures_asked`: where the measures of the session stand.
    """

    session_changed = Signal(object)
    list_asked = Signal()
    last_time_asked = Signal()
    private_asked = Signal()
    focus_asked = Signal()
    measures_asked = Signal()
    form_chosen = Signal(str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("session_head")
        look = theme.current()
        self._fit_width()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, look.space("m"), 0, 0)
        column.setSpacing(look.space("xs"))
        row = QHBoxLayout()
        row.setSpacing(look.space("s"))
        self._list = icon_button("list", self, name="unfold_session_list", spoken=_("List of sessions (F6)"))
        self._list.clicked.connect(self.list_asked)
        row.addWidget(self._list)
        words = QVBoxLayout()
        words.setSpacing(0)
        self.title = label("", self, kind="heading", name="session_title", wraps=True)
        self.line = label("", self, kind="label", tone="text_soft", name="session_line", wraps=True)
        words.addWidget(self.title)
        words.addWidget(self.line)
        row.addLayout(words, 1)
        self._change = Button(
            _("Change"), self, kind="link", name="session_change", role="accent_text",
            spoken=_("Change kind, date, times, how it is held, who attends or attendance"),
        )  # fmt: skip
        self._change.setCheckable(True)
        self._change.setProperty("is_bare", True)
        self._change.toggled.connect(self._on_change_toggled)
        row.addWidget(self._change)
        self._private = link(_("Private"), self, name="session_private", icon="notebook", spoken=_("Private page"))
        self._private.setToolTip(_("Private page (Ctrl+Shift+P)"))
        self._has_key = True
        self._private.clicked.connect(self.private_asked)
        row.addWidget(self._private)
        self._last_time = icon_button("history", self, name="unfold_last_time", spoken=_("Last time (F4)"))
        self._last_time.clicked.connect(self.last_time_asked)
        row.addWidget(self._last_time)
        self._focus = icon_button("maximize-2", self, name="session_focus", spoken=_("Focus mode"))
        self._focus.clicked.connect(self.focus_asked)
        row.addWidget(self._focus)
        self.forms = ChoiceField(self, name="session_form", spoken=_("Form of the note"))
        self.forms.setSizeAdjustPolicy(ChoiceField.SizeAdjustPolicy.AdjustToContents)
        self.forms.setMinimumWidth(theme.current().px(LEAST_FORM))  # a long title gives way
        self.forms.setMaximumWidth(theme.current().px(WIDEST_FORM))
        self.forms.activated.connect(self._on_form_activated)
        row.addWidget(self.forms)
        column.addLayout(row)
        column.addWidget(self._make_measures())
        self._is_in_room = self._is_signed = self._is_tight = False
        self._people: Sequence[tuple[str, str]] = ()
        self._session: Session | None = None
        self._scroller = FactsScroller(self)
        column.addWidget(self._scroller)
        self.facts = self._make_facts()
        self._scroller.hide()

    def _make_measures(self) -> QWidget:
        self._measures = QWidget(self)
        self._measures.setObjectName("session_measures")
        row = QHBoxLayout(self._measures)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.current().space("s"))
        self._scores = ElidedLabel("", self._measures)
        self._scores.setObjectName("session_scores")
        self._scores.setProperty("kind", "label")
        self._scores.setProperty("tone", "text_soft")
        row.addWidget(self._scores)
        way = link(_("Progress"), self._measures, name="session_to_progress", spoken=_("Go to the measures under Progress"))
        way.setProperty("is_small", True)
        way.clicked.connect(self.measures_asked)
        row.addWidget(way)
        row.addStretch(1)
        self._measures.hide()
        return self._measures

    def show_measures(self, words: str) -> None:
        """Show what the measures of the session came to; not in the room, and nothing where none was given."""
        self._scores.setText(words)
        self._show_measures()

    def _show_measures(self) -> None:
        self._measures.setVisible(bool(self._scores.text()) and not self._is_in_room)

    def _fit_width(self) -> None:
        look = theme.current()
        self.setMaximumWidth(look.px(LABEL_COLUMN) + max(WIDEST_FIELD, look.px(WIDEST_FIELD)))

    def _make_facts(self) -> SessionFacts:
        made = SessionFacts(self._scroller)
        made.changed.connect(self.session_changed)
        self._scroller.hold(made)
        return made

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Name the key of the private page in the room, where there is room for it."""
        super().resizeEvent(event)
        self._name_key()

    def make_room(self, is_wanted: bool, *, is_tight: bool = False) -> None:
        """Do without the private page's key and the button of focus mode, which has one, while a page is beside the note.

        Where `is_tight`, do without *Change*, too, which the menu has.
        """
        self._has_key = not is_wanted
        self._focus.setVisible(not is_wanted)
        self._is_tight = is_tight
        self._show_change()
        self._name_key()
        for each in (self, self.parentWidget()):
            if each is not None and (layout := each.layout()) is not None:
                layout.activate()  # so that whoever asks next is told the width without it

    def name_focus_key(self, key: str) -> None:
        """Tell the key of focus mode, where its button is pointed at."""
        words = _("Focus mode ({key})").format(key=key) if key else _("Focus mode")
        self._focus.setToolTip(words)
        self._focus.setAccessibleName(words)

    def _name_key(self) -> None:
        is_roomy = self._has_key and self._is_in_room and self.width() >= theme.current().px(ROOM_FOR_KEY)
        key = QKeySequence("Ctrl+Shift+P").toString(QKeySequence.SequenceFormat.NativeText)
        self._private.setText(f"{_('Private')}  {key}" if is_roomy else _("Private"))

    def grow(self) -> None:
        """Set the fields anew for another text size."""
        self._fit_width()
        self.facts = self._make_facts()  # the scroller lets go of those before
        self.facts.attending.offer(self._people)
        self.facts.show_session(self._session)

    def offer_forms(self, forms: Sequence[Form], present: Form) -> None:
        """Offer these forms for the note; the present one is shown even where it is no longer offered."""
        offered = [*forms, *(() if any(each.key == present.key for each in forms) else (present,))]
        self.forms.clear()
        for form in offered:
            self.forms.addItem(_(form.title), form.key)
        self.forms.setCurrentIndex(self.forms.findData(present.key))

    def show_room(self, is_on: bool) -> None:
        """Say in the room which session it is, when and how it is held; the rest comes afterwards."""
        self._is_in_room = is_on
        self._show_change()
        self.forms.setVisible(not is_on)
        self._show_measures()
        self._name_key()

    def offer_people(self, people: Sequence[tuple[str, str]]) -> None:
        """Offer the client's people (id, name), who may attend."""
        self._people = people
        self.facts.attending.offer(people)

    def show_session(self, session: Session, number: int | None, today: date, marks: Sequence[str] = ()) -> None:
        """Show a session: the n-th that counts, or one that was not held; `marks` say more of its note ("late entry").

        How many are planned stands in the strip.
        """
        self._session = session
        self.title.setText(title_of(session, number))
        self.line.setText(" · ".join([*self._facts_of(session, today), *marks]))
        self.facts.show_session(session)

    def _facts_of(self, session: Session, today: date) -> list[str]:
        times = time_words(session.starts_at) if self._is_in_room else times_words(session)
        day = day_of(session.date, today, has_weekday=True) + (f", {times}" if times else "")
        if session.kind is SessionKind.LETTER:
            return [day]
        how = [day, mode_words()[session.mode].lower()]
        is_lean = self._is_in_room or session.kind in WITHOUT_CLIENT
        return how if is_lean else [*how, attended_words(session.attendance)]

    def show_folded(self, *, is_list_folded: bool, is_last_time_folded: bool) -> None:
        """Stand in for the columns that are folded."""
        self._list.setVisible(is_list_folded)
        self._last_time.setVisible(is_last_time_folded)

    @property
    def is_unfolded(self) -> bool:
        """Whether the fields of the session are shown."""
        return self._change.isChecked()

    def unfold_facts(self, is_unfolded: bool = True) -> None:
        """Show or fold the fields of the session."""
        self._change.setChecked(is_unfolded)

    def lock(self, is_signed: bool) -> None:
        """Let nothing be changed in the form and the facts of a note that is signed."""
        for part in (self.forms, self.facts):
            part.setEnabled(not is_signed)
        self._is_signed = is_signed
        if is_signed:
            self.unfold_facts(False)
        self._show_change()

    def forget(self) -> None:
        """Let go of every word."""
        self._session = None
        self.offer_people(())
        self.title.setText("")
        self.line.setText("")
        self.show_measures("")
        self.facts.show_session(None)
        self.unfold_facts(False)

    def _show_change(self) -> None:
        """Offer *Change* where something can be changed and there is room; what is unfolded can always be folded."""
        is_offered = not (self._is_in_room or self._is_signed or self._is_tight)
        self._change.setVisible(is_offered or self.is_unfolded)

    def _on_change_toggled(self, is_unfolded: bool) -> None:
        self._scroller.setVisible(is_unfolded)
        self._show_change()
        self._change.setText(_("Hide") if is_unfolded else _("Change"))

    def _on_form_activated(self) -> None:
        self.form_chosen.emit(str(self.forms.currentData()))
