"""One line of the card *What next*: an icon, words and what stands below them; a suggestion has quiet links beside."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ipt_desktop.domain.protocol import TaskPlace, When
from ipt_desktop.domain.suggestions import Suggested
from ipt_desktop.domain.text import _
from ipt_desktop.domain.treatment_records import SuggestionReply
from ui import theme
from ui.phases.task_list import PLACES
from ui.widgets.buttons import Button, link
from ui.widgets.chips import ChipRow
from ui.widgets.labels import Picture, label

GAP, TOP = 6, 2  # between the icon and the words; above the icon, beside the first line of the words


class NextLine(QWidget):
    """Words with their icon. Nothing of it is ever ticked."""

    def __init__(
        self,
        parent: QWidget,
        *,
        name: str,
        icon: str,
        words: str,
        caption: str = "",
        role: str = "text_soft",
        tone: str = "text",
    ) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setAccessibleName(f"{words}. {caption}" if caption else words)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 2)
        row.setSpacing(GAP)
        mark = Picture(icon, self, role=role)
        mark.setContentsMargins(0, TOP, 0, 0)
        row.addWidget(mark, 0, Qt.AlignmentFlag.AlignTop)
        self.column = QVBoxLayout()
        self.column.setSpacing(1)
        row.addLayout(self.column, 1)
        self._add(words, f"{name}_words", "body", tone)
        if caption:
            self._add(caption, f"{name}_caption", "caption", "text_soft")

    def _add(self, words: str, name: str, kind: str, tone: str) -> None:
        made = label(words, self, kind=kind, tone=tone, name=name, wraps=True)
        made.setMinimumWidth(1)
        self.column.addWidget(made)


def way_words(suggested: Suggested) -> str:
    """Return the words of the way to where something suggested is done; "" where there is none."""
    if suggested.place in PLACES:
        words, _icon = PLACES[TaskPlace(suggested.place)]
        return _("Go to: {place}").format(place=_(words))
    return {When.NO_FOCUS: _("Problem area…"), When.STEP_NOT_REVIEWED: _("Go to the tasks")}.get(suggested.when, "")


class SuggestionLine(NextLine):
    """A suggestion with its reason. `way_asked` carries it, `answered` its key and the reply."""

    way_asked = Signal(object)
    answered = Signal(str, object)

    def __init__(self, suggested: Suggested, parent: QWidget) -> None:
        name = name_of(suggested.key)
        words = {"words": suggested.text, "caption": suggested.reason}
        super().__init__(parent, name=f"suggestion_{name}", icon="lightbulb", **words)
        self._suggested = suggested
        links = ChipRow(self, name=f"suggestion_{name}_links", spoken=_("What to do with this suggestion"))
        if way := way_words(suggested):
            links.add(self._link(way, f"way_{name}", f"{way}: {suggested.text}", self._on_way))
        not_now = _("Not now, until the next session: {words}").format(words=suggested.text)
        self.not_now = self._link(_("Not now"), f"not_now_{name}", not_now, self._on_not_now)
        links.add(self.not_now)
        never = _("Never for this client: {words}").format(words=suggested.text)
        links.add(self._link(_("Never for this client"), f"never_{name}", never, self._on_never))
        self.column.addWidget(links)

    def _link(self, words: str, name: str, spoken: str, asked: object) -> Button:
        made = link(words, self, name=name, spoken=spoken)
        made.setProperty("is_small", True)
        made.setMinimumHeight(theme.current().size("target_min"))
        made.clicked.connect(asked)
        return made

    def _on_way(self) -> None:
        self.way_asked.emit(self._suggested)

    def _on_not_now(self) -> None:
        self.answered.emit(self._suggested.key, SuggestionReply.NOT_NOW)

    def _on_never(self) -> None:
        self.answered.emit(self._suggested.key, SuggestionReply.NEVER)


def name_of(key: str) -> str:
    """Return a suggestion's key as part of an object's name."""
    return key.replace(".", "_")
