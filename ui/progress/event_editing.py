"""Adding and changing what happened, below the timeline; every step can be undone."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ipt_desktop.domain.session_records import Event
from ipt_desktop.domain.text import _
from ipt_desktop.domain.told_apart import told_apart
from ui.forms.editor import Setting
from ui.forms.event_panel import EventPanel
from ui.phases.illness.life_events import LifeEvents
from ui.phases.parting import let_go, part_with
from ui.verb import Told
from ui.widgets.buttons import link
from ui.widgets.chips import ChipRow
from ui.widgets.labels import HintLabel

if TYPE_CHECKING:
    from ipt_desktop.services.desk import Desk
    from ui.page import Frame


class EventEditing(QWidget):
    """The fields of one event, made anew for each. `left` once they are done with; `person_asked` carries a person's id."""

    left = Signal()
    person_asked = Signal(str)

    def __init__(self, desk: Desk, frame: Frame, refused: Told, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("timeline_editing")
        self._desk = desk
        self.life = LifeEvents(desk, frame, refused, self)
        self._client_id = ""
        self._panel: EventPanel | None = None
        self._parting: list[QWidget] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(4)
        self._remove = link(_("Remove this event"), self, name="timeline_event_remove", icon="trash-2")
        self._remove.clicked.connect(self._on_remove)
        self._column.addWidget(self._remove, 0, Qt.AlignmentFlag.AlignLeft)
        self._whom = QVBoxLayout()
        self._column.addLayout(self._whom)
        no_place = _("Without a date of birth an age has no place on the line. Add the year beside it, like “age 14, 1998”.")
        self._hint = HintLabel(no_place, self, name="timeline_event_no_birth")
        self._column.addWidget(self._hint)
        self.hide()

    @property
    def event_id(self) -> str:
        """The id of the event in the fields, or ""."""
        return self._panel.event_id if self._panel is not None else ""

    def belong_to(self, client_id: str) -> None:
        """Belong to a client; "" to none."""
        if client_id != self._client_id:
            self.close_fields()
            self._client_id = client_id
            self.life.belong_to(client_id)

    def add(self) -> None:
        """Open the fields of a new event."""
        self._open(self.life.fresh(), is_new=True)

    def change(self, event_id: str) -> bool:
        """Open the fields of an event; False where it is no more."""
        event = self._event(event_id)
        if event is not None:
            self._open(event, is_new=False)
        return event is not None

    def remove(self, event_id: str) -> None:
        """Take an event out."""
        event = self._event(event_id)
        if event is None:
            return
        if self.event_id == event_id:
            self.close_fields()
        self.life.remove(event)

    def keep(self) -> None:
        """Keep what is typed: it is being left."""
        if self._panel is not None:
            self._panel.keep_anyway()

    def close_fields(self) -> None:
        """Let the fields go with every word in them."""
        if self._panel is not None:
            self._panel.forget()
            part_with(self._panel)
            self._parting, self._panel = [self._panel], None  # it may be the sender of what led here
            self._parting += let_go(self._whom)
        self.hide()

    def _event(self, event_id: str) -> Event | None:
        return next((each for each in self.life.events() if each.id == event_id), None)

    def _open(self, event: Event, *, is_new: bool) -> None:
        self.keep()
        self.close_fields()
        people = list(told_apart(self._desk.circles.people(self._client_id)).items())
        self._panel = EventPanel(self, Setting(people=people), name="timeline_event", is_whole=True)
        self._panel.kept.connect(self._on_kept)
        self._panel.left.connect(self._on_left)
        self._column.insertWidget(0, self._panel)
        self._remove.setVisible(not is_new)
        self._show_whom([(each, dict(people)[each]) for each in event.person_ids if each in dict(people)])
        born_on = self.life.born_on()
        self._hint.setVisible(born_on is None)
        self.show()
        self._panel.show_event(event, born_on, is_new=is_new)

    def _show_whom(self, people: list[tuple[str, str]]) -> None:
        """Show the ways to the people of the event as it is kept."""
        self._parting += let_go(self._whom)
        if not people:
            return
        row = ChipRow(self, name="timeline_event_people", spoken=_("The people of this event"))
        for number, (person_id, name) in enumerate(people):
            words = _("Show {name}").format(name=name)
            button = link(words, row, name=f"timeline_event_person_{number}", icon="user")
            button.clicked.connect(partial(self.person_asked.emit, person_id))
            row.add(button)
        self._whom.addWidget(row)
        row.show()

    def _on_kept(self, event: object) -> None:
        if isinstance(event, Event) and self.life.keep(event):
            self._on_left()

    def _on_left(self) -> None:
        self.close_fields()
        self.left.emit()

    def _on_remove(self) -> None:
        self.remove(self.event_id)
        self.left.emit()
