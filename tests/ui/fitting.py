"""The walk that every text is tested with: by geometry, has it all the room it needs?

What is made to give way (an `ElidedLabel`, a choice with an ellipsis of its own) has the whole words in its tooltip.
"""

from collections.abc import Iterator

from PySide6.QtCore import QCoreApplication, QEvent, QRect, Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractScrollArea,
    QCheckBox,
    QComboBox,
    QLabel,
    QPushButton,
    QRadioButton,
    QStyle,
    QStyleOptionButton,
    QStyleOptionComboBox,
    QWidget,
)

from ui.widgets.chips import YieldingButton
from ui.widgets.choice_field import ChoiceField
from ui.widgets.labels import ElidedLabel

SLACK = 1  # pixels: a font's advance is rounded


def settle() -> None:
    """Let what wraps ask for its height once it knows its width, as often as one thing waits for another."""
    for _round in range(8):
        QCoreApplication.processEvents()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def misfits(root: QWidget) -> list[str]:
    """Return what in a widget has not the room for its words, described for a failing test."""
    found = []
    for kind in (QLabel, QAbstractButton, QComboBox):
        for each in root.findChildren(kind):
            if each.isVisible() and (why := "; ".join(_faults(each, root))):
                found.append(f"{type(each).__name__} {each.objectName()!r} {_text(each)[:60]!r}: {why}")
    return found


def _text(part: QWidget) -> str:
    if isinstance(part, QComboBox):
        return part.currentText()
    return part.text() if isinstance(part, QLabel | QAbstractButton) else ""


def _faults(part: QWidget, root: QWidget) -> Iterator[str]:
    text = _text(part)
    if not text or (isinstance(part, QLabel) and part.textFormat() is Qt.TextFormat.RichText):
        return
    if isinstance(part, ElidedLabel):
        if 0 < part.width() < _advance(part, text):
            part.grab()  # what it leaves out it knows once it is painted
            if part.toolTip() != text:
                yield "elided without a tooltip"
        return
    if isinstance(part, YieldingButton):
        if part.width() < part.sizeHint().width() and not part.toolTip():
            yield "cut short without a tooltip"
    elif not isinstance(part, ChoiceField):  # which elides what is chosen, and tells it whole when it is pointed at
        yield from _narrow(part, text)
    yield from _low(part, text)
    yield from _clipped(part, root)


def _advance(part: QWidget, words: str) -> int:
    return part.fontMetrics().horizontalAdvance(words.replace("&&", "&"))


def _wraps(part: QWidget) -> bool:
    """Whether it sets its words in as many lines as the width asks for: a label that does, a button that paints itself."""
    return part.wordWrap() if isinstance(part, QLabel) else part.hasHeightForWidth()


def _lines(part: QWidget, text: str) -> list[str]:
    return text.split() if _wraps(part) else text.split("\n")


def _narrow(part: QWidget, text: str) -> Iterator[str]:
    needed, room = max(_advance(part, line) for line in _lines(part, text)), _room(part).width()
    if needed > room + SLACK:
        yield f"{needed} wide in {room}"


def _low(part: QWidget, text: str) -> Iterator[str]:
    if _wraps(part):
        needed = part.heightForWidth(part.width())
    else:
        needed = part.fontMetrics().height() * len(_lines(part, text))
        needed -= part.fontMetrics().leading()
    room = part.height()
    if needed > room + SLACK:
        yield f"{needed} high in {room}"


def _room(part: QWidget) -> QRect:
    """Return where the words of a part may stand, within its padding and beside its icon."""
    if isinstance(part, QComboBox):
        choice = QStyleOptionComboBox()
        part.initStyleOption(choice)
        field = QStyle.SubControl.SC_ComboBoxEditField
        return part.style().subControlRect(QStyle.ComplexControl.CC_ComboBox, choice, field, part)
    if isinstance(part, QCheckBox | QRadioButton):
        option = QStyleOptionButton()
        part.initStyleOption(option)
        is_box = isinstance(part, QCheckBox)
        contents = QStyle.SubElement.SE_CheckBoxContents if is_box else QStyle.SubElement.SE_RadioButtonContents
        return part.style().subElementRect(contents, option, part)
    if isinstance(part, QPushButton):
        option = QStyleOptionButton()
        part.initStyleOption(option)
        rect = part.style().subElementRect(QStyle.SubElement.SE_PushButtonContents, option, part)
        icon = 0 if part.icon().isNull() else part.iconSize().width()
        return rect.adjusted(icon, 0, 0, 0)
    return part.contentsRect()


def _clipped(part: QWidget, root: QWidget) -> Iterator[str]:
    """Say where a part reaches beyond what holds it; what scrolls may be as high as it likes."""
    inner, holder = part, part.parentWidget()
    is_scrolled = False
    while holder is not None and inner is not root:
        is_scrolled = is_scrolled or isinstance(holder.parentWidget(), QAbstractScrollArea)
        at = QRect(part.mapTo(holder, part.rect().topLeft()), part.size())
        if at.left() < -SLACK or at.right() > holder.width() + SLACK:
            yield f"from {at.left()} to {at.right()} in {holder.objectName() or type(holder).__name__} of {holder.width()}"
            return
        if not is_scrolled and (at.top() < -SLACK or at.bottom() > holder.height() + SLACK):
            yield f"down to {at.bottom()} in {holder.objectName() or type(holder).__name__} of {holder.height()}"
            return
        inner, holder = holder, holder.parentWidget()
