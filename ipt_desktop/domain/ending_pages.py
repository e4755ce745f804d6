"""The pages an ending is written on: a section of its form each, in any order, and the few that an early ending needs."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from ipt_desktop.domain.form import Form, Means, Section, is_blank
from ipt_desktop.domain.records import EndingKind
from ipt_desktop.domain.text import _

EARLY = frozenset(each for each in EndingKind if each is not EndingKind.PLANNED)
SHORT = (Means.ENDING_KIND, Means.GAINS, Means.REMAINING, Means.COMING_BACK)
"""What an early ending asks, in this order: how and why, what was reached, what remains, what was offered, how to come back."""


@dataclass(frozen=True, slots=True)
class EndingPage:
    """One page: the key of its section, its title, and whether anything is written on it."""

    key: str
    title: str
    is_written: bool


@dataclass(frozen=True, slots=True)
class EndingPages:
    """The pages in the order they are gone through; where the ending is early, `more` are those behind *More pages*."""

    first: tuple[EndingPage, ...]
    more: tuple[EndingPage, ...] = ()

    @property
    def every(self) -> tuple[EndingPage, ...]:
        """All pages."""
        return self.first + self.more

    def page(self, key: str) -> EndingPage | None:
        """Return the page of this key, or None."""
        return next((each for each in self.every if each.key == key), None)

    def beside(self, key: str, by: int) -> EndingPage | None:
        """Return the page before (-1) or after (1) one, or None."""
        keys = [each.key for each in self.every]
        place = keys.index(key) + by if key in keys else -1
        return self.every[place] if 0 <= place < len(keys) else None

    @property
    def to_begin_with(self) -> str:
        """The key of the first page with nothing on it; where all are written, of the first one."""
        return next((each.key for each in self.every if not each.is_written), self.every[0].key if self.every else "")


def ending_pages(form: Form, answers: Mapping[str, Any], course_ending: EndingKind | None) -> EndingPages:
    """Return the pages of an ending. It is early where its own answer says so or, without one, the course's."""
    pages = {each.key: _page(each, answers) for each in form.sections}
    said = form.answer(answers, Means.ENDING_KIND) or course_ending
    if said not in EARLY:
        return EndingPages(tuple(pages.values()))
    short = [key for means in SHORT if (key := _section_of(form, means))]
    first = tuple(pages[key] for key in dict.fromkeys(short))
    return EndingPages(first, tuple(page for key, page in pages.items() if key not in short))


def _page(section: Section, answers: Mapping[str, Any]) -> EndingPage:
    title = section.title or section.fields[0].label
    return EndingPage(section.key, _(title), any(not is_blank(answers.get(each.key)) for each in section.fields))


def _section_of(form: Form, means: Means) -> str:
    return next((each.key for each in form.sections if any(asked.means == means for asked in each.fields)), "")
