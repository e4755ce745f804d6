"""`report.termination`: a four-page summary set and written ÷ its text through ReportLab's `Paragraph(shaping=1)`, two passes.

Both are warm (faces loaded, words shaped once before) and run in turn, so that a busy machine slows both.
"""

import io
import statistics
import tomllib
from pathlib import Path

from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.platypus import Paragraph, SimpleDocTemplate

from benchmarks.measuring import ratio, rounds, seconds, tell
from ipt_desktop.domain.picture import Anchor, Disc, Label, Picture
from ipt_desktop.domain.report import (
    Column,
    Drawing,
    Facts,
    Items,
    Letterhead,
    Pictures,
    Prose,
    Report,
    Section,
    Table,
    as_text,
)
from ipt_desktop.domain.rich_text import plain
from ipt_desktop.reports.document import render

RESOURCES = Path(__file__).parents[1] / "resources"
FONTS = RESOURCES / "fonts" / "paper"
ROUNDS = 15
TEXT = (
    "The death fell two weeks after a quarrel that was never made up. Mourning stalled: the belongings stayed untouched, "
    "the grave unvisited, and nobody was told about the quarrel. Strengths: a steady bond with her daughter, candour once "
    "trust is there. PHQ-9 18 → 6, GAD-7 14 → 5: a reliable improvement on each, asked on 9 July."
)


def circle() -> Picture:
    """Return rings with a dozen people round them."""
    rings = [Disc(center=(150, 150), radius=each, fill="ring_2", line="ring_line", width=1) for each in (130, 90, 45)]
    tokens = [
        Disc(center=(20 + 24 * each, 80 + 12 * each), radius=11, fill="surface", line="text", width=1) for each in range(12)
    ]
    words = [
        Label(
            text="daughter", at=(34 + 24 * each, 84 + 12 * each), style="label", fill="text", anchor=Anchor.START, halo="ring_2"
        )
        for each in range(12)
    ]
    return Picture(340, 300, (*rings, *tokens, *words), "a circle")


def summary() -> Report:
    """Return a summary of the usual length: facts, prose, course, two circles with their changes, lists."""
    prose = [Section(f"prose{number}", f"Section {number}", (Prose(plain(f"{TEXT}\n{TEXT}")),)) for number in range(6)]
    course = Table(
        (Column("Phase", 1), Column("What was done", 4)), tuple((word, TEXT) for word in ("Initial", "Middle", "Ending"))
    )
    changes = Table(
        (Column("Person", 1), Column("Change", 3)), tuple((f"T.N., husband {n}", "One ring closer.") for n in range(12))
    )
    facts = Facts((("Client", "Z.Ł."), ("Born", "14 September 1984")), (("Ending", "Planned"), ("Sessions", "16 of 16 held")))
    circles = Pictures((Drawing("Start", "session 2", circle()), Drawing("End", "session 16", circle())))
    return Report(
        kind="termination-summary",
        title="Summary of treatment",
        letterhead=Letterhead("Dr A", "Psychologist"),
        footer="Confidential",
        sections=(
            Section("identification", "", (facts,), is_full_width=True),
            *prose,
            Section("course", "Course of treatment", (course,)),
            Section("circle", "The circle", (circles, changes), is_full_width=True),
            Section("plan", "Plan", (Items((TEXT, TEXT, TEXT)),)),
        ),
    )


def by_paragraphs(text: str) -> None:
    """Set the text twice with ReportLab's own shaped paragraphs, as a document with "page n of m" must."""
    style = ParagraphStyle("body", fontName="Benchmark", fontSize=10.5, leading=15, shaping=1)
    for _build in range(2):
        flow = [Paragraph(line, style) for line in text.split("\n") if line]
        SimpleDocTemplate(io.BytesIO(), initialFontName="Benchmark").build(flow)


def measure() -> dict[str, float]:
    """Return the measured ratio by its name."""
    pdfmetrics.registerFont(TTFont("Benchmark", str(FONTS / "SourceSerif4_400Regular.ttf")))
    colours = tomllib.loads((RESOURCES / "themes" / "tokens.toml").read_text(encoding="utf-8"))["paper"]
    report = summary()
    text = as_text(report).replace("\t", " ")
    ours, theirs = [], []
    for _round in range(rounds(ROUNDS) + 1):
        ours.append(seconds(lambda: render(report, FONTS, colours)))
        theirs.append(seconds(lambda: by_paragraphs(text)))
    DETAILS[:] = [f"ours {statistics.median(ours[1:]) * 1000:.0f} ms, theirs {statistics.median(theirs[1:]) * 1000:.0f} ms"]
    return {"report.termination": ratio(ours[1:], theirs[1:])}


DETAILS: list[str] = []

if __name__ == "__main__":
    tell(measure(), *DETAILS)
