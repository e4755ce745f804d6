"""A report as blocks: what a page says, before it is set in type.

A service assembles a `Report`, the therapist edits its sections (`dataclasses.replace`), and the same value is printed, copied
as text and compared in tests. Nothing here knows of fonts, points or pages.
"""

import unicodedata
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from ipt_desktop.domain.picture import ArcLabel, Label, Picture
from ipt_desktop.domain.report_plan import Contacts, Numbers, Plan, PlanSteps, Questions, Ticks
from ipt_desktop.domain.rich_text import RichText, as_plain
from ipt_desktop.domain.text import _, ngettext

Cell = str | RichText
"""What stands in a table's cell; in a plain string the lines after the first are set smaller and softer."""


class Paper(StrEnum):
    """The sheet a report is set for."""

    A4 = "A4"
    LETTER = "Letter"
    A5 = "A5"


class TextSize(StrEnum):
    """How large a report is set: in its usual type, a fifth larger or so, or in large print for whoever sees badly."""

    USUAL = "usual"
    LARGER = "larger"
    LARGE_PRINT = "large_print"


@dataclass(frozen=True, slots=True)
class Prose:
    """Running text: paragraphs, headings, lists and quotations as the therapist wrote them."""

    rich_text: RichText


@dataclass(frozen=True, slots=True)
class MinorHead:
    """A small heading inside a section; it stays with what follows."""

    text: str


@dataclass(frozen=True, slots=True)
class Items:
    """A list, one dash an item."""

    items: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Facts:
    """Two columns of (label, value) between hairlines; a fact without a value is not printed."""

    left: tuple[tuple[str, str], ...]
    right: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Column:
    """A table's column: its head, and its share of the width against the other columns."""

    head: str = ""
    weight: float = 1.0


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under heads; a table whose heads are all empty is printed without a head row."""

    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    is_first_bold: bool = True
    note: str = ""


@dataclass(frozen=True, slots=True)
class Drawing:
    """One picture with what stands above it.

    `narrower` are the same laid out in less width, the widest first: for a small page, or for large print.
    """

    title: str
    caption: str
    picture: Picture
    narrower: tuple[Picture, ...] = ()


@dataclass(frozen=True, slots=True)
class Pictures:
    """Pictures side by side, the key of their forms beneath; the note stands above them, what their marks stand for below.

    `enlarged` is how many times their natural size they may have, words and all, where there is room.
    """

    drawings: tuple[Drawing, ...]
    key: Picture | None = None
    note: str = ""
    enlarged: float = 1.0
    legend: str = ""


@dataclass(frozen=True, slots=True)
class Signature:
    """A line to sign on, who signs, and a line with the date (empty: to be written by hand)."""

    name: str
    lines: tuple[str, ...] = ()
    date: str = ""
    date_label: str = ""


@dataclass(frozen=True, slots=True)
class Chapter:
    """A head over the sections that follow it, told of in the contents with its page; one of level 1 begins a page."""

    title: str
    caption: str = ""
    level: int = 1


@dataclass(frozen=True, slots=True)
class Contents:
    """The report's chapters, all of them in order: (title, level). Their pages are filled in once it is laid out."""

    entries: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class Panel:
    """What must not be overlooked, on a tinted ground; under a `title` it is running text, with a `note` small beneath."""

    text: Cell
    title: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Code:
    """A code to be typed back from paper: its groups, numbered and large; the note stands below."""

    groups: tuple[str, ...]
    note: str = ""


@dataclass(frozen=True, slots=True)
class QrCode:
    """A text as a QR code for a scanner; the note stands below."""

    text: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Steps:
    """What to do, in order."""

    steps: tuple[RichText, ...]


@dataclass(frozen=True, slots=True)
class Blanks:
    """Lines to fill in by hand, one for each label."""

    labels: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Lead:
    """What a page comes to in a few words, large, under a hairline."""

    text: str


@dataclass(frozen=True, slots=True)
class Note:
    """What stands below, small: whose a measure is, by which rules something is said."""

    text: str


@dataclass(frozen=True, slots=True)
class Answer:
    """An item's line: its number, what it asks in a few words, and what it can be answered with.

    `now` is the answer, `before` that of the start; None where there is none. `counts` are what each counts, start and now.
    """

    number: str
    words: str
    values: tuple[int, ...]
    now: int | None
    before: int | None = None
    counts: tuple[str, str] = ("", "")


@dataclass(frozen=True, slots=True)
class Answers:
    """A measure's answers, a line an item: each answer it can have is a disc with its number, the one given filled.

    `asked` stands above the items, `options` name the answers (value, words), without words where items differ. A dashed ring
    marks the answer at the start where it was another; only where `has_before` there is a column for it. `total` is (words,
    start, now).
    """

    asked: str
    options: tuple[tuple[int, str], ...]
    rows: tuple[Answer, ...]
    total: tuple[str, str, str] = ("", "", "")
    has_before: bool = False
    note: str = ""


