"""What a client's file says of diagnoses and medication, and the way to where they are kept."""

from datetime import date
from pathlib import Path

from PySide6.QtWidgets import QAbstractButton, QLabel
from pytestqt.qtbot import QtBot

from ipt_desktop.domain.treatment_records import Diagnosis, DiagnosisAt, Medication
from tests.ui.clients.conftest import Tab
from tests.ui.practice_room import open_room

TODAY = date.today()


def test_the_file_tells_what_holds_now_and_leads_to_its_page(tmp_path: Path, qtbot: QtBot):
    with open_room(tmp_path) as room:
        client = room.client()
        course = room.course(client, TODAY)
        tab = Tab(qtbot, room, client)
        told = tab.find(QLabel, "file_diagnosis")
        assert told.text() == "None yet"
        keep, add = room.desk.diagnoses.keep_diagnosis, room.desk.medications.add_medication
        keep(Diagnosis(course_id=course.id, at=DiagnosisAt.START, code="F32.1", words="Moderate", made_on=TODAY))
        add(Medication(client_id=client.id, name="Sertraline", dose="50 mg", begun="2020-03"))
        add(Medication(client_id=client.id, name="Zopiclone", begun="2020", ended="2020-05"))
        tab.settle(lambda: told.text() == "F32.1 Moderate")
        tab.settle(lambda: tab.find(QLabel, "file_medication").text() == "Sertraline 50 mg, since March 2020")
        keep(Diagnosis(course_id=course.id, at=DiagnosisAt.END, code="F32.4", words="In remission", made_on=TODAY))
        tab.settle(lambda: told.text() == "F32.4 In remission")
        tab.find(QAbstractButton, "open_illness").click()
        assert tab.frame.tab == "phases"
        tab.page.forget()
        assert "Sertraline" not in tab.find(QLabel, "file_medication").text()
