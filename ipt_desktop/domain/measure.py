"""Measures as data: a questionnaire's text, its scoring, what is known of its numbers, and whose it is.

A measure ships in full only where its owner allows it; else its finished scores are entered and no item is worded. What was
seen in no named source is `is_unverified`, or stands in `Measure.unverified`, and is not said as a fact, least of all in print.
"""

from dataclasses import dataclass
from enum import StrEnum

from ipt_desktop.domain.text import marked

TOTAL = "total"
"""The score that nearly every measure has; subscales and fields have keys of their own."""
SYMPTOMS = "symptoms"
"""What a cut-off may stand on beside a score: how many items count as a symptom."""


class MeasureKind(StrEnum):
    """How much of a measure the program has: its text, its scores alone, or what a therapist added who may use it."""

    FULL = "full"
    SCORE_ONLY = "score_only"
    USER_SUPPLIED = "user_supplied"


class Direction(StrEnum):
    """What a higher score means."""

    WORSE = "worse"
    BETTER = "better"


class Respondent(StrEnum):
    """Who answers."""

    SELF = "self"
    CLINICIAN = "clinician"
    OTHER = "other"


class Method(StrEnum):
    """How items become a score."""

    SUM = "sum"
    MEAN = "mean"


class Severity(StrEnum):
    """What a flag asks for: a risk entry, or a question worth asking."""

    SAFETY = "safety"
    SOFT = "soft"


@dataclass(frozen=True, slots=True, kw_only=True)
class Sourced:
    """A published value. It is verified where its source is named and it was read there."""

    source: str = ""
    is_unverified: bool = False

    @property
    def is_verified(self) -> bool:
        """Whether it may be said as a fact, on screen and in print."""
        return bool(self.source) and not self.is_unverified


@dataclass(frozen=True, slots=True, kw_only=True)
class Option:
    """An answer and the number it counts."""

    value: int
    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Skip:
    """An item is passed over when another `item` was answered with `value`; left blank it then counts 0."""

    item: int
    value: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """A question: its wording as published, and `topic`, a word of ours for lists and charts.

    `options` where they are not the measure's. A reversed item's answers are kept as ticked, and turned round in scoring. One
    that `may_be_blank` doesn't concern everyone, and counts 0 if blank. From `symptom_at` on (else the measure's) it is a
    symptom.
    """

    number: int
    text: str
    topic: str = ""
    options: tuple[Option, ...] = ()
    is_reversed: bool = False
    weight: int = 1
    may_be_blank: bool = False
    skip_if: Skip | None = None
    symptom_at: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """A score against a value: `total > 0`. `op` is one of >=, >, <=, <, =."""

    on: str = TOTAL
    op: str
    value: float


