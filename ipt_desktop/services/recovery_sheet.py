"""The recovery sheet: the page that opens a practice without its passphrase. It says nothing about any client.

It is made while its code is at hand, at the creation or a revocation, and never again.
"""

import re
import tomllib
from dataclasses import replace
from datetime import datetime

from ipt_desktop.domain.dates import long_date
from ipt_desktop.domain.records import Practice, now
from ipt_desktop.domain.report import Blanks, Code, Panel, Paper, QrCode, Report, Section, Steps
from ipt_desktop.domain.rich_text import Block, RichText, Run, plain
from ipt_desktop.domain.text import _
from ipt_desktop.services.keys import practice_id_of
from ipt_desktop.services.recovery_code import QR_PREFIX, groups_of, root_of
from ipt_desktop.services.resources_folder import resources_folder


def recovery_sheet(practice: Practice, code: str, made_at: datetime | None = None) -> Report:
    """Return the sheet for a recovery code; `made_at` is shown in the local time. Raises RecoveryCodeWrong for no code."""
    groups = tuple(groups_of(code))
    made = (made_at or now()).astimezone()
    subtitle = _("For the practice of {name}. Made on {date}, {time}. Practice mark {mark}.")
    return Report(
        kind="recovery-sheet",
        title=_("Recovery sheet"),
        subtitle=subtitle.format(
            name=practice.therapist or practice.name,
            date=long_date(made.date()),
            time=f"{made:%H:%M}",
            mark=practice_mark(practice, code),
        ),
        sections=(
            Section("warning", "", (Panel(_warning()),), is_full_width=True),
            Section("code", _("Recovery code"), (Code(groups, _code_note()),)),
            Section("picture", _("The same, as a picture"), (QrCode(QR_PREFIX + "".join(groups), _picture_note()),)),
            Section("use", _("How to use it"), (Steps(_steps()),)),
            Section("checked", _("Checked"), (Blanks((_("Printed and checked by"), _("Kept in"), _("Who knows of it"))),)),
        ),
        footer=_("Keep with your will or in a safe. Not in the same place as the computer."),
        paper=Paper(practice.paper),
    )


def sheet_pdf(practice: Practice, code: str, made_at: datetime | None = None) -> bytes:
    """Return the sheet as PDF on the practice's paper; `page_images` shows it. ReportLab is loaded by the first call."""
    from ipt_desktop.reports.document import render

    folder = resources_folder()
    colours = tomllib.loads((folder / "themes" / "tokens.toml").read_text("utf-8"))["paper"]
    return render(recovery_sheet(practice, code, made_at), folder / "fonts" / "paper", colours)


def practice_mark(practice: Practice, code: str) -> str:
    """Return what tells one sheet from another, such as WEISS-7F3A: the last word of the name, and the key's id in short."""
    words = re.findall(r"\w+", practice.therapist or practice.name)
    short = practice_id_of(root_of(code))[:4].upper()
    return f"{words[-1].upper()}-{short}" if words else short


def _warning() -> str:
    return _(
        "This sheet opens every record in the practice without the passphrase. Whoever holds it can read everything. "
        "If it is lost as well as the passphrase, the records cannot be opened by anyone."
    )


def _code_note() -> str:
    return _(
        "14 groups of 4. There is no letter I, L, O or U in the code: what looks like one is the digit 1 or 0. "
        "The last group checks the others, and the program names the group that does not fit."
    )


def _picture_note() -> str:
    return _("For a phone or scanner that is not connected to a network. It holds the code and nothing about any client.")


def _steps() -> tuple[RichText, ...]:
    # {choice} is the text of the button on the page that opens a practice.
    second = _("Open the practice and choose {choice}.").split("{choice}")
    named = [Run(second[0]), Run(_("Use the recovery sheet"), italic=True), *map(Run, second[1:])]
    return (
        plain(_("Install IPT Desktop and copy the practice folder, or a backup of it, to the computer.")),
        (replace(Block(), runs=tuple(named)),),
        plain(_("Type the code; spaces and small letters do not matter.")),
        plain(_("Choose a new passphrase, print a new sheet, destroy this one.")),
    )
