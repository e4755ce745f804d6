"""The columns of the Circle tab: table twin, circle, person panel; in a narrow window the first and last share one."""

from PySide6.QtCore import QEvent, Qt, QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSplitter, QStackedWidget, QVBoxLayout, QWidget

from ipt_desktop.domain.text import _, ngettext
from ui import theme
from ui.circle.change_panel import ChangePanel
from ui.circle.facts_fold import FactsFold
from ui.circle.naming_bar import NamingBar
from ui.circle.past_bar import PastBar
from ui.circle.people_table import PeopleTable
from ui.circle.person_panel import PersonPanel
from ui.circle.quick_add import QuickAdd
from ui.circle.sector_editor import SectorEditor
from ui.circle.side_by_side import SideBySide
from ui.circle.time_slider import TimeSlider
from ui.circle.toolbar import CircleToolbar
from ui.widgets.inline_bar import InlineBar
from ui.widgets.labels import label
from ui.widgets.segmented import Segmented

_NARROW = 1100
_NARROWEST = 760


class CircleColumns(QWidget):
    """Where the parts of the tab stand. Above 130 % text the narrow layout holds whatever the window."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("circle_columns")
        self._build()

    def _build(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        self._splitter = QSplitter(Qt.Orientation.Horizontal, self)
        self._splitter.setObjectName("circle_splitter")
        self._splitter.setChildrenCollapsible(False)
        self._people = self._people_side()
        self._splitter.addWidget(self._people)
        self._splitter.addWidget(self._circle_side())
        self._splitter.addWidget(self._person_side())
        # Three columns side by side would push a narrow window wider, so two are what it begins with and may shrink to.
        self._share_column()
        self._take_sizes()
        self._splitter.setSizes([theme.current().px(width) for width in (360, 620, 304)])
        self._splitter.setStretchFactor(1, 1)
        row.addWidget(self._splitter)

    def _people_side(self) -> QWidget:
        """Return the left column; in a narrow window the person panel shares it, switched by two words."""
        side = QWidget(self)
        side.setObjectName("circle_left")
        column = QVBoxLayout(side)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        words = (("people", _("People")), ("person", _("Person")))
        self.switch = Segmented(words, side, name="circle_switch", spoken=_("Show in this column"))
        self.switch.setContentsMargins(12, 10, 12, 0)
        self.switch.choose("people")
        self.switch.chosen.connect(self._on_switched)
        column.addWidget(self.switch)
        self._left = QStackedWidget(side)
        self._left.setObjectName("circle_left_pages")
        self._left.addWidget(self._table_side())
        column.addWidget(self._left, 1)
        return side

    def _person_side(self) -> QWidget:
        self.right = QStackedWidget(self)
        self.right.setObjectName("circle_right")
        self.panel = PersonPanel(self.right)
        self.changes = ChangePanel(self.right)
        self.right.addWidget(self.panel)
        self.right.addWidget(self.changes)
        self.sectors = SectorEditor(self.right)
        self.right.addWidget(self.sectors)
        words = _("Click someone, or use the arrow keys in the table. What you know about them shows here.")
        self._nobody = label(words, self.right, tone="text_soft", name="circle_nobody", wraps=True)
        self._nobody.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._nobody.setContentsMargins(16, 14, 12, 12)
        self.right.addWidget(self._nobody)
        return self.right

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Let the person panel share the left column where the window is narrow."""
        super().resizeEvent(event)
        self._arrange()

    def changeEvent(self, event: QEvent) -> None:
        """Grow with the text, and share the column in large text."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.StyleChange and hasattr(self, "_left"):
            self._take_sizes()
            QTimer.singleShot(0, self, self._arrange)  # a widget that is being dressed must not change its parent

    def _take_sizes(self) -> None:
        """Give the columns the least widths of the text there is."""
        px = theme.current().px
        self.setMinimumWidth(_NARROWEST)  # whatever the text: wider than the screen helps nobody
        self._left.setMinimumWidth(min(px(300), 420))
        self.right.setMinimumWidth(px(270))

    def _arrange(self) -> None:
        is_narrow = self.width() < _NARROW or theme.current().is_large
        if is_narrow == self.switch.isVisibleTo(self):
            return
        if is_narrow:
            self._share_column()
        else:
            self.switch.hide()
            self._left.setCurrentIndex(0)
            self._splitter.addWidget(self.right)
            self.right.show()
        self._splitter.setSizes([theme.current().px(width) for width in ((304, 720) if is_narrow else (360, 620, 304))])

    def _share_column(self) -> None:
        """Let the person panel stand in the left column, behind the table."""
        self.switch.show()
        self._left.addWidget(self.right)
        self._on_switched()

    def show_beside(self, page: QWidget | None) -> None:
        """Show the person panel or the change list beside the circle; without one, how to choose someone."""
        self.right.setCurrentWidget(page or self._nobody)

    def show_person_side(self) -> None:
        """Bring the person panel into sight where it shares a column with the table."""
        self.switch.choose("person")
        self._on_switched()

    def give_room(self, *, is_both: bool) -> None:
        """Give two circles the room of the table, which tells of one, and of what shares its column."""
        self._people.setVisible(not is_both)

    def bring_forward(self, key: str) -> None:
        """Where both share a column, show the people or the person."""
        self.switch.choose(key)
        self._on_switched()

    def _on_switched(self) -> None:
        self._left.setCurrentIndex(1 if self.switch.choice() == "person" else 0)

    def _table_side(self) -> QWidget:
        side = QWidget(self)
        side.setObjectName("circle_people")
        column = QVBoxLayout(side)
        column.setContentsMargins(8, 10, 0, 10)
        column.setSpacing(8)
        head = QVBoxLayout()
        head.setContentsMargins(8, 0, 8, 0)
        head.setSpacing(8)
        head.addWidget(label(_("People by closeness"), side, kind="title"))
        self.add_field = QuickAdd(side)
        head.addWidget(self.add_field)
        words = _(
            "Ask: “Who matters in your life now?” Write the first name and what they are, such as “Elin, daughter”, "
            "and press Enter. Then move them as close as they feel."
        )
        self._teaching = label(words, side, tone="text_soft", name="circle_teaching", wraps=True)
        head.addWidget(self._teaching)
        column.addLayout(head)
        self.table = PeopleTable(side)
        column.addWidget(self.table, 1)
        self.count = label("", side, kind="caption", tone="text_soft", name="circle_count")
        column.addWidget(self.count)
        self.facts = FactsFold(side)
        column.addWidget(self.facts)
        return side

    def show_count(self, people: int, groups: int, waiting: int) -> None:
        """Say how many people and groups there are, and wait for a place; while there is nobody, how to begin."""
        words = ngettext("{count} person", "{count} people", people).format(count=people)
        if groups:
            grouped = ngettext("{count} group", "{count} groups", groups).format(count=groups)
            words = _("{people} and {groups}").format(people=words, groups=grouped)
        if waiting:
            words = _("{people} · {count} waiting").format(people=words, count=waiting)
        self.count.setText(words)
        self._teaching.setVisible(people + groups + waiting == 0)

    def _circle_side(self) -> QWidget:
        side = QWidget(self)
        side.setObjectName("circle_middle")
        column = QVBoxLayout(side)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self.toolbar = CircleToolbar(side)
        column.addWidget(self.toolbar)
        self.bar = InlineBar(side, name="circle_bar")
        column.addWidget(self.bar)
        self.naming = NamingBar(side)
        column.addWidget(self.naming)
        self.circles = SideBySide(side)
        self.canvas = self.circles.canvas
        self.past = PastBar(self.canvas)
        column.addWidget(self.circles, 1)
        self.slider = TimeSlider(side)
        column.addWidget(self.slider)
        return side
