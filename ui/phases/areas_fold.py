"""Problem areas that are not in the focus now, folded: their views are made when they are looked at."""

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QWidget

from ui.phases.area_reading import AreaReading
from ui.phases.fold import Fold

Maker = Callable[[AreaReading, QWidget], QWidget]


class AreasFold(Fold):
    """A title with how many there are; `make` makes the view of one."""

    def __init__(self, parent: QWidget, make: Maker, *, name: str) -> None:
        super().__init__("", parent, name=name)
        self._make = make
        self._told: Sequence[AreaReading] = ()
        self._is_made = False
        self.button.clicked.connect(self._make_views)
        self.hide()

    def show_areas(self, words: str, told: Sequence[AreaReading]) -> None:
        """Show these problem areas, or nothing where there are none."""
        self.setVisible(bool(told))
        self.set_words(words)
        if tuple(told) == tuple(self._told):
            return
        self._told = tuple(told)
        self.clear()
        self._is_made = False
        self._make_views()

    def unfold(self) -> None:
        """Show the views, made now."""
        super().unfold()
        self._make_views()

    def _make_views(self) -> None:
        if self.is_folded or self._is_made:
            return
        self._is_made = True
        for each in self._told:
            view = self._make(each, self)
            self.add(view)
            view.show()

    def forget(self) -> None:
        """Let go of every word."""
        self.show_areas("", ())
