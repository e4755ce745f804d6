"""The wavy lines below words that no dictionary knows, and what their menu offers.

Words are judged when the keys rest, those in the field's own sight alone, a few thousandths of a second at
a time: typing never waits.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cached_property, partial
from time import perf_counter
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer
from PySide6.QtGui import QAction, QColor, QKeySequence, Qt, QTextBlock, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QMenu, QTextEdit
from shiboken6 import isValid

from ipt_desktop.domain.errors import PracticeError
from ipt_desktop.domain.spelt_words import plain_word, word_at, words_in
from ipt_desktop.domain.text import _, ngettext
from ui import theme
from ui.forms.prose import ProseEdit, units
from ui.forms.writing.speller import Speller

if TYPE_CHECKING:
    from ui.forms.writing.field_notice import FieldNotice

REST_MS = 400
SLICE = 0.004  # seconds
LAYER = "spelling"


class SpellMarks(QObject):
    """The spell-check of one prose field."""

    def __init__(self, prose: ProseEdit, speller: Speller) -> None:
        super().__init__(prose)
        self._prose, self._speller = prose, speller
        self._notice: FieldNotice | None = None
        self._follows_scrolling = False
        self._description = prose.accessibleDescription()
        self._walk: Iterator[QTextCursor | None] | None = None
        self._found: list[QTextCursor] = []
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(REST_MS)
        self._rest.timeout.connect(self.look_now)
        prose.textChanged.connect(self._rest.start)
        speller.changed.connect(self._rest.start)

    @cached_property
    def _slice(self) -> QTimer:
        """The moment until the window has breathed."""
        made = QTimer(self)
        made.setSingleShot(True)
        made.timeout.connect(self._go_on)
        return made

    def serve_keys(self, notice: FieldNotice) -> None:
        """Serve keyboard and menu of the field, which is used from now on; `notice` tells what was done there."""
        self._notice = notice
        self._prose.entered.connect(self._on_entered)
        self._prose.menu_asked.connect(self._on_menu_asked)
        self._add_next_action()

    def _add_next_action(self) -> None:
        action = QAction(_("Next word to look at"), self._prose)
        action.setObjectName(f"{self._prose.objectName()}_next_word")
        action.setShortcut(QKeySequence("Alt+F7"))
        action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        action.triggered.connect(self.go_to_next)
        self._prose.addAction(action)

    # -- marks -----------------------------------------------------------------------------------------------------

    def look_now(self) -> None:
        """Judge the words in sight, without waiting for the keys to rest."""
        if not self._follows_scrolling:
            self._follows_scrolling = True
            self._prose.verticalScrollBar().valueChanged.connect(self._on_scrolled)
        self._rest.stop()
        self._walk, self._found = self._misspelt(), []
        self._go_on()

    def _go_on(self) -> None:
        """Judge for as long as nobody notices, then let the window breathe."""
        until = perf_counter() + SLICE
        if self._walk is None or self._rest.isActive():
            return  # the text has changed: it is looked at anew when the keys rest
        for cursor in self._walk:
            if cursor is not None:
                self._found.append(cursor)
            if perf_counter() > until:
                self._slice.start(0)
                return
        self._walk = None
        self._show()

    def _misspelt(self) -> Iterator[QTextCursor | None]:
        """Yield a cursor for each word in sight that is not known, and None for each that is; none of what is only read."""
        if self._prose.isReadOnly():
            return
        self._prose.document().size()  # a long text is laid out bit by bit: until it is whole, no place in it can be trusted
        viewport = self._prose.viewport().rect()
        block = self._prose.cursorForPosition(viewport.topLeft()).block()
        last = self._prose.cursorForPosition(viewport.bottomRight()).blockNumber()
        while block.isValid() and block.blockNumber() <= last:
            text = block.text()
            for start, word in words_in(text):
                yield None if self._speller.is_known(word) else self._cursor(block, text, start, word)
            block = block.next()

    def _cursor(self, block: QTextBlock, text: str, start: int, word: str) -> QTextCursor:
        cursor = QTextCursor(block)
        begin = block.position() + units(text[:start])
        cursor.setPosition(begin)
        cursor.setPosition(begin + units(word), QTextCursor.MoveMode.KeepAnchor)
        return cursor

    def _show(self) -> None:
        marks = []
        for cursor in self._found:
            mark = QTextEdit.ExtraSelection()
            mark.cursor = cursor
            mark.format = _wavy()
            marks.append(mark)
        count, self._found = len(marks), []
        self._prose.show_marks(LAYER, marks)
        said = ngettext("{count} word is not in the dictionary", "{count} words are not in the dictionary", count)
        words = " ".join(each for each in (self._description, said.format(count=count) if count else "") if each)
        if words != self._prose.accessibleDescription():
            self._prose.setAccessibleDescription(words)

    def _on_scrolled(self, _value: int) -> None:
        self._rest.start()

    def _on_entered(self) -> None:
        self._speller.load()
        self._rest.start()

    # -- one word --------------------------------------------------------------------------------------------------

    def go_to_next(self) -> None:
        """Choose the next word that no dictionary knows, after the last one the first again."""
        document, here = self._prose.document(), self._prose.textCursor().selectionEnd()
        first: QTextCursor | None = None
        block = document.begin()
        while block.isValid():
            text = block.text()
            for start, word in words_in(text):
                if not self._speller.is_known(word):
                    cursor = self._cursor(block, text, start, word)
                    if cursor.selectionStart() >= here:
                        self._prose.setTextCursor(cursor)
                        return
                    first = first or cursor
            block = block.next()
        if first is not None:
            self._prose.setTextCursor(first)
        else:
            self._say(_("Every word here is in the dictionary."))

    def _on_menu_asked(self, menu: QMenu, place: QTextCursor) -> None:
        """Put first what a word could have been, and whether it is right as it is."""
        block = place.block()
        text = block.text()
        at = place.selectionStart() - block.position() if place.hasSelection() else place.positionInBlock()
        found = word_at(text, len(text.encode("utf-16-le")[: 2 * at].decode("utf-16-le", "ignore")))
        if found is None or self._prose.isReadOnly() or self._speller.is_known(found[1]):
            return
        start, word = found
        cursor = self._cursor(block, text, start, word)
        first = menu.actions()[0] if menu.actions() else None
        looking = self._add(menu, first, "looking", _("Looking for suggestions…"))
        looking.setEnabled(False)
        shown = plain_word(word)
        learn = self._add(menu, first, "learn", _("Add “{word}” to the dictionary").format(word=shown))
        learn.triggered.connect(partial(self._learn, word))
        ignore = self._add(menu, first, "ignore", _("Ignore here until lock"))
        ignore.triggered.connect(partial(self._speller.ignore, word))
        menu.insertSeparator(first) if first is not None else None
        self._speller.suggest(word, partial(self._offer, menu, looking, cursor))

    def _add(self, menu: QMenu, before: QAction | None, name: str, words: str) -> QAction:
        action = QAction(words.replace("&", "&&"), menu)
        action.setObjectName(f"{self._prose.objectName()}_{name}")
        if before is None:
            menu.addAction(action)
        else:
            menu.insertAction(before, action)
        return action

    def _offer(self, menu: QMenu, looking: QAction, cursor: QTextCursor, suggestions: list[str]) -> None:
        if not isValid(menu):
            return  # it was closed meanwhile
        if not suggestions:
            looking.setText(_("No suggestion"))
            return
        for number, suggestion in enumerate(suggestions):
            action = self._add(menu, looking, f"suggestion_{number}", suggestion)
            action.triggered.connect(partial(self._replace, cursor, suggestion))
        menu.removeAction(looking)
        menu.setActiveAction(menu.actions()[0])

    def _replace(self, cursor: QTextCursor, word: str) -> None:
        cursor.insertText(word)
        self._prose.setTextCursor(cursor)
        self.look_now()

    def _say(self, words: str, act_words: str = "", act: Callable[[], object] | None = None) -> None:
        if self._notice is not None:
            self._notice.say(words, act_words, act)

    def _learn(self, word: str) -> None:
        try:
            self._speller.learn(word)
        except PracticeError as error:
            self._say(str(error))
            return
        words = _("“{word}” is in your dictionary now.").format(word=plain_word(word))
        self._say(words, _("Undo"), partial(self._speller.unlearn, plain_word(word)))
        self.look_now()


def _wavy() -> QTextCharFormat:
    look = QTextCharFormat()
    look.setUnderlineStyle(QTextCharFormat.UnderlineStyle.SpellCheckUnderline)
    look.setUnderlineColor(QColor(theme.current().color("danger")))
    return look
