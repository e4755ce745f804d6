"""Editors for what is chosen: one word of a few, several of a list, people by name."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from ipt_desktop.domain.form import EVERY_SESSION, Field, Option
from ipt_desktop.domain.text import _
from ui import theme
from ui.forms.editor import Choices, Editor, Setting
from ui.widgets.buttons import Button
from ui.widgets.chips import AddChip, Chip, ChipRow, chip_link
from ui.widgets.naming import named
from ui.widgets.segmented import Segmented

MOST_ON_CHIP = 56  # letters
WIDEST_JOINED, WIDEST_NARROW = 80, 26  # letters on joined buttons at 100 % text; more of them wrap as chips


class ChipChoice(ChipRow):
    """A choice among words too long to stand joined: chips, of which one or none is chosen."""

    chosen = Signal(object)

    def __init__(self, options: Choices, parent: QWidget, *, name: str, spoken: str, is_clearable: bool = True) -> None:
        super().__init__(parent, name=name, spoken=spoken)
        self._is_clearable = is_clearable
        self._chips: dict[str, Chip] = {}
        for key, words in options:
            self._chips[key] = chip = Chip(words, self, name=f"{name}_{key}", spoken=f"{spoken}: {words}")
            chip.setProperty("key", key)
            chip.clicked.connect(self._on_clicked)
            self.add(chip)

    def choice(self) -> str | None:
        """Return the key chosen, or None."""
        return next((key for key, chip in self._chips.items() if chip.isChecked()), None)

    def choose(self, key: str | None) -> None:
        """Show a choice without announcing it."""
        for other, chip in self._chips.items():
            chip.setChecked(other == key)

    def button(self, key: str) -> Chip:
        """Return one of the chips."""
        return self._chips[key]

    def _on_clicked(self, is_checked: bool) -> None:
        is_chosen = is_checked or not self._is_clearable
        self.choose(str(self.sender().property("key")) if is_chosen else None)
        self.chosen.emit(self.choice())


def one_of(
    options: Choices, parent: QWidget, *, name: str, spoken: str, is_narrow: bool = False, is_clearable: bool = True
) -> Segmented | ChipChoice:
    """Return joined buttons for a few short words, chips for more; either can be cleared, unless it is not `is_clearable`."""
    letters = sum(len(words) + 3 for _key, words in options) * theme.current().scale
    if letters <= (WIDEST_NARROW if is_narrow else WIDEST_JOINED) and not theme.current().is_large:
        return Segmented(options, parent, name=name, spoken=spoken, is_clearable=is_clearable)
    return ChipChoice(options, parent, name=name, spoken=spoken, is_clearable=is_clearable)


def choices_of(asked: Field, setting: Setting) -> Choices:
    """Return what can be chosen: what the protocol has for it where the field asks for that, or its own options."""
    of_protocol = {"areas": setting.areas, EVERY_SESSION: setting.every_session}.get(asked.options_from)
    if of_protocol:
        return [(key, _(words)) for key, words in of_protocol]
    return [(option.key, _(option.label)) for option in asked.options]


class ChoiceEditor(Editor):
    """One of a few words, or none."""

    def __init__(self, asked: Field, parent: QWidget, setting: Setting) -> None:
        super().__init__(asked, parent)
        options, spoken = choices_of(asked, setting), _(asked.label)
        self._offered, self._kept = {key for key, _words in options}, ""
        self._choice = one_of(options, self, name=self.name("choice"), spoken=spoken, is_narrow=setting.is_narrow)
        self._choice.chosen.connect(self._on_chosen)
        self.column.addWidget(self._choice)

    def answer(self) -> str | None:
        """Return the key chosen, or None; one that is not offered any more is kept until another is chosen."""
        return self._choice.choice() or self._kept or None

    def show_answer(self, answer: Any) -> None:
        """Show a choice."""
        self._kept = answer if answer and answer not in self._offered else ""
        self._choice.choose(answer or None)

    def _on_chosen(self) -> None:
        self._kept = ""
        self.edited.emit()


class ChoicesEditor(Editor):
    """Several words of a list; those seldom used wait behind *More…*, and are made when they are first in sight.

    Beside a choice that is worked out on a worksheet stands a link to one: `worksheet_asked` carries that form's key.
    """

    worksheet_asked = Signal(str)

    def __init__(self, asked: Field, parent: QWidget, setting: Setting) -> None:
        super().__init__(asked, parent)
        self._kept: list[str] = []
        self._options = dict(self.options(setting))
        rare = {option.key for option in asked.options if not option.is_common}
        self._row = ChipRow(self, name=self.name("chips"), spoken=_(asked.label))
        self._chips: dict[str, Chip] = {}
        self._more = AddChip(_("More…"), self._row, name=self.name("more"), icon="", spoken=_("More choices"))
        self._more.clicked.connect(self._on_more)
        self._add_chips([key for key in self._options if key not in rare])
        self.column.addWidget(self._row)
        self._sheets: dict[str, Button] = {}
        self._links = ChipRow(self, name=self.name("worksheets"), spoken=_("Worksheets"))
        self._links.hide()
        self.column.addWidget(self._links)
        for option in asked.options:
            if option.worksheet:
                self._add_link(option)

    def _add_link(self, option: Option) -> None:
        words = _("{choice}: open the worksheet").format(choice=_(option.label))
        made = chip_link(words, self._links, name=self.name(f"worksheet_{option.key}"), icon="file-text")
        made.setProperty("worksheet", option.worksheet)
        made.clicked.connect(self._on_worksheet)
        self._links.add(made)
        self._sheets[option.key] = made
        self._chips[option.key].toggled.connect(self._show_links)
        self._show_links()

    def _show_links(self) -> None:
        for key, made in self._sheets.items():
            made.setVisible(self._chips[key].isChecked())
        self._links.setVisible(any(self._chips[key].isChecked() for key in self._sheets))
        fit_row(self._links)

    def _on_worksheet(self) -> None:
        self.worksheet_asked.emit(str(self.sender().property("worksheet")))

    def options(self, setting: Setting) -> Choices:
        """Return what can be chosen."""
        return choices_of(self.asked, setting)

    def first_height(self) -> int:
        """Return the height of a chip."""
        return theme.current().size("chip")

    def answer(self) -> list[str]:
        """Return the keys chosen, in the form's order; keys this form doesn't offer are kept at the end."""
        chosen = (key for key in self._options if key in self._chips and self._chips[key].isChecked())
        return [*chosen, *self._kept]

    def show_answer(self, answer: Any) -> None:
        """Show the choices; a rare one that is chosen is in sight."""
        chosen = list(answer or ())
        self._kept = [key for key in chosen if key not in self._options]
        self._add_chips([key for key in self._options if key in chosen and key not in self._chips])
        for key, chip in self._chips.items():
            chip.setChecked(key in chosen)
        self._row.updateGeometry()

    def choose_also(self, key: str) -> None:
        """Choose one more word, as a completion in the text does."""
        if key in self._options and key not in self._chips:
            self._add_chips([key])
        chip = self._chips.get(key)
        if chip is not None and not chip.isChecked():
            chip.setChecked(True)
            fit_row(self._row)
            self.edited.emit()

    def _add_chips(self, keys: Sequence[str]) -> None:
        """Put chips at the end of the row, and behind them *More…* while there are more."""
        for key in keys:
            words = self._options[key]
            chip = Chip(shortened(words), self._row, name=self.name(key), spoken=f"{_(self.asked.label)}: {words}")
            chip.setToolTip(words if chip.text() != words else "")
            chip.clicked.connect(self.edited)
            self._chips[key] = chip
            self._row.add(chip)
        if keys:
            self._row.add(self._more)
        self._more.setVisible(len(self._chips) < len(self._options))

    def _on_more(self) -> None:
        had_focus = self._more.hasFocus()
        hidden = [key for key in self._options if key not in self._chips]
        self._add_chips(hidden)
        if had_focus and hidden:
            self._chips[hidden[0]].setFocus(Qt.FocusReason.OtherFocusReason)
        fit_row(self._row)


def shortened(words: str) -> str:
    """Return as much of what a chip says as fits in a row."""
    return words if len(words) <= MOST_ON_CHIP else words[: MOST_ON_CHIP - 1].rstrip() + "…"


def fit_row(row: ChipRow) -> None:
    """Let a row of chips find its height again after chips came or went."""
    if (layout := row.layout()) is not None:
        layout.invalidate()
        row.setMinimumHeight(layout.heightForWidth(row.width()))
    row.updateGeometry()


class NamedEditor(Editor):
    """What is named by chips: those named stand there, the dashed chip offers the others; pressing one takes it away."""

    def __init__(self, asked: Field, parent: QWidget, setting: Setting) -> None:
        super().__init__(asked, parent)
        self._known = dict(self.offered(setting))
        self._named: list[str] = []
        self._is_read_only = False
        self._row = ChipRow(self, name=self.name("chips"), spoken=_(asked.label))
        words, spoken = self.add_words()
        self._add = AddChip(words, self, name=self.name("add"), spoken=spoken)
        self._menu = named(QMenu(self), self.name("menu"), words)
        self._add.clicked.connect(self._on_add)
        self.column.addWidget(self._row)
        self._redraw()

    def offered(self, setting: Setting) -> Choices:
        """Return what can be named, as (id, words)."""
        raise NotImplementedError

    def add_words(self) -> tuple[str, str]:
        """Return what the dashed chip says, and what is said of it aloud."""
        raise NotImplementedError

    def prepare(self, chip: Chip, key: str) -> None:
        """Give a chip what else can be done with it."""

    def first_height(self) -> int:
        """Return the height of a chip."""
        return theme.current().size("chip")

    def answer(self) -> list[str]:
        """Return the ids, in the order they were named; one no longer known is kept."""
        return list(self._named)

    def show_answer(self, answer: Any) -> None:
        """Show what was named."""
        self._named = list(answer or ())
        self._redraw()

    def set_read_only(self, is_read_only: bool) -> None:
        """Offer nothing where nothing is to be named."""
        if is_read_only != self._is_read_only:
            self._is_read_only = is_read_only
            self._redraw()
        super().set_read_only(is_read_only)

    def _redraw(self) -> None:
        before: QWidget = self._stop_before()
        self._add.setParent(self)
        self._row.clear()
        for key in (each for each in self._named if each in self._known):
            words = self._known[key]
            chip = Chip(shortened(words), self._row, name=self.name(key), spoken=words, is_chosen=True)
            chip.setToolTip(words if chip.text() != words else "")
            chip.setProperty("named", key)
            chip.clicked.connect(self._on_chip)
            self.prepare(chip, key)
            self._row.add(chip)
            QWidget.setTabOrder(before, chip)  # Tab goes through them as they stand, and to the dashed chip after them
            before = chip
        if self._is_read_only:
            self._add.hide()
        else:
            self._row.add(self._add)
            self._add.show()
            QWidget.setTabOrder(before, self._add)
        self._add.setEnabled(any(each not in self._named for each in self._known))
        fit_row(self._row)

    def _stop_before(self) -> QWidget:
        """Return where Tab stops before the first chip; the dashed chip where there is nothing else yet."""
        before = self._add.previousInFocusChain()
        while before is not None and before is not self._add:
            if not self._row.isAncestorOf(before) and before.focusPolicy() is not Qt.FocusPolicy.NoFocus:
                return before
            before = before.previousInFocusChain()
        return self._add

    def _on_add(self) -> None:
        self._menu.clear()
        for key, words in self._known.items():
            if key not in self._named:
                action = self._menu.addAction(words.replace("&", "&&"))
                action.setObjectName(self.name(f"add_{key}"))
                action.setData(key)
                action.triggered.connect(self._on_named)
        self._menu.popup(self._add.mapToGlobal(self._add.rect().bottomLeft()))

    def _on_named(self) -> None:
        sender = self.sender()
        assert isinstance(sender, QAction)  # noqa: S101 - only the menu's actions are connected
        self._named.append(str(sender.data()))
        self._redraw()
        self._add.setFocus()
        self.edited.emit()

    def name_also(self, key: str) -> None:
        """Name one more, as a completion in the text does."""
        if key in self._known and key not in self._named:
            self._named.append(key)
            self._redraw()
            self.edited.emit()

    def _on_chip(self) -> None:
        self._named.remove(str(self.sender().property("named")))
        self._redraw()
        self._add.setFocus()
        self.edited.emit()


class PersonsEditor(NamedEditor):
    """People by chips. In a note the menu of a name goes to them on the circle."""

    def __init__(self, asked: Field, parent: QWidget, setting: Setting) -> None:
        super().__init__(asked, parent, setting)
        self._has_circle = setting.given is not None

    def offered(self, setting: Setting) -> Choices:
        """Return the people of the client's life."""
        return setting.people

    def add_words(self) -> tuple[str, str]:
        """Offer another person."""
        return _("Add a person"), _("{label}: add a person").format(label=_(self.asked.label))

    def prepare(self, chip: Chip, key: str) -> None:
        """Let the menu of a name lead to the circle."""
        if self._has_circle:
            chip.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
            chip.customContextMenuRequested.connect(self._on_chip_menu)
            chip.setToolTip(_("Press to take the name out; the menu goes to the circle"))

    def _on_chip_menu(self, place: QPoint) -> None:
        chip = self.sender()
        if isinstance(chip, Chip):
            self._menu.clear()
            action = self._menu.addAction(_("Go to {name} on the circle").format(name=chip.text().replace("&", "&&")))
            action.setObjectName(self.name("circle"))
            action.setData(chip.property("named"))
            action.triggered.connect(self._on_circle)
            self._menu.popup(chip.mapToGlobal(place))

    def _on_circle(self) -> None:
        sender = self.sender()
        assert isinstance(sender, QAction)  # noqa: S101 - only the menu's action is connected
        self.asked_for.emit("person", str(sender.data()))
