"""`report.full300`: the time a page of a record of 300 pages takes ÷ that of one of 30; and the most memory the long one takes.

The record has what a client's has: chapters, contents, notes with facts, prose, lists, tables and addenda, all of different
words. The memory is the most that a process of its own held, ÷ that of one which writes as much text with ReportLab's own
`Paragraph(shaping=1)`.
"""

import io
import random
import resource
import statistics
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from functools import partial

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

from benchmarks.measuring import is_short, rounds, seconds, tell
from benchmarks.report_termination import FONTS, RESOURCES, TEXT, by_paragraphs
from ipt_desktop.domain.report import Chapter, Column, Contents, Facts, Items, Panel, Prose, Report, Section, Table, as_text
from ipt_desktop.domain.rich_text import plain
from ipt_desktop.reports.document import render

NOTES_ON_TEN_PAGES = 6.4
ROUNDS = 3
SHORT_ONES = 10
"""As many short records are set in turn with a long one, so that a busy machine slows both alike."""
WORDS = TEXT.replace(".", "").split()


def said(dice: random.Random, count: int) -> str:
    """Return so many words, few lines the same."""
    return " ".join([*dice.choices(WORDS, k=count), f"on day {dice.randrange(10_000)}."])


def note(dice: random.Random, number: int) -> Iterator[Section]:
    """Yield what a session's note says, a page or so."""
    facts = Facts((("Held", f"{number}, 14:00–14:50"), ("Attended", "client")), (("PHQ-9", f"18 → {dice.randrange(27)}"),))
    yield Section(f"chapter{number}", "", (Chapter(f"Session {number}", "9 July 2026", level=2), facts), is_full_width=True)
    for head in ("Focus", "Intervention", "Response", "Risk"):
        yield Section(f"{head}{number}", head, (Prose(plain("\n".join(said(dice, 45) for _paragraph in range(2)))),))
    yield Section(f"plan{number}", "Plan", (Items(tuple(said(dice, 12) for _item in range(3))),))
    rows = tuple((f"T.N. {row}", "middle", said(dice, 8)) for row in range(4))
    table = Table((Column("Person", 2), Column("Ring", 1), Column("In her words", 5)), rows)
    yield Section(f"circle{number}", "Who was spoken of", (table, Panel(said(dice, 30), "Addendum")))


def record(pages: int) -> Report:
    """Return a record that takes about so many pages."""
    dice = random.Random(pages)  # noqa: S311 - words, not secrets
    count = round(pages * NOTES_ON_TEN_PAGES / 10)
    sections = [section for number in range(1, count + 1) for section in note(dice, number)]
    entries = (("Notes", 1), *((f"Session {number}", 2) for number in range(1, count + 1)))
    return Report(
        kind="full-record",
        title="Record",
        running_head=("Z.Ł.", "Record"),
        footer="Confidential",
        sections=(
            Section("contents", "Contents", (Contents(entries),), is_full_width=True),
            Section("notes", "", (Chapter("Notes"),), is_full_width=True),
            *sections,
        ),
    )


def measure() -> dict[str, float]:
    """Return the ratios by their names. Linux and macOS only: a process is asked for the most memory it held."""
    # First, while this process is small: what it holds when it starts another counts as that one's.
    ours, theirs = (most_memory(what, "12" if is_short() else "300") for what in ("ours", "theirs"))
    colours = tomllib.loads((RESOURCES / "themes" / "tokens.toml").read_text(encoding="utf-8"))["paper"]
    small, large = (record(pages) for pages in ((3, 12) if is_short() else (30, 300)))
    counts = [page_count(render(each, FONTS, colours)) for each in (small, large)]
    taken: list[list[float]] = [[], []]
    for _round in range(rounds(ROUNDS)):
        for place, (each, times) in enumerate(((small, SHORT_ONES), (large, 1))):
            work = partial(render, each, FONTS, colours)
            taken[place] += [seconds(lambda: [work() for _time in range(times)]) / counts[place] / times]  # noqa: B023
    short, long = (statistics.median(each) for each in taken)
    DETAILS[:] = [
        f"{counts[0]} pages: {short * 1000:.1f} ms each, {counts[1]} pages: {long * 1000:.1f} ms each",
        f"ours {ours / 1024:.0f} MiB, theirs {theirs / 1024:.0f} MiB",
    ]
    return {"report.full300": long / short, "report.full300_memory": ours / theirs}


def page_count(pdf: bytes) -> int:
    import pikepdf

    with pikepdf.open(io.BytesIO(pdf)) as opened:
        return len(opened.pages)


def most_memory(what: str, pages: str) -> float:
    """Return the most that a process held which sets the record, in KiB."""
    command = [sys.executable, "-m", "benchmarks.report_full300", what, pages]
    return float(subprocess.run(command, check=True, capture_output=True, text=True).stdout)


def held(what: str, pages: int) -> None:
    """Set the record in this process, and print the most memory it held in KiB."""
    if what == "ours":
        colours = tomllib.loads((RESOURCES / "themes" / "tokens.toml").read_text(encoding="utf-8"))["paper"]
        render(record(pages), FONTS, colours)
    else:
        pdfmetrics.registerFont(TTFont("Benchmark", str(FONTS / "SourceSerif4_400Regular.ttf")))
        by_paragraphs(as_text(record(pages)).replace("\t", " "))
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    print(most / (1 if sys.platform.startswith("linux") else 1024))


DETAILS: list[str] = []

if __name__ == "__main__":
    if len(sys.argv) == 3:
        held(sys.argv[1], int(sys.argv[2]))
    else:
        tell(measure(), *DETAILS)
