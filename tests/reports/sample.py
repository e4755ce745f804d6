"""A report with every kind of block, about nobody."""

from ipt_desktop.domain.picture import Anchor, ArcLabel, Disc, Label, Line, Picture, Polygon
from ipt_desktop.domain.report import (
    Column,
    Drawing,
    Facts,
    Items,
    Letterhead,
    MinorHead,
    Paper,
    Pictures,
    Prose,
    Report,
    Section,
    Signature,
    Table,
)
from ipt_desktop.domain.rich_text import Block, BlockKind, Run, plain


def drawing() -> Picture:
    rings = tuple(
        Disc(center=(160, 160), radius=radius, fill=fill, line="ring_line", width=1)
        for radius, fill in ((128, "ring_3"), (86, "ring_2"), (43, "ring_1"))
    )
    diamond = ((220.0, 140.0), (240.0, 160.0), (220.0, 180.0), (200.0, 160.0))
    return Picture(
        320,
        300,
        (
            *rings,
            Disc(center=(160, 160), radius=13, fill="text"),
            Label(text="ZŁ", at=(160, 163.5), style="initials", fill="surface"),
            Polygon(points=diamond, corner=4, fill="partner", line="token_line", width=1.3),
            Polygon(points=((222, 130), (240, 130), (240, 170)), fill="text", clip=diamond, clip_corner=4),
            Polygon(points=((90, 60), (110, 60), (110, 80), (90, 80)), corner=6, line="token_line", width=1.1, dash=(2.6, 2)),
            Line(points=((100, 90), (130, 130)), line="ghost", width=1.1, dots=3),
            Line(points=((100, 200), (130, 190), (140, 230)), line="tie", width=1.1, dash=(6, 3), alpha=0.6),
            Label(text="husband", at=(244, 163), style="label", fill="text", anchor=Anchor.START, halo="ring_3"),
            Label(text="died 2025", at=(88, 74), style="caption", fill="text_soft", anchor=Anchor.END),
            ArcLabel(text="middle", center=(160, 160), radius=74, angle=0, style="caption", fill="text_soft", halo="ring_2"),
            ArcLabel(
                text="outer", center=(160, 160), radius=122, angle=180, style="caption", fill="text_soft", is_flipped=True
            ),
        ),
        "T.N., husband: from middle to inner",
    )


def key() -> Picture:
    marks = (
        Disc(center=(10, 10), radius=6, line="token_line", width=1.1),
        Label(text="family", at=(22, 13), style="label", fill="text", anchor=Anchor.START),
    )
    return Picture(80, 20, marks)


LONG = (
    "Mrs Łukasiewicz came with a depression that began within weeks of her mother’s death in November 2025. Treatment "
    "worked on grief and, second, on a role dispute with her husband. PHQ-9 18 → 6, GAD-7 14 → 5: a reliable improvement "
    "on each, with sertraline 50 mg unchanged since before the first session."
)


def sample(paper: Paper = Paper.A4, *more: Section) -> Report:
    bold = (Block((Run("Treatment worked on "), Run("grief", bold=True), Run(", "), Run("first", italic=True), Run("."))),)
    return Report(
        kind="termination-summary",
        title="Summary of treatment",
        subtitle="Interpersonal psychotherapy, 12 March to 9 July 2026. To Dr S. Grant, Park Edge Surgery, at her request.",
        letterhead=Letterhead(
            "Dr Hanna Weiss",
            "Clinical psychologist · Interpersonal psychotherapy",
            ("12 Lindenhof, Third floor, Leeds LS1 4DY", "0113 496 0142 · practice@weiss.example", "Registration PYL 31107"),
        ),
        running_head=("Zofia Łukasiewicz · ref. 2026-014", "Summary of treatment"),
        footer="Confidential · Other people are named by initials only · Printed 16 July 2026",
        author="Dr Hanna Weiss",
        paper=paper,
        sections=(
            Section(
                "identification",
                "",
                (
                    Facts(
                        (
                            ("Client", "Zofia Łukasiewicz"),
                            ("Born", "14 September 1984"),
                            ("Reference", ""),
                            ("Sessions", "16 of 16 held; cancelled: 21 May (by client), 25 June (by therapist)"),
                        ),
                        (
                            ("Ending", "Planned, as agreed on 2 April"),
                            ("Medication", "Sertraline 50 mg since 24 February"),
                        ),
                    ),
                ),
                is_full_width=True,
            ),
            Section("brief", "In brief", (Prose((*plain(LONG), *bold)),)),
            Section(
                "focus",
                "Focus and formulation",
                (
                    MinorHead("Grief (primary)"),
                    Prose(plain("The death fell two weeks after a quarrel that was never made up. Mourning stalled.")),
                    MinorHead("What held the symptoms in place"),
                    Prose(plain("Silence at home left her alone with the guilt; being alone with it deepened the silence.")),
                ),
            ),
            Section(
                "course",
                "Course of treatment",
                (
                    Table(
                        (Column("Phase", 53), Column("Sessions", 77), Column("What was done", 314)),
                        (
                            (
                                "Initial",
                                "1–4\n12 Mar – 2 Apr",
                                "Review of symptoms; diagnosis explained; safety plan.",
                            ),
                            ("Middle", "5–12\n9 Apr – 4 Jun", "The relationship with her mother reconstructed; " + LONG),
                        ),
                    ),
                ),
            ),
            Section(
                "circle",
                "The circle at the start and at the end",
                (
                    Pictures(
                        (
                            Drawing("Start", "session 2, 19 March 2026", drawing()),
                            Drawing("End", "session 16, 9 July 2026", drawing()),
                        ),
                        key(),
                        "Where a person stands is the client’s own answer. Direction has no meaning.",
                    ),
                    Table(
                        (
                            Column("Person", 140),
                            Column("Start", 45),
                            Column("End", 45),
                            Column("In her words", 340),
                        ),
                        (("T.N., husband", "middle", "inner", "“He asks now, and I answer.” One ring closer."),),
                        note="Unchanged: J.N., daughter (inner).",
                    ),
                ),
                is_full_width=True,
            ),
            Section("unchanged", "What did not change", (Items(("Waking before five on some Sundays.", plain(LONG))),)),
            Section(
                "signs",
                "Warning signs",
                (
                    Prose(plain("Waking at four for a week.")),
                    MinorHead("Dates"),
                    Table((Column("", 1), Column("", 4)), (("1 November", "All Saints"), ("14 May", "M.Ł.’s birthday"))),
                    Prose(
                        (
                            Block((Run("She calls in this order"),), BlockKind.HEADING),
                            Block((Run("A.K."),), BlockKind.NUMBERED),
                            Block((Run("the practice"),), BlockKind.NUMBERED),
                            Block((Run("I can ask."),), BlockKind.QUOTE),
                        )
                    ),
                ),
            ),
            *more,
            Section(
                "signature",
                "",
                (Signature("Dr Hanna Weiss", ("Clinical psychologist, registration PYL 31107",), "16 July 2026", "Date"),),
                is_full_width=True,
            ),
        ),
    )
