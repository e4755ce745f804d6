"""`report.first_page`: the first page of a report of thirty pages, on screen before the rest is set ÷ a report of one page.

Both are set and drawn at the preview's width, in turn. `report.longest_block_ms`: the longest that the window's event loop
stands still while all thirty pages are set on another thread, as the preview has them set.
"""

import statistics
import tomllib
from dataclasses import replace
from functools import partial

from PySide6.QtCore import QCoreApplication

from benchmarks.measuring import ratio, rounds, seconds, tell
from benchmarks.report_termination import FONTS, RESOURCES, summary
from benchmarks.standstill import standstill
from ipt_desktop.domain.report import Report
from ipt_desktop.reports.document import first_page, set_pages
from ipt_desktop.services.page_images import some_page_images
from ui.background import Task

ROUNDS = 9
TIMES = 8
WIDTH = 640


def long_report() -> Report:
    """Return a report of about thirty pages, with pictures and tables among them."""
    report = summary()
    sections = [replace(each, key=f"{each.key}{number}") for number in range(TIMES) for each in report.sections]
    return replace(report, sections=tuple(sections))


def measure() -> dict[str, float]:
    """Return the measures by their names."""
    app = QCoreApplication.instance() or QCoreApplication([])
    colours = tomllib.loads((RESOURCES / "themes" / "tokens.toml").read_text(encoding="utf-8"))["paper"]
    whole = long_report()
    one = replace(whole, sections=whole.sections[:4])
    ours: list[float] = []
    alone: list[float] = []
    blocks: list[float] = []
    draw = partial(some_page_images, width=WIDTH, numbers=(1,))
    for _round in range(rounds(ROUNDS) + 1):
        ours.append(seconds(lambda: draw(first_page(whole, FONTS, colours, 30))))
        alone.append(seconds(lambda: draw(set_pages(one, FONTS, colours).pdf)))
        blocks.append(standstill(app, Task(lambda: set_pages(whole, FONTS, colours), app)) * 1000)
    DETAILS[:] = [
        f"first page {statistics.median(ours[1:]) * 1000:.0f} ms, one page {statistics.median(alone[1:]) * 1000:.0f} ms",
        f"longest standstill in each round, ms: {', '.join(f'{each:.0f}' for each in blocks)}",
    ]
    return {"report.first_page": ratio(ours[1:], alone[1:]), "report.longest_block_ms": statistics.median(blocks[1:])}


DETAILS: list[str] = []

if __name__ == "__main__":
    tell(measure(), *DETAILS)
