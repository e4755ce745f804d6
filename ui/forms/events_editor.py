"""Events of a client's life in a small list: each is a record for the timeline, not an answer of a form."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any, Protocol

from PySide6.QtCore import Qt, SignalInstance
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ipt_desktop.domain.event_words import event_detail
from ipt_desktop.domain.form import Field
from ipt_desktop.domain.session_records import Event
from ipt_desktop.domain.text import _
from ui import theme
from ui.forms.editor import Editor, Setting
from ui.widgets.buttons import icon_button
from ui.widgets.chips import AddChip
from ui.widgets.labels import label


class EventsTold(Protocol):
    """The events of one session or of a client, and what can be done with them; `changed` says they are others now.

    Where `is_whole`, all of an event is asked, not only what is told in passing: its end and the mood then, too.
    """

    changed: SignalInstance
    is_whole: bool

    def events(self) -> Sequence[Event]:
        """Return them by their dates."""
        ...

    def born_on(self) -> date | None:
        """Return when the client was born, from which ages are counted; None where that is not known."""
        ...

    def fresh(self) -> Event:
        """Return a new event: of a session on its day, else of no day yet."""
        ...

    def keep(self, event: Event) -> bool:
        """Keep a new or changed event; False where that was refused."""
        ...

    def remove(self, event: Event) -> None:
        """Take an event out."""
        ...


class EventsEditor(Editor):
    """A small list; *Add an event* and the pencil of a line open the fields below it. Nothing of it is an answer."""

    def __init__(self, asked: Field, parent: QWidget, setting: Setting) -> None:
        super().__init__(asked, parent)
        self._told = setting.given.events if setting.given else None
        self._setting = setting
        self._names = dict(setting.people)
        self._events: dict[str, Event] = {}
        self._is_read_only = False
        self._lines = QVBoxLayout()
        self._lines.setSpacing(2)
        self._panel: Any = None  # built when it is first opened
        self._add = AddChip(_("Add an event"), self, name=self.name("add"), spoken=_("Add an event to the timeline"))
        self._add.clicked.connect(self._on_add)
        self.column.addLayout(self._lines)
        self.column.addWidget(self._add, 0, Qt.AlignmentFlag.AlignLeft)
        self.setFocusProxy(self._add)
        if self._told is not None:
            self._told.changed.connect(self._redraw)
            self._redraw()

    def first_height(self) -> int:
        """Return the height of a chip."""
        return theme.current().size("chip")

    def answer(self) -> None:
        """Return nothing: the events lie in a table of their own."""

    def show_answer(self, answer: Any) -> None:
        """Show nothing: what is shown are the events told."""

    def go_on(self, setting: Setting) -> None:
        """Show the events of another session."""
        self._close()
        self._redraw()

    def set_read_only(self, is_read_only: bool) -> None:
        """Show the events without letting anyone change them here."""
        if is_read_only == self._is_read_only:
            return
        self._is_read_only = is_read_only
        self._add.setVisible(not is_read_only)
        if is_read_only:
            self._close()
        self._redraw()

    def keep(self) -> None:
        """Keep the event whose words are being typed."""
        if self._panel is not None and self._panel.isVisibleTo(self):
            self._panel.keep_anyway()

    def forget(self) -> None:
        """Let go of every word."""
        self._told = None
        self._names = {}
        self._close()
        self._clear()

    def _redraw(self) -> None:
        self._clear()
        today = date.today()
        for event in self._told.events() if self._told else ():
            self._events[event.id] = event
            self._lines.addWidget(self._line(event, today))

    def _clear(self) -> None:
        self._events = {}
        while (item := self._lines.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()

    def _line(self, event: Event, today: date) -> QWidget:
        line = QWidget(self)
        line.setObjectName(self.name(f"line_{event.id}"))
        line.setAccessibleName(event.title)
        row = QHBoxLayout(line)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.current().space("s"))
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(label(event.title, line, name=self.name(f"title_{event.id}"), wraps=True))
        detail = event_detail(event, self._names, today)
        words.addWidget(label(detail, line, kind="caption", tone="text_soft", name=self.name(f"detail_{event.id}"), wraps=True))
        row.addLayout(words, 1)
        verbs = (
            ("pencil", "change", _("Change “{event}”"), self._on_change),
            ("x", "remove", _("Remove “{event}”"), self._on_remove),
        )
        for icon, verb, spoken, act in verbs if not self._is_read_only else ():
            button = icon_button(icon, line, name=self.name(f"{verb}_{event.id}"), spoken=spoken.format(event=event.title))
            button.setProperty("event", event.id)
            button.clicked.connect(act)
            row.addWidget(button, 0, Qt.AlignmentFlag.AlignTop)
        return line

    def _on_add(self) -> None:
        if self._told is not None:
            self._open(self._told.fresh())

    def _on_change(self) -> None:
        self._open(self._events[str(self.sender().property("event"))])

    def _on_remove(self) -> None:
        event = self._events[str(self.sender().property("event"))]
        if self._panel is not None and self._panel.event_id == event.id:
            self._close()
        self._add.setFocus(Qt.FocusReason.OtherFocusReason)
        if self._told is not None:
            self._told.remove(event)

    def _open(self, event: Event) -> None:
        from ui.forms.event_panel import EventPanel

        if self._told is None:
            return
        self.keep()
        if self._panel is None:
            self._panel = EventPanel(self, self._setting, name=self.name("panel"), is_whole=self._told.is_whole)
            self._panel.kept.connect(self._on_kept)
            self._panel.left.connect(self._on_left)
            self.column.insertWidget(self.column.indexOf(self._add), self._panel)
        self._add.hide()
        self._panel.show_event(event, self._told.born_on(), is_new=event.id not in self._events)

    def _on_kept(self, event: object) -> None:
        if isinstance(event, Event) and self._told is not None and self._told.keep(event):
            self._on_left()

    def _on_left(self) -> None:
        had_focus = self._panel is not None and self._panel.has_focus()
        self._close()
        if had_focus:
            self._add.setFocus(Qt.FocusReason.OtherFocusReason)

    def _close(self) -> None:
        if self._panel is not None:
            self._panel.forget()
            self._panel.hide()
        self._add.setVisible(not self._is_read_only)
