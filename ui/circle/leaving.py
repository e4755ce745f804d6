"""People who leave the circle for good, or come back to it: *Delete…* with its question, and *Put back on the circle*."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QPushButton

from ipt_desktop.domain.departure import departure_words
from ipt_desktop.domain.errors import PracticeError
from ipt_desktop.domain.text import _
from ui.widgets.naming import named

if TYPE_CHECKING:
    from ipt_desktop.domain.departure import Departure
    from ui.circle.columns import CircleColumns
    from ui.circle.shown import ShownCircle
    from ui.circle.verbs import CircleVerbs
    from ui.verb import Told


class Leaving(QObject):
    """Asks in a bar above the circle where there is text about someone, and only then. `keep` keeps what is being typed."""

    def __init__(
        self, shown: ShownCircle, columns: CircleColumns, verbs: CircleVerbs, refused: Told, keep: Callable[[], bool]
    ) -> None:
        super().__init__(columns)
        self._shown, self._columns, self._verbs = shown, columns, verbs
        self._refused, self._keep = refused, keep
        self._asked_id = ""
        self._menu = named(QMenu(_("Put back on the circle"), columns), "menu_circle_put_back")
        self._menu.aboutToShow.connect(self._fill_menu)
        self._menu.triggered.connect(self._on_put_back)

    # -- deleting --------------------------------------------------------------------------------------------------

    def ask(self, person_id: str) -> None:
        """Delete someone at once, or ask first where anything is written about them. "" is nobody."""
        if not person_id:
            self._refused(_("Choose someone first, in the circle or in the table."))
        elif self._shown.is_read_only:
            self._refused(_("This earlier circle is only looked at. Go back to today to delete someone."))
        elif self._keep():  # what is typed may be the very text there is to ask about
            self._ask(person_id)

    def _ask(self, person_id: str) -> None:
        try:
            going = self._shown.desk.circles.departure(person_id)
        except PracticeError as error:
            self._refused(str(error))
            return
        if not going.has_text:
            self.follow("")
            self._verbs.delete_person(going.person)
            return
        self._asked_id = person_id
        title = _("Delete {name}?").format(name=self._shown.called.get(person_id, going.person.name))
        delete = ("circle_delete_now", _("Delete"), self._on_sure)
        keep = ("circle_delete_not", _("Keep"), self._on_kept)
        words = departure_words(going, self._area_words(going))
        self._columns.bar.say(title, words, tone="caution", actions=(delete, keep), can_close=False)
        for button in self._columns.bar.findChildren(QPushButton, "circle_delete_not"):
            if button.isVisible():  # those of an earlier question are on their way out
                button.setFocus(Qt.FocusReason.OtherFocusReason)

    def _area_words(self, going: Departure) -> list[str]:
        """Return what the problem areas that name someone are called, each in its own course's protocol."""
        said = []
        for area in going.areas:
            known = {each.key: each.label for each in self._shown.desk.courses.protocol(area.course_id).areas}
            said.append(_(known[area.area]) if area.area in known else area.area)
        return said

    def _on_sure(self) -> None:
        person_id = self._asked_id
        self.follow("")
        try:
            person = self._shown.desk.circles.departure(person_id).person
        except PracticeError as error:
            self._refused(str(error))
            return
        self._verbs.delete_person(person)
        self._columns.canvas.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_kept(self) -> None:
        self.follow("")
        self._columns.canvas.setFocus(Qt.FocusReason.OtherFocusReason)

    def follow(self, chosen_id: str) -> None:
        """Take the question away once somebody else is chosen, or nobody: it was about one person."""
        if self._asked_id and self._asked_id != chosen_id:
            self._asked_id = ""
            self._columns.bar.clear()

    # -- putting back ----------------------------------------------------------------------------------------------

    @property
    def menu_action(self) -> QAction:
        """The entry of the Circle menu with everyone who was taken off the circle shown."""
        return self._menu.menuAction()

    def _fill_menu(self) -> None:
        self._menu.clear()
        off = [each for each in self._shown.people if each.id in self._shown.off]
        for number, person in enumerate(off):
            action = self._menu.addAction(self._shown.called.get(person.id, person.name).replace("&", "&&"))
            action.setObjectName(f"circle_put_back_{number}")
            action.setData(person.id)
        if not off:
            nobody = self._menu.addAction(_("Nobody was taken off this circle"))
            nobody.setObjectName("circle_put_back_nobody")
            nobody.setEnabled(False)

    def _on_put_back(self, action: QAction) -> None:
        person_id = action.data()
        if person_id:
            self._verbs.put_on_again(person_id)

    def forget(self) -> None:
        """Let go of every name."""
        self.follow("")
        self._menu.clear()
