"""Looks through everything the program holds for a word: widgets, documents, models, undo, completers, clipboard, memory."""

import gc
import linecache
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import fields, is_dataclass
from typing import Any

from PySide6.QtCore import QAbstractItemModel, QAbstractListModel, QCoreApplication, QEvent, QModelIndex, QObject, Qt
from PySide6.QtGui import QClipboard, QGuiApplication, QTextDocument, QUndoStack
from PySide6.QtWidgets import QApplication, QCompleter, QGraphicsScene, QGraphicsView, QTabBar
from shiboken6 import isValid

ROLES = (
    Qt.ItemDataRole.DisplayRole,
    Qt.ItemDataRole.EditRole,
    Qt.ItemDataRole.ToolTipRole,
    Qt.ItemDataRole.AccessibleTextRole,
    Qt.ItemDataRole.AccessibleDescriptionRole,
    Qt.ItemDataRole.UserRole,
)


def let_go() -> None:
    """Let widgets that are to be deleted go, and collect what Python alone still knows."""
    linecache.clearcache()  # the source of a test that failed holds its words, too
    for _round in range(3):
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        QApplication.processEvents()
        gc.collect()


def where(word: str) -> set[str]:
    """Return where the word stands, in whatever case; nothing is left out for being hidden."""
    found: set[str] = set()
    for thing in things():
        name = f"{type(thing).__name__} {thing.objectName()}".strip()
        found |= {f"{name}: {part}" for part, text in texts_of(thing) if word.lower() in text.lower()}
    clipboard = QGuiApplication.clipboard()
    for mode in (QClipboard.Mode.Clipboard, QClipboard.Mode.Selection):
        if word.lower() in clipboard.text(mode).lower():
            found.add(f"clipboard: {mode.name}")
    return found


def things() -> Iterator[QObject]:
    """Yield every object there is: of all widgets, of the application, and those that only Python holds."""
    seen: set[int] = set()
    roots: list[QObject] = [*QApplication.allWidgets(), *QGuiApplication.allWindows()]
    app = QCoreApplication.instance()
    assert app is not None
    roots.append(app)
    roots += [each for each in gc.get_objects() if isinstance(each, QTextDocument | QUndoStack | QCompleter | QGraphicsScene)]
    for root in roots:
        for each in (root, *_children(root)):
            if id(each) not in seen and isValid(each):
                seen.add(id(each))
                yield each


def _children(root: QObject) -> list[QObject]:
    return root.findChildren(QObject) if isValid(root) else []  # Python may still know what Qt has deleted


def texts_of(thing: QObject) -> Iterator[tuple[str, str]]:
    """Yield every text an object holds, by what it is."""
    yield from _properties(thing)
    yield from _contents(thing)


def _properties(thing: QObject) -> Iterator[tuple[str, str]]:
    kind = thing.metaObject()
    for place in range(kind.propertyCount()):
        if kind.property(place).isReadable() and kind.property(place).typeName() in ("QString", "QStringList", "QVariant"):
            yield kind.property(place).name(), str(kind.property(place).read(thing))
    for name in (each.data().decode() for each in thing.dynamicPropertyNames()):
        with suppress(RuntimeError):  # what a style keeps there is of a kind that Python can't read
            yield name, str(thing.property(name))


def _contents(thing: QObject) -> Iterator[tuple[str, str]]:
    if isinstance(thing, QTextDocument):
        yield "document", thing.toPlainText()
    elif isinstance(thing, QAbstractItemModel):
        yield from (("model", text) for text in _of_model(thing, QModelIndex()))
    elif isinstance(thing, QUndoStack):
        yield from (("undo", f"{thing.text(place)} {vars(thing.command(place))}") for place in range(thing.count()))
    elif isinstance(thing, QCompleter) and thing.model() is not None:
        yield from (("completer", text) for text in _of_model(thing.model(), QModelIndex()))
    elif isinstance(thing, QGraphicsView) and thing.scene() is not None:
        yield from (("scene", f"{each.toolTip()} {vars(each)}") for each in thing.scene().items() if hasattr(each, "__dict__"))
    elif isinstance(thing, QTabBar):
        yield from (("tab", f"{thing.tabText(at)} {thing.tabToolTip(at)}") for at in range(thing.count()))


def _of_model(model: QAbstractItemModel, parent: QModelIndex) -> Iterator[str]:
    for row in range(model.rowCount(parent)):
        columns = 1 if isinstance(model, QAbstractListModel) else model.columnCount(parent)
        for column in range(columns):
            index = model.index(row, column, parent)
            yield " ".join(str(model.data(index, role)) for role in ROLES)
            if column == 0:
                yield from _of_model(model, index)


def in_memory(word: str, known: tuple[Any, ...] = ()) -> set[str]:
    """Return what in Python still holds a text with the word, apart from those that are known to: containers and records."""
    found: set[str] = set()
    skipped = {id(each) for each in known}
    for each in gc.get_objects():
        if id(each) not in skipped:
            told = [value for value in _held(each) if isinstance(value, str) and word in value.lower()]
            if told:
                keys = sorted(map(str, each))[:6] if isinstance(each, dict) else ""
                found.add(f"{type(each).__name__} {keys}: {told[0][:60]!r}")
    return found


def _held(thing: object) -> list[Any]:
    """Return what a container or a record holds."""
    if isinstance(thing, dict):
        return [*thing.keys(), *thing.values()]
    if isinstance(thing, list | tuple | set | frozenset):
        return list(thing)
    if is_dataclass(thing) and not isinstance(thing, type):
        return [getattr(thing, each.name, None) for each in fields(thing)]
    return []
