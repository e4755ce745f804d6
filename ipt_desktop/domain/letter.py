"""Letters from templates: a letter is a form of texts to begin with, in which words of the record are filled in.

A template is data (`resources/letters/*.toml`, and the therapist's own). What may stand in braces is a closed list: words, and
whole sentences. Where nothing is known, the words are a blank to be filled in ("[…]"), and the sentences are left out.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from ipt_desktop.domain.form import Field, FieldKind, Form, Means, Purpose, Section
from ipt_desktop.domain.rich_text import Block, RichText, Run
from ipt_desktop.domain.text import _, marked

WORDS = (
    *("client", "born", "reference", "therapist", "profession", "practice", "contact"),
    *("referrer", "salutation", "addressee", "today", "stage", "first_session", "last_session", "sessions"),
)
"""What may stand in braces for a few words: a blank where nothing is known."""
SENTENCES = (
    *("born_on", "referral", "treatment", "focus", "attendance", "diagnosis", "medication"),
    *("risk", "functioning", "plan", "appointments"),
)
"""What may stand in braces for sentences: nothing where nothing is known. `born_on` is ", born 14 September 1984"."""
BLANK = "[…]"
SINCERELY = marked("Yours sincerely,")
PREFIX = "letter-"
"""What the key of a letter's form, and of its kind of report, begins with."""
SCORES = "scores"
SHOWN = (SCORES,)
"""What of the record a part may show in a table."""
_BRACES = re.compile(r"\{([^{}]*)\}")
_MEANS = {"{risk}": Means.RISK, "{plan}": Means.PLAN, "{diagnosis}": Means.DIAGNOSIS}


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterPart:
    """A part under a head of its own: what it says to begin with, or what it `shows`.

    One that is `only_if_asked` is no part of the least set. `words` name it among the choices, its head where they are empty.
    """

    key: str
    head: str
    words: str = ""
    text: str = ""
    hint: str = ""
    shows: str = ""
    only_if_asked: bool = False

    @property
    def called(self) -> str:
        """What it is called among the choices."""
        return self.words or self.head


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """A template. `is_to_referrer` addresses it to whoever referred the client; any other is addressed by the therapist.

    `below_name` stands small under the signature. `leaves_out` says in words what is in it in no case.
    """

    key: str
    version: int
    title: str
    subject: str
    opening: str
    salutation: str = "{salutation}"
    closing: str = SINCERELY
    below_name: str = ""
    opening_hint: str = ""
    parts: tuple[LetterPart, ...] = ()
    leaves_out: tuple[str, ...] = ()
    is_to_referrer: bool = False
    order: int = 100


def placeholders(text: str) -> list[str]:
    """Return what stands in braces in a text, in order."""
    return _BRACES.findall(text)


def letter_form(letter: Letter) -> Form:
    """Return the form that a letter from this template answers: its texts, each beginning with the template's own."""
    to = "{addressee}" if "{salutation}" in letter.salutation else ""  # to whom it may concern has no address
    before = (
        _text("addressee", marked("To"), Means.ADDRESSEE, to, 3, marked("Name and address, a line each.")),
        _text("subject", marked("Subject"), Means.SUBJECT, letter.subject),
        _text("salutation", marked("Salutation"), Means.SALUTATION, letter.salutation),
        _text("opening", marked("Opening"), Means.OPENING, letter.opening, 4, letter.opening_hint),
    )
    after = (
        _text("closing", marked("Closing"), Means.CLOSING, letter.closing),
        _text("below_name", marked("Below your name"), Means.BELOW_NAME, letter.below_name),
    )
    told: set[Means] = set()
    fields = (*before, *(_part(each, told) for each in letter.parts), *after)
    return Form(
        key=f"{PREFIX}{letter.key}",
        version=letter.version,
        purpose=str(Purpose.LETTER),
        title=letter.title,
        order=letter.order,
        sections=tuple(Section(key=each.key, fields=(each,)) for each in fields),
    )


OWN_KEYS = ("addressee", "subject", "salutation", "opening", "closing", "below_name")
"""The keys of what every letter has; a part has another."""


def _text(key: str, label: str, means: Means | str, prefill: str, lines: int = 1, hint: str = "") -> Field:
    return Field(key=key, label=label, kind=str(FieldKind.PROSE), means=str(means), prefill=prefill, lines=lines, hint=hint)


def _part(part: LetterPart, told: set[Means]) -> Field:
    """Return a part as a field; what its words mean to the program is seen by what is filled in."""
    if part.shows:
        return Field(key=part.key, label=part.head, kind=str(FieldKind.RECORD), means=str(Means(part.shows)))
    means = next((each for words, each in _MEANS.items() if words in part.text and each not in told), "")
    if isinstance(means, Means):
        told.add(means)
    return _text(part.key, part.head, means, part.text, 3, part.hint)


def filled_in(text: str, values: Mapping[str, RichText]) -> RichText:
    """Return a text with what its braces stand for, a paragraph a line; of what says nothing nothing is left.

    A line that is one pair of braces alone takes the paragraphs of its value as they are.
    """
    blocks: list[Block] = []
    for line in _(text).strip().split("\n") if text else ():
        alone = _BRACES.fullmatch(line.strip())
        if alone and (alone[1] in values or alone[1] in SENTENCES):
            blocks += values.get(alone[1], ())
            continue
        runs = tuple(_tidy(_runs(line, values)))
        if runs or not line.strip():
            blocks.append(Block(runs))
    return tuple(blocks)


def _runs(line: str, values: Mapping[str, RichText]) -> Iterator[Run]:
    for number, piece in enumerate(_BRACES.split(line)):
        if number % 2 == 0:
            yield Run(piece)
            continue
        said = [run for block in values.get(piece, ()) for run in (*block.runs, Run(" "))][:-1]
        yield from said or ([] if piece in SENTENCES else [Run(BLANK)])


def _tidy(runs: Iterator[Run]) -> Iterator[Run]:
    """Yield the runs with one space where there were several, and none at either end."""
    kept: list[Run] = []
    for run in runs:
        words = re.sub(r"\s+", " ", run.text)
        if not kept or kept[-1].text.endswith(" "):
            words = words.lstrip()
        if words:
            kept.append(replace(run, text=words))
    while kept and not kept[-1].text.strip():
        kept.pop()
    if kept:
        yield from kept[:-1]
        yield replace(kept[-1], text=kept[-1].text.rstrip())
