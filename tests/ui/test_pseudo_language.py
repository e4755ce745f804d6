"""A language of brackets: what a tab shows without them was never translated, though it may look so in the source."""

import gettext
import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import QModelIndex, Qt, QThreadPool
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QAbstractItemView, QApplication, QComboBox, QWidget
from pytestqt.qtbot import QtBot

from ipt_desktop.domain import text
from ipt_desktop.domain.form import Purpose
from ipt_desktop.domain.records import DisputeStage, Placement, ProblemArea
from tests.ui.practice_room import open_room
from ui.cover import CoverPage
from ui.preferences import Preferences
from ui.start.create_page import CreatePage
from ui.start.start_page import StartPage
from ui.start.unlock_page import UnlockPage
from ui.workspace import Workspace

WORDS = re.compile(r"[A-Za-z]{3,}")
SHOWN_BY = ("text", "placeholderText", "toolTip", "accessibleName", "accessibleDescription", "title", "prefix", "suffix")
# The same in every language: keys, the name of a size of paper, questionnaires, and what Qt itself puts into a row of tabs.
SAME = re.compile(r"((Ctrl|Shift|Alt)\+)+\w+|Letter|PHQ-9, GAD-7|Scroll (Left|Right)")


class Brackets(gettext.NullTranslations):
    """Puts every message into brackets."""

    def gettext(self, message: str) -> str:
        return f"⟦{message}⟧"

    def ngettext(self, singular: str, plural: str, count: int) -> str:
        return f"⟦{singular if count == 1 else plural}⟧"


@pytest.fixture
def workspace(qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Workspace]:
    """Open a practice in which whatever a person wrote stands in brackets too."""
    monkeypatch.setattr(text, "_catalogue", Brackets())
    with open_room(tmp_path) as room:
        desk, client = room.desk, room.client("⟦Marta⟧")
        course = room.course(client, frequency="⟦weekly⟧")
        room.sessions(course, 3)
        desk.phases.enter_phase(course.id, "middle", date.today(), "⟦agreed⟧")
        anna = desk.circles.add_person(client.id, "⟦Anna⟧", "friend")
        sitting = desk.circles.sitting_now(course.id)
        desk.circles.put_back(sitting.id, anna.id, Placement(person_id=anna.id, sitting_id=sitting.id, felt=0.5))
        area = desk.phases.keep_problem_area(ProblemArea(course_id=course.id, area="dispute", person_id=anna.id))
        desk.phases.judge_stage(area.id, DisputeStage.IMPASSE, date.today())
        formulation = desk.documents.open_document(Purpose.FORMULATION, client.id, course_id=course.id)
        desk.documents.keep_draft(desk.documents.begin_writing(formulation), {"narrative": "⟦stuck⟧"})
        window = QWidget()
        qtbot.addWidget(window)
        made = Workspace(desk, Preferences(), window)
        made.resize(1280, 750)
        window.show()
        assert made.choose_client(client.id)
        yield made
        made.forget()


def settle() -> None:
    for _round in range(3):
        QThreadPool.globalInstance().waitForDone(30_000)
        QApplication.processEvents()


def shown_in(page: QWidget) -> Iterator[tuple[str, str]]:
    """Yield what each widget, action and item shows or says, with its name."""
    for each in (*page.findChildren(QWidget), *page.findChildren(QAction)):
        if not each.objectName().startswith("qt_"):
            yield from (
                (f"{each.objectName()}.{by}", getattr(each, by)()) for by in SHOWN_BY if callable(getattr(each, by, None))
            )
        if isinstance(each, QComboBox):
            yield from ((each.objectName(), each.itemText(place)) for place in range(each.count()))
        if isinstance(each, QAbstractItemView) and each.model() is not None:
            yield from ((each.objectName(), words) for words in cells(each))


def cells(view: QAbstractItemView) -> Iterator[str]:
    model, root = view.model(), QModelIndex()
    for column in range(model.columnCount(root) if hasattr(view, "horizontalHeader") else 1):
        yield model.headerData(column, Qt.Orientation.Horizontal) or ""
        for row in range(model.rowCount(root)):
            yield from (model.index(row, column, root).data(role) for role in (0, Qt.ItemDataRole.AccessibleTextRole))


def bare(page: QWidget) -> list[tuple[str, str]]:
    """Return the words on a page that no translation has reached."""
    shown = {(name, words) for name, words in shown_in(page) if isinstance(words, str)}
    assert any("⟦" in words for _name, words in shown)
    return sorted((name, said) for name, said in shown if WORDS.search(said) and "⟦" not in said and not SAME.fullmatch(said))


@pytest.mark.parametrize("tab", ["clients", "circle", "sessions", "phases", "progress", "reports"])
def test_whatever_a_tab_shows_has_been_translated(workspace: Workspace, tab: str):
    assert workspace.show_tab(tab)
    settle()
    assert bare(workspace) == []


def test_whatever_stands_at_the_door_has_been_translated(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(text, "_catalogue", Brackets())
    window = QWidget()
    qtbot.addWidget(window)
    pages = (StartPage(window), CreatePage(Path("/⟦practice⟧"), window), UnlockPage(window), CoverPage(window))
    for page in pages:
        assert bare(page) == [], type(page).__name__