OfMeasure = Lead | Note | Answers
OfSheet = Code | QrCode | Steps | Blanks
OfBook = Chapter | Contents
Block = Prose | MinorHead | Items | Facts | Table | Pictures | Signature | Panel | OfBook | OfSheet | Plan | OfMeasure


@dataclass(frozen=True, slots=True)
class Letterhead:
    """Who writes: name and profession at the left of the first page, address lines at its right.

    `logo` is a PNG or JPEG that stands small before the name; none if empty.
    """

    name: str
    profession: str = ""
    lines: tuple[str, ...] = ()
    logo: bytes = b""


@dataclass(frozen=True, slots=True)
class Addressed:
    """To whom a letter goes, line by line at its left, and its date at the right; its title stands below as the subject."""

    lines: tuple[str, ...]
    date: str


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and what stands beside it, or below it when `is_full_width`; `key` names it for editing.

    `part` is the part of the report it belongs to, where several sections make one; else it is a part of its own.
    """

    key: str
    title: str
    blocks: tuple[Block, ...]
    is_full_width: bool = False
    is_editable: bool = True
    part: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """A whole document. `running_head` is (left, right) of later pages; `language` a BCP 47 tag.

    What `is_large` is for the client, in larger type. In the largest `text_size` nothing is under 12 points, and each head
    stands above its section. What `is_close` has less room between its sections, to stay on one page. One that `is_undated`
    keeps no day of its making in its file.
    """

    kind: str
    title: str
    subtitle: str = ""
    sections: tuple[Section, ...] = ()
    letterhead: Letterhead | None = None
    running_head: tuple[str, str] = ("", "")
    footer: str = ""
    language: str = "en"
    paper: Paper = Paper.A4
    text_size: TextSize = TextSize.USUAL
    author: str = ""
    is_large: bool = False
    is_close: bool = False
    is_undated: bool = False
    addressed: Addressed | None = None

    @property
    def is_letter(self) -> bool:
        """Whether it is a letter: one page, set closer where it would need more."""
        return self.addressed is not None

    @property
    def name(self) -> str:
        """What its file is called inside: its title, and of a letter, whose title tells whom it is about, what kind it is."""
        return self.running_head[1] if self.is_letter else self.title


@dataclass(frozen=True, slots=True)
class Place:
    """A character that cannot be printed, and the title of the section it stands in."""

    character: str
    section: str

    @property
    def name(self) -> str:
        """The character's Unicode name, or its code where it has none."""
        return unicodedata.name(self.character, f"U+{ord(self.character):04X}").capitalize().replace("Cjk", "CJK")


MOST_CHARACTERS = 4
"""Of more characters that cannot be printed than these, the rest are counted."""


def places_in_words(places: Sequence[Place]) -> str:
    """Return the characters by name with where they stand, those of the same places together; of many only the first few."""
    found: dict[str, list[Place]] = {}
    for place in places:
        found.setdefault(place.character, []).append(place)
    told: dict[str, list[str]] = {}
    for character, each in list(found.items())[:MOST_CHARACTERS]:
        # The name comes first and the character is isolated: a right-to-left letter would turn the whole sentence round.
        name = _("{name} (\u2068{character}\u2069)").format(name=each[0].name, character=character)
        told.setdefault(", ".join(other.section for other in each), []).append(name)
    words = "; ".join(
        _("{characters}: {places}").format(characters=", ".join(names), places=where) for where, names in told.items()
    )
    more = len(found) - MOST_CHARACTERS
    if more > 0:
        return ngettext("{words}; and {count} more", "{words}; and {count} more", more).format(words=words, count=more)
    return words


def as_text(report: Report) -> str:
    """Return the report as plain text: heads on their own lines, table cells parted by tabs; empty sections are left out."""
    head = report.letterhead
    parts = ["\n".join([head.name, head.profession, *head.lines])] if head else []
    if report.addressed:
        parts.append("\n".join((*report.addressed.lines, report.addressed.date)))
    parts.append("\n".join(filter(None, (report.title, report.subtitle))))
    for section in report.sections:
        if body := [text for text in map(_block_text, section.blocks) if text]:
            parts.append("\n".join(filter(None, (section.title, *body))))
    return "\n\n".join(parts) + "\n"


def unprintable(report: Report, can_print: Callable[[str], bool]) -> list[Place]:
    """Return each character for which `can_print` is false with where it stands, once a section, in reading order.

    Text is composed (NFC) first, as it is when set. Spaces, line ends and invisible format characters are never asked about.
    """
    found: dict[Place, None] = {}
    printed: dict[str, bool] = {}  # a record of hundreds of pages is made of some hundred characters
    for section, text in _texts(report):
        composed = unicodedata.normalize("NFC", text)
        for character in set(composed) - printed.keys():
            printed[character] = is_invisible(character) or can_print(character)
        if not all(printed[character] for character in set(composed)):
            found |= {Place(character, section): None for character in composed if not printed[character]}
    return list(found)


def is_invisible(character: str) -> bool:
    """Whether a character leaves no ink: spaces, line ends, joiners, direction marks, variation selectors."""
    return character.isspace() or unicodedata.category(character) == "Cf" or "\ufe00" <= character <= "\ufe0f"


