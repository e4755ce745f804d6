"""Every protocol that is shipped, in all the places the Phases tab tells of it: no word is cut, at 80 % and at 200 %."""

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from ipt_desktop.domain.form import Means
from ipt_desktop.domain.protocol import Protocol
from ipt_desktop.domain.records import DisputeStage, ProblemArea
from ipt_desktop.services.resources import Resources
from tests.ui.fitting import misfits, settle
from tests.ui.practice_room import open_room
from ui import theme
from ui.phases.area_view import AreaView
from ui.phases.fold import Fold
from ui.phases.page import PhasesPage
from ui.phases.selfcheck.chapter import SelfCheckChapter

TODAY = date.today()
WEEK = timedelta(weeks=1)
HELD = 5
PROTOCOLS = [each.key for each in Resources().protocols]
SMALLEST, USUAL = (1024, 560), (1280, 660)  # what a window of 700 and 800 pixels leaves to a tab


class Told:
    """The Phases tab with one course after the other, each under another protocol, in its fifth week."""

    def __init__(self, folder: Path, qapp: QApplication) -> None:
        self._room = open_room(folder)
        self.room = self._room.__enter__()
        self.app, self.desk = qapp, self.room.desk

    def show(self, key: str, scale: float) -> PhasesPage:
        protocol = self.desk.resources.protocol(key)
        assert protocol is not None
        theme.apply(self.app, theme.Theme(scale=scale))
        started = TODAY - HELD * WEEK
        client = self.room.client(f"Client of {key}")
        course = self.desk.courses.begin_course(client.id, protocol, started_on=started)
        self.room.sessions(course, HELD)
        for area in protocol.areas:
            kept = ProblemArea(course_id=course.id, area=area.key, agreed_on=started, about="two parents in a house to one")
            self.desk.phases.keep_problem_area(kept)
            if area.stages:
                self.desk.phases.judge_stage(kept.id, DisputeStage(area.stages[-1].key), TODAY)
        self.put_away()
        frame = self.room.frame(client)
        frame.course_id = course.id
        page = PhasesPage(self.desk, frame)
        frame.hold(page, *(SMALLEST if scale > 1 else USUAL))
        settle()
        self.protocol = protocol
        return page

    def put_away(self) -> None:
        """Let go of the tab before: it would be restyled and refreshed with the next."""
        for frame in self.room.frames:
            frame.stop()
            if frame.shown is not None:
                frame.shown.forget()
            frame.close()
            frame.deleteLater()
        self.room.frames.clear()
        settle()

    def close(self) -> None:
        self._room.__exit__(None, None, None)


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory, qapp: QApplication) -> Iterator[Told]:
    made = Told(tmp_path_factory.mktemp("practice"), qapp)
    yield made
    made.close()


def looked_through(page: PhasesPage, place: str, part: QWidget) -> dict[str, list[str]]:
    settle()
    found = misfits(part)
    return {place: found} if found else {}


def unfold(part: QWidget) -> None:
    for fold in part.findChildren(Fold):
        fold.unfold()


@pytest.mark.parametrize("scale", [pytest.param(0.8, marks=pytest.mark.soak), 2.0])
@pytest.mark.parametrize("key", PROTOCOLS)
def test_no_word_of_a_protocol_is_cut(told: Told, qtbot: QtBot, key: str, scale: float):
    page = told.show(key, scale)
    cut: dict[str, list[str]] = {}
    for phase in told.protocol.phases:
        page.set_phase(phase.key, TODAY)
        unfold(page.columns)
        cut |= looked_through(page, f"standing {phase.key}", page.standing)
    cut |= looked_through(page, "course", page.course_card)
    for view in page.areas.findChildren(AreaView):
        if not view.shows_reference:
            view._help.click()
        unfold(view)
    cut |= looked_through(page, "areas", page.areas)
    editors: dict[str, Callable[[], None]] = {
        "phase": page.course_card.ask_for_phase,
        "terms": page.course_card.ask_for_terms,
        "protocol": page.ask_for_protocol,
        "ending": page.ask_for_ending,
    }
    for name, ask in editors.items():
        ask()
        cut |= looked_through(page, f"editor of {name}", page.course_card)
    page.areas.ask_for_area()
    cut |= looked_through(page, "editor of areas", page.areas)
    assert page.open_chapter("selfcheck")
    chapter = page.papers.chapter
    assert isinstance(chapter, SelfCheckChapter)
    cut |= looked_through(page, "self-check so far", chapter)
    assert chapter.choose(chapter.list.lines.line_in(chapter.list.lines.rowCount() - 1).session_id)
    chapter.check.view.put_answer(Means.OUTSIDE_TOTAL, "3.4")
    assert chapter.flush()
    cut |= looked_through(page, "self-check", chapter)
    assert not cut, "\n".join(f"{place}: {each}" for place, found in cut.items() for each in found)


@pytest.mark.parametrize("scale", [pytest.param(0.8, marks=pytest.mark.soak), 2.0])
def test_the_names_of_the_lanes_have_their_room(told: Told, scale: float):
    page = told.show(PROTOCOLS[-1], scale)
    metrics = QFontMetrics(theme.current().font("label"))
    names = ("Phase", "Sessions", "Problem area", "Second area", "Third area", "Marks", "Papers")
    assert max(map(metrics.horizontalAdvance, names)) <= page.course_card.band._names_width()


def test_every_protocol_has_been_looked_at(told: Told):
    assert len(PROTOCOLS) == len(told.desk.resources.protocols)
    assert all(isinstance(each, Protocol) for each in told.desk.resources.protocols)


def test_a_problem_area_has_the_height_it_asks_for_after_the_course_was_read_again(told: Told):
    page = told.show(PROTOCOLS[0], 1.0)
    page.set_phase(told.protocol.phases[-1].key, TODAY)
    settle()
    for view in page.areas.findChildren(AreaView):
        view._help.click()
    settle()
    assert [each._key for each in page.areas.findChildren(AreaView) if each.height() < each.heightForWidth(each.width())] == []
