"""The row above the circle: what it shows, and compared with which earlier one."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QSignalBlocker, QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QCheckBox, QComboBox, QHBoxLayout, QSizePolicy, QWidget

from ipt_desktop.domain.circle_picture import CircleMode
from ipt_desktop.domain.text import _
from ui import theme
from ui.circle.overlay_choice import OverlayChoice
from ui.widgets.buttons import icon_button
from ui.widgets.naming import named
from ui.widgets.segmented import Segmented

LARGEST_WITH_ALL = 1.3  # in larger text the row has no room for all its words on a laptop's screen


class CircleToolbar(QWidget):
    """What of the circle is shown.

    `changed` tells that any of it was chosen anew, `compared` with which circle to compare, `turn_asked` that the client is to
    hold it, `sectors_asked` that sectors were asked for by hand, whether or not there are any.
    """

    changed = Signal()
    compared = Signal(str)
    turn_asked = Signal()
    sectors_asked = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("circle_toolbar")
        self.setProperty("role", "paper")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 6, 8, 6)
        row.setSpacing(6)
        modes = (
            (CircleMode.NOW.value, _("Now")),
            (CircleMode.WANTED.value, _("Now and wanted")),
            (CircleMode.CHANGE.value, _("Change")),
        )
        self._modes = Segmented(modes, self, name="circle_mode", spoken=_("Show"))
        self._modes.choose(CircleMode.WANTED.value)
        self._modes.chosen.connect(self.changed)
        row.addWidget(self._modes)
        row.addStretch(1)
        self.overlay_choice = OverlayChoice(self)
        self.overlay_choice.chosen.connect(self.changed)
        row.addWidget(self.overlay_choice)
        self._ties = named(QCheckBox(_("Ties"), self), "circle_ties", _("Ties"))
        self._ties.toggled.connect(self.changed)
        row.addWidget(self._ties)
        self._sectors = named(QCheckBox(_("Sectors"), self), "circle_sectors", _("Sectors"))
        self._sectors.toggled.connect(self.changed)
        self._sectors.clicked.connect(self._on_sectors_clicked)
        row.addWidget(self._sectors)
        self._since = named(QComboBox(self), "circle_since", _("Compare with"))
        self._since.activated.connect(self._on_compared)
        row.addWidget(self._since)
        turn = icon_button("maximize-2", self, name="circle_turn", spoken=_("Turn to the client"))
        turn.setToolTip(_("Turn to the client (Ctrl+T)"))
        turn.clicked.connect(self.turn_asked)
        row.addWidget(turn)
        self._since.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self._since.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self._fit()

    def _fit(self) -> None:
        """Take the sizes of the text there is: the modes stay whole, what is compared with gets what is left."""
        look = theme.current()
        self.setFixedHeight(look.px(48))
        is_huge = look.scale > LARGEST_WITH_ALL
        self._modes.set_words(CircleMode.WANTED.value, _("Wanted") if is_huge else _("Now and wanted"))
        self._since.setMinimumWidth(look.px(106))
        self._since.setMaximumWidth(look.px(106 if is_huge else 190))
        self._since.view().setMinimumWidth(look.px(190))

    def minimumSizeHint(self) -> QSize:
        """Return the room of all but the small button, which goes first: the View menu has the same choice."""
        least = super().minimumSizeHint()
        more = self.overlay_choice.isVisibleTo(self)
        return least - QSize(self._room_of_overlay(), 0) if more else least

    def _room_of_overlay(self) -> int:
        layout = self.layout()
        assert layout is not None  # noqa: S101 - it is a row
        return self.overlay_choice.minimumSizeHint().width() + layout.spacing()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Show the small button where there is room for it."""
        super().resizeEvent(event)
        self.overlay_choice.setVisible(event.size().width() >= self.minimumSizeHint().width() + self._room_of_overlay())

    def changeEvent(self, event: QEvent) -> None:
        """Grow with the text."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.StyleChange and hasattr(self, "_since"):
            self._fit()

    def show_mode(self, mode: CircleMode) -> None:
        """Choose what is shown of the people, without `changed`."""
        self._modes.choose(mode.value)

    @property
    def mode(self) -> CircleMode:
        """What is shown of the people."""
        return CircleMode(self._modes.choice() or CircleMode.NOW)

    @property
    def are_ties_shown(self) -> bool:
        """Whether ties are drawn."""
        return self._ties.isChecked()

    @property
    def are_sectors_shown(self) -> bool:
        """Whether sectors are drawn."""
        return self._sectors.isChecked()

    def show_sectors(self) -> None:
        """Draw the sectors from now on."""
        self._sectors.setChecked(True)

    def show_comparisons(self, choices: Sequence[tuple[str, str]], chosen: str) -> None:
        """Offer these comparisons, (words, choice), and show the one in use."""
        with QSignalBlocker(self._since):
            self._since.clear()
            for words, choice in choices:
                self._since.addItem(words, choice)
            self._since.setCurrentIndex(self._since.findData(chosen))

    def _on_sectors_clicked(self, is_on: bool) -> None:
        if is_on:
            self.sectors_asked.emit()

    def _on_compared(self) -> None:
        self.compared.emit(str(self._since.currentData() or ""))