def cell_text(cell: Cell) -> str:
    """Return the letters of a cell or an item."""
    return cell if isinstance(cell, str) else as_plain(cell)


def _block_text(block: Block) -> str:
    match block:
        case Items(items):
            return "\n".join(f"– {cell_text(item)}" for item in items)
        case Facts(left, right):
            return "\n".join(f"{label}: {value}" for label, value in (*left, *right) if value)
        case Table():
            heads = [column.head for column in block.columns]
            rows = [heads] if any(heads) else []
            rows += [[cell_text(cell).replace("\n", ", ") for cell in row] for row in block.rows]
            return "\n".join(["\t".join(row) for row in rows] + ([block.note] if block.note else []))
        case Answers():
            return "\n".join("\t".join(each) for each in _answer_lines(block))
        case Pictures():
            return "\n".join(filter(None, (block.note, *map(_drawing_text, block.drawings), block.legend)))
        case Signature():
            return "\n".join(filter(None, (block.name, *block.lines, block.date)))
        case _:
            return "\n".join(_block_strings(block))


def _drawing_text(drawing: Drawing) -> str:
    return ", ".join(filter(None, (drawing.title, drawing.caption))) + f": {drawing.picture.description}"


def _texts(report: Report) -> Iterator[tuple[str, str]]:
    head = report.letterhead
    outside: tuple[str, ...] = (report.title, report.subtitle, report.footer, *report.running_head)
    if report.addressed:
        outside = (*outside, *report.addressed.lines, report.addressed.date)
    for text in (*outside, *((head.name, head.profession, *head.lines) if head else ())):
        yield report.title, text
    for section in report.sections:
        yield section.title, section.title
        for block in section.blocks:
            for text in _block_strings(block):
                yield section.title, text


def _block_strings(block: Block) -> Iterator[str]:
    """Yield every string a block prints."""
    match block:
        case Prose(rich_text):
            yield as_plain(rich_text)
        case MinorHead(text):
            yield text
        case Items(items):
            yield from map(cell_text, items)
        case Facts(left, right):
            for fact in (*left, *right):
                yield from fact
        case Table():
            yield from (column.head for column in block.columns)
            yield from (cell_text(cell) for row in block.rows for cell in row)
            yield block.note
        case Pictures():
            yield from (block.note, block.legend)
            for drawing in block.drawings:
                yield from (drawing.title, drawing.caption, *_picture_strings(drawing.picture))
            yield from _picture_strings(block.key) if block.key else ()
        case Signature():
            yield from (block.name, *block.lines, block.date, block.date_label)
        case Panel(text, title, note):
            yield from filter(None, (title, cell_text(text), note))
        case Chapter(title, caption):
            yield from filter(None, (title, caption))
        case Contents(entries):
            yield from (title for title, _level in entries)
        case Lead() | Note():
            yield block.text
        case Answers():
            yield from (words for line in _answer_lines(block) for words in line)
        case Code(groups, note):
            yield from ("-".join(groups), note)
        case QrCode(_text, note):
            yield note
        case Steps(steps):
            yield from (f"{number}. {as_plain(step)}" for number, step in enumerate(steps, 1))
        case Blanks(labels):
            yield from labels
        case Numbers() | PlanSteps() | Questions() | Contacts():
            yield from _plan_strings(block)


def _answer_lines(block: Answers) -> Iterator[list[str]]:
    """Yield the answers line by line: in words where the numbers have any."""
    words = dict(block.options)
    before, now = ([_("Start")] if block.has_before else []), [_("Now")]
    yield [block.asked, *before, *now]
    for row in block.rows:
        told = [words.get(each, "") if each is not None else _("not answered") for each in (row.before, row.now)]
        counts = [" ".join(filter(None, pair)) for pair in zip(row.counts, told, strict=True)]
        yield [f"{row.number} {row.words}", *counts[0 if block.has_before else 1 :]]
    if block.total[0]:
        yield [block.total[0], *block.total[1 if block.has_before else 2 :]]
    if block.note:
        yield [block.note]


def _plan_strings(block: Plan) -> Iterator[str]:
    match block:
        case Numbers(rows, note):
            yield from (f"{who}: {number}" for who, number in rows)
            yield note
        case PlanSteps(steps):
            for number, step in enumerate(steps, 1):
                yield f"{number}. {step.title}"
                yield from (line if isinstance(line, str) else ": ".join(line) for line in step.lines)
        case Contacts(rows):
            yield from (f"{place}. {': '.join(filter(None, row))}" for place, row in enumerate(rows, 1))
        case Questions(rows, note):
            for question, answer in rows:
                yield question
                yield answer if isinstance(answer, str) else _ticked(answer)
            yield note


def _ticked(ticks: Ticks) -> str:
    said = ", ".join(word for word, is_ticked in ticks.options if is_ticked)
    return " ".join(part for part in (said, ticks.words) if part)


def _picture_strings(picture: Picture) -> Iterator[str]:
    return (mark.text for mark in picture.marks if isinstance(mark, Label | ArcLabel))