@dataclass(frozen=True, slots=True, kw_only=True)
class ExtraQuestion:
    """A question that stands with the items and is not scored, asked where `required_if` holds, else always."""

    key: str
    text: str
    topic: str = ""
    options: tuple[Option, ...]
    required_if: Comparison | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Band(Sourced):
    """A named stretch of scores. Whatever lies below the next band's `lowest` is still in it (a total may be prorated)."""

    lowest: float
    highest: float
    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Cutoff(Sourced):
    """A line in a score: `on` the total, a subscale, a field or the number of `symptoms`. `applies_to` says for whom.

    Meeting one that `is_remission` is good news.
    """

    key: str
    op: str
    value: float
    meaning: str
    on: str = TOTAL
    applies_to: str = ""
    is_remission: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Flag(Sourced):
    """An answer that leads to a question on safety, scored or not. `severity` is a `Severity`."""

    item: int
    op: str = ">="
    value: int
    severity: str = Severity.SAFETY
    what: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Need:
    """How many of some `items` have to count as symptoms: `least`, and no more than `most` where that is not 0."""

    items: tuple[int, ...]
    least: int
    most: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule(Sourced):
    """A diagnostic rule, met when all it needs is there. It proposes; it diagnoses nobody."""

    key: str
    name: str
    text: str
    needs: tuple[Need, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Subscale(Sourced):
    """A score of some of the items, from `lowest` to `highest`; `factor` multiplies it (2 on the DASS-21)."""

    key: str
    name: str
    items: tuple[int, ...]
    method: str = Method.SUM
    factor: int = 1
    lowest: float
    highest: float
    bands: tuple[Band, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ScoreField:
    """A score that is entered where the items are not: the total, a subscale, or the answer to one `item`.

    `decimals` may be written; `what` says what belongs here. Without one that `is_required` nothing is scored. It goes up by
    `step`: sums that are doubled are never odd, and an odd one was not doubled.
    """

    key: str
    label: str
    lowest: float
    highest: float
    decimals: int = 0
    step: int = 1
    item: int = 0
    is_required: bool = True
    what: str = ""
    bands: tuple[Band, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Missing:
    """With up to `most` items missing the total is their mean times their number (prorated); with more there is none."""

    most: int = 0
    source: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class OtherChange(Sourced):
    """Another published value for a change that counts, and `what` it is."""

    value: float
    what: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReliableChange(Sourced):
    """The published change of the total that counts, up or down.

    `by` is a short word for whose it is, `word` what it is called where that isn't *reliable*.
    """

    value: float
    by: str = ""
    word: str = ""
    also: tuple[OtherChange, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Response(Sourced):
    """A response: the total got better by so many percent of the first one."""

    percent: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Norms(Sourced):
    """Spread (`sd`) and reliability (`alpha`) of the total in a sample, from which a change can be estimated."""

    sd: float
    alpha: float
    sample: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class AgeLimits:
    """For whom it was made, in years; 0 is no limit. Others may be given it: it is said, and never refused."""

    youngest: int = 0
    oldest: int = 0
    source: str = ""
    note: str = ""

    def fits(self, age: int) -> bool:
        """Whether it was made for people of this age."""
        return age >= self.youngest and (not self.oldest or age <= self.oldest)


@dataclass(frozen=True, slots=True, kw_only=True)
class Licence:
    """Whose it is and what is allowed. `attribution` stands on every screen and page that shows the measure.

    What is not known (`allows_…`) is None. `seen` is where the permission was read.
    """

    name: str
    attribution: str
    text: str = ""
    url: str = ""
    conditions: tuple[str, ...] = ()
    seen: tuple[str, ...] = ()
    allows_commercial_use: bool | None = None
    allows_translation: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Verified:
    """Where text and numbers were read, and where copies in circulation disagree."""

    text: tuple[str, ...] = ()
    numbers: tuple[str, ...] = ()
    disagreements: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure:
    """A questionnaire or rating scale. `version` says which of its forms this is, `unverified` what is told of it unchecked.

    With `items` it is answered, and its total runs from `lowest` to `highest`; with `fields` finished scores are entered
    (`has_items`). `stem` is said before each item; `recall` is the time it asks about. `is_per_person` ones are about someone
    in the client's life. Measures are offered by their `order`, the lowest first.
    """

    key: str
    name: str
    full_name: str
    licence: Licence
    kind: str = MeasureKind.USER_SUPPLIED
    version: str = ""
    language: str = "en"
    order: int = 100
    respondent: str = Respondent.SELF
    higher_is: str = Direction.WORSE
    recall: str = ""
    is_per_person: bool = False
    instructions: str = ""
    stem: str = ""
    items: tuple[Item, ...] = ()
    options: tuple[Option, ...] = ()
    extra: tuple[ExtraQuestion, ...] = ()
    fields: tuple[ScoreField, ...] = ()
    method: str = Method.SUM
    lowest: float = 0
    highest: float = 0
    symptom_at: int = 0
    missing: Missing = Missing()
    subscales: tuple[Subscale, ...] = ()
    bands: tuple[Band, ...] = ()
    cutoffs: tuple[Cutoff, ...] = ()
    flags: tuple[Flag, ...] = ()
    rules: tuple[Rule, ...] = ()
    reliable_change: ReliableChange | None = None
    response: Response | None = None
    norms: Norms | None = None
    age: AgeLimits = AgeLimits()
    notes: tuple[str, ...] = ()
    unverified: tuple[str, ...] = ()
    verified: Verified = Verified()

    @property
    def has_items(self) -> bool:
        """Whether its questions are answered one by one; else its scores are entered."""
        return bool(self.items)

    @property
    def has_total(self) -> bool:
        """Whether there is a total: a few have subscales alone."""
        return self.has_items or any(each.key == TOTAL for each in self.fields)

    @property
    def entered(self) -> tuple[ScoreField, ...]:
        """The scores that are entered where they are all that is known; of a measure with items also those that raise flags."""
        if self.fields:
            return self.fields
        decimals = 2 if self.missing.most or self.method == Method.MEAN else 0
        total = ScoreField(key=TOTAL, label=marked("Total"), lowest=self.lowest, highest=self.highest, decimals=decimals)
        return (total, *(_subscale_field(each) for each in self.subscales), *(self._item_field(each) for each in self.flags))

    @property
    def is_higher_better(self) -> bool:
        """Whether a rise is good news."""
        return self.higher_is == Direction.BETTER

    @property
    def score_keys(self) -> tuple[str, ...]:
        """The scores that can be followed over time: the total first, then subscales; no single items."""
        others = (*(each.key for each in self.subscales), *(each.key for each in self.fields if not each.item))
        return (*([TOTAL] if self.has_total else ()), *(each for each in others if each != TOTAL))

    def item(self, number: int) -> Item:
        """Return the item with this number."""
        return next(each for each in self.items if each.number == number)

    def options_of(self, item: Item) -> tuple[Option, ...]:
        """Return the answers an item can have."""
        return item.options or self.options

    def field(self, key: str) -> ScoreField | None:
        """Return the field with this key."""
        return next((each for each in self.fields if each.key == key), None)

    def range_of(self, key: str = TOTAL) -> tuple[float, float]:
        """Return the lowest and highest a score can be."""
        part = self._part(key)
        return (part.lowest, part.highest) if part else (self.lowest, self.highest)

    def label_of(self, key: str = TOTAL) -> str:
        """Return what a score is called: that of the whole measure is called as the measure is."""
        part = self._part(key)
        if key == TOTAL or part is None:
            return self.name
        return part.name if isinstance(part, Subscale) else part.label

    def bands_of(self, key: str = TOTAL) -> tuple[Band, ...]:
        """Return the bands of a score, the lowest first."""
        part = self._part(key)
        return self.bands if key == TOTAL or part is None else part.bands

    def band_of(self, score: float, key: str = TOTAL) -> Band | None:
        """Return the band a score lies in; None where none is published."""
        return next((each for each in reversed(self.bands_of(key)) if score >= each.lowest), None)

    def _item_field(self, flag: Flag) -> ScoreField:
        item = self.item(flag.item)
        options = self.options_of(item)
        return ScoreField(
            key=str(item.number),
            label=item.topic or str(item.number),
            lowest=options[0].value,
            highest=options[-1].value,
            item=item.number,
            is_required=False,
            what=flag.what,
        )

    def _part(self, key: str) -> Subscale | ScoreField | None:
        parts: tuple[Subscale | ScoreField, ...] = (*self.subscales, *self.fields)
        return next((each for each in parts if each.key == key), None)


def _subscale_field(subscale: Subscale) -> ScoreField:
    return ScoreField(
        key=subscale.key,
        label=subscale.name,
        lowest=subscale.lowest,
        highest=subscale.highest,
        decimals=2 if subscale.method == Method.MEAN else 0,
        step=subscale.factor if subscale.method == Method.SUM else 1,
        is_required=False,
    )
