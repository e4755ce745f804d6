"""Protocols as data: what a course copies, what a tick names, and storage under a hash."""

import json
from dataclasses import replace

from ipt_desktop.domain import protocol
from ipt_desktop.domain.protocol import Area, MoodScale, Phase, Protocol, Rings, Stage, Task
from ipt_desktop.domain.records import AgreedPhase

BRIEF = Protocol(
    key="brief",
    version=1,
    name="Brief",
    planned_sessions=8,
    minutes=50,
    frequency="weekly",
    phases=(
        Phase(key="initial", label="Initial", first=1, last=2, tasks=(Task(key="circle", text="Circle"),)),
        Phase(key="middle", label="Middle", first=3, last=8, every_session=(Task(key="mood", text="Mood"),)),
    ),
    areas=(Area(key="dispute", label="Dispute", client_label="quarrel", stages=(Stage(key="impasse", label="impasse"),)),),
    rings=Rings(inner="inner", middle="middle", outer="outer", outside="outside"),
    mood=MoodScale(low="worst", high="best"),
    ending_word="Ending",
)


def test_a_protocol_keeps_its_hash_over_storage():
    stored = json.loads(json.dumps(protocol.to_json(BRIEF)))
    assert protocol.from_json(stored) == BRIEF
    assert protocol.protocol_hash(protocol.from_json(stored)) == protocol.protocol_hash(BRIEF)
    assert protocol.protocol_hash(replace(BRIEF, minutes=45)) != protocol.protocol_hash(BRIEF)


def test_a_course_copies_the_phases():
    assert BRIEF.agreed_phases() == (
        AgreedPhase(key="initial", first=1, last=2),
        AgreedPhase(key="middle", first=3, last=8),
    )


def test_phases_areas_and_tasks_are_found_by_key():
    assert BRIEF.phase("middle").label == "Middle"
    assert BRIEF.phase("none") is None
    assert BRIEF.area("dispute").client_label == "quarrel"
    assert protocol.task_id(BRIEF.phases[0], BRIEF.phases[0].tasks[0]) == "initial.circle"
