"""The page *History*: the versions of one document on a time line, what each changed, and the way back to any of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from ipt_desktop.domain.errors import PracticeError
from ipt_desktop.domain.text import _
from ipt_desktop.services.history import Version, differences
from ui import theme
from ui.history.commands import RestoreVersion
from ui.history.timeline import Timeline
from ui.history.version_view import VersionView
from ui.history.words import as_text, confidential, is_changed, kind_words, when_words
from ui.widgets.buttons import link, primary
from ui.widgets.empty_state import EmptyState
from ui.widgets.inline_bar import InlineBar
from ui.widgets.labels import label
from ui.widgets.segmented import Segmented

if TYPE_CHECKING:
    from ipt_desktop.services.changes import Changed
    from ipt_desktop.services.desk import Desk
    from ui.page import Frame

TIMELINE = 216
BEFORE, PRESENT = "before", "present"


class HistoryPage(QWidget):
    """`left` when the therapist goes back to the document. It is shown anew when the document changes elsewhere."""

    left = Signal()

    def __init__(self, desk: Desk, frame: Frame, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("history_page")
        self.setAccessibleName(_("History"))
        self.setProperty("role", "paper")
        self._desk, self._frame = desk, frame
        self._document_id = self._title_words = ""
        self._versions: list[Version] = []
        self._chosen = ""
        self._is_signed = False
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._make_head())
        self.bar = InlineBar(self, name="history_bar")
        column.addWidget(self.bar)
        self._stack = QStackedWidget(self)
        self._stack.setObjectName("history_stack")
        self._stack.addWidget(self._make_body())
        nothing = _("As soon as something is written here, each sitting at it makes a version, and all of them stay.")
        self._empty = EmptyState(_("No version yet"), nothing, self._stack, name="history_empty", icon="history")
        self._stack.addWidget(self._empty)
        column.addWidget(self._stack, 1)
        column.addWidget(self._make_foot())
        self.timeline.version_chosen.connect(self._on_version_chosen)
        self.against.chosen.connect(self._on_against_chosen)
        frame.changes.changed.connect(self._on_changed)

    def _make_head(self) -> QWidget:
        head = QWidget(self)
        row = QHBoxLayout(head)
        row.setContentsMargins(16, 12, 20, 8)
        row.setSpacing(theme.current().space("m"))
        self._back = link(_("Back to the note"), head, name="history_back", icon="arrow-left")
        self._back.setToolTip(_("Back to the note (Esc)"))
        self._back.clicked.connect(self.left)
        self._title = label(_("History"), head, kind="heading", name="history_title")
        row.addWidget(self._title)
        row.addStretch(1)
        row.addWidget(self._back)
        return head

    def _make_body(self) -> QWidget:
        body = QWidget(self._stack)
        row = QHBoxLayout(body)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        self.timeline = Timeline(body)
        self.timeline.setFixedWidth(theme.current().px(TIMELINE))
        row.addWidget(self.timeline)
        right = QVBoxLayout()
        right.setSpacing(0)
        line = QHBoxLayout()
        line.setContentsMargins(20, 8, 20, 0)
        line.setSpacing(theme.current().space("s"))
        options = [(BEFORE, _("The version before")), (PRESENT, _("The present one"))]
        line.addWidget(label(_("Compared with"), body, kind="label", tone="text_soft", name="history_against_label"))
        self.against = Segmented(options, body, name="history_against", spoken=_("Compared with"))
        self.against.choose(BEFORE)
        line.addWidget(self.against)
        line.addStretch(1)
        right.addLayout(line)
        self.version = VersionView(body)
        right.addWidget(self.version, 1)
        row.addLayout(right, 1)
        return body

    def _make_foot(self) -> QWidget:
        self._foot = QFrame(self)
        self._foot.setObjectName("history_foot")
        self._foot.setProperty("role", "foot")
        row = QHBoxLayout(self._foot)
        row.setContentsMargins(20, 8, 20, 8)
        row.setSpacing(theme.current().space("m"))
        self._why = label("", self._foot, kind="label", tone="text_soft", name="history_why", wraps=True)
        self.copy = link(_("Copy the text"), self._foot, name="history_copy", icon="copy")
        self.copy.clicked.connect(self._on_copy)
        self.restore = primary(_("Restore this version"), self._foot, name="history_restore", icon="rotate-ccw")
        self.restore.clicked.connect(self.restore_chosen)
        row.addWidget(self._why, 1)
        row.addWidget(self.copy)
        row.addWidget(self.restore)
        return self._foot

    # -- what it shows ---------------------------------------------------------------------------------------------

    @property
    def document_id(self) -> str:
        """The document whose history is shown, or ""."""
        return self._document_id

    def show_document(self, document_id: str, title: str, back: str = "") -> None:
        """Show the history of a document: `title` names it, without a client's name; `back` is where *Back* leads, in words."""
        is_another = document_id != self._document_id
        self._document_id, self._title_words = document_id, title
        if back:
            self._back.setText(back)
            self._back.setAccessibleName(back)
        if is_another:
            self.bar.clear()
            self._chosen = ""
            self.against.choose(BEFORE)
        self._read()

    def _read(self) -> None:
        self._title.setText(_("History: {what}").format(what=self._title_words) if self._title_words else _("History"))
        self._is_signed = self._desk.history.is_signed(self._document_id)
        self._versions = self._desk.history.versions(self._document_id)
        if not any(each.id == self._chosen for each in self._versions):
            self._chosen = self._versions[0].id if self._versions else ""
        self._stack.setCurrentIndex(0 if self._versions else 1)
        self._foot.setVisible(bool(self._versions))
        self.timeline.show_versions(self._versions, self._chosen)
        self._show_chosen()

    def chosen(self) -> Version | None:
        """Return the version that is looked at."""
        return next((each for each in self._versions if each.id == self._chosen), None)

    def _show_chosen(self) -> None:
        version = self.chosen()
        if version is None:
            self.version.forget()
            return
        against = self._compared_with(version)
        told = differences(version, against)
        self.version.show_fields(told, self._about(version, against, has_changes=is_changed(told)))
        self._show_verbs(version)

    def _compared_with(self, version: Version) -> Version | None:
        if self.against.choice() == PRESENT:
            return next((each for each in self._versions if each.is_present), version)
        place = self._versions.index(version)
        return next((each for each in self._versions[place + 1 :] if not each.is_rescue), None)

    def _about(self, version: Version, against: Version | None, *, has_changes: bool) -> str:
        """Say which version it is and what its marks mean."""
        when = when_words(version)
        kind = kind_words(version)
        first = f"{when} · {kind.lower()}" if kind else when
        if against is None:
            return _("{version}. It is the first one.").format(version=first)
        if against is version:
            return _("{version}.").format(version=first)
        if not has_changes:
            same = _("{version}. No word differs from those of {other}.")
            return same.format(version=first, other=self._other_words())
        marks = _("{version}. Underlined: not in {other}. Struck through: only there.")
        return marks.format(version=first, other=self._other_words())

    def _other_words(self) -> str:
        return _("the present version") if self.against.choice() == PRESENT else _("the version before")

    def _show_verbs(self, version: Version) -> None:
        can_restore = not version.is_present and not self._is_signed and not self._desk.is_read_only
        why = ""
        if self._is_signed:
            why = _("Signed: the note can’t change. An addendum says what has to be added.")
        elif version.is_rescue:
            why = _("Kept beside the page: it had been changed in another place, or these words come from a rescue copy.")
        elif version.is_present:
            why = _("This is what the page shows now.")
        self._why.setText(why)
        self.restore.setVisible(can_restore)

    # -- verbs -----------------------------------------------------------------------------------------------------

    def restore_chosen(self) -> None:
        """Make the version looked at the present one, as a new version."""
        version = self.chosen()
        if version is None or version.is_present:
            return
        verb = RestoreVersion(self._desk.history, self._document_id, version.id, self._refused)
        self._frame.undo_stack().push(verb)
        if verb.is_done:
            self._chosen = ""
            self._read()
            words = _("The version of {when} is the present one again").format(when=when_words(version))
            undo = ("history_undo", _("Undo"), self._on_undo)
            self.bar.say(words, _("It was made a new version; nothing was overwritten."), actions=(undo,))

    def _on_undo(self) -> None:
        self.bar.clear()
        self._frame.undo_stack().undo()
        self._chosen = ""
        self._read()

    def _refused(self, reason: str) -> None:
        self.bar.say(_("Not done"), reason, tone="caution")

    def _on_copy(self) -> None:
        if (version := self.chosen()) is not None:
            QGuiApplication.clipboard().setText(as_text(version))
            left_out = _("What is confidential in it was left out.") if confidential(version) else ""
            self.bar.say(_("The text of this version was copied"), left_out)

    def _on_version_chosen(self, version_id: str) -> None:
        self._chosen = version_id
        self._show_chosen()

    def _on_against_chosen(self, _key: object) -> None:
        self._show_chosen()

    def _on_changed(self, change: Changed) -> None:
        if self._document_id and self.isVisible() and self._document_id in change.kinds.get("document", ()):
            try:
                self._read()
            except PracticeError as error:
                self._refused(str(error))

    def forget(self) -> None:
        """Let go of every word."""
        self._document_id = self._title_words = self._chosen = ""
        self._versions = []
        self.bar.clear()
        self.timeline.show_versions((), "")
        self.version.forget()
        self._title.setText(_("History"))
        self._why.setText("")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go back on Esc."""
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        """Set the words anew for another theme or text size, once the style sheet has been through."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.StyleChange and hasattr(self, "version"):
            QTimer.singleShot(0, self, self._grow)

    def _grow(self) -> None:
        self.timeline.setFixedWidth(theme.current().px(TIMELINE))
        self.version.show_again()
