"""What focus mode shows: one column of text in large type, a line above it and a line below."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QResizeEvent, QShortcut, QShowEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from ipt_desktop.domain.text import _
from ui import theme
from ui.focus.clock import Held, SessionClock
from ui.focus.leading import families_with_lines
from ui.forms.editors import ProseEditor
from ui.widgets.buttons import Button
from ui.widgets.labels import label
from ui.widgets.save_state import SaveState

SIDE = 28
COLUMN, COLUMN_NARROW, NARROW = 700, 620, 1200
STYLE = "focus_mode"
SHEET = (
    "QTextEdit, QTextEdit:focus {{ border: none; padding: 0; background: transparent; "
    "font-size: {px}px; font-family: {families}; }}"
)


@dataclass(frozen=True, slots=True)
class FocusFacts:
    """What the upper line says: initials, which session it is, and its clock while it is held."""

    initials: str = ""
    session: str = ""
    held: Held | None = None


class FocusPage(QWidget):
    """Borrows the very editor that stands in the form, so that its text, cursor, undo and saving go on.

    `left` on Esc; `moved` carries how many fields to go on; `private_asked`, `cover_asked`: the words at the lower right.
    """

    left = Signal()
    moved = Signal(int)
    private_asked = Signal()
    cover_asked = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("focus_page")
        self.setAccessibleName(_("Focus mode"))
        self.setProperty("role", "paper")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.editor: ProseEditor | None = None
        self._has_lent = False
        self._place_in_form = 0
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(self._make_top())
        self.above = QVBoxLayout()
        column.addLayout(self.above)
        self._bar_place = QVBoxLayout()
        self._bar_place.setContentsMargins(SIDE, 0, SIDE, 0)
        column.addLayout(self._bar_place)
        self._bar: tuple[QWidget, QWidget | None] | None = None
        self._notice: tuple[QWidget, int] | None = None
        self._text = QVBoxLayout()
        self._text.setContentsMargins(0, theme.current().space("xxl"), 0, theme.current().space("s"))
        column.addLayout(self._text, 1)
        self._notice_place = QVBoxLayout()
        self._notice_place.setContentsMargins(SIDE, 0, SIDE, theme.current().space("s"))
        column.addLayout(self._notice_place)
        column.addLayout(self._make_foot())
        for keys, steps in (("Ctrl+Down", 1), ("Ctrl+PgDown", 1), ("Ctrl+Up", -1), ("Ctrl+PgUp", -1)):
            shortcut = self.hear(QKeySequence(keys))
            shortcut.activated.connect(self._on_next if steps > 0 else self._on_previous)

    def _make_top(self) -> QGridLayout:
        row = QGridLayout()
        row.setContentsMargins(SIDE, 14, SIDE, 0)
        row.setHorizontalSpacing(theme.current().space("l"))
        self._initials = label("", self, kind="strong", name="focus_initials")
        self._session = label("", self, kind="body", tone="text_soft", name="focus_session")
        self.clock = SessionClock(self, name="focus_clock")
        self.save_state = SaveState(self, name="focus_save_state")
        leave = Button(_("Esc  back to the form"), self, kind="quiet", name="focus_leave", spoken=_("Back to the form (Esc)"))
        leave.clicked.connect(self.left)
        who, kept = QHBoxLayout(), QHBoxLayout()
        who.setSpacing(theme.current().space("s"))
        kept.setSpacing(theme.current().space("m"))
        who.addWidget(self._initials)
        who.addWidget(self._session)
        who.addStretch(1)
        kept.addStretch(1)
        kept.addWidget(self.save_state)
        kept.addWidget(leave)
        row.addLayout(who, 0, 0)
        row.addWidget(self.clock, 0, 1)
        row.addLayout(kept, 0, 2)
        row.setColumnStretch(0, 1)
        row.setColumnStretch(2, 1)
        return row

    def _make_foot(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setContentsMargins(SIDE, 0, SIDE, 14)
        row.setSpacing(theme.current().space("m"))
        self.field: QLabel = label("", self, kind="label", tone="text_soft", name="focus_field")
        self._private = Button(_("Private"), self, kind="link", name="focus_private", icon="notebook", role="accent_text")
        self._cover = Button(_("Cover"), self, kind="quiet", name="focus_cover")
        self._private.clicked.connect(self.private_asked)
        self._cover.clicked.connect(self.cover_asked)
        row.addWidget(self.field, 1)
        row.addWidget(self._private)
        row.addWidget(self._cover)
        return row

    # -- what it shows ---------------------------------------------------------------------------------------------

    def show_facts(self, facts: FocusFacts) -> None:
        """Say whose session it is, in initials, and show its clock."""
        self._initials.setText(facts.initials)
        self._session.setText(facts.session)
        self.clock.show_held(facts.held)

    def show_save_state(self, state: str, at: datetime | None, failure: str) -> None:
        """Say what became of what was typed."""
        self.save_state.show_state(state, at, failure)

    def name_keys(self, *, private: QKeySequence, cover: QKeySequence) -> None:
        """Name the keys beside the words at the lower right."""
        native = QKeySequence.SequenceFormat.NativeText
        for button, words, keys in ((self._private, _("Private"), private), (self._cover, _("Cover"), cover)):
            button.setText(f"{words}  {keys.toString(native)}".rstrip())
            button.setAccessibleName(words)

    def hear(self, keys: QKeySequence) -> QShortcut:
        """Return a key that is heard here, where no menu hears it."""
        shortcut = QShortcut(keys, self)
        shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        return shortcut

    # -- what it borrows -------------------------------------------------------------------------------------------

    def lend(self, editor: ProseEditor) -> None:
        """Take a field's text out of the form, in large type; the one before goes back first."""
        self.give_back()
        self.editor, self._has_lent = editor, True
        prose = editor.prose
        self._place_in_form = editor.column.indexOf(prose)
        self._lend_notice(editor)
        self._text.addWidget(prose)
        self._name_field()
        editor.edited.connect(self._name_field)
        prose.verticalScrollBar().rangeChanged.connect(self._centre)
        self._dress()
        prose.show()
        self.setFocusProxy(prose)
        prose.setFocus(Qt.FocusReason.OtherFocusReason)
        QTimer.singleShot(0, self, self._show_cursor)  # once it has its width

    def _lend_notice(self, editor: ProseEditor) -> None:
        """Take along what is said about the text: what was refused there must not be said out of sight."""
        editor.prose.be_used()
        notice = editor.findChild(QWidget, editor.name("notice"))
        if notice is not None:
            self._notice = notice, editor.column.indexOf(notice)
            self._notice_place.addWidget(notice)

    def _name_field(self) -> None:
        """Name the field, and where its words come from if nobody has edited them yet."""
        if self.editor is None:
            return
        asked, mark = self.editor.asked, self.editor.findChild(QLabel, self.editor.name("brought_forward"))
        words = [_(asked.label), *([_("not part of the record")] if asked.is_off_record else [])]
        self.field.setText(" · ".join([*words, *([mark.text()] if mark is not None and mark.text() else [])]))

    def borrow_bar(self, bar: QWidget) -> None:
        """Take the bar that finds in the note along; `forget` puts it back."""
        self._bar = bar, bar.parentWidget()
        self._bar_place.addWidget(bar)

    def _return_bar(self) -> None:
        bar, self._bar = self._bar, None
        if bar is not None and bar[1] is not None and isinstance(row := bar[1].layout(), QHBoxLayout):
            row.insertWidget(1, bar[0], 1000)

    def give_back(self) -> None:
        """Put the text where it was in the form."""
        editor, self.editor = self.editor, None
        self.setFocusProxy(None)  # type: ignore[arg-type]
        self.field.setText("")
        if editor is not None:
            editor.prose.verticalScrollBar().rangeChanged.disconnect(self._centre)
            self._text.removeWidget(editor.prose)
            editor.edited.disconnect(self._name_field)
            editor.column.insertWidget(self._place_in_form, editor.prose)
            if self._notice is not None:
                editor.column.insertWidget(self._notice[1], self._notice[0])
                self._notice = None
            editor.prose.fit_form()
            editor.prose.show()
            editor.setFocusProxy(editor.prose)

    def forget(self) -> None:
        """Let go of every word."""
        self.give_back()
        self._return_bar()
        self.show_facts(FocusFacts())

    # -- how it looks ----------------------------------------------------------------------------------------------

    def _dress(self) -> None:
        """Set the text in the type of focus mode: the font changes, no block of the text does."""
        if self.editor is None:
            return
        prose = self.editor.prose
        families = ", ".join(f'"{each}"' for each in families_with_lines(STYLE, prose.line_percent))
        prose.fill_page(SHEET.format(px=theme.current().font(STYLE).pixelSize(), families=families))
        self._centre()

    def _centre(self) -> None:
        """Keep the column in the middle; the wheel and the scroll bar belong to all of the page, and don't move it."""
        if self.editor is not None:
            look = theme.current()
            wanted = look.px(COLUMN_NARROW if self.width() < NARROW or look.is_large else COLUMN)
            room = self.width() - 2 * SIDE
            side = (self.width() - min(wanted, room)) // 2
            bar = look.size("scroll") if self.editor.prose.verticalScrollBar().maximum() else 0
            self.editor.prose.setViewportMargins(side, 0, side - bar, 0)
            self._notice_place.setContentsMargins(side, 0, side, look.space("s"))

    def _show_cursor(self) -> None:
        if self.editor is not None:
            self.editor.prose.ensureCursorVisible()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the column in the middle of a window that is drawn larger or smaller."""
        super().resizeEvent(event)
        self._centre()

    def showEvent(self, event: QShowEvent) -> None:
        """Go back where the text went away behind the cover, and did not come again."""
        super().showEvent(event)
        if self._is_bare:
            QTimer.singleShot(0, self, self._on_bare)

    def _on_bare(self) -> None:
        if self._is_bare:
            self.left.emit()

    @property
    def _is_bare(self) -> bool:
        return self._has_lent and self.editor is None

    def changeEvent(self, event: QEvent) -> None:
        """Take another text size."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.StyleChange and hasattr(self, "_text"):
            QTimer.singleShot(0, self, self._dress)  # once the style sheet has been through

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go back to the form on Esc, unless the text has used it."""
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def _on_next(self) -> None:
        self.moved.emit(1)

    def _on_previous(self) -> None:
        self.moved.emit(-1)
