"""A report with every kind of block there is, each of its texts made of the words it is given."""

from collections.abc import Callable

from ipt_desktop.domain.report import (
    Answer,
    Answers,
    Blanks,
    Block,
    Chapter,
    Code,
    Column,
    Contents,
    Drawing,
    Facts,
    Items,
    Lead,
    Letterhead,
    MinorHead,
    Note,
    Panel,
    Pictures,
    Prose,
    QrCode,
    Report,
    Section,
    Signature,
    Steps,
    Table,
)
from ipt_desktop.domain.report_plan import Contacts, Numbers, PlanStep, PlanSteps, Questions, Ticks
from ipt_desktop.domain.rich_text import Block as Paragraph
from ipt_desktop.domain.rich_text import BlockKind, Run, plain
from tests.reports.sample import drawing, key


def every_block(words: str = "Words", **changes: object) -> Report:
    """Return the report; every text in it holds `words` and a number of its own, so that each is found."""
    numbers = iter(range(1, 1000))

    def said() -> str:
        return f"{words} {next(numbers)}"

    formats = tuple(Paragraph((Run(said()), Run(said(), bold=True), Run(said(), italic=True)), kind) for kind in BlockKind)
    blocks: tuple[tuple[str, tuple[Block, ...], bool], ...] = (
        ("facts", (Facts(((said(), said()), (said(), said())), ((said(), said()),)),), True),
        ("prose", (Prose(formats), MinorHead(said()), Items((said(), plain(said())))), False),
        (
            "table",
            (Table((Column(said()), Column(said(), 2)), ((said(), said()), (said(), f"{said()}\n{said()}")), note=said()),),
            False,
        ),
        ("pictures", (Pictures((Drawing(said(), said(), drawing()), Drawing(said(), "", drawing())), key(), said()),), True),
        ("sheet", (Panel(said()), Panel(said(), said()), Code(("AB12C", "DE34F"), said()), QrCode("IPTR1:AB12", said())), True),
        ("steps", (Steps((plain(said()), plain(said()))), Blanks((said(), said()))), True),
        (
            "plan",
            (
                Numbers(((said(), "112"), (said(), "116 123")), said()),
                PlanSteps((PlanStep(said(), (said(), (said(), "0113 496 0142"))),)),
            ),
            True,
        ),
        (
            "questions",
            (Questions(((said(), said()), (said(), ""), (said(), Ticks(((said(), True), (said(), False)), said()))), said()),),
            True,
        ),
        ("contacts", (Contacts(((said(), "0113"), (said(), ""))),), True),
        ("measure", (Lead(said()), _answers(said), Note(said())), True),
        ("contents", (Contents(((f"{words} I", 1), (f"{words} II", 2))),), True),
        ("chapter", (Chapter(f"{words} I", said()), Chapter(f"{words} II", level=2)), True),
        ("signature", (Signature(said(), (said(),), "16 July 2026", said()),), True),
    )
    sections = tuple(Section(name, said(), each, is_full_width=is_wide) for name, each, is_wide in blocks)
    made = {
        "kind": "k",
        "title": said(),
        "subtitle": said(),
        "sections": sections,
        "letterhead": Letterhead(said(), said(), (said(), said())),
        "running_head": (said(), said()),
        "footer": said(),
    }
    return Report(**{**made, **changes})  # type: ignore[arg-type]


def _answers(said: Callable[[], str]) -> Answers:
    options = tuple((value, said()) for value in range(4))
    rows = tuple(Answer(str(number), said(), (0, 1, 2, 3), number % 4, 1, ("1", str(number % 4))) for number in range(1, 5))
    return Answers(said(), options, rows, (said(), "4", "6"), has_before=True, note=said())
