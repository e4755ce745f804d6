"""Events of the client's life by chips, as an answer of a form; a new one is told here and joins the timeline."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget

from ipt_desktop.domain.event_words import dated_event
from ipt_desktop.domain.session_records import Event
from ipt_desktop.domain.text import _
from ui.forms.choices import NamedEditor
from ui.forms.editor import Choices, Setting
from ui.widgets.chips import AddChip
from ui.widgets.labels import label

if TYPE_CHECKING:
    from ipt_desktop.domain.form import Field
    from ui.forms.event_panel import EventPanel


class LifeEventsEditor(NamedEditor):
    """Those named are the answer. What is told of a new one is a record of the client, named at once.

    Where nobody takes events in (`Given.events`), they can only be chosen.
    """

    def __init__(self, asked: Field, parent: QWidget, setting: Setting) -> None:
        super().__init__(asked, parent, setting)
        self._setting = setting
        self._told = setting.given.events if setting.given is not None else None
        self._panel: EventPanel | None = None  # built when it is first opened
        words = _("No event has been told yet.")
        self._none = label(words, self, kind="label", tone="text_soft", name=self.name("none"), wraps=True)
        self.column.insertWidget(0, self._none)
        spoken = _("{label}: add an event to the timeline").format(label=_(asked.label))
        self._new = AddChip(_("Add an event"), self, name=self.name("new"), spoken=spoken)
        self._new.clicked.connect(self._on_new)
        self._new.setVisible(self._told is not None)
        self.column.addWidget(self._new, 0, Qt.AlignmentFlag.AlignLeft)
        self._show_whether_any()

    def offered(self, setting: Setting) -> Choices:
        """Return the events of the client's life."""
        return setting.life_events

    def add_words(self) -> tuple[str, str]:
        """Offer another event."""
        return _("Choose an event"), _("{label}: choose an event").format(label=_(self.asked.label))

    def set_read_only(self, is_read_only: bool) -> None:
        """Add nothing where nothing changes any more."""
        super().set_read_only(is_read_only)
        self._new.setVisible(self._told is not None and not is_read_only)
        if is_read_only:
            self._close()

    def keep(self) -> None:
        """Keep the event whose words are being typed."""
        if self._panel is not None and self._panel.isVisibleTo(self):
            self._panel.keep_anyway()

    def go_on(self, setting: Setting) -> None:
        """Serve another document: what was begun belongs to the one before, which kept it as it was left."""
        self._close()

    def forget(self) -> None:
        """Let go of every word."""
        super().forget()
        self._close()

    def _show_whether_any(self) -> None:
        self._none.setVisible(not self._known)
        self._row.setVisible(bool(self._known))

    def _on_new(self) -> None:
        if self._told is not None:
            self._open(self._told.fresh())

    def _open(self, event: Event) -> None:
        from ui.forms.event_panel import EventPanel

        if self._panel is None:
            is_whole = self._told is not None and self._told.is_whole
            self._panel = EventPanel(self, self._setting, name=self.name("panel"), is_whole=is_whole)
            self._panel.kept.connect(self._on_kept)
            self._panel.left.connect(self._on_left)
            self.column.insertWidget(self.column.indexOf(self._new), self._panel)
        self._new.hide()
        self._panel.show_event(event, is_new=True)

    def _on_kept(self, event: object) -> None:
        """Name it and put the fields away before it is kept: for another event the whole form is filled anew."""
        if not isinstance(event, Event) or self._told is None:
            return
        self._on_left()
        self._name(event)
        if not self._told.keep(event):
            self._named.remove(event.id)
            self._known.pop(event.id)
            self._redraw()
            self._show_whether_any()
            self.edited.emit()
            self._open(event)

    def _name(self, event: Event) -> None:
        self._known[event.id] = dated_event(event)
        self._named.append(event.id)
        self._redraw()
        self._show_whether_any()
        self.edited.emit()

    def _on_left(self) -> None:
        focused = QApplication.focusWidget()
        had_keyboard = self._panel is not None and focused is not None and self._panel.isAncestorOf(focused)
        self._close()
        if had_keyboard:
            self._new.setFocus(Qt.FocusReason.OtherFocusReason)

    def _close(self) -> None:
        if self._panel is not None:
            self._panel.forget()
            self._panel.hide()
        self._new.setVisible(self._told is not None and not self._is_read_only)
