"""What is shown beside the tokens: chosen above the circle or in the View menu; nothing at first, one thing at a time."""

from PySide6.QtCore import QPoint, Signal
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QMenu, QWidget

from ipt_desktop.domain.circle_overlay import OVERLAY_WORDS, Overlay
from ipt_desktop.domain.text import _
from ui.widgets.buttons import Button
from ui.widgets.naming import named


class OverlayChoice(Button):
    """Nothing, support, conflict, contact or problem area: a small button, since the row it stands in has little room.

    `chosen` tells that another was chosen. Pressed in while anything is shown, it says in its name what that is.
    """

    chosen = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__("", parent, kind="icon", name="circle_overlay", icon="layers", role="text_soft", spoken=_("Show also"))
        self.setCheckable(True)
        self.overlay = Overlay.NOTHING
        self._menu = named(QMenu(_("Show also on the circle"), self), "menu_circle_overlay")
        self._actions: dict[Overlay, QAction] = {}
        group = QActionGroup(self._menu)
        for overlay, words in OVERLAY_WORDS.items():
            action = QAction(_(words), self._menu)
            action.setObjectName(f"circle_overlay_{overlay}")
            action.setCheckable(True)
            action.setData(overlay.value)
            action.triggered.connect(self._on_triggered)
            group.addAction(action)
            self._menu.addAction(action)
            self._actions[overlay] = action
        self.clicked.connect(self._on_clicked)
        self._show_choice()

    @property
    def menu_action(self) -> QAction:
        """The entry of the View menu, with the same choice in it."""
        return self._menu.menuAction()

    def choose(self, overlay: Overlay) -> None:
        """Choose, and tell it where it is another."""
        if overlay is not self.overlay:
            self.overlay = overlay
            self._show_choice()
            self.chosen.emit()

    def clear(self) -> None:
        """Show nothing beside anyone, without telling: another client comes."""
        self.overlay = Overlay.NOTHING
        self._show_choice()

    def _show_choice(self) -> None:
        words = _("Show also: {what}").format(what=_(OVERLAY_WORDS[self.overlay]).lower())
        self.setAccessibleName(words)
        self.setToolTip(words)
        self.setChecked(self.overlay is not Overlay.NOTHING)
        self._actions[self.overlay].setChecked(True)

    def _on_clicked(self) -> None:
        self._show_choice()  # a click alone has chosen nothing
        self._menu.popup(self.mapToGlobal(QPoint(0, self.height())))
        self._menu.setActiveAction(self._actions[self.overlay])

    def _on_triggered(self) -> None:
        action = self.sender()
        if isinstance(action, QAction):
            self.choose(Overlay(action.data()))
