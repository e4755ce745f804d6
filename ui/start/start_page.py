"""The very first page: make a practice, look at the demo, or open one that is somewhere else."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from ipt_desktop.domain.text import _
from ui.start.entrance import Entrance
from ui.widgets.buttons import link, outlined, primary
from ui.widgets.inline_bar import InlineBar
from ui.widgets.labels import label


class StartPage(Entrance):
    """The ways in, each a signal."""

    create_asked = Signal()
    demo_asked = Signal()
    another_asked = Signal()
    restore_asked = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent, name="start_page")
        self.card.addWidget(label(_("Your practice, in one encrypted folder"), self, kind="title", name="start_title"))
        words = _("Create it with a passphrase that only you know, or look around first with invented clients.")
        self.card.addWidget(label(words, self, tone="text_soft", name="start_words", wraps=True))
        self.card.addSpacing(6)
        self._create = primary(_("Create my practice"), self, name="create_practice", is_big=True)
        self._demo = outlined(_("Try the demo practice"), self, name="try_demo", is_big=True)
        self._another = link(_("Open another practice…"), self, name="open_another")
        self.bar = InlineBar(self, name="start_bar")
        self._restore = link(_("Restore a backup…"), self, name="start_restore")
        for part in (self._create, self._demo, self.bar):
            self.card.addWidget(part)
        others = QHBoxLayout()
        others.addWidget(self._another)
        others.addStretch(1)
        others.addWidget(self._restore)
        self.card.addLayout(others)
        self.setFocusProxy(self._create)
        self._create.clicked.connect(self.create_asked)
        self._demo.clicked.connect(self.demo_asked)
        self._another.clicked.connect(self.another_asked)
        self._restore.clicked.connect(self.restore_asked)

    def set_busy(self, is_busy: bool) -> None:
        """Take no second order while the first one runs."""
        for button in (self._create, self._demo, self._another, self._restore):
            button.setEnabled(not is_busy)

    def show_error(self, text: str) -> None:
        """Say what went wrong."""
        self.bar.say(text, tone="danger")

    def forget(self) -> None:
        """Take the bar away."""
        self.bar.clear()
