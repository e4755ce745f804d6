"""Between-session tasks that wait to be asked about, in one line: whose, and what was agreed. Absent where there is none."""

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtCore import QEvent, QSize, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from ipt_desktop.domain.records import Client
from ipt_desktop.domain.session_records import Step
from ipt_desktop.domain.text import _, ngettext
from ui.widgets.buttons import Button, link
from ui.widgets.labels import label
from ui.widgets.naming import named

MOST_TASKS, MOST_LETTERS, GAP = 3, 28, 4

Task = tuple[str, str, Step]  # client's id, course's id, what was agreed


class TaskLine(QWidget):
    """Who has a task to be asked about, the earliest first; `asked` (client, course) leads to the tasks of one.

    As many stand there as one line has room for, the others are counted.
    """

    asked = Signal(str, str)

    def __init__(self, parent: QWidget, name_of: Callable[[Client], str]) -> None:
        super().__init__(parent)
        named(self, "task_line", _("Tasks to review"))
        self._name_of = name_of
        self._count = 0
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(GAP)
        self._title = label(_("Tasks to review:"), self, kind="label", tone="text_soft", name="task_line_title")
        self._row.addWidget(self._title)
        self._links = [self._make_link(place) for place in range(MOST_TASKS)]
        self._more = label("", self, kind="label", tone="text_soft", name="task_line_more")
        self._row.addWidget(self._more)
        self._row.addStretch(1)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.hide()

    def _make_link(self, place: int) -> Button:
        made = link("", self, name=f"task_line_{place}", spoken=_("Task to review"))
        made.clicked.connect(self._on_clicked)
        self._row.addWidget(made)
        return made

    def show_tasks(self, tasks: Sequence[Task], clients: Mapping[str, Client]) -> None:
        """Show the tasks of these clients, by id; those of anybody else are left out."""
        shown = [each for each in tasks if each[0] in clients]
        self._count = len(shown)
        for place, button in enumerate(self._links):
            self._show_link(button, shown[place] if place < len(shown) else None, clients)
        self.setVisible(bool(shown))
        self._fit()

    def _show_link(self, button: Button, task: Task | None, clients: Mapping[str, Client]) -> None:
        button.setProperty("task", None if task is None else [task[0], task[1]])
        name = "" if task is None else self._name_of(clients[task[0]])
        words = "" if task is None else task[2].words
        said = _("{name}, {task}").format(name=name, task=_shortened(words)) if task is not None else ""
        button.setText(said.replace("&", "&&"))
        whole = _("{name}, {task}").format(name=name, task=words) if task is not None else ""
        button.setToolTip(whole)
        button.setAccessibleName(_("Task to review: {task}").format(task=whole) if task is not None else _("Task to review"))

    def forget(self) -> None:
        """Let go of every name."""
        self.show_tasks((), {})

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Show as many as there is room for."""
        super().resizeEvent(event)
        self._fit()

    def changeEvent(self, event: QEvent) -> None:
        """Find room anew when the text size changes."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.StyleChange and hasattr(self, "_more"):
            self._fit()

    def minimumSizeHint(self) -> QSize:
        """Let the list around it become narrow."""
        return QSize(1, super().minimumSizeHint().height())

    def _fit(self) -> None:
        self._more.setText(_more_words(max(1, self._count)))
        room = self.width() - self._title.sizeHint().width() - self._more.sizeHint().width() - 2 * GAP
        placed = 0
        for place, button in enumerate(self._links):
            room -= button.sizeHint().width() + GAP
            has_room = place < self._count and placed == place and (room >= 0 or not place)
            button.setVisible(has_room)
            placed += has_room
        self._more.setText(_more_words(self._count - placed) if self._count > placed else "")
        self._more.setVisible(self._count > placed)

    def _on_clicked(self) -> None:
        task = self.sender().property("task")
        if isinstance(task, list):
            self.asked.emit(*task)


def _shortened(words: str) -> str:
    return words if len(words) <= MOST_LETTERS else words[: MOST_LETTERS - 1].rstrip() + "…"


def _more_words(count: int) -> str:
    return ngettext("and {count} more", "and {count} more", count).format(count=count)
