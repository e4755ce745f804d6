"""What of a circle is to leave the program: in which form, of which sittings, and what people are called on it."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from ipt_desktop.domain.circle_naming import Naming
from ipt_desktop.domain.circle_overlay import Overlay
from ipt_desktop.domain.records import Sitting
from ipt_desktop.domain.report import Paper
from ipt_desktop.domain.text import marked

KIND = "circle"
MOST_ON_A_PAGE = 4
"""Circles that stand on one page, two by two."""


class CircleForm(StrEnum):
    """The forms in which a circle leaves the program."""

    PDF = "pdf"
    SVG = "svg"
    PNG = "png"
    PNG_LARGE = "png-large"
    CSV = "csv"
    GRAPHML = "graphml"
    CLIPBOARD = "clipboard"

    @property
    def ending(self) -> str:
        """The ending of a file's name."""
        return "png" if self in (CircleForm.PNG_LARGE, CircleForm.CLIPBOARD) else self.value

    @property
    def is_picture(self) -> bool:
        """Whether circles are drawn in it, one or several."""
        return self not in (CircleForm.CSV, CircleForm.GRAPHML)

    @property
    def times(self) -> int:
        """How many pixels a picture has for each of its own."""
        return 4 if self is CircleForm.PNG_LARGE else 2


FORMS: dict[str, str] = {
    CircleForm.PDF: marked("PDF page"),
    CircleForm.SVG: marked("SVG picture"),
    CircleForm.PNG: marked("PNG, 2×"),
    CircleForm.PNG_LARGE: marked("PNG, 4×"),
    CircleForm.CSV: marked("CSV table"),
    CircleForm.GRAPHML: marked("GraphML"),
    CircleForm.CLIPBOARD: marked("copied as a picture"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class CircleOrder:
    """What is wanted. `sittings` are ids, "" for now: one for a circle, up to four for circles through treatment.

    `since` is the sitting compared with, "" for none; circles through treatment are each compared with the one before.
    """

    course_id: str
    form: CircleForm = CircleForm.PDF
    naming: Naming = Naming.INITIALS
    sittings: tuple[str, ...] = ("",)
    since: str = ""
    is_wanted_shown: bool = True
    are_ties_shown: bool = False
    are_sectors_shown: bool = False
    overlay: Overlay = Overlay.NOTHING
    paper: Paper = Paper.A4

    @property
    def is_through_treatment(self) -> bool:
        """Whether several circles stand beside each other."""
        return self.form.is_picture and len(self.sittings) > 1


def through_treatment(sittings: Sequence[Sitting]) -> list[Sitting]:
    """Return the sittings that tell a course at a glance: before this began, the start, the middle and the end."""
    own = [each for each in sittings if not each.is_before]
    chosen = [each for each in sittings if each.is_before][:1]
    places = (0, len(own) // 2, len(own) - 1) if len(own) > 2 else range(len(own))
    return chosen + [own[place] for place in places]
