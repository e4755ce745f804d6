"""Prose as it is typed: a text field whose document is read straight as rich text's blocks, to the letter.

Bold is weight 700 and up; a heading's own weight is 600, so that bold within a heading stays bold. Pasting brings plain text.
"""

from collections.abc import Callable, Iterable
from math import ceil
from typing import cast

from PySide6.QtCore import QEvent, QMimeData, Qt, Signal
from PySide6.QtGui import (
    QAction,
    QContextMenuEvent,
    QFocusEvent,
    QFont,
    QFontMetrics,
    QKeyEvent,
    QKeySequence,
    QTextBlock,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextFormat,
    QTextList,
    QTextListFormat,
    QWheelEvent,
)
from PySide6.QtWidgets import QTextEdit, QWidget

from ipt_desktop.domain.rich_text import Block, BlockKind, RichText, Run
from ipt_desktop.domain.text import _
from ui import theme
from ui.forms.writing.pasting import text_of
from ui.widgets.naming import named

MOST_LINES = 40  # a longer text scrolls inside its field
LONGEST_LINE = 400  # letters: no field is as wide
UNBOUNDED = 16_777_215  # QWIDGETSIZE_MAX, which PySide does not name
PARAGRAPH_GAP = 5
LIST_STYLES = {
    BlockKind.BULLET: QTextListFormat.Style.ListDisc,
    BlockKind.NUMBERED: QTextListFormat.Style.ListDecimal,
}
_QUOTE = QTextFormat.Property.BlockQuoteLevel
_PROPORTIONAL = QTextBlockFormat.LineHeightTypes.ProportionalHeight.value


def read_blocks(document: QTextDocument) -> RichText:
    """Return a document's text as blocks; an empty document is no block at all."""
    blocks: list[Block] = []
    block = document.begin()
    while block.isValid():
        blocks.append(Block(_runs(block), kind_of(block)))
        block = block.next()
    return () if blocks == [Block()] else tuple(blocks)


def kind_of(block: QTextBlock) -> BlockKind:
    """Return what a block of the document is."""
    if (listed := _list_of(block)) is not None:
        is_numbered = listed.format().style() == LIST_STYLES[BlockKind.NUMBERED]
        return BlockKind.NUMBERED if is_numbered else BlockKind.BULLET
    if block.blockFormat().headingLevel():
        return BlockKind.HEADING
    return BlockKind.QUOTE if block.blockFormat().hasProperty(_QUOTE) else BlockKind.PARAGRAPH


def _list_of(block: QTextBlock) -> QTextList | None:
    return block.textList() if block.isValid() else None


def _runs(block: QTextBlock) -> tuple[Run, ...]:
    runs: list[Run] = []
    for step in cast(Iterable[QTextBlock.iterator], block):
        fragment = step.fragment()
        look = fragment.charFormat()
        run = Run(fragment.text(), look.fontWeight() >= QFont.Weight.Bold, look.fontItalic())
        if runs and (runs[-1].bold, runs[-1].italic) == (run.bold, run.italic):
            runs[-1] = Run(runs[-1].text + run.text, run.bold, run.italic)
        else:
            runs.append(run)
    return tuple(runs)


def _look(kind: BlockKind, *, is_bold: bool = False, is_italic: bool = False) -> QTextCharFormat:
    look = QTextCharFormat()
    plain_weight = QFont.Weight.DemiBold if kind is BlockKind.HEADING else QFont.Weight.Normal
    look.setFontWeight(QFont.Weight.Bold if is_bold else plain_weight)
    look.setFontItalic(is_italic)
    return look


