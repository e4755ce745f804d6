"""Where a section came to stand once a report is set: so that its words can be changed where they are read."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Span:
    """The part of a page that a section takes: `page` counts from 1, `top` and `bottom` are shares of the page's height."""

    section: str
    page: int
    top: float
    bottom: float


@dataclass(frozen=True, slots=True)
class SetPages:
    """A report set as PDF, and where the sections stand whose words can be changed."""

    pdf: bytes
    spans: tuple[Span, ...] = ()
