"""What next: what is agreed until the next session, and the worksheets."""

from PySide6.QtWidgets import QWidget

from ipt_desktop.domain.text import _
from ui.phases.between import BetweenPart
from ui.phases.scrolling_card import ScrollingCard


class NextCard(ScrollingCard):
    """Between-session tasks and worksheets. It changes nothing itself."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent, name="next_card", title=_("What next"))
        self.between = BetweenPart(self.paper)
        self.inner.addWidget(self.between)
        self.inner.addStretch(1)
