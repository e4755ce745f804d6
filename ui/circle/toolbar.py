"""The row above the circle: what it shows, of which sitting, and compared with which."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QSignalBlocker, QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QCheckBox, QComboBox, QHBoxLayout, QSizePolicy, QWidget

from ipt_desktop.domain.circle_picture import CircleMode
from ipt_desktop.domain.dates import day_and_month
from ipt_desktop.domain.records import Sitting
from ipt_desktop.domain.text import _
from ui import theme
from ui.circle.overlay_choice import OverlayChoice
from ui.widgets.naming import named
from ui.widgets.segmented import Segmented


def sitting_words(sitting: Sitting) -> str:
    """Return how a sitting is called: its name, *before this began*, or its day in words."""
    if sitting.is_before:
        return _("before this began")
    return sitting.name or day_and_month(sitting.date)


BEFORE = "before"
LARGEST_WITH_ALL = 1.5  # in larger text the row has no room for all its words on a laptop's screen


class CircleToolbar(QWidget):
    """What of the circle is shown. `changed` tells that any of it was chosen anew."""

    changed = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("circle_toolbar")
        self.setProperty("role", "paper")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 6, 16, 6)
        row.setSpacing(8)
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
        row.addWidget(self._sectors)
        self._shown = named(QComboBox(self), "circle_sitting", _("Sitting shown"))
        self._since = named(QComboBox(self), "circle_since", _("Compare with"))
        for combo in (self._shown, self._since):
            combo.activated.connect(self.changed)
            row.addWidget(combo)
        self._since.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self._since.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self._fit()

    def _fit(self) -> None:
        """Take the sizes of the text there is: the modes stay whole, what is compared with gets what is left."""
        look = theme.current()
        self.setFixedHeight(look.px(48))
        is_huge = look.scale > LARGEST_WITH_ALL
        self._modes.set_words(CircleMode.WANTED.value, _("Wanted") if is_huge else _("Now and wanted"))
        self._shown.setFixedWidth(look.px(64 if is_huge else 88))
        self._since.setMinimumWidth(look.px(90 if is_huge else 106))
        self._since.setMaximumWidth(look.px(90 if is_huge else 190))
        for combo in (self._shown, self._since):
            combo.view().setMinimumWidth(look.px(190))

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

    @property
    def sitting_id(self) -> str:
        """The earlier sitting shown, `BEFORE` for the one before this began, or "" for now."""
        return str(self._shown.currentData() or "")

    @property
    def is_before(self) -> bool:
        """Whether the circle *before this began* is shown: it can be drawn, whether or not it already was."""
        return self.sitting_id == BEFORE

    @property
    def since_id(self) -> str:
        """The sitting compared with, or "" where there is none."""
        return str(self._since.currentData() or "")

    def show_now(self) -> None:
        """Go back to the present circle."""
        self._shown.setCurrentIndex(0)
        self.changed.emit()

    def show_sittings(self, sittings: Sequence[Sitting]) -> None:
        """Offer these sittings, oldest first. The last is now; the first is compared with unless another was chosen."""
        ordered = sorted(sittings, key=lambda each: (not each.is_before, each.date, each.created_at))
        shown, since = self.sitting_id, self.since_id
        with QSignalBlocker(self._shown), QSignalBlocker(self._since):
            self._shown.clear()
            self._shown.addItem(_("Today"), "")
            for each in reversed([each for each in ordered[:-1] if not each.is_before]):
                self._shown.addItem(sitting_words(each).capitalize(), each.id)
            self._shown.addItem(_("Before this began"), BEFORE)
            self._shown.setCurrentIndex(max(0, self._shown.findData(shown)))
            self._since.clear()
            for each in ordered[:-1]:
                words = _("before") if each.is_before else sitting_words(each)
                self._since.addItem(_("Since {when}").format(when=words), each.id)
            self._since.addItem(_("No comparison"), "")
            self._since.setCurrentIndex(max(0, self._since.findData(since)) if since else 0)
