"""What the client holds: their circle, and the thanks it ends with. Nothing else of the program is on it, or leads from it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QSizePolicy, QStackedWidget, QVBoxLayout, QWidget

from ipt_desktop.domain.circle_layout import widest_gap
from ipt_desktop.domain.closeness import Ring, middle_of
from ipt_desktop.domain.text import _
from ui import theme
from ui.circle.shown import ShownCircle
from ui.circle.verbs import CircleVerbs
from ui.page import Frame
from ui.turn.add_row import TARGET, AddRow
from ui.turn.client_circle import ClientCircle
from ui.turn.thanks import ThanksPage
from ui.verb import Verb
from ui.widgets.buttons import Button, outlined, primary
from ui.widgets.labels import label

if TYPE_CHECKING:
    from ipt_desktop.services.desk import Desk

LONGEST_NAME = 28  # in the hint: a word that can't be broken would push the buttons off the screen


class TurnPage(QStackedWidget):
    """The client's circle of now. Each thing done is a step on the client's undo stack; *Undo* goes back to where it began.

    `finished` when *Done* was pressed and the thanks are shown; `screen_asked` to stand on the other screen.
    """

    finished = Signal()
    screen_asked = Signal()

    def __init__(self, desk: Desk, frame: Frame, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("turn_page")
        self.setProperty("role", "paper")
        self._frame = frame
        self._shown = ShownCircle(desk, frame)
        self._shown.show_client(frame.client_id, frame.course_id)
        self._verbs = CircleVerbs(self._shown, self._push, self._refused)
        self._undo = frame.undo_stack()
        self._began_at = self._undo.index()
        self._build()
        self._connect()
        self.refresh()

    def _build(self) -> None:
        self._side = QWidget(self)
        self._side.setObjectName("turn_side")
        self._side.setProperty("role", "paper")
        self._side.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        column = QVBoxLayout(self._side)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self.add_row = AddRow(self._side)
        self.add_row.setContentsMargins(32, 16, 32, 0)
        self.add_row.hide()
        column.addWidget(self.add_row)
        self.circle = ClientCircle(self._side)
        place = QGridLayout()  # the words lie over the corners that the circle leaves free
        place.addWidget(self.circle, 0, 0)
        self._title = self._make_title()
        place.addWidget(self._title, 0, 0, Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        place.addWidget(self._screen_button(), 0, 0, Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignRight)
        column.addLayout(place, 1)
        column.addLayout(self._foot())
        self.addWidget(self._side)
        self.thanks = ThanksPage(self)
        self.addWidget(self.thanks)
        self.setFocusProxy(self.circle)

    def _make_title(self) -> QWidget:
        title = QWidget(self._side)
        title.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        row = QHBoxLayout(title)
        row.setContentsMargins(32, 18, 0, 0)
        row.setSpacing(22)
        row.addWidget(label(_("My circle"), title, kind="display", name="turn_title"))
        row.addWidget(label(_("today"), title, kind="reading", tone="text_soft", name="turn_today"))
        return title

    def _screen_button(self) -> QWidget:
        holder = QWidget(self._side)
        row = QHBoxLayout(holder)
        row.setContentsMargins(0, 16, 32, 0)
        self.to_screen = Button(_("Other screen"), holder, kind="quiet", name="turn_screen", role="text_soft", is_big=True)
        row.addWidget(self.to_screen)
        return holder

    def _foot(self) -> QGridLayout:
        self.add = outlined(_("Add someone"), self._side, name="turn_add", icon="plus", is_big=True)
        self.back = outlined(_("Undo"), self._side, name="turn_undo", icon="undo-2", is_big=True)
        self.done = primary(_("Done"), self._side, name="turn_done", icon="check", is_big=True)
        self.hint = label("", self._side, kind="reading", tone="text_soft", name="turn_hint", wraps=True)
        self.hint.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._foot_grid = QGridLayout()
        self._foot_grid.setContentsMargins(32, 10, 32, 22)
        self._foot_grid.setHorizontalSpacing(10)
        self._foot_grid.setVerticalSpacing(10)
        for place, button in ((0, self.add), (1, self.back), (3, self.done)):
            button.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
            self._foot_grid.addWidget(button, 1, place)
        self._foot_grid.setRowMinimumHeight(1, TARGET)
        self._foot_grid.setColumnStretch(2, 1)
        self._arrange()
        return self._foot_grid

    def _arrange(self) -> None:
        """Put the hint between the buttons, or above them where large text needs the whole width."""
        if theme.current().is_large:
            self._foot_grid.addWidget(self.hint, 0, 0, 1, 4)
        else:
            self._foot_grid.addWidget(self.hint, 1, 2)

    def _connect(self) -> None:
        self.circle.person_moved.connect(self._on_person_moved)
        self.circle.person_nudged.connect(self._on_person_nudged)
        self.circle.wish_moved.connect(self._verbs.want_person)
        self.circle.chosen.connect(self._on_chosen)
        self.add.clicked.connect(self._on_add_asked)
        self.add_row.added.connect(self._on_added)
        self.add_row.left.connect(self._on_add_left)
        self.back.clicked.connect(self.take_back)
        self.done.clicked.connect(self.finish)
        self.to_screen.clicked.connect(self.screen_asked)
        self._undo.indexChanged.connect(self._on_step)
        keys = QShortcut(QKeySequence(QKeySequence.StandardKey.Undo), self._side)
        keys.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        keys.activated.connect(self.take_back)

    # -- what it shows ---------------------------------------------------------------------------------------------

    def refresh(self) -> None:
        """Read the circle of now, and show it."""
        self._shown.read()
        self._keep_free()
        self.circle.show_people([*self._shown.waiting, *self._shown.here], self._shown.words)
        self.back.setEnabled(self._undo.index() > self._began_at)
        self._show_hint()

    def _keep_free(self) -> None:
        """Let the row of those who wait begin beside the title, and end before the button of the other screen."""
        title = 0 if self._title.isHidden() else self._title.sizeHint().width()
        button = 0 if self.to_screen.isHidden() else self.to_screen.sizeHint().width() + 32
        self.circle.keep_free(title, button)

    def _show_hint(self) -> None:
        standing = self._shown.standing(self.circle.chosen_id)
        if self._shown.waiting and (standing is None or not standing.now):
            self.hint.setText(_("Drag those who wait onto the circle: the closer you feel, the closer to the middle."))
        elif not self._shown.here:
            self.hint.setText(_("Who matters to you now? Add them one by one."))
        elif standing is None or standing.person.has_died:
            self.hint.setText(_("Drag a person closer or further. A dashed shape is where you want them."))
        else:
            words, name = _("Drag the dashed shape to where you want {name}."), standing.name
            self.hint.setText(words.format(name=name if len(name) <= LONGEST_NAME else name[:LONGEST_NAME].rstrip() + "…"))

    def show_screens(self, count: int) -> None:
        """Offer the other screen where there is one."""
        self.to_screen.setVisible(count > 1)
        self._keep_free()

    def _on_step(self) -> None:
        self.refresh()

    def _on_chosen(self) -> None:
        self._show_hint()

    def changeEvent(self, event: QEvent) -> None:
        """Grow with the text."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.StyleChange and hasattr(self, "_foot_grid"):
            self._arrange()
            self._keep_free()

    # -- verbs -----------------------------------------------------------------------------------------------------

    def _push(self, command: Verb) -> None:
        self._undo.push(command)

    def _refused(self, reason: str) -> None:
        """Tell the therapist why, in the bar they come back to, and the client that it was not done."""
        self._frame.say(_("Not done"), reason, tone="caution")
        self.hint.setText(_("That could not be kept. Please tell your therapist."))

    def _on_person_moved(self, person_id: str, felt: float, angle: float) -> None:
        self._verbs.move_person(person_id, felt, angle)

    def _on_person_nudged(self, person_id: str, felt: float, angle: float) -> None:
        """Move by a key. The first one never joins a step of the therapist's own."""
        is_nudge = self._undo.index() > self._began_at
        self._verbs.move_person(person_id, felt, angle, is_nudge=is_nudge)

    def take_back(self) -> None:
        """Undo what was done here last; what the therapist did before stays."""
        if self._undo.index() > self._began_at:
            self._undo.undo()

    def _on_add_asked(self) -> None:
        self._title.hide()  # its corner is the circle's then
        self.add_row.show()
        self._keep_free()
        self.add_row.field.setFocus()

    def _on_added(self, text: str) -> None:
        """Take someone on; they stand in the outer ring at once: the client sees them come."""
        room = widest_gap(each.now.angle for each in self._shown.here if each.now)
        self._verbs.add_person(text, (middle_of(Ring.OUTER), room))

    def _on_add_left(self) -> None:
        self.add_row.forget()
        self.add_row.hide()
        self._title.show()
        self._keep_free()
        self.circle.setFocus()

    def finish(self) -> None:
        """Say thank you; from here only the therapist goes on."""
        self._on_add_left()
        self.setFocusProxy(self.thanks)
        self.setCurrentWidget(self.thanks)
        self.finished.emit()

    @property
    def is_finished(self) -> bool:
        """Whether the thanks are shown."""
        return self.currentWidget() is self.thanks

    def forget(self) -> None:
        """Let go of everyone: the practice is being locked, or the therapist is back."""
        self._undo.indexChanged.disconnect(self._on_step)
        self._shown.show_client(None, None)
        self.add_row.forget()
        self.circle.forget()
        self.hint.setText("")
        self.thanks.forget()