class ProseEdit(QTextEdit):
    """A field for prose that grows with its text, from `lines` lines on. Tab leaves it. `edited` says it was typed in.

    What helps writing attaches itself: `key_takers` may take a key before the text does, `typed` tells of letters that came by
    key, `menu_asked` carries the menu of the place asked about and a cursor there, `show_marks` draws over the text. Of what a
    long form's many fields need only one at a time, `when_used` makes none before. `fill` it before it is shown.
    """

    edited = Signal()
    entered = Signal()
    left = Signal()
    paste_told = Signal(str)
    typed = Signal(str)
    menu_asked = Signal(object, object)

    def __init__(self, parent: QWidget, *, name: str, spoken: str, style: str = "body", lines: int = 1) -> None:
        super().__init__(parent)
        named(self, name, spoken)
        self._style, self._lines = style, lines
        self._is_filling = False
        self.key_takers: list[Callable[[QKeyEvent], bool]] = []
        self._marks: dict[str, list[QTextEdit.ExtraSelection]] = {}
        self._form_sheet: str | None = None
        self._at_first_use: list[Callable[[], object]] | None = [self._add_actions]
        self.setTabChangesFocus(True)
        self.setAcceptRichText(False)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        if style != "body":
            self.setFont(theme.current().font(style))
            pixels = theme.current().font(style).pixelSize()
            self.setStyleSheet(f"QTextEdit {{ font-size: {pixels}px; }}")
        self._follow(self.document())
        self.textChanged.connect(self._on_text_changed)

    def when_used(self, make: Callable[[], object]) -> None:
        """Make something once the field is used for the first time: by keyboard, menu, pasting, or for its actions."""
        if self._at_first_use is None:
            make()
        else:
            self._at_first_use.append(make)

    def be_used(self) -> None:
        """Make what has waited for the first use."""
        waiting, self._at_first_use = self._at_first_use, None
        for make in waiting or ():
            make()

    def actions(self) -> list[QAction]:
        """Return what can be done with the text."""
        self.be_used()
        return super().actions()

    def blocks(self) -> RichText:
        """Return what is written."""
        return read_blocks(self.document())

    def fill(self, blocks: RichText) -> None:
        """Show other text, as if it had always stood here: nothing to undo, and `edited` keeps quiet."""
        self._is_filling = True
        self.clear()
        cursor = QTextCursor(self.document())
        cursor.beginEditBlock()
        for number, block in enumerate(blocks or (Block(),)):
            if number:
                cursor.insertBlock(QTextBlockFormat(), QTextCharFormat())
            self._make(cursor, block.kind)
            for run in block.runs:
                cursor.insertText(run.text, _look(block.kind, is_bold=run.bold, is_italic=run.italic))
        cursor.endEditBlock()
        self.document().clearUndoRedoStacks()
        self.document().setModified(False)
        self.moveCursor(QTextCursor.MoveOperation.Start)
        self._is_filling = False
        self._fit_height()

    def lay_down(self) -> QTextDocument:
        """Hand out the text with its steps to undo, and show none; it belongs to the caller."""
        text = self.document()
        text.documentLayout().documentSizeChanged.disconnect(self._fit_height)
        text.setParent(None)  # or the field would delete it
        self.take_up(QTextDocument(self))
        return text

    def take_up(self, text: QTextDocument) -> None:
        """Show a text that was laid down, with its steps to undo; `edited` keeps quiet."""
        self._is_filling = True
        text.setParent(self)
        text.setDefaultFont(self.font())
        self.setDocument(text)
        self._follow(text)
        self._is_filling = False
        self._fit_height()

    def _follow(self, text: QTextDocument) -> None:
        text.setDocumentMargin(2)
        text.documentLayout().documentSizeChanged.connect(self._fit_height)

    def fill_page(self, sheet: str) -> None:
        """Take all the room there is, with the text scrolling within and looking as the style sheet says, until `fit_form`."""
        if self._form_sheet is None:
            self._form_sheet = self.styleSheet()
        self.setStyleSheet(sheet)
        self.setMinimumHeight(0)
        self.setMaximumHeight(UNBOUNDED)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)

    def fit_form(self) -> None:
        """Be a field of a form again, as high as its text."""
        if self._form_sheet is not None:
            sheet, self._form_sheet = self._form_sheet, None
            self.setViewportMargins(0, 0, 0, 0)
            self.setStyleSheet(sheet)
            self._fit_height()

    @property
    def line_percent(self) -> float:
        """How far apart the lines are set, in per cent of the font's own distance: part of each block, in any view of it."""
        look = theme.current()
        return 100.0 * look.line_height(self._style) / max(1, QFontMetrics(look.font(self._style)).lineSpacing())

    def make(self, kind: BlockKind) -> None:
        """Make every block of the selection a heading, list item, quotation or paragraph; the same again undoes it."""
        cursor = self.textCursor()
        is_all = all(kind_of(block) is kind for block in self._chosen_blocks())
        cursor.beginEditBlock()
        for block in self._chosen_blocks():
            self._turn(block, BlockKind.PARAGRAPH if is_all else kind)
        cursor.endEditBlock()

    def toggle_bold(self) -> None:
        """Make the selection, or what is typed next, bold or not."""
        kind = kind_of(self.textCursor().block())
        is_bold = self.currentCharFormat().fontWeight() >= QFont.Weight.Bold
        look = QTextCharFormat()
        look.setFontWeight(_look(kind, is_bold=not is_bold).fontWeight())
        self.mergeCurrentCharFormat(look)

    def toggle_italic(self) -> None:
        """Make the selection, or what is typed next, italic or not."""
        look = QTextCharFormat()
        look.setFontItalic(not self.currentCharFormat().fontItalic())
        self.mergeCurrentCharFormat(look)

    def canInsertFromMimeData(self, source: QMimeData) -> bool:
        """Take in what has words, and what has none but must be told why."""
        return source.hasText() or source.hasHtml() or source.hasImage()

    def insertFromMimeData(self, source: QMimeData) -> None:
        """Paste and drop plain text alone, as far as it can be read; `paste_told` says what was left out or refused."""
        self.be_used()
        pasted, told = text_of(source)
        if pasted:
            self.textCursor().insertText(pasted)
            self.ensureCursorVisible()
        if told:
            self.paste_told.emit(told)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """End a heading, or a list or quotation on its empty line, with Enter; undo a kind with Backspace at its start."""
        self.be_used()
        if any(take(event) for take in self.key_takers):
            event.accept()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not self.isReadOnly():
            self._end_block()
        elif event.key() == Qt.Key.Key_Backspace and self._is_at_start_of_kind() and not self.isReadOnly():
            self._turn(self.textCursor().block(), BlockKind.PARAGRAPH)
        else:
            super().keyPressEvent(event)
            if event.text():
                self.typed.emit(event.text())

    def focusNextPrevChild(self, is_next: bool) -> bool:
        """Leave with Tab, unless something takes that key."""
        tab = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_Tab, Qt.KeyboardModifier.NoModifier, "\t")
        if is_next and any(take(tab) for take in self.key_takers):
            return True
        return super().focusNextPrevChild(is_next)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Say that the keyboard came in."""
        self.be_used()
        super().focusInEvent(event)
        self.entered.emit()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Say that the keyboard went."""
        super().focusOutEvent(event)
        self.left.emit()

    def show_marks(self, layer: str, marks: list[QTextEdit.ExtraSelection]) -> None:
        """Draw over the text what one of several has to mark there; what is stored stays as it is."""
        if marks or self._marks.get(layer):
            self._marks[layer] = marks
            self.setExtraSelections([mark for each in self._marks.values() for mark in each])

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Offer the looks of text beside cut, copy and paste."""
        self.be_used()
        menu = self.createStandardContextMenu(event.pos())
        if not self.isReadOnly():
            menu.addSeparator()
            menu.addActions(self.actions())
        is_by_key = event.reason() == QContextMenuEvent.Reason.Keyboard
        self.menu_asked.emit(menu, self.textCursor() if is_by_key else self.cursorForPosition(event.pos()))
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(event.globalPos())

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Scroll the page, unless the text is longer than its field."""
        if self.verticalScrollBarPolicy() == Qt.ScrollBarPolicy.ScrollBarAlwaysOff:
            event.ignore()
        else:
            super().wheelEvent(event)

    def _add_actions(self) -> None:
        looks = [
            ("paste_plain", _("Paste as plain text"), "Ctrl+Shift+V", self.paste),
            ("bold", _("Bold"), "Ctrl+B", self.toggle_bold),
            ("italic", _("Italic"), "Ctrl+I", self.toggle_italic),
            ("heading", _("Heading"), "Ctrl+Alt+2", lambda: self.make(BlockKind.HEADING)),
            ("numbered", _("Numbered list"), "Ctrl+Shift+7", lambda: self.make(BlockKind.NUMBERED)),
            ("bullet", _("List"), "Ctrl+Shift+8", lambda: self.make(BlockKind.BULLET)),
            ("quote", _("Quotation"), "Ctrl+Shift+9", lambda: self.make(BlockKind.QUOTE)),
        ]
        for key, words, keys, act in looks:
            action = QAction(words, self)
            action.setObjectName(f"{self.objectName()}_{key}")
            action.setShortcut(QKeySequence(keys))
            action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
            action.triggered.connect(act)
            self.addAction(action)

    def _end_block(self) -> None:
        cursor = self.textCursor()
        kind = kind_of(cursor.block())
        if not cursor.block().text() and kind is not BlockKind.PARAGRAPH:
            self._turn(cursor.block(), BlockKind.PARAGRAPH)
            return
        cursor.insertBlock()
        if kind is BlockKind.HEADING and cursor.atBlockEnd():
            self._turn(cursor.block(), BlockKind.PARAGRAPH)
        self.setTextCursor(cursor)
        self.ensureCursorVisible()

    def _is_at_start_of_kind(self) -> bool:
        cursor = self.textCursor()
        return cursor.atBlockStart() and not cursor.hasSelection() and kind_of(cursor.block()) is not BlockKind.PARAGRAPH

    def _chosen_blocks(self) -> list[QTextBlock]:
        cursor, document = self.textCursor(), self.document()
        block, last = document.findBlock(cursor.selectionStart()), document.findBlock(cursor.selectionEnd())
        blocks = [block]
        while block.blockNumber() < last.blockNumber():
            block = block.next()
            blocks.append(block)
        return blocks

    def _turn(self, block: QTextBlock, kind: BlockKind) -> None:
        """Make a block that has text another kind; its bold and italic stay."""
        runs = _runs(block)
        cursor = QTextCursor(block)
        cursor.beginEditBlock()
        self._make(cursor, kind)
        for run in runs:
            cursor.setPosition(cursor.position() + units(run.text), QTextCursor.MoveMode.KeepAnchor)
            cursor.mergeCharFormat(_look(kind, is_bold=run.bold, is_italic=run.italic))
            cursor.setPosition(cursor.selectionEnd())
        cursor.endEditBlock()

    def _make(self, cursor: QTextCursor, kind: BlockKind) -> None:
        """Give the cursor's block the format of a kind."""
        block = cursor.block()
        if (listed := _list_of(block)) is not None:
            listed.remove(block)
        shape = QTextBlockFormat()
        shape.setLineHeight(self.line_percent, _PROPORTIONAL)
        shape.setBottomMargin(0 if kind in LIST_STYLES else PARAGRAPH_GAP)
        shape.setHeadingLevel(2 if kind is BlockKind.HEADING else 0)
        if kind is BlockKind.QUOTE:
            shape.setProperty(_QUOTE, 1)
            shape.setLeftMargin(24)
        cursor.setBlockFormat(shape)
        cursor.setBlockCharFormat(_look(kind))
        if kind in LIST_STYLES:
            self._join_list(cursor, LIST_STYLES[kind])

    def _join_list(self, cursor: QTextCursor, style: QTextListFormat.Style) -> None:
        above = _list_of(cursor.block().previous())
        if above is not None and above.format().style() == style:
            above.add(cursor.block())
        else:
            cursor.createList(style)

    def _fit_height(self) -> None:
        if self._form_sheet is not None:
            return
        line = theme.current().line_height(self._style)
        frame = 2 * (1 + 5)  # border and padding, the same with and without focus
        least, most = (count * line + 4 for count in (self._lines, MOST_LINES))
        text = most + 1 if self._is_certainly_long() else self._text_height()
        height = max(least, min(text, most)) + frame
        policy = Qt.ScrollBarPolicy.ScrollBarAsNeeded if text > most else Qt.ScrollBarPolicy.ScrollBarAlwaysOff
        if policy != self.verticalScrollBarPolicy():
            self.setVerticalScrollBarPolicy(policy)
        if height != self.minimumHeight() or height != self.maximumHeight():
            self.setFixedHeight(height)

    def _is_certainly_long(self) -> bool:
        """Whether it scrolls, whatever its width: asking for the height of so much would set it all before a line is seen."""
        return self.document().blockCount() > MOST_LINES or self.document().characterCount() > MOST_LINES * LONGEST_LINE

    def _text_height(self) -> int:
        gap = self.document().lastBlock().blockFormat().bottomMargin()  # below the last line no gap is needed
        return ceil(self.document().size().height() - gap)

    def _on_text_changed(self) -> None:
        if not self._is_filling:
            self.edited.emit()


def units(text: str) -> int:
    """Return how many UTF-16 units a text has: what a text cursor counts."""
    return len(text.encode("utf-16-le")) // 2
