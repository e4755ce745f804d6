"""Whose risk is to be reviewed stands first on the Clients tab, and the table has a column of it."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QLabel, QPushButton

from ipt_desktop.domain.dates import short_date
from ipt_desktop.domain.form import RiskAsked
from ipt_desktop.domain.records import Client
from ipt_desktop.domain.session_records import RiskEntry
from tests.ui.clients.conftest import Tab
from tests.ui.naming import unnamed
from tests.ui.practice_room import Room
from ui.clients.client_table import HEADS, LAST_SEEN, RISK, STATUS

Opening = Callable[..., Tab]
LEFT = Qt.MouseButton.LeftButton
TODAY = date.today()


@pytest.fixture
def people(room: Room) -> dict[str, Client]:
    """Return four clients: open, not asked, none, and never told of."""
    made = {name: room.desk.clients.add_client(Client(name=name)) for name in ("Marta", "Nikos", "Ewan", "Lin")}
    for name, days_ago, how, words in (
        ("Marta", 7, RiskAsked.CHANGED, "Passive ideation. No plan."),
        ("Nikos", 1, RiskAsked.NOT_ASKED, ""),
        ("Ewan", 3, RiskAsked.NONE, ""),
    ):
        on = TODAY - timedelta(days=days_ago)
        room.desk.risk.keep_risk(RiskEntry(client_id=made[name].id, on=on, asked=how, words=words))
    return made


def named(tab: Tab) -> list[str]:
    row = tab.find(QFrame, "risk_line")
    return [each.text() for each in row.findChildren(QPushButton) if each.isVisible()]


def test_those_to_review_are_named_and_lead_to_their_entries(tab_of: Opening, people: dict[str, Client], room: Room):
    tab = tab_of()
    assert named(tab) == ["Nikos", "Marta"]
    line = tab.find(QFrame, "risk_line")
    words = [each.text() for each in line.findChildren(QLabel) if each.isVisible()]
    day = short_date(TODAY - timedelta(days=7))
    assert sorted(words) == ["Risk to review", "not asked", f"passive ideation, asked {day}"]
    assert unnamed(line) == []
    marta = people["Marta"]
    tab.qtbot.mouseClick(tab.find(QPushButton, f"risk_of_{marta.id}"), LEFT)
    assert tab.frame.client_id == marta.id
    assert tab.page.risk.panel.isVisible()
    tab.qtbot.mouseClick(tab.find(QPushButton, "review_risk"), LEFT)
    tab.settle(lambda: named(tab) == ["Nikos"])
    entry = room.desk.risk.entries(people["Nikos"].id)[0]
    room.desk.risk.remove_risk(entry.id)
    tab.settle(lambda: not line.isVisible())


def test_initials_stand_there_in_privacy_and_nothing_while_a_session_runs(tab_of: Opening, people: dict[str, Client]):
    tab = tab_of()
    line = tab.find(QFrame, "risk_line")
    tab.frame.has_initials = True
    tab.page.refresh()
    assert named(tab) == ["N", "M"]
    is_running = [True]
    tab.page.list.risk_line.is_in_room = lambda: is_running[0]
    tab.page.hide()
    tab.page.show()
    assert not line.isVisible()
    is_running.clear()
    is_running.append(False)
    tab.page.hide()
    tab.page.show()
    assert named(tab) == ["N", "M"]
    tab.page.forget()
    assert named(tab) == []


def test_the_table_says_the_level_and_the_day_and_puts_what_is_open_first(tab_of: Opening, people: dict[str, Client]):
    tab = tab_of()
    column = {name: tab.row(name)[RISK] for name in people}
    marta, ewan = (short_date(TODAY - timedelta(days=days)) for days in (7, 3))
    assert column == {
        "Marta": f"Passive ideation · {marta}",
        "Nikos": "To review · not asked",
        "Ewan": f"None · {ewan}",
        "Lin": "–",
    }
    model = tab.page.list.table.clients
    model.sort(RISK)
    assert tab.names() == ["Nikos", "Marta", "Ewan", "Lin"]
    heavy = {name: model.index(tab.names().index(name), RISK).data(Qt.ItemDataRole.FontRole).weight() > 500 for name in people}
    assert heavy == {"Marta": False, "Nikos": True, "Ewan": False, "Lin": False}


def test_in_a_narrow_window_other_columns_go_before_risk_does_and_come_back(tab_of: Opening, people: dict[str, Client]):
    tab = tab_of()
    table = tab.page.list.table
    before = list(table._widths)
    for width, hidden in ((560, [LAST_SEEN, STATUS]), (1280, [])):
        tab.frame.resize(width, 700)
        tab.settle(lambda hidden=hidden: [each for each in range(len(HEADS)) if table.isColumnHidden(each)] == hidden)
    assert table._widths == before
