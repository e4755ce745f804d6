"""The circle, and beside it on demand the earlier one it is compared with, each under a line that says when."""

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from ipt_desktop.domain.circle_picture import CircleMode, CircleView
from ipt_desktop.domain.standing import Standing
from ipt_desktop.domain.text import _
from ui.circle.canvas import CircleCanvas
from ui.widgets.buttons import link
from ui.widgets.labels import label
from ui.widgets.naming import named

_LEAST = 250


class SideBySide(QWidget):
    """`canvas` is the circle worked with. The earlier one is only looked at, and is there while `show_earlier` asks for it.

    `one_asked`: the therapist wants one circle again.
    """

    one_asked = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("circle_side_by_side")
        self.setProperty("role", "paper")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.canvas = CircleCanvas(self)
        self.earlier = named(CircleCanvas(self), "circle_canvas_earlier", _("Earlier circle"))
        self.earlier.is_read_only = True
        self._is_earlier_drawn = True  # as far as is known: the first `show_one` clears it
        self._when_earlier = label("", self, kind="strong", name="circle_when_earlier")
        self._when = label("", self, kind="strong", name="circle_when")
        self._one = link(_("One circle"), self, name="circle_show_one")
        self._one.clicked.connect(self.one_asked)
        self._left = QWidget(self)
        self._left.setObjectName("circle_earlier_side")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self._left, 1)
        row.addLayout(self._under(QVBoxLayout(), self.canvas, self._when, self._one), 1)
        self._under(QVBoxLayout(self._left), self.earlier, self._when_earlier)
        self.show_one()

    def _under(self, column: QVBoxLayout, canvas: CircleCanvas, words: QLabel, *beside: QWidget) -> QVBoxLayout:
        """Fill a column: a circle under the line that says when."""
        canvas.setMinimumWidth(_LEAST)
        words.setAlignment(Qt.AlignmentFlag.AlignCenter)
        head = QHBoxLayout()
        head.addWidget(words, 1)
        for part in beside:
            head.addWidget(part)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(canvas, 1)
        return column

    @property
    def are_both_shown(self) -> bool:
        """Whether the earlier circle is there."""
        return not self._left.isHidden()

    def show_one(self) -> None:
        """Show the circle alone; nothing stays of the earlier one."""
        for part in (self._left, self._when, self._one):
            part.hide()
        self._when_earlier.setText("")
        self._when.setText("")
        if self._is_earlier_drawn:
            self.earlier.show_circle((), (), CircleView(client_label=""))
            self._is_earlier_drawn = False

    def show_earlier(self, standings: Sequence[Standing], view: CircleView, when_earlier: str, when: str) -> None:
        """Show the earlier circle at the left, as it was; whoever is chosen is marked in both."""
        self._when_earlier.setText(when_earlier[:1].upper() + when_earlier[1:])
        self._when.setText(when[:1].upper() + when[1:])
        for part in (self._left, self._when, self._one):
            part.show()
        self._when_earlier.setMinimumHeight(self._one.sizeHint().height())  # both circles begin at one height
        self.earlier.show_circle(standings, (), plain_view(view))
        self._is_earlier_drawn = True


def plain_view(view: CircleView) -> CircleView:
    """Return how each of two circles is shown: who stands where, without the ways between and without a key."""
    return replace(view, mode=CircleMode.NOW, are_ties_shown=False, is_relation_shown=False, is_key_shown=False)
