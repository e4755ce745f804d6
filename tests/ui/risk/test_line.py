"""Whose risk is to be reviewed stands first on the Clients tab, and the table has a column of it."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QLabel, QPushButton

from ipt_desktop.domain.dates import short_date
from ipt_desktop.domain.records import Client
from ipt_desktop.domain.session_records import RiskAsked, RiskEntry, RiskKind
from tests.ui.clients.conftest import Tab, a_task, lines
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


def test_those_to_review_stand_first_and_lead_to_their_entries(tab_of: Opening, people: dict[str, Client], room: Room):
    marta = people["Marta"]
    asked_since = RiskEntry(client_id=marta.id, on=TODAY, kind=RiskKind.SELF_HARM, asked=RiskAsked.NONE)
    room.desk.risk.keep_risk(asked_since)  # the latest entry, and nothing to review
    tab = tab_of()
    assert lines(tab, "risk") == ["Nikos", "Marta"]
    day = short_date(TODAY - timedelta(days=7))
    said = [tab.find(QLabel, f"today_risk_{place}_detail").text() for place in range(2)]
    assert said == ["not asked", f"passive ideation, asked {day}"]
    assert tab.find(QLabel, "today_risk_title").text() == "Risk to review"
    assert unnamed(tab.find(QFrame, "today")) == []
    tab.qtbot.mouseClick(tab.find(QPushButton, "today_risk_1"), LEFT)
    assert tab.frame.client_id == marta.id
    assert tab.page.risk.panel.isVisible()
    assert "to review" in tab.page.risk.panel.timeline.currentItem().toolTip()
    tab.qtbot.mouseClick(tab.find(QPushButton, "review_risk"), LEFT)
    tab.settle(lambda: lines(tab, "risk") == ["Nikos"])
    room.desk.risk.remove_risk(room.desk.risk.entries(people["Nikos"].id)[0].id)
    tab.settle(lambda: not tab.find(QFrame, "today").isVisible())


def test_initials_stand_there_in_privacy_and_nothing_of_risk_while_a_session_runs(
    tab_of: Opening, people: dict[str, Client], room: Room
):
    a_task(room, people["Lin"], "Tell the mother about the night")
    tab = tab_of(people["Marta"])
    tab.frame.has_initials = True
    tab.page.refresh()
    assert lines(tab, "risk") == ["N", "M"]
    tab.frame.is_in_room = True
    tab.page.refresh()
    words = {each.text() for kind in (QLabel, QPushButton) for each in tab.page.findChildren(kind) if each.isVisible()}
    shown = str(sorted(words))
    assert "Risk" not in shown
    assert "ideation" not in shown
    assert lines(tab, "tasks") == ["L"]
    assert "mother" not in shown
    assert tab.page.list.table.isColumnHidden(RISK)
    tab.frame.is_in_room = False
    tab.page.refresh()
    assert lines(tab, "risk") == ["N", "M"]
    assert not tab.page.list.table.isColumnHidden(RISK)
    tab.page.forget()
    assert not tab.find(QFrame, "today").isVisible()


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
