"""The menu bar: every action with its shortcut. A menu without actions is absent."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction, QActionGroup, QKeySequence, QTextDocument
from PySide6.QtWidgets import QApplication, QLineEdit, QMenu, QPlainTextEdit, QStackedWidget, QTextEdit

from ipt_desktop.domain.text import _
from ui.key_choices import COVER, END, START
from ui.page import Page
from ui.preferences import SYSTEM, save_preferences
from ui.tab_keys import TabKeys

if TYPE_CHECKING:
    from ui.main_window import MainWindow
    from ui.workspace import Workspace

TEXT_SIZES = (0.8, 0.9, 1.0, 1.1, 1.25, 1.5, 1.75, 2.0)


class Menus(QObject):
    """Fills the window's menu bar for an open practice and empties it again."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._workspace: Workspace | None = None
        self._menus: dict[str, QMenu] = {}
        self._tab_keys: TabKeys | None = None

    def fill(self, workspace: Workspace) -> None:
        """Make the menus; pages add theirs as they are built."""
        self._workspace = workspace
        words = {
            "File": _("&File"),
            "Edit": _("&Edit"),
            "Client": _("&Client"),
            "Session": _("&Session"),
            "Circle": _("C&ircle"),
            "View": _("&View"),
            "Help": _("&Help"),
        }
        for key, text in words.items():
            menu = self._window.menuBar().addMenu(text)
            menu.setObjectName(f"menu_{key.lower()}")
            self._menus[key] = menu
        self._fill_file()
        self._fill_edit()
        self._fill_client()
        self._fill_session()
        self._fill_view()
        self._add("Help", "about", _("About IPT Desktop"), "", self._on_about)
        pages = workspace.findChild(QStackedWidget, "pages")
        self._tab_keys = TabKeys(pages, self) if isinstance(pages, QStackedWidget) else None
        workspace.page_built.connect(self._on_page_built)
        self._show_used()

    def clear(self) -> None:
        """Take every menu away, with its actions."""
        self._workspace = None
        if self._tab_keys is not None:
            self._tab_keys.deleteLater()
            self._tab_keys = None
        self._window.menuBar().clear()
        for menu in self._menus.values():
            menu.deleteLater()
        self._menus.clear()

    def action(self, name: str) -> QAction:
        """Return an action by its objectName."""
        found = next((each for menu in self._menus.values() for each in self._actions(menu) if each.objectName() == name), None)
        if found is None:
            raise KeyError(name)
        return found

    def _actions(self, menu: QMenu) -> list[QAction]:
        inner = [each.menu() for each in menu.actions()]
        return [*menu.actions(), *(each for sub in inner if isinstance(sub, QMenu) for each in sub.actions())]

    def _add(
        self, menu: str | QMenu, name: str, words: str, keys: str, act: Callable[[], object], *, is_checkable: bool = False
    ) -> QAction:
        where = self._menus[menu] if isinstance(menu, str) else menu
        action = QAction(words, where)
        action.setObjectName(name)
        if keys:
            action.setShortcut(QKeySequence(keys))
        action.setCheckable(is_checkable)
        action.triggered.connect(act)
        where.addAction(action)
        return action

    def _fill_file(self) -> None:
        self._add("File", "lock_practice", _("Lock"), "Ctrl+L", self._window.lock)
        cover = self._add("File", "cover_screen", _("Cover"), "", self._window.cover)
        if self._workspace is not None:
            self._workspace.keys.bind(cover, COVER)
        self._menus["File"].addSeparator()
        self._add("File", "settings", _("Settings…"), "Ctrl+,", self._on_settings)
        self._add("File", "restore_backup", _("Restore a backup…"), "", self._on_restore)
        self._add("File", "read_rescue_copy", _("Read a rescue copy…"), "", self._on_read_rescue)
        self._menus["File"].addSeparator()
        self._add("File", "quit", _("Quit"), "Ctrl+Q", self._window.close)

    def _fill_edit(self) -> None:
        assert self._workspace is not None  # noqa: S101 - set by `fill`
        group = self._workspace.undo_group
        self._undo = self._add("Edit", "undo", _("Undo"), "Ctrl+Z", self._on_undo)
        self._redo = self._add("Edit", "redo", _("Redo"), "Ctrl+Shift+Z", self._on_redo)
        self._redo.setShortcuts([QKeySequence("Ctrl+Shift+Z"), QKeySequence("Ctrl+Y")])
        group.undoTextChanged.connect(self._on_undo_text_changed)
        group.redoTextChanged.connect(self._on_redo_text_changed)

    def _fill_client(self) -> None:
        if self._workspace is not None and any(tab.key == "progress" for tab in self._workspace.tabs):
            self._add("Client", "enter_measure", _("Enter a measure…"), "Ctrl+M", self._on_enter_measure)
            asks = self._add("Client", "ask_about_answer", _("Ask about a flagged answer"), "Ctrl+Shift+R", lambda: None)
            asks.setEnabled(False)

    def _on_enter_measure(self) -> None:
        workspace = self._workspace
        if workspace is None or not workspace.show_tab("progress"):
            return
        page = workspace.page("progress")
        if page is None or not page.enter_measure():
            workspace.say(_("No measure can be entered"), _("Choose a client first."), tone="caution")

    def _on_turn_measure(self) -> None:
        """Turn those due to the client; where none is, let one be chosen."""
        from ui.turn.answering import DUE, to_answer

        workspace = self._workspace
        if workspace is not None and workspace.client_id is not None and to_answer(workspace.desk, workspace, DUE):
            workspace.turn_to_client(measure=DUE)
        else:
            self._on_enter_measure()

    def _fill_session(self) -> None:
        assert self._workspace is not None  # noqa: S101 - set by `fill`
        if not any(tab.key == "sessions" for tab in self._workspace.tabs):
            return
        keys, room = self._workspace.keys, self._workspace.room
        keys.bind(self._add("Session", "session_start", _("Start session"), "", room.start_session), START)
        self._end = self._add("Session", "session_end", _("End session"), "", room.end_session)
        keys.bind(self._end, END)
        self._add("Session", "turn_measure", _("Turn a measure to the client…"), "Ctrl+Shift+T", self._on_turn_measure)
        room.turned.connect(self._on_room_turned)
        self._on_room_turned()

    def _on_room_turned(self) -> None:
        if self._workspace is not None:
            self._end.setEnabled(self._workspace.room.is_on)

    def _fill_view(self) -> None:
        assert self._workspace is not None  # noqa: S101 - set by `fill`
        for tab in self._workspace.tabs:
            show = partial(self._workspace.show_tab, tab.key)
            self._add("View", f"show_{tab.key}", _(tab.word), f"Ctrl+{tab.number}", show)
        self._menus["View"].addSeparator()
        initials = self._add("View", "initials", _("Initials instead of names"), "", self._on_initials, is_checkable=True)
        initials.setChecked(self._window.preferences.has_initials)
        still = self._add("View", "less_motion", _("Less motion"), "", self._on_less_motion, is_checkable=True)
        still.setChecked(self._window.preferences.has_less_motion)
        self._add("View", "larger_text", _("Larger text"), "Ctrl++", partial(self._step_text, 1)).setShortcuts(
            [QKeySequence("Ctrl++"), QKeySequence("Ctrl+=")]
        )
        self._add("View", "smaller_text", _("Smaller text"), "Ctrl+-", partial(self._step_text, -1))
        self._add("View", "normal_text", _("Normal text size"), "Ctrl+0", partial(self._set_scale, 1.0))
        self._fill_sizes()
        self._fill_themes()

    def _choices(self, name: str, words: str) -> tuple[QMenu, QActionGroup]:
        menu = self._menus["View"].addMenu(words)
        menu.setObjectName(name)
        return menu, QActionGroup(menu)

    def _fill_sizes(self) -> None:
        menu, group = self._choices("menu_text_size", _("Text size"))
        for scale in TEXT_SIZES:
            percent = round(scale * 100)
            act = partial(self._set_scale, scale)
            action = self._add(menu, f"text_{percent}", f"{percent} %", "", act, is_checkable=True)
            action.setChecked(scale == self._window.preferences.scale)
            group.addAction(action)

    def _fill_themes(self) -> None:
        menu, group = self._choices("menu_theme", _("Theme"))
        words = {
            SYSTEM: _("Follow the system"),
            "light": _("Light"),
            "dark": _("Dark"),
            "high_contrast": _("High contrast"),
        }
        for key, text in words.items():
            action = self._add(menu, f"theme_{key}", text, "", partial(self._set_theme, key), is_checkable=True)
            action.setChecked(key == self._window.preferences.theme)
            group.addAction(action)

    def _show_used(self) -> None:
        for menu in self._menus.values():
            menu.menuAction().setVisible(bool(menu.actions()))

    def _on_page_built(self, page: Page) -> None:
        for key, actions in page.menus().items():
            menu = self._menus[key]
            if key == "File":  # Quit stays last
                menu.insertActions(menu.actions()[-2], list(actions))
                continue
            if menu.actions() and key in ("Edit", "Session", "View"):
                menu.addSeparator()
            menu.addActions(list(actions))
        if self._tab_keys is not None:
            self._tab_keys.add(page, (each for actions in page.menus().values() for each in actions))
        self._show_used()

    # What the actions do.

    def _on_undo(self) -> None:
        """Undo in the focused text first. A line with nothing to undo lets the verbs have it; a page of prose keeps the key.

        Who holds the key down in a note means the note: people must not begin to move on a circle out of sight.
        """
        text = _focused_text()
        if text is not None and (text[1].isUndoAvailable() or isinstance(text[1], QTextDocument)):
            text[0].undo()
        elif self._workspace is not None:
            self._workspace.undo_group.undo()

    def _on_redo(self) -> None:
        text = _focused_text()
        if text is not None and (text[1].isRedoAvailable() or isinstance(text[1], QTextDocument)):
            text[0].redo()
        elif self._workspace is not None:
            self._workspace.undo_group.redo()

    def _on_undo_text_changed(self, words: str) -> None:
        self._undo.setText(_("Undo {what}").format(what=words).strip())

    def _on_redo_text_changed(self, words: str) -> None:
        self._redo.setText(_("Redo {what}").format(what=words).strip())

    def _on_settings(self) -> None:
        if self._workspace is not None:
            self._workspace.show_settings()

    def _on_restore(self) -> None:
        """Ask first: the practice is closed for it."""
        workspace = self._workspace
        if workspace is None:
            return
        words = _("The practice is closed, with everything saved. What is in a backup is shown before anything moves.")
        go = ("restore_now", _("Close it and choose a backup"), workspace.restore_asked.emit)
        stay = ("restore_not", _("Stay here"), workspace.bar.clear)
        workspace.say(_("Restore a backup?"), words, tone="caution", actions=(go, stay), can_close=False)

    def _on_read_rescue(self) -> None:
        from ui.rescue_reading import ask_for_rescue_copy

        if self._workspace is not None:
            ask_for_rescue_copy(self._workspace)

    def _on_initials(self) -> None:
        self._window.preferences.has_initials = self.action("initials").isChecked()
        save_preferences(self._window.preferences)
        if self._workspace is not None:
            self._workspace.refresh_names()

    def _on_less_motion(self) -> None:
        self._window.preferences.has_less_motion = self.action("less_motion").isChecked()
        save_preferences(self._window.preferences)

    def _step_text(self, step: int) -> None:
        now = min(range(len(TEXT_SIZES)), key=lambda at: abs(TEXT_SIZES[at] - self._window.preferences.scale))
        self._set_scale(TEXT_SIZES[min(max(now + step, 0), len(TEXT_SIZES) - 1)])

    def _set_scale(self, scale: float) -> None:
        self._window.preferences.scale = scale
        self.action(f"text_{round(scale * 100)}").setChecked(True)
        save_preferences(self._window.preferences)
        self._window.look_changed.emit()

    def _set_theme(self, theme: str) -> None:
        self._window.preferences.theme = theme
        save_preferences(self._window.preferences)
        self._window.look_changed.emit()

    def _on_about(self) -> None:
        if self._workspace is not None:
            words = _("Version {version}. Everything stays on this computer; nothing is sent anywhere.")
            self._workspace.say(_("IPT Desktop"), words.format(version=QApplication.applicationVersion()))


def _focused_text() -> tuple[QLineEdit | QTextEdit | QPlainTextEdit, QLineEdit | QTextDocument] | None:
    """Return the text the keyboard is in and what knows its steps, or None."""
    focused = QApplication.focusWidget()
    if isinstance(focused, QLineEdit):
        return focused, focused
    return (focused, focused.document()) if isinstance(focused, QTextEdit | QPlainTextEdit) else None
