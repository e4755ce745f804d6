"""The save state, always in words: Saved 14:32 · Saving… · Not saved yet · Signed 24 Nov 12:04."""

from datetime import datetime

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QHBoxLayout, QWidget

from ipt_desktop.domain.dates import short_date
from ipt_desktop.domain.text import _
from ipt_desktop.services.autosave import Keeping
from ui import theme
from ui.widgets.labels import ElidedLabel, Picture, label

SAVING_SHOWS_AFTER_MS = 400


ICONS = {
    Keeping.SAVED: ("check", "good"),
    Keeping.SAVING: ("loader", "text_soft"),
    Keeping.FAILED: ("triangle-alert", "danger"),
    Keeping.SIGNED: ("lock", "text_soft"),
}


class SaveState(QWidget):
    """One line: an icon and words. The time is that of the last durable write, shown in this computer's zone."""

    def __init__(self, parent: QWidget, *, name: str = "save_state") -> None:
        super().__init__(parent)
        self.setObjectName(name)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        self._icon = Picture("check", self, role="good")
        self._words = label("", self, kind="strong", name=f"{name}_words")
        self._detail = ElidedLabel("", self)
        self._detail.setObjectName(f"{name}_detail")
        self._detail.setProperty("kind", "label")
        self._detail.setProperty("tone", "text_soft")
        for part in (self._icon, self._words, self._detail):
            row.addWidget(part)
        self._patience = QTimer(self)
        self._patience.setSingleShot(True)
        self._patience.setInterval(SAVING_SHOWS_AFTER_MS)
        self._patience.timeout.connect(self._on_saving_long)
        self.show_state(Keeping.CLEAN)

    def words(self) -> str:
        """Return what the line says, detail included."""
        return " ".join(part for part in (self._words.text(), self._detail.text()) if part)

    def show_state(self, state: str, at: datetime | None = None, detail: str = "") -> None:
        """Show a state (a `Keeping` or its value). Until a save has been running for 400 ms the last words stay.

        `at` is an aware instant; `detail` says why not and what is safe, or what may follow.
        """
        keeping = Keeping(state)
        if keeping in (Keeping.PENDING, Keeping.SAVING):
            if not self._patience.isActive():
                self._patience.start()
            return
        self._patience.stop()
        self._say(keeping, at, detail)

    def _on_saving_long(self) -> None:
        self._say(Keeping.SAVING, None, "")

    def _say(self, keeping: Keeping, at: datetime | None, detail: str) -> None:
        local = at.astimezone() if at else None
        words = {
            Keeping.CLEAN: "",
            Keeping.SAVING: _("Saving…"),
            Keeping.SAVED: _("Saved {time}").format(time=_when(local)).strip(),
            Keeping.FAILED: _("Not saved yet"),
            Keeping.SIGNED: _("Signed {when}").format(when=_day_and_time(local) if local else "").strip(),
        }[keeping]
        self._words.setText(words)
        theme.restyle(self._words, tone="danger" if keeping is Keeping.FAILED else "text")
        self._detail.setText(detail)
        self._detail.setVisible(bool(detail))
        self._icon.setVisible(bool(words))
        if keeping in ICONS:
            self._icon.set_icon(*ICONS[keeping])
        self.setAccessibleName(self.words())


def _when(local: datetime | None) -> str:
    """Return the time of a save, with its day where that is not today."""
    if local is None:
        return ""
    return f"{local:%H:%M}" if local.date() == datetime.now().date() else _day_and_time(local)


def _day_and_time(local: datetime) -> str:
    return f"{short_date(local.date())} {local:%H:%M}"
