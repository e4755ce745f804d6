"""What is recorded under another protocol keeps its words, and is listed."""

from dataclasses import replace
from datetime import date

from ipt_desktop.domain.protocol import Area, MoodScale, Phase, Protocol, Rings, Stage, Strategy, Task
from ipt_desktop.domain.protocol_fit import Recorded, Sort, counted, misfits
from ipt_desktop.domain.records import DisputeStage, PhaseChange, ProblemArea, StageChange, TaskTick
from ipt_desktop.domain.treatment_records import StrategyWork
from ipt_desktop.domain.wording import Wording

DAY, LATER = date(2026, 10, 6), date(2026, 10, 13)
OLD = Protocol(
    key="old",
    version=1,
    name="Old",
    planned_sessions=2,
    minutes=50,
    frequency="weekly",
    phases=(
        Phase(key="initial", label="Initial", first=1, last=1, tasks=(Task(key="sick_role", text="Sick role given"),)),
        Phase(key="termination", label="Termination", first=2, last=2),
        Phase(key="taper", label="Tapering", is_after=True, review_weeks=4),
    ),
    areas=(
        Area(key="deficits", label="Deficits", client_label="loneliness"),
        Area(
            key="dispute",
            label="Role dispute",
            client_label="quarrel",
            stages=(Stage(key="impasse", label="Impasse"),),
            strategies=(Strategy(key="issue", text="Name the issue"),),
        ),
    ),
    rings=Rings(inner="i", middle="m", outer="o", outside="x"),
    mood=MoodScale(low="worst", high="best"),
    ending_word="Termination",
)
NEW = replace(
    OLD,
    key="new",
    name="New",
    phases=(Phase(key="initial", label="Assessment", first=1, last=1), Phase(key="ending", label="Ending", first=2, last=2)),
    areas=(Area(key="dispute", label="Disagreement", client_label="quarrel"),),
)
WORDS = Wording(NEW, (OLD,))
AREA, LONELY = ProblemArea(course_id="c", area="dispute", agreed_on=DAY), ProblemArea(course_id="c", area="deficits")
RECORDED = Recorded(
    changes=[PhaseChange(course_id="c", phase="initial", on=DAY), PhaseChange(course_id="c", phase="termination", on=LATER)],
    ticks=[TaskTick(course_id="c", task="initial.sick_role", on=DAY)],
    areas=[AREA, LONELY],
    stages=[StageChange(problem_area_id=AREA.id, stage=DisputeStage.IMPASSE, on=DAY)],
    works=[StrategyWork(problem_area_id=AREA.id, strategy="issue", on=day) for day in (LATER, DAY)],
)


def test_the_present_protocol_s_words_come_first_then_those_of_an_earlier_one() -> None:
    assert (WORDS.phase("initial"), WORDS.phase("termination"), WORDS.phase("taper")) == (
        "Assessment",
        "Termination",
        "Tapering",
    )
    assert (WORDS.area("dispute"), WORDS.area("deficits")) == ("Disagreement", "Deficits")
    assert WORDS.task("initial.sick_role") == "Sick role given"
    assert WORDS.stage("dispute", "impasse") == "Impasse"
    assert WORDS.strategy("dispute", "issue") == "Name the issue"
    assert WORDS.areas() == [("dispute", "Disagreement"), ("deficits", "Deficits")]
    assert WORDS.areas_to_choose(set()) == [("dispute", "Disagreement")]
    assert WORDS.areas_to_choose({"deficits"}) == [("dispute", "Disagreement"), ("deficits", "Deficits")]


def test_what_no_protocol_knows_is_read_out_of_its_key() -> None:
    bare = Wording(NEW)
    assert (bare.phase("termination"), bare.area("own_area")) == ("Termination", "Own area")
    assert (bare.task("initial.sick_role"), bare.strategy("dispute", "strategy-2")) == ("Sick role", "Strategy 2")


def test_a_protocol_fits_what_was_recorded_under_it() -> None:
    assert misfits(OLD, Wording(OLD), RECORDED) == []


def test_what_has_no_place_is_listed_with_its_words_and_days() -> None:
    assert [(each.sort, each.words, each.days) for each in misfits(NEW, WORDS, RECORDED)] == [
        (Sort.PHASE, "Termination", (LATER,)),
        (Sort.TASK, "Sick role given", (DAY,)),
        (Sort.AREA, "Deficits", ()),
        (Sort.STAGE, "Disagreement: Impasse", (DAY,)),
        (Sort.STRATEGY, "Disagreement: Name the issue", (DAY, LATER)),
    ]
    assert counted(misfits(NEW, WORDS, RECORDED))[:3] == [
        "1 phase set: Termination",
        "1 task ticked: Sick role given",
        "1 problem area: Deficits",
    ]
